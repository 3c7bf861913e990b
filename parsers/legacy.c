/*
 * Which of Unicode, TCVN3 and VNI a paragraph is written in. The font is
 * only a hint: of files with .Vn fonts nearly half hold Unicode text. The
 * letters decide, by stretches of one font family within a paragraph,
 * because "công tác" alone reads in both.
 */
#include "parsers/legacy.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>

#include "parsers/legacy_tables.h"
#include "parsers/properties.h"
#include "parsers/syllable.h"
#include "parsers/utf8.h"

enum family { FAMILY_NONE = 0, FAMILY_TCVN, FAMILY_VNI };

/* What the characters of a stretch, or of a paragraph, tell. */
struct signs {
	bool	unicode; /* letters only Unicode has: ă đ ơ ư U+1EA0… */
	bool	tcvn;	 /* … only TCVN3 has, next to letters */
	bool	vni;
	bool	common;	 /* letters that both have: à é ô … */
	bool	small;	 /* small ASCII letters in a capitals font */
};

static enum family
family_of(uint8_t font)
{
	return font == FONT_TCVN || font == FONT_TCVN_CAPS ? FAMILY_TCVN :
	    font == FONT_VNI ? FAMILY_VNI : FAMILY_NONE;
}

static bool
is_unicode_sign(uint32_t c)
{
	switch (c) {
	case 0x102: case 0x103: case 0x110: case 0x111: case 0x128:
	case 0x129: case 0x168: case 0x169: case 0x1a0: case 0x1a1:
	case 0x1af: case 0x1b0: case 0x300: case 0x301: case 0x303:
	case 0x309: case 0x323:
		return true;
	default:
		return c >= 0x1ea0 && c <= 0x1ef9;
	}
}

/* Letters of Latin-1 that Vietnamese in Unicode uses. */
static bool
is_common(uint32_t c)
{
	if (c >= 0xc0 && c <= 0xdd)
		c += 0x20;
	return c < 0x100 && strchr("\xe0\xe1\xe2\xe3\xe8\xe9\xea\xec\xed"
	    "\xf2\xf3\xf4\xf5\xf9\xfa\xfd", (int)c) != NULL && c != 0;
}

static bool
is_ascii_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_vni_base(uint32_t c)
{
	return c < 0x100 && c != 0 && strchr("aeouyAEOUY\xf4\xd4\xf6\xd6",
	    (int)c) != NULL;
}

/* Marks that in Unicode never follow a vowel, and VNI's own letters. */
static bool
is_vni_sign(uint32_t before, uint32_t c, uint32_t after)
{
	static const char after_vowel[] = "\xf8\xfb\xef\xe4\xe5\xfc\xeb"
	    "\xd8\xdb\xcf\xc4\xc5\xdc\xcb";

	if (c == 0 || c > 0xff)
		return false;
	if (is_vni_base(before) && strchr(after_vowel, (int)c) != NULL)
		return true;
	return (c == 0xf1 || c == 0xd1 || c == 0xf6 || c == 0xd6) &&
	    (is_ascii_letter(before) || is_ascii_letter(after) ||
	    vni_pair(c, after) != 0);
}

/*
 * A TCVN3 letter that Unicode Vietnamese has no use for, among letters. A
 * capital such as "Ñ" counts only next to a small letter.
 */
static bool
is_tcvn_sign(uint32_t before, uint32_t c, uint32_t after)
{
	if (tcvn_letter(c) == 0 || is_common(c))
		return false;
	return is_ascii_letter(before) || is_ascii_letter(after) ||
	    (after > 0x7f && tcvn_letter(after) != 0);
}

/* Fonts of the old encodings may put their codes into U+F0xx. */
static uint32_t
plain_code(uint32_t c, uint8_t font)
{
	return c >= 0xf020 && c <= 0xf0ff && family_of(font) != FAMILY_NONE ?
	    c - 0xf000 : c;
}

static void
look_at(struct signs *s, uint32_t before, uint32_t c, uint32_t after,
    uint8_t font)
{
	if (c < 0x80) {
		s->small |= font == FONT_TCVN_CAPS && c >= 'a' && c <= 'z';
		return;
	}
	s->unicode |= is_unicode_sign(c);
	s->common |= is_common(c);
	s->tcvn |= is_tcvn_sign(before, c, after);
	s->vni |= is_vni_sign(before, c, after);
}

/* Signs of the spans from..to. */
static struct signs
read_signs(const struct draft *d, size_t from, size_t to, size_t offset)
{
	const uint8_t	*p = (const uint8_t *)strbuf_get(&d->text) + offset;
	const uint8_t	*end;
	struct signs	 s = {0};
	uint32_t	 before = ' ', c, after;
	size_t		 i;
	uint8_t		 font;

	for (i = from; i < to; i++) {
		font = d->spans[i].look.font;
		end = p + d->spans[i].len;
		while (p < end) {
			p += utf8_get(p, &c);
			(void)utf8_get(p, &after);
			c = plain_code(c, font);
			look_at(&s, before, c, plain_code(after, font), font);
			before = c;
		}
	}
	return s;
}

/* End of the stretch of one font family that begins at this span. */
static size_t
stretch_end(const struct draft *d, size_t from, size_t *len)
{
	enum family	family = family_of(d->spans[from].look.font);
	size_t		i;

	*len = 0;
	for (i = from; i < d->n_spans &&
	    family_of(d->spans[i].look.font) == family; i++)
		*len += d->spans[i].len;
	return i;
}

/* Take one character (in VNI, maybe a pair) as what it stands for. */
static void
decode_one(struct draft_rewrite *r, enum family family, bool as_capital)
{
	const uint8_t	*p = (const uint8_t *)r->old.s + r->at;
	struct strbuf	 out = {0};
	uint32_t	 c, next, letter = 0;
	size_t		 len = utf8_get(p, &c), second;
	uint8_t		 font = draft_rewrite_look(r).font;

	second = utf8_get(p + len, &next);
	c = plain_code(c, font);
	next = plain_code(next, font);
	if (family == FAMILY_TCVN) {
		letter = tcvn_letter(c);
	} else if (family == FAMILY_VNI) {
		letter = vni_pair(c, next);
		if (letter != 0)
			len += second;
		else
			letter = vni_letter(c);
	}
	if (letter == 0)
		letter = c;
	if (as_capital)
		letter = uc_toupper(letter);
	utf8_add(&out, letter);
	draft_rewrite_take(r, len, out.s, out.len);
	strbuf_clear(&out);
}

/* Decode each span as its entry of families says. */
static void
decode(struct draft *d, const uint8_t *families)
{
	struct draft_rewrite r;

	draft_rewrite_begin(&r, d);
	while (r.at < r.old.len)
		if (families[r.span] == FAMILY_NONE)
			draft_rewrite_take(&r, r.left, r.old.s + r.at,
			    r.left);
		else
			decode_one(&r, families[r.span],
			    draft_rewrite_look(&r).font == FONT_TCVN_CAPS);
	draft_rewrite_end(&r);
}

static uint8_t *
families_new(const struct draft *d, enum family all)
{
	uint8_t	*families = malloc(d->n_spans + 1);

	if (families == NULL)
		abort();
	memset(families, all, d->n_spans + 1);
	return families;
}

/*
 * What the paragraph would be in that encoding: decoded if it then is
 * Vietnamese throughout and has that many words to show it.
 */
static bool
try_family(struct draft *d, enum family family, int words)
{
	struct draft	 trial = {0}, swap;
	uint8_t		*families;
	bool		 fits;

	draft_add_draft(&trial, d);
	families = families_new(&trial, family);
	decode(&trial, families);
	free(families);
	fits = syllables_count(strbuf_get(&trial.text)) >= words;
	if (fits) {
		swap = *d;
		*d = trial;
		trial = swap;
	}
	draft_clear(&trial);
	return fits;
}

/* Does any letter lie in Latin-1, and is there none of Unicode's own? */
static bool
may_be_legacy(const struct strbuf *text)
{
	const uint8_t	*p = (const uint8_t *)text->s, *end = p + text->len;
	bool		 latin = false;

	for (; p < end; p++)
		if (*p == 0xc2 || *p == 0xc3)
			latin = true;
		else if ((*p >= 0xc4 && *p <= 0xc6) || (*p == 0xe1 &&
		    (p[1] == 0xba || p[1] == 0xbb)))
			return false;
	return latin;
}

/* No font says anything: only whole paragraphs, only when all fits. */
static enum legacy_verdict
decode_unhinted(struct draft *d)
{
	struct signs	s;

	if (!may_be_legacy(&d->text))
		return LEGACY_NO;
	s = read_signs(d, 0, d->n_spans, 0);
	if (s.unicode || (!s.tcvn && !s.vni) ||
	    syllables_count(d->text.s) >= 0)
		return LEGACY_NO;
	if ((s.tcvn && try_family(d, FAMILY_TCVN, 2)) ||
	    (s.vni && try_family(d, FAMILY_VNI, 2)))
		return LEGACY_DECODED;
	return LEGACY_NO;
}

static bool
is_legacy_stretch(enum family family, const struct signs *s)
{
	return !s->unicode && ((family == FAMILY_TCVN && s->tcvn) ||
	    (family == FAMILY_VNI && s->vni));
}

/* The first old family among the spans, FAMILY_NONE when there is none. */
static enum family
main_family(const struct draft *d)
{
	enum family	family = FAMILY_NONE;
	size_t		i;

	for (i = 0; i < d->n_spans && family == FAMILY_NONE; i++)
		family = family_of(d->spans[i].look.font);
	return family;
}

/*
 * Fill in how to decode each span. A paragraph without Unicode letters is
 * legacy as a whole once a stretch of it is; in a mixed one only the
 * stretches that show it are.
 */
static bool
judge_stretches(const struct draft *d, bool mixed, uint8_t *families)
{
	enum family	 family, main = main_family(d);
	struct signs	 s;
	size_t		 from, to, len, offset = 0;
	bool		 any = false, is_legacy;

	for (from = 0; from < d->n_spans; from = to, offset += len) {
		family = family_of(d->spans[from].look.font);
		to = stretch_end(d, from, &len);
		s = read_signs(d, from, to, offset);
		is_legacy = is_legacy_stretch(family, &s);
		any |= is_legacy;
		if (is_legacy || !mixed)
			memset(families + from, family == FAMILY_NONE ?
			    main : family, to - from);
	}
	return any;
}

enum legacy_verdict
legacy_decode(struct draft *d, struct legacy_votes *v)
{
	struct signs	 s;
	uint8_t		*families;
	bool		 found;

	if (d->text.len == 0)
		return LEGACY_NO;
	if (main_family(d) == FAMILY_NONE)
		return decode_unhinted(d);
	s = read_signs(d, 0, d->n_spans, 0);
	families = families_new(d, FAMILY_NONE);
	found = judge_stretches(d, s.unicode, families);
	if (found)
		decode(d, families);
	free(families);
	if (found) {
		v->legacy++;
		return LEGACY_DECODED;
	}
	v->unicode += s.unicode;
	return !s.unicode && (s.common || s.small || s.tcvn || s.vni) ?
	    LEGACY_UNDECIDED : LEGACY_NO;
}

enum legacy_verdict
legacy_decode_late(struct draft *d, const struct legacy_votes *v)
{
	uint8_t	*families;

	if (v->legacy > v->unicode) {
		families = families_new(d, main_family(d));
		decode(d, families);
		free(families);
		return LEGACY_DECODED;
	}
	if (v->unicode == 0 && syllables_count(d->text.s) < 0 &&
	    try_family(d, main_family(d), 1))
		return LEGACY_DECODED;
	return LEGACY_NO;
}
