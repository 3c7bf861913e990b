/*
 * Comparing a heading with outline nodes. Words that both hold count by
 * their weight, phrases of one lexicon set nearly as much; words behind
 * "của", "tại" count less where they are not found.
 */
#include "parsers/match_compare.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/vocabulary.h"

#define HEAD_PART 0.55		/* of the score of a heading without a tail */
#define NO_TOPIC 0.85		/* the node's first phrase is not there */

struct match_marks {
	const struct match_text *heading;
	uint32_t	*stamp;	/* by word id: number of the heading */
	uint16_t	*place;	/* by word id: position in it */
	uint32_t	*set_stamp;
	uint32_t	 now;
	bool		*found;	/* words of the heading, while comparing */
	size_t		 found_cap;
	struct arena	*arena;
};

struct match_marks *
match_marks_new(const struct vocabulary *v, struct arena *arena)
{
	struct match_marks	*m = arena_alloc(arena, sizeof(*m));

	m->arena = arena;
	m->stamp = arena_calloc(arena, vocabulary_size(v) + 1,
	    sizeof(*m->stamp));
	m->place = arena_calloc(arena, vocabulary_size(v) + 1,
	    sizeof(*m->place));
	m->set_stamp = arena_calloc(arena,
	    lexicon_sets(vocabulary_lexicon(v)) + 1,
	    sizeof(*m->set_stamp));
	return m;
}

void
match_mark(struct match_marks *m, const struct match_text *heading)
{
	size_t	i;

	if (m->heading == heading)
		return;
	m->now++;
	m->heading = heading;
	if (heading->n > m->found_cap) {
		m->found_cap = heading->n * 2;
		m->found = arena_calloc(m->arena, m->found_cap,
		    sizeof(*m->found));
	}
	for (i = heading->n; i-- > 0;) {
		if (heading->words[i].set >= 0)
			m->set_stamp[heading->words[i].set] = m->now;
		if (heading->words[i].id == NO_WORD)
			continue;
		m->stamp[heading->words[i].id] = m->now;
		m->place[heading->words[i].id] = (uint16_t)i;
	}
}

const uint16_t *
match_places(const struct match_marks *m)
{
	return m->place;
}

bool
match_has(const struct match_marks *m, uint32_t id)
{
	return id != NO_WORD && m->stamp[id] == m->now;
}

bool
match_has_set(const struct match_marks *m, int set)
{
	return set >= 0 && m->set_stamp[set] == m->now;
}

/* Does word i of the node stand beside the same neighbour in the heading? */
static bool
has_neighbour(const struct match_marks *m, const struct match_text *node,
    size_t i)
{
	size_t	at = m->place[node->words[i].id];

	if (i > 0 && match_has(m, node->words[i - 1].id) &&
	    m->place[node->words[i - 1].id] + 1u == at)
		return true;
	return i + 1 < node->n && match_has(m, node->words[i + 1].id) &&
	    m->place[node->words[i + 1].id] == at + 1;
}

/* Share of the heading's weight that the node explains. */
static double
explained(const struct match_marks *m, const struct match_text *node)
{
	const struct match_text	*h = m->heading;
	double			 sum = 0, hit = 0, tail = 0, w, t;
	size_t			 i;

	for (i = 0; i < h->n; i++) {
		w = h->words[i].weight;
		t = m->found[i] ? h->words[i].trust : 0;
		if (t == 0 && h->words[i].set >= 0 &&
		    node->sets[h->words[i].set])
			t = MATCH_SET_TRUST;
		if (t == 0 && h->words[i].tail)
			tail += w * MATCH_TAIL_SHARE;
		else
			sum += w;
		hit += w * t;
	}
	sum += tail < MATCH_TAIL_MOST ? tail : MATCH_TAIL_MOST;
	return sum > 0 ? hit / sum : 0;
}

/* Is the first phrase of the node in the heading, by words or set? */
static bool
has_topic(const struct match_marks *m, const struct match_text *node)
{
	size_t	from, to, i;

	match_topic(node, &from, &to);
	for (i = from; i < to; i++)
		if (match_has(m, node->words[i].id) ||
		    match_has_set(m, node->words[i].set))
			return true;
	return from == to;
}

struct match_score
match_compare(const struct match_marks *m, const struct match_text *node)
{
	struct match_score	s = { 0, 0, 0, 0 };
	const struct match_word	*w;
	double			 hit = 0, head = 0, t;
	size_t			 i;

	memset(m->found, 0, m->heading->n * sizeof(*m->found));
	for (i = 0; i < node->n; i++) {
		w = &node->words[i];
		t = 0;
		if (match_has(m, w->id)) {
			t = m->heading->words[m->place[w->id]].trust;
			if (w->filler || has_neighbour(m, node, i))
				m->found[m->place[w->id]] = true;
			else
				t *= MATCH_LONE_TRUST;
		}
		if (t < MATCH_SET_TRUST && (match_has_set(m, w->set) ||
		    match_has_set(m, w->inner)))
			t = MATCH_SET_TRUST;
		hit += w->weight * t;
		if (!w->tail)
			head += w->weight * t;
	}
	if (hit <= 0)
		return s;
	s.node = hit / node->total;
	s.head = node->head > 0 ? head / node->head : s.node;
	s.heading = explained(m, node);
	/* a heading cut short leaves out what follows "của" */
	if (m->heading->head >= m->heading->total || node->is_general)
		s.node = HEAD_PART * s.head + (1 - HEAD_PART) * s.node;
	s.both = s.node + s.heading > 0 ?
	    2 * s.node * s.heading / (s.node + s.heading) : 0;
	if (!has_topic(m, node))
		s.both *= NO_TOPIC;
	return s;
}
