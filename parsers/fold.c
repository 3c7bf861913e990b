/*
 * Keys of ordinary Vietnamese text, straight from its bytes.
 */
#include "parsers/fold.h"

#include <stdint.h>
#include <string.h>

#include "parsers/letters.h"
#include "parsers/utf8.h"

/* One sign of a text. */
struct sign {
	enum fold kind;
	size_t	  len;		/* bytes of it */
	struct letter_parts letter;
};

/* Signs that offices use between words. */
static bool
is_common_sign(uint32_t uc)
{
	return uc == 0x00A0 || uc == 0x00AB || uc == 0x00BB ||
	    uc == 0x2013 || uc == 0x2014 || uc == 0x2018 || uc == 0x2019 ||
	    uc == 0x201C || uc == 0x201D || uc == 0x2022 || uc == 0x2026;
}

/* A sign that is not ASCII. */
static struct sign
long_sign(const uint8_t *s)
{
	struct sign			 sign = { .kind = FOLD_OTHER };
	const struct letter_parts	*l;
	uint32_t			 uc;

	/* the block of dashes and quotes, or of letters */
	if (!(s[0] == 0xE2 && s[1] == 0x80 && (s[2] & 0xC0) == 0x80) &&
	    !utf8_is_common(s))
		return sign;
	sign.len = utf8_get(s, &uc);
	l = letter_parts_find(uc);
	if (l != NULL) {
		sign.kind = FOLD_WORD;
		sign.letter = *l;
	} else if (is_common_sign(uc)) {
		sign.kind = FOLD_GAP;
	}
	return sign;
}

static struct sign
sign_at(const char *text)
{
	struct sign	sign = { .len = 1, .letter = { .tone = '0' } };
	char		c = *text;

	if ((uint8_t)c >= 0x80)
		return long_sign((const uint8_t *)text);
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
		sign.kind = FOLD_WORD;
		sign.letter.plain = c | 0x20;
		sign.letter.base = (uint16_t)(c | 0x20);
	} else if (c >= '0' && c <= '9') {
		sign.kind = FOLD_NUMBER;
	} else {
		sign.kind = c == '\0' ? FOLD_END : FOLD_GAP;
	}
	return sign;
}

bool
fold_is_loose_y(const char *s, size_t len)
{
	if (len == 0 || s[len - 1] != 'y')
		return false;
	return (len == 2 && memchr("hklmst", s[0], 6) != NULL) ||
	    (len == 3 && memcmp(s, "qu", 2) == 0);
}

/* A syllable on its way into a key. */
struct syllable {
	char	*out;
	size_t	 n;
	char	 tone[FOLD_TONES];
	size_t	 n_tones;
};

static void
add_letter(struct syllable *syl, const struct letter_parts *l,
    enum text_key which)
{
	if (which == TEXT_KEY_BARE)
		syl->out[syl->n++] = l->plain;
	else
		syl->n += utf8_put(syl->out + syl->n, l->base);
	if (l->tone != '0' && syl->n_tones < FOLD_TONES)
		syl->tone[syl->n_tones++] = l->tone;
}

enum fold
fold_run(const char **text, enum text_key which, char *out, size_t *len)
{
	struct syllable	 syl = { .out = out };
	const char	*s = *text;
	struct sign	 sign = sign_at(s);
	enum fold	 kind = sign.kind;

	for (; sign.kind == kind && kind != FOLD_OTHER && kind != FOLD_END;
	    sign = sign_at(s)) {
		if (kind == FOLD_WORD)
			add_letter(&syl, &sign.letter, which);
		else if (kind == FOLD_NUMBER)
			out[syl.n++] = *s;
		s += sign.len;
	}
	if (sign.kind == FOLD_OTHER && kind != FOLD_GAP)
		return FOLD_OTHER;
	if (kind == FOLD_WORD) {
		if (fold_is_loose_y(out, syl.n))
			out[syl.n - 1] = 'i';
		if (which == TEXT_KEY) {
			memcpy(out + syl.n, syl.tone, syl.n_tones);
			syl.n += syl.n_tones;
		}
	}
	*text = s;
	*len = syl.n;
	return kind;
}
