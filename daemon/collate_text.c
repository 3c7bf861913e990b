/*
 * A stretch of a report on paper. A table is kept as a table; one that
 * only served as a frame (no row of it with text in two cells) is told
 * paragraph by paragraph.
 */
#include "daemon/collate.h"

#include <string.h>

#include "daemon/paper.h"
#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/heading_skip.h"

#define COLUMN_LEAST 5		/* percent */

struct table {
	const struct document *document;
	const struct paragraph *p;
	uint32_t	 from, to;
	uint32_t	 columns;
	unsigned	*percents;
};

/* Is there a row with text in two cells? */
static bool
is_real_table(const struct paragraph *p, uint32_t from, uint32_t to)
{
	uint32_t	i, row = 0, cell = 0;

	for (i = from; i < to; i++) {
		if (*p[i].text == '\0')
			continue;
		if (p[i].row == row && p[i].cell != cell)
			return true;
		row = p[i].row;
		cell = p[i].cell;
	}
	return false;
}

/* Widths by the amount of text, none too narrow. */
static void
measure(struct table *t, struct arena *arena)
{
	size_t		*letters, all = 0;
	unsigned	 sum = 0, room;
	uint32_t	 i;

	for (i = t->from; i < t->to; i++)
		if (t->p[i].row_cells > t->columns)
			t->columns = t->p[i].row_cells;
	if (t->columns == 0)
		t->columns = 1;
	if (t->columns > PAPER_COLUMNS_MAX)
		t->columns = PAPER_COLUMNS_MAX;
	letters = arena_calloc(arena, t->columns, sizeof(*letters));
	t->percents = arena_calloc(arena, t->columns, sizeof(*t->percents));
	for (i = t->from; i < t->to; i++)
		if (t->p[i].cell >= 1 && t->p[i].cell <= t->columns) {
			letters[t->p[i].cell - 1] += strlen(t->p[i].text);
			all += strlen(t->p[i].text);
		}
	room = t->columns * COLUMN_LEAST < 100 ? 100 - t->columns *
	    COLUMN_LEAST : 0;
	for (i = 0; i < t->columns; i++) {
		t->percents[i] = room == 0 ? 100 / t->columns : COLUMN_LEAST +
		    (unsigned)(all == 0 ? 0 : letters[i] * room / all);
		sum += t->percents[i];
	}
	if (sum < 100)
		t->percents[t->columns - 1] += 100 - sum;
}

/* One row, paragraphs i..; gives the first behind it. */
static uint32_t
put_row(const struct table *t, uint32_t i, struct paper *paper)
{
	const uint32_t	row = t->p[i].row;
	uint32_t	cells = t->p[i].row_cells, cell;

	if (cells == 0)
		cells = 1;
	if (cells > t->columns)
		cells = t->columns;
	paper->kind->row_begin(paper, false);
	for (cell = 1; cell <= cells; cell++) {
		paper->kind->cell_begin(paper, cell == cells ?
		    t->columns - cells + 1 : 1);
		/* what lies past the last column goes into it */
		for (; i < t->to && t->p[i].row == row && (t->p[i].cell <=
		    cell || cell == cells); i++)
			if (*t->p[i].text != '\0')
				paper->kind->paragraph(paper, t->document,
				    &t->p[i]);
		paper->kind->cell_end(paper);
	}
	paper->kind->row_end(paper);
	return i;
}

static void
put_table(struct table *t, struct paper *paper, struct arena *arena)
{
	uint32_t	i;

	measure(t, arena);
	paper->kind->table_begin(paper, t->percents, t->columns);
	for (i = t->from; i < t->to;)
		i = put_row(t, i, paper);
	paper->kind->table_end(paper);
}

void
collate_text(const struct document *d, uint32_t from, uint32_t to,
    struct paper *paper, struct arena *arena)
{
	struct table	t = { .document = d, .p = d->paragraphs };
	uint32_t	i, end;

	for (i = from; i < to; i = end) {
		end = i + 1;
		if (d->paragraphs[i].table != 0)
			while (end < to && d->paragraphs[end].table ==
			    d->paragraphs[i].table)
				end++;
		if (end - i > 1 && is_real_table(d->paragraphs, i, end)) {
			t.from = i;
			t.to = end;
			t.columns = 0;
			put_table(&t, paper, arena);
			continue;
		}
		for (; i < end; i++)
			if (*d->paragraphs[i].text != '\0')
				paper->kind->paragraph(paper, d,
				    &d->paragraphs[i]);
	}
}
