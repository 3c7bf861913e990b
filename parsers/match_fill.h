#ifndef PARSERS_MATCH_FILL_H
#define PARSERS_MATCH_FILL_H

#include "parsers/match_align.h"

/* One heading left for one section, between those that are settled. */
void	 match_fill_places(struct match_job *j);

#endif
