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
#include "daemon/decision_read.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mailbox.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/address.h"
#include "spool/filing.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/outgoing.h"

static const struct {
	const char	*text;
	bool		 may_lift;
	enum word	 words; /* for status.log */
} bars[] = {
	[BAR_NONE] = { "", true, WORD_BAR_OTHER },
	[BAR_NOT_FRESH] = { "mail was not read completely in time", true,
	    WORD_BAR_NOT_FRESH },
	[BAR_OFFICE_HOURS] = { "outside office hours", true,
	    WORD_BAR_OTHER },
	[BAR_DOUBT] = { "a mail that waits may be the unit's", true,
	    WORD_BAR_DOUBT },
	[BAR_DOUBT_ALL] = { "a report that waits may be anybody's", true,
	    WORD_BAR_DOUBT_ALL },
	[BAR_ONE_A_DAY] = { "the unit has had a mail today", true,
	    WORD_BAR_ONE_A_DAY },
	[BAR_CLERK] = { "held by the clerk", true, WORD_BAR_CLERK },
	[BAR_NO_MAIL] = { "no mail wanted: the clerk calls", false,
	    WORD_NO_MAIL },
	[BAR_NO_ADDRESS] = { "no address", false, WORD_NO_EMAIL }
};

/* Mails that nobody asked for: one of them per unit and day. */
static const char *const unasked_kinds[] = { MAIL_REMINDER,
	MAIL_SUPPLEMENT, MAIL_UNREADABLE, MAIL_RETURNED };

const char *
bar_text(enum bar b)
{
	return bars[b].text;
}

const char *
bar_words(const char *text)
{
	size_t	 i;

	for (i = 0; i < sizeof(bars) / sizeof(bars[0]); i++)
		if (strcmp(bars[i].text, text) == 0)
			return text_word(bars[i].words);
	return text_word(WORD_BAR_OTHER);
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

	/* Questions and bounces hold nobody; nor does what is placed, but
	 * for what else is in that mail. */
	if ((f->n_units > 0 && f->n_guesses == 0) ||
	    (f->kind != FILING_SUBMISSION && f->kind != FILING_OTHER) ||
	    (f->campaign[0] != '\0' &&
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
	/* Where the last try failed, mail may lie there that says more. */
	out->is_fresh = is_read && ok <= now &&
	    now - ok <= STEP_FETCH_FRESH_S &&
	    kv_int(o->store, KV_FETCH_TROUBLE, 0) == 0 &&
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
unasked_standing_bar(const struct unasked *u, int unit)
{
	if (u->office->roster->units[unit].no_mail)
		return BAR_NO_MAIL;
	if (unasked_address(u->office, unit) == NULL)
		return BAR_NO_ADDRESS;
	if (!u->in_hours)
		return BAR_OFFICE_HOURS;
	if (u->held_by_clerk[unit])
		return BAR_CLERK;
	if (!u->is_fresh)
		return BAR_NOT_FRESH;
	if (u->holds_all)
		return BAR_DOUBT_ALL;
	return u->held[unit] ? BAR_DOUBT : BAR_NONE;
}

enum bar
unasked_bar(const struct unasked *u, int unit)
{
	enum bar	 bar = unasked_standing_bar(u, unit);

	if (bar != BAR_NONE)
		return bar;
	return had_one_today(u, unit, unasked_address(u->office, unit)) ?
	    BAR_ONE_A_DAY : BAR_NONE;
}

bool
unasked_is_kind(const char *kind)
{
	size_t	 i;

	for (i = 0; i < sizeof(unasked_kinds) / sizeof(unasked_kinds[0]);
	    i++)
		if (strcmp(kind, unasked_kinds[i]) == 0)
			return true;
	return false;
}
