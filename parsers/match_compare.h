#ifndef PARSERS_MATCH_COMPARE_H
#define PARSERS_MATCH_COMPARE_H

#include "parsers/match_text.h"

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
/* Does the marked heading hold word id? */
bool	 match_has(const struct match_marks *m, uint32_t id);
/* … or a phrase of this set? */
bool	 match_has_set(const struct match_marks *m, int set);

#endif
