#ifndef PARSERS_MATCH_OWN_H
#define PARSERS_MATCH_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/match_text.h"

/* Least weight of words that say something. */
#define MATCH_OWN_WEIGHT 1.0

/* What of a node's own words a marked heading has, beyond another node's. */
struct match_own {
	double	weight;	/* of words that the other node has not */
	double	found;	/* of them in the heading */
	size_t	first;	/* place in the heading of the first found */
};

/*
 * Place in a heading of word i of a node, SIZE_MAX for none: by its phrase
 * set, or by itself where a neighbour is there too. A syllable alone says
 * nothing ("ủy" of "ủy ban" and of "cấp ủy").
 */
size_t	 match_place_in(const struct match_text *h,
    const struct match_text *node, size_t i);
/* Of the node's words that the other node has not. */
struct match_own match_own_words(const struct match_text *h,
    const struct match_text *node, const struct match_text *other);
/*
 * "Hạn chế và nguyên nhân" where section k's words are all in section j's
 * ("nguyên nhân của hạn chế"): both are meant when the heading begins with
 * the smaller one and names the rest later.
 */
bool	 match_begins_with_smaller(const struct match_text *h,
    const struct match_text *k, const struct match_text *j);
/* Is the node's topic in the heading, and not the other node's too? */
bool	 match_has_own_topic(const struct match_text *h,
    const struct match_text *node, const struct match_text *other);

#endif
