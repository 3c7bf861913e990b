#ifndef PARSERS_HEADING_LINE_H
#define PARSERS_HEADING_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"
#include "parsers/label.h"

struct arena;

/* A line on its way to becoming a heading (used by headings.c). */
struct heading_line {
	uint32_t	 first;	 /* its paragraph */
	uint32_t	 last;	 /* its last paragraph, when broken over two */
	struct label	 label;	 /* typed or automatic; kind may be none */
	const char	*text;	 /* label and title as a reader sees them */
	const char	*label_text;
	const char	*title;
	uint32_t	 words;	 /* of the title */
	size_t		 rest;	 /* byte in the last paragraph's text where
				    the text behind a run-in heading begins;
				    SIZE_MAX when there is none */
	uint8_t		 bold;	 /* per cent, of the title only */
	uint8_t		 caps;
	uint8_t		 style_level;
	uint8_t		 list_level;
	uint32_t	 list;
	bool		 automatic; /* the label is Word's, not typed */
	bool		 emphasis;  /* title all underlined or italic */
	bool		 underlined;
	bool		 is_lead; /* a marked beginning of an unmarked text,
				     up to a colon or full stop */
	bool		 goes_on; /* "Trong đó: …", "Ngày 12/3: …" */
	bool		 is_running; /* nothing marks it as a heading: only
					a label before it may make it one */
	bool		 centred;
	bool		 in_textbox;
	bool		 in_table;
	bool		 row_merged;
	bool		 own_cell; /* its label stands in a cell of its own */
	bool		 keep_next;
	bool		 colon;	 /* ends with one, or was cut at one */
	bool		 stop;	 /* ends with a full stop or semicolon */
	bool		 cut;	 /* a long line of which only the start is
				    kept: never a heading by itself */
	uint8_t		 numbers; /* words that begin with a digit */
	int		 score;	 /* 0..100 */
	uint8_t		 level;	 /* 1.. once deduced */
};

/*
 * Reads paragraph i as a line that may be a heading.
 * Returns false for what cannot be one; is_running is set for running text
 * without a label or any emphasis. Strings are in the arena or the
 * document's own.
 */
bool	 heading_line_read(struct heading_line *l, const struct document *doc,
    uint32_t i, struct arena *arena);
/*
 * Joins the line with the one read from the following paragraph: a label
 * that stands alone, a title broken over two paragraphs. Returns false
 * when they are two lines.
 */
bool	 heading_line_join(struct heading_line *l,
    const struct heading_line *next, const struct document *doc,
    struct arena *arena);

#endif
