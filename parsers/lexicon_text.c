/*
 * The words of the lexicon by number, and texts made of them.
 */
#include "parsers/lexicon_text.h"

#include <string.h>

#include "parsers/arena.h"

#define BUCKETS 4096
#define AND_WORD "va2"		/* key of "và" */
#define AND_BARE "va"
#define HASH_SEED 2166136261u	/* FNV-1a */
#define HASH_STEP 16777619u

struct entry {
	const char	*key;
	uint32_t	 len;
	uint32_t	 hash;
	uint32_t	 id;
	struct entry	*next;
};

struct lexicon_words {
	struct entry	*buckets[BUCKETS];
	struct entry	**all;	/* by id */
	size_t		 n;
	size_t		 cap;
	uint32_t	 and_word;
	uint32_t	 and_bare;
	struct arena	*arena;
};

struct lexicon_words *
lexicon_words_new(struct arena *arena)
{
	struct lexicon_words	*all = arena_alloc(arena, sizeof(*all));

	all->arena = arena;
	all->and_word = lexicon_words_add(all, AND_WORD, strlen(AND_WORD));
	all->and_bare = lexicon_words_add(all, AND_BARE, strlen(AND_BARE));
	return all;
}

uint32_t
lexicon_hash(const char *s, size_t len)
{
	uint32_t	h = HASH_SEED;
	size_t		i;

	for (i = 0; i < len; i++)
		h = (h ^ (uint8_t)s[i]) * HASH_STEP;
	return h;
}

static uint32_t
find(const struct lexicon_words *all, const char *key, uint32_t len,
    uint32_t hash)
{
	const struct entry	*e;

	for (e = all->buckets[hash % BUCKETS]; e != NULL; e = e->next)
		if (e->hash == hash && e->len == len &&
		    memcmp(e->key, key, len) == 0)
			return e->id;
	return LEXICON_NO_WORD;
}

uint32_t
lexicon_words_add(struct lexicon_words *all, const char *key, size_t len)
{
	uint32_t	 hash = lexicon_hash(key, len);
	uint32_t	 id = find(all, key, (uint32_t)len, hash);
	struct entry	*e;

	if (id != LEXICON_NO_WORD)
		return id;
	e = arena_alloc(all->arena, sizeof(*e));
	e->key = arena_strndup(all->arena, key, len);
	e->len = (uint32_t)len;
	e->hash = hash;
	e->id = (uint32_t)all->n;
	all->all = arena_grow(all->arena, all->all, all->n, &all->cap,
	    sizeof(struct entry *));
	all->all[all->n++] = e;
	e->next = all->buckets[hash % BUCKETS];
	all->buckets[hash % BUCKETS] = e;
	return e->id;
}

void
lexicon_words_learn(struct lexicon_words *all, const char *key)
{
	size_t	len;

	for (; *key != '\0'; key += key[len] == ' ' ? len + 1 : len) {
		len = strcspn(key, " ");
		(void)lexicon_words_add(all, key, len);
	}
}

size_t
lexicon_words_count(const struct lexicon_words *all)
{
	return all->n;
}

struct lexicon_word
lexicon_word_at(const struct lexicon_words *all, const char *key)
{
	struct lexicon_word	 w = { .key = key, .hash = HASH_SEED };
	const char		*s;
	bool			 marked = false;

	for (s = key; *s != '\0' && *s != ' '; s++) {
		w.hash = (w.hash ^ (uint8_t)*s) * HASH_STEP;
		marked = marked || (uint8_t)*s >= 0x80;
	}
	w.len = (uint32_t)(s - key);
	w.id = find(all, key, w.len, w.hash);
	/* the digit behind letters is a tone */
	w.bare = !marked && (w.len < 2 || s[-1] > '9' || *key <= '9');
	return w;
}

struct lexicon_word
lexicon_word_numbered(const struct lexicon_words *all, uint32_t id)
{
	return lexicon_word_at(all, all->all[id]->key);
}

struct lexicon_word *
lexicon_words_of(const struct lexicon_words *all, const char *key,
    struct arena *arena, size_t *n)
{
	size_t			 most = strlen(key) / 2 + 1;
	struct lexicon_word	*w = arena_calloc(arena, most, sizeof(*w));

	for (*n = 0; *key != '\0' && *n < most; (*n)++) {
		w[*n] = lexicon_word_at(all, key);
		key += w[*n].len;
		key += *key == ' ';
	}
	return w;
}

static bool
is_and(const struct lexicon_words *all, uint32_t id)
{
	return id == all->and_word || id == all->and_bare;
}

/*
 * A text counts as typed without marks when most of its words have none: of
 * real Vietnamese it is hardly a third, and abbreviations written out bring
 * some.
 */
struct lexicon_text
lexicon_text_of(const struct lexicon_words *all,
    const struct lexicon_word *words, size_t n, struct arena *arena)
{
	struct lexicon_text	 t = { .words = words, .n = n };
	uint32_t		*ids = arena_calloc(arena, n * 2, sizeof(*ids));
	uint32_t		*places = ids + n;
	size_t			 i, bare = 0;

	for (i = 0; i < n; i++) {
		if (is_and(all, words[i].id))
			continue;
		ids[t.n_ids] = words[i].id;
		places[t.n_ids++] = (uint32_t)i;
		bare += words[i].bare;
	}
	t.ids = ids;
	t.places = places;
	t.bare = bare * 10 >= t.n_ids * 6;
	return t;
}
