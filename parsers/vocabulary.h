#ifndef PARSERS_VOCABULARY_H
#define PARSERS_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/lexicon.h"

struct arena;

#define NO_WORD UINT32_MAX
#define VOCABULARY_KINDS 64

/* Sets of the lexicon that play a part in comparing; -1 where absent. */
struct word_sets {
	int	filler;		/* "các", "những": tell nothing */
	int	joint;		/* "của", "tại": join a name to a topic */
	int	other;		/* "lĩnh vực khác" */
	int	light;		/* "thực hiện", "triển khai" */
	int	results;	/* "kết quả thực hiện" */
};

/* A word looked up. */
struct word_found {
	uint32_t id;	/* NO_WORD: not in the outline */
	float	 weight; /* how much it tells apart */
	float	 trust;	/* 1; less when known only without its marks */
};

/* The words of an outline and how telling each is; lives in its arena. */
struct vocabulary;

struct vocabulary *vocabulary_new(const struct lexicon *lx,
    struct arena *arena);
/* Counts the words of one node: share of a whole mention. */
void	 vocabulary_count(struct vocabulary *v,
    const struct word_memory *memory, const char *text, double share);
/* After the last count: sets the weights. */
void	 vocabulary_finish(struct vocabulary *v);
size_t	 vocabulary_size(const struct vocabulary *v);
const struct lexicon *vocabulary_lexicon(const struct vocabulary *v);
const struct word_sets *vocabulary_sets(const struct vocabulary *v);

/* A word by itself, without its tone, without marks. */
struct word_found vocabulary_find(const struct vocabulary *v,
    const struct lexicon_word *w, struct arena *arena);

/*
 * The kinds of unit that a text names, as bits; the last bit stands for
 * kinds that no node of the outline names.
 */
uint64_t vocabulary_kinds(const struct vocabulary *v,
    const struct lexicon_text *text, struct arena *arena);
/* The kinds that a unit is; 0 for NULL. */
uint64_t vocabulary_unit_kinds(const struct vocabulary *v,
    const struct audience *unit);

#endif
