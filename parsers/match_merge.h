#ifndef PARSERS_MATCH_MERGE_H
#define PARSERS_MATCH_MERGE_H

#include "parsers/match_align.h"

/* "Lãnh đạo, chỉ đạo và kết quả": sections side by side in one heading. */
void	 match_merge_siblings(struct match_job *j);
/* A heading that answers a part, and the section that nobody answers. */
void	 match_add_parents(struct match_job *j);
/* A heading that answers a section, and the only part it is about. */
void	 match_cover_all(struct match_job *j);

#endif
