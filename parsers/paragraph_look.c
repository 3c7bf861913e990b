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
	size_t		n_sizes;
	struct {
		uint16_t	half_points;
		uint32_t	letters;
	} sizes[SIZES];	/* n_sizes of them */
};

/* One letter, one capital letter, in a sum of both. */
#define LETTER 1U
#define CAPITAL (LETTER | (uint64_t)1 << 32)
#define L LETTER
#define C CAPITAL
static const uint64_t ascii_kinds[128] = {
	['A'] = C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
	C, C, C, C, C,
	['a'] = L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L,
};
#undef L
#undef C

static uint64_t
letter_kind(uint32_t c)
{
	if (c < 0xc0)
		return 0;
	if (c < 0x100)
		return c == 0xd7 || c == 0xf7 ? 0 : c < 0xdf ? CAPITAL :
		    LETTER;
	if (c >= 0x1ea0 && c < 0x1efa)
		return (c & 1) == 0 ? CAPITAL : LETTER;
	if (c >= 0x2000 && c < 0x2c00)
		return 0;
	if (c == 0x111 || c == 0x1b0 || c == 0x1a1 || c == 0x103)
		return LETTER; /* the usual ones need no look-up */
	return uc_is_alpha(c) ? uc_is_upper(c) ? CAPITAL : LETTER : 0;
}

uint32_t
letters_count(const char *s, size_t len, uint32_t *capitals)
{
	const uint8_t	*p = (const uint8_t *)s, *end = p + len;
	uint64_t	 sum = 0;
	uint32_t	 c;

	while (p < end) {
		if (*p < 0x80) {
			sum += ascii_kinds[*p++];
		} else if (*p == 0xe1 && (p[1] == 0xbb ||
		    (p[1] == 0xba && p[2] >= 0xa0))) {
			/* U+1EA0 …: capital and small take turns */
			sum += (p[2] & 1) == 0 ? CAPITAL : LETTER;
			p += 3;
		} else {
			p += utf8_get(p, &c);
			sum += letter_kind(c);
		}
	}
	*capitals = (uint32_t)(sum >> 32);
	return (uint32_t)sum;
}

static bool
is_all_spaces(const char *s, size_t len)
{
	while (len > 0 && s[len - 1] == ' ')
		len--;
	return len == 0;
}

/* Nearly always there is one size, and it is the first. */
static void
add_size(struct tally *t, uint16_t half_points, uint32_t letters)
{
	size_t	i;

	for (i = 0; i < t->n_sizes; i++)
		if (t->sizes[i].half_points == half_points) {
			t->sizes[i].letters += letters;
			return;
		}
	if (i == SIZES)
		return;
	t->sizes[i].half_points = half_points;
	t->sizes[i].letters = letters;
	t->n_sizes++;
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

	if (d->n_spans == 1)
		return;
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
	if (part == 0 || whole == 0)
		return 0;
	return part == whole ? 100 : (uint8_t)((uint64_t)part * 100 / whole);
}

/*
 * Without letters (a lone "1.", a line of dots) the first span decides, so
 * that a bold number is bold.
 */
static void
write_shares(struct paragraph *p, const struct tally *t, uint8_t first)
{
	size_t	i, best = 0;

	for (i = 1; i < t->n_sizes; i++)
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

/* Tell the tally of one span. */
static void
add_span(struct tally *t, uint8_t bits, uint32_t letters, uint32_t capitals)
{
	t->letters += letters;
	t->capitals += (bits & LOOK_CAPS) != 0 ? letters : capitals;
	if ((bits & LOOK_BOLD) != 0)
		t->bold += letters;
	if ((bits & LOOK_ITALIC) != 0)
		t->italic += letters;
	if ((bits & LOOK_UNDERLINE) != 0)
		t->underline += letters;
}

void
paragraph_look(struct paragraph *p, const struct draft *d,
    struct arena *arena)
{
	struct tally	 t;
	const char	*s = d->text.s;
	uint8_t		 small[64], *bits = small;
	uint32_t	 letters, capitals, *breaks;
	size_t		 i;

	if (d->n_spans == 0)
		return;
	t.letters = t.capitals = t.bold = t.italic = t.underline = 0;
	t.n_sizes = 0;
	t.sizes[0].half_points = 0;
	if (d->n_spans > sizeof(small))
		bits = arena_alloc(arena, d->n_spans);
	for (i = 0; i < d->n_spans; i++) {
		letters = letters_count(s, d->spans[i].len, &capitals);
		/* spaces look like what stands before them */
		bits[i] = i > 0 && letters == 0 && is_all_spaces(s,
		    d->spans[i].len) ? bits[i - 1] : d->spans[i].look.bits;
		s += d->spans[i].len;
		add_span(&t, bits[i], letters, capitals);
		add_size(&t, d->spans[i].look.half_points, letters);
	}
	write_shares(p, &t, bits[0]);
	write_spans(p, d, bits, arena);
	if (d->n_breaks > 0) {
		breaks = arena_calloc(arena, d->n_breaks, sizeof(*breaks));
		memcpy(breaks, d->breaks, d->n_breaks * sizeof(*breaks));
		p->breaks = breaks;
		p->n_breaks = (uint32_t)d->n_breaks;
	}
}
