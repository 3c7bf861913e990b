/*
 * The last places: one heading that answers nothing between two that do,
 * and one section left between theirs. Here little has to be said for the
 * pair, as long as nothing speaks against it.
 */
#include "parsers/match_fill.h"

#include "parsers/match_evidence.h"
#include "parsers/match_place.h"
#include "parsers/match_refine.h"

#define SOLE_NEED 0.03		/* of evidence, inside a section */
#define SOLE_NEED_TOP 0.15	/* … for a chapter, which may be an extra */
#define SOLE_SCORE 0.15

/* What stands over a heading: -1 the outline itself, -2 nothing certain. */
static int
section_above(const struct match_job *j, size_t i)
{
	int	p = j->lines[i].parent;

	if (p < 0)
		return -1;
	return j->lines[p].n_sections == 1 ? j->lines[p].node : -2;
}

/*
 * The section at the end of the gap on one side of line i, step -1 or +1:
 * what the heading beside it answers; `none` where there is none. -2 when
 * that is no part of `top`.
 */
static int
gap_end(const struct match_job *j, size_t i, int step, int top, int none)
{
	const struct match_line	*l;
	int			 k = match_sibling(j, i, step), node;

	if (k < 0)
		return none;
	l = &j->lines[k];
	if (l->n_sections == 0)
		return -2;
	node = l->sections[step < 0 ? l->n_sections - 1 : 0];
	return j->nodes[node].parent == top ? node : -2;
}

/* The one section that is left for line i; -1 for none, or more. */
static int
only_section(const struct match_job *j, size_t i)
{
	int	top = section_above(j, i), from, to, k, found = -1;

	if (top == -2)
		return -1;
	from = gap_end(j, i, -1, top, top);
	to = gap_end(j, i, 1, top, top < 0 ? (int)j->n_nodes :
	    j->nodes[top].end);
	if (from == -2 || to == -2)
		return -1;
	for (k = from + 1; k < to; k++) {
		if (j->nodes[k].parent != top || !j->nodes[k].is_target)
			continue;
		if (found != -1 || j->answered[k] != -1)
			return -1;
		found = k;
	}
	return found;
}

static double
needed(const struct match_job *j, const struct match_line *l, int node)
{
	const struct match_rank	*r = &j->nodes[node].rank;

	/* as many parts as the section says enough */
	if (l->rank.parts >= 2 && l->rank.parts == r->parts)
		return 0;
	return j->nodes[node].parent < 0 ? SOLE_NEED_TOP : SOLE_NEED;
}

void
match_fill_places(struct match_job *j)
{
	struct match_line	*l;
	size_t			 i;
	int			 node;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure || l->n_sections > 0 || l->text == NULL)
			continue;
		node = only_section(j, i);
		if (node == -1)
			continue;
		if (match_evidence(j, i, node) < needed(j, l, node))
			continue;
		l->score = SOLE_SCORE;
		match_add(j, i, node, "the only place left");
	}
}
