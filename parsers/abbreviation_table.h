#ifndef PARSERS_ABBREVIATION_TABLE_H
#define PARSERS_ABBREVIATION_TABLE_H

/* What abbreviations.c reads in texts, as it stands in the table. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/abbreviations.h"
#include "parsers/lexicon_text.h"

/* Some words in a row. */
struct piece {
	const struct lexicon_word *words;
	size_t		 n;
};

struct abbreviation {
	const char	*key;	/* its letters without gaps */
	const char	*bare;	/* the same in ASCII */
	size_t		 key_len;
	size_t		 bare_len;
	const char	*split;	/* its own words: "ct xh" */
	const char	*split_bare;
	uint32_t	 second; /* of PHRASE_LEAST words and more: the
				    second one; else LEXICON_NO_WORD */
	uint32_t	 second_bare; /* the same without its marks */
	bool		 like_syllable;
	struct piece	*meanings; /* [0] is the default */
	size_t		 n_meanings;
	bool		 is_ambiguous; /* default: as written */
	struct abbreviation *next;
};

/* As many words are written as such, never run together or as letters. */
#define PHRASE_LEAST 3

/* Those that begin with one word, in the order of the whole list. */
struct initial {
	const struct abbreviation **list;
	size_t		 n;
	size_t		 cap;
	size_t		 longest; /* bytes of the longest key among them */
};

struct abbreviations {
	struct lexicon_words *words;
	struct abbreviation *first;
	struct initial	*initials; /* by id of the word */
	size_t		 n_initials;
};

/* A key without the spaces between its words. */
char	*abbreviation_without_gaps(const char *key, struct arena *arena);

#endif
