#ifndef PARSERS_OUTLINE_BUILD_H
#define PARSERS_OUTLINE_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/lines.h"
#include "parsers/outline.h"

struct arena;
struct lingo;

/* Where an outline stands in a letter, and what was made of it. */
struct outline_built {
	struct outline	*outline;  /* never NULL */
	size_t		 first;	   /* line of its first node */
	size_t		 end;	   /* first line behind its last node */
	size_t		 headings; /* numbered nodes */
	bool		 repeated; /* a label stands twice below one parent */
};

/*
 * Build the tree from lines from..to-1; it ends earlier at a note that
 * nothing follows, "Nơi nhận", a signature, an annex or another outline.
 *
 * in_body: the outline stands in the body of the letter, so that what
 * closes a letter ends it, and the number after the one of line from - 1.
 */
struct outline_built outline_build(const struct lines *ls, size_t from,
    size_t to, bool in_body, const struct lingo *g, struct arena *arena);

#endif
