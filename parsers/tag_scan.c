/*
 * A small state machine in step with any XML parser up to the first error:
 * text, tag, comment, CDATA, processing instruction. Short tags, which is
 * nearly all of them, are leapt over.
 */
#include "parsers/tag_scan.h"

#include <string.h>

#include "parsers/limits.h"

/* A tag this short cannot hold too many attributes (a="" and a space). */
#define SHORT_TAG (LIMIT_TAG_ATTRIBUTES * 5)

enum { TEXT, OPEN, BANG, TAG, COMMENT_OPEN, COMMENT, CDATA_OPEN, CDATA,
	INSTRUCTION };

static enum parse_status
tell_encoding(struct tag_scan *t, const uint8_t *p, size_t len)
{
	t->unit = 1;
	if (len >= 4 && (memcmp(p, "\xff\xfe\0\0", 4) == 0 ||
	    memcmp(p, "\0\0", 2) == 0 || memcmp(p, "<\0\0\0", 4) == 0))
		return PARSE_DAMAGED; /* UCS-4 */
	if (len >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "<\0", 2) == 0))
		t->unit = 2;
	else if (len >= 2 && (memcmp(p, "\xfe\xff", 2) == 0 ||
	    memcmp(p, "\0<", 2) == 0)) {
		t->unit = 2;
		t->high_first = 1;
	} else if (p[0] != '<' && p[0] != 0xef && p[0] > ' ')
		return PARSE_DAMAGED; /* EBCDIC, or no XML at all */
	return PARSE_OK;
}

static enum parse_status
after_bang(struct tag_scan *t, unsigned c)
{
	static const char cdata[] = "CDATA[";

	switch (t->state) {
	case BANG:
		if (c == '-')
			t->state = COMMENT_OPEN;
		else if (c == '[') {
			t->state = CDATA_OPEN;
			t->seen = 0;
		} else
			return PARSE_HOSTILE;
		return PARSE_OK;
	case COMMENT_OPEN:
		t->state = COMMENT;
		t->seen = 0;
		return c == '-' ? PARSE_OK : PARSE_DAMAGED;
	default:
		if (c != (unsigned char)cdata[t->seen])
			return PARSE_DAMAGED;
		if (cdata[++t->seen] == '\0') {
			t->state = CDATA;
			t->has_cdata = 1;
			t->seen = 0;
		}
		return PARSE_OK;
	}
}

/* Past two (or one) of mark and ">", back to text. */
static void
wait_for_end(struct tag_scan *t, unsigned c, unsigned mark, unsigned wanted)
{
	if (c == '>' && t->seen >= wanted)
		t->state = TEXT;
	else if (c == mark && t->seen < wanted)
		t->seen++;
	else if (c != mark)
		t->seen = 0;
}

static enum parse_status
in_tag(struct tag_scan *t, unsigned c)
{
	t->bytes++;
	if (t->quote != 0) {
		if (c == t->quote)
			t->quote = 0;
	} else if (c == '"' || c == '\'')
		t->quote = (uint8_t)c;
	else if (c == '>')
		t->state = TEXT;
	else if (c == '=')
		t->equals++;
	return t->bytes > LIMIT_TAG_BYTES ||
	    t->equals > LIMIT_TAG_ATTRIBUTES ? PARSE_LIMIT : PARSE_OK;
}

static enum parse_status
step(struct tag_scan *t, unsigned c)
{
	switch (t->state) {
	case TEXT:
		if (c == '<') {
			t->state = OPEN;
			t->bytes = t->equals = 0;
			t->quote = 0;
		}
		return PARSE_OK;
	case OPEN:
		t->seen = 0;
		t->state = c == '!' ? BANG : c == '?' ? INSTRUCTION : TAG;
		return t->state == TAG ? in_tag(t, c) : PARSE_OK;
	case TAG:
		return in_tag(t, c);
	case COMMENT:
		wait_for_end(t, c, '-', 2);
		return PARSE_OK;
	case CDATA:
		wait_for_end(t, c, ']', 2);
		return PARSE_OK;
	case INSTRUCTION:
		wait_for_end(t, c, '?', 1);
		return PARSE_OK;
	default:
		return after_bang(t, c);
	}
}

static enum parse_status
scan_wide(struct tag_scan *t, const uint8_t *p, size_t len)
{
	enum parse_status status = PARSE_OK;
	size_t	i;

	for (i = 0; i < len && status == PARSE_OK; i++) {
		if (!t->has_half) {
			t->half = p[i];
			t->has_half = 1;
			continue;
		}
		t->has_half = 0;
		status = step(t, t->high_first ?
		    (unsigned)t->half << 8 | p[i] :
		    (unsigned)p[i] << 8 | t->half);
	}
	return status;
}

/*
 * To the next "<" that wants a closer look: not one of a tag that ends
 * soon, whatever quotes it has. NULL when there is none.
 */
static const uint8_t *
leap(const uint8_t *p, const uint8_t *end)
{
	const uint8_t	*next;

	p = memchr(p, '<', (size_t)(end - p));
	while (p != NULL) {
		next = memchr(p + 1, '<', (size_t)(end - p - 1));
		if (next == NULL || next - p > SHORT_TAG || p[1] == '!' ||
		    p[1] == '?')
			break;
		p = next;
	}
	return p;
}

enum parse_status
tag_scan(struct tag_scan *t, const uint8_t *p, size_t len)
{
	enum parse_status status;
	const uint8_t	*end = p + len;

	if (!t->started && len > 0) {
		t->started = 1;
		status = tell_encoding(t, p, len);
		if (status != PARSE_OK)
			return status;
	}
	if (t->unit == 2)
		return scan_wide(t, p, len);
	while (p < end) {
		if (t->state == TEXT) {
			p = leap(p, end);
			if (p == NULL)
				break;
		}
		status = step(t, *p++);
		if (status != PARSE_OK)
			return status;
	}
	return PARSE_OK;
}
