/*
 * Which paragraphs of a report answer which section. A heading that
 * answers nothing divides the section above it further; where there is
 * none above, what follows stands outside the outline.
 */
#include "daemon/collate.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/document.h"
#include "parsers/heading.h"
#include "parsers/heading_skip.h"
#include "parsers/outline.h"

#define LEVELS_MAX 16

/* The sections that one heading answers, without doubles and ancestors. */
struct answer {
	int	*nodes;
	size_t	 n;
	bool	 is_guidance; /* it is a line of guidance: part of the text */
};

struct cutter {
	const struct collate_uncut *u;
	const struct outline *o;
	struct arena	*arena;	/* for the cutting */
	const uint8_t	*zones;
	struct collate_piece *pieces;
	size_t		 n, cap;
	/* what is open: */
	struct answer	 now;
	const char	*heading;
	uint32_t	 heading_from;
	uint32_t	 from;
	bool		 is_open;
	/* headings above, by level */
	struct { unsigned level; struct answer answer; } above[LEVELS_MAX];
	size_t		 n_above;
};

static bool
is_ancestor(const struct outline *o, int above, int node)
{
	for (node = o->nodes[node].parent; node >= 0;
	    node = o->nodes[node].parent)
		if (node == above)
			return true;
	return false;
}

static void
answer_of(const struct cutter *c, const struct heading_match *m,
    struct answer *out)
{
	size_t	i, k;
	int	node;

	out->nodes = arena_calloc(c->arena, m->n_sections + 1,
	    sizeof(*out->nodes));
	out->n = 0;
	out->is_guidance = false;
	for (i = 0; i < m->n_sections; i++) {
		node = m->sections[i];
		while (node >= 0 && c->o->nodes[node].kind == NODE_GUIDANCE) {
			node = c->o->nodes[node].parent;
			out->is_guidance = true;
		}
		for (k = 0; k < out->n && out->nodes[k] != node; k++)
			;
		if (node >= 0 && k == out->n)
			out->nodes[out->n++] = node;
	}
	/* a section and its only part in one heading: it is the part's */
	for (i = 0; i < out->n; i++)
		for (k = 0; k < out->n; k++)
			if (is_ancestor(c->o, out->nodes[i],
			    out->nodes[k])) {
				memmove(&out->nodes[i], &out->nodes[i + 1],
				    (--out->n - i) * sizeof(*out->nodes));
				i--;
				break;
			}
}

static bool
same_answer(const struct answer *a, const struct answer *b)
{
	return a->n == b->n && (a->n == 0 || memcmp(a->nodes, b->nodes,
	    a->n * sizeof(*a->nodes)) == 0);
}

static bool
is_text(const struct cutter *c, uint32_t i)
{
	return c->zones[i] != ZONE_TAIL && c->zones[i] != ZONE_MARK &&
	    c->zones[i] != ZONE_HEAD && c->zones[i] != ZONE_ANNEX;
}

static void
add_piece(struct cutter *c, int node, uint32_t from, uint32_t to)
{
	struct collate_piece	*p;

	c->pieces = arena_grow(c->arena, c->pieces, c->n, &c->cap,
	    sizeof(*c->pieces));
	p = &c->pieces[c->n++];
	p->node = node;
	p->heading = c->heading;
	p->heading_from = c->heading_from;
	p->from = from;
	p->to = to;
}

/* Ends what is open; leaves out what is no text at its edges. */
static void
close_piece(struct cutter *c, uint32_t to)
{
	const struct paragraph	*p = c->u->document->paragraphs;
	uint32_t		 from = c->from, i;
	size_t			 k;

	if (!c->is_open)
		return;
	c->is_open = false;
	for (i = from; i < to && c->zones[i] != ZONE_ANNEX; i++)
		;
	to = i;
	while (from < to && (*p[from].text == '\0' || !is_text(c, from)))
		from++;
	while (to > from && (*p[to - 1].text == '\0' || !is_text(c, to - 1)))
		to--;
	if (from == to)
		return;
	for (k = 0; k < c->now.n; k++)
		add_piece(c, c->now.nodes[k], from, to);
	if (c->now.n == 0)
		add_piece(c, -1, from, to);
}

static void
open_piece(struct cutter *c, const struct answer *a, const char *heading,
    uint32_t heading_from, uint32_t from)
{
	c->now = *a;
	c->heading = heading;
	c->heading_from = heading_from;
	c->from = from;
	c->is_open = true;
}

/* One heading of the report, in order. */
static void
step(struct cutter *c, const struct heading_match *m)
{
	const struct heading	*h = &c->u->headings->h[m->heading];
	struct answer		 a;
	bool			 is_own;

	answer_of(c, m, &a);
	while (c->n_above > 0 && c->above[c->n_above - 1].level >= h->level)
		c->n_above--;
	is_own = a.n > 0 && !a.is_guidance;
	if (a.n == 0 && c->n_above > 0)
		a = c->above[c->n_above - 1].answer;
	else if (a.n > 0 && c->n_above < LEVELS_MAX) {
		c->above[c->n_above].level = h->level;
		c->above[c->n_above++].answer = a;
	}
	if (c->is_open && !is_own && same_answer(&a, &c->now))
		return;
	close_piece(c, h->paragraph);
	open_piece(c, &a, h->text, h->paragraph, is_own && !h->run_in ?
	    h->paragraph_end : h->paragraph);
}

/* What follows the signature: annexes, as they stand. */
static void
add_annex(struct cutter *c)
{
	uint32_t	from, to, n = (uint32_t)c->u->document->n;

	for (from = 0; from < n && c->zones[from] != ZONE_ANNEX; from++)
		;
	for (to = n; to > from && (c->zones[to - 1] != ZONE_ANNEX ||
	    *c->u->document->paragraphs[to - 1].text == '\0'); to--)
		;
	/* its own title, and the head of a table, belong to it */
	while (from > 0 && from < to && c->zones[from - 1] == ZONE_TITLE)
		from--;
	c->heading = NULL;
	c->heading_from = from;
	if (from < to)
		add_piece(c, -1, from, to);
}

size_t
collate_pieces(const struct collate_uncut *u, struct arena *arena,
    struct collate_piece **out)
{
	struct cutter		 c = { .u = u, .o = u->outline };
	struct collate_piece	*p;
	size_t			 i;

	c.arena = arena_new(0);
	c.zones = heading_zones(u->document, c.arena);
	/* without a single heading all of it is outside the outline */
	if (u->coverage->n_matches == 0)
		open_piece(&c, &c.now, NULL, 0, 0);
	for (i = 0; i < u->coverage->n_matches; i++)
		step(&c, &u->coverage->matches[i]);
	close_piece(&c, (uint32_t)u->document->n);
	add_annex(&c);
	*out = arena_calloc(arena, c.n + 1, sizeof(**out));
	for (i = 0; i < c.n; i++) {
		p = &(*out)[i];
		*p = c.pieces[i];
		if (p->heading != NULL)
			p->heading = arena_strdup(arena, p->heading);
	}
	arena_free(c.arena);
	return c.n;
}
