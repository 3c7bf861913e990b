/*
 * Posting lists: by word and by phrase set, the nodes that hold it, how much
 * it weighs there and what stands beside it. Going through the lists of a
 * heading's words once gives what match_compare() would find, for all nodes
 * together; only the pairs that matter are then compared exactly.
 */
#include "parsers/match_index.h"

#include <string.h>

#include "parsers/arena.h"

/* A node that holds something, and its share of the node's words. */
struct posting {
	int	node;
	float	share;
};

struct postings {
	struct posting	*list;	/* by node, each once */
	size_t		 n;
	size_t		 cap;
};

/* The nodes in which a word stands behind another. */
struct follower {
	uint32_t	 id;
	struct postings	 nodes;	/* with the share of both */
};

/* Where a word stands. */
struct word_places {
	struct postings	 nodes;
	struct postings	 alone;	/* … and counts without its neighbours */
	struct follower	*followers;
	size_t		 n;
	size_t		 cap;
};

struct match_index {
	struct word_places *words; /* by id */
	struct postings	*sets;	/* by number */
	int		*nodes;	/* that are in the index */
	size_t		 n;
	size_t		 n_all;
	bool		 is_of_targets;
};

static void
add_posting(struct postings *p, int node, float share, struct arena *arena)
{
	if (p->n > 0 && p->list[p->n - 1].node == node) {
		p->list[p->n - 1].share += share;
		return;
	}
	p->list = arena_grow(arena, p->list, p->n, &p->cap,
	    sizeof(*p->list));
	p->list[p->n].node = node;
	p->list[p->n++].share = share;
}

static struct follower *
find_follower(const struct word_places *p, uint32_t id)
{
	size_t	i;

	for (i = 0; i < p->n; i++)
		if (p->followers[i].id == id)
			return &p->followers[i];
	return NULL;
}

static void
add_follower(struct word_places *p, uint32_t id, int node, float share,
    struct arena *arena)
{
	struct follower	*f = find_follower(p, id);

	if (f == NULL) {
		p->followers = arena_grow(arena, p->followers, p->n, &p->cap,
		    sizeof(*p->followers));
		f = &p->followers[p->n++];
		memset(f, 0, sizeof(*f));
		f->id = id;
	}
	add_posting(&f->nodes, node, share, arena);
}

static void
index_node(struct match_index *x, int node, const struct match_text *t,
    struct arena *arena)
{
	const struct match_word	*w;
	/* a comparison may leave the tail out of the count */
	double			 total = t->head > 0 && t->head < t->total ?
				    t->head : t->total;
	float			 share;
	size_t			 i;

	for (i = 0; i < t->n; i++) {
		w = &t->words[i];
		share = total > 0 ? w->weight / (float)total : 1;
		if (w->set >= 0)
			add_posting(&x->sets[w->set], node, share, arena);
		if (w->inner >= 0 && w->inner != w->set)
			add_posting(&x->sets[w->inner], node, share, arena);
		if (w->id == NO_WORD)
			continue;
		if (x->is_of_targets)
			add_posting(&x->words[w->id].nodes, node, share,
			    arena);
		if (w->filler)
			add_posting(&x->words[w->id].alone, node, share,
			    arena);
		if (i + 1 < t->n && w[1].id != NO_WORD)
			add_follower(&x->words[w->id], w[1].id, node,
			    share + (total > 0 ? w[1].weight / (float)total :
			    1), arena);
	}
}

struct match_index *
match_index_new(const struct vocabulary *v, const struct match_node *nodes,
    size_t n, bool targets, struct arena *arena)
{
	struct match_index	*x = arena_alloc(arena, sizeof(*x));
	size_t			 i;

	x->n_all = n;
	x->is_of_targets = targets;
	x->nodes = arena_calloc(arena, n, sizeof(*x->nodes));
	x->words = arena_calloc(arena, vocabulary_size(v) + 1,
	    sizeof(*x->words));
	x->sets = arena_calloc(arena, lexicon_sets(vocabulary_lexicon(v)) +
	    1, sizeof(*x->sets));
	for (i = 0; i < n; i++) {
		if (nodes[i].is_target != targets)
			continue;
		x->nodes[x->n++] = (int)i;
		index_node(x, (int)i, &nodes[i].text, arena);
	}
	return x;
}

const int *
match_index_nodes(const struct match_index *x, size_t *n)
{
	*n = x->n;
	return x->nodes;
}

/* ---- a heading */

/* Word i of the heading explains part of it; words come in their order. */
static void
count(struct match_bound *b, const struct match_text *heading, size_t i,
    double trust)
{
	const struct match_word	*w = &heading->words[i];

	if (b->counted > i)
		return;		/* found before, in another way */
	b->counted = (uint32_t)i + 1;
	b->heading += w->weight * (float)trust;
	if (w->tail)
		b->tail += w->weight;
}

/* The nodes that hold word i and the next one side by side. */
static void
add_pair(const struct postings *p, const struct match_text *heading,
    size_t i, struct match_bound *bounds)
{
	const struct match_word	*w = &heading->words[i];
	struct match_bound	*b;
	size_t			 k;

	for (k = 0; k < p->n; k++) {
		b = &bounds[p->list[k].node];
		b->node += p->list[k].share * (float)(1 - MATCH_LONE_TRUST);
		count(b, heading, i, w[0].trust);
		count(b, heading, i + 1, w[1].trust);
	}
}

static void
add_word(const struct match_index *x, const uint16_t *first,
    const struct match_text *heading, size_t i, struct match_bound *bounds)
{
	const struct match_word	*w = &heading->words[i];
	const struct word_places	*p = &x->words[w->id];
	const struct follower	*f;
	struct match_bound	*b;
	size_t			 k;

	for (k = 0; k < p->nodes.n; k++)
		bounds[p->nodes.list[k].node].node +=
		    p->nodes.list[k].share * (float)MATCH_LONE_TRUST;
	if (i + 1 < heading->n && w[1].id != NO_WORD &&
	    first[w[1].id] == i + 1) {
		f = find_follower(p, w[1].id);
		if (f != NULL)
			add_pair(&f->nodes, heading, i, bounds);
	}
	for (k = 0; k < p->alone.n; k++) {
		b = &bounds[p->alone.list[k].node];
		b->node += p->alone.list[k].share *
		    (float)(1 - MATCH_LONE_TRUST);
		count(b, heading, i, w->trust);
	}
}

static void
add_set(const struct match_index *x, const struct match_text *heading,
    size_t i, struct match_bound *bounds)
{
	const struct postings	*p = &x->sets[heading->words[i].set];
	struct match_bound	*b;
	size_t			 k;

	for (k = 0; k < p->n; k++) {
		b = &bounds[p->list[k].node];
		b->node += p->list[k].share;
		count(b, heading, i, MATCH_SET_TRUST);
	}
}

/* Of the heading's weight, the part that counts against a node. */
static float
counted_weight(float plain, float tail, float found)
{
	float	rest = (tail - found) * (float)MATCH_TAIL_SHARE;

	return plain + found + (rest < (float)MATCH_TAIL_MOST ? rest :
	    (float)MATCH_TAIL_MOST);
}

void
match_index_bounds(const struct match_index *x, const struct match_marks *m,
    const struct match_text *heading, struct match_bound *bounds)
{
	const uint16_t		*first = match_places(m);
	const struct match_word	*w;
	struct match_bound	*b;
	float			 plain = 0, tail = 0;
	size_t			 i;

	memset(bounds, 0, x->n_all * sizeof(*bounds));
	for (i = 0; i < heading->n; i++) {
		w = &heading->words[i];
		if (w->tail)
			tail += w->weight;
		else
			plain += w->weight;
		/* a word that is repeated counts where it stands first */
		if (w->id != NO_WORD && first[w->id] == i)
			add_word(x, first, heading, i, bounds);
		if (w->set >= 0)
			add_set(x, heading, i, bounds);
	}
	for (i = 0; i < x->n; i++) {
		b = &bounds[x->nodes[i]];
		if (b->heading > 0)
			b->heading /= counted_weight(plain, tail, b->tail);
	}
}
