/*
 * Keys of ordinary Vietnamese text, straight from its bytes.
 */
#include "parsers/fold.h"

#include <stdint.h>
#include <string.h>

#include "parsers/letters.h"
#include "parsers/utf8.h"

/* Signs that offices use between words. */
static bool
is_common_sign(uint32_t uc)
{
	return uc == 0x00A0 || uc == 0x00AB || uc == 0x00BB ||
	    uc == 0x2013 || uc == 0x2014 || uc == 0x2018 || uc == 0x2019 ||
	    uc == 0x201C || uc == 0x201D || uc == 0x2022 || uc == 0x2026;
}

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the sign between words at s, 0 when it is none. */
static size_t
gap_at(const char *s)
{
	const uint8_t	*p = (const uint8_t *)s;
	uint32_t	 uc;
	size_t		 len;

	/* other control characters are not as simple as white space */
	if (*p < 0x80)
		return (*p > ' ' && *p < 0x7F && !is_letter(*s) &&
		    !is_digit(*s)) || *p == ' ' || (*p >= '\t' && *p <= '\r');
	/* no-break space, « and »; dashes and quotes */
	if (!(p[0] == 0xC2 && (p[1] & 0xC0) == 0x80) &&
	    !(p[0] == 0xE2 && p[1] == 0x80 && (p[2] & 0xC0) == 0x80))
		return 0;
	len = utf8_get(p, &uc);
	return is_common_sign(uc) ? len : 0;
}

/* The letter with marks at s, NULL when it is none. */
static const struct letter_parts *
letter_at(const char *s, size_t *len)
{
	const uint8_t	*p = (const uint8_t *)s;
	uint32_t	 uc;

	if (*p < 0x80 || !utf8_is_common(p))
		return NULL;
	*len = utf8_get(p, &uc);
	return letter_parts_find(uc);
}

bool
fold_is_loose_y(const char *s, size_t len)
{
	if (len == 0 || s[len - 1] != 'y')
		return false;
	return (len == 2 && memchr("hklmst", s[0], 6) != NULL) ||
	    (len == 3 && memcmp(s, "qu", 2) == 0);
}

/* Folds the letters at s; returns what is behind them. */
static const char *
fold_letters(const char *s, enum text_key which, char *out, size_t *n)
{
	const struct letter_parts	*l;
	char				 tone[FOLD_TONES], *to = out;
	size_t				 len, n_tones = 0;

	for (;; s += len) {
		if (is_letter(*s)) {
			*to++ = *s | 0x20;
			len = 1;
			continue;
		}
		l = *s == ' ' ? NULL : letter_at(s, &len);
		if (l == NULL)
			break;
		if (which == TEXT_KEY_BARE)
			*to++ = l->plain;
		else
			to += utf8_put(to, l->base);
		if (l->tone != '0' && n_tones < FOLD_TONES)
			tone[n_tones++] = l->tone;
	}
	if (fold_is_loose_y(out, (size_t)(to - out)))
		to[-1] = 'i';
	if (which == TEXT_KEY) {
		memcpy(to, tone, n_tones);
		to += n_tones;
	}
	*n = (size_t)(to - out);
	return s;
}

const char *
fold_start(const char *text)
{
	size_t	step = 1;

	for (; step > 0; text += step)
		step = *text == ' ' ? 1 : is_letter(*text) ? 0 :
		    gap_at(text);
	return text;
}

/* May a word or number end before s? */
static bool
may_end_before(const char *s)
{
	size_t	len;

	return *s == ' ' || *s == '\0' || is_letter(*s) || is_digit(*s) ||
	    gap_at(s) > 0 || letter_at(s, &len) != NULL;
}

enum fold
fold_next(const char *text, enum text_key which, struct fold_run *run,
    char *out, size_t *len)
{
	const char	*s = fold_start(text);
	enum fold	 kind = FOLD_WORD;

	run->start = s;
	if (is_digit(*s)) {
		kind = FOLD_NUMBER;
		while (is_digit(*s))
			*out++ = *s++;
		*len = (size_t)(s - run->start);
	} else {
		s = fold_letters(s, which, out, len);
	}
	if (*len == 0 && *s == '\0')
		return FOLD_END;
	if (*len == 0 || !may_end_before(s))
		return FOLD_OTHER;
	run->end = s;
	return kind;
}
