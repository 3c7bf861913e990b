/*
 * Each slot keeps the last word that fell into it, by a hash of how it is
 * written: finding one costs the same whatever is in the texts.
 */
#include "parsers/word_memory.h"

#include <string.h>

#include "parsers/arena.h"

#define SLOTS 1024
#define HASH_STEP 31u

struct known_word {
	struct lexicon_word word;
	uint32_t	 hash;
	size_t		 len;
	char		 written[];	/* and its key */
};

struct word_memory *
word_memory_new(const struct lexicon_words *words, struct arena *arena)
{
	struct word_memory	*m = arena_alloc(arena, sizeof(*m));

	m->words = words;
	m->arena = arena;
	m->slots = arena_calloc(arena, SLOTS, sizeof(struct known_word *));
	return m;
}

/* Bytes at s that may be of letters, with or without marks; their hash. */
static size_t
letter_bytes(const char *s, uint32_t *hash)
{
	const char	*end = s;
	uint32_t	 h = 0;

	for (; (uint8_t)*end >= 0x80 || (uint8_t)((*end | 0x20) - 'a') < 26;
	    end++)
		h = h * HASH_STEP + (uint8_t)*end;
	*hash = h;
	return (size_t)(end - s);
}

/* Does any word end before this byte? */
static bool
ends_before(char c)
{
	return (c >= ' ' && c <= '~') || c == '\0';
}

/* Folds and looks up what begins at s, with `len` bytes of letters. */
static enum fold
learn(const struct word_memory *m, const char *s, size_t len, uint32_t hash,
    struct fold_run *run, struct lexicon_word *out)
{
	struct known_word	*known;
	enum fold		 kind;
	size_t			 key_len;
	size_t			 most = len > 0 ? len : strspn(s, "0123456789");
	char			*key;

	known = arena_alloc(m->arena, sizeof(*known) + len + most + 2);
	key = known->written + len + 1;
	kind = fold_next(s, TEXT_KEY, run, key, &key_len);
	if (kind == FOLD_END || kind == FOLD_OTHER)
		return kind;
	*out = lexicon_word_at(m->words, key);
	if (kind == FOLD_WORD && run->end == s + len && m->slots != NULL) {
		memcpy(known->written, s, len);
		known->len = len;
		known->hash = hash;
		known->word = *out;
		m->slots[hash % SLOTS] = known;
	}
	return kind;
}

enum fold
word_memory_next(const struct word_memory *m, const char *text,
    struct fold_run *run, struct lexicon_word *out)
{
	const char		*s = fold_start(text);
	const struct known_word	*known;
	uint32_t		 hash;
	size_t			 len = letter_bytes(s, &hash);

	if (*s == '\0')
		return FOLD_END;
	known = m->slots == NULL ? NULL : m->slots[hash % SLOTS];
	if (known == NULL || known->hash != hash || known->len != len ||
	    memcmp(known->written, s, len) != 0 || !ends_before(s[len]))
		return learn(m, s, len, hash, run, out);
	run->start = s;
	run->end = s + len;
	*out = known->word;
	return FOLD_WORD;
}
