#ifndef DAEMON_DOCX_WRITE_H
#define DAEMON_DOCX_WRITE_H

#include <stdbool.h>
#include <stddef.h>

struct paragraph;
struct strbuf;

/*
 * Writes a new, clean DOCX (ECMA-376 Part 1, transitional): A4, official
 * margins, Times New Roman, numbers as text. Portrait, with one optional
 * turn to landscape for annexes. Text may hold anything; what XML cannot
 * carry is left out.
 */
struct docx;

enum docx_style {
	DOCX_BODY,	/* justified, first line indented */
	DOCX_TITLE,	/* centred, bold */
	DOCX_SUBTITLE,	/* centred, bold, below the title */
	DOCX_CENTRED,
	DOCX_HEADING1,	/* sections by level: outline levels 1..4 */
	DOCX_HEADING2,
	DOCX_HEADING3,
	DOCX_HEADING4,
	DOCX_UNIT,	/* whose text follows */
	DOCX_SOURCE,	/* source mark: small, grey, italic */
	DOCX_NOTE,	/* our own remark: italic */
	DOCX_CELL,	/* table text */
	DOCX_CELL_HEAD
};

struct docx	*docx_new(const char *title, const char *creator);
void		 docx_free(struct docx *d); /* accepts NULL */

/* One paragraph of one look. */
void	 docx_text(struct docx *d, enum docx_style style, const char *text);
/*
 * A paragraph of a report: its automatic number as text, line breaks,
 * bold, italic and underline kept.
 */
void	 docx_paragraph(struct docx *d, const struct paragraph *p);

/*
 * A table: widths in percent of the text width; then rows of exactly as
 * many cells, each ended; in a cell docx_text() and docx_paragraph().
 * A header row is repeated on each page.
 */
void	 docx_table_begin(struct docx *d, const unsigned *percents,
    size_t n, bool borders);
void	 docx_row_begin(struct docx *d, bool is_header);
/* span: columns it covers, 1.. */
void	 docx_cell_begin(struct docx *d, unsigned span);
void	 docx_cell_end(struct docx *d);
void	 docx_row_end(struct docx *d);
void	 docx_table_end(struct docx *d);

void	 docx_page_break(struct docx *d);
/* From here on pages lie on their side. At most once. */
void	 docx_landscape(struct docx *d);

/* Write the file, aside and renamed. 0, or -1 with *why. */
int	 docx_save(struct docx *d, const char *path, const char **why);

#endif
