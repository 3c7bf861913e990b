/*
 * Whose name stands in a text. The longest name wins where several overlap;
 * a text without any accents is compared without them ("to dan pho so 5"),
 * where two names may become one; abbreviations are tried written out.
 */
#include "daemon/roster.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/limits.h"
#include "daemon/roster_index.h"
#include "parsers/arena.h"

#define CLEARLY_LONGER 2	/* words more than the next best name */

/* A name seen at some place of a reading. */
struct hit {
	const struct name *name;
	size_t		   start;
	bool		   is_bare;
};

/* The text as written, or with its abbreviations written out. */
struct reading {
	struct words	words;
	bool		may_be_bare; /* the text as written has no accents */
	double		weight;
};

static bool
stands_at(const struct name *name, const struct reading *rd, size_t at,
    bool *is_bare)
{
	const struct words	*ws = &rd->words;
	const struct word	*w;
	size_t			 i;

	*is_bare = false;
	if (name->n > ws->n - at)
		return false;
	for (i = 0; i < name->n; i++) {
		w = &ws->w[at + i];
		if (strcmp(name->words[i].key, w->key) == 0)
			continue;
		if (!rd->may_be_bare || strcmp(w->key, w->bare) != 0 ||
		    strcmp(name->words[i].bare, w->bare) != 0)
			return false;
		*is_bare = true;
	}
	/* "CAP" is the police, "cac cap uy" is not */
	return !name->is_acronym || (ws->w[at].is_capital &&
	    (!ws->is_shouted || !ws->is_plain || ws->n == 1));
}

/* Better first: longer, accented, written so. */
static int
by_length(const void *a, const void *b)
{
	const struct hit	*x = a, *y = b;

	if (x->name->n != y->name->n)
		return x->name->n > y->name->n ? -1 : 1;
	if (x->is_bare != y->is_bare)
		return x->is_bare - y->is_bare;
	if (x->name->derived != y->name->derived)
		return x->name->derived - y->name->derived;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->name->unit > y->name->unit) -
	    (x->name->unit < y->name->unit);
}

static bool
overlap(const struct hit *a, const struct hit *b)
{
	return a->start < b->start + b->name->n &&
	    b->start < a->start + a->name->n;
}

/* Does the better hit a leave nothing of b? */
static bool
outdoes(const struct hit *a, const struct hit *b)
{
	return overlap(a, b) && (a->name->n > b->name->n ||
	    a->is_bare < b->is_bare ||
	    (a->is_bare == b->is_bare &&
	    a->name->derived < b->name->derived));
}

/* The names of a reading that no longer or better one covers. */
static struct hit *
find_hits(const struct name_search *s, const struct reading *rd, size_t *n)
{
	const struct words	*ws = &rd->words;
	const struct name	*name;
	struct hit		*hits = NULL;
	size_t			 cap = 0, all = 0, i, k;
	bool			 is_bare;

	for (i = 0; i < ws->n; i++)
		for (name = name_index_first(s->roster->names, ws->w[i].bare);
		    name != NULL; name = name->next) {
			if (!stands_at(name, rd, i, &is_bare))
				continue;
			hits = arena_grow(s->arena, hits, all, &cap,
			    sizeof(*hits));
			hits[all].name = name;
			hits[all].start = i;
			hits[all++].is_bare = is_bare;
		}
	if (all > 0)
		qsort(hits, all, sizeof(*hits), by_length);
	for (*n = 0, i = 0; i < all; i++) {
		for (k = 0; k < *n && !outdoes(&hits[k], &hits[i]); k++)
			continue;
		if (k == *n)
			hits[(*n)++] = hits[i];
	}
	return hits;
}

static struct name_match
match_of(const struct hit *h, double weight)
{
	struct name_match	m = {
		.unit = h->name->unit, .alias = h->name->shown,
		.is_bare = h->is_bare, .words = h->name->n,
	};

	m.score = weight * (1 - 1 / (1 + (double)h->name->n));
	if (h->is_bare)
		m.score *= 0.8;
	if (h->name->derived > 0)
		m.score *= 0.95;
	return m;
}

static int
by_score(const void *a, const void *b)
{
	const struct name_match	*x = a, *y = b;

	if (x->score > y->score || x->score < y->score)
		return x->score > y->score ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Matches gathered over the readings, each unit with its best. */
struct matches {
	struct name_match *m;
	size_t		 n;
	size_t		 cap;
};

static void
gather(const struct name_search *s, const struct reading *rd,
    struct matches *all)
{
	struct name_match	 m;
	struct hit		*hits;
	size_t			 i, k, n;

	hits = find_hits(s, rd, &n);
	for (i = 0; i < n; i++) {
		m = match_of(&hits[i], rd->weight);
		for (k = 0; k < all->n && all->m[k].unit != m.unit; k++)
			continue;
		if (k == all->n) {
			all->m = arena_grow(s->arena, all->m, all->n,
			    &all->cap, sizeof(m));
			all->m[all->n++] = m;
		} else if (m.score > all->m[k].score) {
			all->m[k] = m;
		}
	}
}

size_t
roster_find_names(const struct name_search *s, const char *text,
    struct name_match **out)
{
	struct reading	 rd = { .weight = 1 };
	struct matches	 all = {0};
	const char	*readings[LEXICON_READINGS];
	size_t		 i, n = 0;

	rd.words = words_split(text, ROSTER_TEXT_WORDS, s->arena);
	rd.may_be_bare = rd.words.is_plain;
	gather(s, &rd, &all);
	if (s->lexicon != NULL)
		n = lexicon_readings(s->lexicon, text, s->arena, readings);
	for (i = 0; i < n; i++) {
		rd.words = words_of_key(readings[i], ROSTER_TEXT_WORDS,
		    s->arena);
		rd.weight = i == 0 ? 1 : 0.9;
		gather(s, &rd, &all);
	}
	if (all.n > 1)
		qsort(all.m, all.n, sizeof(*all.m), by_score);
	*out = all.m;
	return all.n;
}

int
roster_find_name(const struct name_search *s, const char *text,
    struct name_match *out)
{
	struct name_match	*all;
	size_t			 i, n = roster_find_names(s, text, &all);

	if (n == 0)
		return -1;
	for (i = 1; i < n; i++)
		if (all[0].is_bare != all[i].is_bare ||
		    all[0].words < all[i].words + CLEARLY_LONGER)
			return -1;
	if (out != NULL)
		*out = all[0];
	return all[0].unit;
}

int
roster_find_letterhead(const struct name_search *s, const char *parent,
    const char *issuer, struct name_match *out)
{
	struct words	ws = words_split(issuer, ROSTER_TEXT_WORDS, s->arena);
	enum organ	organ = words_organ(&ws, s->arena);
	int		unit;

	/* "CÔNG ĐOÀN PHƯỜNG A" is a body itself, "CÔNG ĐOÀN" is not */
	if (organ != ORGAN_ALONE) {
		unit = roster_find_name(s, issuer, out);
		if (unit != -1 || organ == ORGAN_NONE)
			return unit;
	}
	unit = roster_find_name(s, parent, out);
	return unit != -1 || organ != ORGAN_ALONE ? unit :
	    roster_find_name(s, issuer, out);
}
