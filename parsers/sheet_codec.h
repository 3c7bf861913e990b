#ifndef PARSERS_SHEET_CODEC_H
#define PARSERS_SHEET_CODEC_H

#include "parsers/bytes.h"

struct arena;
struct sheet;
struct strbuf;

/* A worksheet's rows as records. */
void		 sheet_encode(const struct sheet *s, struct strbuf *out);
/* NULL for bytes that are not a sheet of a version we know. */
struct sheet	*sheet_decode(struct bytes blob, struct arena *arena);

#endif
