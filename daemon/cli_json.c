#include "daemon/cli_json.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/localtime.h"
#include "parsers/arena.h"
#include "parsers/text.h"

json_t *
json_text(const char *s)
{
	struct arena	*arena;
	json_t		*j;

	j = json_string(s);
	if (j != NULL)
		return j;
	arena = arena_new(0);
	j = json_string(text_clean(s, arena));
	arena_free(arena);
	if (j == NULL)
		abort();
	return j;
}

json_t *
json_texts(const char *const *list, size_t n)
{
	json_t	*array = json_array();
	size_t	 i;

	for (i = 0; i < n; i++)
		json_push(array, json_text(list[i]));
	return array;
}

json_t *
json_time(time_t t)
{
	struct arena	*arena;
	json_t		*j;

	if (t == 0)
		return json_text("");
	arena = arena_new(0);
	j = json_text(local_iso(t, arena));
	arena_free(arena);
	return j;
}

void
json_put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) == -1)
		abort();
}

void
json_put_text(json_t *object, const char *key, const char *s)
{
	json_put(object, key, json_text(s));
}

void
json_push(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) == -1)
		abort();
}

int
json_print(json_t *j)
{
	json_dumpf(j, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(4));
	putchar('\n');
	json_decref(j);
	return 0;
}
