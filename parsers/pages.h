#ifndef PARSERS_PAGES_H
#define PARSERS_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct arena;
struct strbuf;

/*
 * A large input is mapped from its file, and what is made of it, decoded
 * or inflated, stands in a scratch file that is mapped too. A page of a
 * mapped file is memory of ours from when it is touched until it is let
 * go; touched again, it comes back as it was. So whoever goes through many
 * bytes says how far it has come, and of both files little is in memory at
 * any time.
 *
 * In all functions p may be NULL: everything is in memory, and stays.
 */
struct pages {
	struct bytes	 file;	/* mapped; only read */
	uint8_t		*room;	/* the scratch file, mapped shared; or NULL */
	size_t		 size;	/* of the room */
	size_t		 used;	/* so much of it, from its start */
	size_t		 least;	/* what is no longer stays on the heap */
	size_t		 piece;	/* so much may be gone through at once */
	size_t		 passed; /* bytes since pages were last let go */
	bool		 is_pinned; /* nothing is released any more */
};

void	 pages_let_go(struct pages *p);

/* n more bytes have been gone through, of whatever. */
static inline void
pages_passed(struct pages *p, size_t n)
{
	if (p != NULL && (p->passed += n) >= p->piece)
		pages_let_go(p);
}

/* How much of len bytes to go through next. */
static inline size_t
pages_piece(const struct pages *p, size_t len)
{
	return p == NULL || len < p->piece ? len : p->piece;
}

/* memmem() and memchr() that count what they go through. */
const uint8_t *pages_find(struct pages *p, struct bytes in,
    const void *what, size_t len);
const uint8_t *pages_find_byte(struct pages *p, struct bytes in, uint8_t c);

/*
 * out, which is empty, will get about so many bytes: it gets the rest of
 * the room for them, if they are many and fit in. One string at a time.
 */
void	 pages_lend(struct pages *p, size_t about, struct strbuf *out);
/* out is complete: what it holds in the room stays there. */
void	 pages_keep(struct pages *p, const struct strbuf *out);
/*
 * The same for good: the bytes of out where they are in the room, else in
 * the arena, whose pages these are. out is cleared.
 */
struct bytes pages_take(struct arena *arena, struct strbuf *out);
/* Append much. */
void	 pages_add(struct pages *p, struct strbuf *out, struct bytes b);

/* What was kept since the mark is wanted no more. */
static inline size_t
pages_mark(const struct pages *p)
{
	return p == NULL ? 0 : p->used;
}
void	 pages_release(struct pages *p, size_t mark);
/*
 * True when b stands in one of the files: nothing is released any more,
 * so that it lasts as long as they do.
 */
bool	 pages_pin(struct pages *p, struct bytes b);

#endif
