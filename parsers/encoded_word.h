#ifndef PARSERS_ENCODED_WORD_H
#define PARSERS_ENCODED_WORD_H

struct arena;

/*
 * A header value as UTF-8: encoded words (RFC 2047) decoded wherever they
 * stand, raw bytes imported. Letters cut in two by neighbouring words of
 * one charset are put together. Neither cleaned nor normalised; never
 * NULL.
 */
const char	*encoded_word_decode(const char *raw, struct arena *arena);

#endif
