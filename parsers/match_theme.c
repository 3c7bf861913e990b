/*
 * Profiles over the themes of the lexicon, compared by their angle.
 */
#include "parsers/match_theme.h"

#include <math.h>

#include "parsers/arena.h"
#include "parsers/lexicon.h"
#include "parsers/themes.h"

#define GUIDANCE_SHARE 0.4f	/* of words that say what to write there */
#define PARTS_SHARE 0.3f	/* of the titles of a section's parts */
#define TITLE_SHARE 0.5f	/* of a candidate below, in a body */
#define COMMON 1.0		/* themes that all nodes have say nothing */
#define BODY_LINES 24		/* of a body that are looked at */

struct match_themes {
	const struct lexicon *lx;
	const struct themes *themes;
	size_t		 n;
	float		*weight;	/* by theme: how much it tells apart */
	float		**nodes;	/* profile of each target, else NULL */
};

static void
add_text(const struct match_themes *t, const char *text, float share,
    float *profile, struct arena *arena)
{
	struct lexicon_text	whole;

	if (*text == '\0')
		return;
	(void)lexicon_texts(t->lx, text, arena, &whole, 1);
	themes_add(t->themes, &whole, share, profile, arena);
}

/* The same word said ten times does not say ten times as much. */
static void
flatten(const struct match_themes *t, float *profile)
{
	size_t	i;

	for (i = 0; i < t->n; i++)
		profile[i] = sqrtf(profile[i]) * t->weight[i];
}

static void
weigh_themes(struct match_themes *t, size_t n_nodes)
{
	size_t	i, k, targets = 0, have;

	for (k = 0; k < n_nodes; k++)
		targets += t->nodes[k] != NULL;
	for (i = 0; i < t->n; i++) {
		for (k = have = 0; k < n_nodes; k++)
			have += t->nodes[k] != NULL && t->nodes[k][i] > 0;
		t->weight[i] = logf(((float)targets + 1.5f) /
		    ((float)have + 0.5f));
		if (t->weight[i] < 0)
			t->weight[i] = 0;
	}
}

struct match_themes *
match_themes_new(const struct outline *o, const struct match_node *nodes,
    const struct lexicon *lx, struct arena *arena)
{
	struct match_themes	*t = arena_alloc(arena, sizeof(*t));
	size_t			 i;
	int			 k;

	t->lx = lx;
	t->themes = lexicon_themes(lx);
	t->n = themes_count(t->themes);
	t->weight = arena_calloc(arena, t->n + 1, sizeof(*t->weight));
	t->nodes = arena_calloc(arena, o->n + 1, sizeof(*t->nodes));
	for (i = 0; i < o->n; i++) {
		if (!nodes[i].is_target)
			continue;
		t->nodes[i] = arena_calloc(arena, t->n + 1,
		    sizeof(*t->nodes[i]));
		themes_add(t->themes, nodes[i].text.whole, 1, t->nodes[i],
		    arena);
		for (k = (int)i + 1; k < nodes[i].end; k++)
			if (nodes[k].parent == (int)i)
				themes_add(t->themes, nodes[k].text.whole,
				    nodes[k].is_target ? PARTS_SHARE :
				    GUIDANCE_SHARE, t->nodes[i], arena);
	}
	weigh_themes(t, o->n);
	for (i = 0; i < o->n; i++)
		if (t->nodes[i] != NULL)
			flatten(t, t->nodes[i]);
	return t;
}

const float *
match_themes_of_title(const struct match_themes *t,
    const struct match_line *l, struct arena *arena)
{
	float	*profile = arena_calloc(arena, t->n + 1, sizeof(*profile));

	themes_add(t->themes, l->text->whole, 1, profile, arena);
	flatten(t, profile);
	return profile;
}

const float *
match_themes_of_body(const struct match_themes *t, const struct match_job *j,
    size_t line)
{
	float	*profile = arena_calloc(j->arena, t->n + 1, sizeof(*profile));
	size_t	 i;

	if (j->lines[line].body != NULL)
		themes_add(t->themes, j->lines[line].body->whole, 1, profile,
		    j->arena);
	for (i = line + 1; i < j->n_lines && i < line + BODY_LINES; i++) {
		if (i >= j->lines[line].end && j->lines[i].is_sure)
			break;
		if (j->lines[i].text != NULL)
			themes_add(t->themes, j->lines[i].text->whole,
			    TITLE_SHARE, profile, j->arena);
		add_text(t, j->lines[i].h->body, TITLE_SHARE, profile,
		    j->arena);
	}
	flatten(t, profile);
	return profile;
}

double
match_themes_like(const struct match_themes *t, const float *profile,
    int node)
{
	const float	*other = t->nodes[node];
	double		 both = 0, a = 0, b = 0;
	size_t		 i;

	for (i = 0; i < t->n && other != NULL; i++) {
		both += (double)profile[i] * (double)other[i];
		a += (double)profile[i] * (double)profile[i];
		b += (double)other[i] * (double)other[i];
	}
	return both > 0 ? both / (sqrt(a * b) + COMMON) : 0;
}
