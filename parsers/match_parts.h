#ifndef PARSERS_MATCH_PARTS_H
#define PARSERS_MATCH_PARTS_H

#include "parsers/match_align.h"

/*
 * Headings that join two things, "Phương hướng và đề nghị": each half is
 * compared by itself with the sections beside, or inside, the one that the
 * heading answers.
 */
void	 match_merge_halves(struct match_job *j);
/* Does a title join two things, or more? */
bool	 match_joins_things(const struct match_line *l);

#endif
