#ifndef PARSERS_STRBUF_H
#define PARSERS_STRBUF_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A growing byte string on the heap, always NUL-terminated once anything
 * was added. Caller's storage: strbuf_init() or {0}, then strbuf_clear().
 * Out of memory aborts.
 */
struct strbuf {
	char	*s;	/* NULL while empty */
	size_t	 len;
	size_t	 cap;
	bool	 is_lent; /* s is not ours */
};

void	 strbuf_init(struct strbuf *b);
void	 strbuf_clear(struct strbuf *b);
/*
 * Begin, empty, in room that somebody else owns, of size > 0. What grows
 * out of it moves to the heap.
 */
void	 strbuf_lend(struct strbuf *b, void *room, size_t size);
/* Set the length to zero, keep the memory. */
void	 strbuf_reset(struct strbuf *b);
void	 strbuf_add(struct strbuf *b, const void *p, size_t len);
void	 strbuf_adds(struct strbuf *b, const char *s);
void	 strbuf_addc(struct strbuf *b, char c);
void	 strbuf_addf(struct strbuf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The text; "" while empty. Valid until the next change. */
const char *strbuf_get(const struct strbuf *b);
/* Hand the text over to the caller, who frees it; never NULL. */
char	*strbuf_take(struct strbuf *b);

#endif
