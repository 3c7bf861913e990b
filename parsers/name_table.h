#ifndef PARSERS_NAME_TABLE_H
#define PARSERS_NAME_TABLE_H

#include <stddef.h>

struct arena;

/* Things of a document by their names, in the arena. Zero it first. */
#define NAME_BUCKETS 1024

struct name_table {
	struct name_entry *buckets[NAME_BUCKETS];
};

/* NULL when there is none of that name. */
void	*name_table_find(const struct name_table *t, const char *name,
    size_t len);
/* name and value are borrowed for the life of the table. */
void	 name_table_add(struct name_table *t, struct arena *arena,
    const char *name, void *value);

#endif
