#ifndef PARSERS_WORDS_H
#define PARSERS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A run of letters or of digits in a text. */
struct word {
	const char	*key;	/* its TEXT_KEY, one word */
	size_t		 start;	/* bytes of the text */
	size_t		 end;
	bool		 is_number; /* ASCII digits only */
};

/* A text and its words; both live as long as the text and the arena. */
struct words {
	const char	*text;
	const struct word *w;
	size_t		 n;
};

/* text is borrowed. */
struct words words_of(const char *text, struct arena *arena);
/* The keys of a text's words, apart by one space: a phrase to match. */
const char *words_key(const char *text, struct arena *arena);
/*
 * How many words the phrase (a key, words apart by one space) covers when
 * it stands at word i; 0 when it does not.
 */
size_t words_match(const struct words *ws, size_t i, const char *phrase);
/* The phrase stands somewhere in words from..to-1. */
bool words_contain(const struct words *ws, size_t from, size_t to,
    const char *phrase);
/*
 * The sign between words i and i+1: ' ' for white space only (or nothing),
 * the sign when there is just one of ASCII, 0 for anything else and past
 * the end. A dash of any kind counts as '-'.
 */
int words_gap(const struct words *ws, size_t i);
/* Does a sentence, or a part of a list, end before word i (above 0)? */
bool words_sentence_ends(const struct words *ws, size_t i);
/* A number word's value; -1 when it is none or above 999999. */
int words_number(const struct words *ws, size_t i);
/* Keys of a table of phrases, in the arena. */
const char *const *phrase_keys(const char *const *phrases, size_t n,
    struct arena *arena);

#endif
