/* Word's revision ids (17.3.2.25 and its like): see the header. */
#include "parsers/revisions.h"

#include <stdbool.h>
#include <string.h>

#include "parsers/strbuf.h"

#define MARK " w:rsid"
#define MARK_BYTES (sizeof(MARK) - 1)
#define ID_DIGITS 8

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') ||
	    (c >= 'a' && c <= 'f');
}

/* Behind one whole attribute that begins at s; s when it is none. */
static const char *
behind_one(const char *s, const char *end)
{
	const char	*p = s;
	int		 i;

	if (end - p < (ptrdiff_t)MARK_BYTES || memcmp(p, MARK,
	    MARK_BYTES) != 0)
		return s;
	for (p += MARK_BYTES; p < end && is_letter(*p); p++)
		continue;
	if (end - p < ID_DIGITS + 3 || p[0] != '=' || p[1] != '"' ||
	    p[ID_DIGITS + 2] != '"')
		return s;
	for (i = 0; i < ID_DIGITS; i++)
		if (!is_hex(p[2 + i]))
			return s;
	return p + ID_DIGITS + 3;
}

/* Does "<" and a name end at `at`? */
static bool
begins_tag(const char *s, const char *at)
{
	const char	*p = at;

	while (p > s && (is_letter(p[-1]) || p[-1] == ':'))
		p--;
	return p < at && p > s && p[-1] == '<';
}

const char *
revisions_drop(const char *s, size_t *len, struct strbuf *room)
{
	const char	*end = s + *len, *from = s, *at = s, *behind, *next;

	strbuf_reset(room);
	while ((at = memmem(at, (size_t)(end - at), MARK,
	    MARK_BYTES)) != NULL) {
		for (behind = at; (next = behind_one(behind, end)) != behind;
		    behind = next)
			continue;
		if (behind == at || !begins_tag(s, at)) {
			at += MARK_BYTES;
			continue;
		}
		strbuf_add(room, from, (size_t)(at - from));
		at = from = behind;
	}
	if (from == s)
		return s;
	strbuf_add(room, from, (size_t)(end - from));
	*len = room->len;
	return room->s;
}
