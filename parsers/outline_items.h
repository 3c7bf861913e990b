#ifndef PARSERS_OUTLINE_ITEMS_H
#define PARSERS_OUTLINE_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/label.h"
#include "parsers/lines.h"

struct arena;
struct lingo;

/* One line of an outline before it has its place in the tree. */
struct outline_item {
	struct label	 label;	/* kind LABEL_NONE: unmarked */
	const char	*label_text; /* as written */
	const char	*text;	/* without the label */
	size_t		 line;
	const struct paragraph *p;
	uint8_t		 heading; /* unmarked, but looks like a heading:
				     its level; 0 */
};

struct outline_items {
	struct outline_item *items;
	size_t		 n;
	size_t		 end;	/* the first line that is not the outline's */
	size_t		 numbered; /* items with a number or letter */
};

/* The lines from..to-1 that an outline may hold; see outline_build(). */
struct outline_items outline_items_of(const struct lines *ls, size_t from,
    size_t to, bool in_body, const struct lingo *g, struct arena *arena);

/* A line that titles an annex: "PHỤ LỤC II", "BIỂU SỐ 1". */
bool	 is_annex_title(const struct lingo *g, const struct line *l);
/* A line that titles an outline: "ĐỀ CƯƠNG BÁO CÁO". */
bool	 is_outline_title(const struct lingo *g, const struct line *l);

#endif
