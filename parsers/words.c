/*
 * A text as words with their places, so that a phrase can be looked for by
 * key and the text around it still be quoted as written.
 */
#include "parsers/words.h"

#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/letters.h"
#include "parsers/text.h"
#include "parsers/utf8.h"

#define NUMBER_DIGITS 6

enum letter_class { NO_WORD, LETTER, DIGIT, MARK };

static enum letter_class
class_of_any(ucs4_t uc)
{
	if (uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_L))
		return LETTER;
	if (uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_N))
		return DIGIT;
	/* format signs (zero width, soft hyphen) hide inside a word */
	if (uc_is_general_category_withtable(uc,
	    UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Cf))
		return MARK;
	return NO_WORD;
}

static enum letter_class
class_of(ucs4_t uc)
{
	if (uc >= 0x80)
		return letter_parts_find(uc) != NULL ? LETTER :
		    class_of_any(uc);
	if ((uc | 0x20) >= 'a' && (uc | 0x20) <= 'z')
		return LETTER;
	return uc >= '0' && uc <= '9' ? DIGIT : NO_WORD;
}

/* The class of what stands at s, which has left bytes and then a NUL. */
static enum letter_class
class_at(const char *s, size_t left, size_t *step)
{
	const uint8_t	*p = (const uint8_t *)s;
	ucs4_t		 uc;
	int		 n;

	if (utf8_is_common(p)) {
		*step = utf8_get(p, &uc);
		return class_of(uc);
	}
	n = u8_mbtoucr(&uc, p, left);
	*step = n > 0 ? (size_t)n : 1;
	return n > 0 ? class_of(uc) : NO_WORD;
}

static bool
are_ascii_digits(const char *s, size_t len)
{
	while (len > 0 && *s >= '0' && *s <= '9') {
		s++;
		len--;
	}
	return len == 0;
}

static struct word
word_make(const char *text, size_t start, size_t end, struct arena *arena)
{
	struct word	word = { .start = start, .end = end };

	word.key = text_key_part(text + start, end - start, TEXT_KEY, arena);
	word.is_number = are_ascii_digits(text + start, end - start);
	return word;
}

struct words
words_of(const char *text, struct arena *arena)
{
	struct words	 ws = { .text = text };
	struct word	*w = NULL;
	enum letter_class was = NO_WORD, is;
	size_t		 cap = 0, i = 0, start = 0, len = strlen(text), step;

	for (;; i += step) {
		step = 1;
		is = i < len ? class_at(text + i, len - i, &step) : NO_WORD;
		if (is == MARK)
			is = was;
		if (is != was && was != NO_WORD) {
			w = arena_grow(arena, w, ws.n, &cap, sizeof(*w));
			w[ws.n] = word_make(text, start, i, arena);
			/* a sign that folds to nothing or to two words */
			if (w[ws.n].key[0] != '\0' &&
			    strchr(w[ws.n].key, ' ') == NULL)
				ws.n++;
		}
		if (is != was)
			start = i;
		was = is;
		if (i >= len)
			break;
	}
	ws.w = w;
	return ws;
}

size_t
words_match(const struct words *ws, size_t i, const char *phrase)
{
	size_t	n = 0, len;

	/* most phrases differ in the first letter */
	if (i >= ws->n || ws->w[i].key[0] != phrase[0])
		return 0;
	while (*phrase != '\0') {
		len = strcspn(phrase, " ");
		if (i + n >= ws->n ||
		    strncmp(ws->w[i + n].key, phrase, len) != 0 ||
		    ws->w[i + n].key[len] != '\0')
			return 0;
		n++;
		phrase += len;
		phrase += *phrase == ' ';
	}
	return n;
}

bool
words_contain(const struct words *ws, size_t from, size_t to,
    const char *phrase)
{
	size_t	i, n;

	for (i = from; i < to && i < ws->n; i++) {
		n = words_match(ws, i, phrase);
		if (n > 0 && i + n <= to)
			return true;
	}
	return false;
}

int
words_gap(const struct words *ws, size_t i)
{
	const char	*s, *end;
	int		 sign = ' ';

	if (i + 1 >= ws->n)
		return 0;
	end = ws->text + ws->w[i + 1].start;
	for (s = ws->text + ws->w[i].end; s < end; s++) {
		if (*s == ' ')
			continue;
		if (sign != ' ')
			return 0;
		if ((uint8_t)*s < 0x80) {
			sign = *s;
		} else if (end - s >= 3 && memcmp(s, "\xE2\x80", 2) == 0 &&
		    (uint8_t)s[2] >= 0x90 && (uint8_t)s[2] <= 0x95) {
			sign = '-';
			s += 2;
		} else {
			return 0;
		}
	}
	return sign;
}

/* Is the first letter at s of this case? */
static bool
is_case(const char *s, size_t len, uc_general_category_t category)
{
	ucs4_t	uc;

	return u8_mbtoucr(&uc, (const uint8_t *)s, len) > 0 &&
	    uc_is_general_category(uc, category);
}

bool
words_sentence_ends(const struct words *ws, size_t i)
{
	const struct word	*above = &ws->w[i - 1], *w = &ws->w[i];
	const char		*s = ws->text + above->end;
	const char		*end = ws->text + w->start;

	for (; s < end; s++)
		if (*s == ';' || (*s == '.' && s + 1 < end && s[1] == ' '))
			return true;
	/* "báo cáo.Đề nghị", but no "U.B.N.D" and no address */
	return end[-1] == '.' && above->end - above->start > 2 &&
	    is_case(end, w->end - w->start, UC_UPPERCASE_LETTER) &&
	    is_case(ws->text + above->start, above->end - above->start,
	    UC_LOWERCASE_LETTER);
}

int
words_number(const struct words *ws, size_t i)
{
	const char	*s;
	int		 n = 0;

	if (i >= ws->n || !ws->w[i].is_number ||
	    strlen(ws->w[i].key) > NUMBER_DIGITS)
		return -1;
	for (s = ws->w[i].key; *s != '\0'; s++)
		n = n * 10 + (*s - '0');
	return n;
}

const char *const *
phrase_keys(const char *const *phrases, size_t n, struct arena *arena)
{
	const char	**keys = arena_calloc(arena, n, sizeof(*keys));
	size_t		  i;

	for (i = 0; i < n; i++)
		keys[i] = text_key(phrases[i], TEXT_KEY, arena);
	return keys;
}
