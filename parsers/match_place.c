/*
 * Headings whose words say little, by their place: between what their
 * neighbours answer, as one of as many parts, or out of order.
 */
#include "parsers/match_place.h"

#include "parsers/match_evidence.h"
#include "parsers/match_refine.h"

#define PLACE_SCORE 0.20	/* of a match by place alone */
#define MATCH_PARTS 32		/* parts of a section that are counted */
#define RESCUE_INSIDE 0.75	/* out of order, leaving its parent's */

/* ---- places that the alignment left open */

/* First and last node that line i may answer by its place. */
void
match_open_range(const struct match_job *j, size_t i, int *from, int *to)
{
	size_t	k;

	*from = 0;
	*to = (int)j->n_nodes;
	for (k = i; k-- > 0;) {
		if (j->lines[k].n_sections == 0)
			continue;
		*from = j->lines[k].sections[0] + 1;
		break;
	}
	for (k = i + 1; k < j->n_lines; k++) {
		if (j->lines[k].n_sections == 0)
			continue;
		*to = j->lines[k].sections[0];
		break;
	}
}

int
match_sibling(const struct match_job *j, size_t i, int step)
{
	int	k;

	for (k = (int)i + step; k >= 0 && k < (int)j->n_lines; k += step) {
		if (k == j->lines[i].parent)
			return -1;
		if (j->lines[k].is_sure &&
		    j->lines[k].parent == j->lines[i].parent)
			return k;
	}
	return -1;
}

bool
match_is_in_place(const struct match_job *j, size_t line)
{
	const struct match_line	*l = &j->lines[line];
	int			 step, k, d;

	for (step = -1; step <= 1; step += 2) {
		k = match_sibling(j, line, step);
		if (k < 0 || j->lines[k].node < 0)
			return false;
		d = j->lines[k].node - l->node;
		if ((d > 0) != (step > 0) || j->nodes[j->lines[k].node].parent
		    != j->nodes[l->node].parent)
			return false;
	}
	return true;
}

/* Parts of a heading and of the section it answers, counted. */
struct parts {
	size_t	lines[MATCH_PARTS];
	int	nodes[MATCH_PARTS];
	size_t	n_lines;
	size_t	n_nodes;
};

static void
count_parts(const struct match_job *j, size_t i, struct parts *p)
{
	size_t	k;
	int	node, top = j->lines[i].node;

	p->n_lines = p->n_nodes = 0;
	for (k = i + 1; k < j->lines[i].end; k++)
		if (j->lines[k].parent == (int)i && p->n_lines < MATCH_PARTS
		    && (j->lines[k].is_sure || (j->lines[k].may_take &&
		    j->lines[k].h->is_bullet && j->lines[k].h->run_in)))
			p->lines[p->n_lines++] = k;
	for (node = top + 1; node < j->nodes[top].end; node++)
		if (j->nodes[node].parent == top && j->nodes[node].is_target
		    && p->n_nodes < MATCH_PARTS)
			p->nodes[p->n_nodes++] = node;
}

/* Is, or may, the part of line i be the section's part? */
static bool
may_pair(struct match_job *j, size_t i, size_t part, int node,
    bool has_known)
{
	const struct match_line	*l = &j->lines[part];
	uint64_t		 kinds = j->unit;
	double			 e;

	if (l->n_sections > 0)
		return match_answers(l, node);
	if (j->answered[node] != -1 || l->text == NULL)
		return false;
	/* beside one that is known it is enough that nothing speaks against */
	e = match_evidence(j, part, node);
	if (has_known ? e < 0 : e <= 0)
		return false;
	/* a part for others than the heading is about */
	if (kinds == 0 && j->lines[i].text != NULL)
		kinds = j->lines[i].text->kinds;
	return kinds == 0 || j->nodes[node].text.kinds == 0 ||
	    (kinds & j->nodes[node].text.kinds) != 0 ||
	    (l->text->kinds & j->nodes[node].text.kinds) != 0;
}

/*
 * As many parts as the section has, and those that are known stand at
 * their place: the others do too.
 */
void
match_pair_equal_parts(struct match_job *j)
{
	struct parts	p;
	size_t		i, k;
	bool		fits, known;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].n_sections != 1 || !j->lines[i].is_sure)
			continue;
		count_parts(j, i, &p);
		fits = p.n_lines >= 2 && p.n_lines == p.n_nodes &&
		    p.n_lines < MATCH_PARTS;
		for (k = 0, known = false; k < p.n_lines && fits; k++)
			known = known || j->lines[p.lines[k]].n_sections > 0;
		for (k = 0; k < p.n_lines && fits; k++)
			fits = may_pair(j, i, p.lines[k], p.nodes[k], known);
		for (k = 0; k < p.n_lines && fits; k++) {
			if (j->lines[p.lines[k]].n_sections > 0)
				continue;
			j->lines[p.lines[k]].score = PLACE_SCORE;
			match_add(j, p.lines[k], p.nodes[k],
			    "as many parts in the same order");
		}
	}
}

/* ---- sections out of order */

void
match_rescue(struct match_job *j)
{
	struct match_line	*l;
	const struct match_pair	*best, *p;
	size_t			 i, k;
	int			 above;
	double			 need;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->n_sections > 0 || !l->is_sure)
			continue;
		above = match_answering_above(j, i);
		best = NULL;
		for (k = 0; k < l->n_pairs; k++) {
			p = &l->pairs[k];
			need = above < 0 ? MATCH_RESCUE_NEED :
			    !match_is_inside(j, p->node, &j->lines[above]) ?
			    RESCUE_INSIDE : MATCH_RESCUE_PART;
			if (p->s.both >= need && j->answered[p->node] == -1 &&
			    (best == NULL || p->gain > best->gain))
				best = p;
		}
		if (best == NULL)
			continue;
		l->score = best->s.both;
		match_add(j, i, best->node, "words, out of order");
	}
}
