#ifndef PARSERS_LEXICON_H
#define PARSERS_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/bytes.h"

struct arena;

/*
 * Language knowledge as data: sets of equal phrases, abbreviations, and the
 * words that name a kind of unit. Loaded from the files in
 * parsers/lexicon/ by the daemon; parsers only see the bytes.
 *
 *   phrases.txt        one set a line:  phrase = phrase = phrase
 *   abbreviations.txt  UBND=ủy ban nhân dân ; ND=nông dân|nhân dân
 *   audience.txt       words, words : kind kind:tag !exclusive
 */
struct lexicon;

/* On a wrong line returns NULL and sets *why ("FILE:LINE: …"). */
struct lexicon *lexicon_parse(struct bytes phrases, struct bytes abbreviations,
    struct bytes audience, struct arena *arena, const char **why);

/* A unit as the outline addresses it. */
struct audience {
	const char	*kind;	/* "tdp", "school", … */
	const char *const *tags;
	size_t		 n_tags;
};

/*
 * Whom a heading's words name (domain rule: longest phrase wins).
 * Returns 1 the unit is named, 0 others are named but not it, -1 nobody
 * in particular is named.
 */
int lexicon_names(const struct lexicon *lx, const char *heading,
    const struct audience *unit);

#endif
