#ifndef PARSERS_CONVERTED_H
#define PARSERS_CONVERTED_H

#include "parsers/bytes.h"
#include "parsers/document.h"
#include "parsers/status.h"

struct arena;

/*
 * Plain text that a converter made of a file, as paragraphs: no styles, no
 * bold, labels as typed. The document is marked REMARK_FROM_CONVERTER.
 *
 * text  as the converter wrote it, UTF-8 or not; borrowed for the call
 * from  what it was made of. FORMAT_DOC: a line is a paragraph, a line of
 *       "|a|b|" the row of a table. FORMAT_PDF: lines as they stand on the
 *       page, put together again by indentation and width; what stands
 *       side by side becomes a table's row; page numbers are dropped
 * out   set only on PARSE_OK
 *
 * Returns PARSE_OK, PARSE_NO_TEXT, or PARSE_LIMIT.
 */
enum parse_status converted_read(struct bytes text, enum format from,
    struct arena *arena, struct document **out);

#endif
