/*
 * The state of a campaign as tables on paper: what was submitted, in the
 * order of the Kính gửi lines, and who owes.
 */
#include "daemon/official.h"

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/paper.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/text.h"
#include "parsers/arena.h"

struct column {
	enum word	 word;
	unsigned	 percent;
};

static const struct column submission_columns[] = {
	{ WORD_COL_NUMBER, 5 }, { WORD_COL_UNIT, 27 },
	{ WORD_COL_RECEIVED, 13 }, { WORD_COL_DOC_NUMBER, 13 },
	{ WORD_COL_TIME, 13 }, { WORD_COL_CHANNEL, 10 },
	{ WORD_COL_CONTENT, 19 }
};
#define N_SUBMISSION (sizeof(submission_columns) / sizeof(struct column))

static const struct column owing_columns[] = {
	{ WORD_COL_NUMBER, 7 }, { WORD_COL_UNIT, 43 },
	{ WORD_COL_DUE, 15 }, { WORD_COL_REMINDED, 35 }
};
#define N_OWING (sizeof(owing_columns) / sizeof(struct column))

void
paper_cell(struct paper *p, int style, unsigned span, const char *text)
{
	p->kind->cell_begin(p, span);
	p->kind->text(p, (enum paper_style)style, text);
	p->kind->cell_end(p);
}

static void
table_begin(struct paper *p, const struct column *columns, size_t n)
{
	unsigned	percents[N_SUBMISSION];
	size_t		i;

	for (i = 0; i < n; i++)
		percents[i] = columns[i].percent;
	p->kind->table_begin(p, percents, n);
	p->kind->row_begin(p, true);
	for (i = 0; i < n; i++)
		paper_cell(p, PAPER_CELL_HEAD, 1,
		    text_word(columns[i].word));
	p->kind->row_end(p);
}

/* ---- submissions */

static void
group_row(const struct status *s, int line, size_t number, struct paper *p,
    struct arena *arena)
{
	p->kind->row_begin(p, false);
	paper_cell(p, PAPER_CELL_HEAD, 1, row_roman(number, arena));
	paper_cell(p, PAPER_CELL_GROUP, N_SUBMISSION - 1, line > 0 &&
	    (size_t)line <= s->campaign->n_recipients ?
	    s->campaign->recipients[line - 1].text : "");
	p->kind->row_end(p);
}

static void
unit_row(const struct status_unit *u, size_t number, struct paper *p,
    struct arena *arena)
{
	const struct verdict	*v = &u->verdict;

	p->kind->row_begin(p, false);
	paper_cell(p, PAPER_CELL, 1, arena_printf(arena, "%zu", number));
	paper_cell(p, PAPER_CELL, 1, u->unit->name);
	paper_cell(p, PAPER_CELL, 1, row_time(v->received, arena));
	paper_cell(p, PAPER_CELL, 1, row_document_number(u));
	paper_cell(p, PAPER_CELL, 1, v->is_submitted || v->is_excused ||
	    v->time == TIME_OVERDUE ? text_time(v, arena) :
	    text_word(WORD_NOT_SUBMITTED));
	paper_cell(p, PAPER_CELL, 1, v->is_submitted ?
	    text_channel(v->channel) : "");
	paper_cell(p, PAPER_CELL, 1, v->content == CONTENT_NONE ? "" :
	    text_content(v, arena));
	p->kind->row_end(p);
}

/* "Cộng | đã nộp 5/8 | trễ hạn 1" of rows first..end-1. */
static void
sum_row(const struct status *s, enum word w, size_t first, size_t end,
    struct paper *p, struct arena *arena)
{
	size_t	i, submitted = 0, late = 0;

	for (i = first; i < end; i++) {
		submitted += s->units[i].verdict.is_submitted;
		late += s->units[i].verdict.is_submitted &&
		    s->units[i].verdict.time == TIME_LATE;
	}
	p->kind->row_begin(p, false);
	paper_cell(p, PAPER_CELL, 1, "");
	paper_cell(p, PAPER_CELL_GROUP, 1, text_word(w));
	paper_cell(p, PAPER_CELL_GROUP, 2, arena_printf(arena,
	    "%s: %zu/%zu", text_word(WORD_SUBMITTED), submitted,
	    end - first));
	paper_cell(p, PAPER_CELL_GROUP, N_SUBMISSION - 4,
	    arena_printf(arena, "%s: %zu", text_word(WORD_LATE), late));
	p->kind->row_end(p);
}

void
paper_submissions(const struct status *s, struct paper *p,
    struct arena *arena)
{
	size_t	i, first, group = 0;
	int	line;

	table_begin(p, submission_columns, N_SUBMISSION);
	for (i = 0; i < s->n_units;) {
		first = i;
		line = s->units[i].recipient;
		group_row(s, line, ++group, p, arena);
		for (; i < s->n_units && s->units[i].recipient == line; i++)
			unit_row(&s->units[i], i + 1, p, arena);
		sum_row(s, WORD_SHEET_SUM, first, i, p, arena);
	}
	sum_row(s, WORD_SHEET_TOTAL, 0, s->n_units, p, arena);
	p->kind->table_end(p);
}

/* ---- who owes */

void
paper_owing(const struct status *s, struct paper *p, struct arena *arena)
{
	const struct status_unit	*u;
	size_t				 n = 0;

	table_begin(p, owing_columns, N_OWING);
	for (u = s->units; u < s->units + s->n_units; u++) {
		if (u->verdict.is_submitted || u->verdict.is_excused)
			continue;
		p->kind->row_begin(p, false);
		paper_cell(p, PAPER_CELL, 1, arena_printf(arena, "%zu",
		    ++n));
		paper_cell(p, PAPER_CELL, 1, u->unit->name);
		paper_cell(p, PAPER_CELL, 1, u->verdict.term.due == 0 ? "" :
		    day_text(u->verdict.term.last_day, arena));
		paper_cell(p, PAPER_CELL, 1, row_reminders(s, u, arena));
		p->kind->row_end(p);
	}
	p->kind->table_end(p);
}
