#ifndef PARSERS_MATCH_EVIDENCE_H
#define PARSERS_MATCH_EVIDENCE_H

#include "parsers/match_align.h"

/*
 * Reads the texts below all headings, once: what they are about and how
 * much of each section they tell.
 */
void	 match_read_bodies(struct match_job *j);

/*
 * What speaks for a line's answering a section, apart from its place:
 * words and themes of the title and of the text below, and the units that
 * they name. The bodies must have been read.
 */
double	 match_evidence(struct match_job *j, size_t line, int node);

#endif
