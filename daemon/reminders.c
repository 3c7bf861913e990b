/*
 * Reminders by plan. Each (campaign, unit, step, due) has one row, which
 * says for good what became of it; units that share a mailbox get one mail
 * that names them all.
 */
#include "daemon/reminders.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/step.h"

/* ---- steps of any kind */

struct verdict
asking_verdict(const struct asking *a, int unit)
{
	struct judging	 j = { a->campaign->campaign, a->office->roster,
		a->office->calendar, a->now };

	return verdict_of(&j, unit, &a->facts[unit], a->arena);
}

static int
put_step(const struct asking *a, const struct step *template, int unit,
    const char *name, time_t due)
{
	struct step	 s = *template;
	bool		 is_new;

	s.campaign = a->campaign->id;
	s.unit = unit < 0 ? "" : a->office->roster->units[unit].code;
	s.step = name;
	s.due_utc = due;
	s.time_utc = a->now;
	return step_put(a->office->store, &s, &is_new);
}

int
asking_skip(const struct asking *a, int unit, const char *step, time_t due,
    const char *why)
{
	struct step	 s = { .outcome = STEP_SKIPPED, .reason = why };

	return put_step(a, &s, unit, step, due);
}

int
asking_done(const struct asking *a, int unit, const char *step, time_t due,
    int64_t outgoing)
{
	struct step	 s = { .outcome = STEP_MAILED, .reason = "",
		.outgoing = outgoing };

	return put_step(a, &s, unit, step, due);
}

int
asking_gate(const struct asking *a, int unit, const char *step, time_t due)
{
	struct store	*st = a->office->store;
	struct step	*there, s = { .outcome = STEP_WAITING };
	enum bar	 bar;
	bool		 is_final, is_same;

	there = step_find(st, a->campaign->id,
	    a->office->roster->units[unit].code, step, due);
	is_final = there != NULL && there->outcome != STEP_WAITING &&
	    there->outcome != STEP_HELD;
	if (is_final) {
		free(there);
		return 0;
	}
	bar = unasked_bar(&a->unasked, unit);
	s.reason = bar_text(bar);
	is_same = there != NULL && strcmp(there->reason, s.reason) == 0;
	free(there);
	if (bar == BAR_NONE)
		return 1;
	if (!bar_may_lift(bar))
		return asking_skip(a, unit, step, due, s.reason);
	if (bar == BAR_CLERK)
		s.outcome = STEP_HELD;
	/* A row that says the same already need not be written again. */
	return is_same ? 0 : put_step(a, &s, unit, step, due);
}

/* ---- the plan */

/* A unit that is to be reminded now. */
struct candidate {
	int		 unit;
	const char	*address;
	struct due_step	 step;
	struct term	 term;
	bool		 is_taken;
};

static struct term
term_of(const struct asking *a, int unit)
{
	const struct unit_facts *f = &a->facts[unit];

	return campaign_term(a->campaign->campaign, a->office->calendar,
	    f->has_extension ? f->extension : DAY_NONE);
}

/* Has nothing come of it, not even a report that was sent back? */
static bool
owes_all(const struct verdict *v)
{
	bool	 incomplete;

	return verdict_still_owes(v, &incomplete) && !incomplete &&
	    (v->remarks & VERDICT_RETURNED) == 0;
}

/* Does the unit still owe its report? If not the step is over for it. */
static int
still_owes(const struct asking *a, const struct candidate *c)
{
	struct verdict	 v = asking_verdict(a, c->unit);
	bool		 incomplete;
	const char	*why;

	if (owes_all(&v))
		return 1;
	(void)verdict_still_owes(&v, &incomplete);
	why = v.is_excused ? "excused" : !v.is_submitted ?
	    "sent back; another is asked for apart" : incomplete ?
	    "submitted; sections are asked for apart" : "submitted";
	return asking_skip(a, c->unit, c->step.step->name, c->step.due,
	    why);
}

/* 1 when c is to be mailed now, 0 when not, -1 on failure. */
static int
consider(const struct asking *a, int unit, struct candidate *c)
{
	const struct campaign *camp = a->campaign->campaign;
	int		 rc;

	memset(c, 0, sizeof(*c));
	c->unit = unit;
	c->term = term_of(a, unit);
	if (!plan_due_step(camp, &c->term, a->office->calendar,
	    decision_opened(a->office, a->campaign), a->now, &c->step) ||
	    !step_is_to_units(c->step.step->kind) ||
	    decision_holds_step(a->office, a->campaign, c->step.step->name,
	    day_of(c->step.at)))
		return 0;
	if ((rc = still_owes(a, c)) != 1)
		return rc;
	rc = asking_gate(a, unit, c->step.step->name, c->step.due);
	c->address = unasked_address(a->office, unit);
	return rc;
}

static enum template_id
template_of(enum step_kind k)
{
	switch (k) {
	case STEP_REMINDER_FIRST:
		return TEMPLATE_REMINDER_FIRST;
	case STEP_REMINDER_LAST:
		return TEMPLATE_REMINDER_LAST;
	case STEP_OVERDUE:
		return TEMPLATE_OVERDUE;
	case STEP_CALL_LIST:
		return TEMPLATE_CALL_LIST;
	case STEP_ESCALATION:
		break;
	}
	return TEMPLATE_ESCALATION;
}

static bool
same_mail(const struct candidate *x, const struct candidate *y)
{
	return strcmp(x->address, y->address) == 0 &&
	    x->step.step == y->step.step && x->step.due == y->step.due;
}

/* One mail for all that share the first one's mailbox and step. */
static int
mail_group(const struct asking *a, struct candidate *c, size_t n)
{
	const struct office *o = a->office;
	const char	**codes = arena_calloc(a->arena, n + 1,
	    sizeof(*codes));
	int		*units = arena_calloc(a->arena, n + 1,
	    sizeof(*units));
	struct outbox_mail m = { .kind = MAIL_REMINDER };
	struct values	*v;
	size_t		 i, k = 0;
	int64_t		 row = 0;
	int		 rc = -1;

	for (i = 0; i < n; i++) {
		if (c[i].is_taken || !same_mail(&c[0], &c[i]))
			continue;
		c[i].is_taken = true;
		units[k] = c[i].unit;
		codes[k++] = o->roster->units[c[i].unit].code;
	}
	v = mail_values_new(o, a->campaign, &c[0].term);
	mail_values_units(v, o, units, k);
	mail_values_time(v, a->now);
	mail_values_number(v, (size_t)calendar_workdays_between(o->calendar,
	    day_of(a->now), c[0].term.last_day));
	values_set(v, VAR_NGAY_MOI, text_day(day_of(a->now), a->arena));
	m.template = template_of(c[0].step.step->kind);
	m.values = v;
	m.campaign = a->campaign->id;
	m.step = c[0].step.step->name;
	m.to = c[0].address;
	m.units = codes;
	m.n_units = k;
	if (store_begin(o->store) == -1)
		goto free_values;
	switch (outbox_add(o, &m, a->now, &row)) {
	case OUTBOX_ADDED:
		rc = 0;
		for (i = 0; rc == 0 && i < k; i++)
			rc = asking_done(a, units[i], m.step, c[0].step.due,
			    row);
		break;
	case OUTBOX_CAPPED:
		rc = 0; /* waits, and lapses with its day */
		break;
	case OUTBOX_REFUSED:
		rc = 0;
		for (i = 0; rc == 0 && i < k; i++)
			rc = asking_skip(a, units[i], m.step, c[0].step.due,
			    "no mail can be made for this address");
		break;
	case OUTBOX_FAILED:
		break;
	}
	if (rc == 0)
		rc = store_commit(o->store);
	else
		store_rollback(o->store);
free_values:
	values_free(v);
	return rc;
}

static int
remind_units(const struct asking *a)
{
	const struct campaign *c = a->campaign->campaign;
	struct candidate *list = arena_calloc(a->arena,
	    a->office->roster->n + 1, sizeof(*list));
	size_t		 i, n = 0;
	int		 rc;

	for (i = 0; i < a->office->roster->n; i++) {
		if (campaign_line_of(c, (int)i) == 0)
			continue;
		if ((rc = consider(a, (int)i, &list[n])) == -1)
			return -1;
		n += rc == 1;
	}
	for (i = 0; i < n; i++)
		if (!list[i].is_taken &&
		    mail_group(a, &list[i], n - i) == -1)
			return -1;
	return 0;
}

/* ---- all of it */

static int
decide_campaign(struct office *o, struct office_campaign *oc, bool is_read,
    time_t now)
{
	struct asking	 a = { .office = o, .campaign = oc, .now = now };
	struct status_facts facts;
	int		 rc = -1;

	a.arena = arena_new(0);
	if (unasked_load(o, oc, is_read, now, a.arena, &a.unasked) == 0 &&
	    status_facts_load(o, oc, a.arena, &facts) == 0) {
		a.facts = facts.units;
		rc = lapse_decide(&a);
		if (rc == 0)
			rc = remind_units(&a);
		if (rc == 0)
			rc = requests_decide(&a);
	}
	arena_free(a.arena);
	return rc;
}

int
reminders_decide(struct office *o, bool is_read, time_t now)
{
	size_t	 i;

	for (i = 0; i < o->n_campaigns; i++)
		if (campaign_state_at(o->campaigns[i].campaign, now) ==
		    CAMPAIGN_OPEN &&
		    decide_campaign(o, &o->campaigns[i], is_read, now) == -1)
			return -1;
	return 0;
}

long
reminders_preview(const struct asking *a, long day, struct planned **out)
{
	const struct campaign *c = a->campaign->campaign;
	struct planned	*list = arena_calloc(a->arena,
	    a->office->roster->n * (c->plan.n + 1) + 1, sizeof(*list));
	struct verdict	 v;
	struct due_step	 ds;
	struct term	 term;
	size_t		 i, k;
	long		 n = 0;

	for (i = 0; i < a->office->roster->n; i++) {
		if (campaign_line_of(c, (int)i) == 0)
			continue;
		v = asking_verdict(a, (int)i);
		if (!owes_all(&v))
			continue;
		term = term_of(a, (int)i);
		for (k = 0; term.due != 0 && k < c->plan.n; k++) {
			ds = plan_step_at(&c->plan.steps[k], &term,
			    a->office->calendar);
			if (day_of(ds.at) != day ||
			    !step_is_to_units(ds.step->kind) ||
			    !plan_may_run(c, a->office->calendar, &ds))
				continue;
			list[n].unit = (int)i;
			list[n].step = ds.step;
			list[n].at = ds.at;
			list[n].address = unasked_address(a->office, (int)i);
			list[n].bar = a->office->roster->units[i].no_mail ?
			    BAR_NO_MAIL : list[n].address == NULL ?
			    BAR_NO_ADDRESS : a->unasked.held_by_clerk[i] ||
			    decision_holds_step(a->office, a->campaign,
			    ds.step->name, day) ? BAR_CLERK :
			    a->unasked.held[i] ? BAR_DOUBT : BAR_NONE;
			n++;
		}
	}
	*out = list;
	return n;
}
