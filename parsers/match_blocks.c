/*
 * Chapters of a report in another order than the outline's. Each chapter
 * is aligned with each section of the first level; the best pairs are
 * taken, when together they beat the alignment in order.
 */
#include "parsers/match_blocks.h"

#include "parsers/arena.h"

#define BLOCKS_LEAST 3		/* fewer have no order to speak of */
#define BLOCKS_MOST 64
#define SHIFT_LEAD 0.20		/* by which other levels must be better */
#define REORDER_LEAD 0.35	/* by which another order must be better */

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

/* Value of the best pairs of a chapter and a section, each once. */
static double
pair_up(struct match_job *j, struct block *blocks, size_t n)
{
	struct worth	*all, *best;
	struct match_range r;
	size_t		 n_all = 0, cap = 0, i, k;
	double		 sum = 0;
	bool		*used;

	used = arena_calloc(j->arena, j->n_nodes + 1, sizeof(*used));
	all = NULL;
	for (i = 0; i < n; i++) {
		r = blocks[i].r;
		for (r.node = 0; r.node < (int)j->n_nodes;
		    r.node = r.node_end) {
			r.node_end = j->nodes[r.node].end;
			all = arena_grow(j->arena, all, n_all, &cap,
			    sizeof(*all));
			all[n_all].value = match_align(j, &r, false);
			all[n_all].block = i;
			all[n_all++].node = r.node;
		}
	}
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

/*
 * Reports leave the outline's outermost level out, or put all of it under
 * one heading: then their levels are one off.
 */
static void
settle_levels(struct match_job *j, const struct match_range *whole)
{
	static const int	shifts[] = { 1, -1 };
	double			value = match_align(j, whole, false);
	size_t			i;

	for (i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++) {
		match_shift_levels(j, 0, shifts[i]);
		if (match_align(j, whole, false) > value + SHIFT_LEAD)
			return;
		match_shift_levels(j, shifts[i], 0);
	}
}

void
match_blocks(struct match_job *j)
{
	struct match_range	whole = { 0, j->n_lines, 0, (int)j->n_nodes };
	struct block		blocks[BLOCKS_MOST];
	size_t			n = find_chapters(j, blocks), i;

	settle_levels(j, &whole);
	if (n < BLOCKS_LEAST || pair_up(j, blocks, n) <
	    match_align(j, &whole, false) + REORDER_LEAD) {
		(void)match_align(j, &whole, true);
		return;
	}
	for (i = 0; i < n; i++)
		if (blocks[i].is_taken)
			(void)match_align(j, &blocks[i].r, true);
}
