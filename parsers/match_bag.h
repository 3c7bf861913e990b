#ifndef PARSERS_MATCH_BAG_H
#define PARSERS_MATCH_BAG_H

#include "parsers/match_align.h"

/*
 * The words of each section, its guidance and its parts' titles, for
 * comparing them with the text below a heading. Built once per outline.
 */
struct match_bag;
struct match_bag *match_bag_new(const struct vocabulary *v,
    const struct match_node *nodes, size_t n, struct arena *arena);

/*
 * How telling each word is in a report whose texts have all been read, by
 * id: 1 in few texts, 0 in all.
 */
const float *match_bag_telling(const struct match_bag *b,
    const struct match_job *j);
/*
 * How much of each section's telling words the texts of a line hold, by
 * node, 0..1.
 */
const float *match_bag_told(const struct match_bag *b,
    const struct match_line *l, const float *telling, struct arena *arena);

#endif
