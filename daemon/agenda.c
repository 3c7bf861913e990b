/*
 * What the service sleeps until. Whatever the daemon decides by the clock
 * has its instants here, so that nobody has to look every half minute.
 */
#include "daemon/agenda.h"

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/outgoing.h"

struct agenda {
	const struct office *office;
	time_t		 now;
	time_t		 next;
};

static void
note(struct agenda *a, time_t at)
{
	if (at > a->now && at < a->next)
		a->next = at;
}

/* Something that holds to the end of that second. */
static void
note_end(struct agenda *a, time_t last)
{
	if (last != 0)
		note(a, last + 1);
}

/* Unasked mail begins and ends with office hours; the clerk's has hours. */
static void
note_hours(struct agenda *a)
{
	const struct calendar *cal = a->office->calendar;
	struct calendar_hours hours;
	long		 day = day_of(a->now);

	if (!calendar_is_workday(cal, day))
		return;
	calendar_hours(cal, day, &hours);
	note(a, day_at(day, hours.morning[0]));
	note(a, day_at(day, hours.afternoon[1]));
	note(a, plan_preview_again_at(day));
	note(a, plan_summary_at(cal, day));
}

static void
note_term(struct agenda *a, const struct campaign *c, long extension)
{
	struct term	 term = campaign_term(c, a->office->calendar,
	    extension);
	struct due_step	 step;

	note_end(a, term.due);
	note_end(a, term.tolerated_until);
	if (plan_next_step(c, &term, a->office->calendar, a->now, &step))
		note(a, step.at);
}

static void
note_campaign(struct agenda *a, const struct office_campaign *oc)
{
	const struct campaign *c = oc->campaign;
	struct arena	*arena;
	struct exceptions *x;
	long		 last = DAY_NONE;
	size_t		 i;

	if (campaign_state_at(c, a->now) == CAMPAIGN_DRAFT)
		return;
	note(a, c->from);
	note_end(a, c->close);
	note_term(a, c, DAY_NONE);
	arena = arena_new(0);
	x = decision_exceptions(a->office, oc, arena);
	for (i = 0; x != NULL && i < a->office->roster->n; i++) {
		/* many units are given the same day, one after the other */
		if (x[i].extension == DAY_NONE || x[i].extension == last)
			continue;
		last = x[i].extension;
		note_term(a, c, last);
	}
	arena_free(arena);
}

/* Trouble with the mailbox is told when it has lasted so long. */
static void
note_trouble(struct agenda *a)
{
	struct store	*st = a->office->store;

	if (kv_int(st, KV_FETCH_TROUBLE, 0) != 0 &&
	    kv_int(st, KV_FETCH_TOLD, 0) == 0)
		note(a, kv_int(st, KV_FETCH_OK, 0) + TROUBLE_TELL_S);
}

time_t
agenda_next(const struct office *o, time_t now)
{
	struct agenda	 a = { .office = o, .now = now };
	size_t		 i;

	a.next = day_start(day_of(now) + 1);
	note(&a, mail_next_try(o->store));
	note(&a, outgoing_next_try(o->store));
	note_trouble(&a);
	note_hours(&a);
	for (i = 0; i < o->n_campaigns; i++)
		note_campaign(&a, &o->campaigns[i]);
	return a.next;
}
