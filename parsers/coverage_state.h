#ifndef PARSERS_COVERAGE_STATE_H
#define PARSERS_COVERAGE_STATE_H

#include <stddef.h>

#include "parsers/coverage.h"
#include "parsers/match_align.h"

/*
 * Fills c->sections and c->is_unfilled_outline from a finished mapping:
 * what stands under each section, and whether we would tell the unit so.
 */
void	 coverage_states(struct match_job *j, struct coverage *c);

/* Fewer answering headings prove nothing. */
#define FITTING_LEAST 3
/* Sets which of the missing sections we would speak of. */
void	 coverage_judge_missing(struct match_job *j, struct coverage *c);

/* Words of a text, counted up to one more than max. */
size_t	 text_words_at_most(const char *s, size_t max);

#endif
