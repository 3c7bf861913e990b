/*
 * Mapped files that are gone through without being in memory. MADV_DONTNEED
 * throws away what is not backed by a file, so it is never said of anything
 * but the two mappings.
 */
#include "parsers/pages.h"

#include <sys/mman.h>

#include <string.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"

void
pages_let_go(struct pages *p)
{
	p->passed = 0;
	/* advice: where it is not taken, the pages only stay */
	if (p->file.len > 0)
		(void)madvise((void *)(uintptr_t)p->file.data, p->file.len,
		    MADV_DONTNEED);
	if (p->room != NULL)
		(void)madvise(p->room, p->size, MADV_DONTNEED);
}

/* Counts what was looked through up to found, NULL for all of it. */
static const uint8_t *
passed_by(struct pages *p, const struct bytes *in, const uint8_t *found)
{
	pages_passed(p, found == NULL ? in->len :
	    (size_t)(found - in->data));
	return found;
}

const uint8_t *
pages_find(struct pages *p, struct bytes in, const void *what, size_t len)
{
	const uint8_t	*found;

	while (p != NULL && in.len > p->piece + len) {
		/* it may begin on the last byte of the piece */
		found = memmem(in.data, p->piece + len - 1, what, len);
		if (found != NULL)
			return passed_by(p, &in, found);
		pages_passed(p, p->piece);
		in.data += p->piece;
		in.len -= p->piece;
	}
	return passed_by(p, &in, memmem(in.data, in.len, what, len));
}

const uint8_t *
pages_find_byte(struct pages *p, struct bytes in, uint8_t c)
{
	const uint8_t	*found;

	while (p != NULL && in.len > p->piece) {
		found = memchr(in.data, c, p->piece);
		if (found != NULL)
			return passed_by(p, &in, found);
		pages_passed(p, p->piece);
		in.data += p->piece;
		in.len -= p->piece;
	}
	return passed_by(p, &in, memchr(in.data, c, in.len));
}

void
pages_lend(struct pages *p, size_t about, struct strbuf *out)
{
	if (p != NULL && about > p->least && about < p->size - p->used)
		strbuf_lend(out, p->room + p->used, p->size - p->used);
}

void
pages_keep(struct pages *p, const struct strbuf *out)
{
	if (out->is_lent)
		p->used += out->len + 1;
}

struct bytes
pages_take(struct arena *arena, struct strbuf *out)
{
	struct bytes	b = { (const uint8_t *)out->s, out->len };

	pages_keep(arena_pages(arena), out);
	if (!out->is_lent)
		b.data = (const uint8_t *)arena_strndup(arena,
		    strbuf_get(out), out->len);
	strbuf_clear(out);
	return b;
}

void
pages_add(struct pages *p, struct strbuf *out, struct bytes b)
{
	size_t	n;

	for (; b.len > 0; b.data += n, b.len -= n) {
		n = pages_piece(p, b.len);
		strbuf_add(out, b.data, n);
		pages_passed(p, n);
	}
}

void
pages_release(struct pages *p, size_t mark)
{
	if (p != NULL && !p->is_pinned)
		p->used = mark;
}

static bool
holds(const uint8_t *area, size_t size, const uint8_t *at)
{
	return (uintptr_t)at >= (uintptr_t)area &&
	    (uintptr_t)at - (uintptr_t)area < size;
}

bool
pages_pin(struct pages *p, struct bytes b)
{
	if (p == NULL || (!holds(p->file.data, p->file.len, b.data) &&
	    !holds(p->room, p->size, b.data)))
		return false;
	p->is_pinned = true;
	return true;
}
