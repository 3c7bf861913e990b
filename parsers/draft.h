#ifndef PARSERS_DRAFT_H
#define PARSERS_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/document.h"
#include "parsers/strbuf.h"

/*
 * A paragraph in the making: text with the look of each stretch, as a
 * reader of a format hears it, run by run.
 */

/* How a stretch looks; effective, styles folded in. */
struct look {
	uint8_t	 bits;	/* enum look_bit: bold, italic, underline, caps */
	uint8_t	 font;	/* enum font_kind */
	uint16_t half_points;
};

struct draft_span {
	uint32_t	len;
	struct look	look;
};

struct draft {
	struct strbuf	 text;	/* UTF-8, not yet cleaned */
	struct draft_span *spans; /* cover the text */
	size_t		 n_spans;
	size_t		 cap_spans;
	uint32_t	*breaks;
	size_t		 n_breaks;
	size_t		 cap_breaks;
	struct note_mark *notes;
	size_t		 n_notes;
	size_t		 cap_notes;
	bool		 is_full; /* LIMIT_PARAGRAPH_BYTES reached */
};

void	draft_clear(struct draft *d);
/* Empty it, keep its memory. */
void	draft_reset(struct draft *d);
/* Text beyond LIMIT_PARAGRAPH_BYTES is dropped and is_full set. */
void	draft_add(struct draft *d, struct look look, const char *s,
    size_t len);
/* One character. */
void	draft_add_char(struct draft *d, struct look look, uint32_t c);
/* A line break: a space, and its place noted. */
void	draft_add_break(struct draft *d, struct look look);
/* The mark of a note, behind what is there. */
void	draft_add_note(struct draft *d, uint32_t note);
void	draft_set_notes(struct draft *d, const struct note_mark *notes,
    size_t n);
void	draft_set_breaks(struct draft *d, const uint32_t *breaks, size_t n);
/* Add all of another draft behind. */
void	draft_add_draft(struct draft *d, const struct draft *other);
/* Drop the last n bytes. */
void	draft_cut(struct draft *d, size_t n);
bool	draft_is_blank(const struct draft *d);

/*
 * Bring the text into the form of struct paragraph: NFC, plain spaces, no
 * controls, no white space at the ends; spans and breaks follow.
 */
void	draft_clean(struct draft *d);

/*
 * Rewriting a draft character by character, spans, breaks and notes kept
 * in step: begin, then for each source stretch one take() with what stands
 * for it now, then end. Everything must be taken, in order.
 */
struct draft_rewrite {
	struct draft	*draft;
	struct strbuf	 old;
	size_t		 at;	/* in old */
	size_t		 span;
	size_t		 left;	/* of that span, in old bytes */
	size_t		 next_break;
	size_t		 next_note;
	uint32_t	 grown;	/* new length of that span */
};
void	draft_rewrite_begin(struct draft_rewrite *r, struct draft *d);
void	draft_rewrite_take(struct draft_rewrite *r, size_t old_len,
    const char *s, size_t len);
void	draft_rewrite_end(struct draft_rewrite *r);
/* Look of the stretch that the next taken byte belongs to. */
struct look draft_rewrite_look(const struct draft_rewrite *r);

#endif
