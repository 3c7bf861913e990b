/*
 * Posting lists: by word and by phrase set, the nodes that hold it, how much
 * it weighs there and what stands beside it. Going through the lists of a
 * heading's words once gives what match_compare() would find, for all nodes
 * together; only the pairs that matter are then compared exactly.
 */
#include "parsers/match_index.h"

#include <string.h>

#include "parsers/arena.h"

#define NO_NEIGHBOUR (NO_WORD - 1)

/* A word, or phrase set, where it stands in a node. */
struct posting {
	int	 node;
	float	 share;		/* of the node's words */
	uint32_t before;	/* the word before it there */
	uint32_t behind;
	bool	 alone;		/* counts without its neighbours */
};

struct postings {
	struct posting	*list;	/* by node */
	size_t		 n;
	size_t		 cap;
};

struct match_index {
	struct postings	*words;	/* by id */
	struct postings	*sets;	/* by number */
	size_t		 n_nodes;
};

static uint32_t
neighbour(const struct match_text *t, size_t i)
{
	return i >= t->n || t->words[i].id == NO_WORD ? NO_NEIGHBOUR :
	    t->words[i].id;
}

static void
add_posting(struct postings *p, const struct posting *one,
    struct arena *arena)
{
	p->list = arena_grow(arena, p->list, p->n, &p->cap,
	    sizeof(*p->list));
	p->list[p->n++] = *one;
}

/* The words of a set count as one posting. */
static void
add_to_set(struct postings *p, const struct posting *one,
    struct arena *arena)
{
	if (p->n > 0 && p->list[p->n - 1].node == one->node)
		p->list[p->n - 1].share += one->share;
	else
		add_posting(p, one, arena);
}

static void
index_node(struct match_index *x, int node, const struct match_text *t,
    struct arena *arena)
{
	const struct match_word	*w;
	struct posting		 one = { .node = node };
	double			 total = t->total;
	size_t			 i;

	/* a comparison may leave the tail out of the count */
	if (t->head > 0 && t->head < total)
		total = t->head;
	for (i = 0; i < t->n; i++) {
		w = &t->words[i];
		one.share = total > 0 ? w->weight / (float)total : 1;
		one.before = neighbour(t, i - 1);
		one.behind = neighbour(t, i + 1);
		one.alone = w->filler;
		if (w->id != NO_WORD)
			add_posting(&x->words[w->id], &one, arena);
		if (w->set >= 0)
			add_to_set(&x->sets[w->set], &one, arena);
		if (w->inner >= 0 && w->inner != w->set)
			add_to_set(&x->sets[w->inner], &one, arena);
	}
}

struct match_index *
match_index_new(const struct vocabulary *v, const struct match_node *nodes,
    size_t n, bool targets, struct arena *arena)
{
	struct match_index	*x = arena_alloc(arena, sizeof(*x));
	size_t			 i;

	x->n_nodes = n;
	x->words = arena_calloc(arena, vocabulary_size(v) + 1,
	    sizeof(*x->words));
	x->sets = arena_calloc(arena, lexicon_sets(vocabulary_lexicon(v)) +
	    1, sizeof(*x->sets));
	for (i = 0; i < n; i++)
		if (nodes[i].is_target == targets)
			index_node(x, (int)i, &nodes[i].text, arena);
	return x;
}

/* Word i of the heading explains part of it. */
static void
count(struct match_bound *b, const struct match_text *heading, size_t i,
    double trust)
{
	const struct match_word	*w = &heading->words[i];

	if (b->last == i + 1)
		return;		/* found more than once */
	b->last = (uint32_t)i + 1;
	b->heading += w->weight * (float)trust;
	if (w->tail)
		b->tail += w->weight;
}

/* Word i of the heading, when it may be a neighbour; else NO_WORD. */
static uint32_t
word_beside(const struct match_marks *m, const struct match_text *heading,
    size_t i)
{
	return i < heading->n && match_is_first(m, i) ?
	    heading->words[i].id : NO_WORD;
}

static void
add_word(const struct match_index *x, const struct match_marks *m,
    const struct match_text *heading, size_t i, struct match_bound *bounds)
{
	const struct match_word	*w = &heading->words[i];
	const struct postings	*p = &x->words[w->id];
	const struct posting	*one;
	uint32_t		 before, behind;
	size_t			 k;

	before = word_beside(m, heading, i - 1);
	behind = word_beside(m, heading, i + 1);
	for (k = 0; k < p->n; k++) {
		one = &p->list[k];
		if (!one->alone && one->before != before &&
		    one->behind != behind) {
			bounds[one->node].node +=
			    one->share * (float)MATCH_LONE_TRUST;
			continue;
		}
		bounds[one->node].node += one->share;
		count(&bounds[one->node], heading, i, w->trust);
	}
}

static void
add_set(const struct match_index *x, const struct match_text *heading,
    size_t i, struct match_bound *bounds)
{
	const struct postings	*p = &x->sets[heading->words[i].set];
	size_t			 k;

	for (k = 0; k < p->n; k++) {
		bounds[p->list[k].node].node += p->list[k].share;
		count(&bounds[p->list[k].node], heading, i, MATCH_SET_TRUST);
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
	const struct match_word	*w;
	float			 plain = 0, tail = 0;
	size_t			 i;

	memset(bounds, 0, x->n_nodes * sizeof(*bounds));
	for (i = 0; i < heading->n; i++) {
		w = &heading->words[i];
		if (w->tail)
			tail += w->weight;
		else
			plain += w->weight;
		if (match_is_first(m, i))
			add_word(x, m, heading, i, bounds);
		if (w->set >= 0)
			add_set(x, heading, i, bounds);
	}
	for (i = 0; i < x->n_nodes; i++)
		if (bounds[i].heading > 0)
			bounds[i].heading /= counted_weight(plain, tail,
			    bounds[i].tail);
}
