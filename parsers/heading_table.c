/*
 * Tables: a report may be one large table with headings in it, or hold a
 * table of figures whose rows are none; and a first row may name columns.
 */
#include "parsers/heading_table.h"

#include <string.h>

#include "parsers/heading_skip.h"
#include "parsers/label.h"

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
	size_t	columns;
};

static void
look_at_table(const struct document *doc, struct table_look *t)
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

static void
mark_table(const struct document *doc, const struct table_look *t,
    uint8_t *zone)
{
	size_t	i;
	bool	is_data = t->columns >= 2 && t->filled >= 4 &&
	    t->prose * 8 < t->filled && t->labels < 2;

	for (i = t->first; i < t->end && is_data; i++)
		if (zone[i] == ZONE_BODY)
			zone[i] = ZONE_DATA;
	if (t->columns < 2 || !is_header_row(doc, t))
		return;
	for (i = t->first; i < t->end && doc->paragraphs[i].row ==
	    doc->paragraphs[t->first].row; i++)
		if (zone[i] == ZONE_BODY || zone[i] == ZONE_DATA)
			zone[i] = ZONE_TITLE;
}

void
heading_mark_tables(const struct document *doc, size_t from, uint8_t *zone)
{
	struct table_look	t;
	size_t			i = from;

	while (i < doc->n) {
		if (doc->paragraphs[i].table == 0) {
			i++;
			continue;
		}
		memset(&t, 0, sizeof(t));
		t.first = i;
		look_at_table(doc, &t);
		mark_table(doc, &t, zone);
		i = t.end;
	}
}
