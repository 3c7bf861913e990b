#ifndef PARSERS_WORD_MEMORY_H
#define PARSERS_WORD_MEMORY_H

#include "parsers/fold.h"
#include "parsers/lexicon_text.h"

struct arena;
struct known_word;

/*
 * The words of texts that are read together, as they are written: one that
 * was met before need not be folded and looked up again.
 */
struct word_memory {
	const struct lexicon_words *words;
	struct arena *arena;	/* for the words, and what is made of them */
	struct known_word **slots; /* NULL: nothing is remembered */
};

/* A memory in the arena. */
struct word_memory *word_memory_new(const struct lexicon_words *words,
    struct arena *arena);
/* fold_next(), by TEXT_KEY, with what the word is to the lexicon. */
enum fold word_memory_next(const struct word_memory *m, const char *text,
    struct fold_run *run, struct lexicon_word *out);

#endif
