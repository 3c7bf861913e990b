#ifndef PARSERS_OUTLINE_H
#define PARSERS_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct document;

enum node_kind {
	NODE_HEADING = 0,
	NODE_SUBHEADING = 1,	/* a dash line that acts as a heading */
	NODE_GUIDANCE = 2	/* what to write there */
};

/* One line of an outline (đề cương), in document order. */
struct outline_node {
	const char	*id;	/* "II.2.b1.p3": path of labels */
	const char	*label;	/* "II.", "-", "" as written */
	const char	*text;	/* without the label */
	uint8_t		 level;	/* 1.. depth in the tree */
	uint8_t		 kind;	/* enum node_kind */
	bool		 optional; /* "(nếu có)" */
	int		 parent; /* index, -1 for level 1 */
};

struct outline {
	struct outline_node *nodes;
	size_t		 n;
};

/* "heading", "subheading", "guidance". */
const char *node_kind_name(enum node_kind k);

/*
 * outline.txt: the editable form of an outline, one node a line, comments
 * with #: `ID KIND [optional] LABEL | TEXT`, indented by level.
 * outline_write gives a NUL-terminated text in the arena.
 * outline_parse returns 0, or the number of the first wrong line with
 * *why set to what is wrong and what would be right (in the arena).
 */
char	*outline_write(const struct outline *o, struct arena *arena);
int	 outline_parse(const char *text, struct arena *arena,
    struct outline **out, const char **why);
/* Index of the node with this id, -1 when there is none. */
int	 outline_find(const struct outline *o, const char *id);

#endif
