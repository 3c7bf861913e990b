#ifndef PARSERS_MATCH_INDEX_H
#define PARSERS_MATCH_INDEX_H

#include "parsers/match_align.h"

/*
 * Which of an outline's nodes hold a word or a phrase set: what a heading
 * may be at most to each node, without comparing them. Built once for the
 * sections of an outline, and once for its guidance; lives in arena.
 */
struct match_index;

/* What comparing the heading with a node would find. */
struct match_bound {
	float	 node;		/* match_score's node, or more; of guidance
				   nobody asks for it: 0 */
	float	 heading;	/* match_score's heading, as near as rounding
				   lets it be */
	float	 tail;		/* weight of the heading's tail that is found */
	uint32_t counted;	/* words of the heading, up to this one */
};

struct match_index *match_index_new(const struct vocabulary *v,
    const struct match_node *nodes, size_t n, bool targets,
    struct arena *arena);
/* The nodes that are in it, in order. */
const int *match_index_nodes(const struct match_index *x, size_t *n);
/*
 * Sets the bounds of the nodes for the heading that is marked, so that pairs
 * that cannot matter need no comparison; of nodes that are not in the index,
 * to 0.
 */
void	 match_index_bounds(const struct match_index *x,
    const struct match_marks *m, const struct match_text *heading,
    struct match_bound *bounds);

#endif
