#ifndef PARSERS_LINES_H
#define PARSERS_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"
#include "parsers/words.h"

struct arena;

/* A paragraph, or the part of one between two line breaks. */
struct line {
	const char	*text;	/* clean, without the automatic number */
	struct words	*words;	/* see line_words() */
	struct arena	*arena;
	const struct paragraph *p;
	uint32_t	 paragraph; /* its index in the document */
	uint32_t	 part;	/* 0.. of the paragraph */
};

struct lines {
	const struct line *l;
	size_t		 n;
};

/*
 * The lines of paragraphs from..to-1, empty ones too (as ""), cut where
 * they are longer than any line of an office. doc is
 * borrowed and must outlive the result.
 */
struct lines lines_of(const struct document *doc, size_t from, size_t to,
    struct arena *arena);

/* The words of its text; most lines are never asked for them. */
const struct words *line_words(const struct line *l);

/* Clean text, cut at LIMIT_LINE_TEXT. */
const char *line_text(const char *s, size_t len, struct arena *arena);
/* More than `percent` of the letters are capitals (and there are some). */
bool	 text_is_capital(const char *s, int percent);
/* The first sign is a small letter, or a capital one. */
bool	 text_starts_small(const char *s);
bool	 text_starts_capital(const char *s);
/* No letter and no digit in it: "-----", "*", "". */
bool	 text_is_rule(const char *s);
/* "BÁO CÁO" for "B Á O   C Á O": capitals set apart put together again. */
const char *text_unspaced(const char *s, struct arena *arena);

#endif
