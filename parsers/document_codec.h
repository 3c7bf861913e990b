#ifndef PARSERS_DOCUMENT_CODEC_H
#define PARSERS_DOCUMENT_CODEC_H

#include "parsers/bytes.h"

struct arena;
struct document;
struct strbuf;

/* A document's paragraphs, whole, as records: for collating. */
void		 document_encode(const struct document *d,
    struct strbuf *out);
/* NULL for bytes that are not a document of a version we know. */
struct document	*document_decode(struct bytes blob, struct arena *arena);

#endif
