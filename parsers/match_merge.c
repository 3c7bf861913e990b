/*
 * Headings that answer more than one section: merged neighbours, a section
 * and its only relevant part, a part that stands for its section.
 */
#include "parsers/match_merge.h"

#include "parsers/match_guidance.h"
#include "parsers/match_own.h"
#include "parsers/match_refine.h"

#define MERGE_NEED 0.50		/* of what the second section says alone */
#define COVER_NEED 0.58
#define COVER_LAG 0.10		/* behind the section that it is a part of */
#define PARENT_NEED 0.21

/* Does the line's heading speak of node k besides node `of`? */
static bool
speaks_of(const struct match_job *j, const struct match_line *l, int of,
    int k)
{
	const struct match_text	*t = &j->nodes[k].text, *first;
	struct match_own		 o;

	if (l->text == NULL)
		return false;
	first = &j->nodes[of].text;
	o = match_own_words(l->text, t, first);
	if (o.weight < MATCH_OWN_WEIGHT)
		return match_begins_with_smaller(l->text, t, first);
	if (o.found >= MATCH_OWN_WEIGHT && o.found >= MERGE_NEED * o.weight)
		return true;
	return match_has_own_topic(l->text, t, first);
}

/* Node that the first answering line outside i's subtree answers. */
static int
node_behind(const struct match_job *j, size_t i)
{
	size_t	k;

	for (k = j->lines[i].end; k < j->n_lines; k++)
		if (j->lines[k].n_sections > 0)
			return j->lines[k].sections[0];
	return (int)j->n_nodes;
}

static int
node_before(const struct match_job *j, size_t i)
{
	size_t	k;

	for (k = i; k-- > 0;)
		if (j->lines[k].n_sections > 0 &&
		    j->lines[k].end <= i)
			return j->lines[k].sections[
			    j->lines[k].n_sections - 1];
	return -1;
}

/* Answered only by headings below line i, or by nobody? */
static bool
is_free_for(const struct match_job *j, int node, size_t i)
{
	int	by = j->answered[node];

	return by == -1 || ((size_t)by > i && (size_t)by < j->lines[i].end);
}

/* The sections next to `of`, which line i answers, towards step (+1, -1). */
static void
merge_towards(struct match_job *j, size_t i, int of, int step)
{
	int	k, parent = j->nodes[of].parent, stop;

	stop = step > 0 ? node_behind(j, i) : node_before(j, i);
	for (k = of + step; k >= 0 && k < (int)j->n_nodes && k != stop;
	    k += step) {
		if (!j->nodes[k].is_target || j->nodes[k].parent != parent)
			continue;
		if (match_answers(&j->lines[i], k))
			continue;
		/* merged sections stand side by side */
		if (!is_free_for(j, k, i) ||
		    !speaks_of(j, &j->lines[i], of, k))
			return;
		match_add(j, i, k, "merged heading");
		of = k;
	}
}

void
match_merge_siblings(struct match_job *j)
{
	int	all[MATCH_SECTIONS];
	size_t	i, k, n;

	for (i = 0; i < j->n_lines; i++) {
		if (!j->lines[i].is_sure)
			continue;
		n = j->lines[i].n_sections;
		for (k = 0; k < n; k++)
			all[k] = j->lines[i].sections[k];
		for (k = 0; k < n; k++) {
			merge_towards(j, i, all[k], 1);
			merge_towards(j, i, all[k], -1);
		}
	}
}

/* ---- a parent that its part's heading answers too */

static bool
has_topic_of(const struct match_job *j, const struct match_line *l, int node)
{
	const struct match_text	*t = &j->nodes[node].text;
	size_t			 from, to;

	match_topic(t, &from, &to);
	for (; from < to; from++)
		if (match_place_in(l->text, t, from) == SIZE_MAX)
			return false;
	return true;
}

/* Does a heading beside line i answer a part of node? */
static bool
is_shared(const struct match_job *j, size_t i, int node)
{
	size_t	k;

	for (k = 0; k < j->n_lines; k++)
		if (k != i && j->lines[k].parent == j->lines[i].parent &&
		    j->lines[k].n_sections > 0 &&
		    match_is_below(j, j->lines[k].node, node))
			return true;
	return false;
}

void
match_add_parents(struct match_job *j)
{
	struct match_line	*l;
	const struct match_pair	*p;
	size_t			 i;
	int			 top;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->node < 0 || !l->is_sure ||
		    match_answering_above(j, i) >= 0)
			continue;
		top = j->nodes[l->node].parent;
		if (top < 0 || j->answered[top] != -1 ||
		    l->h->level > j->nodes[top].level)
			continue;
		if (l->n_sections > 1 && !is_shared(j, i, top) &&
		    j->nodes[l->sections[1]].parent == top) {
			match_add(j, i, top, "two of its parts");
			continue;
		}
		p = match_pair_of(l, top);
		if (p == NULL || (is_shared(j, i, top) &&
		    (p->s.both < MATCH_GOOD || !has_topic_of(j, l, top))))
			continue;
		if (p->s.head >= 0.5 || p->s.both >= PARENT_NEED)
			match_add(j, i, top, "section and its part");
	}
}

/* ---- a section and its only relevant part */

/* Does a heading below line i answer something inside node? */
static bool
has_parts_below(const struct match_job *j, size_t i, int node)
{
	size_t	k;

	for (k = i + 1; k < j->lines[i].end; k++)
		if (j->lines[k].n_sections > 0 &&
		    match_is_below(j, j->lines[k].sections[0], node) &&
		    j->lines[k].sections[0] != node)
			return true;
	return false;
}

/* Share of a part's own telling words, tail included, in the heading. */
static double
own_share(const struct match_text *h, const struct match_text *part,
    const struct match_text *top)
{
	const struct match_word	*w;
	double			 all = 0, found = 0;
	size_t			 i;

	for (i = 0; i < part->n; i++) {
		w = &part->words[i];
		/* a part that repeats its section has only its tail */
		if (w->filler || (!w->tail && match_text_has(top, w)))
			continue;
		all += w->weight;
		if (match_place_in(h, part, i) != SIZE_MAX)
			found += w->weight;
	}
	return all >= 0.5 ? found / all : 0;
}

/*
 * The part of node `top` that the heading's own words are about, -1 none:
 * "II. Công tác lãnh đạo của chi bộ" where II.1 is just that.
 */
static int
part_by_words(const struct match_job *j, const struct match_line *l, int top,
    double lag)
{
	const struct match_pair	*a = match_pair_of(l, top), *b, *best = NULL;
	int			 k;

	for (k = top + 1; k < j->nodes[top].end; k++) {
		b = match_pair_of(l, k);
		if (b == NULL || j->nodes[k].parent != top ||
		    j->answered[k] != -1 || b->s.both < COVER_NEED ||
		    (a != NULL && b->s.both < a->s.both - lag) ||
		    own_share(l->text, &j->nodes[k].text,
		    &j->nodes[top].text) < 0.5)
			continue;
		if (best == NULL || b->s.both > best->s.both)
			best = b;
	}
	return best == NULL ? -1 : best->node;
}

/* Does the heading hold the part's own words, beside the section's? */
static bool
names_part(const struct match_job *j, const struct match_line *l, int top,
    int part)
{
	struct match_own	o;

	o = match_own_words(l->text, &j->nodes[part].text, &j->nodes[top].text);
	return o.found >= MATCH_OWN_WEIGHT && o.found >= 0.6 * o.weight &&
	    !match_kinds_conflict(j, l, part);
}

/*
 * A part that the heading above names is divided, not answered, by a
 * heading below that only resembles it.
 */
static void
free_weak_part(struct match_job *j, size_t i, int part)
{
	int	by = j->answered[part];

	if (by <= (int)i || (size_t)by >= j->lines[i].end ||
	    j->lines[by].score >= MATCH_GOOD || j->lines[by].text == NULL ||
	    j->lines[by].n_sections != 1)
		return;
	if ((j->lines[by].text->kinds & j->nodes[part].text.kinds) == 0 ||
	    match_is_guidance_of(j, (size_t)by, part))
		match_take_away(j, (size_t)by);
}

/* Does node b hold the first phrase of node a? */
static bool
holds_topic(const struct match_job *j, int a, int b)
{
	const struct match_text	*x = &j->nodes[a].text;
	const struct match_text	*y = &j->nodes[b].text;
	size_t			 from, to;

	match_topic(x, &from, &to);
	for (; from < to; from++)
		if (!match_text_has(y, &x->words[from]))
			return false;
	return true;
}

/*
 * "Tồn tại, nguyên nhân" for a section whose parts are "Tồn tại",
 * "Nguyên nhân", "Bài học": the parts that the heading enumerates, when
 * no two of them are about the same.
 */
static void
cover_enumerated(struct match_job *j, size_t i, int top)
{
	int	found[MATCH_SECTIONS], k;
	size_t	n = 0, a, b;

	for (k = top + 1; k < j->nodes[top].end; k++)
		if (j->nodes[k].parent == top && j->nodes[k].is_target &&
		    has_topic_of(j, &j->lines[i], k) && n < MATCH_SECTIONS)
			found[n++] = k;
	if (n < 2)
		return;
	for (a = 0; a < n; a++)
		for (b = 0; b < n; b++)
			if (a != b && holds_topic(j, found[a], found[b]))
				return;
	for (a = 0; a < n; a++)
		if (j->answered[found[a]] == -1)
			match_add(j, i, found[a], "enumerated part");
}

/* The parts of node `top` that line i covers besides it. */
static void
cover_parts(struct match_job *j, size_t i, int top)
{
	struct match_line	*l = &j->lines[i];
	uint64_t		 named = l->text->kinds, known = 0;
	bool			 has_parts = has_parts_below(j, i, top);
	bool			 all = true;
	int			 k;

	for (k = top + 1; k < j->nodes[top].end; k++) {
		if (j->nodes[k].parent != top || !j->nodes[k].is_target)
			continue;
		known |= j->nodes[k].text.kinds;
		all = all && (j->nodes[k].text.kinds & named) != 0;
	}
	/* it names them all: the section itself, no part of it */
	if (all && known != 0)
		return;
	for (k = top + 1; k < j->nodes[top].end; k++) {
		if (j->nodes[k].parent != top || !j->nodes[k].is_target)
			continue;
		if ((named & j->nodes[k].text.kinds) != 0)
			free_weak_part(j, i, k);
		if (j->answered[k] != -1)
			continue;
		if ((named & j->nodes[k].text.kinds) != 0)
			match_add(j, i, k, "whom it names");
		else if (named != 0 && known != 0 && (named & known) == 0 &&
		    j->nodes[k].text.is_other)
			match_add(j, i, k, "whom no other part names");
		else if (!has_parts && names_part(j, l, top, k))
			match_add(j, i, k, "words of the part");
	}
	/* with parts of its own it must be about the part itself */
	k = part_by_words(j, l, top, has_parts ? 0 : COVER_LAG);
	if (k >= 0)
		match_add(j, i, k, "words of the part");
	if (!has_parts)
		cover_enumerated(j, i, top);
}

/* The section's own heading, copied: it names whom the section names. */
static bool
is_verbatim(const struct match_line *l, int node)
{
	const struct match_pair	*p = match_pair_of(l, node);

	return p != NULL && p->s.both >= MATCH_VERBATIM;
}

void
match_cover_all(struct match_job *j)
{
	size_t	i, k, n;
	int	tops[MATCH_SECTIONS];

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].text == NULL || !j->lines[i].is_sure)
			continue;
		n = j->lines[i].n_sections;
		for (k = 0; k < n; k++)
			tops[k] = j->lines[i].sections[k];
		for (k = 0; k < n; k++)
			if (!is_verbatim(&j->lines[i], tops[k]))
				cover_parts(j, i, tops[k]);
	}
}
