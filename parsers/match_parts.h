#ifndef PARSERS_MATCH_PARTS_H
#define PARSERS_MATCH_PARTS_H

#include "parsers/match_align.h"

/*
 * Headings that join two things, "Phương hướng và đề nghị": each half is
 * compared by itself with the sections beside, or inside, the one that the
 * heading answers.
 */
void	 match_merge_halves(struct match_job *j);
/*
 * A heading over a section with parts, or half of it, that speaks of one of
 * them: "Chỉ đạo và tuyên truyền". Parts that no heading answers go to it.
 */
void	 match_cover_halves(struct match_job *j);
/* Does a title join two things, or more? */
bool	 match_joins_things(const struct match_line *l);

#endif
