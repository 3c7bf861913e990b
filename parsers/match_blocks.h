#ifndef PARSERS_MATCH_BLOCKS_H
#define PARSERS_MATCH_BLOCKS_H

#include "parsers/match_align.h"

/*
 * Aligns the report with the outline: as a whole, in order, or, where that
 * is clearly worth more, chapter by chapter in an order of the author's
 * own.
 */
void	 match_blocks(struct match_job *j);

#endif
