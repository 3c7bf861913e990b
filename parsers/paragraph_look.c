/* Shares and spans of a paragraph's text. */
#include "parsers/paragraph_look.h"

#include <string.h>

#include <unictype.h>

#include "parsers/arena.h"
#include "parsers/draft.h"
#include "parsers/properties.h"
#include "parsers/utf8.h"

#define SIZES 8

struct tally {
	uint32_t	letters;
	uint32_t	capitals;
	uint32_t	bold;
	uint32_t	italic;
	uint32_t	underline;
	struct {
		uint16_t	half_points;
		uint32_t	letters;
	} sizes[SIZES];
};

/* 0 no letter, 1 a letter, 2 a capital. */
static int
letter_kind(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) < 'a' || (c | 0x20) > 'z' ? 0 :
		    c < 'a' ? 2 : 1;
	if (c < 0xc0)
		return 0;
	if (c < 0x100)
		return c == 0xd7 || c == 0xf7 ? 0 : c < 0xdf ? 2 : 1;
	if (c >= 0x1ea0 && c < 0x1efa)
		return (c & 1) == 0 ? 2 : 1;
	if (c >= 0x2000 && c < 0x2c00)
		return 0;
	return uc_is_alpha(c) ? uc_is_upper(c) ? 2 : 1 : 0;
}

/* Letters and capitals of a stretch; *blank when it is all spaces. */
static uint32_t
count_letters(const char *s, size_t len, uint32_t *capitals, bool *blank)
{
	const uint8_t	*p = (const uint8_t *)s, *end = p + len;
	uint32_t	 c, letters = 0;
	int		 kind;

	*capitals = 0;
	*blank = true;
	while (p < end) {
		p += utf8_get(p, &c);
		if (c != ' ')
			*blank = false;
		kind = letter_kind(c);
		letters += kind > 0;
		*capitals += kind == 2;
	}
	return letters;
}

static void
add_size(struct tally *t, uint16_t half_points, uint32_t letters)
{
	size_t	i;

	for (i = 0; i < SIZES; i++)
		if (t->sizes[i].half_points == half_points ||
		    t->sizes[i].letters == 0) {
			t->sizes[i].half_points = half_points;
			t->sizes[i].letters += letters;
			return;
		}
}

static bool
same_style(uint8_t a, uint8_t b)
{
	return ((a ^ b) & (LOOK_BOLD | LOOK_ITALIC | LOOK_UNDERLINE)) == 0;
}

static void
write_spans(struct paragraph *p, const struct draft *d, const uint8_t *bits,
    struct arena *arena)
{
	struct span	*spans;
	size_t		 i, n = 1;

	for (i = 1; i < d->n_spans; i++)
		n += !same_style(bits[i], bits[i - 1]);
	if (n == 1)
		return;
	spans = arena_calloc(arena, n, sizeof(*spans));
	p->spans = spans;
	p->n_spans = (uint32_t)n;
	for (i = 0; i < d->n_spans; i++) {
		if (i > 0 && !same_style(bits[i], bits[i - 1]))
			spans++;
		spans->len += d->spans[i].len;
		spans->bold = (bits[i] & LOOK_BOLD) != 0;
		spans->italic = (bits[i] & LOOK_ITALIC) != 0;
		spans->underline = (bits[i] & LOOK_UNDERLINE) != 0;
	}
}

static uint8_t
per_cent(uint32_t part, uint32_t whole)
{
	return whole == 0 ? 0 : (uint8_t)((uint64_t)part * 100 / whole);
}

/*
 * Without letters (a lone "1.", a line of dots) the first span decides, so
 * that a bold number is bold.
 */
static void
write_shares(struct paragraph *p, const struct tally *t, uint8_t first)
{
	size_t	i, best = 0;

	for (i = 1; i < SIZES; i++)
		if (t->sizes[i].letters > t->sizes[best].letters)
			best = i;
	p->font_half_points = t->sizes[best].half_points;
	p->caps = per_cent(t->capitals, t->letters);
	if (t->letters > 0) {
		p->bold = per_cent(t->bold, t->letters);
		p->italic = per_cent(t->italic, t->letters);
		p->underline = per_cent(t->underline, t->letters);
	} else {
		p->bold = (first & LOOK_BOLD) != 0 ? 100 : 0;
		p->italic = (first & LOOK_ITALIC) != 0 ? 100 : 0;
		p->underline = (first & LOOK_UNDERLINE) != 0 ? 100 : 0;
	}
}

void
paragraph_look(struct paragraph *p, const struct draft *d,
    struct arena *arena)
{
	struct tally	 t = {0};
	const char	*s = d->text.s;
	uint8_t		 small[64], *bits = small;
	uint32_t	 letters, capitals;
	size_t		 i;
	bool		 blank;

	if (d->n_spans == 0)
		return;
	if (d->n_spans > sizeof(small))
		bits = arena_alloc(arena, d->n_spans);
	for (i = 0; i < d->n_spans; i++) {
		letters = count_letters(s, d->spans[i].len, &capitals,
		    &blank);
		s += d->spans[i].len;
		/* spaces look like what stands before them */
		bits[i] = blank && i > 0 ? bits[i - 1] :
		    d->spans[i].look.bits;
		t.letters += letters;
		t.capitals += (bits[i] & LOOK_CAPS) != 0 ? letters :
		    capitals;
		t.bold += (bits[i] & LOOK_BOLD) != 0 ? letters : 0;
		t.italic += (bits[i] & LOOK_ITALIC) != 0 ? letters : 0;
		t.underline += (bits[i] & LOOK_UNDERLINE) != 0 ? letters : 0;
		add_size(&t, d->spans[i].look.half_points, letters);
	}
	write_shares(p, &t, bits[0]);
	write_spans(p, d, bits, arena);
	if (d->n_breaks > 0) {
		uint32_t *breaks = arena_calloc(arena, d->n_breaks,
		    sizeof(*breaks));

		memcpy(breaks, d->breaks, d->n_breaks * sizeof(*breaks));
		p->breaks = breaks;
		p->n_breaks = (uint32_t)d->n_breaks;
	}
}
