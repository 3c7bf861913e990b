#ifndef DAEMON_DOCX_FOOTNOTES_H
#define DAEMON_DOCX_FOOTNOTES_H

#include "parsers/bytes.h"

/* word/footnotes.xml in the making (ECMA-376 Part 1, 17.11). */
struct docx_footnotes;

struct docx_footnotes *docx_footnotes_new(void);
void	 docx_footnotes_free(struct docx_footnotes *f); /* accepts NULL */
/* One more, and its w:id for the mark in the text. */
long	 docx_footnotes_add(struct docx_footnotes *f, const char *text);
/* The whole part, borrowed; no bytes where there is no note. */
struct bytes docx_footnotes_finish(struct docx_footnotes *f);

#endif
