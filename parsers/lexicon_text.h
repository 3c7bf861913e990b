#ifndef PARSERS_LEXICON_TEXT_H
#define PARSERS_LEXICON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Texts as the lexicon sees them: words are looked up once and then
 * compared by their numbers.
 */

#define LEXICON_NO_WORD UINT32_MAX

/* A word of a key; in memory a space or NUL follows it. */
struct lexicon_word {
	const char	*key;
	uint32_t	 len;
	uint32_t	 hash;	/* lexicon_hash() of it */
	uint32_t	 id;	/* LEXICON_NO_WORD: the lexicon has it not */
	bool		 bare;	/* has neither tone nor any other mark */
};

struct lexicon_text {
	const struct lexicon_word *words;
	size_t		 n;
	/* the same without "và", which counts for nothing in phrases */
	const uint32_t	*ids;
	const uint32_t	*places; /* of those: number of the word */
	size_t		 n_ids;
	bool		 bare;	/* typed without any mark */
};

/* The words that stand in the lexicon's files; lives in its arena. */
struct lexicon_words;

struct lexicon_words *lexicon_words_new(struct arena *arena);
/* Give a word a number, or tell the one that it has. */
uint32_t lexicon_words_add(struct lexicon_words *all, const char *key,
    size_t len);
/* Give every word of a key a number. */
void	 lexicon_words_learn(struct lexicon_words *all, const char *key);
/* How many numbers are given, 0 .. n - 1, and to what. */
size_t	 lexicon_words_count(const struct lexicon_words *all);
struct lexicon_word lexicon_word_numbered(const struct lexicon_words *all,
    uint32_t id);
uint32_t lexicon_hash(const char *s, size_t len);
/* The word that a key begins with. */
struct lexicon_word lexicon_word_at(const struct lexicon_words *all,
    const char *key);
/* The words of a key; sets *n. */
struct lexicon_word *lexicon_words_of(const struct lexicon_words *all,
    const char *key, struct arena *arena, size_t *n);
/* Makes a text of words, which are borrowed. */
struct lexicon_text lexicon_text_of(const struct lexicon_words *all,
    const struct lexicon_word *words, size_t n, struct arena *arena);

#endif
