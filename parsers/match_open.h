#ifndef PARSERS_MATCH_OPEN_H
#define PARSERS_MATCH_OPEN_H

#include "parsers/match_align.h"

/*
 * A second look at what the words of the titles left open: headings that
 * answer nothing yet against sections that nothing answers, between the
 * same neighbours, in order, by all that they and the text below them say.
 */
void	 match_open_places(struct match_job *j);
/* What is still open, wherever in the outline its section stands. */
void	 match_reach_far(struct match_job *j);

#endif
