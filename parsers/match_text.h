#ifndef PARSERS_MATCH_TEXT_H
#define PARSERS_MATCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/lexicon.h"

struct arena;

#define MATCH_NO_WORD UINT32_MAX
#define MATCH_KINDS 64

/* A word of a heading or of an outline node. */
struct match_word {
	uint32_t id;	/* in the vocabulary; MATCH_NO_WORD: not in it */
	float	 weight; /* how much it tells apart */
	float	 trust;	/* 1; less when known only without its marks */
	int16_t	 set;	/* phrase set it stands in, -1 none */
	int16_t	 inner;	/* set of a phrase that overlaps that one, -1 */
	bool	 tail;	/* behind "của", "tại", … or in brackets */
	bool	 filler; /* "của", "các": tells nothing */
};

/* A text ready for comparing. */
struct match_text {
	struct match_word *words;
	size_t		 n;
	double		 total;	/* of the weights */
	double		 head;	/* of those that are not tail */
	uint64_t	 kinds;	/* kinds of unit that it names */
	bool		 is_other; /* "các lĩnh vực khác" */
	bool		 is_general; /* has parts that say the rest */
};

/* The words of an outline and how telling each is. */
struct vocabulary;

struct vocabulary *vocabulary_new(const struct lexicon *lx,
    struct arena *arena);
/* Counts the words of one node: share of a whole mention. */
void	 vocabulary_count(struct vocabulary *v, const char *text,
    double share);
/* After the last count: sets the weights. */
void	 vocabulary_finish(struct vocabulary *v);
size_t	 vocabulary_size(const struct vocabulary *v);

/*
 * Prepares texts, one for each reading of the abbreviations; returns how
 * many, at least 1, at most `max`.
 */
size_t	 match_texts(const struct vocabulary *v, const char *text,
    struct arena *arena, struct match_text *out, size_t max);
/* Finds the phrases of a node that overlap the longest ones. */
void	 match_find_inner(const struct vocabulary *v, const char *text,
    struct arena *arena, struct match_text *t);
/* The first phrase of a text, which says what it is about: [from, to). */
void	 match_topic(const struct match_text *t, size_t *from, size_t *to);
/* Kinds that a unit is, as bits of match_text.kinds. */
uint64_t match_unit_kinds(const struct vocabulary *v,
    const struct audience *unit);

/* Does a text hold the word, or a phrase of its set? */
bool	 match_text_has(const struct match_text *t,
    const struct match_word *w);

/* How two texts compare, 0..1 each. */
struct match_score {
	double	node;	/* share of the node's telling words found */
	double	head;	/* the same, of its words before "của", "ở" … */
	double	heading; /* share of the heading's words explained */
	double	both;	/* the two as one figure */
};

/* Marks the heading's words for the comparisons that follow. */
struct match_marks;
struct match_marks *match_marks_new(const struct vocabulary *v,
    struct arena *arena);
void	 match_mark(struct match_marks *m, const struct match_text *heading);
struct match_score match_compare(const struct match_marks *m,
    const struct match_text *node);
/* Does the marked heading hold word id? */
bool	 match_has(const struct match_marks *m, uint32_t id);
/* … or a phrase of this set? */
bool	 match_has_set(const struct match_marks *m, int set);

#endif
