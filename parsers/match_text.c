/*
 * Headings and outline nodes made ready for comparing: words with their
 * weights and phrase sets; what stands behind "của", "tại" or in brackets
 * is the tail.
 */
#include "parsers/match_text.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/word_memory.h"

#define AND_WORD "va2"		/* key of "và" */
#define FILLER_WEIGHT 0.1
#define BRACKET_SHARE 0.35	/* of words in brackets */
#define HEAD_WORDS 2		/* words before "của" that make a head */
#define TOPIC_WORDS 3		/* words of a topic that is no known phrase */

/* How a stretch of a text counts. */
enum stretch { STRETCH_PLAIN, STRETCH_QUOTED, STRETCH_BRACKETS, STRETCHES };

bool
match_is_and(const struct lexicon_word *w)
{
	return w->len == strlen(AND_WORD) &&
	    memcmp(w->key, AND_WORD, w->len) == 0;
}

/* Adds the words of one stretch to a text. */
static void
add_words(struct match_text *t, const struct vocabulary *v,
    const struct lexicon_text *text, enum stretch kind, struct arena *arena)
{
	const struct lexicon_phrase	*ph;
	const struct word_sets		*sets = vocabulary_sets(v);
	struct word_found		 found;
	struct match_word		*w;
	size_t				 n_ph, i, k = 0, content = 0;
	bool				 tail = kind != STRETCH_PLAIN;

	ph = lexicon_text_phrases(vocabulary_lexicon(v), text, arena, &n_ph);
	for (i = 0; i < text->n; i++) {
		w = &t->words[t->n++];
		found = vocabulary_find(v, &text->words[i], arena);
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
		    w->set == sets->filler)) || match_is_and(&text->words[i])) {
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

/* Do brackets or quotes open anywhere? */
static bool
has_stretches(const char *s)
{
	while ((s = strpbrk(s, "([\"\xC2\xE2")) != NULL) {
		if ((uint8_t)*s < 0x80 || strncmp(s, "“", 3) == 0 ||
		    strncmp(s, "«", 2) == 0)
			return true;
		s++;
	}
	return false;
}

/* Sorts a text's bytes by stretch: plain, in quotes, in brackets. */
static void
split_stretches(const char *s, char *out[STRETCHES], struct arena *arena)
{
	char	*end[STRETCHES];
	size_t	 k, len = strlen(s);
	int	 depth = 0, quotes = 0;

	for (k = 0; k < STRETCHES; k++)
		out[k] = end[k] = arena_alloc(arena, len + 1);
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
		k = depth > 0 ? STRETCH_BRACKETS : quotes > 0 ?
		    STRETCH_QUOTED : STRETCH_PLAIN;
		*end[k]++ = *s;
		if ((*s == ')' || *s == ']') && depth > 0)
			depth--;
	}
}

/* The readings of a text's stretches, and of all of it. */
struct readings {
	struct lexicon_text plain[LEXICON_READINGS];
	size_t	n;		/* of the plain stretch */
	struct lexicon_text other[STRETCHES];
	struct lexicon_text whole;
};

static void
read_stretches(const struct lexicon *lx, const struct word_memory *memory,
    const char *text, size_t max, struct readings *r)
{
	char	*part[STRETCHES];
	size_t	 k;

	if (max > LEXICON_READINGS)
		max = LEXICON_READINGS;
	memset(r->other, 0, sizeof(r->other));
	if (!has_stretches(text)) {
		r->n = lexicon_texts(lx, memory, text, r->plain, max);
		r->whole = r->plain[0];
		return;
	}
	split_stretches(text, part, memory->arena);
	r->n = lexicon_texts(lx, memory, part[STRETCH_PLAIN], r->plain, max);
	for (k = STRETCH_PLAIN + 1; k < STRETCHES; k++)
		if (*part[k] != '\0')
			(void)lexicon_texts(lx, memory, part[k],
			    &r->other[k], 1);
	(void)lexicon_texts(lx, memory, text, &r->whole, 1);
}

struct word_memory *
match_memory_new(const struct vocabulary *v, struct arena *arena)
{
	return word_memory_new(lexicon_all_words(vocabulary_lexicon(v)),
	    arena);
}

size_t
match_texts(const struct vocabulary *v, const struct word_memory *memory,
    const char *text, struct match_text *out, size_t max)
{
	struct arena		*arena = memory->arena;
	struct match_whole	*whole = arena_alloc(arena, sizeof(*whole));
	struct readings		 r;
	size_t			 i, k;
	uint64_t		 kinds;

	read_stretches(vocabulary_lexicon(v), memory, text, max, &r);
	whole->words = r.whole;
	kinds = vocabulary_kinds(v, &whole->words, arena);
	for (i = 0; i < r.n; i++) {
		memset(&out[i], 0, sizeof(out[i]));
		out[i].whole = whole;
		out[i].kinds = kinds;
		/* a place behind the last: words are never NULL */
		out[i].words = arena_calloc(arena, r.plain[i].n +
		    r.other[STRETCH_QUOTED].n + r.other[STRETCH_BRACKETS].n +
		    1, sizeof(*out[i].words));
		add_words(&out[i], v, &r.plain[i], STRETCH_PLAIN, arena);
		for (k = STRETCH_PLAIN + 1; k < STRETCHES; k++)
			if (r.other[k].n > 0)
				add_words(&out[i], v, &r.other[k],
				    (enum stretch)k, arena);
	}
	return r.n;
}

void
match_find_inner(const struct vocabulary *v,
    const struct word_memory *memory, const char *text, struct match_text *t)
{
	struct arena			*arena = memory->arena;
	const struct lexicon		*lx = vocabulary_lexicon(v);
	const struct lexicon_phrase	*ph;
	struct lexicon_text		 rest;
	struct readings			 r;
	size_t				 i, k, n, last;
	bool				*sets;

	read_stretches(lx, memory, text, 1, &r);
	/* the plain stretch's words come first in t */
	for (i = 1; i < t->n && i < r.plain[0].n; i++) {
		rest = lexicon_text_from(lx, &r.plain[0], i, arena);
		ph = lexicon_text_phrases(lx, &rest, arena, &n);
		if (n == 0 || ph[0].first != 0 || ph[0].n < 2 ||
		    ph[0].set == t->words[i].set)
			continue;
		last = i + ph[0].n <= t->n ? i + ph[0].n : t->n;
		for (k = i; k < last; k++)
			if (t->words[k].inner == -1)
				t->words[k].inner = (int16_t)ph[0].set;
	}
	sets = arena_calloc(arena, lexicon_sets(lx) + 1, sizeof(*sets));
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
