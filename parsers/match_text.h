#ifndef PARSERS_MATCH_TEXT_H
#define PARSERS_MATCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/vocabulary.h"

struct arena;

/* A word of a heading or of an outline node. */
struct match_word {
	uint32_t id;	/* in the vocabulary, or NO_WORD */
	float	 weight; /* how much it tells apart */
	float	 trust;	/* 1; less when known only without its marks */
	int16_t	 set;	/* phrase set it stands in, -1 none */
	int16_t	 inner;	/* set of a phrase that overlaps that one, -1 */
	bool	 tail;	/* behind "của", "tại", … or in brackets */
	bool	 filler; /* "của", "các": tells nothing */
};

/* What all readings of a text share. */
struct match_whole {
	struct lexicon_text words; /* abbreviations written out */
	bool	 has_themes;	/* those of match_theme.c, once asked for */
	const uint32_t *themes;
	size_t	 n_themes;
};

/* A text ready for comparing. */
struct match_text {
	struct match_whole *whole;
	struct match_word *words;
	size_t		 n;
	double		 total;	/* of the weights */
	double		 head;	/* of those that are not tail */
	uint64_t	 kinds;	/* kinds of unit that it names */
	const bool	*sets;	/* by number: a node holds it; else NULL */
	bool		 is_other; /* "các lĩnh vực khác" */
	bool		 is_general; /* has parts that say the rest */
};

/* The memory that texts are read with. */
struct word_memory *match_memory_new(const struct vocabulary *v,
    struct arena *arena);
/*
 * Prepares texts, one for each reading of the abbreviations; returns how
 * many, at least 1, at most `max`. They live in the memory's arena.
 */
size_t	 match_texts(const struct vocabulary *v,
    const struct word_memory *memory, const char *text,
    struct match_text *out, size_t max);
/* Is it "và"? */
bool	 match_is_and(const struct lexicon_word *w);
/* Sets all phrases of a node, also those that overlap the longest ones. */
void	 match_find_inner(const struct vocabulary *v,
    const struct word_memory *memory, const char *text,
    struct match_text *t);
/* The first phrase of a text, which says what it is about: [from, to). */
void	 match_topic(const struct match_text *t, size_t *from, size_t *to);
/* Does a text hold the word, or a phrase of its set? */
bool	 match_text_has(const struct match_text *t,
    const struct match_word *w);

#endif
