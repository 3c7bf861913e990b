#ifndef PARSERS_MATCH_REFINE_H
#define PARSERS_MATCH_REFINE_H

#include "parsers/match_align.h"

/* Nearest heading above that answers something; -1 none. */
int	 match_answering_above(const struct match_job *j, size_t line);
/* Does node lie in one of the sections that the line answers? */
bool	 match_is_inside(const struct match_job *j, int node,
    const struct match_line *l);
/* Does the heading name units, and the node only others? */
bool	 match_kinds_conflict(const struct match_job *j,
    const struct match_line *l, int node);

/*
 * What the alignment cannot see: merged headings, headings that cover a
 * section and its only relevant part, sections answered by two headings,
 * sections out of order, weak matches that their place confirms.
 */
void	 match_refine(struct match_job *j);

#endif
