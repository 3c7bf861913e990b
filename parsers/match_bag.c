/*
 * Words of sections against words of texts. By word, the sections that
 * hold it, each with the words beside it: a syllable whose neighbour is
 * there too says more than one alone.
 */
#include "parsers/match_bag.h"

#include <math.h>
#include <string.h>

#include "parsers/arena.h"

#define OWN_SHARE 1.0f		/* of the section's title */
#define GUIDANCE_SHARE 0.5f	/* of what is to be written there */
#define PART_SHARE 0.25f	/* of the titles of its parts */
#define LONE_SHARE 0.35f	/* of a word without its neighbour */
#define HALF 4.0		/* weight found that makes 0.5 */
#define COUNTED_LEAST 5		/* headings that make a word common */

#define NO_NEIGHBOUR (NO_WORD - 1)

struct entry {
	int	 node;
	float	 worth;
	uint32_t before;	/* words beside it, or NO_NEIGHBOUR */
	uint32_t behind;
};

struct entries {
	struct entry	*list;
	size_t		 n;
	size_t		 cap;
};

struct match_bag {
	struct entries	*words;	/* by id */
	size_t		 n_words;
	size_t		 n_nodes;
};

static uint32_t
neighbour(const struct match_text *t, size_t i)
{
	return i >= t->n || t->words[i].id == NO_WORD ? NO_NEIGHBOUR :
	    t->words[i].id;
}

static void
add_text(struct match_bag *b, int node, const struct match_text *t,
    float share, struct arena *arena)
{
	const struct match_word	*w;
	struct entries		*e;
	size_t			 i;

	for (i = 0; i < t->n; i++) {
		w = &t->words[i];
		if (w->filler || w->id == NO_WORD)
			continue;
		e = &b->words[w->id];
		e->list = arena_grow(arena, e->list, e->n, &e->cap,
		    sizeof(*e->list));
		e->list[e->n].node = node;
		e->list[e->n].worth = share * w->weight;
		e->list[e->n].before = neighbour(t, i - 1);
		e->list[e->n++].behind = neighbour(t, i + 1);
	}
}

struct match_bag *
match_bag_new(const struct vocabulary *v, const struct match_node *nodes,
    size_t n, struct arena *arena)
{
	struct match_bag	*b = arena_alloc(arena, sizeof(*b));
	int			 i, k;

	b->n_words = vocabulary_size(v);
	b->n_nodes = n;
	b->words = arena_calloc(arena, b->n_words + 1, sizeof(*b->words));
	for (i = 0; i < (int)n; i++) {
		if (!nodes[i].is_target)
			continue;
		add_text(b, i, &nodes[i].text, OWN_SHARE, arena);
		for (k = i + 1; k < nodes[i].end; k++)
			if (nodes[k].parent == i)
				add_text(b, i, &nodes[k].text,
				    nodes[k].is_target ? (float)PART_SHARE :
				    (float)GUIDANCE_SHARE, arena);
	}
	return b;
}

const float *
match_bag_telling(const struct match_bag *b, const struct match_job *j)
{
	float			*w;
	uint32_t		*seen, id;
	const struct match_line	*l;
	size_t			 i, k, m, texts = 0;

	w = arena_calloc(j->arena, b->n_words + 1, sizeof(*w));
	seen = arena_calloc(j->arena, b->n_words + 1, sizeof(*seen));
	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		texts += l->n_texts > 0;
		for (m = 0; m < l->n_texts; m++) {
			for (k = 0; k < l->texts[m]->n; k++) {
				id = l->texts[m]->words[k].id;
				if (id == NO_WORD || seen[id] == i + 1)
					continue;
				seen[id] = (uint32_t)i + 1;
				w[id]++;
			}
		}
	}
	for (i = 0; i < b->n_words; i++)
		w[i] = texts < COUNTED_LEAST || w[i] == 0 ? 1 :
		    logf((float)(texts + 1) / w[i]) /
		    logf((float)(texts + 1));
	return w;
}

static void
add_told(const struct match_bag *b, const struct match_text *t,
    const float *telling, float *told)
{
	const struct match_word	*w;
	const struct entry	*x, *end;
	uint32_t		 before, behind;
	float			 weight;
	size_t			 i;

	for (i = 0; i < t->n; i++) {
		w = &t->words[i];
		if (w->id == NO_WORD || w->filler || w->trust < 1 ||
		    b->words[w->id].n == 0)
			continue;
		weight = telling[w->id];
		before = i > 0 ? w[-1].id : NO_WORD;
		behind = i + 1 < t->n ? w[1].id : NO_WORD;
		x = b->words[w->id].list;
		for (end = x + b->words[w->id].n; x < end; x++)
			told[x->node] += x->worth * weight *
			    (x->before == before || x->behind == behind ? 1 :
			    (float)LONE_SHARE);
	}
}

const float *
match_bag_told(const struct match_bag *b, const struct match_line *l,
    const float *telling, struct arena *arena)
{
	float	*told = arena_calloc(arena, b->n_nodes + 1, sizeof(*told));
	size_t	 i;

	for (i = 0; i < l->n_texts; i++)
		add_told(b, l->texts[i], telling, told);
	for (i = 0; i < b->n_nodes; i++)
		told[i] /= told[i] + (float)HALF;
	return told;
}
