/*
 * The order-preserving alignment of a report's headings with an outline's
 * nodes. Both run in document order, so an ancestor comes before its parts
 * on either side and the alignment keeps parentage where both have it.
 */
#include "parsers/match_align.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/label.h"
#include "parsers/match_evidence.h"
#include "parsers/match_index.h"
#include "parsers/match_theme.h"

/* What a pair must score to be taken, by how sure the heading is. */
#define NEED_SURE 0.38
#define NEED_LIKELY 0.62	/* confidence from LIKELY on */
#define NEED_WEAK 0.70
#define LIKELY 25
#define WORTH 0.12		/* pairs below are not kept */
#define SLACK 0.999		/* for what rounding may do to a bound */

#define LEVEL_SAME 0.10
#define LEVEL_STEP 0.05
#define FLAT_SHARE 0.3
#define KINDS_AGREE 0.10
#define KINDS_DIFFER 0.18
#define THEMES_ALIKE 0.20	/* both about the same */
#define UNIT_AGREE 0.05
#define UNIT_DIFFER 0.06
#define LABEL_SAME 0.015
#define KINDS_NEED 0.40		/* words that say more than whom it names */
#define KINDS_ALONE 0.30	/* score of naming the same units, no more */

const struct match_pair *
match_pair_of(const struct match_line *l, int node)
{
	size_t	i;

	for (i = 0; i < l->n_pairs; i++)
		if (l->pairs[i].node == node)
			return &l->pairs[i];
	return NULL;
}

bool
match_is_below(const struct match_job *j, int node, int top)
{
	return node >= top && node < j->nodes[top].end;
}

bool
match_answers(const struct match_line *l, int node)
{
	size_t	i;

	for (i = 0; i < l->n_sections; i++)
		if (l->sections[i] == node)
			return true;
	return false;
}

bool
match_add(struct match_job *j, size_t line, int node, const char *why)
{
	struct match_line	*l = &j->lines[line];
	size_t			 i;

	if (match_answers(l, node))
		return true;
	if (l->n_sections == MATCH_SECTIONS)
		return false;
	/* in the order of the outline */
	for (i = l->n_sections; i > 0 && l->sections[i - 1] > node; i--)
		l->sections[i] = l->sections[i - 1];
	l->sections[i] = node;
	l->n_sections++;
	if (l->node == -1)
		l->node = node;
	if (l->why == NULL)
		l->why = why;
	if (j->answered[node] == -1 || j->answered[node] > (int)line)
		j->answered[node] = (int)line;
	return true;
}

void
match_take_away(struct match_job *j, size_t line)
{
	struct match_line	*l = &j->lines[line];
	size_t			 i, k;

	for (i = 0; i < l->n_sections; i++) {
		if (j->answered[l->sections[i]] != (int)line)
			continue;
		j->answered[l->sections[i]] = -1;
		for (k = 0; k < j->n_lines; k++)
			if (k != line && match_answers(&j->lines[k],
			    l->sections[i]))
				j->answered[l->sections[i]] = (int)k;
	}
	l->n_sections = 0;
	l->node = -1;
	l->score = 0;
	l->why = NULL;
}

/* ---- pairs */

static double
level_bonus(const struct match_job *j, const struct match_line *l,
    const struct match_node *n, int shift)
{
	int	d = abs((int)l->h->level + shift - (int)n->level);
	double	bonus;

	if (!l->is_sure)
		return 0;
	bonus = d == 0 ? LEVEL_SAME : -LEVEL_STEP * (d > 3 ? 3 : d);
	/* a report all on one level says little by it */
	return j->is_flat ? bonus * FLAT_SHARE : bonus;
}

static double
kinds_bonus(const struct match_job *j, const struct match_text *t,
    const struct match_node *n)
{
	double	bonus = 0;

	if (n->text.kinds == 0 || n->level == 1)
		return 0;
	if (t->kinds != 0)
		return (t->kinds & n->text.kinds) != 0 ? KINDS_AGREE :
		    -KINDS_DIFFER;
	if (j->unit != 0)
		bonus = (j->unit & n->text.kinds) != 0 ? UNIT_AGREE :
		    -UNIT_DIFFER;
	return bonus;
}

static double
theme_bonus(struct match_job *j, size_t line, const struct match_pair *p,
    double most)
{
	/* the outline's own words are about the same */
	if (most >= MATCH_VERBATIM)
		return p->s.both >= MATCH_VERBATIM ? THEMES_ALIKE : 0;
	return THEMES_ALIKE * match_themes_like(j->themes,
	    match_title_about(j, line), p->node);
}

struct match_label
match_label_of(const char *s)
{
	struct match_label	out = { LABEL_NONE, 0 };
	struct label		l;

	/* a dash is a bullet's */
	if (*s != '\0' && *s != '-' && label_parse(s, &l) &&
	    l.kind != LABEL_BULLET) {
		out.kind = l.kind;
		out.value = label_value(&l);
	}
	return out;
}

/* The printed number settles nothing but a tie. */
static double
label_bonus(struct match_label a, struct match_label b)
{
	return a.kind != LABEL_NONE && a.kind == b.kind &&
	    a.value == b.value ? LABEL_SAME : 0;
}

static double
needed(const struct match_line *l)
{
	if (l->is_sure)
		return NEED_SURE;
	return l->h->confidence >= LIKELY ? NEED_LIKELY : NEED_WEAK;
}

/* May a comparison say that the pair is worth keeping? */
static bool
may_be_worth(const struct match_bound *b)
{
	double	node = b->node, heading = b->heading;

	return b->node > 0 && 2 * node * heading >=
	    SLACK * WORTH * (node + heading);
}

/* Compares one reading of a line with every node. */
static size_t
pairs_of(struct match_job *j, struct match_line *l,
    const struct match_text *t, struct match_pair *out, double *best)
{
	const struct match_node	*node;
	struct match_label	label;
	struct match_score	s;
	const int		*targets;
	bool			same;
	size_t			i, k, n_targets, n = 0;

	match_mark(j->marks, t);
	match_index_bounds(j->targets, j->marks, t, j->bounds);
	*best = 0;
	targets = match_index_nodes(j->targets, &n_targets);
	for (i = 0; i < n_targets; i++) {
		node = &j->nodes[targets[i]];
		same = (t->kinds & node->text.kinds) != 0 && node->level > 1;
		if (!same && !may_be_worth(&j->bounds[targets[i]]))
			continue;
		s = match_compare(j->marks, &node->text);
		if (s.both < WORTH && !same)
			continue;
		out[n].node = targets[i];
		out[n++].s = s;
		if (s.both > *best)
			*best = s.both;
	}
	if (n == 0)
		return 0;
	label = match_label_of(l->h->label);
	for (i = k = 0; i < n; i++) {
		node = &j->nodes[out[i].node];
		same = (t->kinds & node->text.kinds) != 0 && node->level > 1;
		/* whom it names counts where its words say nothing */
		if (same && *best < KINDS_NEED &&
		    out[i].s.both < KINDS_ALONE)
			out[i].s.both = KINDS_ALONE;
		if (out[i].s.both < WORTH)
			continue;
		out[k] = out[i];
		out[k].gain = out[k].s.both - needed(l) +
		    level_bonus(j, l, node, 0) + kinds_bonus(j, t, node) +
		    label_bonus(label, node->label);
		k++;
	}
	return k;
}

void
match_pairs(struct match_job *j)
{
	struct match_pair	*pairs;
	struct match_line	*l;
	const struct match_text	*t;
	size_t			 i, n, readings;
	double			 best, top;

	pairs = arena_calloc(j->arena, j->n_nodes, sizeof(*pairs));
	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->text == NULL)
			continue;
		t = l->text;
		top = -1;
		/* readings lie one behind the other, ended by an empty one */
		for (readings = 0; t[readings].words != NULL; readings++) {
			n = pairs_of(j, l, &t[readings], pairs, &best);
			if (best <= top)
				continue;
			top = best;
			l->text = &t[readings];
			l->n_pairs = n;
			l->pairs = arena_calloc(j->arena, n, sizeof(*pairs));
			if (n > 0)
				memcpy(l->pairs, pairs, n * sizeof(*pairs));
		}
		for (n = 0; l->is_sure && n < l->n_pairs; n++)
			l->pairs[n].gain += theme_bonus(j, i, &l->pairs[n],
			    top);
	}
}

void
match_shift_levels(struct match_job *j, int from, int to)
{
	struct match_line	*l;
	const struct match_node	*node;
	size_t			 i, k;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		for (k = 0; k < l->n_pairs && l->is_sure; k++) {
			node = &j->nodes[l->pairs[k].node];
			l->pairs[k].gain += level_bonus(j, l, node, to) -
			    level_bonus(j, l, node, from);
		}
	}
}

/* ---- the alignment */

/* One step of a chain: a line on a node, and what came before. */
struct step {
	double	value;
	int	line;
	int	node;
	int	before;		/* number of the step before, -1 */
};

struct match_chain {
	struct step	*steps;
	size_t		 n;
	size_t		 cap;
	int		*upto;	/* by node: best step before it, -1 */
};

static void
add_step(struct match_job *j, struct match_chain *c, int line,
    const struct match_pair *p)
{
	int	before = c->upto[p->node];

	c->steps = arena_grow(j->arena, c->steps, c->n, &c->cap,
	    sizeof(*c->steps));
	c->steps[c->n].line = line;
	c->steps[c->n].node = p->node;
	c->steps[c->n].before = before;
	c->steps[c->n].value = p->gain +
	    (before >= 0 ? c->steps[before].value : 0);
	c->n++;
}

/* Does step a end a better chain than b, or the same earlier? */
static bool
is_better(const struct match_chain *c, int a, int b)
{
	const struct step	*x = &c->steps[a], *y;

	if (b < 0)
		return true;
	y = &c->steps[b];
	return x->value > y->value ||
	    (x->value == y->value && x->node < y->node);
}

/* The chain of the job, which keeps its memory, with nothing in it. */
static struct match_chain *
empty_chain(struct match_job *j)
{
	struct match_chain	*c = j->chain;
	size_t			 i;

	if (c == NULL) {
		c = j->chain = arena_alloc(j->arena, sizeof(*c));
		c->upto = arena_calloc(j->arena, j->n_nodes + 1,
		    sizeof(*c->upto));
	}
	c->n = 0;
	for (i = 0; i <= j->n_nodes; i++)
		c->upto[i] = -1;
	return c;
}

double
match_align(struct match_job *j, const struct match_range *r, bool apply)
{
	struct match_chain *c = empty_chain(j);
	struct match_line *l;
	struct match_pair *p;
	size_t		 i, k, from;
	double		 value;
	int		 best, node;

	for (i = r->line; i < r->line_end; i++) {
		l = &j->lines[i];
		if (!l->may_take)
			continue;
		from = c->n;
		for (k = 0; k < l->n_pairs; k++) {
			p = &l->pairs[k];
			if (p->gain > 0 && p->node >= r->node &&
			    p->node < r->node_end)
				add_step(j, c, (int)i, p);
		}
		/* the line's own steps count from the next line on */
		for (k = from; k < c->n; k++)
			for (node = c->steps[k].node + 1; node <= r->node_end &&
			    is_better(c, (int)k, c->upto[node]); node++)
				c->upto[node] = (int)k;
	}
	best = c->upto[r->node_end];
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): it has steps */
	value = best < 0 ? 0 : c->steps[best].value;
	for (; apply && best >= 0; best = c->steps[best].before) {
		l = &j->lines[c->steps[best].line];
		l->node = c->steps[best].node;
		l->score = match_pair_of(l, l->node)->s.both;
		match_add(j, (size_t)c->steps[best].line, l->node,
		    "words and order");
	}
	return value;
}
