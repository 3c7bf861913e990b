#ifndef PARSERS_UTF8_H
#define PARSERS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/strbuf.h"

/*
 * The character at p, of text that is valid UTF-8 and ends in NUL. Returns
 * its length in bytes, 1..4.
 */
static inline size_t
utf8_get(const uint8_t *p, uint32_t *c)
{
	if (p[0] < 0x80) {
		*c = p[0];
		return 1;
	}
	if (p[0] < 0xe0) {
		*c = (p[0] & 0x1fU) << 6 | (p[1] & 0x3fU);
		return 2;
	}
	if (p[0] < 0xf0) {
		*c = (p[0] & 0x0fU) << 12 | (p[1] & 0x3fU) << 6 |
		    (p[2] & 0x3fU);
		return 3;
	}
	*c = (p[0] & 0x07U) << 18 | (p[1] & 0x3fU) << 12 |
	    (p[2] & 0x3fU) << 6 | (p[3] & 0x3fU);
	return 4;
}

/*
 * Does text of any kind, ended by NUL, begin with a whole character that
 * utf8_get() may take? Only ASCII, two bytes and the block of composed
 * Vietnamese letters are told; others need a closer look.
 */
static inline bool
utf8_is_common(const uint8_t *p)
{
	if (p[0] < 0x80)
		return true;
	if ((p[1] & 0xc0) != 0x80)
		return false;
	return (p[0] >= 0xc2 && p[0] < 0xe0) ||
	    (p[0] == 0xe1 && (p[2] & 0xc0) == 0x80);
}

/* Write one character, without a NUL; returns how many bytes, 1..4. */
static inline size_t
utf8_put(char *b, uint32_t c)
{
	if (c < 0x80) {
		b[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		b[0] = (char)(0xc0 | c >> 6);
		b[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		b[0] = (char)(0xe0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 0x3f));
		b[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	b[0] = (char)(0xf0 | c >> 18);
	b[1] = (char)(0x80 | (c >> 12 & 0x3f));
	b[2] = (char)(0x80 | (c >> 6 & 0x3f));
	b[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Append one character. */
static inline void
utf8_add(struct strbuf *out, uint32_t c)
{
	char	b[4];

	strbuf_add(out, b, utf8_put(b, c));
}

#endif
