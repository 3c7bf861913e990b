/*
 * A growing byte string.
 */
#include "parsers/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* To so many bytes, on the heap. */
static void
strbuf_grow(struct strbuf *b, size_t cap)
{
	char	*s = realloc(b->is_lent ? NULL : b->s, cap);

	if (s == NULL)
		abort();
	if (b->is_lent)
		memcpy(s, b->s, b->len);
	b->s = s;
	b->cap = cap;
	b->is_lent = false;
}

static void
strbuf_room(struct strbuf *b, size_t more)
{
	size_t	need, cap;

	if (__builtin_add_overflow(b->len, more, &need) ||
	    need > SIZE_MAX / 4)
		abort();
	if (need + 1 <= b->cap)
		return;
	cap = b->cap == 0 ? 64 : b->cap;
	while (cap < need + 1)
		cap *= 2;
	strbuf_grow(b, cap);
}

void
strbuf_init(struct strbuf *b)
{
	memset(b, 0, sizeof(*b));
}

void
strbuf_clear(struct strbuf *b)
{
	if (!b->is_lent)
		free(b->s);
	strbuf_init(b);
}

void
strbuf_lend(struct strbuf *b, void *room, size_t size)
{
	b->s = room;
	b->len = 0;
	b->cap = size;
	b->is_lent = true;
	b->s[0] = '\0';
}

void
strbuf_reset(struct strbuf *b)
{
	b->len = 0;
	if (b->s != NULL)
		b->s[0] = '\0';
}

void
strbuf_add(struct strbuf *b, const void *p, size_t len)
{
	strbuf_room(b, len);
	if (len > 0)
		memcpy(b->s + b->len, p, len);
	b->len += len;
	b->s[b->len] = '\0';
}

void
strbuf_adds(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void
strbuf_addc(struct strbuf *b, char c)
{
	strbuf_add(b, &c, 1);
}

void
strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	size_t	room = b->cap - b->len;
	va_list	ap;
	int	len;

	va_start(ap, fmt);
	len = vsnprintf(room > 0 ? b->s + b->len : NULL, room, fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	if ((size_t)len >= room) {
		strbuf_room(b, (size_t)len);
		va_start(ap, fmt);
		(void)vsnprintf(b->s + b->len, (size_t)len + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)len;
}

const char *
strbuf_get(const struct strbuf *b)
{
	return b->s == NULL ? "" : b->s;
}

char *
strbuf_take(struct strbuf *b)
{
	char	*s;

	if (b->is_lent)
		strbuf_grow(b, b->len + 1);
	strbuf_room(b, 0);
	b->s[b->len] = '\0';
	s = b->s;
	strbuf_init(b);
	return s;
}
