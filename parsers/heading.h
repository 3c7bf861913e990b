#ifndef PARSERS_HEADING_H
#define PARSERS_HEADING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"

struct arena;

/* How a heading showed itself. */
enum heading_source {
	HEADING_BY_STYLE = 1,	/* style or outline level */
	HEADING_BY_NUMBER = 2,	/* automatic number */
	HEADING_BY_LABEL = 3,	/* typed label */
	HEADING_BY_LOOK = 4	/* bold, capitals, centred; no label */
};

/*
 * One heading, or a candidate for one. Candidates below
 * HEADING_CONFIDENT are kept for the matcher, which promotes them when
 * their words fit the outline.
 */
struct heading {
	const char	*text;	/* as a reader sees it, label included */
	const char	*label;	/* "I.", "a)", "-", "" */
	const char	*title;	/* text without label */
	uint8_t		 level;	/* 1.. in this document's own tree */
	uint8_t		 source; /* enum heading_source */
	uint8_t		 confidence; /* 0..100 */
	bool		 run_in; /* goes on into text in its paragraph */
	bool		 in_textbox;
	bool		 in_table;
	bool		 is_bullet; /* label is - + * • */
	uint32_t	 paragraph; /* index into document.paragraphs */
	uint32_t	 paragraph_end; /* first paragraph of its body */
	uint32_t	 words;	/* of own text up to the next candidate */
	bool		 placeholder; /* own text is only dots, "..." */
	const char	*body;	/* own text, cut at HEADING_BODY_BYTES; "" */
};

#define HEADING_CONFIDENT 50
/* Of a heading's own text, which tells what it is about. */
#define HEADING_BODY_BYTES 480

struct headings {
	struct heading	*h;
	size_t		 n;
	uint32_t	 words;	/* in the whole document */
	const char *const *ignorable; /* title, subject, annex lines */
	size_t		 n_ignorable;
};

/*
 * Find headings and candidates in document order.
 * doc is borrowed and must outlive the result (texts may be shared).
 * Never NULL; may be empty.
 */
struct headings *headings_find(const struct document *doc,
    struct arena *arena);

#endif
