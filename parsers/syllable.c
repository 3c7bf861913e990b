/*
 * Vietnamese syllables: onset, rime, tone. Letters are folded to one byte
 * each: 1 ă, 2 â, 3 ê, 4 ô, 5 ơ, 6 ư, 7 đ.
 */
#include "parsers/syllable.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parsers/utf8.h"

#define WORD_MAX 12

/* Longest first where one begins another. */
static const char *const onsets[] = {"ngh", "ch", "gh", "gi", "kh", "ng",
	"nh", "ph", "qu", "th", "tr", "b", "c", "d", "7", "g", "h", "k", "l",
	"m", "n", "p", "q", "r", "s", "t", "v", "x", ""};

static const char rimes[] = " a ac ach ai am an ang anh ao ap at au ay "
    "1c 1m 1n 1ng 1p 1t 2c 2m 2n 2ng 2p 2t 2u 2y e ec em en eng eo ep et "
    "3 3ch 3m 3n 3ng 3nh 3p 3t 3u i ia ich i3c i3m i3n i3ng i3p i3t i3u "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat "
    "oay o1c o1m o1n o1ng o1t oc oe oen oeo oet oi om on ong ooc oong op "
    "ot 4 4c 4i 4m 4n 4ng 4p 4t 5 5i 5m 5n 5p 5t u ua u2n u2ng u2t u2y uc "
    "u3 u3ch u3n u3nh ui um un ung u4c u4i u4m u4n u4ng u4p u4t up ut uy "
    "uya uych uy3n uy3t uynh uyt uyu u5 6 6a 6c 6i 6m 6n 6ng 65c 65i 65m "
    "65n 65ng 65p 65t 65u 6t 6u y y3m y3n y3ng y3t y3u ";

static const char vowels[] = "a12e3io45u6y";
/* level, grave, hook, tilde, acute, dot */
static const uint16_t toned[][6] = {
	{0x61, 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1},
	{0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7},
	{0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD},
	{0x65, 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9},
	{0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7},
	{0x69, 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB},
	{0x6F, 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD},
	{0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9},
	{0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3},
	{0x75, 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5},
	{0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1},
	{0x79, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5},
};
#define TONE_ACUTE 4
#define TONE_DOT 5

struct word {
	char	letters[WORD_MAX + 1];
	size_t	n;
	int	tone;
	size_t	capitals;
	bool	is_high;    /* has a letter beyond ASCII */
	bool	is_foreign; /* has a letter that is not Vietnamese */
};

static uint32_t
lower(uint32_t c, bool *was_capital)
{
	uint32_t	small = c;

	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
		small = c + 0x20;
	else if (c == 0x102 || c == 0x110 || c == 0x128 || c == 0x168 ||
	    c == 0x1A0 || c == 0x1AF ||
	    (c >= 0x1EA0 && c <= 0x1EF9 && (c & 1) == 0))
		small = c + 1;
	*was_capital = small != c;
	return small;
}

static bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= 0xC0 && c < 0x250) || (c >= 0x1E00 && c < 0x1F00) ||
	    (c >= 0xA1 && c < 0xC0 && c != 0xAB && c != 0xBB) ||
	    (c >= 0x300 && c < 0x2000);
}

static void
word_add(struct word *w, uint32_t c)
{
	size_t	v, t;
	bool	capital;

	c = lower(c, &capital);
	w->capitals += capital;
	w->is_high |= c >= 0x80;
	if (w->n == WORD_MAX) {
		w->is_foreign = true;
		return;
	}
	for (v = 0; v < sizeof(toned) / sizeof(toned[0]); v++)
		for (t = 0; t < 6; t++)
			if (toned[v][t] == c) {
				if (t > 0 && w->tone > 0)
					w->is_foreign = true;
				if (t > 0)
					w->tone = (int)t;
				w->letters[w->n++] = vowels[v];
				return;
			}
	if (c == 0x111)
		w->letters[w->n++] = '7';
	else if (c >= 'a' && c <= 'z')
		w->letters[w->n++] = (char)c;
	else
		w->is_foreign = true;
}

static bool
is_rime(const char *s, int tone)
{
	char		 wanted[WORD_MAX + 3];
	size_t		 n = strlen(s);
	char		 last;

	if (n == 0)
		return false;
	wanted[0] = ' ';
	memcpy(wanted + 1, s, n + 1);
	memcpy(wanted + 1 + n, " ", 2);
	if (strstr(rimes, wanted) == NULL)
		return false;
	last = s[n - 1];
	if (last == 'c' || last == 'p' || last == 't' ||
	    (last == 'h' && s[n - 2] == 'c'))
		return tone == TONE_ACUTE || tone == TONE_DOT;
	return true;
}

static bool
is_syllable(const struct word *w)
{
	size_t	i, n;

	if (w->is_foreign)
		return false;
	for (i = 0; i < sizeof(onsets) / sizeof(onsets[0]); i++) {
		n = strlen(onsets[i]);
		if (strncmp(w->letters, onsets[i], n) != 0)
			continue;
		if (is_rime(w->letters + n, w->tone))
			return true;
		/* "gì", "gìn": the i is onset and rime at once */
		if (strcmp(onsets[i], "gi") == 0 &&
		    is_rime(w->letters + 1, w->tone))
			return true;
	}
	return false;
}

int
syllables_count(const char *text)
{
	const uint8_t	*p = (const uint8_t *)text;
	struct word	 w = {0};
	uint32_t	 c;
	int		 n = 0;

	for (;;) {
		p += utf8_get(p, &c);
		if (is_letter(c)) {
			word_add(&w, c);
			continue;
		}
		if (w.n > 0 || w.is_foreign) {
			w.letters[w.n] = '\0';
			if (!is_syllable(&w) && (w.is_high ||
			    w.capitals < w.n) && w.n + w.is_high > 1)
				return -1;
			n += w.is_high;
			memset(&w, 0, sizeof(w));
		}
		if (c == 0)
			return n;
	}
}
