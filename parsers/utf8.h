#ifndef PARSERS_UTF8_H
#define PARSERS_UTF8_H

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

/* Append one character. */
static inline void
utf8_add(struct strbuf *out, uint32_t c)
{
	char	b[4];

	if (c < 0x80) {
		strbuf_addc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		b[0] = (char)(0xc0 | c >> 6);
		b[1] = (char)(0x80 | (c & 0x3f));
		strbuf_add(out, b, 2);
		return;
	}
	if (c < 0x10000) {
		b[0] = (char)(0xe0 | c >> 12);
		b[1] = (char)(0x80 | (c >> 6 & 0x3f));
		b[2] = (char)(0x80 | (c & 0x3f));
		strbuf_add(out, b, 3);
		return;
	}
	b[0] = (char)(0xf0 | c >> 18);
	b[1] = (char)(0x80 | (c >> 12 & 0x3f));
	b[2] = (char)(0x80 | (c >> 6 & 0x3f));
	b[3] = (char)(0x80 | (c & 0x3f));
	strbuf_add(out, b, 4);
}

#endif
