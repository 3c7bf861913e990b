/*
 * The last look at a mail before it goes. A mail that would no longer be
 * true is withdrawn and its steps opened again, so that the units for which
 * it still is true get one of their own.
 */
#include "daemon/recheck.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/receipts.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/unasked.h"
#include "parsers/arena.h"
#include "spool/outgoing.h"
#include "spool/step.h"

/* What is found about one mail. */
struct finding {
	const char	*why;	    /* NULL: it may go */
	time_t		 not_before; /* 0: not at all */
};

/* Is what it says still so for this unit? */
static const char *
untrue_for(const struct unasked *u, const struct outgoing *out, int unit,
    struct arena *arena)
{
	const struct verdict *v = status_judge_unit(u->office, u->campaign,
	    unit, u->now, arena, NULL);

	if (v == NULL)
		return "the unit's state cannot be read";
	if (v->is_excused)
		return "the unit is excused";
	if (strcmp(out->kind, MAIL_REMINDER) == 0 && v->is_submitted)
		return "the unit has submitted";
	if (strcmp(out->kind, MAIL_SUPPLEMENT) == 0 &&
	    v->content != CONTENT_INCOMPLETE)
		return "the report is complete";
	if (strcmp(out->kind, MAIL_UNREADABLE) == 0 &&
	    v->content != CONTENT_UNREADABLE)
		return "the report can be read";
	if (strcmp(out->kind, MAIL_UNREADABLE) == 0 && v->newest->is_purged)
		return "the report was purged";
	if (strcmp(out->kind, MAIL_RETURNED) == 0 &&
	    (v->remarks & VERDICT_RETURNED) == 0)
		return "the report is no longer sent back";
	if (strcmp(out->kind, MAIL_REMINDER) == 0 &&
	    (v->remarks & VERDICT_RETURNED) != 0)
		return "a report was sent back; another is asked for apart";
	return NULL;
}

static const char *
unlawful_for(const struct unasked *u, const struct outgoing *out,
    const char *code, struct arena *arena)
{
	const struct office *o = u->office;
	int		 unit = roster_find(o->roster, code);
	enum bar	 bar;
	size_t		 i;

	if (unit < 0 || campaign_line_of(u->campaign->campaign, unit) == 0)
		return "the unit is no longer on the list";
	for (i = 0; i < o->roster->units[unit].n_emails; i++)
		if (strcmp(o->roster->units[unit].emails[i], out->to) == 0)
			break;
	if (i == o->roster->units[unit].n_emails)
		return "the address is no longer the unit's";
	bar = unasked_standing_bar(u, unit);
	if (bar != BAR_NONE && bar != BAR_NOT_FRESH)
		return bar_text(bar);
	return untrue_for(u, out, unit, arena);
}

static void
look_unasked(struct office *o, const struct outgoing *out, bool is_read,
    time_t now, struct finding *f)
{
	struct office_campaign *oc = office_find(o, out->campaign);
	struct arena	*arena = arena_new(0);
	struct unasked	 u = { .is_fresh = false };
	size_t		 i;

	if (oc == NULL ||
	    campaign_state_at(oc->campaign, now) != CAMPAIGN_OPEN)
		f->why = "the campaign is not open";
	else if (day_of(out->created_utc) != day_of(now) ||
	    !calendar_in_office_hours(o->calendar, now))
		f->why = "its day is over";
	else if (decision_holds_step(o, oc, out->step, day_of(now)))
		f->why = bar_text(BAR_CLERK);
	else if (unasked_load(o, oc, is_read, now, arena, &u) == -1)
		f->why = "the ledger cannot be read";
	for (i = 0; f->why == NULL && i < out->n_units; i++)
		f->why = unlawful_for(&u, out, out->units[i], arena);
	if (f->why == NULL && !u.is_fresh) {
		f->why = bar_text(BAR_NOT_FRESH);
		f->not_before = now + POST_WAIT_S;
	}
	arena_free(arena);
}

static void
look(struct office *o, const struct outgoing *out, bool is_read, time_t now,
    struct finding *f)
{
	f->why = NULL;
	f->not_before = 0;
	if (unasked_is_kind(out->kind)) {
		look_unasked(o, out, is_read, now, f);
	} else if (strcmp(out->kind, MAIL_RECEIPT) == 0) {
		f->not_before = receipts_not_before(now);
		if (f->not_before > now)
			f->why = "receipts go by day";
	}
}

static int
withdraw(struct office *o, const struct outgoing *out, const char *why,
    time_t now)
{
	struct outgoing_result r = { .state = OUTGOING_WITHDRAWN,
		.time_utc = now, .error = why };

	log_info("post: mail %lld withdrawn: %s", (long long)out->outgoing,
	    why);
	if (store_begin(o->store) == -1)
		return -1;
	/* What may have arrived has been said: no second one instead. */
	if (outgoing_settle(o->store, out->outgoing, &r) == -1 ||
	    (out->uncertain == 0 && step_amend(o->store, out->campaign,
	    out->outgoing, STEP_WAITING, now, why) == -1)) {
		store_rollback(o->store);
		return -1;
	}
	return store_commit(o->store);
}

static int
put_off(struct office *o, const struct outgoing *out,
    const struct finding *f, time_t now)
{
	struct outgoing_result r = { .state = out->state, .time_utc = now,
		.next_try_utc = f->not_before, .code = out->code,
		.error = f->why };

	return outgoing_settle(o->store, out->outgoing, &r);
}

bool
recheck_mail(struct office *o, int64_t outgoing, bool is_read, time_t now)
{
	struct outgoing	*out = outgoing_find(o->store, outgoing);
	struct finding	 f = { "it cannot be read", 0 };
	int		 rc = -1;

	if (out != NULL) {
		look(o, out, is_read, now, &f);
		rc = f.why == NULL ? 0 : f.not_before != 0 ?
		    put_off(o, out, &f, now) : withdraw(o, out, f.why, now);
	}
	if (rc == -1)
		log_error("post: %s", store_error(o->store));
	free(out);
	return f.why == NULL;
}

struct waiting {
	struct office	*office;
	bool		 is_read;
	time_t		 now;
	int64_t		 rows[POST_BATCH];
	size_t		 n;
};

static int
waiting_row(const struct outgoing *out, void *arg)
{
	struct waiting	*w = arg;
	struct finding	 f;

	if (!unasked_is_kind(out->kind))
		return 0;
	look(w->office, out, w->is_read, w->now, &f);
	if (f.why != NULL && f.not_before == 0)
		w->rows[w->n++] = out->outgoing;
	return w->n == POST_BATCH;
}

int
recheck_waiting(struct office *o, bool is_read, time_t now)
{
	static const enum outgoing_state states[] = { OUTGOING_PENDING,
		OUTGOING_LATER };
	struct waiting	 w = { .office = o, .is_read = is_read,
		.now = now };
	size_t		 i;

	do {
		w.n = 0;
		for (i = 0; i < sizeof(states) / sizeof(states[0]) &&
		    w.n < POST_BATCH; i++)
			if (outgoing_each(o->store, states[i], waiting_row,
			    &w) == -1)
				return -1;
		for (i = 0; i < w.n; i++)
			(void)recheck_mail(o, w.rows[i], is_read, now);
	} while (w.n == POST_BATCH);
	return 0;
}
