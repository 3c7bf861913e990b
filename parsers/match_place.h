#ifndef PARSERS_MATCH_PLACE_H
#define PARSERS_MATCH_PLACE_H

#include "parsers/match_align.h"

/* What a match out of order must score … */
#define MATCH_RESCUE_NEED 0.60
/* … and one that stays in its parent's section. */
#define MATCH_RESCUE_PART 0.30

/* The heading beside line i at the same depth, step 1 or -1; -1 none. */
int	 match_sibling(const struct match_job *j, size_t i, int step);
/* First node that line i may answer by its place, and the one behind. */
void	 match_open_range(const struct match_job *j, size_t i, int *from,
    int *to);
/* Do the headings beside line i answer the nodes beside its own? */
bool	 match_is_in_place(const struct match_job *j, size_t line);

/* As many parts as the section has, in the same order. */
void	 match_pair_equal_parts(struct match_job *j);
/* Sections that the report has in another order. */
void	 match_rescue(struct match_job *j);

#endif
