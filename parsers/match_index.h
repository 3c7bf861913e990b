#ifndef PARSERS_MATCH_INDEX_H
#define PARSERS_MATCH_INDEX_H

#include "parsers/match_align.h"

/*
 * Which of an outline's nodes hold a word or a phrase set: what a heading
 * may be at most to each node, without comparing them. Built once for an
 * outline; lives in arena.
 */
struct match_index;

struct match_index *match_index_new(const struct vocabulary *v,
    const struct match_node *nodes, size_t n, struct arena *arena);
/*
 * Sets most[node] for every node: no less than the share of its words that
 * the heading holds (match_score's node), so that pairs that cannot matter
 * need no comparison. Nodes that are no targets stay 0.
 */
void	 match_index_bounds(const struct match_index *x,
    const struct match_text *heading, float *most);

#endif
