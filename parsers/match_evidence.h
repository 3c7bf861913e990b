#ifndef PARSERS_MATCH_EVIDENCE_H
#define PARSERS_MATCH_EVIDENCE_H

#include "parsers/match_align.h"

/* match_texts() of the report; "" once LIMIT_MATCHED_BYTES were read. */
void	 match_read(struct match_job *j, const char *s,
    struct match_text *out, size_t max);
/*
 * What speaks for a line's answering a section, apart from its place:
 * words and themes of the title and of the text below, and the units that
 * they name. The line has a text; of a mere candidate only that counts.
 */
double	 match_evidence(struct match_job *j, size_t line, int node);
/* What the title is about; of a line that has a text. */
const struct match_profile *match_title_about(struct match_job *j,
    size_t line);
/* What the text below a sure line is about. */
const struct match_profile *match_below(struct match_job *j, size_t line);

#endif
