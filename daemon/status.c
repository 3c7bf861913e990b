/*
 * The state of a campaign: one row a unit, in the order of the Kính gửi
 * lines, and counts that always add up because they are counted from them.
 */
#include "daemon/status.h"

#include <string.h>

#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static void
add_note(struct strbuf *b, const char *note)
{
	if (note != NULL && *note != '\0')
		strbuf_addf(b, "%s%s", b->len > 0 ? "; " : "", note);
}

static const char *
note_of(const struct status_unit *u, struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*out;

	if (u->verdict.remarks & VERDICT_WITHIN_DAY)
		add_note(&b, text_word(WORD_WITHIN_DAY));
	if (u->verdict.remarks & VERDICT_BORDERLINE)
		add_note(&b, text_word(WORD_BORDERLINE));
	if (u->verdict.remarks & VERDICT_RETURNED)
		add_note(&b, text_word(WORD_RETURNED));
	if (u->verdict.newest != NULL)
		add_note(&b, u->verdict.newest->note);
	add_note(&b, u->facts->note);
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

static void
count(struct status_counts *n, const struct verdict *v)
{
	n->units++;
	if (v->is_excused) {
		n->excused++;
		return;
	}
	if (!v->is_submitted) {
		n->not_submitted++;
		return;
	}
	n->submitted++;
	if (v->time == TIME_LATE)
		n->late++;
	else
		n->on_time++;
	if (v->content == CONTENT_COMPLETE)
		n->complete++;
	else if (v->content == CONTENT_INCOMPLETE)
		n->incomplete++;
	else if (v->content == CONTENT_UNREADABLE)
		n->unreadable++;
	else
		n->in_review++;
}

static void
add_unit(struct status *s, const struct judging *j, int unit,
    const struct unit_facts *facts, struct arena *arena)
{
	struct status_unit	*u = &s->units[s->n_units++];

	u->index = unit;
	u->unit = &j->roster->units[unit];
	u->recipient = campaign_line_of(j->campaign, unit);
	u->facts = facts;
	u->verdict = verdict_of(j, unit, facts, arena);
	u->note = note_of(u, arena);
	count(&s->counts, &u->verdict);
}

struct status *
status_build(const struct judging *j, const struct status_facts *facts,
    struct arena *arena)
{
	struct status	*s = arena_alloc(arena, sizeof(*s));
	size_t		 i, line;

	s->campaign = j->campaign;
	s->roster = j->roster;
	s->term = campaign_term(j->campaign, j->calendar, DAY_NONE);
	s->now = j->now;
	s->last_fetch = facts->last_fetch;
	s->clerk = facts->clerk;
	s->n_clerk = facts->n_clerk;
	s->counts.needs_clerk = (unsigned)facts->n_clerk;
	s->units = arena_calloc(arena, j->roster->n, sizeof(*s->units));
	for (line = 1; line <= j->campaign->n_recipients; line++)
		for (i = 0; i < j->roster->n; i++)
			if (campaign_line_of(j->campaign, (int)i) ==
			    (int)line)
				add_unit(s, j, (int)i, &facts->units[i],
				    arena);
	return s;
}

void
status_line(const struct status *s, size_t max_names, struct strbuf *out)
{
	const struct status_counts	*n = &s->counts;
	const struct status_unit	*u;
	struct arena			*arena = arena_new(0);
	size_t				 named = 0;

	text_line_counts(s, out, arena);
	for (u = s->units; u < s->units + s->n_units; u++) {
		if (u->verdict.is_submitted || u->verdict.is_excused)
			continue;
		if (max_names > 0 && named == max_names)
			break;
		strbuf_addf(out, "%s%s", named++ == 0 ? ": " : ", ",
		    u->unit->name);
	}
	if (named < n->not_submitted)
		text_line_others(n->not_submitted - (unsigned)named, out);
	arena_free(arena);
}
