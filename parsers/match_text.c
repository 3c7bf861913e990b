/*
 * Headings and outline nodes made ready for comparing: words with their
 * weights and phrase sets; what stands behind "của", "tại" or in brackets
 * is the tail.
 */
#include "parsers/match_text.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define AND_WORD "va2"		/* key of "và" */
#define FILLER_WEIGHT 0.1
#define BRACKET_SHARE 0.35	/* of words in brackets */
#define HEAD_WORDS 2		/* words before "của" that make a head */
#define TOPIC_WORDS 3		/* words of a topic that is no known phrase */

/* How a stretch of a text counts. */
enum stretch { STRETCH_PLAIN, STRETCH_QUOTED, STRETCH_BRACKETS, STRETCHES };

/* Adds the words of one key to a text. */
static void
add_words(struct match_text *t, const struct vocabulary *v, const char *key,
    enum stretch kind, struct arena *arena)
{
	const struct lexicon_phrase	*ph;
	const struct word_sets		*sets = vocabulary_sets(v);
	struct word_found		 found;
	struct match_word		*w;
	size_t				 n_ph, i = 0, k = 0, len, content = 0;
	bool				 tail = kind != STRETCH_PLAIN;

	ph = lexicon_phrases(vocabulary_lexicon(v), key, arena, &n_ph);
	for (; *key != '\0'; key += key[len] == ' ' ? len + 1 : len, i++) {
		len = strcspn(key, " ");
		w = &t->words[t->n++];
		found = vocabulary_find(v, key, len, arena);
		w->id = found.id;
		w->weight = found.weight;
		w->trust = found.trust;
		w->set = w->inner = -1;
		while (k < n_ph && ph[k].first + ph[k].n <= i)
			k++;
		if (k < n_ph && i >= ph[k].first)
			w->set = (int16_t)ph[k].set;
		t->is_other = t->is_other ||
		    (w->set >= 0 && w->set == sets->other);
		if (w->set >= 0 && w->set == sets->joint &&
		    content >= HEAD_WORDS)
			tail = true;
		if ((w->set >= 0 && (w->set == sets->joint ||
		    w->set == sets->filler)) || (len == strlen(AND_WORD) &&
		    memcmp(key, AND_WORD, len) == 0)) {
			w->filler = true;
			w->set = -1;
			w->weight *= (float)FILLER_WEIGHT;
		} else {
			/* "Thực hiện …" at the head is "Kết quả thực hiện …" */
			if (w->set >= 0 && w->set == sets->light &&
			    content < HEAD_WORDS)
				w->set = (int16_t)sets->results;
			content++;
		}
		if (kind == STRETCH_BRACKETS)
			w->weight *= (float)BRACKET_SHARE;
		w->tail = tail;
		t->total += w->weight;
		if (!tail)
			t->head += w->weight;
	}
}

/* Sorts a text's bytes by stretch: plain, in quotes, in brackets. */
static void
split_stretches(const char *s, struct strbuf out[STRETCHES])
{
	int	depth = 0, quotes = 0;

	for (; *s != '\0'; s++) {
		if (*s == '(' || *s == '[')
			depth++;
		else if (strncmp(s, "“", 3) == 0 || strncmp(s, "«", 2) == 0)
			quotes++;
		else if (quotes > 0 && (strncmp(s, "”", 3) == 0 ||
		    strncmp(s, "»", 2) == 0))
			quotes--;
		else if (*s == '"')
			quotes = !quotes;
		strbuf_addc(&out[depth > 0 ? STRETCH_BRACKETS : quotes > 0 ?
		    STRETCH_QUOTED : STRETCH_PLAIN], *s);
		if ((*s == ')' || *s == ']') && depth > 0)
			depth--;
	}
}

/* The key of the whole text: its only stretch's, or one of its own. */
static const char *
whole_key(const struct vocabulary *v, const char *text,
    const struct strbuf part[STRETCHES], const char *plain,
    struct arena *arena)
{
	if (part[STRETCH_QUOTED].len == 0 && part[STRETCH_BRACKETS].len == 0)
		return plain;
	return lexicon_reading(vocabulary_lexicon(v), text, arena);
}

size_t
match_texts(const struct vocabulary *v, const char *text,
    struct arena *arena, struct match_text *out, size_t max)
{
	const char	*keys[STRETCHES][LEXICON_READINGS], *whole;
	struct strbuf	 part[STRETCHES] = { { 0 }, { 0 }, { 0 } };
	size_t		 n = 0, i, k, room = 2;
	uint64_t	 kinds;

	split_stretches(text, part);
	for (k = STRETCHES; k-- > 0;) {
		keys[k][0] = "";
		n = 1;
		if (part[k].len > 0)
			n = lexicon_readings(vocabulary_lexicon(v),
			    part[k].s, arena, keys[k]);
		room += strlen(keys[k][0]) / 2 + 1;
	}
	whole = whole_key(v, text, part, keys[STRETCH_PLAIN][0], arena);
	for (k = 0; k < STRETCHES; k++)
		strbuf_clear(&part[k]);
	kinds = vocabulary_kinds(v, whole, arena);
	if (n > max)
		n = max;
	for (i = 0; i < n; i++) {
		memset(&out[i], 0, sizeof(out[i]));
		out[i].key = whole;
		out[i].kinds = kinds;
		out[i].words = arena_calloc(arena, room +
		    strlen(keys[0][i]), sizeof(*out[i].words));
		for (k = 0; k < STRETCHES; k++)
			add_words(&out[i], v, keys[k][k == 0 ? i : 0],
			    (enum stretch)k, arena);
	}
	return n;
}

void
match_find_inner(const struct vocabulary *v, const char *text,
    struct arena *arena, struct match_text *t)
{
	const struct lexicon_phrase	*ph;
	const char			*key, *rest;
	struct strbuf			 part[STRETCHES] = { { 0 }, { 0 },
	    { 0 } };
	size_t				 i, k, n, len, last;
	bool				*sets;

	split_stretches(text, part);
	key = lexicon_reading(vocabulary_lexicon(v),
	    strbuf_get(&part[STRETCH_PLAIN]), arena);
	for (k = 0; k < STRETCHES; k++)
		strbuf_clear(&part[k]);
	/* the plain stretch's words come first in t */
	for (i = 1; i < t->n; i++) {
		rest = text_key_word(key, i, &len);
		if (rest == NULL)
			break;
		ph = lexicon_phrases(vocabulary_lexicon(v), rest, arena, &n);
		if (n == 0 || ph[0].first != 0 || ph[0].n < 2 ||
		    ph[0].set == t->words[i].set)
			continue;
		last = i + ph[0].n <= t->n ? i + ph[0].n : t->n;
		for (k = i; k < last; k++)
			if (t->words[k].inner == -1)
				t->words[k].inner = (int16_t)ph[0].set;
	}
	sets = arena_calloc(arena, lexicon_sets(vocabulary_lexicon(v)) + 1,
	    sizeof(*sets));
	for (i = 0; i < t->n; i++) {
		if (t->words[i].set >= 0)
			sets[t->words[i].set] = true;
		if (t->words[i].inner >= 0)
			sets[t->words[i].inner] = true;
	}
	t->sets = sets;
}

void
match_topic(const struct match_text *t, size_t *from, size_t *to)
{
	size_t	i = 0;

	while (i < t->n && t->words[i].filler)
		i++;
	*from = i;
	if (i < t->n && t->words[i].set >= 0)
		while (i < t->n && t->words[i].set == t->words[*from].set)
			i++;
	else
		while (i < t->n && i < *from + TOPIC_WORDS &&
		    !t->words[i].filler && t->words[i].set < 0)
			i++;
	*to = i;
}

bool
match_text_has(const struct match_text *t, const struct match_word *w)
{
	size_t	i;

	for (i = 0; i < t->n; i++)
		if ((w->id != NO_WORD && t->words[i].id == w->id) ||
		    (w->set >= 0 && t->words[i].set == w->set))
			return true;
	return false;
}
