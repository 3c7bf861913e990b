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
 * How much of each section's telling words the texts of all headings hold:
 * sets line.told, by node, 0..1. The texts must have been read. Words that
 * are all over the report count little.
 */
void	 match_bag_weigh(const struct match_bag *b, struct match_job *j);

#endif
