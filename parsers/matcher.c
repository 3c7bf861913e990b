/*
 * From a report's headings to an outline's sections: prepares both sides,
 * aligns them, and reads off what stands where.
 */
#include "parsers/coverage.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/coverage_state.h"
#include "parsers/heading_skip.h"
#include "parsers/match_bag.h"
#include "parsers/match_blocks.h"
#include "parsers/match_evidence.h"
#include "parsers/match_guidance.h"
#include "parsers/match_index.h"
#include "parsers/match_refine.h"
#include "parsers/match_text.h"
#include "parsers/match_theme.h"

#define GUIDANCE_SHARE 0.3	/* of a mention, when counting words */
#define LIKELY 30		/* confidence of a structuring bullet */
#define SHAPE_LEAST 4		/* fewer chapters have no shape */
#define WEAK_WORDS 20		/* a longer weak candidate is text */

struct matcher {
	const struct outline *outline;
	struct vocabulary *words;
	struct match_node *nodes;
	struct match_guidance *copies;
	struct match_themes *themes;
	struct match_index *targets;
	struct match_index *guidance;
	struct match_bag *bag;
};

static void
prepare_nodes(struct matcher *m, struct arena *arena)
{
	struct match_text	text[1];
	const struct outline	*o = m->outline;
	const struct word_memory *memory;
	size_t			 i, k;

	memory = match_memory_new(m->words, arena);
	for (i = 0; i < o->n; i++)
		vocabulary_count(m->words, memory, o->nodes[i].text,
		    o->nodes[i].kind == NODE_GUIDANCE ? GUIDANCE_SHARE : 1);
	vocabulary_finish(m->words);
	m->nodes = arena_calloc(arena, o->n, sizeof(*m->nodes));
	for (i = 0; i < o->n; i++) {
		(void)match_texts(m->words, memory, o->nodes[i].text, text, 1);
		match_find_inner(m->words, memory, o->nodes[i].text, text);
		m->nodes[i].text = text[0];
		m->nodes[i].parent = o->nodes[i].parent;
		m->nodes[i].level = o->nodes[i].level;
		m->nodes[i].is_target = o->nodes[i].kind != NODE_GUIDANCE;
		m->nodes[i].label = match_label_of(o->nodes[i].label);
		for (k = i + 1; k < o->n &&
		    o->nodes[k].level > o->nodes[i].level; k++)
			continue;
		m->nodes[i].end = (int)k;
		for (k = i + 1; k < (size_t)m->nodes[i].end; k++)
			m->nodes[i].text.is_general =
			    m->nodes[i].text.is_general ||
			    o->nodes[k].kind != NODE_GUIDANCE;
	}
}

/* Ranks among the nodes that want an answer. */
static void
rank_nodes(struct match_node *nodes, size_t n, struct arena *arena)
{
	uint32_t	*parts = arena_calloc(arena, n + 1, sizeof(*parts));
	size_t		 i;

	/* by parent, the first level's at the end */
	for (i = 0; i < n; i++)
		if (nodes[i].is_target)
			nodes[i].rank.rank = parts[nodes[i].parent < 0 ? n :
			    (size_t)nodes[i].parent]++;
	for (i = 0; i < n; i++) {
		nodes[i].rank.parts = parts[i];
		nodes[i].rank.beside = parts[nodes[i].parent < 0 ? n :
		    (size_t)nodes[i].parent];
	}
}

struct matcher *
matcher_new(const struct outline *o, const struct lexicon *lx,
    struct arena *arena)
{
	struct matcher	*m = arena_alloc(arena, sizeof(*m));

	m->outline = o;
	m->words = vocabulary_new(lx, arena);
	prepare_nodes(m, arena);
	rank_nodes(m->nodes, o->n, arena);
	m->copies = match_guidance_new(o, arena);
	m->targets = match_index_new(m->words, m->nodes, o->n, true, arena);
	m->guidance = match_index_new(m->words, m->nodes, o->n, false,
	    arena);
	m->bag = match_bag_new(m->words, m->nodes, o->n, arena);
	m->themes = match_themes_new(o, m->nodes, lx, arena);
	return m;
}

/* The tree of the report's headings. */
static void
link_lines(struct match_job *j)
{
	size_t	i, k;
	int	p;

	for (i = 0; i < j->n_lines; i++) {
		for (p = (int)i - 1; p >= 0; p = j->lines[p].parent)
			if (j->lines[p].is_sure &&
			    j->lines[p].h->level < j->lines[i].h->level)
				break;
		j->lines[i].parent = p;
	}
	for (i = j->n_lines; i-- > 0;) {
		if (j->lines[i].end == 0)
			j->lines[i].end = i + 1;
		p = j->lines[i].parent;
		if (p >= 0 && j->lines[p].end < j->lines[i].end)
			j->lines[p].end = j->lines[i].end;
	}
	/* a weak line has no parts of its own */
	for (i = 0; i < j->n_lines; i++)
		for (k = i + 1; k < j->lines[i].end; k++)
			if (!j->lines[i].is_sure)
				j->lines[i].end = i + 1;
}

/* Depths, and ranks among the sure headings. */
static void
rank_lines(struct match_job *j)
{
	struct match_line	*l;
	uint32_t		*parts;
	size_t			 i, n = j->n_lines;

	/* by parent, the first level's at the end */
	parts = arena_calloc(j->arena, n + 1, sizeof(*parts));
	for (i = 0; i < n; i++) {
		l = &j->lines[i];
		if (l->parent >= 0)
			l->depth = j->lines[l->parent].depth + 1;
		if (l->is_sure)
			l->rank.rank = parts[l->parent < 0 ? n :
			    (size_t)l->parent]++;
	}
	for (i = 0; i < n; i++) {
		l = &j->lines[i];
		l->rank.parts = parts[i];
		l->rank.beside = parts[l->parent < 0 ? n :
		    (size_t)l->parent];
	}
}

/* Has each chapter as many parts as its section, or one of them none? */
static bool
has_shape(const struct match_job *j)
{
	const struct match_rank	*a, *b;
	size_t			 i, n = 0;
	int			 k = 0;

	for (i = 0; i < j->n_lines; i++) {
		if (!j->lines[i].is_sure || j->lines[i].parent >= 0)
			continue;
		while (k < (int)j->n_nodes && !j->nodes[k].is_target)
			k = j->nodes[k].end;
		if (k == (int)j->n_nodes)
			return false;
		a = &j->lines[i].rank;
		b = &j->nodes[k].rank;
		if (a->beside != b->beside || (a->parts > 0 &&
		    b->parts > 0 && a->parts != b->parts))
			return false;
		n++;
		k = j->nodes[k].end;
	}
	return n >= SHAPE_LEAST;
}

static void
prepare_lines(struct match_job *j, const struct headings *h)
{
	struct match_line	*l;
	struct match_text	*t;
	size_t			 i;

	j->lines = arena_calloc(j->arena, h->n, sizeof(*j->lines));
	j->n_lines = h->n;
	for (i = 0; i < h->n; i++) {
		l = &j->lines[i];
		l->h = &h->h[i];
		l->node = -1;
		l->copy = -1;
		l->is_sure = h->h[i].confidence >= HEADING_CONFIDENT;
		if (!l->is_sure)
			l->words = heading_words(h->h[i].title,
			    strlen(h->h[i].title));
		/* "- Hạn chế: …" among text is text, not a heading */
		l->may_take = l->is_sure || !(h->h[i].is_bullet &&
		    h->h[i].run_in && h->h[i].confidence < LIKELY);
		if (!l->is_sure && text_words_at_most(h->h[i].title,
		    WEAK_WORDS) > WEAK_WORDS)
			continue;
		t = arena_calloc(j->arena, MATCH_READINGS + 1, sizeof(*t));
		match_read(j, h->h[i].title, t, MATCH_READINGS);
		l->text = t;
	}
	j->is_flat = true;
	for (i = 0; i < h->n; i++)
		j->is_flat = j->is_flat && (!j->lines[i].is_sure ||
		    h->h[i].level == 1);
	link_lines(j);
	rank_lines(j);
	j->has_shape = has_shape(j);
}

/* The headings to show: the sure ones, and what the outline confirmed. */
static void
report_matches(const struct match_job *j, struct coverage *c)
{
	const struct match_line	*l;
	struct heading_match	*m;
	size_t			 i;
	int			*ids;

	c->matches = arena_calloc(j->arena, j->n_lines,
	    sizeof(*c->matches));
	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure && l->n_sections == 0)
			continue;
		m = &c->matches[c->n_matches++];
		m->heading = (uint32_t)i;
		m->n_sections = l->n_sections;
		ids = arena_calloc(j->arena, MATCH_SECTIONS, sizeof(*ids));
		memcpy(ids, l->sections, l->n_sections * sizeof(*ids));
		m->sections = ids;
		m->score = l->n_sections > 0 ? l->score : 0;
		m->why = l->why == NULL ? "" : l->why;
		c->fitting += l->n_sections > 0;
	}
}

struct coverage *
matcher_cover(const struct matcher *m, const struct headings *h,
    const struct audience *unit, struct arena *arena)
{
	struct coverage		*c = arena_alloc(arena, sizeof(*c));
	struct match_job	 j;
	size_t			 i;

	memset(&j, 0, sizeof(j));
	j.arena = arena;
	j.outline = m->outline;
	j.nodes = m->nodes;
	j.n_nodes = m->outline->n;
	j.unit = vocabulary_unit_kinds(m->words, unit);
	j.words = m->words;
	j.memory = match_memory_new(m->words, arena);
	j.themes = m->themes;
	j.targets = m->targets;
	j.guidance = m->guidance;
	j.bag = m->bag;
	j.bounds = arena_calloc(arena, j.n_nodes + 1, sizeof(*j.bounds));
	j.marks = match_marks_new(m->words, arena);
	j.answered = arena_calloc(arena, j.n_nodes, sizeof(*j.answered));
	for (i = 0; i < j.n_nodes; i++)
		j.answered[i] = -1;
	prepare_lines(&j, h);
	match_find_copies(&j, m->copies);
	match_pairs(&j);
	match_blocks(&j);
	match_refine(&j);
	report_matches(&j, c);
	coverage_states(&j, c);
	return c;
}
