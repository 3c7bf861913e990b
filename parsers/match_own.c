/*
 * The words that a heading shares with one node and not with another:
 * what tells a merged heading from a long one.
 */
#include "parsers/match_own.h"

/* Are the words a, b of a node side by side in the heading, b at `at`? */
static bool
is_beside(const struct match_text *h, const struct match_word *a, size_t at)
{
	return a->id != NO_WORD && at < h->n &&
	    h->words[at].id == a->id;
}

size_t
match_place_in(const struct match_text *h, const struct match_text *node,
    size_t i)
{
	const struct match_word	*w = &node->words[i];
	bool			 has_before, has_behind;
	size_t			 at;

	has_before = i > 0 && !w[-1].filler;
	has_behind = i + 1 < node->n && !w[1].filler;
	for (at = 0; at < h->n; at++) {
		if (w->set >= 0 && h->words[at].set == w->set)
			return at;
		if (w->id == NO_WORD || h->words[at].id != w->id)
			continue;
		if ((!has_before && !has_behind) ||
		    (has_before && at > 0 && is_beside(h, w - 1, at - 1)) ||
		    (has_behind && is_beside(h, w + 1, at + 1)))
			return at;
	}
	return SIZE_MAX;
}

static struct match_own
own_words_of(const struct match_text *h, const struct match_text *node,
    const struct match_text *other, bool tails)
{
	struct match_own		 o = { 0, 0, SIZE_MAX };
	const struct match_word	*w;
	size_t			 i, at;

	for (i = 0; i < node->n; i++) {
		w = &node->words[i];
		if (w->filler || (w->tail && !tails) ||
		    match_text_has(other, w))
			continue;
		o.weight += w->weight;
		at = match_place_in(h, node, i);
		if (at == SIZE_MAX)
			continue;
		o.found += w->weight;
		if (at < o.first)
			o.first = at;
	}
	return o;
}

struct match_own
match_own_words(const struct match_text *h, const struct match_text *node,
    const struct match_text *other)
{
	struct match_own	o = own_words_of(h, node, other, false);

	/* "ở phường", "ở cơ quan": some sections differ in their tails only */
	return o.weight >= MATCH_OWN_WEIGHT ? o :
	    own_words_of(h, node, other, true);
}

bool
match_begins_with_smaller(const struct match_text *h,
    const struct match_text *k, const struct match_text *j)
{
	struct match_own	rest = match_own_words(h, j, k);
	size_t		i, at = SIZE_MAX, from, to;

	/* both about the same: the smaller is no section of its own here */
	match_topic(k, &from, &to);
	match_topic(j, &i, &to);
	if (from == k->n || i == j->n ||
	    k->words[from].id == j->words[i].id ||
	    (k->words[from].set >= 0 && k->words[from].set == j->words[i].set))
		return false;

	for (i = 0; i < k->n && at == SIZE_MAX; i++)
		if (!k->words[i].filler)
			at = match_place_in(h, k, i);
	return at != SIZE_MAX && rest.first != SIZE_MAX && at < rest.first;
}

bool
match_has_own_topic(const struct match_text *h, const struct match_text *node,
    const struct match_text *other)
{
	double	found = 0;
	size_t	from, to, i;

	match_topic(node, &from, &to);
	for (i = from; i < to; i++) {
		if (match_text_has(other, &node->words[i]) ||
		    match_place_in(h, node, i) == SIZE_MAX)
			return false;
		found += node->words[i].weight;
	}
	return found >= MATCH_OWN_WEIGHT;
}
