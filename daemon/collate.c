/*
 * The aggregated report: outline order; under each section the text of
 * every unit under its name, with a mark of its source; who has nothing
 * there; at the end what stands outside the outline, and the annexes.
 */
#include "daemon/collate.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/paper.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/heading.h"
#include "parsers/lexicon.h"
#include "parsers/outline.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define HEADING_COLUMNS 80

struct writing {
	const struct collation *c;
	const struct outline *o;
	struct paper	*paper;
	struct arena	*arena;
};

static void
say(const struct writing *w, enum paper_style style, const char *text)
{
	w->paper->kind->text(w->paper, style, text);
}

/* ---- the head */

static void
head(const struct writing *w)
{
	const struct status	*s = w->c->status;
	const struct campaign	*k = s->campaign;
	const char		*done;

	say(w, PAPER_SUBTITLE, text_upper(w->c->office, w->arena));
	say(w, PAPER_TITLE, text_word(WORD_DOC_TITLE));
	say(w, PAPER_SUBTITLE, k->subject);
	done = arena_printf(w->arena, "%u/%u %s", s->counts.submitted,
	    s->counts.units, text_word(WORD_PAGE_OF_UNITS));
	if (s->counts.not_submitted > 0)
		say(w, PAPER_CENTRED, arena_printf(w->arena,
		    "(%s: %s %s, %s %s)", text_word(WORD_DOC_PROVISIONAL),
		    text_word(WORD_DOC_HAVE), done,
		    text_word(WORD_DOC_AS_OF), local_text(s->now,
		    w->arena)));
	else
		say(w, PAPER_CENTRED, arena_printf(w->arena, "(%s %s)",
		    text_word(WORD_DOC_AS_OF), local_text(s->now,
		    w->arena)));
	say(w, PAPER_BODY, arena_printf(w->arena, "%s %s, %s %s %s %s:",
	    text_word(WORD_DOC_ACCORDING), text_letter_ref(k, w->arena),
	    w->c->office, text_word(WORD_DOC_COLLATES), done,
	    text_word(WORD_DOC_AS_FOLLOWS)));
}

/* ---- one section */

/* "Chi bộ A; Chi bộ B (báo cáo chung)" */
static const char *
source_name(const struct writing *w, const struct collate_source *s)
{
	struct strbuf	 b = { 0 };
	const char	*name;
	size_t		 i;

	for (i = 0; i < s->n_units; i++)
		strbuf_addf(&b, "%s%s", i > 0 ? "; " : "",
		    w->c->status->units[s->units[i]].unit->name);
	if (s->n_units > 1)
		strbuf_addf(&b, " (%s)", text_word(WORD_DOC_JOINT));
	name = arena_strdup(w->arena, strbuf_get(&b));
	strbuf_clear(&b);
	return name;
}

/* The heading itself is not told again, but its notes are. */
static void
heading_notes(const struct writing *w, const struct collate_source *s,
    const struct collate_piece *p)
{
	const struct paragraph	*h;
	const char		*note;
	uint32_t		 i, k;

	for (i = p->heading_from; i < p->from; i++) {
		h = &s->document->paragraphs[i];
		for (k = 0; k < h->n_notes; k++) {
			note = s->document->notes[h->notes[k].note];
			if (*note != '\0')
				say(w, PAPER_NOTE, arena_printf(w->arena,
				    "%s: %s", text_word(
				    WORD_DOC_HEADING_NOTE), note));
		}
	}
}

/* "[08-BC/CB; BC.docx; mục “II. …”; nhận 12/05/2026 09:14; #a1b2c3]" */
static void
source_mark(const struct writing *w, const struct collate_source *s,
    const struct collate_piece *p)
{
	struct strbuf	b = { 0 };

	strbuf_addf(&b, "[%s: ", text_word(WORD_DOC_SOURCE));
	if (*s->number != '\0')
		strbuf_addf(&b, "%s %s; ", text_word(WORD_DOC_NUMBER),
		    s->number);
	if (*s->file != '\0')
		strbuf_addf(&b, "%s; ", s->file);
	if (p->heading != NULL)
		strbuf_addf(&b, "%s “%s”; ", text_word(WORD_DOC_SECTION),
		    text_cut(p->heading, HEADING_COLUMNS, w->arena));
	strbuf_addf(&b, "%s %s", text_word(WORD_DOC_RECEIVED),
	    row_time(s->received, w->arena));
	if (*s->id != '\0')
		strbuf_addf(&b, "; #%s", s->id);
	strbuf_addc(&b, ']');
	say(w, PAPER_SOURCE, strbuf_get(&b));
	strbuf_clear(&b);
}

/* The text of all units for one node (-1: outside). Count of pieces. */
static size_t
put_pieces(const struct writing *w, int node)
{
	const struct collate_source	*s;
	const struct collate_piece	*p;
	size_t				 i, k, n = 0;
	bool				 named;

	for (i = 0; i < w->c->n_sources; i++) {
		s = &w->c->sources[i];
		named = false;
		for (k = 0; k < s->n_pieces; k++) {
			p = &s->pieces[k];
			if (p->node != node)
				continue;
			if (!named)
				say(w, PAPER_UNIT, source_name(w, s));
			named = true;
			collate_text(s->document, p->from, p->to, w->paper,
			    w->arena);
			heading_notes(w, s, p);
			source_mark(w, s, p);
			n++;
		}
	}
	return n;
}

static bool
is_below(const struct outline *o, int node, int above)
{
	for (; node >= 0; node = o->nodes[node].parent)
		if (node == above)
			return true;
	return false;
}

/* Has the unit any text in this section or below it? */
static bool
has_text(const struct writing *w, size_t unit, int node)
{
	const struct collate_source	*s;
	size_t				 i, k, u;
	bool				 is_its;

	for (i = 0; i < w->c->n_sources; i++) {
		s = &w->c->sources[i];
		is_its = false;
		for (u = 0; u < s->n_units; u++)
			is_its |= s->units[u] == unit;
		for (k = 0; is_its && k < s->n_pieces; k++)
			if (is_below(w->o, s->pieces[k].node, node))
				return true;
	}
	return false;
}

/* Who has sent a report without this section; those who owe it first. */
static void
name_the_rest(const struct writing *w, int node)
{
	const struct status_unit	*u;
	struct strbuf			 owing = { 0 }, others = { 0 }, *b;
	size_t				 i;

	for (i = 0; i < w->c->status->n_units; i++) {
		u = &w->c->status->units[i];
		if (!u->verdict.is_submitted || has_text(w, i, node))
			continue;
		b = u->verdict.required != NULL && u->verdict.required[node] ?
		    &owing : &others;
		strbuf_addf(b, "%s%s", b->len > 0 ? "; " : "",
		    u->unit->name);
	}
	if (owing.len > 0)
		say(w, PAPER_NOTE, arena_printf(w->arena, "%s: %s.",
		    text_word(WORD_DOC_LACKING), owing.s));
	if (others.len > 0)
		say(w, PAPER_NOTE, arena_printf(w->arena, "%s: %s.",
		    text_word(WORD_DOC_NOTHING), others.s));
	strbuf_clear(&owing);
	strbuf_clear(&others);
}

static void
put_section(const struct writing *w, int node)
{
	static const enum paper_style styles[] = { PAPER_HEADING1,
		PAPER_HEADING2, PAPER_HEADING3, PAPER_HEADING4 };
	const struct outline_node	*n = &w->o->nodes[node];
	int				 level = n->level;

	if (level > 4)
		level = 4;
	say(w, styles[level < 1 ? 0 : level - 1], *n->label == '\0' ?
	    n->text : arena_printf(w->arena, "%s %s", n->label, n->text));
	put_pieces(w, node);
	name_the_rest(w, node);
}

/* What units wrote beyond the outline is not lost. */
static void
put_outside(const struct writing *w)
{
	size_t	i, k, n = 0;

	for (i = 0; i < w->c->n_sources; i++)
		for (k = 0; k < w->c->sources[i].n_pieces; k++)
			n += w->c->sources[i].pieces[k].node == -1;
	if (n == 0)
		return;
	say(w, PAPER_HEADING1, text_word(WORD_DOC_OUTSIDE));
	put_pieces(w, -1);
}

/*
 * A section on shortcomings or proposals: its heading's first known phrase
 * is of that kind ("Nguyên nhân của hạn chế" is about causes).
 */
static bool
is_concern(const struct lexicon *lx, const char *heading,
    struct arena *arena)
{
	static const char *const	 names[] = { "shortcomings",
					    "proposals" };
	const char			*readings[LEXICON_READINGS];
	const struct lexicon_phrase	*found;
	size_t				 n, i;

	(void)lexicon_readings(lx, heading, arena, readings);
	found = lexicon_phrases(lx, readings[0], arena, &n);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (n > 0 && found[0].set == lexicon_set_find(lx, names[i]))
			return true;
	return false;
}

/* What leaders read first: shortcomings and proposals of all units. */
static void
put_concerns(const struct writing *w)
{
	const struct outline_node	*n;
	size_t				 i;

	collate_annex_title(w->paper, w->arena, 1, WORD_DOC_CONCERNS);
	for (i = 0; i < w->o->n; i++) {
		n = &w->o->nodes[i];
		if (n->kind == NODE_GUIDANCE || !is_concern(w->c->concerns,
		    n->text, w->arena))
			continue;
		say(w, PAPER_SUBTITLE, arena_printf(w->arena, "%s. %s",
		    n->id, n->text));
		put_pieces(w, (int)i);
		name_the_rest(w, (int)i);
	}
}

void
collate_write(const struct collation *c, struct paper *p)
{
	struct writing	w = { .c = c, .o = c->status->campaign->outline,
			    .paper = p };
	size_t		i;

	w.arena = arena_new(0);
	head(&w);
	for (i = 0; i < w.o->n; i++)
		if (w.o->nodes[i].kind != NODE_GUIDANCE && (c->section < 0 ||
		    is_below(w.o, (int)i, c->section)))
			put_section(&w, (int)i);
	if (c->section < 0) {
		put_outside(&w);
		if (c->concerns != NULL)
			put_concerns(&w);
		collate_annexes(c, p, w.arena);
	}
	arena_free(w.arena);
}
