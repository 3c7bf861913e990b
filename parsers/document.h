#ifndef PARSERS_DOCUMENT_H
#define PARSERS_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parsers/bytes.h"
#include "parsers/status.h"

struct arena;
struct pages;

/* A stretch of one paragraph's text with the same look. */
struct span {
	uint32_t len;	/* bytes of text */
	bool	 bold;
	bool	 italic;
	bool	 underline;
};

/* Where the mark of a footnote or endnote stands. */
struct note_mark {
	uint32_t at;	/* byte offset in the text, at most its length */
	uint32_t note;	/* in document.notes */
};

/*
 * One paragraph as a reader sees it: tracked changes accepted, fields'
 * results, legacy fonts decoded to Unicode, NFC, a tab or line break as
 * one space (kept apart by `breaks`), no control characters, no white
 * space at either end. Kept small: documents have 100,000 of them.
 */
struct paragraph {
	const char	*text;	/* never NULL; without the automatic number */
	const char	*number; /* automatic label as shown: "II.", "-", "" */
	const uint32_t	*breaks; /* byte offsets of line breaks in text */
	const struct span *spans; /* cover the text in order, when any */
	const struct note_mark *notes; /* no part of the text; in order */
	uint32_t	 n_breaks;
	uint32_t	 n_spans; /* 0 when the whole text has one look: then
				     bold, italic, underline are 0 or 100 */
	uint32_t	 list;	/* abstract list it counts in; 0 = none */
	uint32_t	 table;	/* 1.. number of the outermost table; 0 */
	uint32_t	 row;	/* 1.. row in it */
	uint32_t	 cell;	/* 1.. cell in the row */
	uint32_t	 row_cells; /* cells of that row */
	uint16_t	 n_notes;
	uint16_t	 font_half_points; /* of most letters; 0 unknown */
	uint8_t		 list_level;  /* 1..9 within the list; 0 = none */
	uint8_t		 style_level; /* 1..9 by style or outlineLvl; 0 */
	uint8_t		 bold;	 /* per cent of letters that are bold */
	uint8_t		 italic;
	uint8_t		 underline;
	uint8_t		 caps;	 /* per cent of letters that are capitals */
	bool		 is_bullet : 1; /* number is a bullet sign */
	bool		 is_list : 1;  /* style "List Paragraph" and such */
	bool		 is_title : 1; /* style Title or Subtitle */
	bool		 is_toc : 1;   /* line of a table of contents */
	bool		 centred : 1;
	bool		 keep_next : 1;
	bool		 page_break_before : 1; /* starts a page */
	bool		 in_textbox : 1;
	bool		 run_on : 1; /* style separator: goes on in the next */
	bool		 row_merged : 1; /* its cell spans the whole row */
};

/* Bytes at the start of the text that are bold throughout. */
static inline size_t
paragraph_bold_lead(const struct paragraph *p)
{
	size_t		 len = 0;
	uint32_t	 i;

	if (p->n_spans == 0)
		return p->bold == 100 ? strlen(p->text) : 0;
	for (i = 0; i < p->n_spans && p->spans[i].bold; i++)
		len += p->spans[i].len;
	return len;
}

/* What struck us while reading; bits of document.remarks. */
enum document_remark {
	REMARK_TRACKED_CHANGES = 1 << 0,
	REMARK_EMBEDDED_NOT_READ = 1 << 1, /* altChunk and the like */
	REMARK_LEGACY_TEXT = 1 << 2,	   /* TCVN3 or VNI decoded */
	REMARK_SIGNATURE_PART = 1 << 3,	   /* _xmlsignatures present */
	REMARK_HAS_IMAGES = 1 << 4,
	REMARK_FROM_CONVERTER = 1 << 5	   /* never sure */
};

struct document {
	struct paragraph *paragraphs; /* body order; text boxes after host */
	size_t		 n;
	const char *const *notes; /* one line each; "" = could not be read */
	size_t		 n_notes;
	unsigned	 remarks; /* enum document_remark */
};

enum format {
	FORMAT_OTHER = 0,
	FORMAT_DOCX = 1,
	FORMAT_DOCX_ENCRYPTED = 2,
	FORMAT_DOC = 3,
	FORMAT_ODT = 4,
	FORMAT_RTF = 5,
	FORMAT_PDF = 6,
	FORMAT_ZIP = 7,
	FORMAT_HTML = 8,
	FORMAT_TEXT = 9,
	FORMAT_IMAGE = 10
};

/*
 * By bytes, never by name. xlsx, rar, empty, winmail.dat: FORMAT_OTHER.
 * pages: what the file may stand in, or NULL.
 */
enum format format_sniff(struct bytes file, struct pages *pages);
/* "docx", "docx-encrypted", … "other". */
const char *format_name(enum format f);

/*
 * Read a word-processing file into paragraphs.
 *
 * file     borrowed for the call
 * f        what format_sniff() said
 * arena    owns everything returned
 * out      set only on PARSE_OK; never NULL then
 *
 * Returns PARSE_OK, or why the clerk must look.
 */
enum parse_status document_read(struct bytes file, enum format f,
    struct arena *arena, struct document **out);

#endif
