/*
 * The words of an outline, how telling each is, and the kinds of unit that
 * its sections name.
 */
#include "parsers/vocabulary.h"

#include <math.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/fold.h"
#include "parsers/text.h"

#define BUCKETS 1024
#define UNKNOWN_WEIGHT 1.4	/* of a word that the outline has not */
#define LEAST_WEIGHT 0.15	/* of a word that every node has */
#define DIGIT_SHARE 0.8		/* years and counts tell less */
#define TONELESS_TRUST 0.85
#define BARE_TRUST 0.75
#define BARE_BYTES 64		/* of a word's ASCII form; more are cut */

struct entry {
	const char	*key;
	size_t		 len;
	uint32_t	 hash;
	uint32_t	 id;
	double		 count;
	struct entry	*next;
};

struct table {
	struct entry	*buckets[BUCKETS];
};

struct vocabulary {
	const struct lexicon *lx;
	struct arena	*arena;
	struct table	 words;
	struct table	 toneless; /* to the id of the first such word */
	struct table	 bare;
	float		*weight;   /* by id */
	uint64_t	*rules;	   /* of the lexicon: kinds that they name */
	struct word_found *known;  /* of the lexicon's words, by number */
	size_t		 n_known;
	size_t		 n;
	double		 nodes;
	struct word_sets sets;
	const char	*kind[VOCABULARY_KINDS];
	const char	*tag[VOCABULARY_KINDS];
	size_t		 n_kinds;
};

static struct entry *
table_find_hash(const struct table *t, const char *s, size_t len,
    uint32_t hash)
{
	struct entry	*e;

	for (e = t->buckets[hash % BUCKETS]; e != NULL; e = e->next)
		if (e->hash == hash && e->len == len &&
		    /* cppcheck-suppress uninitvar ; callers wrote it */
		    memcmp(e->key, s, len) == 0)
			return e;
	return NULL;
}

static struct entry *
table_find(const struct table *t, const char *s, size_t len)
{
	return table_find_hash(t, s, len, lexicon_hash(s, len));
}

static struct entry *
table_add(struct table *t, const char *s, size_t len, struct arena *arena)
{
	struct entry	*e = table_find(t, s, len);
	unsigned	 at;

	if (e != NULL)
		return e;
	e = arena_alloc(arena, sizeof(*e));
	e->key = arena_strndup(arena, s, len);
	e->len = len;
	e->hash = lexicon_hash(s, len);
	e->id = NO_WORD;
	at = e->hash % BUCKETS;
	e->next = t->buckets[at];
	t->buckets[at] = e;
	return e;
}

struct vocabulary *
vocabulary_new(const struct lexicon *lx, struct arena *arena)
{
	struct vocabulary	*v = arena_alloc(arena, sizeof(*v));

	v->lx = lx;
	v->arena = arena;
	v->sets.filler = lexicon_set_find(lx, "filler");
	v->sets.joint = lexicon_set_find(lx, "joint");
	v->sets.other = lexicon_set_find(lx, "other");
	v->sets.light = lexicon_set_find(lx, "light");
	v->sets.results = lexicon_set_find(lx, "results");
	return v;
}

/* ---- kinds of unit */

#define FOREIGN_KIND ((uint64_t)1 << (VOCABULARY_KINDS - 1))

static uint64_t
kind_bit(const struct vocabulary *v, const char *kind, const char *tag)
{
	size_t	i;

	for (i = 0; i < v->n_kinds; i++)
		if (strcmp(v->kind[i], kind) == 0 &&
		    strcmp(v->tag[i], tag) == 0)
			return (uint64_t)1 << i;
	return 0;
}

/* The kinds that an outline's node names become known. */
static void
learn_kinds(struct vocabulary *v, const struct lexicon_text *text)
{
	const struct lexicon_phrase	*found;
	const struct lexicon_named	*named;
	size_t				 n_found, n, i, k;

	found = lexicon_text_rules(v->lx, text, v->arena, &n_found);
	for (k = 0; k < n_found; k++) {
		named = lexicon_rule(v->lx, found[k].set, &n);
		for (i = 0; i < n && v->n_kinds < VOCABULARY_KINDS - 1; i++) {
			if (kind_bit(v, named[i].kind, named[i].tag) != 0)
				continue;
			v->kind[v->n_kinds] = named[i].kind;
			v->tag[v->n_kinds++] = named[i].tag;
		}
	}
}

/* The kinds of unit that a rule of the lexicon names. */
static uint64_t
rule_kinds(const struct vocabulary *v, int rule)
{
	const struct lexicon_named	*named;
	uint64_t			 bits = 0, bit;
	size_t				 n, i;

	named = lexicon_rule(v->lx, rule, &n);
	for (i = 0; i < n; i++) {
		bit = kind_bit(v, named[i].kind, named[i].tag) |
		    kind_bit(v, named[i].kind, "");
		bits |= bit == 0 ? FOREIGN_KIND : bit;
	}
	return bits;
}

uint64_t
vocabulary_kinds(const struct vocabulary *v,
    const struct lexicon_text *text, struct arena *arena)
{
	const struct lexicon_phrase	*found;
	uint64_t			 bits = 0;
	size_t				 n, i;

	found = lexicon_text_rules(v->lx, text, arena, &n);
	for (i = 0; i < n; i++)
		bits |= v->rules[found[i].set];
	return bits;
}

uint64_t
vocabulary_unit_kinds(const struct vocabulary *v, const struct audience *unit)
{
	uint64_t	bits;
	size_t		i;

	if (unit == NULL)
		return 0;
	bits = kind_bit(v, unit->kind, "");
	for (i = 0; i < unit->n_tags; i++)
		bits |= kind_bit(v, unit->kind, unit->tags[i]);
	return bits == 0 ? FOREIGN_KIND : bits;
}

/* ---- words */

/* Words are of letters or of digits; those at a word's end are its tones. */
static bool
is_number(const char *w)
{
	return w[0] >= '0' && w[0] <= '9';
}

static size_t
without_tone(const char *w, size_t len)
{
	while (len > 1 && w[len - 1] >= '1' && w[len - 1] <= '5' &&
	    !is_number(w))
		len--;
	return len;
}

/* ASCII form of a key word. */
static size_t
bare_word(const char *w, size_t len, char out[BARE_BYTES],
    struct arena *arena)
{
	struct fold_run	 run;
	char		*key;
	size_t		 n;

	len = without_tone(w, len);
	if (len < BARE_BYTES && fold_next(w, TEXT_KEY_BARE, &run, out, &n) ==
	    FOLD_WORD && run.end == w + len)
		return n;
	key = text_key(arena_strndup(arena, w, len), TEXT_KEY_BARE, arena);
	n = strlen(key) < BARE_BYTES ? strlen(key) : BARE_BYTES - 1;
	memcpy(out, key, n);
	return n;
}

static void
count_word(struct vocabulary *v, const struct lexicon_word *w, double share)
{
	struct entry	*e, *f;
	char		 bare[BARE_BYTES];

	e = table_add(&v->words, w->key, w->len, v->arena);
	if (e->id == NO_WORD) {
		e->id = (uint32_t)v->n++;
		f = table_add(&v->toneless, w->key,
		    without_tone(w->key, w->len), v->arena);
		if (f->id == NO_WORD)
			f->id = e->id;
		f = table_add(&v->bare, bare,
		    bare_word(w->key, w->len, bare, v->arena), v->arena);
		if (f->id == NO_WORD)
			f->id = e->id;
	}
	e->count += share;
}

void
vocabulary_count(struct vocabulary *v, const struct word_memory *memory,
    const char *text, double share)
{
	struct lexicon_text	t;
	size_t			i;

	(void)lexicon_texts(v->lx, memory, text, &t, 1);
	for (i = 0; i < t.n; i++)
		count_word(v, &t.words[i], share);
	v->nodes += share;
	learn_kinds(v, &t);
}

size_t
vocabulary_size(const struct vocabulary *v)
{
	return v->n;
}

const struct lexicon *
vocabulary_lexicon(const struct vocabulary *v)
{
	return v->lx;
}

const struct word_sets *
vocabulary_sets(const struct vocabulary *v)
{
	return &v->sets;
}

static struct word_found
look_up(const struct vocabulary *v, const struct lexicon_word *w,
    struct arena *arena)
{
	struct word_found	 out = { NO_WORD, (float)UNKNOWN_WEIGHT, 1 };
	const struct entry	*e;
	char			 bare[BARE_BYTES];

	e = table_find_hash(&v->words, w->key, w->len, w->hash);
	if (e == NULL && is_number(w->key))
		return out;
	if (e == NULL) {
		out.trust = (float)TONELESS_TRUST;
		e = table_find(&v->toneless, w->key,
		    without_tone(w->key, w->len));
	}
	if (e == NULL) {
		out.trust = (float)BARE_TRUST;
		e = table_find(&v->bare, bare,
		    bare_word(w->key, w->len, bare, arena));
	}
	if (e != NULL) {
		out.id = e->id;
		out.weight = v->weight[e->id];
	}
	return out;
}

/* What the lexicon's words and rules are to this outline. */
static void
know_lexicon(struct vocabulary *v)
{
	const struct lexicon_words	*all = lexicon_all_words(v->lx);
	struct lexicon_word		 w;
	size_t				 i;

	v->n_known = lexicon_words_count(all);
	v->known = arena_calloc(v->arena, v->n_known, sizeof(*v->known));
	for (i = 0; i < v->n_known; i++) {
		w = lexicon_word_numbered(all, (uint32_t)i);
		v->known[i] = look_up(v, &w, v->arena);
	}
	v->rules = arena_calloc(v->arena, lexicon_rules(v->lx),
	    sizeof(*v->rules));
	for (i = 0; i < lexicon_rules(v->lx); i++)
		v->rules[i] = rule_kinds(v, (int)i);
}

void
vocabulary_finish(struct vocabulary *v)
{
	struct entry	*e;
	size_t		 i;
	double		 w;

	v->weight = arena_calloc(v->arena, v->n, sizeof(*v->weight));
	for (i = 0; i < BUCKETS; i++) {
		for (e = v->words.buckets[i]; e != NULL; e = e->next) {
			w = log((v->nodes + 1.5) / (e->count + 0.5));
			if (w < LEAST_WEIGHT)
				w = LEAST_WEIGHT;
			if (is_number(e->key))
				w *= DIGIT_SHARE;
			v->weight[e->id] = (float)w;
		}
	}
	know_lexicon(v);
}

struct word_found
vocabulary_find(const struct vocabulary *v, const struct lexicon_word *w,
    struct arena *arena)
{
	return w->id < v->n_known ? v->known[w->id] : look_up(v, w, arena);
}
