#ifndef PARSERS_MATCH_SHAPE_H
#define PARSERS_MATCH_SHAPE_H

#include "parsers/match_align.h"

/*
 * Aligns a range once more, between the matches that words alone make
 * good: by words, by the text below and by the shape of both trees.
 */
void	 match_shape(struct match_job *j, const struct match_range *r);
/* What the best alignment of a range is worth, nothing kept. */
double	 match_shape_worth(struct match_job *j, const struct match_range *r);

#endif
