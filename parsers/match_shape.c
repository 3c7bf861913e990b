/*
 * The alignment by shape. Matches that words alone make good stay; what
 * lies between two of them is a stretch of headings and a stretch of
 * sections. A chain of pairs through both is sought in order, where each
 * pair counts by what heading and text say, and each step from one pair to
 * the next by whether report and outline go the same way: down to a first
 * part, on to the next one, or up again, and past how many on either side.
 */
#include "parsers/match_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/match_evidence.h"

#define ANCHOR 0.9		/* score of a match that stays */
#define STRETCH_MOST 64		/* headings or sections of a stretch */
#define WINDOW 12		/* headings that a step may go on */

#define NEED 0.30		/* of evidence, before shape */
#define START_SAME 0.08		/* the first one, on its level */
#define DOWN_SAME 0.12		/* both go down */
#define NEXT_SAME 0.10		/* both go on, or up as far */
#define STEP_DIFFERS 0.20	/* by one level */
#define FLATTENED 0.08		/* only the outline goes down */
#define FLAT_DOWN 0.04		/* … in a report all on one level */
#define STRAYS 0.40		/* not inside what the heading above answers */
#define SKIP_SECTION 0.06	/* a section that nothing answers */
#define SKIP_ABOVE 0.06		/* … whose part is answered */
#define SKIP_PART 0.03		/* … in a heading that has parts */
#define SKIP_LINE 0.05		/* a heading that answers nothing */
#define REGRET 0.2		/* … of evidence for another section */
#define SAYS_LITTLE 0.15	/* less evidence counts against a pair */
#define NOTHING_SAID 0.1
#define UNWORDED 0.34		/* most that a match is worth to others
				   without words of the title */
#define SAME_SHAPE 0.30		/* … in a report of the same shape … */
#define CONTRADICTS 0.15	/* … unless another section has so much more */
#define SAME_RANK 0.08		/* the same one of as many */
#define SPLIT 0.4		/* one section under two headings */
#define AS_MANY 0.10		/* as many parts on both sides */

/* The best chain that ends with a heading on a section. */
struct state {
	double	value;
	double	most;		/* of the line, up to this section */
	int	before_line;	/* in the stretch; -1 the start */
	int	before_node;
	int	above_line;	/* nearest heading over this one that */
	int	above_node;	/* the chain has; -1 none */
};

/* Headings and sections between two good matches. */
struct stretch {
	struct match_job *j;
	size_t	lines[STRETCH_MOST];
	size_t	n_lines;
	int	nodes[STRETCH_MOST];
	size_t	n_nodes;
	int	from_line;	/* the good match before, -1 none */
	int	from_node;
	int	to_line;	/* … and behind */
	int	to_node;
	int	top;		/* level of the range's outermost sections */
	int	end;		/* first node behind the range */
	struct state *states;
	float	*skipped[2];	/* see weigh_skips() */
};

/* ---- what stands over a heading */

static struct state *
state_at(const struct stretch *s, int line, int node)
{
	return &s->states[(size_t)line * s->n_nodes + (size_t)node];
}

/* What the nearest heading over the stretch's line b answers, -1 nothing. */
static int
node_over(const struct stretch *s, int a, int k, int b, struct state *out)
{
	const struct match_job	*j = s->j;
	const struct state	*x;
	int			 p, line = (int)s->lines[b];

	while (a >= 0 && j->lines[s->lines[a]].end <= (size_t)line) {
		x = state_at(s, a, k);
		a = x->above_line;
		k = x->above_node;
	}
	out->above_line = a;
	out->above_node = k;
	if (a >= 0)
		return s->nodes[k];
	for (p = j->lines[line].parent; p > s->from_line;
	    p = j->lines[p].parent)
		continue;
	for (; p >= 0; p = j->lines[p].parent)
		if (j->lines[p].n_sections > 0)
			return j->lines[p].node;
	return -1;
}

/* ---- the cost of a step */

/* Sections passed over between two that are answered. */
static double
skipped_nodes(const struct match_job *j, int from, int to, int end,
    bool has_parts)
{
	double	sum = 0;
	int	s, above;

	for (s = from + 1; s < (to < 0 ? end : to); s++) {
		if (!j->nodes[s].is_target)
			continue;
		above = j->nodes[s].parent;
		if (to >= 0 && match_is_below(j, to, s))
			/* NOLINTNEXTLINE(bugprone-branch-clone): equal now */
			sum += SKIP_ABOVE;
		else if (from >= 0 && match_is_below(j, s, from))
			sum += has_parts ? SKIP_PART : 0;
		else if (above <= from || (to >= 0 &&
		    match_is_below(j, to, above)))
			sum += SKIP_SECTION;
	}
	return sum;
}

/* Headings passed over; those that divide a section further are free. */
static double
skipped_lines(const struct stretch *s, int from, int from_node, size_t a,
    size_t b)
{
	const struct match_job	*j = s->j;
	double			 sum = 0;
	bool			 is_leaf;

	is_leaf = from_node >= 0 && j->nodes[from_node].rank.parts == 0;
	for (; a < b; a++)
		if (from < 0 || !is_leaf ||
		    s->lines[a] >= j->lines[from].end)
			sum += SKIP_LINE;
	return sum;
}

/* Do report and outline go the same way? */
static double
same_way(const struct stretch *s, int l0, int n0, int l1, int n1)
{
	const struct match_job	*j = s->j;
	bool			 line_down, node_down;
	int			 d;

	if (l1 < 0)
		return 0;
	if (l0 < 0) {
		d = (int)j->lines[l1].depth + s->top - (int)j->nodes[n1].level;
		return d == 0 ? START_SAME : -STEP_DIFFERS * abs(d);
	}
	line_down = (size_t)l1 < j->lines[l0].end;
	node_down = match_is_below(j, n1, n0);
	if (line_down && !node_down)
		return 0;
	if (node_down && !line_down)
		return j->is_flat ? -FLAT_DOWN : -FLATTENED;
	d = (int)j->lines[l1].depth - (int)j->lines[l0].depth -
	    ((int)j->nodes[n1].level - (int)j->nodes[n0].level);
	if (d == 0)
		return line_down ? DOWN_SAME : NEXT_SAME;
	return j->is_flat ? 0 : -STEP_DIFFERS * abs(d);
}

/* Of the step from line a on node k0 (-1: the start) to line b, node k1. */
static double
step_worth(const struct stretch *s, int a, int k0, int b, int k1)
{
	int	l0 = a < 0 ? s->from_line : (int)s->lines[a];
	int	l1 = b == (int)s->n_lines ? s->to_line : (int)s->lines[b];
	int	n0 = k0 < 0 ? s->from_node : s->nodes[k0];
	int	n1 = k1 == (int)s->n_nodes ? s->to_node : s->nodes[k1];
	bool	has_parts = l0 >= 0 && s->j->lines[l0].rank.parts > 0;

	if (k0 == k1)
		return -SPLIT;
	return same_way(s, l0, n0, l1, n1) -
	    s->skipped[has_parts][((size_t)k0 + 1) * (s->n_nodes + 1) +
	    (size_t)k1] - skipped_lines(s, l0, n0, (size_t)a + 1,
	    (size_t)b);
}

/* What it costs to pass over sections, for each pair of ends. */
static void
weigh_skips(struct stretch *s)
{
	size_t	n = s->n_nodes, i, k;
	int	from, to, parts;
	float	*all;

	for (parts = 0; parts < 2; parts++) {
		all = arena_calloc(s->j->arena, (n + 1) * (n + 1),
		    sizeof(*all));
		for (i = 0; i <= n; i++) {
			from = i > 0 ? s->nodes[i - 1] : s->from_node >= 0 ?
			    s->from_node : s->nodes[0] - 1;
			for (k = i; k <= n; k++) {
				to = k < n ? s->nodes[k] : s->to_node;
				all[i * (n + 1) + k] = (float)skipped_nodes(
				    s->j, from, to, s->end, parts > 0);
			}
		}
		s->skipped[parts] = all;
	}
}

/* ---- the chain */

/* One of as many, and the same one of them? */
static bool
has_same_rank(const struct match_rank *a, const struct match_rank *b)
{
	return a->beside > 1 && a->beside == b->beside && a->rank == b->rank;
}

/* The same one of as many, and so all above them? */
static bool
has_same_path(const struct match_job *j, int line, int node)
{
	while (line >= 0 && node >= 0) {
		if (!has_same_rank(&j->lines[line].rank,
		    &j->nodes[node].rank))
			return false;
		line = j->lines[line].parent;
		node = j->nodes[node].parent;
	}
	return line < 0 && node < 0;
}

static double
pair_worth(const struct stretch *s, size_t line, int node, double e,
    double most)
{
	const struct match_rank	*a = &s->j->lines[line].rank;
	const struct match_rank	*b = &s->j->nodes[node].rank;
	double			 w = e - NEED - REGRET * (most - e);

	if (e < SAYS_LITTLE)
		w -= NOTHING_SAID * (1 - e / SAYS_LITTLE);
	if (a->parts >= 2 && a->parts == b->parts)
		w += AS_MANY;
	if (has_same_rank(a, b))
		w += SAME_RANK;
	if (s->j->has_shape && most - e < CONTRADICTS &&
	    has_same_path(s->j, (int)line, node))
		w += SAME_SHAPE;
	return w;
}

/* What line i of the stretch, on each section, is worth by itself. */
static void
weigh_pairs(const struct stretch *s, size_t i, double *e)
{
	double	most = 0;
	size_t	k;

	for (k = 0; k < s->n_nodes; k++) {
		e[k] = match_evidence(s->j, s->lines[i], s->nodes[k]);
		if (e[k] > most)
			most = e[k];
	}
	for (k = 0; k < s->n_nodes; k++)
		e[k] = pair_worth(s, s->lines[i], s->nodes[k], e[k], most);
}

/* May line b go on with what line a tells? */
static bool
is_second_part(const struct stretch *s, int a, int b)
{
	return a >= 0 && a + 1 == b && b < (int)s->n_lines &&
	    s->j->lines[s->lines[a]].parent ==
	    s->j->lines[s->lines[b]].parent;
}

/* The best state to come from to line b (n_lines: the end) and node k1. */
static struct state
best_before(const struct stretch *s, int b, int k1)
{
	struct state	best, x;
	int		a, k, over;
	int		last = b > WINDOW ? b - WINDOW : -1;
	int		n = (int)s->n_nodes;

	memset(&best, 0, sizeof(best));
	memset(&x, 0, sizeof(x));
	best.value = -HUGE_VAL;
	for (a = b - 1; a >= last; a--) {
		/* no step is worth more */
		if (a >= 0 && state_at(s, a, k1 < n ? k1 : n - 1)->most +
		    DOWN_SAME <= best.value)
			continue;
		for (k = a < 0 ? -1 : 0; k <= (a < 0 ? -1 : k1); k++) {
			if (k == k1 && !is_second_part(s, a, b))
				continue;
			x.value = a < 0 ? 0 : state_at(s, a, k)->value;
			if (x.value + DOWN_SAME <= best.value)
				continue;
			x.value += step_worth(s, a, k, b, k1);
			if (x.value <= best.value)
				continue;
			x.before_line = a;
			x.before_node = k;
			x.above_line = x.above_node = -1;
			if (b < (int)s->n_lines) {
				over = node_over(s, a, k, b, &x);
				if (over >= 0 && !match_is_below(s->j,
				    s->nodes[k1], over))
					x.value -= STRAYS;
			}
			if (x.value > best.value)
				best = x;
		}
	}
	return best;
}

/* Of a match that is made by more than the title's words. */
static double
score_of(struct match_job *j, size_t line, int node)
{
	const struct match_pair	*p = match_pair_of(&j->lines[line], node);
	double			 e;

	if (p != NULL && p->s.both > UNWORDED)
		return p->s.both;
	e = match_evidence(j, line, node);
	return e > UNWORDED ? UNWORDED : e < 0 ? 0 : e;
}

static void
take_chain(const struct stretch *s, int a, int k)
{
	struct match_job	*j = s->j;
	const struct state	*x;
	size_t			 line;

	while (a >= 0) {
		x = &s->states[(size_t)a * s->n_nodes + (size_t)k];
		line = s->lines[a];
		j->lines[line].score = score_of(j, line, s->nodes[k]);
		match_add(j, line, s->nodes[k], MATCH_WHY_ABOUT);
		a = x->before_line;
		k = x->before_node;
	}
}

/* Worth of the best chain through a stretch; takes it, or not. */
static double
align_stretch(struct stretch *s, bool apply)
{
	struct state	best, *x;
	double		worth[STRETCH_MOST];
	size_t		i, k;

	s->states = arena_calloc(s->j->arena, s->n_lines * s->n_nodes,
	    sizeof(*s->states));
	weigh_skips(s);
	for (i = 0; i < s->n_lines; i++) {
		weigh_pairs(s, i, worth);
		for (k = 0; k < s->n_nodes; k++) {
			x = state_at(s, (int)i, (int)k);
			*x = best_before(s, (int)i, (int)k);
			x->value += worth[k];
			x->most = k > 0 && x[-1].most > x->value ?
			    x[-1].most : x->value;
		}
	}
	best = best_before(s, (int)s->n_lines, (int)s->n_nodes);
	for (i = 0; i < s->n_lines && apply; i++)
		match_take_away(s->j, s->lines[i]);
	if (apply)
		take_chain(s, best.before_line, best.before_node);
	return best.value;
}

/* ---- stretches */

static void
collect_sections(struct stretch *s, const struct match_range *r)
{
	int	k = s->from_node < 0 ? r->node : s->from_node + 1;
	int	end = s->to_node < 0 ? r->node_end : s->to_node;

	s->n_nodes = 0;
	for (; k < end && s->n_nodes < STRETCH_MOST; k++)
		if (s->j->nodes[k].is_target)
			s->nodes[s->n_nodes++] = k;
}

static void
begin(struct stretch *s, struct match_job *j, const struct match_range *r)
{
	memset(s, 0, sizeof(*s));
	s->j = j;
	s->from_line = s->from_node = s->to_line = s->to_node = -1;
	/* a letter may have no outline at all */
	if (r->node < r->node_end)
		s->top = j->nodes[r->node].level;
	s->end = r->node_end;
}

static void
add_line(struct stretch *s, size_t i)
{
	const struct match_line	*l = &s->j->lines[i];

	if (l->is_sure && l->may_take && l->text != NULL &&
	    s->n_lines < STRETCH_MOST)
		s->lines[s->n_lines++] = i;
}

static void
end_stretch(struct stretch *s, const struct match_range *r, int line)
{
	s->to_line = line;
	s->to_node = line < 0 ? -1 : s->j->lines[line].node;
	collect_sections(s, r);
	if (s->n_lines > 0 && s->n_nodes > 0)
		(void)align_stretch(s, true);
	s->from_line = s->to_line;
	s->from_node = s->to_node;
	s->n_lines = 0;
}

void
match_shape(struct match_job *j, const struct match_range *r)
{
	struct stretch	s;
	struct match_line *l;
	size_t		i;

	begin(&s, j, r);
	for (i = r->line; i < r->line_end; i++) {
		l = &j->lines[i];
		if (l->n_sections > 0 && (!l->is_sure || l->score >= ANCHOR))
			end_stretch(&s, r, (int)i);
		else
			add_line(&s, i);
	}
	end_stretch(&s, r, -1);
}

double
match_shape_worth(struct match_job *j, const struct match_range *r)
{
	struct stretch	s;
	size_t		i;

	begin(&s, j, r);
	for (i = r->line; i < r->line_end; i++)
		add_line(&s, i);
	collect_sections(&s, r);
	return s.n_lines == 0 || s.n_nodes == 0 ? 0 :
	    align_stretch(&s, false);
}
