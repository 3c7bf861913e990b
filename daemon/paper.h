#ifndef DAEMON_PAPER_H
#define DAEMON_PAPER_H

#include <stdbool.h>
#include <stddef.h>

struct document;
struct paragraph;
struct strbuf;

/*
 * A document that we write: A4, official margins, Times New Roman, numbers
 * as text. As DOCX or as one HTML file. Text may hold anything; what the
 * format cannot carry is left out.
 */
enum paper_style {
	PAPER_BODY,	/* justified, first line indented */
	PAPER_TITLE,	/* centred, bold */
	PAPER_SUBTITLE,	/* centred, bold, below the title */
	PAPER_CENTRED,
	PAPER_HEADING1,	/* sections by level: outline levels 1..4 */
	PAPER_HEADING2,
	PAPER_HEADING3,
	PAPER_HEADING4,
	PAPER_UNIT,	/* whose text follows */
	PAPER_SOURCE,	/* source mark: small, grey, italic */
	PAPER_NOTE,	/* our own remark: italic */
	PAPER_CELL,	/* table text */
	PAPER_CELL_HEAD, /* centred, bold */
	PAPER_CELL_GROUP, /* bold */
	PAPER_REMARK,	/* centred, italic */
	PAPER_FOOTNOTE,
	PAPER_STYLES
};

struct paper {
	const struct paper_kind *kind;
};

struct paper_kind {
	/* One paragraph of one look; "\n" is a line break. */
	void	(*text)(struct paper *p, enum paper_style style,
		    const char *text);
	/*
	 * A paragraph of a report: its automatic number as text, line
	 * breaks, bold, italic and underline kept. Its notes are footnotes,
	 * numbered anew; endnotes too, as they would else stand behind
	 * everybody's text.
	 */
	void	(*paragraph)(struct paper *p, const struct document *d,
		    const struct paragraph *para);
	/*
	 * A table: widths in percent of the text width; then rows of cells
	 * that together span all columns, each ended; in a cell text and
	 * paragraphs. A header row is repeated on each page.
	 */
	void	(*table_begin)(struct paper *p, const unsigned *percents,
		    size_t n);
	/* The same without lines: to set things side by side. */
	void	(*frame_begin)(struct paper *p, const unsigned *percents,
		    size_t n);
	void	(*row_begin)(struct paper *p, bool is_header);
	void	(*cell_begin)(struct paper *p, unsigned span);
	void	(*cell_end)(struct paper *p);
	void	(*row_end)(struct paper *p);
	void	(*table_end)(struct paper *p);
	/* From here on pages lie on their side. At most once. */
	void	(*landscape)(struct paper *p);
	void	(*page_break)(struct paper *p);
	/* The whole file. 0, or -1 with *why (static text). */
	int	(*finish)(struct paper *p, struct strbuf *out,
		    const char **why);
	void	(*free)(struct paper *p);
};

#define PAPER_COLUMNS_MAX 63	/* what Word takes */

/* Never NULL; kind->free() them. */
struct paper	*paper_docx(const char *title, const char *creator);
struct paper	*paper_html(const char *title);

#endif
