/* A chained hash table of names. */
#include "parsers/name_table.h"

#include <stdint.h>
#include <string.h>

#include "parsers/arena.h"

struct name_entry {
	struct name_entry *next;
	const char	*name;
	void		*value;
};

static size_t
bucket_of(const char *name, size_t len)
{
	uint32_t	h = 2166136261U;

	while (len-- > 0)
		h = (h ^ (unsigned char)*name++) * 16777619U;
	return (h ^ h >> 16) & (NAME_BUCKETS - 1);
}

void *
name_table_find(const struct name_table *t, const char *name, size_t len)
{
	struct name_entry *e = t->buckets[bucket_of(name, len)];

	while (e != NULL && (strncmp(e->name, name, len) != 0 ||
	    e->name[len] != '\0'))
		e = e->next;
	return e == NULL ? NULL : e->value;
}

void
name_table_add(struct name_table *t, struct arena *arena, const char *name,
    void *value)
{
	struct name_entry *e = arena_alloc(arena, sizeof(*e));
	size_t		 i = bucket_of(name, strlen(name));

	e->name = name;
	e->value = value;
	e->next = t->buckets[i];
	t->buckets[i] = e;
}
