#ifndef PARSERS_HEADING_SCORE_H
#define PARSERS_HEADING_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/heading_line.h"

struct arena;
struct document;

/* The lines of a document while they are judged. */
struct heading_lines {
	struct heading_line	*l;
	size_t			 n;
	size_t			 cap;
	const struct document	*doc;
	const uint8_t		*zone;
	struct arena		*arena;
	size_t			 bold_arabic; /* bold lines labelled "1." */
};

/* Next paragraph from i on that holds body text; doc->n at the end. */
size_t	 heading_next_text(const struct heading_lines *ls, size_t i);
/* Nothing marks the line but that it is short. */
bool	 heading_is_bare(const struct heading_line *l);
/* Sets the score of every line, 0..100. */
void	 heading_score(struct heading_lines *ls);

#endif
