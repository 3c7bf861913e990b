/*
 * Opening, pausing and closing campaigns, and undoing any decision.
 */
#include "daemon/campaign_lacks.h"
#include "daemon/campaign_write.h"
#include "daemon/decision_act.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/detail.h"
#include "daemon/intake.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/event.h"

/* The files as they are now, and what that means for filed mail. */
static int
follow(struct decision *d)
{
	if (d->is_dry)
		return 0;
	return office_refresh(d->office, d->now) == -1 ||
	    intake_follow_campaigns(d->office, d->now) == -1 ?
	    act_failed(d) : 0;
}

struct lacking {
	struct arena	*arena;
	const char	*dir;  /* of campaign.conf; NULL: reasons alone */
	const struct campaign *campaign;
	const char	*text; /* so far */
};

static int
add_lack(enum campaign_lack what, size_t i, unsigned line, void *arg)
{
	static const struct {
		enum reason	lack, write;
	} reasons[] = {
		[CAMPAIGN_LACKS_NUMBER] = { REASON_LETTER_NUMBER,
		    REASON_WRITE_NUMBER },
		[CAMPAIGN_LACKS_DATE] = { REASON_LETTER_DATE,
		    REASON_WRITE_DATE },
		[CAMPAIGN_LACKS_DEADLINE] = { REASON_LETTER_DEADLINE,
		    REASON_WRITE_DEADLINE },
		[CAMPAIGN_LACKS_RECIPIENTS] = { REASON_LETTER_NOBODY,
		    REASON_WRITE_NOBODY },
		[CAMPAIGN_LACKS_UNITS] = { REASON_LETTER_LINE,
		    REASON_WRITE_LINE }
	};
	struct lacking	*l = arg;
	const char	*why = reason_text(reasons[what].lack);

	if (what == CAMPAIGN_LACKS_UNITS)
		why = arena_printf(l->arena, "%s %zu", why, i + 1);
	if (l->dir == NULL) {
		l->text = arena_printf(l->arena, "%s%s%s", l->text,
		    l->text[0] != '\0' ? "; " : "", why);
		return 0;
	}
	if (what == CAMPAIGN_LACKS_UNITS)
		why = arena_printf(l->arena, "%s (%s)", why,
		    l->campaign->recipients[i].text);
	l->text = arena_printf(l->arena, "%s\n%s/campaign.conf:%u: %s; %s",
	    l->text, l->dir, line, why, reason_text(reasons[what].write));
	return 0;
}

const char *
decision_open_lacks(const struct campaign *c, struct arena *arena)
{
	struct lacking	l = { arena, NULL, c, "" };

	(void)campaign_each_lack(c, add_lack, &l);
	return l.text;
}

const char *
decision_open_lines(const struct campaign *c, struct arena *arena)
{
	struct lacking	l = { arena, c->dir, c, "" };

	(void)campaign_each_lack(c, add_lack, &l);
	return l.text;
}

/* What still stands against opening, a line each; 0 or -1. */
static int
check_open(struct decision *d, const struct office_campaign *oc,
    bool no_number)
{
	struct campaign	 c = *oc->campaign;
	const char	*lines;

	c.no_number |= no_number;
	lines = decision_open_lines(&c, d->arena);
	if (lines[0] == '\0')
		return 0;
	d->why = arena_printf(d->arena, "%s:%s",
	    reason_text(REASON_NOT_READY), lines);
	return -1;
}

/* One step between two states: event, file. In the transaction. */
static int
change_state(struct decision *d, struct office_campaign *oc,
    struct event *e, enum campaign_state from, enum campaign_state to)
{
	struct strbuf	 detail = { 0 };
	int		 rc;

	detail_add(&detail, "from", campaign_state_name(from));
	detail_add(&detail, "to", campaign_state_name(to));
	e->campaign = oc->id;
	e->unit = "";
	e->detail = strbuf_get(&detail);
	d->done = arena_printf(d->arena, "%s %s", done_word_of(e->verb),
	    oc->id);
	rc = act_record(d, e, WORD_LOG_CAMPAIGN);
	if (rc == 0)
		rc = act_effect(d, e, true);
	strbuf_clear(&detail);
	return rc;
}

static int
is_there(const struct event *e, void *arg)
{
	(void)e;
	(void)arg;
	return 1;
}

bool
decision_is_half_open(const struct office *o,
    const struct office_campaign *oc)
{
	struct event_filter opened = { .verb = "open", .campaign = oc->id,
		.only_active = true };

	return oc->campaign->state == CAMPAIGN_OPEN &&
	    event_each(o->store, &opened, is_there, NULL) == 0;
}

int
decide_open(struct decision *d, struct office_campaign *oc, bool no_number)
{
	struct event	 e = { .verb = "open" };
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	if (oc->campaign->state != CAMPAIGN_DRAFT &&
	    !decision_is_half_open(d->office, oc))
		rc = act_refuse(d, REASON_NOT_DRAFT);
	else if (oc->campaign->close != 0 && oc->campaign->close < d->now)
		rc = act_refuse(d, REASON_CLOSE_PAST);
	else
		rc = check_open(d, oc, no_number);
	if (rc == 0 && no_number && !d->is_dry &&
	    campaign_set(oc->campaign->dir, "no_number", "yes") == -1)
		rc = act_refuse(d, REASON_FILE);
	if (rc == 0)
		rc = change_state(d, oc, &e, CAMPAIGN_DRAFT, CAMPAIGN_OPEN);
	rc = act_end(d, rc);
	return rc == 0 ? follow(d) : rc;
}

/* Was a version of the folder known that was a draft? */
static int
is_draft(const struct event *e, void *arg)
{
	struct arena	*arena = arg;

	return strcmp(detail_get(e->detail, "state", arena),
	    campaign_state_name(CAMPAIGN_DRAFT)) == 0;
}

static int
finish_opening(struct office *o, struct office_campaign *oc, time_t now)
{
	struct event_filter versions = { .verb = "campaign-changed",
		.campaign = oc->id };
	struct decision	 d = { .office = o, .arena = arena_new(0),
		.who = o->who, .now = now, .reason = "" };
	int		 was_draft, rc = 0;

	was_draft = event_each(o->store, &versions, is_draft, d.arena);
	if (was_draft == -1) {
		log_error("campaigns: %s", store_error(o->store));
		rc = -1;
	} else if (was_draft == 1) {
		log_warn("campaign: %s: opened, but not told: finishing it",
		    oc->id);
		/* somebody else may be first, or it lacks something */
		if (decide_open(&d, oc, false) == -1)
			log_warn("campaign: %s", d.why);
	}
	arena_free(d.arena);
	return rc;
}

int
decision_finish_openings(struct office *o, time_t now)
{
	size_t	 i;
	int	 rc = 0;

	for (i = 0; rc == 0 && i < o->n_campaigns; i++) {
		struct office_campaign *oc = &o->campaigns[i];

		if (oc->is_finished)
			continue;
		oc->is_finished = true;
		if (decision_is_half_open(o, oc))
			rc = finish_opening(o, oc, now);
	}
	return rc;
}

static int
move(struct decision *d, struct office_campaign *oc, const char *verb,
    enum campaign_state from, enum campaign_state to)
{
	struct event	 e = { .verb = verb };
	enum campaign_state now = oc->campaign->state;
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	/* Closing goes from paused too. */
	if (now == from || (to == CAMPAIGN_CLOSED && now == CAMPAIGN_PAUSED))
		rc = change_state(d, oc, &e, now, to);
	else
		rc = act_refuse(d, now == to ? REASON_ALREADY :
		    REASON_NOT_OPEN);
	rc = act_end(d, rc);
	return rc == 0 ? follow(d) : rc;
}

int
decide_pause(struct decision *d, struct office_campaign *oc)
{
	return move(d, oc, "pause", CAMPAIGN_OPEN, CAMPAIGN_PAUSED);
}

int
decide_resume(struct decision *d, struct office_campaign *oc)
{
	return move(d, oc, "resume", CAMPAIGN_PAUSED, CAMPAIGN_OPEN);
}

int
decide_close(struct decision *d, struct office_campaign *oc)
{
	return move(d, oc, "close", CAMPAIGN_OPEN, CAMPAIGN_CLOSED);
}

/* ---- undo */

/* The event that is taken back, or that comes back into force. */
static struct event *
find_original(struct decision *d, const struct event *e)
{
	struct event	*at = event_find(d->office->store, e->undoes), *next;

	while (at != NULL && strcmp(at->verb, "undo") == 0) {
		next = event_find(d->office->store, at->undoes);
		free(at);
		at = next;
	}
	return at;
}

/*
 * Would taking this back, or bringing it back, set a state that a later
 * decision in force has changed? That one is to be taken back first.
 */
static int
check_is_last(struct decision *d, const struct event *original)
{
	static const char *const verbs[] = { "open", "pause", "resume",
		"close" };
	struct event_filter later = { .campaign = original->campaign,
		.only_active = true, .after = original->seq };
	bool		 is_state = false;
	size_t		 i;
	int		 rc = 0;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		is_state |= strcmp(original->verb, verbs[i]) == 0;
	for (i = 0; is_state && rc == 0 &&
	    i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		later.verb = verbs[i];
		rc = event_each(d->office->store, &later, is_there, NULL);
	}
	return rc == 0 ? 0 : rc == -1 ? act_failed(d) :
	    act_refuse(d, REASON_LATER_FIRST);
}

static int
undo(struct decision *d, const struct event *undone)
{
	struct event	 e = { .verb = "undo", .campaign = undone->campaign,
		.unit = undone->unit, .mail = undone->mail, .detail = "",
		.undoes = undone->seq };
	struct event	*original = find_original(d, &e);
	int64_t		 seq;
	int		 rc;

	if (original == NULL)
		return act_refuse(d, REASON_NO_EVENT);
	d->done = arena_printf(d->arena, "%s !%lld (%s)",
	    done_word(DONE_UNDO), (long long)undone->seq,
	    done_word_of(original->verb));
	if (done_word_of(original->verb)[0] == '\0')
		rc = act_refuse(d, REASON_NOT_UNDOABLE);
	else
		rc = check_is_last(d, original);
	if (rc == 0)
		rc = act_record(d, &e, WORD_LOG_UNDONE);
	/* Undoing an undo brings the first one back into force: ask. */
	seq = original->seq;
	free(original);
	if (rc == -1)
		return -1;
	original = event_find(d->office->store, seq);
	rc = original == NULL ? act_failed(d) :
	    act_effect(d, original, !original->is_undone);
	free(original);
	return rc;
}

int
decide_undo(struct decision *d, int64_t event)
{
	struct event	*e;
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	e = event_find(d->office->store, event);
	if (e == NULL)
		rc = act_refuse(d, REASON_NO_EVENT);
	else if (e->is_undone)
		rc = act_refuse(d, REASON_UNDONE_ALREADY);
	else
		rc = undo(d, e);
	free(e);
	rc = act_end(d, rc);
	return rc == 0 ? follow(d) : rc;
}
