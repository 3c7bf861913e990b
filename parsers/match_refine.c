/*
 * Repairs and completions after the alignment. Each step looks at one way
 * in which people depart from an outline; none knows its words.
 */
#include "parsers/match_align.h"

#include "parsers/arena.h"
#include "parsers/match_guidance.h"

#define GAP_NEED 0.22		/* a match that its place confirms */
#define PLACE_SCORE 0.20	/* of a match by place alone */
#define MATCH_PARTS 32		/* parts of a section that are counted */
#define ONLY_PLACE 0.13		/* … when it is the only place left */
#define GAP_CONFLICT 0.26	/* … although it names other units */
#define RESCUE_NEED 0.60	/* a match out of order */
#define RESCUE_INSIDE 0.75	/* … that leaves its parent's section */
#define RESCUE_PART 0.30	/* … that stays in it */
#define KEEP_OUTSIDE 0.80	/* an aligned match outside its parent's */
#define MERGE_NEED 0.50		/* of what the second section says alone */
#define MERGE_WEIGHT 1.0	/* and it must weigh that much */
#define COVER_NEED 0.58
#define COVER_LAG 0.10		/* behind the section that it is a part of */
#define VERBATIM 0.95
#define PARENT_NEED 0.30
#define SPLIT_NEED 0.55

/* Nearest heading above that answers something; -1 none. */
static int
answering_above(const struct match_job *j, size_t line)
{
	int	p = j->lines[line].parent;

	while (p >= 0 && j->lines[p].n_sections == 0)
		p = j->lines[p].parent;
	return p;
}

/* Does node lie in one of the sections that the line answers? */
static bool
is_inside(const struct match_job *j, int node, const struct match_line *l)
{
	size_t	i;

	for (i = 0; i < l->n_sections; i++)
		if (match_is_below(j, node, l->sections[i]))
			return true;
	return false;
}

static bool
kinds_conflict(const struct match_job *j, const struct match_line *l,
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

/* ---- merged headings */

/* What of a node's own words a marked heading has, beyond another node's. */
struct own {
	double	weight;	/* of words that the other node has not */
	double	found;	/* of them in the heading */
	size_t	first;	/* place in the heading of the first found */
};

/* Are the words a, b of a node side by side in the heading, b at `at`? */
static bool
is_beside(const struct match_text *h, const struct match_word *a, size_t at)
{
	return a->id != MATCH_NO_WORD && at < h->n &&
	    h->words[at].id == a->id;
}

/*
 * Place in the heading of word i of a node, SIZE_MAX for none: by its
 * phrase set, or by itself where a neighbour is there too. A syllable
 * alone says nothing ("ủy" of "ủy ban" and of "cấp ủy").
 */
static size_t
place_in(const struct match_text *h, const struct match_text *node, size_t i)
{
	const struct match_word	*w = &node->words[i];
	bool			 has_before, has_behind;
	size_t			 at;

	has_before = i > 0 && !w[-1].filler;
	has_behind = i + 1 < node->n && !w[1].filler;
	for (at = 0; at < h->n; at++) {
		if (w->set >= 0 && h->words[at].set == w->set)
			return at;
		if (w->id == MATCH_NO_WORD || h->words[at].id != w->id)
			continue;
		if ((!has_before && !has_behind) ||
		    (has_before && at > 0 && is_beside(h, w - 1, at - 1)) ||
		    (has_behind && is_beside(h, w + 1, at + 1)))
			return at;
	}
	return SIZE_MAX;
}

static struct own
own_words_of(const struct match_text *h, const struct match_text *node,
    const struct match_text *other, bool tails)
{
	struct own		 o = { 0, 0, SIZE_MAX };
	const struct match_word	*w;
	size_t			 i, at;

	for (i = 0; i < node->n; i++) {
		w = &node->words[i];
		if (w->filler || (w->tail && !tails) ||
		    match_text_has(other, w))
			continue;
		o.weight += w->weight;
		at = place_in(h, node, i);
		if (at == SIZE_MAX)
			continue;
		o.found += w->weight;
		if (at < o.first)
			o.first = at;
	}
	return o;
}

static struct own
own_words(const struct match_text *h, const struct match_text *node,
    const struct match_text *other)
{
	struct own	o = own_words_of(h, node, other, false);

	/* "ở phường", "ở cơ quan": some sections differ in their tails only */
	return o.weight >= MERGE_WEIGHT ? o :
	    own_words_of(h, node, other, true);
}

/*
 * "Hạn chế và nguyên nhân" where the one section's words are all in the
 * other's ("nguyên nhân của hạn chế"): both are meant when the heading
 * begins with the smaller one and names the rest later.
 */
static bool
begins_with_smaller(const struct match_text *h, const struct match_text *k,
    const struct match_text *j)
{
	struct own	rest = own_words(h, j, k);
	size_t		i, at = SIZE_MAX, from, to;

	/* both about the same: the smaller is no section of its own here */
	match_topic(k, &from, &to);
	match_topic(j, &i, &to);
	if (from == k->n || i == j->n ||
	    k->words[from].id == j->words[i].id ||
	    (k->words[from].set >= 0 && k->words[from].set == j->words[i].set))
		return false;

	for (i = 0; i < k->n && at == SIZE_MAX; i++)
		if (!k->words[i].filler)
			at = place_in(h, k, i);
	return at != SIZE_MAX && rest.first != SIZE_MAX && at < rest.first;
}

/* Is the node's topic in the heading, and not the other node's too? */
static bool
has_own_topic(const struct match_text *h, const struct match_text *node,
    const struct match_text *other)
{
	double	found = 0;
	size_t	from, to, i;

	match_topic(node, &from, &to);
	for (i = from; i < to; i++) {
		if (match_text_has(other, &node->words[i]) ||
		    place_in(h, node, i) == SIZE_MAX)
			return false;
		found += node->words[i].weight;
	}
	return found >= MERGE_WEIGHT;
}

/* Does the line's heading speak of node k besides node `of`? */
static bool
speaks_of(const struct match_job *j, const struct match_line *l, int of,
    int k)
{
	const struct match_text	*t = &j->nodes[k].text, *first;
	struct own		 o;

	if (l->text == NULL)
		return false;
	first = &j->nodes[of].text;
	o = own_words(l->text, t, first);
	if (o.weight < MERGE_WEIGHT)
		return begins_with_smaller(l->text, t, first);
	if (o.found >= MERGE_WEIGHT && o.found >= MERGE_NEED * o.weight)
		return true;
	return has_own_topic(l->text, t, first);
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

static void
merge_siblings(struct match_job *j)
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
		if (place_in(l->text, t, from) == SIZE_MAX)
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

static void
add_parents(struct match_job *j)
{
	struct match_line	*l;
	const struct match_pair	*p;
	size_t			 i;
	int			 top;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->node < 0 || !l->is_sure || answering_above(j, i) >= 0)
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
		if (place_in(h, part, i) != SIZE_MAX)
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
	struct own	o;

	o = own_words(l->text, &j->nodes[part].text, &j->nodes[top].text);
	return o.found >= MERGE_WEIGHT && o.found >= 0.6 * o.weight &&
	    !kinds_conflict(j, l, part);
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

	return p != NULL && p->s.both >= VERBATIM;
}

static void
cover_all(struct match_job *j)
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

/* ---- matches outside of their parent's section */

static void
drop_strays(struct match_job *j)
{
	size_t	i;
	int	above;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].node < 0)
			continue;
		above = answering_above(j, i);
		if (above >= 0 && !is_inside(j, j->lines[i].node,
		    &j->lines[above]) && j->lines[i].score < KEEP_OUTSIDE)
			match_take_away(j, i);
	}
}

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

/* The heading beside line i at the same depth, before or behind; -1. */
static int
sibling(const struct match_job *j, size_t i, int step)
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

/* Depth in the outline that line i has by what stands around it. */
static int
expected_level(const struct match_job *j, size_t i)
{
	int	step, k;

	for (step = -1; step <= 1; step += 2) {
		k = sibling(j, i, step);
		if (k >= 0 && j->lines[k].n_sections > 0)
			return j->nodes[j->lines[k].node].level;
	}
	k = answering_above(j, i);
	if (k >= 0)
		return j->nodes[j->lines[k].node].level + 1;
	return j->lines[i].h->level;
}

static int
parent_end(const struct match_job *j, int node)
{
	int	parent = j->nodes[node].parent;

	return parent < 0 ? (int)j->n_nodes : j->nodes[parent].end;
}

/* Is node the only one left between what line i's neighbours answer? */
static bool
is_only_place(const struct match_job *j, size_t i, int node)
{
	int	before = sibling(j, i, -1), behind = sibling(j, i, 1), k;
	int	from, to;

	if (before >= 0 ? j->lines[before].n_sections == 0 :
	    behind < 0 || j->lines[behind].n_sections == 0)
		return false;
	if (behind >= 0 && j->lines[behind].n_sections == 0)
		return false;
	/* without a neighbour the parent's section is the limit */
	from = before >= 0 ? j->lines[before].sections[
	    j->lines[before].n_sections - 1] : j->nodes[node].parent;
	to = behind >= 0 ? j->lines[behind].sections[0] :
	    parent_end(j, node);
	for (k = from + 1; k < to; k++)
		if (j->nodes[k].is_target && k != node &&
		    j->nodes[k].level <= j->nodes[node].level)
			return false;
	return from < node && node < to &&
	    (before < 0 || j->nodes[from].parent == j->nodes[node].parent) &&
	    (behind < 0 || j->nodes[to].parent == j->nodes[node].parent);
}

static double
gap_need(const struct match_job *j, size_t i, const struct match_pair *p)
{
	if (is_only_place(j, i, p->node))
		return ONLY_PLACE;
	/* another depth than the headings around it */
	if (j->nodes[p->node].level != expected_level(j, i))
		return RESCUE_NEED;
	return kinds_conflict(j, &j->lines[i], p->node) ? GAP_CONFLICT :
	    GAP_NEED;
}

static const struct match_pair *
best_in_gap(const struct match_job *j, size_t i)
{
	const struct match_line	*l = &j->lines[i];
	const struct match_pair	*best = NULL, *p;
	int			 from, to, above = answering_above(j, i);
	size_t			 k;

	match_open_range(j, i, &from, &to);
	for (k = 0; k < l->n_pairs; k++) {
		p = &l->pairs[k];
		if (p->node < from || p->node >= to ||
		    j->answered[p->node] != -1 ||
		    p->s.both < gap_need(j, i, p))
			continue;
		if (above >= 0 && !is_inside(j, p->node, &j->lines[above]))
			continue;
		if (best == NULL || p->gain > best->gain)
			best = p;
	}
	return best;
}

bool
match_is_in_place(const struct match_job *j, size_t line)
{
	const struct match_line	*l = &j->lines[line];
	int			 step, k, d;

	for (step = -1; step <= 1; step += 2) {
		k = sibling(j, line, step);
		if (k < 0 || j->lines[k].node < 0)
			return false;
		d = j->lines[k].node - l->node;
		if ((d > 0) != (step > 0) || j->nodes[j->lines[k].node].parent
		    != j->nodes[l->node].parent)
			return false;
	}
	return true;
}

static void
fill_gaps(struct match_job *j)
{
	const struct match_pair	*p;
	size_t			 i;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].n_sections > 0 || !j->lines[i].is_sure)
			continue;
		p = best_in_gap(j, i);
		if (p == NULL)
			continue;
		j->lines[i].score = p->s.both;
		match_add(j, i, p->node, "place and some words");
	}
}

/*
 * The only heading between two that answer sections of the first level,
 * with only one such section between those: it is that one, whatever it
 * is called. So is the first heading, when only the first section is left.
 */
static void
take_only_places(struct match_job *j)
{
	size_t	i;
	int	before, behind, from, to, k, node, n;

	for (i = 0; i < j->n_lines; i++) {
		if (!j->lines[i].is_sure || j->lines[i].n_sections > 0 ||
		    j->lines[i].parent >= 0)
			continue;
		before = sibling(j, i, -1);
		behind = sibling(j, i, 1);
		if ((before >= 0 && j->lines[before].n_sections == 0) ||
		    behind < 0 || j->lines[behind].n_sections == 0)
			continue;
		from = before < 0 ? -1 : j->lines[before].sections[
		    j->lines[before].n_sections - 1];
		to = j->lines[behind].sections[0];
		if (j->nodes[to].level > 1 ||
		    (from >= 0 && j->nodes[from].level > 1))
			continue;
		node = -1;
		for (k = from + 1, n = 0; k < to; k++) {
			if (j->nodes[k].level > 1 || !j->nodes[k].is_target)
				continue;
			n++;
			node = k;
		}
		if (n != 1 || j->answered[node] != -1)
			continue;
		j->lines[i].score = PLACE_SCORE;
		match_add(j, i, node, "the only place left");
	}
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
may_pair(const struct match_job *j, size_t i, size_t part, int node)
{
	const struct match_line	*l = &j->lines[part];
	uint64_t		 kinds = j->unit;

	if (l->n_sections > 0)
		return match_answers(l, node);
	if (j->answered[node] != -1 || match_pair_of(l, node) == NULL)
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
static void
pair_equal_parts(struct match_job *j)
{
	struct parts	p;
	size_t		i, k;
	bool		fits;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].n_sections != 1 || !j->lines[i].is_sure)
			continue;
		count_parts(j, i, &p);
		fits = p.n_lines >= 2 && p.n_lines == p.n_nodes &&
		    p.n_lines < MATCH_PARTS;
		for (k = 0; k < p.n_lines && fits; k++)
			fits = may_pair(j, i, p.lines[k], p.nodes[k]);
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

static void
rescue(struct match_job *j)
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
		above = answering_above(j, i);
		best = NULL;
		for (k = 0; k < l->n_pairs; k++) {
			p = &l->pairs[k];
			need = above < 0 ? RESCUE_NEED :
			    !is_inside(j, p->node, &j->lines[above]) ?
			    RESCUE_INSIDE : RESCUE_PART;
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

/* ---- one section in two headings */

static void
join_split(struct match_job *j, size_t i, int other)
{
	struct match_line	*l = &j->lines[i];
	const struct match_pair	*p;
	struct own		 o;
	int			 node;

	if (other < 0 || j->lines[other].n_sections != 1 ||
	    j->lines[other].text == NULL || l->text == NULL)
		return;
	node = j->lines[other].sections[0];
	p = match_pair_of(l, node);
	if (p == NULL || p->s.heading < SPLIT_NEED)
		return;
	/* it must bring words of the section that the other has not */
	o = own_words(l->text, &j->nodes[node].text, j->lines[other].text);
	if (o.found < MERGE_WEIGHT)
		return;
	l->score = p->s.both;
	match_add(j, i, node, "second part of a section");
}

static void
join_splits(struct match_job *j)
{
	size_t	i;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].n_sections > 0 || !j->lines[i].is_sure)
			continue;
		join_split(j, i, sibling(j, i, -1));
		if (j->lines[i].n_sections == 0)
			join_split(j, i, sibling(j, i, 1));
	}
}

/* ---- a heading that announces what its parts answer */

static void
announce_parts(struct match_job *j)
{
	struct match_line	*l;
	const struct match_pair	*p;
	size_t			 i, k;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure || l->text == NULL)
			continue;
		for (k = i + 1; k < l->end; k++) {
			if (j->lines[k].parent != (int)i ||
			    j->lines[k].node < 0 ||
			    is_inside(j, j->lines[k].node, l))
				continue;
			p = match_pair_of(l, j->lines[k].node);
			if (p == NULL || (p->s.head < 0.5 &&
			    p->s.both < 0.4))
				continue;
			if (l->n_sections == 0)
				l->score = p->s.both;
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
			if (p == NULL || p->s.both < RESCUE_PART)
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
	merge_siblings(j);
	drop_strays(j);
	match_drop_guided(j);
	add_parents(j);
	fill_gaps(j);
	take_only_places(j);
	rescue(j);
	infer_parents(j);
	announce_parts(j);
	merge_siblings(j);
	add_parents(j);
	repeat_parents(j);
	cover_all(j);
	match_drop_guided(j);
	join_splits(j);
	match_own_guidance(j);
	pair_equal_parts(j);
}
