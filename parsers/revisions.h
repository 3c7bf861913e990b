#ifndef PARSERS_REVISIONS_H
#define PARSERS_REVISIONS_H

#include <stddef.h>

struct strbuf;

/*
 * Word notes at every paragraph and run in which session it was edited:
 * <w:r w:rsidR="00AB12CD" w:rsidRPr="…">. Nobody here asks for that, and
 * it is a quarter of a part's bytes, a sixth of what libxml2 has to do.
 *
 * Returns a piece of XML of *len bytes, and sets *len, without such
 * attributes where they stand first in a start tag; with those that the
 * piece's end cuts off. It is s itself or lies in room. The piece has no
 * CDATA section, where the same bytes would be text.
 */
const char *revisions_drop(const char *s, size_t *len, struct strbuf *room);

#endif
