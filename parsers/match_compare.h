#ifndef PARSERS_MATCH_COMPARE_H
#define PARSERS_MATCH_COMPARE_H

#include "parsers/match_text.h"

/*
 * What counts how much. match_index.c reckons with the same figures for all
 * nodes at once.
 */
#define MATCH_TAIL_SHARE 0.4	/* of a heading's tail that is not found */
#define MATCH_TAIL_MOST 3.0	/* an unexplained tail weighs no more */
#define MATCH_SET_TRUST 0.85	/* equal by a phrase set, not by words */
#define MATCH_LONE_TRUST 0.6	/* a syllable without its neighbours */

#define MATCH_VERBATIM 0.95	/* of both: the outline's own words, nearly */

/* How two texts compare, 0..1 each. */
struct match_score {
	double	node;	/* share of the node's telling words found */
	double	head;	/* the same, of its words before "của", "ở" … */
	double	heading; /* share of the heading's words explained */
	double	both;	/* the two as one figure */
};

/* Marks the heading's words for the comparisons that follow. */
struct match_marks;
struct match_marks *match_marks_new(const struct vocabulary *v,
    struct arena *arena);
void	 match_mark(struct match_marks *m, const struct match_text *heading);
struct match_score match_compare(const struct match_marks *m,
    const struct match_text *node);
/* By id of its words: where the marked heading has each first. */
const uint16_t *match_places(const struct match_marks *m);
/* Does the marked heading hold word id? */
bool	 match_has(const struct match_marks *m, uint32_t id);
/* … or a phrase of this set? */
bool	 match_has_set(const struct match_marks *m, int set);

#endif
