/*
 * Repairs and completions after the alignment. Each step looks at one way
 * in which people depart from an outline; none knows its words.
 */
#include "parsers/match_refine.h"

#include "parsers/match_fill.h"
#include "parsers/match_guidance.h"
#include "parsers/match_merge.h"
#include "parsers/match_open.h"
#include "parsers/match_own.h"
#include "parsers/match_parts.h"
#include "parsers/match_place.h"

#define WRAPPED_LEAST 2		/* chapters below a wrapping heading */

int
match_answering_above(const struct match_job *j, size_t line)
{
	int	p = j->lines[line].parent;

	while (p >= 0 && j->lines[p].n_sections == 0)
		p = j->lines[p].parent;
	return p;
}

bool
match_is_inside(const struct match_job *j, int node, const struct match_line *l)
{
	size_t	i;

	for (i = 0; i < l->n_sections; i++)
		if (match_is_below(j, node, l->sections[i]))
			return true;
	return false;
}

bool
match_kinds_conflict(const struct match_job *j, const struct match_line *l,
    int node)
{
	uint64_t	kinds = j->nodes[node].text.kinds;

	return kinds != 0 && j->nodes[node].level > 1 &&
	    l->text != NULL && l->text->kinds != 0 &&
	    (l->text->kinds & kinds) == 0;
}

/* ---- headings above matched ones */

/*
 * A heading whose parts answer the parts of a section that nobody answers:
 * it is that section's, whatever it is called.
 */
static void
infer_parents(struct match_job *j)
{
	struct match_line	*l;
	const struct match_pair	*p;
	size_t			 i, k, parts;
	int			 top;

	for (i = j->n_lines; i-- > 0;) {
		l = &j->lines[i];
		if (l->n_sections > 0 || !l->is_sure)
			continue;
		parts = 0;
		top = -1;
		for (k = i + 1; k < l->end; k++) {
			if (j->lines[k].node < 0 ||
			    j->lines[k].parent != (int)i)
				continue;
			if (parts++ == 0)
				top = j->nodes[j->lines[k].node].parent;
			else if (top != j->nodes[j->lines[k].node].parent)
				top = -1;
		}
		if (parts == 0 || top < 0 || j->answered[top] != -1)
			continue;
		p = match_pair_of(l, top);
		if (parts < 2 && p == NULL)
			continue;
		l->score = p == NULL ? 0.3 : p->s.both;
		match_add(j, i, top, "its parts");
	}
}

/* ---- matches outside of their parent's section */

/*
 * A heading over several chapters resembles one of their sections: what
 * stands below it and answers others has more to say.
 */
static void
drop_wrappers(struct match_job *j)
{
	size_t	i, k, outside;
	double	strays;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].node < 0 || !j->lines[i].is_sure)
			continue;
		outside = 0;
		strays = 0;
		for (k = i + 1; k < j->lines[i].end; k++) {
			if (j->lines[k].node < 0)
				continue;
			if (match_is_inside(j, j->lines[k].node,
			    &j->lines[i]))
				break;
			strays += j->lines[k].score;
			outside++;
		}
		if (k == j->lines[i].end && outside >= WRAPPED_LEAST &&
		    strays > j->lines[i].score)
			match_take_away(j, i);
	}
}

/* ---- a heading that announces what its parts answer */

/* Does line k below line i answer a section that i's heading speaks of? */
static bool
is_announced(const struct match_job *j, size_t i, size_t k)
{
	const struct match_pair	*p;

	p = match_pair_of(&j->lines[i], j->lines[k].node);
	return p != NULL && (p->s.head >= 0.5 || p->s.both >= 0.4);
}

static void
announce_parts(struct match_job *j)
{
	struct match_line	*l;
	size_t			 i, k, parts, announced;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure || l->text == NULL)
			continue;
		for (k = i + 1, parts = announced = 0; k < l->end; k++) {
			if (j->lines[k].parent != (int)i ||
			    j->lines[k].node < 0)
				continue;
			parts++;
			announced += is_announced(j, i, k);
		}
		/* a heading over all chapters announces none of them */
		for (k = i + 1; k < l->end && announced * 2 >= parts; k++) {
			if (j->lines[k].parent != (int)i ||
			    j->lines[k].node < 0 || match_is_inside(j,
			    j->lines[k].node, l) || !is_announced(j, i, k))
				continue;
			if (l->n_sections == 0)
				l->score = match_pair_of(l,
				    j->lines[k].node)->s.both;
			match_add(j, i, j->lines[k].node,
			    "announces its parts");
		}
	}
}

/* A part that repeats one of the sections its merged parent answers. */
static void
repeat_parents(struct match_job *j)
{
	struct match_line	*l, *up;
	const struct match_pair	*p;
	size_t			 i, k;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->n_sections > 0 || !l->is_sure || l->parent < 0)
			continue;
		up = &j->lines[l->parent];
		for (k = 0; k < up->n_sections && up->n_sections > 1; k++) {
			p = match_pair_of(l, up->sections[k]);
			if (p == NULL || p->s.both < MATCH_RESCUE_PART)
				continue;
			l->score = p->s.both;
			match_add(j, i, up->sections[k],
			    "part of a merged heading");
			break;
		}
	}
}

void
match_refine(struct match_job *j)
{
	infer_parents(j);
	match_merge_siblings(j);
	drop_wrappers(j);
	match_drop_guided(j);
	match_add_parents(j);
	match_open_places(j);
	match_rescue(j);
	infer_parents(j);
	announce_parts(j);
	match_merge_siblings(j);
	match_add_parents(j);
	repeat_parents(j);
	match_drop_guided(j);
	match_cover_all(j);
	match_pair_equal_parts(j);
	match_open_places(j);
	match_reach_far(j);
	match_fill_places(j);
	match_pair_equal_parts(j);
	match_merge_halves(j);
	match_cover_halves(j);
	match_add_parents(j);
}
