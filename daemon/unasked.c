/*
 * When may we write to somebody who has not asked? Every rule is one bar;
 * doubt always holds.
 */
#include "daemon/unasked.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/mailbox.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/address.h"
#include "spool/filing.h"
#include "spool/mail.h"

static const struct {
	const char	*text;
	bool		 may_lift;
} bars[] = {
	[BAR_NONE] = { "", true },
	[BAR_NOT_FRESH] = { "mail was not read completely in time", true },
	[BAR_OFFICE_HOURS] = { "outside office hours", true },
	[BAR_DOUBT] = { "a mail that waits may be the unit's", true },
	[BAR_DOUBT_ALL] = { "a report that waits may be anybody's", true },
	[BAR_ONE_A_DAY] = { "the unit has had a mail today", true },
	[BAR_CLERK] = { "held by the clerk", true },
	[BAR_NO_MAIL] = { "no mail wanted: the clerk calls", false },
	[BAR_NO_ADDRESS] = { "no address", false }
};

/* Mails that nobody asked for: one of them per unit and day. */
static const char *const unasked_kinds[] = { MAIL_REMINDER,
	MAIL_SUPPLEMENT, MAIL_UNREADABLE };

const char *
bar_text(enum bar b)
{
	return bars[b].text;
}

bool
bar_may_lift(enum bar b)
{
	return bars[b].may_lift;
}

/* ---- what holds */

struct holding {
	struct unasked	*u;
	bool		*held;
};

/*
 * The day on which the clerk could first see it: mail of the evening or of
 * a day off is seen on the next working day.
 */
static bool
is_its_day(const struct unasked *u, time_t received)
{
	const struct calendar *cal = u->office->calendar;
	struct calendar_hours h;
	long	 day = day_of(received), today = day_of(u->now);

	if (day == today)
		return true;
	calendar_hours(cal, day, &h);
	if (calendar_is_workday(cal, day) &&
	    local_minute(received) < h.afternoon[1])
		return false;
	return calendar_add_workdays(cal, day, 1) == today;
}

static int
waiting_row(const struct filing *f, void *arg)
{
	struct holding	*h = arg;
	struct mail	*mail;
	size_t		 i;
	int		 unit;

	/* Questions and bounces hold nobody. */
	if (f->n_units > 0 || (f->kind != FILING_SUBMISSION &&
	    f->kind != FILING_OTHER) || (f->campaign[0] != '\0' &&
	    strcmp(f->campaign, h->u->campaign->id) != 0))
		return 0;
	for (i = 0; i < f->n_guesses; i++) {
		unit = roster_find(h->u->office->roster, f->guesses[i].unit);
		if (unit >= 0)
			h->held[unit] = true;
	}
	if (f->n_guesses > 0 || f->fitting < STEP_HOLD_HEADINGS)
		return 0;
	mail = mail_find(h->u->office->store, f->mail);
	if (mail != NULL && is_its_day(h->u, mail->received_utc))
		h->u->holds_all = true;
	free(mail);
	return 0;
}

/* What no program could read may be anybody's report. */
static int
aside_row(const struct mail *m, void *arg)
{
	struct holding	*h = arg;

	if (is_its_day(h->u, m->received_utc))
		h->u->holds_all = true;
	return 0;
}

int
unasked_load(const struct office *o, struct office_campaign *oc,
    bool is_read, time_t now, struct arena *arena, struct unasked *out)
{
	struct mail_filter aside = { .state = MESSAGE_ASIDE };
	struct holding	 h = { out, NULL };
	struct exceptions *x;
	bool		*by_clerk;
	time_t		 ok = mailbox_last_ok(o);
	size_t		 i;

	memset(out, 0, sizeof(*out));
	out->office = o;
	out->campaign = oc;
	out->now = now;
	out->is_fresh = is_read && ok <= now &&
	    now - ok <= STEP_FETCH_FRESH_S &&
	    mail_count(o->store, MESSAGE_DEFERRED) == 0;
	out->in_hours = calendar_in_office_hours(o->calendar, now);
	h.held = arena_calloc(arena, o->roster->n + 1, sizeof(bool));
	by_clerk = arena_calloc(arena, o->roster->n + 1, sizeof(bool));
	x = decision_exceptions(o, oc, arena);
	if (x == NULL ||
	    filing_each_needs_clerk(o->store, waiting_row, &h) == -1 ||
	    mail_each(o->store, &aside, aside_row, &h) == -1)
		return -1;
	for (i = 0; i < o->roster->n; i++)
		by_clerk[i] = x[i].is_held;
	out->held = h.held;
	out->held_by_clerk = by_clerk;
	return 0;
}

/* ---- addresses */

const char *
unasked_address(const struct office *o, int unit)
{
	const struct unit *u = &o->roster->units[unit];
	struct arena	*arena = arena_new(0);
	const char	*shared = NULL, *own = NULL;
	int		*units;
	size_t		 i;

	for (i = 0; i < u->n_emails && own == NULL; i++) {
		if (address_is_bounced(o->store, u->emails[i]))
			continue;
		if (roster_find_address(o->roster, u->emails[i], arena,
		    &units) == 1)
			own = u->emails[i];
		else if (shared == NULL)
			shared = u->emails[i];
	}
	arena_free(arena);
	return own != NULL ? own : shared;
}

/* Has the unit, or its address, had an unasked mail today? */
static bool
had_one_today(const struct unasked *u, int unit, const char *address)
{
	struct store	*st = u->office->store;
	const char	*code = u->office->roster->units[unit].code;
	time_t		 from = day_start(day_of(u->now));
	time_t		 until = day_start(day_of(u->now) + 1);
	size_t		 i;

	for (i = 0; i < sizeof(unasked_kinds) / sizeof(unasked_kinds[0]);
	    i++)
		if (outgoing_count_unit(st, code, unasked_kinds[i], from,
		    until) != 0 || outgoing_count(st, address,
		    unasked_kinds[i], from, until) != 0)
			return true;
	return false;
}

enum bar
unasked_bar(const struct unasked *u, int unit)
{
	const char	*address = unasked_address(u->office, unit);

	if (u->office->roster->units[unit].no_mail)
		return BAR_NO_MAIL;
	if (address == NULL)
		return BAR_NO_ADDRESS;
	if (!u->in_hours)
		return BAR_OFFICE_HOURS;
	if (u->held_by_clerk[unit])
		return BAR_CLERK;
	if (!u->is_fresh)
		return BAR_NOT_FRESH;
	if (u->holds_all)
		return BAR_DOUBT_ALL;
	if (u->held[unit])
		return BAR_DOUBT;
	return had_one_today(u, unit, address) ? BAR_ONE_A_DAY : BAR_NONE;
}

/* ---- the last moment */

static bool
is_unasked(const char *kind)
{
	size_t	 i;

	for (i = 0; i < sizeof(unasked_kinds) / sizeof(unasked_kinds[0]);
	    i++)
		if (strcmp(kind, unasked_kinds[i]) == 0)
			return true;
	return false;
}

/* Does every unit the mail speaks of still owe what it asks for? */
static const char *
recheck_units(const struct office *o, const struct office_campaign *oc,
    const struct outgoing *out, time_t now)
{
	struct judging	 j = { oc->campaign, o->roster, o->calendar, now };
	struct arena	*arena = arena_new(0);
	struct unit_facts facts;
	struct verdict	 v;
	const char	*why = NULL;
	size_t		 i;
	int		 unit;

	for (i = 0; why == NULL && i < out->n_units; i++) {
		unit = roster_find(o->roster, out->units[i]);
		if (unit < 0 || campaign_line_of(oc->campaign, unit) == 0) {
			why = "the unit is no longer on the list";
		} else if (status_facts_unit(o, oc, unit, arena, &facts) ==
		    -1) {
			why = "the unit's state cannot be read";
		} else {
			v = verdict_of(&j, unit, &facts, arena);
			if (v.is_excused)
				why = "the unit is excused";
			else if (strcmp(out->kind, MAIL_REMINDER) == 0 &&
			    v.is_submitted)
				why = "the unit has submitted";
			else if (strcmp(out->kind, MAIL_SUPPLEMENT) == 0 &&
			    v.content != CONTENT_INCOMPLETE)
				why = "the report is complete";
			else if (strcmp(out->kind, MAIL_UNREADABLE) == 0 &&
			    v.content != CONTENT_UNREADABLE)
				why = "the report can be read";
		}
	}
	arena_free(arena);
	return why;
}

const char *
unasked_recheck(const struct office *o, int64_t outgoing, time_t now)
{
	struct outgoing	*out = outgoing_find(o->store, outgoing);
	struct office_campaign *oc;
	const char	*why = NULL;

	if (out == NULL || !is_unasked(out->kind)) {
		free(out);
		return NULL;
	}
	oc = office_find(o, out->campaign);
	if (oc == NULL ||
	    campaign_state_at(oc->campaign, now) != CAMPAIGN_OPEN)
		why = "the campaign is not open";
	else if (day_of(out->created_utc) != day_of(now) ||
	    !calendar_in_office_hours(o->calendar, now))
		why = "its day is over";
	else if (now - mailbox_last_ok(o) > STEP_FETCH_FRESH_S)
		why = "mail was not read completely in time";
	else
		why = recheck_units(o, oc, out, now);
	free(out);
	return why;
}

/* ---- the log */

static const struct {
	const char	*kind;
	enum word	 label;
} labels[] = {
	{ MAIL_RECEIPT, WORD_LOG_RECEIPT },
	{ MAIL_REMINDER, WORD_LOG_REMINDER },
	{ MAIL_SUPPLEMENT, WORD_LOG_SUPPLEMENT },
	{ MAIL_UNREADABLE, WORD_LOG_SUPPLEMENT }
};

static const char *
step_text(const struct office *o, const struct outgoing *out)
{
	struct office_campaign *oc = office_find(o, out->campaign);
	const struct plan *plan;
	size_t		 i;

	if (oc == NULL || out->step[0] == '\0')
		return "";
	plan = &oc->campaign->plan;
	for (i = 0; i < plan->n; i++)
		if (strcmp(plan->steps[i].name, out->step) == 0)
			return text_step(plan->steps[i].kind);
	return "";
}

void
unasked_log_sent(const struct office *o, int64_t outgoing,
    enum outgoing_state state, time_t now)
{
	struct outgoing	*out = outgoing_find(o->store, outgoing);
	struct arena	*arena = arena_new(0);
	enum word	 label = WORD_COUNT;
	size_t		 i;
	int		 unit;

	for (i = 0; out != NULL && i < sizeof(labels) / sizeof(labels[0]);
	    i++)
		if (strcmp(out->kind, labels[i].kind) == 0)
			label = labels[i].label;
	if (state == OUTGOING_FAILED && out != NULL)
		log_warn("post: %s to %s: refused: %s", out->kind, out->to,
		    out->error);
	if (label == WORD_COUNT || state != OUTGOING_SENT)
		goto free_all;
	for (i = 0; i < out->n_units; i++) {
		unit = roster_find(o->roster, out->units[i]);
		if (unit >= 0 && statuslog_add(o, now, label, out->units[i],
		    statuslog_join(arena, o->roster->units[unit].name,
		    step_text(o, out), arena_printf(arena, "%s %s",
		    text_word(WORD_LINE_SENT_TO), out->to), NULL)) == -1)
			log_error("status.log: %s", store_error(o->store));
	}
free_all:
	arena_free(arena);
	free(out);
}
