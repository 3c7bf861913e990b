/*
 * Posting lists: by word and by phrase set, the nodes that hold it and how
 * much it weighs there.
 */
#include "parsers/match_index.h"

#include <string.h>

#include "parsers/arena.h"

struct posting {
	int	node;
	float	share;		/* of the node's words */
};

struct postings {
	struct posting	*list;	/* by node, each once */
	size_t		 n;
	size_t		 cap;
};

struct match_index {
	struct postings	*words;	/* by id */
	struct postings	*sets;	/* by number */
	size_t		 n_nodes;
};

static void
add_posting(struct postings *p, int node, double share, struct arena *arena)
{
	if (p->n > 0 && p->list[p->n - 1].node == node) {
		p->list[p->n - 1].share += (float)share;
		return;
	}
	p->list = arena_grow(arena, p->list, p->n, &p->cap,
	    sizeof(*p->list));
	p->list[p->n].node = node;
	p->list[p->n++].share = (float)share;
}

static void
index_node(struct match_index *x, int node, const struct match_text *t,
    struct arena *arena)
{
	const struct match_word	*w;
	double			 total = t->total, share;
	size_t			 i;

	/* a comparison may leave the tail out of the count */
	if (t->head > 0 && t->head < total)
		total = t->head;
	for (i = 0; i < t->n; i++) {
		w = &t->words[i];
		share = total > 0 ? w->weight / total : 1;
		if (w->id != NO_WORD)
			add_posting(&x->words[w->id], node, share, arena);
		if (w->set >= 0)
			add_posting(&x->sets[w->set], node, share, arena);
		if (w->inner >= 0 && w->inner != w->set)
			add_posting(&x->sets[w->inner], node, share, arena);
	}
}

struct match_index *
match_index_new(const struct vocabulary *v, const struct match_node *nodes,
    size_t n, struct arena *arena)
{
	struct match_index	*x = arena_alloc(arena, sizeof(*x));
	size_t			 i;

	x->n_nodes = n;
	x->words = arena_calloc(arena, vocabulary_size(v) + 1,
	    sizeof(*x->words));
	x->sets = arena_calloc(arena, lexicon_sets(vocabulary_lexicon(v)) +
	    1, sizeof(*x->sets));
	for (i = 0; i < n; i++)
		if (nodes[i].is_target)
			index_node(x, (int)i, &nodes[i].text, arena);
	return x;
}

static void
add_all(const struct postings *p, float *most)
{
	size_t	i;

	for (i = 0; i < p->n; i++)
		most[p->list[i].node] += p->list[i].share;
}

void
match_index_bounds(const struct match_index *x,
    const struct match_text *heading, float *most)
{
	const struct match_word	*w;
	size_t			 i;

	memset(most, 0, x->n_nodes * sizeof(*most));
	for (i = 0; i < heading->n; i++) {
		w = &heading->words[i];
		if (w->id != NO_WORD)
			add_all(&x->words[w->id], most);
		if (w->set >= 0)
			add_all(&x->sets[w->set], most);
	}
}
