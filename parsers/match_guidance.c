/*
 * Guidance lines of the outline in a report. They are compared in two
 * ways: by telling words, when a report makes headings of them, and letter
 * by letter (ASCII letters only), when it copies them.
 */
#include "parsers/match_guidance.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/heading_skip.h"
#include "parsers/match_index.h"
#include "parsers/match_place.h"

#define ROUGH_BYTES 48		/* letters that tell a copy */
#define ROUGH_LEAST 8
#define GUIDED_NEED 0.70	/* of the heading's words, to be guidance */
#define OWNER_NEED 0.62		/* to be guidance of one section */
#define SLACK 0.001		/* for what rounding may do to a bound */
#define SLACK_WORDS 2		/* a copy may be that much longer */

/* ---- copies */

struct copy_key {
	char		rough[ROUGH_BYTES];
	size_t		len;
	uint32_t	words;
	int		node;
};

struct match_guidance {
	struct copy_key	*keys;
	size_t		 n;
	bool		 begins[UINT8_MAX + 1]; /* by begin_of() */
};

/* The first ASCII letters and digits of a text, folded; at most max. */
static size_t
rough_key(const char *s, char *out, size_t max)
{
	size_t	n = 0;

	for (; *s != '\0' && n < max; s++) {
		if ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9'))
			out[n++] = *s;
		else if (*s >= 'A' && *s <= 'Z')
			out[n++] = (char)(*s - 'A' + 'a');
	}
	return n;
}

/* Tells the first letters of a copy from those of most other texts. */
static uint8_t
begin_of(const char rough[ROUGH_LEAST])
{
	uint8_t	sum = 0;
	size_t	i;

	for (i = 0; i < ROUGH_LEAST; i++)
		sum = (uint8_t)(sum * 5 + (uint8_t)rough[i]);
	return sum;
}

struct match_guidance *
match_guidance_new(const struct outline *o, struct arena *arena)
{
	struct match_guidance	*g = arena_alloc(arena, sizeof(*g));
	struct copy_key		*k;
	size_t			 i;

	g->keys = arena_calloc(arena, o->n, sizeof(*g->keys));
	for (i = 0; i < o->n; i++) {
		if (o->nodes[i].kind != NODE_GUIDANCE)
			continue;
		k = &g->keys[g->n++];
		k->len = rough_key(o->nodes[i].text, k->rough,
		    sizeof(k->rough));
		g->begins[begin_of(k->rough)] = true;
		k->words = heading_words(o->nodes[i].text,
		    strlen(o->nodes[i].text));
		k->node = (int)i;
	}
	return g;
}

/* May some guidance begin as the text does? */
static bool
may_be_copy(const struct match_guidance *g, const char *s)
{
	char	rough[ROUGH_LEAST];

	return rough_key(s, rough, sizeof(rough)) == ROUGH_LEAST &&
	    g->begins[begin_of(rough)];
}

/* The guidance that a text begins with, or begins; NULL none. */
static const struct copy_key *
copy_of(const struct match_guidance *g, const char *s)
{
	char	rough[ROUGH_BYTES];
	size_t	len, i, n;

	if (!may_be_copy(g, s))
		return NULL;
	len = rough_key(s, rough, sizeof(rough));
	for (i = 0; i < g->n; i++) {
		n = len < g->keys[i].len ? len : g->keys[i].len;
		if (n >= ROUGH_LEAST && n * 10 >= g->keys[i].len * 7 &&
		    memcmp(rough, g->keys[i].rough, n) == 0)
			return &g->keys[i];
	}
	return NULL;
}

void
match_find_copies(struct match_job *j, const struct match_guidance *g)
{
	const struct copy_key	*k;
	struct match_line	*l;
	uint32_t		 words;
	size_t			 i;

	for (i = 0; i < j->n_lines && g->n > 0; i++) {
		l = &j->lines[i];
		k = copy_of(g, l->h->title);
		if (k != NULL) {
			words = l->words = heading_words(l->h->title,
			    strlen(l->h->title));
		} else {
			/* unmarked guidance stands as text below */
			words = 0;
			l->copy_below = true;
			k = copy_of(g, l->h->body);
			if (k == NULL || l->h->words > k->words + SLACK_WORDS)
				continue;
		}
		l->copy = k->node;
		l->copied = words + l->h->words;
		if (l->copied > k->words + SLACK_WORDS)
			l->copied = words > k->words ? words : k->words;
	}
}

/* ---- guidance as headings */

/* The heading or sub-heading that a guidance line belongs to. */
static int
owner_of(const struct match_job *j, int node)
{
	while (node >= 0 && !j->nodes[node].is_target)
		node = j->nodes[node].parent;
	return node;
}

/* Does a heading above the line answer node, or what it is part of? */
static bool
is_answered_above(const struct match_job *j, size_t line, int node)
{
	int	p;
	size_t	i;

	for (p = j->lines[line].parent; p >= 0; p = j->lines[p].parent)
		for (i = 0; i < j->lines[p].n_sections; i++)
			if (match_is_below(j, node,
			    j->lines[p].sections[i]))
				return true;
	return false;
}

/* Begins comparing a line with guidance, of which it gives the nodes. */
static const int *
mark_line(const struct match_job *j, size_t line, size_t *n)
{
	match_mark(j->marks, j->lines[line].text);
	match_index_bounds(j->guidance, j->marks, j->lines[line].text,
	    j->bounds);
	return match_index_nodes(j->guidance, n);
}

/*
 * The section that guidance node i belongs to, when the line does not
 * answer it and more than `need` of the marked heading may be found there;
 * else -1.
 */
static int
owner_to_try(const struct match_job *j, size_t line, int i, double need)
{
	int	owner;

	if (j->bounds[i].heading < need - SLACK)
		return -1;
	owner = owner_of(j, i);
	return owner >= 0 && !match_answers(&j->lines[line], owner) ?
	    owner : -1;
}

/*
 * How much of the heading is in guidance of an answered section, within
 * what the headings above answer; 0 when it is less than `need`.
 */
static double
share_inside(const struct match_job *j, size_t line, double need)
{
	struct match_score	s;
	double			best = 0;
	const int		*g;
	size_t			i, n;
	int			owner;

	g = mark_line(j, line, &n);
	for (i = 0; i < n; i++) {
		owner = owner_to_try(j, line, g[i], best < need ? need : best);
		if (owner < 0 || j->answered[owner] == -1 ||
		    !is_answered_above(j, line, owner))
			continue;
		s = match_compare(j->marks, &j->nodes[g[i]].text);
		if (s.heading > best)
			best = s.heading;
	}
	return best;
}

bool
match_is_guidance_of(const struct match_job *j, size_t line, int node)
{
	struct match_score	s;
	int			i;

	if (j->lines[line].text == NULL)
		return false;
	match_mark(j->marks, j->lines[line].text);
	for (i = node + 1; i < j->nodes[node].end; i++) {
		if (j->nodes[i].is_target || owner_of(j, i) != node)
			continue;
		s = match_compare(j->marks, &j->nodes[i].text);
		if (s.heading >= OWNER_NEED)
			return true;
	}
	return false;
}

void
match_drop_guided(struct match_job *j)
{
	struct match_line	*l;
	double			 inside;
	size_t			 i;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->text == NULL || l->n_sections != 1 ||
		    l->score >= MATCH_GOOD || l->parent < 0 ||
		    l->end > i + 1 || match_is_in_place(j, i) ||
		    (l->text->kinds & j->nodes[l->node].text.kinds) != 0)
			continue;
		inside = share_inside(j, i, GUIDED_NEED);
		if (inside >= GUIDED_NEED && inside > l->score)
			match_take_away(j, i);
	}
}
