/*
 * The second look. A gap is a run of headings under one heading, without
 * sections, between two that have some; only the sections between those
 * two's are candidates. What stands in the gap is aligned in order: title,
 * themes and the text below count together.
 */
#include "parsers/match_open.h"

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/match_evidence.h"
#include "parsers/match_place.h"
#include "parsers/match_refine.h"

#define OTHER_LEVEL 0.12	/* not the depth that its place suggests */
#define OTHER_PART 0.40		/* not what the heading above is about */
#define OPEN_NEED 0.32		/* to be taken */
#define FREE_NEED 0.44	/* … without a heading above that answers */
#define FAR_NEED 0.58		/* … out of order */
#define FAR_LEAD 0.10		/* before the next best */
#define CLEAR_NEED 0.36		/* … with nothing like it */
#define CLEAR_LEAD 0.20
#define NEAR_NEED 0.22	/* … inside what the heading above answers */
#define NEAR_LEAD 0.10
#define FAR_SCORE 0.30
#define GAP_MOST 64		/* headings or sections of a gap */

struct gap {
	size_t	lines[GAP_MOST];
	size_t	n_lines;
	int	nodes[GAP_MOST];
	size_t	n_nodes;
	int	level;		/* depth that the place suggests; 0 any */
	int	above;		/* line over the gap that answers, -1 none */
	double	need;
};

/* ---- evidence */

/*
 * Is node in what the heading above is about? One that answers a section
 * and one part of it is about that part.
 */
static bool
is_in_scope(const struct match_job *j, const struct match_line *above,
    int node)
{
	size_t	i, k;
	bool	has_part;

	for (i = 0; i < above->n_sections; i++) {
		has_part = false;
		for (k = 0; k < above->n_sections; k++)
			has_part = has_part || (k != i && match_is_below(j,
			    above->sections[k], above->sections[i]));
		if (!has_part && match_is_below(j, node, above->sections[i]))
			return true;
	}
	return false;
}

static double
evidence(struct match_job *j, const struct gap *g, size_t line, int node)
{
	double	e = match_evidence(j, line, node);

	if (g->level != 0 && j->nodes[node].level != g->level)
		e -= OTHER_LEVEL;
	if (g->above >= 0 && !is_in_scope(j, &j->lines[g->above], node))
		e -= OTHER_PART;
	return e;
}

/* ---- gaps */

/* Nodes from..to-1 that line i of a gap may answer. */
static void
collect_nodes(const struct match_job *j, struct gap *g, int above, int from,
    int to)
{
	int	k, level = 0;

	g->n_nodes = 0;
	for (k = from; k < to && g->n_nodes < GAP_MOST; k++) {
		if (!j->nodes[k].is_target || j->answered[k] != -1)
			continue;
		if (above >= 0 && !match_is_inside(j, k, &j->lines[above]))
			continue;
		if (level == 0 || j->nodes[k].level < level)
			level = j->nodes[k].level;
		g->nodes[g->n_nodes++] = k;
	}
	g->level = level;
	g->above = above;
}

/* The gap that begins at line i. */
static void
find_gap(const struct match_job *j, size_t i, struct gap *g)
{
	int	next = (int)i, from, to, k;
	int	above = match_answering_above(j, i);

	g->n_lines = 0;
	while (next >= 0 && j->lines[next].n_sections == 0 &&
	    g->n_lines < GAP_MOST) {
		g->lines[g->n_lines++] = (size_t)next;
		next = match_sibling(j, (size_t)next, 1);
	}
	match_open_range(j, i, &from, &to);
	match_open_range(j, g->lines[g->n_lines - 1], &k, &to);
	collect_nodes(j, g, above, from, to);
	g->need = above < 0 && g->level > 1 ? FREE_NEED : OPEN_NEED;
}

/* ---- the alignment of a gap */

struct cell {
	double	value;
	double	e;		/* evidence of taking the pair */
	bool	take;
};

static void
take_gap(struct match_job *j, const struct gap *g, struct cell *c)
{
	size_t	rows = g->n_lines, columns = g->n_nodes, i, k;

	for (i = k = 0; i < rows && k < columns;) {
		const struct cell *x = &c[i * (columns + 1) + k];

		if (x->take) {
			j->lines[g->lines[i]].score = x->e > 1 ? 1 : x->e;
			match_add(j, g->lines[i], g->nodes[k],
			    MATCH_WHY_ABOUT);
			i++;
			k++;
		} else if (x->value <= c[(i + 1) * (columns + 1) + k].value)
			i++;
		else
			k++;
	}
}

static void
fill_gap(struct match_job *j, const struct gap *g)
{
	size_t		columns = g->n_nodes, i, k;
	struct cell	*c, *x;
	double		 skip, take;

	c = arena_calloc(j->arena, (g->n_lines + 1) * (columns + 1),
	    sizeof(*c));
	for (i = g->n_lines; i-- > 0;) {
		for (k = columns; k-- > 0;) {
			x = &c[i * (columns + 1) + k];
			skip = c[(i + 1) * (columns + 1) + k].value;
			if (c[i * (columns + 1) + k + 1].value > skip)
				skip = c[i * (columns + 1) + k + 1].value;
			x->e = evidence(j, g, g->lines[i], g->nodes[k]);
			take = x->e - g->need +
			    c[(i + 1) * (columns + 1) + k + 1].value;
			x->take = x->e > g->need && take > skip;
			x->value = x->take ? take : skip;
		}
	}
	take_gap(j, g, c);
}

/* No report has so many headings that fit nothing; a flood has. */
static bool
is_flood(const struct match_job *j)
{
	size_t	i, n = 0;

	for (i = 0; i < j->n_lines; i++)
		n += j->lines[i].is_sure && j->lines[i].n_sections == 0;
	return n > LIMIT_OPEN_HEADINGS;
}

/* ---- out of order */

/* The section that an open heading is clearly about; -1 none. */
static int
far_section(struct match_job *j, size_t line, struct gap *g)
{
	double	e, best = 0, second = 0;
	int	k, found = -1;

	g->above = match_answering_above(j, line);
	g->level = g->above < 0 ? 0 : j->nodes[j->lines[g->above].node].level
	    + 1;
	for (k = 0; k < (int)j->n_nodes; k++) {
		if (!j->nodes[k].is_target || j->answered[k] != -1 ||
		    (g->above >= 0 && !match_is_inside(j, k,
		    &j->lines[g->above])))
			continue;
		e = evidence(j, g, line, k);
		if (e > best) {
			second = best;
			best = e;
			found = k;
		} else if (e > second)
			second = e;
	}
	if (g->above >= 0 && best >= NEAR_NEED && best - second >= NEAR_LEAD)
		return found;
	return (best >= FAR_NEED && best - second >= FAR_LEAD) ||
	    (best >= CLEAR_NEED && best - second >= CLEAR_LEAD) ? found : -1;
}

void
match_reach_far(struct match_job *j)
{
	struct gap	g = { .n_lines = 0 };
	size_t		i;
	int		node;

	if (is_flood(j))
		return;
	for (i = 0; i < j->n_lines; i++) {
		if (!j->lines[i].is_sure || j->lines[i].n_sections > 0 ||
		    j->lines[i].text == NULL)
			continue;
		node = far_section(j, i, &g);
		if (node < 0)
			continue;
		j->lines[i].score = FAR_SCORE;
		match_add(j, i, node, "what the text is about");
	}
}

void
match_open_places(struct match_job *j)
{
	struct gap	g;
	size_t		i;
	int		before;

	if (is_flood(j))
		return;
	for (i = 0; i < j->n_lines; i++) {
		if (!j->lines[i].is_sure || j->lines[i].n_sections > 0 ||
		    j->lines[i].text == NULL)
			continue;
		before = match_sibling(j, i, -1);
		if (before >= 0 && j->lines[before].n_sections == 0)
			continue;	/* inside a gap, not its begin */
		find_gap(j, i, &g);
		if (g.n_nodes > 0)
			fill_gap(j, &g);
	}
}
