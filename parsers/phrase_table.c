/*
 * Phrases by key, and finding them in a text: the longest wins, "và"
 * counts for nothing, texts typed without marks are met too.
 */
#include "parsers/phrase_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/data_lines.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define BUCKETS 512
#define PHRASE_WORDS 16		/* most words of a phrase */
#define AND_WORD "va2"		/* key of "và" */
#define AND_BARE "va"

/* A run of words and what it stands for (set number, rule number). */
struct phrase {
	const char	*words;	/* a key without "và" */
	size_t		 n;
	int		 value;
	int		 line;
	struct phrase	*next;	/* of the bucket of its first word */
};

struct phrase_table {
	struct phrase	*buckets[BUCKETS];
	struct phrase	*bare[BUCKETS];	/* for texts typed without marks */
};

struct phrase_table *
phrase_table_new(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct phrase_table));
}

static unsigned
bucket_of(const char *word, size_t len)
{
	uint32_t	h = 2166136261u;
	size_t		i;

	for (i = 0; i < len; i++)
		h = (h ^ (uint8_t)word[i]) * 16777619u;
	return h % BUCKETS;
}

static bool
is_and(const char *w, size_t len, bool bare)
{
	const char	*and = bare ? AND_BARE : AND_WORD;

	return len == strlen(and) && memcmp(w, and, len) == 0;
}

/* The key of words without "và". Sets *n to the number of its words. */
static char *
phrase_key(const char *text, enum text_key which, struct arena *arena,
    size_t *n)
{
	const char	*key = text_key(text, which, arena), *w;
	struct strbuf	 b = {0};
	size_t		 i, len;
	char		*out;

	*n = 0;
	for (i = 0; (w = text_key_word(key, i, &len)) != NULL; i++) {
		if (is_and(w, len, which == TEXT_KEY_BARE))
			continue;
		if ((*n)++ > 0)
			strbuf_addc(&b, ' ');
		strbuf_add(&b, w, len);
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* The same phrase for texts without marks; the first of its spelling. */
static void
table_add_bare(struct phrase_table *t, const char *text, int value,
    struct data_lines *in)
{
	struct phrase	*p, *q;
	unsigned	 at;

	p = arena_alloc(in->arena, sizeof(*p));
	p->words = phrase_key(text, TEXT_KEY_BARE, in->arena, &p->n);
	p->value = value;
	p->line = in->line;
	if (p->n == 0)
		return;
	at = bucket_of(p->words, strcspn(p->words, " "));
	for (q = t->bare[at]; q != NULL; q = q->next)
		if (strcmp(q->words, p->words) == 0)
			return;
	p->next = t->bare[at];
	t->bare[at] = p;
}

int
phrase_table_add(struct phrase_table *t, const char *text, int value,
    struct data_lines *in)
{
	struct phrase	*p, *q;
	unsigned	 at;

	p = arena_alloc(in->arena, sizeof(*p));
	p->words = phrase_key(text, TEXT_KEY, in->arena, &p->n);
	p->value = value;
	p->line = in->line;
	if (p->n == 0)
		return data_wrong(in, "has an empty phrase; give words, or "
		    "take the sign before it away");
	if (p->n > PHRASE_WORDS)
		return data_wrong(in, "has a phrase of more than 16 words");
	at = bucket_of(p->words, strcspn(p->words, " "));
	for (q = t->buckets[at]; q != NULL; q = q->next) {
		if (strcmp(q->words, p->words) != 0)
			continue;
		if (q->value == value)
			return 0;
		return data_wrong(in, arena_printf(in->arena, "\"%s\" stands "
		    "in line %d already; a phrase stands in one line only",
		    text, q->line));
	}
	p->next = t->buckets[at];
	t->buckets[at] = p;
	table_add_bare(t, text, value, in);
	return 0;
}

/* ---- finding */

struct key_words {
	const char	**word;	/* without "và" */
	size_t		*len;
	size_t		*at;	/* number of the word in the key */
	size_t		 n;
	bool		 bare;	/* typed without any mark */
};

/* Has a word of a key neither tone nor any other mark? */
static bool
is_bare_word(const char *w, size_t len)
{
	size_t	i;

	for (i = 0; i < len; i++)
		if ((unsigned char)w[i] >= 0x80)
			return false;
	/* the digit behind letters is a tone */
	return len < 2 || w[len - 1] > '9' || w[0] <= '9';
}

/*
 * Does a key come from a text typed without marks? Of real Vietnamese
 * hardly a third of the words has none; expanded abbreviations bring some.
 */
static bool
is_bare_key(const struct key_words *kw)
{
	size_t	i, bare = 0;

	for (i = 0; i < kw->n; i++)
		bare += is_bare_word(kw->word[i], kw->len[i]);
	return bare * 10 >= kw->n * 6;
}

static struct key_words
split_key(const char *key, struct arena *arena)
{
	struct key_words	kw = {0};
	size_t			max = strlen(key) / 2 + 1, i, len;

	kw.word = arena_calloc(arena, max, sizeof(*kw.word));
	kw.len = arena_calloc(arena, max, sizeof(*kw.len));
	kw.at = arena_calloc(arena, max, sizeof(*kw.at));
	for (i = 0; *key != '\0' && kw.n < max; i++) {
		len = strcspn(key, " ");
		if (!is_and(key, len, false) && !is_and(key, len, true)) {
			kw.word[kw.n] = key;
			kw.len[kw.n] = len;
			kw.at[kw.n++] = i;
		}
		key += len;
		key += *key == ' ';
	}
	kw.bare = is_bare_key(&kw);
	return kw;
}

/* Do the words from i on begin with the phrase? */
static bool
phrase_at(const struct phrase *p, const struct key_words *kw, size_t i)
{
	const char	*w = p->words;
	size_t		 k, len;

	if (kw->n - i < p->n)
		return false;
	for (k = 0; k < p->n; k++) {
		len = strcspn(w, " ");
		if (len != kw->len[i + k] ||
		    memcmp(w, kw->word[i + k], len) != 0)
			return false;
		w += len;
		w += *w == ' ';
	}
	return true;
}

struct found {
	const struct phrase *p;
	size_t		 i;	/* index into the key_words */
};

/* The longest first, then in order of place. */
static int
by_length(const void *a, const void *b)
{
	const struct found	*x = a, *y = b;

	if (x->p->n != y->p->n)
		return x->p->n > y->p->n ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

static int
by_place(const void *a, const void *b)
{
	const struct lexicon_phrase	*x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

/* Phrases that were found, growing. */
struct found_list {
	struct found	*all;
	size_t		 n;
	size_t		 cap;
	struct arena	*arena;
};

static void
find_at(struct found_list *out, const struct phrase *p,
    const struct key_words *kw, size_t i)
{
	for (; p != NULL; p = p->next) {
		if (!phrase_at(p, kw, i))
			continue;
		out->all = arena_grow(out->arena, out->all, out->n, &out->cap,
		    sizeof(*out->all));
		out->all[out->n].p = p;
		out->all[out->n++].i = i;
	}
}

/* All phrases of the table that stand in the words. */
static struct found *
find_all(const struct phrase_table *t, const struct key_words *kw,
    struct arena *arena, size_t *n)
{
	struct found_list	out = { .arena = arena };
	unsigned		at;
	size_t			i;

	for (i = 0; i < kw->n; i++) {
		at = bucket_of(kw->word[i], kw->len[i]);
		find_at(&out, t->buckets[at], kw, i);
		if (kw->bare)
			find_at(&out, t->bare[at], kw, i);
	}
	*n = out.n;
	return out.all;
}

const struct lexicon_phrase *
phrase_table_find(const struct phrase_table *t, const char *key,
    struct arena *arena, size_t *n)
{
	struct key_words	 kw = split_key(key, arena);
	struct lexicon_phrase	*out;
	struct found		*all;
	size_t			 n_all, i, k, last;
	bool			*taken, is_free;

	*n = 0;
	all = find_all(t, &kw, arena, &n_all);
	if (n_all == 0)
		return NULL;
	qsort(all, n_all, sizeof(*all), by_length);
	taken = arena_calloc(arena, kw.n, sizeof(*taken));
	out = arena_calloc(arena, n_all, sizeof(*out));
	for (i = 0; i < n_all; i++) {
		is_free = true;
		for (k = 0; k < all[i].p->n; k++)
			is_free = is_free && !taken[all[i].i + k];
		if (!is_free)
			continue;
		memset(taken + all[i].i, true, all[i].p->n);
		last = all[i].i + all[i].p->n - 1;
		out[*n].set = all[i].p->value;
		out[*n].first = kw.at[all[i].i];
		out[*n].n = kw.at[last] - kw.at[all[i].i] + 1;
		(*n)++;
	}
	qsort(out, *n, sizeof(*out), by_place);
	return out;
}
