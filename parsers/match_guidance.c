/*
 * Guidance lines of the outline in a report. They are compared in two
 * ways: by telling words, when a report makes headings of them, and letter
 * by letter (ASCII letters only), when it copies them.
 */
#include "parsers/match_guidance.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/heading_skip.h"
#include "parsers/match_place.h"

#define ROUGH_BYTES 48		/* letters that tell a copy */
#define ROUGH_LEAST 8
#define GUIDED_NEED 0.70	/* of the heading's words, to be guidance */
#define OWNER_NEED 0.62		/* to count for the guidance's section */
#define OWNER_WORDS 3		/* fewer say too little */
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
};

/* The ASCII letters and digits of a text, folded. */
static size_t
rough_key(const char *s, char out[ROUGH_BYTES])
{
	size_t	n = 0;

	for (; *s != '\0' && n < ROUGH_BYTES; s++) {
		if ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9'))
			out[n++] = *s;
		else if (*s >= 'A' && *s <= 'Z')
			out[n++] = (char)(*s - 'A' + 'a');
	}
	return n;
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
		k->len = rough_key(o->nodes[i].text, k->rough);
		k->words = heading_words(o->nodes[i].text,
		    strlen(o->nodes[i].text));
		k->node = (int)i;
	}
	return g;
}

/* The guidance that a text begins with, or begins; NULL none. */
static const struct copy_key *
copy_of(const struct match_guidance *g, const char *s)
{
	char	rough[ROUGH_BYTES];
	size_t	len = rough_key(s, rough), i, n;

	if (len < ROUGH_LEAST)
		return NULL;
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
		words = heading_words(l->h->title, strlen(l->h->title));
		k = copy_of(g, l->h->title);
		if (k == NULL) {
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

struct fit {
	double	inside;	/* best share within what the headings above answer,
			   of guidance whose section is answered */
	double	divided; /* … by a heading above itself */
	double	outside; /* of guidance whose section none above answers */
	int	node;	/* guidance of the best outside */
};

/* Does a heading above the line answer node, or something above it? */
static bool
is_answered_above(const struct match_job *j, size_t line, int node,
    bool itself)
{
	int	p;
	size_t	i;

	for (p = j->lines[line].parent; p >= 0; p = j->lines[p].parent)
		for (i = 0; i < j->lines[p].n_sections; i++)
			if (j->lines[p].sections[i] == node || (!itself &&
			    match_is_below(j, node, j->lines[p].sections[i])))
				return true;
	return false;
}

static struct fit
best_guidance(const struct match_job *j, size_t line)
{
	struct fit		 f = { 0, 0, 0, -1 };
	struct match_score	 s;
	int			 i, owner;

	match_mark(j->marks, j->lines[line].text);
	for (i = 0; i < (int)j->n_nodes; i++) {
		if (j->nodes[i].is_target)
			continue;
		s = match_compare(j->marks, &j->nodes[i].text);
		owner = owner_of(j, i);
		if (owner < 0 || match_answers(&j->lines[line], owner))
			continue;
		if (j->answered[owner] != -1 && s.heading > f.inside &&
		    is_answered_above(j, line, owner, false))
			f.inside = s.heading;
		if (is_answered_above(j, line, owner, true)) {
			if (s.heading > f.divided)
				f.divided = s.heading;
		} else if (s.heading > f.outside) {
			f.outside = s.heading;
			f.node = i;
		}
	}
	return f;
}

void
match_drop_guided(struct match_job *j)
{
	struct match_line	*l;
	struct fit		 f;
	size_t			 i;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->text == NULL || l->n_sections != 1 ||
		    l->score >= MATCH_GOOD || l->parent < 0 ||
		    l->end > i + 1 || match_is_in_place(j, i) ||
		    (l->text->kinds & j->nodes[l->node].text.kinds) != 0)
			continue;
		f = best_guidance(j, i);
		if (f.inside >= GUIDED_NEED && f.inside > l->score)
			match_take_away(j, i);
	}
}

/* The answering heading above line i that answers something above node. */
static int
line_over(const struct match_job *j, size_t i, int node)
{
	int	p;
	size_t	k;

	for (p = j->lines[i].parent; p >= 0; p = j->lines[p].parent)
		for (k = 0; k < j->lines[p].n_sections; k++)
			if (match_is_below(j, node, j->lines[p].sections[k]))
				return p;
	return -1;
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

static size_t
content_words(const struct match_text *t)
{
	size_t	i, n = 0;

	for (i = 0; i < t->n; i++)
		n += !t->words[i].filler;
	return n;
}

/* Does a heading beside line i, under the same one, answer first? */
static bool
is_beside(const struct match_job *j, size_t i, int by)
{
	return by >= 0 && (size_t)by != i && j->lines[i].parent >= 0 &&
	    j->lines[by].parent == j->lines[i].parent;
}

void
match_own_guidance(struct match_job *j)
{
	struct match_line	*l;
	struct fit		 f;
	size_t			 i;
	int			 owner, over, from, to;
	uint64_t		 kinds;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure || l->text == NULL || l->n_sections > 0)
			continue;
		f = best_guidance(j, i);
		if (f.node < 0 || l->text->is_other ||
		    content_words(l->text) < OWNER_WORDS ||
		    f.outside < OWNER_NEED ||
		    f.divided >= f.outside - 0.1)
			continue;
		owner = owner_of(j, f.node);
		kinds = j->nodes[owner].text.kinds;
		if (kinds != 0 && j->unit != 0 && (kinds & j->unit) == 0)
			continue;
		match_open_range(j, i, &from, &to);
		if (owner < from - 1 || owner >= to)
			continue;
		over = line_over(j, i, owner);
		if (is_beside(j, i, j->answered[owner])) {
			l->score = f.outside * MATCH_GUIDED_SHARE;
			match_add(j, i, owner, "second part of a section");
			continue;
		}
		if (j->answered[owner] != -1 &&
		    (over >= 0 || !match_is_guided(j, owner)))
			continue;
		if (over < 0 && l->parent >= 0 &&
		    j->lines[l->parent].n_sections > 0)
			continue;	/* it divides another section */
		l->score = f.outside * MATCH_GUIDED_SHARE;
		match_add(j, over >= 0 ? (size_t)over : i, owner,
		    MATCH_WHY_GUIDANCE);
	}
}

bool
match_is_guided(const struct match_job *j, int node)
{
	int	line = j->answered[node];

	return line >= 0 && j->lines[line].why != NULL &&
	    (strcmp(j->lines[line].why, MATCH_WHY_GUIDANCE) == 0 ||
	    (strcmp(j->lines[line].why, MATCH_WHY_ABOUT) == 0 &&
	    match_is_guidance_of(j, (size_t)line, node)));
}
