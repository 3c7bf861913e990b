/*
 * Writes a new DOCX (ECMA-376 Part 1, transitional schema) with libxml2's
 * writer and libzip. Nothing of a report's own formatting comes along but
 * what struct paragraph knows, so the result is valid whatever came in.
 */
#include "daemon/paper.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/xmlwriter.h>

#include "daemon/docx_footnotes.h"
#include "daemon/docx_parts.h"
#include "parsers/document.h"
#include "parsers/strbuf.h"

#define X(s) ((const xmlChar *)(s))

/* A4 and the margins of official documents, in twips (1/1440 inch). */
#define PAGE_SHORT "11906"
#define PAGE_LONG "16838"
#define MARGIN_TOP "1134"	/* 20 mm */
#define MARGIN_LEFT "1701"	/* 30 mm */
#define MARGIN_RIGHT "851"	/* 15 mm */
#define MARGIN_PAGE_NUMBER "567"
#define TEXT_WIDTH_PORTRAIT (11906 - 1701 - 851)
#define TEXT_WIDTH_LANDSCAPE (16838 - 1701 - 851)
#define INDENT_STEP 284		/* of a list level: 5 mm */

struct docx {
	struct paper	 paper;	 /* first: is one */
	xmlBufferPtr	 buffer;
	xmlTextWriterPtr w;
	struct docx_footnotes *notes;
	char		*title;
	char		*creator;
	unsigned	 percents[PAPER_COLUMNS_MAX];
	size_t		 n_columns;
	size_t		 column;  /* next cell of the row */
	bool		 in_cell;
	bool		 cell_is_empty; /* a cell needs a paragraph */
	bool		 after_table; /* two tables must not touch */
	bool		 is_landscape;
	bool		 has_text; /* anything at all yet */
	bool		 new_page; /* the next paragraph begins one */
};

/* ---- small steps of the writer; it aborts only when out of memory */

static void
must(int rc)
{
	if (rc < 0)
		abort();
}

static void
begin(struct docx *d, const char *name)
{
	must(xmlTextWriterStartElement(d->w, X(name)));
}

static void
end(struct docx *d)
{
	must(xmlTextWriterEndElement(d->w));
}

static void
attribute(struct docx *d, const char *name, const char *value)
{
	must(xmlTextWriterWriteAttribute(d->w, X(name), X(value)));
}

static void
number_attribute(struct docx *d, const char *name, long value)
{
	must(xmlTextWriterWriteFormatAttribute(d->w, X(name), "%ld", value));
}

/* <name w:val="value"/> */
static void
valued(struct docx *d, const char *name, const char *value)
{
	begin(d, name);
	attribute(d, "w:val", value);
	end(d);
}

static void
empty(struct docx *d, const char *name)
{
	begin(d, name);
	end(d);
}

/* ---- the document */

/* The docx that a paper of this file is. */
static struct docx *
docx_of(struct paper *p)
{
	return (struct docx *)(void *)p;
}

/* Character data. */
static void
text(struct docx *d, const char *s, size_t len)
{
	struct strbuf	clean = { 0 };

	docx_clean(&clean, s, len);
	must(xmlTextWriterWriteString(d->w, X(strbuf_get(&clean))));
	strbuf_clear(&clean);
}

/* One run; look may be NULL. */
static void
run(struct docx *d, const struct span *look, const char *s, size_t len)
{
	if (len == 0)
		return;
	begin(d, "w:r");
	if (look != NULL && (look->bold || look->italic || look->underline)) {
		begin(d, "w:rPr");
		if (look->bold)
			empty(d, "w:b");
		if (look->italic)
			empty(d, "w:i");
		if (look->underline)
			valued(d, "w:u", "single");
		end(d);
	}
	begin(d, "w:t");
	attribute(d, "xml:space", "preserve");
	text(d, s, len);
	end(d);
	end(d);
}

static void
line_break(struct docx *d)
{
	begin(d, "w:r");
	empty(d, "w:br");
	end(d);
}

/* The mark of a footnote, and the note itself. */
static void
note(struct docx *d, const char *s)
{
	if (*s == '\0')
		return;
	begin(d, "w:r");
	begin(d, "w:rPr");
	valued(d, "w:rStyle", DOCX_STYLE_NOTE_MARK);
	end(d);
	begin(d, "w:footnoteReference");
	number_attribute(d, "w:id", docx_footnotes_add(d->notes, s));
	end(d);
	end(d);
}

/* Word joins tables that touch; an empty small line keeps them apart. */
static void
keep_apart(struct docx *d)
{
	if (!d->after_table || d->in_cell)
		return;
	d->after_table = false;
	begin(d, "w:p");
	begin(d, "w:pPr");
	valued(d, "w:pStyle", docx_style_id(PAPER_CELL));
	end(d);
	end(d);
}

static void
paragraph_begin(struct docx *d, enum paper_style style)
{
	d->cell_is_empty = false;
	if (!d->in_cell)
		d->after_table = false;
	begin(d, "w:p");
	begin(d, "w:pPr");
	valued(d, "w:pStyle", docx_style_id(style));
	if (d->new_page)
		empty(d, "w:pageBreakBefore");
	d->new_page = false;
	d->has_text = true;
}

static void
put_text(struct docx *d, enum paper_style style, const char *s)
{
	const char	*eol;

	paragraph_begin(d, style);
	end(d);
	for (; (eol = strchr(s, '\n')) != NULL; s = eol + 1) {
		run(d, NULL, s, (size_t)(eol - s));
		line_break(d);
	}
	run(d, NULL, s, strlen(s));
	end(d);
}

static void
docx_text(struct paper *p, enum paper_style style, const char *s)
{
	put_text(docx_of(p), style, s);
}

/* A bullet from a symbol font's private letters is shown as a dash. */
static void
list_number(struct docx *d, const struct paragraph *p)
{
	const unsigned char	*u = (const unsigned char *)p->number;
	struct span		 look = { 0 };
	bool			 is_private;

	if (*p->number == '\0')
		return;
	look.bold = paragraph_bold_lead(p) > 0 && !p->is_bullet;
	is_private = u[0] == 0xee || (u[0] == 0xef && u[1] >= 0x80 &&
	    u[1] <= 0xa3);
	if (is_private)
		run(d, &look, "-", 1);
	else
		run(d, &look, p->number, strlen(p->number));
	run(d, &look, " ", 1);
}

/* Runs of a paragraph's text between span borders, breaks and notes. */
static void
paragraph_runs(struct docx *d, const struct document *doc,
    const struct paragraph *p)
{
	const size_t	 len = strlen(p->text);
	struct span	 whole = { 0 };
	const struct span *look = &whole;
	size_t		 at = 0, span_end, stop;
	uint32_t	 i = 0, b = 0, k = 0;

	whole.bold = p->bold == 100;
	whole.italic = p->italic == 100;
	whole.underline = p->underline == 100;
	span_end = len;
	if (p->n_spans > 0) {
		look = &p->spans[0];
		span_end = look->len;
	}
	for (;;) {
		for (; k < p->n_notes && p->notes[k].at <= at; k++)
			note(d, doc->notes[p->notes[k].note]);
		if (at >= len)
			break;
		while (at >= span_end && i + 1 < p->n_spans) {
			look = &p->spans[++i];
			span_end += look->len;
		}
		stop = span_end > at && span_end < len ? span_end : len;
		while (b < p->n_breaks && p->breaks[b] < at)
			b++;
		if (b < p->n_breaks && p->breaks[b] < stop)
			stop = p->breaks[b];
		if (k < p->n_notes && p->notes[k].at < stop)
			stop = p->notes[k].at;
		run(d, look, p->text + at, stop - at);
		at = stop;
		if (b < p->n_breaks && p->breaks[b] == at && at < len) {
			line_break(d);
			at += p->text[at] == ' ';
			b++;
		}
	}
}

static void
docx_paragraph(struct paper *paper, const struct document *doc,
    const struct paragraph *p)
{
	struct docx	*d = docx_of(paper);

	paragraph_begin(d, d->in_cell ? PAPER_CELL : PAPER_BODY);
	if (p->list_level > 1 && !d->in_cell) {
		begin(d, "w:ind");
		number_attribute(d, "w:left",
		    INDENT_STEP * (p->list_level - 1));
		end(d);
	}
	if (p->centred)
		valued(d, "w:jc", "center");
	end(d);
	list_number(d, p);
	paragraph_runs(d, doc, p);
	end(d);
}

/* ---- tables */

static long
column_width(const struct docx *d, size_t column, size_t n)
{
	long	width = 0;

	for (; n > 0 && column < d->n_columns; n--, column++)
		width += (long)d->percents[column] * (d->is_landscape ?
		    TEXT_WIDTH_LANDSCAPE : TEXT_WIDTH_PORTRAIT) / 100;
	return width;
}

static void
table_properties(struct docx *d, bool has_lines)
{
	begin(d, "w:tblPr");
	if (has_lines)
		valued(d, "w:tblStyle", DOCX_STYLE_GRID);
	begin(d, "w:tblW");
	attribute(d, "w:type", "dxa");
	number_attribute(d, "w:w", column_width(d, 0, d->n_columns));
	end(d);
	begin(d, "w:tblLayout");
	attribute(d, "w:type", "fixed");
	end(d);
	end(d);
}

static void
begin_table(struct docx *d, const unsigned *percents, size_t n,
    bool has_lines)
{
	size_t	i;

	keep_apart(d);
	d->has_text = true;
	if (n > PAPER_COLUMNS_MAX)
		n = PAPER_COLUMNS_MAX;
	memcpy(d->percents, percents, n * sizeof(*percents));
	d->n_columns = n;
	begin(d, "w:tbl");
	table_properties(d, has_lines);
	begin(d, "w:tblGrid");
	for (i = 0; i < n; i++) {
		begin(d, "w:gridCol");
		number_attribute(d, "w:w", column_width(d, i, 1));
		end(d);
	}
	end(d);
}

static void
docx_table_begin(struct paper *p, const unsigned *percents, size_t n)
{
	begin_table(docx_of(p), percents, n, true);
}

static void
docx_frame_begin(struct paper *p, const unsigned *percents, size_t n)
{
	begin_table(docx_of(p), percents, n, false);
}

static void
docx_row_begin(struct paper *p, bool is_header)
{
	struct docx	*d = docx_of(p);

	d->column = 0;
	begin(d, "w:tr");
	if (!is_header)
		return;
	begin(d, "w:trPr");
	empty(d, "w:cantSplit");
	empty(d, "w:tblHeader");
	end(d);
}

static void
docx_cell_begin(struct paper *p, unsigned span)
{
	struct docx	*d = docx_of(p);

	begin(d, "w:tc");
	begin(d, "w:tcPr");
	begin(d, "w:tcW");
	number_attribute(d, "w:w", column_width(d, d->column, span));
	attribute(d, "w:type", "dxa");
	end(d);
	if (span > 1) {
		begin(d, "w:gridSpan");
		number_attribute(d, "w:val", (long)span);
		end(d);
	}
	end(d);
	d->column += span;
	d->in_cell = true;
	d->cell_is_empty = true;
}

static void
docx_cell_end(struct paper *p)
{
	struct docx	*d = docx_of(p);

	if (d->cell_is_empty)
		put_text(d, PAPER_CELL, "");
	d->in_cell = false;
	end(d);
}

static void
docx_row_end(struct paper *p)
{
	end(docx_of(p));
}

static void
docx_table_end(struct paper *p)
{
	struct docx	*d = docx_of(p);

	end(d);
	d->after_table = true;
}

/* ---- pages */

static void
section_properties(struct docx *d, bool is_landscape)
{
	begin(d, "w:sectPr");
	begin(d, "w:headerReference");
	attribute(d, "w:type", "default");
	attribute(d, "r:id", DOCX_REL_HEADER);
	end(d);
	begin(d, "w:pgSz");
	attribute(d, "w:w", is_landscape ? PAGE_LONG : PAGE_SHORT);
	attribute(d, "w:h", is_landscape ? PAGE_SHORT : PAGE_LONG);
	if (is_landscape)
		attribute(d, "w:orient", "landscape");
	end(d);
	begin(d, "w:pgMar");
	attribute(d, "w:top", MARGIN_TOP);
	attribute(d, "w:right", MARGIN_RIGHT);
	attribute(d, "w:bottom", MARGIN_TOP);
	attribute(d, "w:left", MARGIN_LEFT);
	attribute(d, "w:header", MARGIN_PAGE_NUMBER);
	attribute(d, "w:footer", MARGIN_PAGE_NUMBER);
	attribute(d, "w:gutter", "0");
	end(d);
	/* the first page bears no number */
	if (!is_landscape)
		empty(d, "w:titlePg");
	end(d);
}

static void
docx_landscape(struct paper *p)
{
	struct docx	*d = docx_of(p);

	if (d->is_landscape)
		return;
	if (d->has_text) {
		paragraph_begin(d, PAPER_CELL);
		section_properties(d, false);
		end(d);
		end(d);
	}
	d->is_landscape = true;
}

static void
docx_page_break(struct paper *p)
{
	docx_of(p)->new_page = true;
}

static int
docx_finish(struct paper *p, struct strbuf *out, const char **why)
{
	struct docx		*d = docx_of(p);
	struct docx_package	 package;

	/* a body that ends in a table wants a last paragraph */
	keep_apart(d);
	section_properties(d, d->is_landscape);
	must(xmlTextWriterEndDocument(d->w));
	xmlFreeTextWriter(d->w);
	d->w = NULL;
	package.document.data = xmlBufferContent(d->buffer);
	package.document.len = (size_t)xmlBufferLength(d->buffer);
	package.footnotes = docx_footnotes_finish(d->notes);
	package.title = d->title;
	package.creator = d->creator;
	return docx_package(&package, out, why);
}

static void
docx_free(struct paper *p)
{
	struct docx	*d = docx_of(p);

	if (d->w != NULL)
		xmlFreeTextWriter(d->w);
	xmlBufferFree(d->buffer);
	docx_footnotes_free(d->notes);
	free(d->title);
	free(d->creator);
	free(d);
}

static const struct paper_kind docx_kind = {
	.text = docx_text,
	.paragraph = docx_paragraph,
	.table_begin = docx_table_begin,
	.frame_begin = docx_frame_begin,
	.row_begin = docx_row_begin,
	.cell_begin = docx_cell_begin,
	.cell_end = docx_cell_end,
	.row_end = docx_row_end,
	.table_end = docx_table_end,
	.landscape = docx_landscape,
	.page_break = docx_page_break,
	.finish = docx_finish,
	.free = docx_free
};

struct paper *
paper_docx(const char *title, const char *creator)
{
	struct docx	*d;

	d = calloc(1, sizeof(*d));
	if (d == NULL || (d->buffer = xmlBufferCreate()) == NULL ||
	    (d->w = xmlNewTextWriterMemory(d->buffer, 0)) == NULL ||
	    (d->title = strdup(title)) == NULL ||
	    (d->creator = strdup(creator)) == NULL)
		abort();
	d->notes = docx_footnotes_new();
	d->paper.kind = &docx_kind;
	must(xmlTextWriterStartDocument(d->w, "1.0", "UTF-8", "yes"));
	begin(d, "w:document");
	attribute(d, "xmlns:w", DOCX_NS_W);
	attribute(d, "xmlns:r", DOCX_NS_R);
	begin(d, "w:body");
	return &d->paper;
}
