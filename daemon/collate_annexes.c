/*
 * Annexes of the aggregated report, on their side: units by sections, the
 * table of submissions, who has not submitted, the head of the audit chain.
 */
#include "daemon/collate.h"

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/official.h"
#include "daemon/paper.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/text.h"
#include "parsers/arena.h"

#define NAME_PERCENT 28		/* of the width, for the unit's name */
#define COLUMNS_MAX 36		/* sections side by side; then a new table */

void
collate_annex_title(struct paper *p, struct arena *arena, unsigned number,
    enum word w)
{
	p->kind->text(p, PAPER_HEADING1, arena_printf(arena, "%s %u. %s",
	    text_word(WORD_DOC_ANNEX), number, text_word(w)));
}

/* ---- units by sections */

static void
matrix_part(const struct status *s, const int *nodes, size_t n,
    struct paper *p)
{
	const struct outline	*o = s->campaign->outline;
	unsigned		 percents[COLUMNS_MAX + 1];
	size_t			 i, k;

	percents[0] = NAME_PERCENT;
	for (i = 0; i < n; i++)
		percents[i + 1] = (100 - NAME_PERCENT) / (unsigned)n;
	percents[0] += (100 - NAME_PERCENT) % (unsigned)n;
	p->kind->table_begin(p, percents, n + 1);
	p->kind->row_begin(p, true);
	paper_cell(p, PAPER_CELL_HEAD, 1, text_word(WORD_COL_UNIT));
	for (i = 0; i < n; i++)
		paper_cell(p, PAPER_CELL_HEAD, 1, o->nodes[nodes[i]].id);
	p->kind->row_end(p);
	for (k = 0; k < s->n_units; k++) {
		if (!s->units[k].verdict.is_submitted)
			continue;
		p->kind->row_begin(p, false);
		paper_cell(p, PAPER_CELL, 1, s->units[k].unit->name);
		for (i = 0; i < n; i++)
			paper_cell(p, PAPER_CELL_HEAD, 1, row_section_sign(
			    row_section(&s->units[k].verdict,
			    (size_t)nodes[i])));
		p->kind->row_end(p);
	}
	p->kind->table_end(p);
}

static void
matrix(const struct status *s, unsigned number, struct paper *p,
    struct arena *arena)
{
	const struct outline	*o = s->campaign->outline;
	int			*nodes = arena_calloc(arena, o->n + 1,
				    sizeof(*nodes));
	size_t			 i, n = 0, part;

	collate_annex_title(p, arena, number, WORD_DOC_MATRIX);
	p->kind->text(p, PAPER_NOTE, arena_printf(arena, "%s %s; %s %s; "
	    "%s %s; %s %s.", row_section_sign(ROW_SECTION_FILLED),
	    text_word(WORD_SECTION_FILLED),
	    row_section_sign(ROW_SECTION_EMPTY),
	    text_word(WORD_SECTION_EMPTY),
	    row_section_sign(ROW_SECTION_MISSING),
	    text_word(WORD_SECTION_MISSING),
	    row_section_sign(ROW_SECTION_UNSURE),
	    text_word(WORD_SECTION_UNSURE)));
	for (i = 0; i < o->n; i++)
		if (o->nodes[i].kind != NODE_GUIDANCE)
			nodes[n++] = (int)i;
	for (i = 0; i < n; i += part) {
		part = n - i > COLUMNS_MAX ? COLUMNS_MAX : n - i;
		matrix_part(s, nodes + i, part, p);
	}
}

/* ---- who is missing */

static void
missing(const struct status *s, unsigned number, struct paper *p,
    struct arena *arena)
{
	const struct verdict	*v;
	size_t			 i, n = 0;

	collate_annex_title(p, arena, number, WORD_DOC_NOT_SUBMITTED);
	for (i = 0; i < s->n_units; i++) {
		v = &s->units[i].verdict;
		if (v->is_submitted)
			continue;
		p->kind->text(p, PAPER_BODY, arena_printf(arena,
		    v->is_excused ? "%zu. %s (%s)" : "%zu. %s%s", ++n,
		    s->units[i].unit->name, v->is_excused ?
		    text_word(WORD_EXCUSED) : ""));
	}
	if (n == 0)
		p->kind->text(p, PAPER_BODY, text_word(WORD_DOC_NONE));
}

void
collate_annexes(const struct collation *c, struct paper *p,
    struct arena *arena)
{
	unsigned	n = c->concerns != NULL ? 1 : 0;

	p->kind->landscape(p);
	matrix(c->status, ++n, p, arena);
	collate_annex_title(p, arena, ++n, WORD_DOC_SUBMISSIONS);
	paper_submissions(c->status, p, arena);
	missing(c->status, ++n, p, arena);
	collate_annex_title(p, arena, ++n, WORD_DOC_AUDIT);
	p->kind->text(p, PAPER_BODY, arena_printf(arena, "%s: %s (%s).",
	    text_word(WORD_DOC_HEAD), c->audit_head,
	    local_text(c->status->now, arena)));
}
