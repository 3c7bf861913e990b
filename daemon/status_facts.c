/*
 * What the store knows of a campaign, as input of verdicts. Submissions
 * carry the states of their sections by outline id; where the outline has
 * changed since, they are made anew from the stored headings.
 */
#include "daemon/status_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/message.h"
#include "parsers/outline.h"
#include "parsers/strbuf.h"
#include "spool/address.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/step.h"
#include "spool/submission.h"

/* ---- coverage as text */

void
coverage_store(const struct coverage *c, const struct outline *o,
    struct strbuf *out)
{
	const struct section_cover *s;
	size_t	 i;

	strbuf_addf(out, "fitting %zu %d\n", c->fitting,
	    c->is_unfilled_outline);
	for (i = 0; i < c->n_sections; i++) {
		s = &c->sections[i];
		strbuf_addf(out, "%s %s %d %u %s\n", o->nodes[s->node].id,
		    section_state_name(s->state), s->sure, s->words,
		    s->evidence);
	}
}

static int
state_of(const char *name)
{
	static const enum section_state all[] = { SECTION_MISSING,
		SECTION_EMPTY, SECTION_FILLED };
	size_t	 i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(section_state_name(all[i]), name) == 0)
			return (int)all[i];
	return -1;
}

/* One line "ID STATE SURE WORDS EVIDENCE"; false when it is none. */
static bool
restore_line(char *line, const struct outline *o, struct section_cover *out)
{
	char	*rest = line, *id, *state, *sure, *words;
	int	 s;

	id = strsep(&rest, " ");
	state = strsep(&rest, " ");
	sure = strsep(&rest, " ");
	words = strsep(&rest, " ");
	if (words == NULL || (s = state_of(state)) < 0)
		return false;
	out->node = outline_find(o, id);
	if (out->node < 0)
		return false;
	out->state = (enum section_state)s;
	out->sure = sure[0] == '1';
	out->words = (uint32_t)strtoul(words, NULL, 10);
	out->evidence = ""; /* no verdict asks for it */
	return true;
}

/* Takes what the outline still has; the text is cut to pieces. */
static struct coverage *
coverage_restore(char *text, const struct outline *o, struct arena *arena)
{
	struct coverage	*c = arena_alloc(arena, sizeof(*c));
	char		*rest = text, *line;
	size_t		 lines = 0;
	int		 unfilled;

	for (line = text; *line != '\0'; line++)
		lines += *line == '\n';
	c->sections = arena_calloc(arena, lines + 1, sizeof(*c->sections));
	line = strsep(&rest, "\n");
	if (sscanf(line, "fitting %zu %d", &c->fitting, &unfilled) == 2)
		c->is_unfilled_outline = unfilled != 0;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (restore_line(line, o, &c->sections[c->n_sections]))
			c->n_sections++;
	return c;
}

/* How many are filled, without taking it apart. */
static size_t
text_filled(const char *text)
{
	const char	*word = section_state_name(SECTION_FILLED), *state;
	size_t		 n = 0;

	/* the first line is no section's */
	while ((text = strchr(text, '\n')) != NULL) {
		text++;
		state = text + strcspn(text, " \n");
		n += *state == ' ' &&
		    strncmp(state + 1, word, strlen(word)) == 0;
	}
	return n;
}

/* ---- facts of units */

struct loading {
	const struct office *office;
	const struct office_campaign *oc;
	struct arena	*arena;
	struct unit_facts *units; /* by roster index */
	struct versions_so_far {
		size_t	 room;
		size_t	 most_filled; /* sections, of one that stands */
		char	**texts;      /* of coverages, by version; those
					 of outdone ones are freed */
		size_t	 texts_room;
		size_t	 last_whole;  /* what came before is outdone */
	}		*so_far; /* by roster index */
};

/* The outline has changed: hold the stored headings against it again. */
static const struct coverage *
cover_again(struct loading *l, const struct submission *s, int unit)
{
	struct audience	 audience;
	struct coverage	*cover;
	const struct report *rep;
	struct message	*m;
	struct bytes	 blob;
	void		*kept;

	kept = mail_parsed_find(l->office->store, s->mail, &blob.len);
	if (kept == NULL)
		return NULL;
	blob.data = kept;
	m = message_decode(blob, l->arena);
	free(kept);
	if (m == NULL || s->attachment >= (int)m->n_attachments)
		return NULL;
	rep = s->attachment < 0 ? m->body_report :
	    m->attachments[s->attachment].report;
	if (rep == NULL)
		return NULL;
	audience = roster_audience(&l->office->roster->units[unit]);
	cover = matcher_cover(l->oc->matcher, rep->headings, &audience,
	    l->arena);
	if ((rep->remarks & REMARK_FROM_CONVERTER) != 0)
		coverage_doubt(cover);
	return cover;
}

static enum standing
standing_of(const struct submission *s)
{
	switch (s->decision) {
	case DECISION_ACCEPTED:
		return STANDING_ACCEPTED;
	case DECISION_RETURNED:
		return STANDING_RETURNED;
	case DECISION_NOT_A_REPORT:
		return STANDING_NOT_COUNTED;
	case DECISION_NONE:
		break;
	}
	return s->in_review ? STANDING_REVIEW : STANDING_COUNTED;
}

static size_t
count_filled(const struct coverage *c)
{
	size_t	 i, n = 0;

	for (i = 0; c != NULL && i < c->n_sections; i++)
		n += c->sections[i].state == SECTION_FILLED;
	return n;
}

static void
forget_texts(struct versions_so_far *so_far, size_t from, size_t end)
{
	for (; from < end; from++) {
		free(so_far->texts[from]);
		so_far->texts[from] = NULL;
	}
}

/*
 * What a version covers. A unit may have sent hundreds, and its verdict
 * rests on one: so the text is kept while nothing outdoes it, and taken
 * apart where it is needed. Returns how many sections are filled.
 */
static size_t
note_coverage(struct loading *l, const struct submission *s, int unit,
    struct version_facts *v)
{
	struct versions_so_far *so_far = &l->so_far[unit];
	size_t		 n = l->units[unit].n_versions;

	so_far->texts = arena_grow(l->arena, so_far->texts, n,
	    &so_far->texts_room, sizeof(*so_far->texts));
	so_far->texts[n] = NULL;
	if (s->coverage == NULL)
		return 0;
	if (strcmp(s->outline_hash, l->oc->outline_hash) != 0) {
		v->coverage = cover_again(l, s, unit);
		v->is_readable = v->coverage != NULL;
		return count_filled(v->coverage);
	}
	so_far->texts[n] = strndup(s->coverage, s->coverage_len);
	if (so_far->texts[n] == NULL)
		abort();
	v->is_readable = true;
	return text_filled(so_far->texts[n]);
}

/* From the last version on that adds to none before it. */
static void
restore_coverages(struct loading *l)
{
	struct unit_facts *f;
	size_t		 i, k;

	for (i = 0; i < l->office->roster->n; i++) {
		f = &l->units[i];
		for (k = l->so_far[i].last_whole; k < f->n_versions; k++)
			if (l->so_far[i].texts[k] != NULL)
				f->versions[k].coverage = coverage_restore(
				    arena_strdup(l->arena,
				    l->so_far[i].texts[k]),
				    l->oc->campaign->outline, l->arena);
	}
}

static enum channel
channel_of(enum submission_channel c)
{
	switch (c) {
	case SUBMISSION_PAPER:
		return CHANNEL_PAPER;
	case SUBMISSION_USB:
		return CHANNEL_USB;
	case SUBMISSION_ZALO:
		return CHANNEL_ZALO;
	case SUBMISSION_OTHER:
		return CHANNEL_OTHER;
	case SUBMISSION_EMAIL:
		break;
	}
	return CHANNEL_EMAIL;
}

static int
submission_fact(const struct submission *s, void *arg)
{
	struct loading	*l = arg;
	struct versions_so_far *before;
	struct version_facts *v;
	struct unit_facts *f;
	size_t		 filled;
	int		 unit = roster_find(l->office->roster, s->unit);

	if (unit < 0)
		return 0;
	f = &l->units[unit];
	before = &l->so_far[unit];
	f->versions = arena_grow(l->arena, f->versions, f->n_versions,
	    &before->room, sizeof(*v));
	v = &f->versions[f->n_versions];
	memset(v, 0, sizeof(*v));
	v->received = s->received_utc;
	v->channel = channel_of(s->channel);
	v->standing = standing_of(s);
	filled = note_coverage(l, s, unit, v);
	/* far less than what came before: it was sent for what was missing
	 * there, not in its place */
	v->is_supplement = filled > 0 && 2 * filled < before->most_filled;
	if (v->standing != STANDING_RETURNED && filled > before->most_filled)
		before->most_filled = filled;
	if (v->is_readable && !v->is_supplement && version_counts(v)) {
		forget_texts(before, before->last_whole, f->n_versions);
		before->last_whole = f->n_versions;
	}
	v->number = arena_strdup(l->arena, s->number);
	v->date = arena_strdup(l->arena, s->doc_date);
	v->file = arena_strdup(l->arena, s->name);
	v->note = arena_strdup(l->arena, s->review);
	v->id = s->mail_id[0] != '\0' ? arena_strdup(l->arena, s->mail_id) :
	    arena_printf(l->arena, "s%lld", (long long)s->submission);
	v->is_purged = s->mail_state == MESSAGE_PURGED;
	f->n_versions++;
	return 0;
}

static const char *const *
with_text(struct arena *arena, const char *const *list, size_t *n,
    const char *text)
{
	const char	**grown = arena_calloc(arena, *n + 1, sizeof(*grown));

	if (*n > 0)
		memcpy(grown, list, *n * sizeof(*grown));
	grown[(*n)++] = arena_strdup(arena, text);
	return grown;
}

/* "supplement" of "supplement-17": what it is about says nothing here. */
static const char *
step_name(const char *step)
{
	static const char *const outside[] = { STEP_SUPPLEMENT,
		STEP_UNREADABLE, STEP_RETURNED };
	size_t	i, len;

	for (i = 0; i < sizeof(outside) / sizeof(*outside); i++) {
		len = strlen(outside[i]);
		if (strncmp(step, outside[i], len) == 0 && step[len] == '-')
			return outside[i];
	}
	return step;
}

static int
step_fact(const struct step *s, void *arg)
{
	struct loading	*l = arg;
	struct unit_facts *f;
	int		 unit = roster_find(l->office->roster, s->unit);

	if (unit < 0 || s->outcome != STEP_MAILED)
		return 0;
	f = &l->units[unit];
	f->reminders = with_text(l->arena, f->reminders, &f->n_reminders,
	    step_name(s->step));
	return 0;
}

static int
bounce_fact(const struct address_bounced *a, void *arg)
{
	struct loading	*l = arg;
	struct unit_facts *f;
	int		*units;
	size_t		 i, n;

	n = roster_find_address(l->office->roster, a->address, l->arena,
	    &units);
	for (i = 0; i < n; i++) {
		f = &l->units[units[i]];
		f->bounced = with_text(l->arena, f->bounced, &f->n_bounced,
		    a->address);
	}
	return 0;
}

/* The server would not take our mail: much the same to people. */
static int
refused_fact(const struct outgoing *o, void *arg)
{
	struct loading	*l = arg;

	return address_is_bounced(l->office->store, o->to) ? 0 :
	    bounce_fact(&(struct address_bounced){ .address = o->to }, l);
}

static void
put_exceptions(struct loading *l, const struct exceptions *x)
{
	size_t	 i;

	for (i = 0; i < l->office->roster->n; i++) {
		struct unit_facts *f = &l->units[i];

		f->is_excused = x[i].is_excused;
		f->waived = x[i].waived;
		f->n_waived = x[i].n_waived;
		f->has_extension = x[i].extension != DAY_NONE;
		f->extension = x[i].extension;
	}
}

/* unit: a code, or NULL for all. */
static int
load_units(struct loading *l, const char *unit)
{
	struct store	*st = l->office->store;
	struct exceptions *x;
	size_t		 i;
	int		 result = 0;

	l->units = arena_calloc(l->arena, l->office->roster->n + 1,
	    sizeof(*l->units));
	l->so_far = arena_calloc(l->arena, l->office->roster->n + 1,
	    sizeof(*l->so_far));
	x = decision_exceptions(l->office, l->oc, l->arena);
	if (x == NULL ||
	    submission_each(st, l->oc->id, unit, submission_fact, l) == -1 ||
	    step_each(st, l->oc->id, unit, step_fact, l) == -1 ||
	    address_each_bounced(st, bounce_fact, l) == -1 ||
	    outgoing_each_refused(st, l->oc->id, refused_fact, l) == -1) {
		result = -1;
	} else {
		put_exceptions(l, x);
		restore_coverages(l);
	}
	for (i = 0; i < l->office->roster->n; i++)
		forget_texts(&l->so_far[i], l->so_far[i].last_whole,
		    l->units[i].n_versions);
	return result;
}

int
status_facts_load(const struct office *o, const struct office_campaign *oc,
    struct arena *arena, struct status_facts *out)
{
	struct loading	 l = { o, oc, arena, NULL, NULL };

	if (load_units(&l, NULL) == -1 ||
	    status_waiting(o, oc, arena, out) == -1)
		return -1;
	out->units = l.units;
	out->last_fetch = kv_int(o->store, KV_FETCH_OK, 0);
	return 0;
}

struct judged {
	const struct office_campaign *campaign;
	int		 unit;
	struct verdict	 verdict;
	struct judged	*next;
};

const struct verdict *
status_judge_unit(const struct office *o, const struct office_campaign *oc,
    int unit, time_t now, struct arena *arena, struct judged **known)
{
	struct judging	 j = { oc->campaign, o->roster, o->calendar, now };
	struct loading	 l = { o, oc, arena, NULL, NULL };
	struct judged	*it = known != NULL ? *known : NULL;

	for (; it != NULL; it = it->next)
		if (it->campaign == oc && it->unit == unit)
			return &it->verdict;
	if (load_units(&l, o->roster->units[unit].code) == -1)
		return NULL;
	it = arena_alloc(arena, sizeof(*it));
	it->campaign = oc;
	it->unit = unit;
	it->verdict = verdict_of(&j, unit, &l.units[unit], arena);
	it->next = known != NULL ? *known : NULL;
	if (known != NULL)
		*known = it;
	return &it->verdict;
}

struct status *
status_load(const struct office *o, const struct office_campaign *oc,
    time_t now, struct arena *arena)
{
	struct judging	 j = { oc->campaign, o->roster, o->calendar, now };
	struct status_facts *facts = arena_alloc(arena, sizeof(*facts));

	if (status_facts_load(o, oc, arena, facts) == -1)
		return NULL;
	return status_build(&j, facts, arena);
}
