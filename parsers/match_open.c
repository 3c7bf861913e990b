/*
 * The second look. A gap is a run of headings under one heading, without
 * sections, between two that have some; only the sections between those
 * two's are candidates. What stands in the gap is aligned in order: title,
 * themes and the text below count together, and a gap in which headings
 * and sections are as many asks for less.
 */
#include "parsers/match_open.h"

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/match_place.h"
#include "parsers/match_refine.h"

#define TITLE_THEMES 0.50	/* share of what the title is about */
#define BODY_THEMES 0.30	/* … and the text below */
#define BODY_WORDS 0.25		/* the section's telling words in it */
#define OTHER_LEVEL 0.12	/* not the depth that its place suggests */
#define OTHER_PART 0.40		/* not what the heading above is about */
#define OTHER_KINDS 0.20	/* it names other units */
#define FOREIGN_UNIT 0.60	/* … and the reporting unit is none of them */
#define OPEN_NEED 0.34		/* to be taken */
#define HOLE_NEED 0.04		/* … the only one for the only section */
#define EQUAL_NEED 0.12		/* … where headings and sections are as many */
#define FREE_NEED 0.44		/* … without a heading above that answers */
#define FAR_NEED 0.58		/* … out of order */
#define FAR_LEAD 0.10		/* before the next best */
#define CLEAR_NEED 0.36		/* … with nothing like it */
#define CLEAR_LEAD 0.20
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

/* The section's telling words that the text below the heading holds. */
static double
body_words(struct match_job *j, size_t line, int node)
{
	const struct match_text	*t = j->lines[line].body;

	if (t == NULL)
		return 0;
	match_mark(j->marks, t);
	return match_compare(j->marks, &j->nodes[node].text).head;
}

void
match_read_body(struct match_job *j, size_t line)
{
	struct match_line	*l = &j->lines[line];
	struct match_text	*t;

	if (l->below != NULL)
		return;
	if (l->h->body[0] != '\0') {
		t = arena_calloc(j->arena, 2, sizeof(*t));
		(void)match_texts(j->words, l->h->body, j->arena, t, 1);
		l->body = t;
	}
	l->below = match_themes_of_body(j->themes, j, line);
}

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
	const struct match_line	*l = &j->lines[line];
	const struct match_pair	*p = match_pair_of(l, node);
	double			 e;

	e = (p == NULL ? 0 : p->s.both) +
	    TITLE_THEMES * match_themes_like(j->themes, l->about, node) +
	    BODY_THEMES * match_themes_like(j->themes, l->below, node) +
	    BODY_WORDS * body_words(j, line, node);
	if (g->level != 0 && j->nodes[node].level != g->level)
		e -= OTHER_LEVEL;
	if (g->above >= 0 && !is_in_scope(j, &j->lines[g->above], node))
		e -= OTHER_PART;
	/* a section about some units is theirs by their names */
	if (j->nodes[node].text.kinds != 0 && j->nodes[node].level > 1 &&
	    ((l->text->kinds | j->unit) & j->nodes[node].text.kinds) == 0)
		e -= j->unit != 0 ? FOREIGN_UNIT : OTHER_KINDS;
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

static void
set_need(const struct match_job *j, struct gap *g, int above)
{
	size_t	k, n = 0;

	for (k = 0; k < g->n_nodes; k++)
		n += j->nodes[g->nodes[k]].level == g->level &&
		    (above < 0 || is_in_scope(j, &j->lines[above],
		    g->nodes[k]));
	g->need = n == 1 && g->n_lines == 1 ? HOLE_NEED :
	    n == g->n_lines ? EQUAL_NEED :
	    above < 0 && g->level > 1 ? FREE_NEED : OPEN_NEED;
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
	set_need(j, g, above);
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
	for (i = 0; i < g->n_lines; i++)
		match_read_body(j, g->lines[i]);
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
		match_read_body(j, i);
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
