#ifndef TESTS_NOTATION_H
#define TESTS_NOTATION_H

#include "parsers/document.h"

struct arena;

/*
 * A document written down for a test: one paragraph a line, an empty line
 * is an empty paragraph, "# " begins a comment. Marks stand in front:
 *
 *   [bold] [italic] [underline] [centre] [keep] [box] [title] [toc] [page]
 *   [style=1] [num=II.] [bullet=-] [list=3.2] list.level
 *   [cell=t.r.c/n] table.row.cell of n cells  [merged]
 *
 * **bold**, //italic//, ~~underlined~~ mark a span of the text; | is a line break (read as a
 * space); a lone mark such as [bold] may stand before an empty text.
 */
struct document	*notation_read(const char *text, struct arena *arena);
/* A whole file as a string in the arena; NULL when there is none. */
char		*notation_file(const char *path, struct arena *arena);

#endif
