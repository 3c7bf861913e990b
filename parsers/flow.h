#ifndef PARSERS_FLOW_H
#define PARSERS_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"
#include "parsers/draft.h"
#include "parsers/legacy.h"

struct arena;

/*
 * A document in the making, whatever its format: paragraphs in order, with
 * their place in tables, text boxes put behind their host paragraph, and
 * the verdict on legacy encodings once everything has been seen.
 */

/* Paragraphs that wait, on the heap. */
struct paragraph_list {
	struct paragraph *p;
	size_t		 n;
	size_t		 cap;
};

/* Where in the outermost table we are. */
struct table_place {
	unsigned	 depth;	/* 0: in none */
	uint32_t	 number;
	uint32_t	 columns; /* of the grid, or the widest row so far */
	uint32_t	 row;
	uint32_t	 cell;
	size_t		 row_first; /* first paragraph of the row */
};

/* A note whose mark was met. */
struct flow_note {
	long		 id;	/* as the format has it */
	bool		 is_end; /* an endnote: ids of their own */
	const char	*text;	/* NULL: not read yet */
};

/* One stream of paragraphs: the body, or a text box. */
struct story {
	struct paragraph_list *to;
	struct table_place table;
	bool		 is_box;
};

struct flow {
	struct arena	*arena;
	struct paragraph_list body;
	size_t		 total;	/* paragraphs, boxes included */
	uint32_t	 tables;
	unsigned	 remarks; /* enum document_remark */
	char		*pool;	/* where texts are put, side by side */
	size_t		 pool_left;
	struct legacy_votes votes;
	struct flow_note *notes; /* in the order of their marks */
	size_t		 n_notes;
	size_t		 cap_notes;
	size_t		 note_bytes; /* of their texts */
	struct deferred	*deferred; /* paragraphs of undecided encoding */
	size_t		 n_deferred;
	size_t		 cap_deferred;
};

void	flow_init(struct flow *f, struct arena *arena);
void	flow_clear(struct flow *f);

/*
 * Finish a paragraph: clean its draft (which is then empty), compute what
 * the letters tell, and append it to the story. p: the fields known so
 * far. Returns -1 past LIMIT_PARAGRAPHS.
 */
int	flow_emit(struct flow *f, struct story *s, struct draft *d,
    struct paragraph *p);
/* Move waiting paragraphs (a text box) behind what the story has. */
void	flow_append(struct story *s, struct paragraph_list *waiting);

/*
 * The mark of a note, at the end of the draft. A note is of its first
 * mark; what comes past LIMIT_NOTES is dropped.
 */
void	flow_note_mark(struct flow *f, struct draft *d, long id,
    bool is_end);
/* The note that has this mark; NULL for none. */
struct flow_note *flow_note_find(const struct flow *f, long id,
    bool is_end);
/* Its text: those paragraphs with blanks between; "" past
 * LIMIT_NOTES_BYTES. */
void	flow_note_set(struct flow *f, struct flow_note *note,
    const struct paragraph *p, size_t n);

void	flow_table_start(struct flow *f, struct story *s);
void	flow_table_end(struct story *s);
void	flow_row_start(struct story *s);
void	flow_row_end(struct story *s);
/* The row turned out to be deleted; it has no cells yet. */
void	flow_row_cancel(struct story *s);
void	flow_cell_start(struct story *s);
/* The cell turned out to be deleted. */
void	flow_cell_cancel(struct story *s);
/* A column of the table's grid. */
void	flow_column(struct story *s);
/* A cell over n columns: the table has at least as many. */
void	flow_cell_spans(struct story *s, long n);

/* The document, in the arena; the flow is empty then. */
struct document *flow_finish(struct flow *f);

/* A NUL-terminated copy that lives in the arena. */
const char *flow_keep(struct flow *f, const char *s, size_t len);

#endif
