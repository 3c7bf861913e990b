/*
 * The grammar of typed labels. Reads the first characters of a line into
 * an array of plain signs (scanners' and keyboards' look-alikes unified)
 * and decides on those; what follows the label decides whether it is one.
 */
#include "parsers/label.h"

#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "parsers/text.h"
#include "parsers/utf8.h"

#define AHEAD 32		/* signs looked at */
#define ROMAN_SIGNS 8
#define ARABIC_MAX 99

/* The start of the line. */
struct ahead {
	ucs4_t	 c[AHEAD + 3];	/* 0 behind the last */
	size_t	 at[AHEAD + 1];	/* byte offset of each */
	size_t	 n;
};

/* Signs that look like another one, and what they stand for. */
static const struct look_alike {
	ucs4_t	from;
	ucs4_t	to;
} look_alikes[] = {
	{ 0x0406, 'I' }, { 0x0456, 'i' }, { 0x0425, 'X' }, { 0x0445, 'x' },
	{ 0x0421, 'C' }, { 0x0441, 'c' }, { 0x0410, 'A' }, { 0x0430, 'a' },
	{ 0x0412, 'B' }, { 0x00D0, 0x0110 }, { 0x0189, 0x0110 },
	{ 0x2010, '-' }, { 0x2011, '-' }, { 0x2012, '-' }, { 0x2013, '-' },
	{ 0x2014, '-' }, { 0x2015, '-' }, { 0x2212, '-' }, { 0xF02D, '-' },
	{ 0x00A0, ' ' }, { 0x2024, '.' }, { 0x3002, '.' }, { 0x2044, '/' },
};

static ucs4_t
plain(ucs4_t uc)
{
	size_t	i;

	/* ASCII, and the block that most Vietnamese letters are in */
	if (uc < 0x80 || (uc >= 0x1E00 && uc < 0x2000))
		return uc;
	if (uc >= 0xFF01 && uc <= 0xFF5E)
		return uc - 0xFF01 + '!';
	for (i = 0; i < sizeof(look_alikes) / sizeof(look_alikes[0]); i++)
		if (look_alikes[i].from == uc)
			return look_alikes[i].to;
	return uc;
}

/* The character at s; returns its bytes, at least 1. */
static size_t
character_at(const uint8_t *s, ucs4_t *uc)
{
	int	len;

	if (utf8_is_common(s))
		return utf8_get(s, uc);
	len = u8_mbtoucr(uc, s, strnlen((const char *)s, 4));
	if (len > 0)
		return (size_t)len;
	*uc = 0xFFFD;
	return 1;
}

static void
look_ahead(struct ahead *a, const char *s)
{
	ucs4_t	uc;
	size_t	at = 0, len;

	a->n = 0;
	while (s[at] != '\0' && a->n < AHEAD) {
		len = character_at((const uint8_t *)s + at, &uc);
		a->c[a->n] = plain(uc);
		a->at[a->n++] = at;
		at += len;
	}
	/* those who look at a sign look at the two behind it as well */
	memset(&a->c[a->n], 0, (AHEAD + 3 - a->n) * sizeof(*a->c));
	a->at[a->n] = at;
}

static bool
is_digit(ucs4_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(ucs4_t c)
{
	return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

static bool
is_capital(ucs4_t c)
{
	return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lu);
}

/* Place of a letter in a Vietnamese a) b) … đ) list, 0 for none. */
static int
letter_value(ucs4_t c)
{
	static const char	order[] = "abcd.eghiklmnopqrstuvxy";
	const char		*p;

	c = uc_tolower(c);
	if (c == 0x0111)
		return 5;
	if (c == 'f')
		c = 'g';
	if (c < 'a' || c > 'z')
		return 0;
	p = strchr(order, (int)c);
	return p == NULL ? 0 : (int)(p - order) + 1;
}

/* ---- what follows the number */

/* Does a code such as "CT/TW" or "HD-VP1" begin at i? */
static bool
is_code(const struct ahead *a, size_t i)
{
	for (; i < a->n && a->c[i] != ' '; i++)
		if (a->c[i] == '/' || a->c[i] == '-' || is_digit(a->c[i]))
			return true;
	return false;
}

/* Is the word at i a single letter ("T/M", "đ/c", "U.B.N.D")? */
static bool
is_initial(const struct ahead *a, size_t i)
{
	return is_letter(a->c[i]) && !is_letter(a->c[i + 1]) &&
	    !uc_is_general_category_withtable(a->c[i + 1],
	    UC_CATEGORY_MASK_M);
}

/* May a title begin at i when no mark stands before it? */
static bool
begins_title(const struct ahead *a, size_t i)
{
	return is_capital(a->c[i]) && !is_code(a, i);
}

static bool
is_mark(ucs4_t c)
{
	return c == '.' || c == ')' || c == '/' || c == '-' || c == ':';
}

/* Ends the label at sign i, the title at sign t. */
static bool
finish(struct label *l, const struct ahead *a, size_t i, size_t t)
{
	l->len = a->at[i];
	l->tight = t == i && i < a->n;
	while (a->c[t] == ' ')
		t++;
	l->title = a->at[t];
	return true;
}

/* Is it part of "2025 - 2030", "14 / 5", "12 : 30"? The blank is at i. */
static bool
goes_on(const struct ahead *a, size_t i, char mark)
{
	return is_digit(a->c[i + 1]) && (mark == '-' || mark == '/' ||
	    mark == ':');
}

/* Nothing marks the number off: may what stands at i be a title? */
static bool
read_unmarked(struct label *l, const struct ahead *a, size_t i, bool bare)
{
	l->mark = ' ';
	if (!bare)
		return false;
	return (i == a->n || (a->c[i] == ' ' && begins_title(a, i + 1))) &&
	    finish(l, a, i, i);
}

/*
 * After the number comes sign i: read the mark, if any, and judge what
 * stands behind it. bare: may the label do without a mark?
 */
static bool
read_mark(struct label *l, const struct ahead *a, size_t i, bool bare)
{
	size_t	m = i + (a->c[i] == ' ');	/* "1 ." */
	size_t	t;

	if (!is_mark(a->c[m]))
		return read_unmarked(l, a, i, bare);
	l->mark = (char)a->c[m];
	t = m + 1;
	/* "I.-", "1.)" */
	if (is_mark(a->c[t]) && a->c[t] != a->c[m])
		t++;
	if (t < a->n && a->c[t] == a->c[m])
		return false;			/* "1...", "1--" */
	if (t == a->n)
		return finish(l, a, t, t);
	if (a->c[t] == ' ')
		return !goes_on(a, t, l->mark) && finish(l, a, t, t);
	if (is_digit(a->c[t]) || is_initial(a, t))
		return false;
	if (l->mark == '-' || l->mark == '/')
		return begins_title(a, t) && finish(l, a, t, t);
	if (is_letter(a->c[t]) && !is_capital(a->c[t]) &&
	    l->kind != LABEL_ARABIC && l->mark != ')')
		return false;			/* "c.ty", "a.b" */
	return finish(l, a, t, t);
}

/* ---- the kinds */

static bool
is_bullet_sign(ucs4_t c)
{
	static const ucs4_t	signs[] = {
		'-', '+', '*', 0x2022, 0x00B7, 0x25AA, 0x25AB, 0x25CF, 0x25CB,
		0x25E6, 0x25A0, 0x25A1, 0x2023, 0x2043, 0x27A2, 0x2192, 0x21D2,
		0x2713, 0x2714, 0x2605, 0x2666, 0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC,
		0xF0E0,
	};
	size_t			i;

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i] == c)
			return true;
	return false;
}

static bool
read_bullet(struct label *l, const struct ahead *a)
{
	ucs4_t	c = a->c[0];

	if (c == 'o' && a->c[1] == ' ' && is_capital(a->c[2]))
		c = 'o';
	else if (!is_bullet_sign(c))
		return false;
	/* a rule: "-----", "* * *" */
	if (a->n < 2 || a->c[1] == c || (a->c[1] == ' ' && a->c[2] == c))
		return false;
	l->kind = LABEL_BULLET;
	l->mark = c == '-' || c == '+' || c == 'o' ? (char)c : '*';
	return finish(l, a, 1, 1);
}

/* A Roman numeral at i; returns the signs it takes, 0 for none. */
static size_t
roman_at(const struct ahead *a, size_t i, struct label *l)
{
	char	s[ROMAN_SIGNS];
	size_t	n = 0, letters = 0, small = 0;
	ucs4_t	c;
	int	v;

	if (a->c[i] >= 0x2160 && a->c[i] <= 0x216B) {
		l->kind = LABEL_ROMAN;
		l->parts[0] = (uint8_t)(a->c[i] - 0x2160 + 1);
		return 1;
	}
	for (; n < ROMAN_SIGNS - 1 && (c = a->c[i + n]) < 0x80 && c != 0 &&
	    strchr("IVXLCivxlc1|", (int)c) != NULL; n++) {
		letters += !is_digit(c);
		small += c == 'i' || c == 'v' || c == 'x' || c == 'c';
		s[n] = c == '1' || c == '|' ? 'I' : (char)c;
	}
	if (letters == 0 || is_letter(a->c[i + n]) || is_digit(a->c[i + n]))
		return 0;
	v = text_roman(s, n);
	if (v == 0)
		return 0;
	l->kind = small > 0 ? LABEL_SMALL_ROMAN : LABEL_ROMAN;
	l->parts[0] = (uint8_t)v;
	return n;
}

/* Up to two digits at i; returns how many, 0 when there are more. */
static size_t
digits_at(const struct ahead *a, size_t i, uint8_t *v)
{
	size_t	n = 0;
	int	sum = 0;

	for (; is_digit(a->c[i + n]); n++)
		if (n < 3)
			sum = sum * 10 + (int)(a->c[i + n] - '0');
	if (n == 0 || n > 2 || sum > ARABIC_MAX)
		return 0;
	*v = (uint8_t)sum;
	return n;
}

/*
 * The further parts of "1.2.3", "I.1", "2.a" from the sign i behind the
 * first part on. Returns the sign behind the last part, 0 when what stands
 * there is no label ("1.000", "14.5.2026").
 */
static size_t
read_parts(struct label *l, const struct ahead *a, size_t i)
{
	size_t	n;
	uint8_t	v;
	int	letter;

	while (a->c[i] == '.' && l->n_parts < LABEL_PARTS) {
		if (is_digit(a->c[i + 1])) {
			n = digits_at(a, i + 1, &v);
			if (n == 0)
				return 0;
		} else {
			letter = letter_value(a->c[i + 1]);
			if (letter == 0 || is_capital(a->c[i + 1]) ||
			    (a->c[i + 2] != '.' && a->c[i + 2] != ')'))
				break;
			v = (uint8_t)letter;
			n = 1;
		}
		l->parts[l->n_parts++] = v;
		i += n + 1;
	}
	if (l->n_parts > 1)
		l->kind = LABEL_MULTI;
	return i;
}

static bool
read_number(struct label *l, const struct ahead *a, size_t i)
{
	size_t	n = roman_at(a, i, l);
	bool	alone_letter;

	l->n_parts = 1;
	if (n == 0) {
		n = digits_at(a, i, &l->parts[0]);
		if (n == 0)
			return false;
		l->kind = LABEL_ARABIC;
	}
	alone_letter = n == 1 && is_letter(a->c[i]) && a->c[i] < 0x80;
	i = read_parts(l, a, i + n);
	if (i == 0)
		return false;
	if (l->kind == LABEL_SMALL_ROMAN) {
		if (alone_letter) {
			l->also = LABEL_SMALL_ROMAN;
			l->also_value = l->parts[0];
			l->kind = LABEL_LETTER;
			l->parts[0] = (uint8_t)letter_value(a->c[0]);
		}
		return read_mark(l, a, i, false);
	}
	if (alone_letter && l->kind == LABEL_ROMAN) {
		/* "l." is a capital I before it is the letter l */
		l->also = a->c[0] == 'l' ? LABEL_LETTER : LABEL_CAPITAL;
		l->also_value = (uint8_t)letter_value(a->c[0]);
		return read_mark(l, a, i, a->c[0] != 'l');
	}
	return read_mark(l, a, i, true);
}

static bool
read_letter(struct label *l, const struct ahead *a, size_t i)
{
	int	v = letter_value(a->c[i]);

	if (v == 0 || is_letter(a->c[i + 1]) || is_digit(a->c[i + 1]))
		return false;
	l->kind = is_capital(a->c[i]) ? LABEL_CAPITAL : LABEL_LETTER;
	l->n_parts = 1;
	l->parts[0] = (uint8_t)v;
	return read_mark(l, a, i + 1, false);
}

/* "(1)", "(a)", "(ii)" */
static bool
read_bracketed(struct label *l, const struct ahead *a)
{
	size_t	n = digits_at(a, 1, &l->parts[0]);

	if (n > 0) {
		l->kind = LABEL_ARABIC;
	} else if (a->c[2] == ')' && letter_value(a->c[1]) > 0 &&
	    !is_capital(a->c[1])) {
		l->kind = LABEL_LETTER;
		l->parts[0] = (uint8_t)letter_value(a->c[1]);
		n = 1;
	} else {
		n = roman_at(a, 1, l);
	}
	l->n_parts = 1;
	l->mark = '(';
	return n > 0 && a->c[n + 1] == ')' &&
	    finish(l, a, n + 2, n + 2);
}

/* ---- Phần, Chương, Mục, Điều */

/* Does the word at i equal w (small letters)? Returns its signs. */
static size_t
word_at(const struct ahead *a, size_t i, const char *w)
{
	ucs4_t	uc;
	size_t	n = 0;
	int	len;

	while (*w != '\0') {
		len = u8_mbtouc(&uc, (const uint8_t *)w, strlen(w));
		if (i + n >= a->n || uc_tolower(a->c[i + n]) != uc)
			return 0;
		w += len;
		n++;
	}
	return is_letter(a->c[i + n]) ? 0 : n;
}

/* Ordinal words; two spellings of four stand at the end. */
static const struct ordinal {
	const char	*word;
	uint8_t		 value;
} ordinals[] = {
	{ "nhất", 1 }, { "một", 1 }, { "hai", 2 }, { "ba", 3 }, { "tư", 4 },
	{ "bốn", 4 }, { "năm", 5 }, { "sáu", 6 }, { "bảy", 7 }, { "bẩy", 7 },
	{ "tám", 8 }, { "chín", 9 }, { "mười", 10 },
};

static size_t
ordinal_at(const struct ahead *a, size_t i, uint8_t *v)
{
	size_t	k, n;

	for (k = 0; k < sizeof(ordinals) / sizeof(ordinals[0]); k++) {
		n = word_at(a, i, ordinals[k].word);
		if (n > 0) {
			*v = ordinals[k].value;
			return n;
		}
	}
	return 0;
}

static bool
read_part(struct label *l, const struct ahead *a)
{
	static const char *const	names[] = {
		"phần", "chương", "mục", "điều",
	};
	size_t				k, i = 0, n;

	if (!is_capital(a->c[0]))
		return false;
	for (k = 0; k < sizeof(names) / sizeof(names[0]) && i == 0; k++)
		i = word_at(a, 0, names[k]);
	if (i == 0 || a->c[i] != ' ')
		return false;
	i++;
	n = word_at(a, i, "thứ");
	if (n > 0)
		i += n + 1;
	n = ordinal_at(a, i, &l->parts[0]);
	if (n == 0)
		n = roman_at(a, i, l);
	if (n == 0)
		n = digits_at(a, i, &l->parts[0]);
	if (n == 0 && is_capital(a->c[i]) && !is_letter(a->c[i + 1])) {
		l->parts[0] = (uint8_t)letter_value(a->c[i]);
		n = l->parts[0] > 0;
	}
	l->kind = LABEL_PART;
	l->n_parts = 1;
	return n > 0 && read_mark(l, a, i + n, true);
}

bool
label_parse(const char *s, struct label *out)
{
	struct ahead	a;
	struct label	l = { .kind = LABEL_NONE };

	memset(out, 0, sizeof(*out));
	look_ahead(&a, s);
	if (a.n == 0)
		return false;
	if (!(a.c[0] == '(' ? read_bracketed(&l, &a) :
	    read_bullet(&l, &a))) {
		memset(&l, 0, sizeof(l));
		if (!read_part(&l, &a)) {
			memset(&l, 0, sizeof(l));
			if (!read_number(&l, &a, 0)) {
				memset(&l, 0, sizeof(l));
				if (!read_letter(&l, &a, 0))
					return false;
			}
		}
	}
	*out = l;
	return true;
}

int
label_value(const struct label *l)
{
	return l->n_parts == 0 ? 0 : l->parts[l->n_parts - 1];
}
