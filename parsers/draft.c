/*
 * Text of one paragraph under construction. Most paragraphs need no
 * cleaning at all, so they are first looked over byte by byte.
 */
#include "parsers/draft.h"

#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>

#include "parsers/limits.h"
#include "parsers/symbols.h"
#include "parsers/utf8.h"

void
draft_clear(struct draft *d)
{
	strbuf_clear(&d->text);
	free(d->spans);
	free(d->breaks);
	free(d->notes);
	memset(d, 0, sizeof(*d));
}

void
draft_reset(struct draft *d)
{
	strbuf_reset(&d->text);
	d->n_spans = 0;
	d->n_breaks = 0;
	d->n_notes = 0;
	d->is_full = false;
}

static void *
grow(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	*cap = *cap == 0 ? 16 : *cap * 2;
	array = reallocarray(array, *cap, size);
	if (array == NULL)
		abort();
	return array;
}

static bool
same_look(struct look a, struct look b)
{
	return a.bits == b.bits && a.font == b.font &&
	    a.half_points == b.half_points;
}

void
draft_add(struct draft *d, struct look look, const char *s, size_t len)
{
	if (d->is_full || len > LIMIT_PARAGRAPH_BYTES ||
	    d->text.len + len > LIMIT_PARAGRAPH_BYTES) {
		d->is_full = true;
		return;
	}
	if (len == 0)
		return;
	strbuf_add(&d->text, s, len);
	if (d->n_spans > 0 &&
	    same_look(d->spans[d->n_spans - 1].look, look)) {
		d->spans[d->n_spans - 1].len += (uint32_t)len;
		return;
	}
	d->spans = grow(d->spans, d->n_spans, &d->cap_spans,
	    sizeof(*d->spans));
	d->spans[d->n_spans].look = look;
	d->spans[d->n_spans++].len = (uint32_t)len;
}

void
draft_add_char(struct draft *d, struct look look, uint32_t c)
{
	struct strbuf	one = {0};

	if (c < 0x80) {
		char	ascii = (char)c;

		draft_add(d, look, &ascii, 1);
		return;
	}
	utf8_add(&one, c);
	draft_add(d, look, one.s, one.len);
	strbuf_clear(&one);
}

static void
add_break_at(struct draft *d, size_t at)
{
	d->breaks = grow(d->breaks, d->n_breaks, &d->cap_breaks,
	    sizeof(*d->breaks));
	d->breaks[d->n_breaks++] = (uint32_t)at;
}

void
draft_add_break(struct draft *d, struct look look)
{
	if (d->is_full)
		return;
	add_break_at(d, d->text.len);
	draft_add(d, look, " ", 1);
}

void
draft_set_breaks(struct draft *d, const uint32_t *breaks, size_t n)
{
	size_t	i;

	d->n_breaks = 0;
	for (i = 0; i < n; i++)
		add_break_at(d, breaks[i]);
}

static void
add_note_at(struct draft *d, size_t at, uint32_t note)
{
	if (d->n_notes == LIMIT_PARAGRAPH_NOTES)
		return;
	d->notes = grow(d->notes, d->n_notes, &d->cap_notes,
	    sizeof(*d->notes));
	d->notes[d->n_notes++] = (struct note_mark){ (uint32_t)at, note };
}

void
draft_add_note(struct draft *d, uint32_t note)
{
	add_note_at(d, d->text.len, note);
}

void
draft_set_notes(struct draft *d, const struct note_mark *notes, size_t n)
{
	size_t	i;

	d->n_notes = 0;
	for (i = 0; i < n; i++)
		add_note_at(d, notes[i].at, notes[i].note);
}

void
draft_add_draft(struct draft *d, const struct draft *other)
{
	const char	*s = other->text.s;
	size_t		 at = d->text.len, i;

	if (at + other->text.len > LIMIT_PARAGRAPH_BYTES)
		return;
	for (i = 0; i < other->n_spans; i++) {
		draft_add(d, other->spans[i].look, s, other->spans[i].len);
		s += other->spans[i].len;
	}
	for (i = 0; i < other->n_breaks; i++)
		add_break_at(d, at + other->breaks[i]);
	for (i = 0; i < other->n_notes; i++)
		add_note_at(d, at + other->notes[i].at,
		    other->notes[i].note);
}

void
draft_cut(struct draft *d, size_t n)
{
	struct draft_span *last;
	size_t		 part, i;

	if (n > d->text.len)
		n = d->text.len;
	d->text.len -= n;
	if (d->text.s != NULL)
		d->text.s[d->text.len] = '\0';
	while (n > 0) {
		last = &d->spans[d->n_spans - 1];
		part = last->len < n ? last->len : n;
		last->len -= (uint32_t)part;
		n -= part;
		if (last->len == 0)
			d->n_spans--;
	}
	while (d->n_breaks > 0 &&
	    d->breaks[d->n_breaks - 1] >= d->text.len)
		d->n_breaks--;
	for (i = d->n_notes; i > 0 && d->notes[i - 1].at > d->text.len; i--)
		d->notes[i - 1].at = (uint32_t)d->text.len;
}

bool
draft_is_blank(const struct draft *d)
{
	return strspn(strbuf_get(&d->text), " \t\r\n") == d->text.len;
}

void
draft_rewrite_begin(struct draft_rewrite *r, struct draft *d)
{
	memset(r, 0, sizeof(*r));
	r->draft = d;
	r->old = d->text;
	strbuf_init(&d->text);
	if (d->n_spans > 0)
		r->left = d->spans[0].len;
}

struct look
draft_rewrite_look(const struct draft_rewrite *r)
{
	return r->draft->spans[r->span].look;
}

void
draft_rewrite_take(struct draft_rewrite *r, size_t old_len, const char *s,
    size_t len)
{
	struct draft	*d = r->draft;

	/* what stood there first decides whose the new text is */
	while (r->next_break < d->n_breaks &&
	    d->breaks[r->next_break] < r->at + old_len)
		d->breaks[r->next_break++] = (uint32_t)d->text.len;
	while (r->next_note < d->n_notes &&
	    d->notes[r->next_note].at < r->at + old_len)
		d->notes[r->next_note++].at = (uint32_t)d->text.len;
	strbuf_add(&d->text, s, len);
	r->at += old_len;
	r->grown += (uint32_t)len;
	while (old_len >= r->left && r->span < d->n_spans) {
		old_len -= r->left;
		d->spans[r->span++].len = r->grown;
		r->grown = 0;
		r->left = r->span < d->n_spans ? d->spans[r->span].len : 0;
	}
	r->left -= old_len;
}

void
draft_rewrite_end(struct draft_rewrite *r)
{
	struct draft	*d = r->draft;
	size_t		 i, n = 0;

	for (i = 0; i < d->n_spans; i++)
		if (d->spans[i].len > 0)
			d->spans[n++] = d->spans[i];
	d->n_spans = n;
	while (r->next_note < d->n_notes) /* behind the last letter */
		d->notes[r->next_note++].at = (uint32_t)d->text.len;
	strbuf_clear(&r->old);
}


/* Is a character beyond ASCII certain to stay as it is under NFC? */
static bool
is_settled(uint32_t c)
{
	return (c >= 0xa1 && c < 0x300 && c != 0xad) ||
	    (c >= 0x1e00 && c < 0x1f00) || (c >= 0x2010 && c <= 0x2027);
}

/* How far a lead byte goes without a closer look; 0: look closer. */
#define ROW8(n) n, n, n, n, n, n, n, n
static const uint8_t strides[256] = {
	[0x20] = ROW8(1), ROW8(1), ROW8(1), ROW8(1), ROW8(1), ROW8(1),
	ROW8(1), ROW8(1), ROW8(1), ROW8(1), ROW8(1), 1, 1, 1, 1, 1, 1, 1,
	[0xc3] = 2, 2, 2, 2, 2, 2, 2, 2, 2,
};
#undef ROW8

/*
 * Does the text need rewriting? Characters below U+0300 and the block of
 * Vietnamese letters U+1E00 are always NFC; the rest of what is usual,
 * dashes and quotes, too.
 */
static bool
needs_rewriting(const struct strbuf *text)
{
	const uint8_t	*p = (const uint8_t *)text->s, *end = p + text->len;
	uint32_t	 c;

	while (p < end) {
		if (strides[*p] != 0)
			p += strides[*p];
		else if (*p == 0xe1 && (p[1] & 0xfc) == 0xb8)
			p += 3;
		else {
			if (*p < 0x80)
				return true;
			p += utf8_get(p, &c);
			if (!is_settled(c))
				return true;
		}
	}
	return false;
}

/* Characters that say nothing to a reader: dropped. */
static bool
is_dropped(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	    (c >= 0xfff9 && c <= 0xfffb) || (c & 0xfffe) == 0xfffe;
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' ||
	    c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Can it change under NFC, even alone? */
static bool
may_change(uint32_t c)
{
	return c >= 0x300 && !is_settled(c);
}

/* Can it join the character before it: a mark, or a Hangul piece? */
static bool
may_join(uint32_t c)
{
	return may_change(c) && ((c >= 0x1160 && c < 0x1200) ||
	    uc_is_general_category(c, UC_CATEGORY_M));
}

/*
 * Take a base character and all behind it that may combine with it. A run
 * of marks longer than any script writes is cut into pieces.
 */
static void
take_cluster(struct draft_rewrite *r, const uint8_t *p, size_t first)
{
	uint8_t		 buffer[256];
	uint8_t		*composed;
	size_t		 len = first, n = sizeof(buffer), step;
	uint32_t	 c;

	while (len < 120) {
		step = utf8_get(p + len, &c);
		if (!may_join(c))
			break;
		len += step;
	}
	composed = u8_normalize(UNINORM_NFC, p, len, buffer, &n);
	if (composed == NULL) {
		draft_rewrite_take(r, len, (const char *)p, len);
		return;
	}
	draft_rewrite_take(r, len, (const char *)composed, n);
	if (composed != buffer)
		free(composed);
}

/* A bullet of a symbol font whose name was lost on the way. */
static void
take_sign(struct draft_rewrite *r, uint32_t c)
{
	struct strbuf	one = {0};
	uint32_t	sign = symbol_to_unicode(FONT_PLAIN, c);

	utf8_add(&one, sign != 0 ? sign : c);
	draft_rewrite_take(r, 3, one.s, one.len);
	strbuf_clear(&one);
}

static void
rewrite(struct draft *d)
{
	struct draft_rewrite r;
	const uint8_t	*p, *end;
	uint32_t	 c, next;
	size_t		 len;

	draft_rewrite_begin(&r, d);
	p = (const uint8_t *)strbuf_get(&r.old);
	for (end = p + r.old.len; p < end; p = (const uint8_t *)r.old.s +
	    r.at) {
		len = utf8_get(p, &c);
		if (is_space(c)) {
			draft_rewrite_take(&r, len, " ", 1);
		} else if (is_dropped(c)) {
			draft_rewrite_take(&r, len, "", 0);
		} else if (c >= 0xf000 && c <= 0xf0ff) {
			take_sign(&r, c);
		} else {
			(void)utf8_get(p + len, &next);
			if (may_change(c) || may_join(next))
				take_cluster(&r, p, len);
			else
				draft_rewrite_take(&r, len, (const char *)p,
				    len);
		}
	}
	draft_rewrite_end(&r);
}

/* Spaces at both ends go. */
static void
trim(struct draft *d)
{
	size_t	lead, n, i, kept = 0;

	for (n = 0; n < d->text.len &&
	    d->text.s[d->text.len - 1 - n] == ' '; n++)
		;
	draft_cut(d, n);
	lead = strspn(strbuf_get(&d->text), " ");
	if (lead == 0)
		return;
	memmove(d->text.s, d->text.s + lead, d->text.len - lead + 1);
	d->text.len -= lead;
	for (i = 0; i < d->n_breaks; i++)
		if (d->breaks[i] >= lead)
			d->breaks[kept++] = d->breaks[i] - (uint32_t)lead;
	d->n_breaks = kept;
	for (i = 0; i < d->n_notes; i++)
		d->notes[i].at -= d->notes[i].at < lead ? d->notes[i].at :
		    (uint32_t)lead;
	for (i = 0; lead >= d->spans[i].len; i++)
		lead -= d->spans[i].len;
	d->spans[i].len -= (uint32_t)lead;
	memmove(d->spans, d->spans + i,
	    (d->n_spans - i) * sizeof(*d->spans));
	d->n_spans -= i;
}

void
draft_clean(struct draft *d)
{
	if (d->text.len == 0)
		return;
	if (needs_rewriting(&d->text))
		rewrite(d);
	trim(d);
}
