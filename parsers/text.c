/*
 * Vietnamese text: keys for comparing, clean copies, widths, numerals.
 *
 * A key pulls the tone marks out of each syllable, so that the old and the
 * new placement (hoà, hòa) and every order of combining marks give the same
 * string; no table of syllables is needed.
 */
#include "parsers/text.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "parsers/arena.h"
#include "parsers/fold.h"
#include "parsers/strbuf.h"
#include "parsers/utf8.h"

#define REPLACEMENT 0xFFFD
#define SOFT_HYPHEN 0x00AD
#define ROMAN_MAX 39
#define ROMAN_LETTERS 7		/* XXXVIII */

/* The five tone marks and the digit each becomes (as VNI types them). */
static const struct tone {
	ucs4_t	mark;
	char	digit;
} tones[] = {
	{ 0x0301, '1' }, { 0x0300, '2' }, { 0x0309, '3' }, { 0x0303, '4' },
	{ 0x0323, '5' },
};

static char
tone_digit(ucs4_t uc)
{
	size_t	i;

	for (i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
		if (tones[i].mark == uc)
			return tones[i].digit;
	return '\0';
}

/* Marks and signs that nobody sees and that must not split a word. */
static bool
is_invisible(ucs4_t uc)
{
	return uc == SOFT_HYPHEN || (uc >= 0x200B && uc <= 0x200F) ||
	    (uc >= 0x202A && uc <= 0x202E) || (uc >= 0x2060 && uc <= 0x206F) ||
	    (uc >= 0xFE00 && uc <= 0xFE0F) || uc == 0xFEFF;
}

static bool
is_space(ucs4_t uc)
{
	return uc_is_property_white_space(uc) || uc == 0x2028 || uc == 0x2029;
}

static void
add_uc(struct strbuf *b, ucs4_t uc)
{
	uint8_t	u[6];
	int	len = u8_uctomb(u, uc, sizeof(u));

	if (len > 0)
		strbuf_add(b, u, (size_t)len);
}

/* Next character of a NUL-terminated string; U+FFFD for a wrong byte. */
static const char *
next_uc(const char *s, ucs4_t *uc)
{
	int	len;

	if (utf8_is_common((const uint8_t *)s))
		return s + utf8_get((const uint8_t *)s, uc);
	len = u8_mbtoucr(uc, (const uint8_t *)s, strnlen(s, 4));
	if (len <= 0) {
		*uc = REPLACEMENT;
		len = 1;
	}
	return s + len;
}

bool
text_is_utf8(struct bytes b)
{
	if (b.len == 0)
		return true;
	return memchr(b.data, '\0', b.len) == NULL &&
	    u8_check(b.data, b.len) == NULL;
}

/* A library string result, copied into the arena's keeping. */
static char *
keep(uint8_t *u, size_t len, struct arena *arena)
{
	char	*s;

	if (u == NULL)
		abort();
	s = arena_strndup(arena, (const char *)u, len);
	free(u);
	return s;
}

static char *
normalize(uninorm_t form, const struct strbuf *b, struct arena *arena)
{
	uint8_t	*u;
	size_t	 len = 0;

	if (b->len == 0)
		return arena_strdup(arena, "");
	u = u8_normalize(form, (const uint8_t *)b->s, b->len, NULL, &len);
	return keep(u, len, arena);
}

/* The decomposed, folded form that keys are built from. */
static char *
folded(const char *s, struct arena *arena)
{
	struct strbuf	 b = {0};
	uint8_t		*u;
	size_t		 len = 0;
	ucs4_t		 uc;
	char		*out;

	while (*s != '\0') {
		s = next_uc(s, &uc);
		/* old converters write eth or African D for đ */
		if (uc == 0x00D0 || uc == 0x00F0 || uc == 0x0189 ||
		    uc == 0x0256)
			uc = 0x0111;
		if (!is_invisible(uc))
			add_uc(&b, uc);
	}
	if (b.len == 0) {
		strbuf_clear(&b);
		return arena_strdup(arena, "");
	}
	out = normalize(UNINORM_NFKC, &b, arena);
	strbuf_clear(&b);
	u = u8_casefold((const uint8_t *)out, strlen(out), NULL, UNINORM_NFD,
	    NULL, &len);
	return keep(u, len, arena);
}

/* One syllable on its way into a key. */
struct syllable {
	struct strbuf	letters; /* decomposed, without tones */
	char		tone[FOLD_TONES];
	size_t		n_tones;
};

static void
syllable_end(struct syllable *syl, enum text_key which, struct strbuf *out)
{
	if (syl->letters.len == 0) {
		syl->n_tones = 0;
		return;
	}
	if (fold_is_loose_y(syl->letters.s, syl->letters.len))
		syl->letters.s[syl->letters.len - 1] = 'i';
	if (out->len > 0 && out->s[out->len - 1] != ' ')
		strbuf_addc(out, ' ');
	strbuf_add(out, syl->letters.s, syl->letters.len);
	if (which == TEXT_KEY)
		strbuf_add(out, syl->tone, syl->n_tones);
	strbuf_reset(&syl->letters);
	syl->n_tones = 0;
}

static void
syllable_add(struct syllable *syl, ucs4_t uc, enum text_key which)
{
	char	digit = tone_digit(uc);

	if (digit != '\0') {
		if (syl->letters.len > 0 && syl->n_tones < sizeof(syl->tone))
			syl->tone[syl->n_tones++] = digit;
		return;
	}
	/* a mark without a letter before it belongs to nothing */
	if (syl->letters.len == 0 &&
	    uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_M))
		return;
	if (which != TEXT_KEY_BARE)
		add_uc(&syl->letters, uc);
	else if (uc == 0x0111)
		strbuf_addc(&syl->letters, 'd');
	else if (uc < 0x80)
		strbuf_addc(&syl->letters, (char)uc);
}

/* A letter that the key keeps; bare keys know ASCII and đ only. */
static bool
is_key_letter(ucs4_t uc, enum text_key which)
{
	if (!uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_L))
		return false;
	return which != TEXT_KEY_BARE || uc < 0x80 || uc == 0x0111;
}

static bool
is_key_digit(ucs4_t uc, enum text_key which)
{
	if (uc < 0x80)
		return uc >= '0' && uc <= '9';
	return which != TEXT_KEY_BARE &&
	    uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_N);
}

/* Key of any text, by way of its decomposed form. */
static char *
key_of_any(const char *s, enum text_key which, struct arena *arena)
{
	struct syllable	 syl = {0};
	struct strbuf	 out = {0};
	bool		 in_number = false;
	ucs4_t		 uc;
	char		*key;

	for (s = folded(s, arena); *s != '\0';) {
		s = next_uc(s, &uc);
		if (is_key_letter(uc, which) ||
		    uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_M)) {
			syllable_add(&syl, uc, which);
			in_number = false;
			continue;
		}
		syllable_end(&syl, which, &out);
		if (is_key_digit(uc, which)) {
			if (!in_number && out.len > 0)
				strbuf_addc(&out, ' ');
			add_uc(&out, uc);
			in_number = true;
		} else {
			in_number = false;
		}
	}
	syllable_end(&syl, which, &out);
	key = normalize(UNINORM_NFC, &out, arena);
	strbuf_clear(&syl.letters);
	strbuf_clear(&out);
	return key;
}

/* Most text is of simple signs, and needs no decomposing. */
char *
text_key(const char *s, enum text_key which, struct arena *arena)
{
	/* a number may follow a word without a gap: a space for each byte */
	char		*out = arena_alloc(arena, strlen(s) * 2 + 1);
	struct fold_run	 run = { .end = s };
	size_t		 n = 0, len;

	for (;;) {
		switch (fold_next(run.end, which, &run, out + n + (n > 0),
		    &len)) {
		case FOLD_OTHER:
			return key_of_any(s, which, arena);
		case FOLD_END:
			out[n] = '\0';
			return out;
		case FOLD_WORD:
		case FOLD_NUMBER:
			if (n > 0)
				out[n++] = ' ';
			n += len;
			break;
		}
	}
}

const char *
text_key_word(const char *key, size_t i, size_t *len)
{
	for (; *key != '\0'; i--) {
		*len = strcspn(key, " ");
		if (i == 0)
			return key;
		key += *len;
		key += *key == ' ';
	}
	return NULL;
}

/*
 * Does NFC leave the sign alone wherever it stands (as in parsers/draft.c)?
 * Only letters and signs that are common are told.
 */
static bool
is_settled(ucs4_t uc)
{
	return (uc >= ' ' && uc < 0x7f) ||
	    (uc > 0xa0 && uc < 0x300 && uc != SOFT_HYPHEN) ||
	    (uc >= 0x1e00 && uc < 0x1f00) || (uc >= 0x2010 && uc <= 0x2027);
}

/*
 * Nothing to clean, as a look at the signs tells: single spaces inside, and
 * only settled signs. Most texts have been cleaned before.
 */
static bool
is_clean(const char *s)
{
	const char	*p = s;
	ucs4_t		 uc;

	while (*p != '\0') {
		if (*p > ' ' && *p < 0x7f) {
			p++;
			continue;
		}
		if (*p == ' ' && (p == s || p[1] == ' ' || p[1] == '\0'))
			return false;
		p = next_uc(p, &uc);
		if (!is_settled(uc))
			return false;
	}
	return true;
}

char *
text_clean(const char *s, struct arena *arena)
{
	struct strbuf	 b = {0};
	bool		 gap = false, settled = true;
	ucs4_t		 uc;
	char		*out;

	if (is_clean(s))
		return arena_strdup(arena, s);
	while (*s != '\0') {
		s = next_uc(s, &uc);
		if (is_space(uc)) {
			gap = true;
			continue;
		}
		if (is_invisible(uc) ||
		    uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_Cc))
			continue;
		if (gap && b.len > 0)
			strbuf_addc(&b, ' ');
		gap = false;
		settled = settled && is_settled(uc);
		add_uc(&b, uc);
	}
	out = settled ? arena_strdup(arena, strbuf_get(&b)) :
	    normalize(UNINORM_NFC, &b, arena);
	strbuf_clear(&b);
	return out;
}

const char *
text_behind_marks(const char *s)
{
	static const char *const	marks[] = { " ", "\t", "-", "–", "—",
	    "+", "*", "•", "·", NULL };
	size_t				i;

	for (i = 0; marks[i] != NULL;)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0) {
			s += strlen(marks[i]);
			i = 0;
		} else
			i++;
	return s;
}

static int
width_of(ucs4_t uc)
{
	int	w = uc_width(uc, "UTF-8");

	return w > 0 ? w : 0;
}

int
text_width(const char *s)
{
	ucs4_t	uc;
	int	w = 0;

	while (*s != '\0') {
		s = next_uc(s, &uc);
		if (__builtin_add_overflow(w, width_of(uc), &w))
			abort();
	}
	return w;
}

char *
text_cut(const char *s, int columns, struct arena *arena)
{
	const char	*p = s, *end;
	ucs4_t		 uc;
	int		 w = 0;

	if (text_width(s) <= columns)
		return arena_strdup(arena, s);
	if (columns < 1)
		return arena_strdup(arena, "");
	for (end = s; *p != '\0'; end = p) {
		p = next_uc(p, &uc);
		w += width_of(uc);
		if (w > columns - 1)
			break;
	}
	while (end > s && end[-1] == ' ')
		end--;
	return arena_printf(arena, "%.*s…", (int)(end - s), s);
}

char *
text_upper(const char *s, struct arena *arena)
{
	struct strbuf	 b = {0};
	uint8_t		*u;
	size_t		 len = 0;
	ucs4_t		 uc;

	while (*s != '\0') {
		s = next_uc(s, &uc);
		add_uc(&b, uc);
	}
	if (b.len == 0)
		return arena_strdup(arena, "");
	u = u8_toupper((const uint8_t *)b.s, b.len, NULL, UNINORM_NFC, NULL,
	    &len);
	strbuf_clear(&b);
	return keep(u, len, arena);
}

char *
text_lower(const char *s, size_t len, struct arena *arena)
{
	size_t	 n = 0;
	uint8_t	*u = u8_tolower((const uint8_t *)s, len, "vi", UNINORM_NFC,
		    NULL, &n);

	return u == NULL ? arena_strndup(arena, s, len) : keep(u, n, arena);
}

size_t
text_words(const char *s)
{
	size_t	n = 0;
	bool	in_word = false;
	ucs4_t	uc;

	while (*s != '\0') {
		s = next_uc(s, &uc);
		if (is_invisible(uc))
			continue;
		if (uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
			n += !in_word;
			in_word = true;
		} else if (!uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_M)) {
			in_word = false;
		}
	}
	return n;
}

/* The numeral of n, 1..ROMAN_MAX, in small letters. */
static void
roman_of(int n, char out[ROMAN_LETTERS + 1])
{
	static const char *const ones[] = {
		"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix",
	};

	memset(out, 0, ROMAN_LETTERS + 1);
	memset(out, 'x', (size_t)n / 10);
	memcpy(out + n / 10, ones[n % 10], strlen(ones[n % 10]));
}

int
text_roman(const char *s, size_t len)
{
	char	want[ROMAN_LETTERS + 1], have[ROMAN_LETTERS + 1] = "";
	size_t	i;
	int	n;

	/* the signs Ⅰ..Ⅻ */
	if (len == 3 && memcmp(s, "\xE2\x85", 2) == 0 &&
	    (uint8_t)s[2] >= 0xA0 && (uint8_t)s[2] <= 0xAB)
		return (uint8_t)s[2] - 0xA0 + 1;
	if (len == 0 || len > ROMAN_LETTERS)
		return 0;
	for (i = 0; i < len; i++) {
		have[i] = s[i] == 'l' ? 'i' : (char)(s[i] | 0x20);
		if (strchr("ivx", have[i]) == NULL)
			return 0;
		/* L is fifty; only the small l is a slip for I */
		if (s[i] == 'L')
			return 0;
	}
	for (n = 1; n <= ROMAN_MAX; n++) {
		roman_of(n, want);
		if (strcmp(want, have) == 0)
			return n;
	}
	return 0;
}
