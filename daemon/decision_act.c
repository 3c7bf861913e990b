/*
 * The frame of every decision: one transaction, one event, one line of
 * status.log; and what the events of each verb do.
 */
#include "daemon/decision_act.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bounced.h"
#include "daemon/campaign.h"
#include "daemon/campaign_write.h"
#include "daemon/decision_remember.h"
#include "daemon/detail.h"
#include "daemon/intake.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/statuslog.h"
#include "daemon/unfetched.h"
#include "parsers/arena.h"
#include "spool/event.h"
#include "spool/mail.h"
#include "spool/submission.h"

int
act_refuse(struct decision *d, enum reason why)
{
	d->why = reason_text(why);
	return -1;
}

int
act_failed(struct decision *d)
{
	d->why = arena_printf(d->arena, "%s: %s", reason_text(REASON_STORE),
	    store_error(d->office->store));
	return -1;
}

int
act_begin(struct decision *d)
{
	d->event = d->first_event = 0;
	d->why = d->done = "";
	return store_begin(d->office->store) == -1 ? act_failed(d) : 0;
}

int
act_end(struct decision *d, int rc)
{
	if (rc == -1 || d->is_dry) {
		store_rollback(d->office->store);
		if (rc == 0)
			d->event = 0;
		return rc;
	}
	return store_commit(d->office->store) == -1 ? act_failed(d) : 0;
}

static const char *
unit_name(const struct decision *d, const char *code)
{
	int	 unit = code[0] != '\0' ?
	    roster_find(d->office->roster, code) : -1;

	return unit < 0 ? "" : d->office->roster->units[unit].name;
}

int
act_record(struct decision *d, struct event *e, enum word label)
{
	const char	*number;

	e->time_utc = d->now;
	e->who = d->who;
	e->reason = d->reason;
	if (event_append(d->office->store, e, &d->event) == -1)
		return act_failed(d);
	if (d->first_event == 0)
		d->first_event = d->event;
	number = arena_printf(d->arena, "!%lld", (long long)d->event);
	if (statuslog_add(d->office, d->now, label, e->unit,
	    statuslog_join(d->arena, unit_name(d, e->unit), d->done,
	    d->reason, d->who, number, NULL)) == -1)
		return act_failed(d);
	return 0;
}

struct mail *
act_mail(struct decision *d, int64_t mail)
{
	struct mail	*m = mail_find(d->office->store, mail);

	if (m == NULL || m->state == MESSAGE_PURGED) {
		free(m);
		(void)act_refuse(d, REASON_NO_MAIL);
		return NULL;
	}
	if (m->state != MESSAGE_FILED && m->state != MESSAGE_HELD &&
	    m->state != MESSAGE_ASIDE) {
		free(m);
		(void)act_refuse(d, REASON_NOT_READ_YET);
		return NULL;
	}
	return m;
}

/* A campaign's state, in its file; nothing in a dry run. 0 or -1. */
static int
act_set_state(struct decision *d, const char *campaign, const char *state)
{
	struct office_campaign *oc = office_find(d->office, campaign);

	if (oc == NULL)
		return act_refuse(d, REASON_NO_CAMPAIGN);
	if (d->is_dry)
		return 0;
	if (campaign_set(oc->campaign->dir, "state", state) == -1) {
		d->why = arena_printf(d->arena, "%s: %s/campaign.conf: %s",
		    reason_text(REASON_FILE), oc->campaign->dir,
		    strerror(errno));
		return -1;
	}
	return 0;
}

/* ---- what events do */

static int
effect_on_mail(struct decision *d, const struct event *e, bool in_force)
{
	const char	*address = detail_get(e->detail, "remember",
			    d->arena);

	if (e->mail == 0)
		return 0;
	if (decision_remember(d, e->mail) == -1)
		return -1;
	if (in_force && address[0] != '\0' && bounced_clear(d->office,
	    &(struct bounced_proof){ address, e->unit, e->mail, d->who,
	    "remembered", d->now }, d->now) == -1)
		return act_failed(d);
	return intake_refile(d->office, e->mail, d->now) == -1 ?
	    act_failed(d) : 0;
}

static enum submission_channel
channel_of(struct decision *d, const struct event *e)
{
	enum submission_channel c = submission_channel_find(
	    detail_get(e->detail, "channel", d->arena));

	return c == 0 ? SUBMISSION_OTHER : c;
}

struct finding {
	int64_t	event;
	int64_t	row; /* 0: not there */
};

static int
row_of_event(const struct submission *s, void *arg)
{
	struct finding	*f = arg;

	if (s->mail == 0 && s->decision_event == f->event)
		f->row = s->submission;
	return 0;
}

/* Paper has no mail: its submission hangs on the event alone. */
static int
effect_of_add(struct decision *d, const struct event *e, bool in_force)
{
	struct submission s = { .campaign = e->campaign, .unit = e->unit,
		.attachment = -1, .sha256 = "", .name = "", .number = "",
		.doc_date = "", .review = "", .is_acceptable = true,
		.outline_hash = "", .decision = DECISION_ACCEPTED,
		.decision_event = e->seq };
	struct finding	 there = { e->seq, 0 };
	time_t		 received = e->time_utc;
	int64_t		 row;
	bool		 is_new;

	if (e->mail != 0)
		return effect_on_mail(d, e, in_force);
	s.channel = channel_of(d, e);
	(void)local_parse(detail_get(e->detail, "received", d->arena),
	    &received); /* else the time of the event */
	s.received_utc = received;
	if (submission_each(d->office->store, e->campaign, e->unit,
	    row_of_event, &there) == -1)
		return act_failed(d);
	if (in_force && there.row == 0 && submission_add(d->office->store,
	    &s, &row, &is_new) == -1)
		return act_failed(d);
	if (!in_force && there.row != 0 &&
	    submission_drop(d->office->store, there.row) == -1)
		return act_failed(d);
	return 0;
}

static int
effect_on_state(struct decision *d, const struct event *e, bool in_force)
{
	return act_set_state(d, e->campaign, detail_get(e->detail,
	    in_force ? "to" : "from", d->arena));
}

/* Exceptions and holds are read from the events themselves. */
static int
effect_of_itself(struct decision *d, const struct event *e, bool in_force)
{
	(void)d;
	(void)e;
	(void)in_force;
	return 0;
}

static const struct {
	const char	*verb;
	int		 (*effect)(struct decision *d, const struct event *e,
	    bool in_force);
} effects[] = {
	{ "assign", effect_on_mail },
	{ "accept", effect_on_mail },
	{ "return", effect_on_mail },
	{ "not-a-report", effect_on_mail },
	{ "add", effect_of_add },
	{ "excuse", effect_of_itself },
	{ "extend", effect_of_itself },
	{ "hold", effect_of_itself },
	{ "supplement", effect_of_itself },
	{ UNFETCHED_VERB, effect_of_itself },
	{ "open", effect_on_state },
	{ "pause", effect_on_state },
	{ "resume", effect_on_state },
	{ "close", effect_on_state }
};

int
act_effect(struct decision *d, const struct event *e, bool in_force)
{
	size_t	 i;

	for (i = 0; i < sizeof(effects) / sizeof(effects[0]); i++)
		if (strcmp(effects[i].verb, e->verb) == 0)
			return effects[i].effect(d, e, in_force);
	return act_refuse(d, REASON_NOT_UNDOABLE);
}
