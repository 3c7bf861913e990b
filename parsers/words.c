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
#include "parsers/fold.h"
#include "parsers/text.h"

#define NUMBER_DIGITS 6
#define SYLLABLE_BYTES 5	/* with the space behind it */
#define UTF8_MOST 4		/* bytes of a sign */

enum letter_class { NO_WORD, LETTER, DIGIT, MARK };

static enum letter_class
class_of(ucs4_t uc)
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

/* Words on their way, and where their keys are written to. */
struct gather {
	struct words	 ws;
	struct word	*w;
	size_t		 cap;
	char		*keys;	/* room for all that fold_next() writes */
	struct arena	*arena;
};

static void
add_word(struct gather *g, const struct word *w)
{
	g->w = arena_grow(g->arena, g->w, g->ws.n, &g->cap, sizeof(*g->w));
	g->w[g->ws.n++] = *w;
}

/* What begins at `start` is not simple: a word or a sign between words. */
static size_t
add_other(struct gather *g, size_t start)
{
	const uint8_t	*text = (const uint8_t *)g->ws.text + start;
	struct word	 word = { .start = start };
	enum letter_class first = NO_WORD, is;
	size_t		 n;
	ucs4_t		 uc;
	int		 step;
	char		*copy;

	for (n = 0; text[n] != '\0'; n += (size_t)step) {
		step = u8_mbtoucr(&uc, text + n,
		    strnlen((const char *)text + n, UTF8_MOST));
		is = step <= 0 ? NO_WORD : class_of(uc);
		if (step <= 0)
			step = 1;
		if (n == 0)
			first = is == MARK ? NO_WORD : is;
		else if (first == NO_WORD || (is != MARK && is != first))
			break;
	}
	word.end = start + n;
	if (first == NO_WORD)
		return word.end;
	copy = arena_strndup(g->arena, g->ws.text + start, n);
	word.key = text_key(copy, TEXT_KEY, g->arena);
	word.is_number = strspn(copy, "0123456789") == n;
	/* a sign that folds to nothing or to two words */
	if (word.key[0] != '\0' && strchr(word.key, ' ') == NULL)
		add_word(g, &word);
	return word.end;
}

struct words
words_of(const char *text, struct arena *arena)
{
	struct gather	 g = { .ws = { .text = text },
			    .arena = arena };
	struct fold_run	 run = { .end = text };
	struct word	 word;
	enum fold	 kind;
	size_t		 len, all = strlen(text);

	g.keys = arena_alloc(arena, all * 2 + 1);
	/* as many as a text of short syllables has */
	g.cap = all / SYLLABLE_BYTES + 1;
	g.w = arena_calloc(arena, g.cap, sizeof(*g.w));
	while ((kind = fold_next(run.end, TEXT_KEY, &run, g.keys, &len)) !=
	    FOLD_END) {
		word.start = (size_t)(run.start - text);
		if (kind == FOLD_OTHER) {
			run.end = text + add_other(&g, word.start);
			continue;
		}
		word.key = g.keys;
		word.end = (size_t)(run.end - text);
		word.is_number = kind == FOLD_NUMBER;
		add_word(&g, &word);
		g.keys[len] = '\0';
		g.keys += len + 1;
	}
	g.ws.w = g.w;
	return g.ws;
}

const char *
words_key(const char *text, struct arena *arena)
{
	struct words	ws = words_of(text, arena);
	const char	*key = "";
	size_t		i;

	for (i = 0; i < ws.n; i++)
		key = i == 0 ? ws.w[i].key :
		    arena_printf(arena, "%s %s", key, ws.w[i].key);
	return key;
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
			sign = (uint8_t)*s;
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
