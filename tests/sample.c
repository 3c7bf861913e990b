/* Labelled samples as the structs that the parsers would give. */
#include "tests/sample.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "parsers/arena.h"
#include "parsers/letter.h"

const char *
sample_path(const char *path, struct arena *arena)
{
	const char	*src = getenv("SRC");

	return arena_printf(arena, "%s/%s", src != NULL ? src : ".", path);
}

static const char *
text(const json_t *o, const char *key, struct arena *arena)
{
	const char	*s = json_string_value(json_object_get(o, key));

	return arena_strdup(arena, s == NULL ? "" : s);
}

static enum node_kind
kind_of(const char *s)
{
	if (strcmp(s, "guidance") == 0)
		return NODE_GUIDANCE;
	return strcmp(s, "subheading") == 0 ? NODE_SUBHEADING : NODE_HEADING;
}

static struct outline *
outline_of(const json_t *list, struct arena *arena)
{
	struct outline	*o = arena_alloc(arena, sizeof(*o));
	const json_t	*j;
	char		*above, *dot;
	size_t		 i;

	o->nodes = arena_calloc(arena, json_array_size(list),
	    sizeof(*o->nodes));
	json_array_foreach(list, i, j) {
		o->nodes[i].id = text(j, "id", arena);
		o->nodes[i].label = text(j, "label", arena);
		o->nodes[i].text = text(j, "text", arena);
		o->nodes[i].kind = (uint8_t)kind_of(text(j, "kind", arena));
		o->nodes[i].level = (uint8_t)json_integer_value(
		    json_object_get(j, "level"));
		o->nodes[i].optional = strstr(o->nodes[i].text,
		    "(nếu có)") != NULL;
		above = arena_strdup(arena, o->nodes[i].id);
		dot = strrchr(above, '.');
		if (dot != NULL)
			*dot = '\0';
		o->nodes[i].parent = dot == NULL ? -1 : outline_find(o,
		    above);
		o->n++;
	}
	return o;
}

static enum deadline_reading
reading_of(const char *s)
{
	if (strcmp(s, "by-day") == 0)
		return READING_BY_DAY;
	return strcmp(s, "at-time") == 0 ? READING_AT_TIME :
	    READING_BEFORE_DAY;
}

struct letter *
sample_letter(const char *name, struct arena *arena)
{
	const json_t	*deadline, *list;
	struct letter	*l = arena_alloc(arena, sizeof(*l));
	const char	**lines;
	json_t		*j;
	size_t		 i;

	j = json_load_file(sample_path(arena_printf(arena,
	    "tests/samples/letters/%s.expect.json", name), arena), 0, NULL);
	if (j == NULL)
		return NULL;
	l->issuer = text(j, "issuer", arena);
	l->number = text(j, "number", arena);
	l->date = text(j, "date", arena);
	l->subject = text(j, "subject", arena);
	deadline = json_object_get(j, "deadline");
	l->deadline_date = text(deadline, "date", arena);
	l->deadline_time = text(deadline, "time", arena);
	l->reading = reading_of(text(deadline, "reading", arena));
	l->deadline_text = l->report_to = l->send_to = "";
	list = json_object_get(j, "recipients");
	l->n_recipients = json_array_size(list);
	lines = arena_calloc(arena, l->n_recipients, sizeof(*lines));
	for (i = 0; i < l->n_recipients; i++)
		lines[i] = arena_strdup(arena, json_string_value(
		    json_array_get(list, i)));
	l->recipients = lines;
	l->outline = outline_of(json_object_get(j, "outline"), arena);
	json_decref(j);
	return l;
}
