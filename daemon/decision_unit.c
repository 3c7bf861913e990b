/*
 * Decisions on units and steps: excuse, extend, hold, supplement.
 */
#include "daemon/decision_act.h"

#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/detail.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/unasked.h"
#include "parsers/arena.h"
#include "parsers/outline.h"
#include "parsers/strbuf.h"
#include "spool/event.h"

static const char *
code_of(const struct decision *d, int unit)
{
	return unit < 0 ? "" : d->office->roster->units[unit].code;
}

static int
check_unit(struct decision *d, const struct office_campaign *oc, int unit)
{
	if (campaign_line_of(oc->campaign, unit) == 0)
		return act_refuse(d, REASON_UNIT_NOT_LISTED);
	return 0;
}

/* One event about a unit with at most one word of detail. */
static int
record(struct decision *d, struct event *e, const char *key,
    const char *value, enum word label)
{
	struct strbuf	 detail = { 0 };
	int		 rc;

	if (key != NULL)
		detail_add(&detail, key, value);
	e->detail = strbuf_get(&detail);
	rc = act_record(d, e, label);
	strbuf_clear(&detail);
	return rc;
}

int
decide_excuse(struct decision *d, const struct office_campaign *oc, int unit,
    const char *section)
{
	struct event	 e = { .verb = "excuse", .campaign = oc->id,
		.unit = code_of(d, unit) };
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	if (check_unit(d, oc, unit) == -1) {
		rc = -1;
	} else if (section[0] != '\0' &&
	    outline_find(oc->campaign->outline, section) < 0) {
		rc = act_refuse(d, REASON_NO_SECTION);
	} else {
		d->done = section[0] == '\0' ? done_word(DONE_EXCUSE) :
		    arena_printf(d->arena, "%s %s",
		    done_word(DONE_EXCUSE_SECTION), section);
		rc = record(d, &e, section[0] != '\0' ? "section" : NULL,
		    section, WORD_LOG_EXCUSED);
	}
	return act_end(d, rc);
}

int
decide_extend(struct decision *d, const struct office_campaign *oc, int unit,
    long until)
{
	struct event	 e = { .verb = "extend", .campaign = oc->id,
		.unit = code_of(d, unit) };
	struct term	 term = campaign_term(oc->campaign,
	    d->office->calendar, DAY_NONE);
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	if (check_unit(d, oc, unit) == -1) {
		rc = -1;
	} else if (term.due != 0 && until <= term.last_day) {
		rc = act_refuse(d, REASON_DATE_PAST);
	} else {
		d->done = arena_printf(d->arena, "%s %s",
		    done_word(DONE_EXTEND), day_text(until, d->arena));
		rc = record(d, &e, "until", day_iso(until, d->arena),
		    WORD_LOG_EXTENDED);
	}
	return act_end(d, rc);
}

/* ---- hold */

static bool
has_step(const struct campaign *c, const char *name)
{
	size_t	 i;

	for (i = 0; i < c->plan.n; i++)
		if (strcmp(c->plan.steps[i].name, name) == 0)
			return true;
	return false;
}

long
decision_step_day(const struct office *o, const struct office_campaign *oc,
    time_t now)
{
	struct term	 term = campaign_term(oc->campaign, o->calendar,
	    DAY_NONE);
	struct due_step	 next;

	if (!plan_due_step(oc->campaign, &term, o->calendar, 0, now, &next) &&
	    !plan_next_step(oc->campaign, &term, o->calendar, now, &next))
		return DAY_NONE;
	return day_of(next.at);
}

/* All steps of a day; DAY_NONE: of the next day that has one. */
static int
hold_steps(struct decision *d, const struct office_campaign *oc, long day,
    struct event *e)
{
	long	 next = decision_step_day(d->office, oc, d->now);

	/* A day that is over, or before any step, holds nothing. */
	if (next == DAY_NONE || (day != DAY_NONE && day < next))
		return act_refuse(d, REASON_NO_STEP);
	if (day == DAY_NONE)
		day = next;
	d->done = arena_printf(d->arena, "%s %s", done_word(DONE_HOLD_DAY),
	    day_text(day, d->arena));
	return record(d, e, "day", day_iso(day, d->arena),
	    WORD_LOG_DECISION);
}

int
decide_hold(struct decision *d, const struct office_campaign *oc,
    const char *step, int unit)
{
	struct event	 e = { .verb = "hold", .campaign = oc->id,
		.unit = code_of(d, unit) };
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	if (unit >= 0) {
		d->done = done_word(DONE_HOLD_UNIT);
		rc = check_unit(d, oc, unit);
		if (rc == 0)
			rc = record(d, &e, NULL, "", WORD_LOG_DECISION);
	} else if (step[0] == '\0') {
		rc = hold_steps(d, oc, DAY_NONE, &e);
	} else if (!has_step(oc->campaign, step)) {
		rc = act_refuse(d, REASON_NO_STEP);
	} else {
		d->done = arena_printf(d->arena, "%s %s",
		    done_word(DONE_HOLD_STEP), step);
		rc = record(d, &e, "step", step, WORD_LOG_DECISION);
	}
	return act_end(d, rc);
}

int
decide_hold_day(struct decision *d, const struct office_campaign *oc,
    long day)
{
	struct event	 e = { .verb = "hold", .campaign = oc->id,
		.unit = "" };

	if (act_begin(d) == -1)
		return -1;
	return act_end(d, hold_steps(d, oc, day, &e));
}

/* ---- supplement */

/* Is something missing, or empty, or perhaps so? */
static bool
lacks_something(struct decision *d, const struct office_campaign *oc,
    int unit)
{
	const struct verdict *v = status_judge_unit(d->office, oc, unit,
	    d->now, d->arena, NULL);

	return v != NULL && v->is_submitted &&
	    v->content == CONTENT_INCOMPLETE;
}

/* Would a request ever go? Else the clerk calls. */
static bool
has_mail(const struct decision *d, int unit)
{
	return !d->office->roster->units[unit].no_mail &&
	    unasked_address(d->office, unit) != NULL;
}

static int
ask_unit(struct decision *d, const struct office_campaign *oc, int unit,
    long until)
{
	struct event	 e = { .verb = "supplement", .campaign = oc->id,
		.unit = code_of(d, unit) };

	return record(d, &e, "until", day_iso(until, d->arena),
	    WORD_LOG_DECISION);
}

int
decide_supplement(struct decision *d, const struct office_campaign *oc,
    const int *units, size_t n, long until)
{
	const enum campaign_state state = campaign_state_at(oc->campaign,
	    d->now);
	size_t	 i, asked = 0;
	int	 rc = 0, unit;

	if (until == DAY_NONE)
		until = calendar_add_workdays(d->office->calendar,
		    day_of(d->now), SUPPLEMENT_WORKDAYS);
	if (act_begin(d) == -1)
		return -1;
	d->done = arena_printf(d->arena, "%s, %s %s",
	    done_word(DONE_SUPPLEMENT), done_word(DONE_UNTIL),
	    day_text(until, d->arena));
	if (until < day_of(d->now))
		return act_end(d, act_refuse(d, REASON_UNTIL_PAST));
	/* of any other nothing would go */
	if (state != CAMPAIGN_OPEN && state != CAMPAIGN_PAUSED)
		return act_end(d, act_refuse(d, REASON_NOT_OPEN));
	for (i = 0; rc == 0 && i < (n > 0 ? n : d->office->roster->n); i++) {
		unit = n > 0 ? units[i] : (int)i;
		if (campaign_line_of(oc->campaign, unit) == 0 ||
		    !lacks_something(d, oc, unit)) {
			if (n > 0)
				rc = act_refuse(d, REASON_NOTHING_MISSING);
			continue;
		}
		if (!has_mail(d, unit)) {
			if (n > 0)
				rc = act_refuse(d, REASON_CALL_UNIT);
			continue;
		}
		rc = ask_unit(d, oc, unit, until);
		asked++;
	}
	if (rc == 0 && asked == 0)
		rc = act_refuse(d, REASON_NOTHING_MISSING);
	return act_end(d, rc);
}
