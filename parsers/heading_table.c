/*
 * Tables: a report may be one large table with headings in it, or hold a
 * table of figures whose rows are none; and a first row may name columns.
 */
#include "parsers/heading_table.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/heading_skip.h"
#include "parsers/label.h"
#include "parsers/text.h"

#define FORM_ROWS 3		/* labelled rows that make an outline */
#define LABEL_CELL_BYTES 8	/* "XVIII." */
#define HEAD_BYTES 60		/* of a column's name */

/* Columns that say who is to write, not what was done. */
static const char *const who_columns[] = {
	"don vi thuc hien", "don vi bao cao", "co quan thuc hien",
	"noi thuc hien", "don vi phu trach", "doi tuong bao cao",
	"doi tuong thuc hien", "don vi chu tri", "co quan chu tri",
};

static uint32_t
words_of(const struct paragraph *p)
{
	return heading_words(p->text, strlen(p->text));
}

/* One outermost table. */
struct table_look {
	size_t	first;
	size_t	end;
	size_t	filled;		/* paragraphs with text */
	size_t	prose;		/* of them long ones */
	size_t	labels;		/* Roman labels, or bold numbered lines */
	size_t	form_rows;	/* that begin with a label and a title */
	uint32_t words;
	size_t	columns;
};

/* A row of an outline: "I" and a title beside it, or "1. Title". */
static bool
begins_form_row(const struct document *doc, size_t i, struct arena *arena)
{
	const struct paragraph	*p = &doc->paragraphs[i], *next;
	struct label		 l;
	size_t			 len = strlen(p->text);

	if (p->cell != 1 || p->row_cells < 2)
		return false;
	if (label_parse(p->text, &l) && l.mark != ' ' &&
	    l.kind != LABEL_BULLET && p->text[l.title] != '\0')
		return true;
	next = i + 1 < doc->n ? p + 1 : p;
	if (next->table != p->table || next->row != p->row ||
	    next->cell != 2 || words_of(next) == 0 ||
	    len > LABEL_CELL_BYTES)
		return false;
	return (label_parse(arena_printf(arena, "%s X", p->text), &l) ||
	    label_parse(arena_printf(arena, "%s. X", p->text), &l)) &&
	    l.kind != LABEL_BULLET && l.len >= len;
}

static void
look_at_table(const struct document *doc, struct table_look *t,
    struct arena *arena)
{
	const struct paragraph	*p;
	struct label		 l;
	size_t			 i;

	for (i = t->first; i < doc->n && doc->paragraphs[i].table ==
	    doc->paragraphs[t->first].table; i++) {
		p = &doc->paragraphs[i];
		if (p->row_cells > t->columns)
			t->columns = p->row_cells;
		if (p->text[0] == '\0')
			continue;
		t->filled++;
		t->words += words_of(p);
		t->form_rows += begins_form_row(doc, i, arena);
		t->prose += words_of(p) >= HEADING_LONG_CELL;
		if (label_parse(p->text, &l) && l.kind != LABEL_BULLET &&
		    p->text[l.title] != '\0' && (l.kind == LABEL_ROMAN ||
		    p->bold >= 80))
			t->labels++;
	}
	t->end = i;
}

/* Row 1 of a table when it only names the columns. */
static bool
is_header_row(const struct document *doc, const struct table_look *t)
{
	const struct paragraph	*p;
	struct label		 l;
	size_t			 i, cells = 0;

	for (i = t->first; i < t->end; i++) {
		p = &doc->paragraphs[i];
		if (p->row != doc->paragraphs[t->first].row)
			break;
		if (p->text[0] == '\0')
			continue;
		if (words_of(p) > 8 || label_parse(p->text, &l) ||
		    p->number[0] != '\0' || !(p->bold >= 60 || p->centred ||
		    p->caps >= 80))
			return false;
		cells++;
	}
	return cells >= 2 && i < t->end;
}

/* The cells of the column that names who is to write are no answers. */
static void
mark_who_column(const struct document *doc, const struct table_look *t,
    uint8_t *zone, struct arena *arena)
{
	const struct paragraph	*head, *p;
	const char		*key;
	size_t			 i, k, n;

	n = sizeof(who_columns) / sizeof(who_columns[0]);
	for (i = t->first; i < t->end; i++) {
		head = &doc->paragraphs[i];
		if (head->row != doc->paragraphs[t->first].row)
			break;
		if (strlen(head->text) > HEAD_BYTES)
			continue;
		key = text_key(head->text, TEXT_KEY_BARE, arena);
		for (k = 0; k < n && strcmp(key, who_columns[k]) != 0; k++)
			continue;
		if (k == n)
			continue;
		for (k = i + 1; k < t->end; k++) {
			p = &doc->paragraphs[k];
			if (p->cell == head->cell && zone[k] == ZONE_BODY)
				zone[k] = ZONE_TITLE;
		}
		return;	/* there is but one */
	}
}

static void
mark_table(const struct document *doc, const struct table_look *t,
    bool is_all, uint8_t *zone, struct arena *arena)
{
	size_t	i;
	bool	is_data = t->columns >= 2 && t->filled >= 4 &&
	    t->prose * 8 < t->filled && t->labels < 2;

	/* an outline in a table, with short answers or none */
	if (t->form_rows >= FORM_ROWS && is_all)
		is_data = false;
	for (i = t->first; i < t->end && is_data; i++)
		if (zone[i] == ZONE_BODY)
			zone[i] = ZONE_DATA;
	if (t->columns < 2 || !is_header_row(doc, t))
		return;
	for (i = t->first; i < t->end && doc->paragraphs[i].row ==
	    doc->paragraphs[t->first].row; i++)
		if (zone[i] == ZONE_BODY || zone[i] == ZONE_DATA)
			zone[i] = ZONE_TITLE;
	mark_who_column(doc, t, zone, arena);
}

/* Words and numbered headings outside of tables. */
struct outside {
	uint32_t words;
	size_t	 labels;
};

static struct outside
look_outside(const struct document *doc, size_t from)
{
	struct outside		 out = { 0, 0 };
	const struct paragraph	*p;
	struct label		 l;
	size_t			 i;

	for (i = from; i < doc->n; i++) {
		p = &doc->paragraphs[i];
		if (p->table != 0)
			continue;
		out.words += words_of(p);
		out.labels += p->style_level > 0 || (label_parse(p->text, &l)
		    && l.kind != LABEL_BULLET && l.mark != ' ' &&
		    (l.kind == LABEL_ROMAN || p->bold >= 80));
	}
	return out;
}

/* The first paragraph from i on that stands in a table; doc->n if none. */
static size_t
next_table(const struct document *doc, size_t i)
{
	while (i < doc->n && doc->paragraphs[i].table == 0)
		i++;
	return i;
}

void
heading_mark_tables(const struct document *doc, size_t from, uint8_t *zone,
    struct arena *arena)
{
	struct table_look	t;
	struct outside		out = { 0, 0 };
	size_t			i = next_table(doc, from);

	if (i < doc->n)
		out = look_outside(doc, from);
	while (i < doc->n) {
		memset(&t, 0, sizeof(t));
		t.first = i;
		look_at_table(doc, &t, arena);
		mark_table(doc, &t, out.words < t.words && out.labels < 2,
		    zone, arena);
		i = next_table(doc, t.end);
	}
}
