/*
 * Profiles over the themes of the lexicon, compared by their angle.
 */
#include "parsers/match_theme.h"

#include <math.h>
#include <stdlib.h>

#include "parsers/arena.h"
#include "parsers/lexicon.h"
#include "parsers/themes.h"

#define GUIDANCE_SHARE 0.4f	/* of words that say what to write there */
#define PARTS_SHARE 0.3f	/* of the titles of a section's parts */
#define COMMON 0.75		/* themes that all nodes have say nothing */

/* A theme that a text has, and how much of it. */
struct part {
	uint32_t theme;
	float	 much;
};

struct match_profile {
	struct part	*parts;	/* by theme */
	size_t		 n;
	double		 square;
};

struct match_themes {
	const struct themes *themes;
	size_t		 n;
	float		*weight;	/* by theme: how much it tells apart */
	const struct match_profile **nodes; /* of each target, else NULL */
};

/* The same word said ten times does not say ten times as much. */
static void
add_part(const struct match_themes *t, struct match_profile *p, size_t theme,
    float count)
{
	struct part	*one;

	if (!(count > 0 && t->weight[theme] > 0))
		return;
	one = &p->parts[p->n++];
	one->theme = (uint32_t)theme;
	one->much = sqrtf(count) * t->weight[theme];
	p->square += (double)one->much * (double)one->much;
}

/* The profile of what was counted by theme. */
static const struct match_profile *
make_profile(const struct match_themes *t, const float *counts,
    struct arena *arena)
{
	struct match_profile	*p = arena_alloc(arena, sizeof(*p));
	size_t			 i;

	p->parts = arena_calloc(arena, t->n, sizeof(*p->parts));
	for (i = 0; i < t->n; i++)
		add_part(t, p, i, counts[i]);
	return p;
}

static void
weigh_themes(struct match_themes *t, float *const *counts, size_t n_nodes)
{
	size_t	i, k, targets = 0, have;

	for (k = 0; k < n_nodes; k++)
		targets += counts[k] != NULL;
	for (i = 0; i < t->n; i++) {
		for (k = have = 0; k < n_nodes; k++)
			have += counts[k] != NULL && counts[k][i] > 0;
		t->weight[i] = logf(((float)targets + 1.5f) /
		    ((float)have + 0.5f));
		if (t->weight[i] < 0)
			t->weight[i] = 0;
	}
}

/* The themes of a text, one for each time that it is met. */
static void
read_themes(const struct match_themes *t, struct match_whole *w,
    struct arena *arena)
{
	if (w->has_themes)
		return;
	w->themes = themes_find(t->themes, &w->words, arena, &w->n_themes);
	w->has_themes = true;
}

static void
add_text(const struct match_themes *t, const struct match_text *text,
    float share, float *counts, struct arena *arena)
{
	struct match_whole	*w = text->whole;
	size_t			 i;

	read_themes(t, w, arena);
	for (i = 0; i < w->n_themes; i++)
		counts[w->themes[i]] += share;
}

/* By theme, what a section, its parts and its guidance speak of. */
static float *
count_node(const struct match_themes *t, const struct match_node *nodes,
    int node, struct arena *arena)
{
	float	*counts = arena_calloc(arena, t->n, sizeof(*counts));
	int	 k;

	add_text(t, &nodes[node].text, 1, counts, arena);
	for (k = node + 1; k < nodes[node].end; k++)
		if (nodes[k].parent == node)
			add_text(t, &nodes[k].text, nodes[k].is_target ?
			    PARTS_SHARE : GUIDANCE_SHARE, counts, arena);
	return counts;
}

struct match_themes *
match_themes_new(const struct outline *o, const struct match_node *nodes,
    const struct lexicon *lx, struct arena *arena)
{
	struct match_themes	*t = arena_alloc(arena, sizeof(*t));
	float			**counts;
	size_t			 i;

	t->themes = lexicon_themes(lx);
	t->n = themes_count(t->themes);
	t->weight = arena_calloc(arena, t->n, sizeof(*t->weight));
	t->nodes = arena_calloc(arena, o->n, sizeof(*t->nodes));
	counts = arena_calloc(arena, o->n, sizeof(*counts));
	for (i = 0; i < o->n; i++)
		if (nodes[i].is_target)
			counts[i] = count_node(t, nodes, (int)i, arena);
	weigh_themes(t, counts, o->n);
	for (i = 0; i < o->n; i++)
		if (counts[i] != NULL)
			t->nodes[i] = make_profile(t, counts[i], arena);
	return t;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t	x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

const struct match_profile *
match_themes_of(const struct match_themes *t,
    const struct match_text *const *texts, size_t n, struct arena *arena)
{
	struct match_profile	*p = arena_alloc(arena, sizeof(*p));
	uint32_t		*all;
	size_t			 i, k, n_all = 0;

	for (i = 0; i < n; i++) {
		read_themes(t, texts[i]->whole, arena);
		n_all += texts[i]->whole->n_themes;
	}
	if (n_all == 0)
		return p;
	/* a title has few of the many themes */
	all = arena_calloc(arena, n_all, sizeof(*all));
	for (i = n_all = 0; i < n; i++)
		for (k = 0; k < texts[i]->whole->n_themes; k++)
			all[n_all++] = texts[i]->whole->themes[k];
	qsort(all, n_all, sizeof(*all), by_number);
	p->parts = arena_calloc(arena, n_all, sizeof(*p->parts));
	for (i = 0; i < n_all; i = k) {
		for (k = i; k < n_all && all[k] == all[i]; k++)
			continue;
		add_part(t, p, all[i], (float)(k - i));
	}
	return p;
}

double
match_themes_like(const struct match_themes *t,
    const struct match_profile *profile, int node)
{
	const struct match_profile	*other = t->nodes[node];
	double				 both = 0;
	size_t				 i = 0, k = 0;

	if (other == NULL)
		return 0;
	while (i < profile->n && k < other->n) {
		if (profile->parts[i].theme < other->parts[k].theme)
			i++;
		else if (profile->parts[i].theme > other->parts[k].theme)
			k++;
		else
			both += (double)profile->parts[i++].much *
			    (double)other->parts[k++].much;
	}
	return both > 0 ? both /
	    (sqrt(profile->square * other->square) + COMMON) : 0;
}
