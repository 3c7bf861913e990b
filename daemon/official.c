/*
 * Drafts of documents that the office signs: the follow-up letter (công
 * văn đôn đốc) and the annex with the state of submissions (phụ lục), in
 * the layout that Party and state offices use.
 */
#include "daemon/official.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/paper.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define NAMED_MOST 8	/* addressees named one by one; more: the list */

/* A number runs "12-CV/ĐU" in Party offices, "12/UBND-VP" in the state's. */
static bool
is_party(const struct campaign *c)
{
	return c->number[strspn(c->number, "0123456789 ")] != '/';
}

/* "…-CV/ĐU": the sign of the office's letters, its number left open. */
static const char *
open_number(const struct campaign *c, struct arena *arena)
{
	return arena_printf(arena, "%s%s", text_word(WORD_DOC_BLANK),
	    c->number + strspn(c->number, "0123456789 "));
}

static void
line(struct paper *p, enum paper_style style, const char *text)
{
	p->kind->text(p, style, text);
}

/* ---- the head of a letter: who writes, of what state, when */

static void
letter_head(const struct official *d, const char *subject, struct paper *p,
    struct arena *arena)
{
	static const unsigned	halves[] = { 45, 55 };
	const struct campaign	*c = d->status->campaign;
	const char		*place = text_place(d->office, arena);
	bool			 party = is_party(c);

	p->kind->frame_begin(p, halves, 2);
	p->kind->row_begin(p, false);
	p->kind->cell_begin(p, 1);
	line(p, PAPER_CENTRED, *d->superior != '\0' ? d->superior :
	    text_word(WORD_DOC_SUPERIOR));
	line(p, PAPER_SUBTITLE, text_upper(d->office, arena));
	line(p, PAPER_CENTRED, party ? "*" : "");
	line(p, PAPER_CENTRED, arena_printf(arena, party ? "%s %s" : "%s: %s",
	    text_word(WORD_DOC_OPEN_NUMBER), open_number(c, arena)));
	line(p, PAPER_REMARK, subject);
	p->kind->cell_end(p);
	p->kind->cell_begin(p, 1);
	line(p, PAPER_SUBTITLE, text_word(party ? WORD_DOC_PARTY :
	    WORD_DOC_STATE));
	if (!party)
		line(p, PAPER_SUBTITLE, text_word(WORD_DOC_MOTTO));
	line(p, PAPER_REMARK, arena_printf(arena, "%s, %s",
	    *place != '\0' ? place : text_word(WORD_DOC_BLANK),
	    text_open_day(day_of(d->status->now), arena)));
	p->kind->cell_end(p);
	p->kind->row_end(p);
	p->kind->table_end(p);
}

/* Kính gửi: the units themselves while they are few. */
static void
addressees(const struct official *d, struct paper *p, struct arena *arena)
{
	const struct status		*s = d->status;
	const struct status_unit	*u;

	line(p, PAPER_CENTRED, "");
	if (s->counts.not_submitted > NAMED_MOST) {
		line(p, PAPER_CENTRED, arena_printf(arena, "%s: %s.",
		    text_word(WORD_DOC_TO), text_word(WORD_DOC_TO_LISTED)));
		return;
	}
	line(p, PAPER_CENTRED, arena_printf(arena, "%s:",
	    text_word(WORD_DOC_TO)));
	for (u = s->units; u < s->units + s->n_units; u++)
		if (!u->verdict.is_submitted && !u->verdict.is_excused)
			line(p, PAPER_CENTRED, arena_printf(arena, "- %s",
			    u->unit->name));
}

static void
signature(struct paper *p, struct arena *arena)
{
	static const unsigned	halves[] = { 45, 55 };

	p->kind->frame_begin(p, halves, 2);
	p->kind->row_begin(p, false);
	p->kind->cell_begin(p, 1);
	line(p, PAPER_CELL_GROUP, arena_printf(arena, "%s:",
	    text_word(WORD_DOC_COPIES)));
	line(p, PAPER_CELL, text_word(WORD_DOC_AS_ABOVE));
	line(p, PAPER_CELL, text_word(WORD_DOC_FILED));
	p->kind->cell_end(p);
	p->kind->cell_begin(p, 1);
	line(p, PAPER_SUBTITLE, text_word(WORD_DOC_SIGNER_ROLE));
	line(p, PAPER_CENTRED, "\n\n");
	line(p, PAPER_SUBTITLE, text_word(WORD_DOC_SIGNER));
	p->kind->cell_end(p);
	p->kind->row_end(p);
	p->kind->table_end(p);
}

/* The title of an annex, with the letter that it goes with. */
static void
annex_head(const struct official *d, enum word title, struct paper *p,
    struct arena *arena)
{
	const struct campaign	*c = d->status->campaign;

	line(p, PAPER_TITLE, text_upper(text_word(title), arena));
	line(p, PAPER_SUBTITLE, *c->short_name != '\0' ? c->short_name :
	    c->subject);
	line(p, PAPER_REMARK, arena_printf(arena, "(%s %s %s, %s, %s %s)",
	    text_word(WORD_DOC_GOES_WITH), text_word(WORD_DOC_NUMBER),
	    open_number(c, arena),
	    text_open_day(day_of(d->status->now), arena),
	    text_word(WORD_DOC_OF), d->office));
}

void
official_follow_up(const struct official *d, struct paper *p)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 subject = { 0 }, body = { 0 };
	char		*rest, *text;

	template_fill(d->templates, TEMPLATE_FOLLOW_UP, d->values, &subject,
	    &body);
	letter_head(d, strbuf_get(&subject), p, arena);
	addressees(d, p, arena);
	rest = arena_strdup(arena, strbuf_get(&body));
	while ((text = strsep(&rest, "\n")) != NULL)
		if (*text != '\0')
			line(p, PAPER_BODY, text);
	signature(p, arena);
	p->kind->page_break(p);
	annex_head(d, WORD_DOC_OWING_LIST, p, arena);
	paper_owing(d->status, p, arena);
	strbuf_clear(&subject);
	strbuf_clear(&body);
	arena_free(arena);
}

void
official_annex(const struct official *d, struct paper *p)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 counts = { 0 };

	p->kind->landscape(p);
	line(p, PAPER_SUBTITLE, text_word(WORD_DOC_ANNEX_TITLE));
	annex_head(d, WORD_DOC_SUBMISSIONS, p, arena);
	text_line_counts(d->status, &counts, arena);
	strbuf_addc(&counts, '.');
	line(p, PAPER_BODY, strbuf_get(&counts));
	paper_submissions(d->status, p, arena);
	strbuf_clear(&counts);
	arena_free(arena);
}
