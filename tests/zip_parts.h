#ifndef TESTS_ZIP_PARTS_H
#define TESTS_ZIP_PARTS_H

#include <stddef.h>

#include "parsers/bytes.h"

struct arena;

/* Zip files made in memory for tests. */
struct zip_part {
	const char	*name;	/* NULL ends a list */
	const char	*text;
	size_t		 len;	/* 0: to its NUL */
};

/* All in the arena; a failure aborts. */
struct bytes	zip_parts(const struct zip_part *parts, struct arena *arena);
struct bytes	load_file(const char *path, struct arena *arena);

#endif
