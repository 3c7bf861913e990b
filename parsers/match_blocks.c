/*
 * Chapters of a report in another order than the outline's. Each chapter
 * is aligned with each section of the first level; the best pairs are
 * taken, when together they beat the alignment in order.
 */
#include "parsers/match_blocks.h"

#include "parsers/arena.h"
#include "parsers/match_shape.h"

#define BLOCKS_LEAST 3		/* fewer have no order to speak of */
#define BLOCKS_MOST 64
#define SHIFT_LEAD 0.20		/* by which other levels must be better */
#define OPEN_MOST 24		/* chapters that are looked at by their text */
#define REORDER_LEAD 0.35	/* by which another order must be better */
#define SHAPE_LEAD 1.0		/* … when the text below counts too */
#define SETTLED 1000.0		/* a settled pair, which must be in the order */

struct block {
	struct match_range r;	/* the chapter, and the section it takes */
	bool	 is_taken;
};

struct worth {
	double	value;
	size_t	block;
	int	node;
};

static size_t
find_chapters(const struct match_job *j, struct block *out)
{
	size_t	i, n = 0;

	for (i = 0; i < j->n_lines; i = j->lines[i].end) {
		if (!j->lines[i].is_sure || j->lines[i].parent >= 0)
			continue;
		if (n == BLOCKS_MOST)
			return 0;
		out[n].is_taken = false;
		out[n].r.line = i;
		out[n++].r.line_end = j->lines[i].end;
	}
	return n;
}

/* What a chapter and a section are worth to each other. */
typedef double	 (*worth_of)(struct match_job *, const struct match_range *);

static double
worth_by_words(struct match_job *j, const struct match_range *r)
{
	return match_align(j, r, false);
}

/* Does a chapter that is settled answer the section? */
static bool
is_settled(const struct block *blocks, size_t n, int node)
{
	size_t	i;

	for (i = 0; i < n; i++)
		if (blocks[i].is_taken && blocks[i].r.node == node)
			return true;
	return false;
}

/* All pairs of a chapter and a section, by chapter. */
static struct worth *
worths(struct match_job *j, const struct block *blocks, size_t n,
    worth_of worth, size_t *n_all)
{
	struct worth		*all = NULL;
	struct match_range	 r;
	size_t			 cap = 0, i;

	*n_all = 0;
	for (i = 0; i < n; i++) {
		r = blocks[i].r;
		for (r.node = 0; r.node < (int)j->n_nodes;
		    r.node = r.node_end) {
			r.node_end = j->nodes[r.node].end;
			all = arena_grow(j->arena, all, *n_all, &cap,
			    sizeof(*all));
			if (blocks[i].is_taken)
				all[*n_all].value = r.node ==
				    blocks[i].r.node ? SETTLED : 0;
			else
				all[*n_all].value = is_settled(blocks, n,
				    r.node) ? 0 : worth(j, &r);
			all[*n_all].block = i;
			all[(*n_all)++].node = r.node;
		}
	}
	return all;
}

/* Value of the best pairs of a chapter and a section, each once. */
static double
pair_up(struct match_job *j, struct block *blocks, const struct worth *all,
    size_t n_all)
{
	const struct worth	*best;
	size_t			 k;
	double			 sum = 0;
	bool			*used;

	used = arena_calloc(j->arena, j->n_nodes + 1, sizeof(*used));
	for (;;) {
		best = NULL;
		for (k = 0; k < n_all; k++)
			if (!blocks[all[k].block].is_taken &&
			    !used[all[k].node] && all[k].value > 0 &&
			    (best == NULL || all[k].value > best->value))
				best = &all[k];
		if (best == NULL)
			return sum;
		sum += best->value;
		used[best->node] = true;
		blocks[best->block].is_taken = true;
		blocks[best->block].r.node = best->node;
		blocks[best->block].r.node_end = j->nodes[best->node].end;
	}
}

/* … in the order of both. */
static double
pair_in_order(struct match_job *j, const struct worth *all, size_t n_all)
{
	double	*best, v, sum = 0;	/* by node: best that ends there */
	size_t	 i, k, m;

	best = arena_calloc(j->arena, j->n_nodes + 1, sizeof(*best));
	for (i = 0; i < n_all; i = k) {
		for (k = i; k < n_all && all[k].block == all[i].block; k++)
			continue;
		/* the last section first: a chapter takes one */
		for (m = k; m-- > i;) {
			v = all[m].value;
			if (m > i)
				v += best[all[m - 1].node];
			if (v > best[all[m].node])
				best[all[m].node] = v;
		}
		for (m = i + 1; m < k; m++)
			if (best[all[m - 1].node] > best[all[m].node])
				best[all[m].node] = best[all[m - 1].node];
		sum = best[all[k - 1].node];
	}
	return sum;
}

/*
 * Chapters that their words match well with a section of the first level
 * are settled. Returns how many are not.
 */
static size_t
settle(const struct match_job *j, struct block *blocks, size_t n)
{
	const struct match_line	*l;
	size_t			 i, open = 0;

	for (i = 0; i < n; i++) {
		l = &j->lines[blocks[i].r.line];
		blocks[i].is_taken = l->n_sections > 0 &&
		    l->score >= MATCH_GOOD && j->nodes[l->node].parent < 0;
		if (!blocks[i].is_taken) {
			open++;
			continue;
		}
		blocks[i].r.node = l->node;
		blocks[i].r.node_end = j->nodes[l->node].end;
	}
	return open;
}

/*
 * Do the chapters stand in another order, when the text below them counts
 * too? Sets the section that each one takes.
 */
static bool
is_reordered(struct match_job *j, struct block *blocks, size_t n)
{
	const struct worth	*all;
	size_t			 n_all, open = settle(j, blocks, n);

	if (open < 2 || open > OPEN_MOST)
		return false;
	all = worths(j, blocks, n, match_shape_worth, &n_all);
	return pair_up(j, blocks, all, n_all) >= pair_in_order(j, all, n_all) -
	    SETTLED * (double)(n - open) + SHAPE_LEAD;
}

/* How many headings have what fits them best `off` levels further in. */
static size_t
count_off(const struct match_job *j, int off)
{
	const struct match_line	*l;
	const struct match_pair	*best;
	size_t			 i, k, n = 0;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure || l->n_pairs == 0)
			continue;
		best = &l->pairs[0];
		for (k = 1; k < l->n_pairs; k++)
			if (l->pairs[k].s.both > best->s.both)
				best = &l->pairs[k];
		n += (int)j->nodes[best->node].level - (int)l->h->level ==
		    off;
	}
	return n;
}

/*
 * Reports leave the outline's outermost level out, or put all of it under
 * one heading: then their levels are one off. Returns what the alignment is
 * worth.
 */
static double
settle_levels(struct match_job *j, const struct match_range *whole)
{
	static const int	shifts[] = { 1, -1 };
	double			value = match_align(j, whole, false), other;
	size_t			i, same = count_off(j, 0);

	for (i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++) {
		if (count_off(j, shifts[i]) <= same)
			continue;
		match_shift_levels(j, 0, shifts[i]);
		other = match_align(j, whole, false);
		if (other > value + SHIFT_LEAD)
			return other;
		match_shift_levels(j, shifts[i], 0);
	}
	return value;
}

static void
take_blocks(struct match_job *j, const struct block *blocks, size_t n)
{
	size_t	i;

	for (i = 0; i < j->n_lines; i++)
		match_take_away(j, i);
	for (i = 0; i < n; i++) {
		if (!blocks[i].is_taken)
			continue;
		(void)match_align(j, &blocks[i].r, true);
		match_shape(j, &blocks[i].r);
	}
}

void
match_blocks(struct match_job *j)
{
	struct match_range	 whole = { 0, j->n_lines, 0,
	    (int)j->n_nodes };
	struct block		 blocks[BLOCKS_MOST];
	size_t			 n = find_chapters(j, blocks), n_all;
	const struct worth	*all;
	double			 in_order = settle_levels(j, &whole);

	if (n >= BLOCKS_LEAST) {
		all = worths(j, blocks, n, worth_by_words, &n_all);
		if (pair_up(j, blocks, all, n_all) >=
		    in_order + REORDER_LEAD) {
			take_blocks(j, blocks, n);
			return;
		}
	}
	(void)match_align(j, &whole, true);
	if (n >= BLOCKS_LEAST && is_reordered(j, blocks, n))
		take_blocks(j, blocks, n);
	else
		match_shape(j, &whole);
}
