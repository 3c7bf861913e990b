#ifndef PARSERS_LETTER_CODEC_H
#define PARSERS_LETTER_CODEC_H

#include "parsers/bytes.h"

struct arena;
struct letter;
struct strbuf;

/* A letter and its outline as records. */
void		 letter_encode(const struct letter *l, struct strbuf *out);
/* NULL for bytes that are not a letter of a version we know. */
struct letter	*letter_decode(struct bytes blob, struct arena *arena);

#endif
