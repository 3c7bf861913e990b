/*
 * What the events in force say: exceptions of units, and the clerk's word
 * on single mails. An event that was undone is not in force.
 */
#include "daemon/decision_read.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/detail.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "spool/event.h"
#include "spool/filing.h"

/* ---- exceptions */

struct excepting {
	const struct office *office;
	struct arena	*arena;
	struct exceptions *by_unit;
	long		 last_day; /* of the campaign; DAY_NONE */
};

static void
add_waived(struct excepting *x, struct exceptions *e, const char *section)
{
	const char	**grown = arena_calloc(x->arena, e->n_waived + 1,
	    sizeof(*grown));

	if (e->n_waived > 0)
		memcpy(grown, e->waived, e->n_waived * sizeof(*grown));
	grown[e->n_waived++] = section;
	e->waived = grown;
}

/*
 * A report that was sent back: its units have until the day that was named,
 * unless their term ends later anyway. Accepting it after all ends that.
 */
static void
give_until(struct excepting *x, const struct event *ev)
{
	struct filing	*f = filing_find(x->office->store, ev->mail);
	struct mail_word word = { 0 };
	struct exceptions *e;
	size_t		 i;
	int		 unit;

	if (f != NULL && decision_of_mail(x->office, ev->mail, x->arena,
	    &word) == 0 && word.is_returned &&
	    word.return_until > x->last_day) {
		for (i = 0; i < f->n_units; i++) {
			unit = roster_find(x->office->roster, f->units[i]);
			e = unit < 0 ? NULL : &x->by_unit[unit];
			if (e != NULL && (e->extension == DAY_NONE ||
			    e->extension < word.return_until))
				e->extension = word.return_until;
		}
	}
	free(f);
}

static int
exception_row(const struct event *ev, void *arg)
{
	struct excepting *x = arg;
	struct exceptions *e;
	const char	*section;
	int		 unit = roster_find(x->office->roster, ev->unit);

	if (strcmp(ev->verb, "return") == 0)
		give_until(x, ev);
	if (unit < 0 || strcmp(ev->verb, "return") == 0)
		return 0;
	e = &x->by_unit[unit];
	if (strcmp(ev->verb, "excuse") == 0) {
		section = detail_get(ev->detail, "section", x->arena);
		if (section[0] == '\0')
			e->is_excused = true;
		else
			add_waived(x, e, section);
	} else if (strcmp(ev->verb, "extend") == 0) {
		e->extension = detail_day(ev->detail, "until", x->arena);
	} else {
		e->is_held = true;
	}
	return 0;
}

struct exceptions *
decision_exceptions(const struct office *o,
    const struct office_campaign *oc, struct arena *arena)
{
	static const char *const verbs[] = { "excuse", "extend", "hold",
		"return" };
	struct event_filter f = { .campaign = oc->id, .only_active = true };
	struct excepting x = { o, arena, NULL, DAY_NONE };
	struct term	 term = campaign_term(oc->campaign, o->calendar,
	    DAY_NONE);
	size_t		 i;

	if (term.due != 0)
		x.last_day = term.named_day;

	x.by_unit = arena_calloc(arena, o->roster->n + 1,
	    sizeof(*x.by_unit));
	for (i = 0; i < o->roster->n; i++)
		x.by_unit[i].extension = DAY_NONE;
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		f.verb = verbs[i];
		if (event_each(o->store, &f, exception_row, &x) == -1)
			return NULL;
	}
	return x.by_unit;
}

/* ---- campaigns and their steps */

static int
opened_row(const struct event *ev, void *arg)
{
	*(time_t *)arg = ev->time_utc;
	return 1;
}

time_t
decision_opened(const struct office *o, const struct office_campaign *oc)
{
	struct event_filter f = { .verb = "open", .campaign = oc->id,
		.limit = 1, .is_newest_first = true };
	time_t		 t = 0;

	(void)event_each(o->store, &f, opened_row, &t); /* 0: unknown */
	return t;
}

struct holding {
	struct arena	*arena;
	const char	*step;
	long		 day;
	bool		 is_held;
};

static int
hold_row(const struct event *ev, void *arg)
{
	struct holding	*h = arg;

	if (ev->unit[0] == '\0' &&
	    (strcmp(detail_get(ev->detail, "step", h->arena), h->step) == 0 ||
	    detail_day(ev->detail, "day", h->arena) == h->day))
		h->is_held = true;
	return 0;
}

bool
decision_holds_step(const struct office *o,
    const struct office_campaign *oc, const char *step, long day)
{
	struct event_filter f = { .verb = "hold", .campaign = oc->id,
		.only_active = true };
	struct holding	 h = { arena_new(0), step, day, false };

	/* What cannot be read is held: no mail on a doubt. */
	if (event_each(o->store, &f, hold_row, &h) == -1)
		h.is_held = true;
	arena_free(h.arena);
	return h.is_held;
}

struct agreeing {
	const struct office *office;
	struct arena	*arena;
	struct agreed_supplement *by_unit;
};

static int
supplement_row(const struct event *ev, void *arg)
{
	struct agreeing	*g = arg;
	int		 unit = roster_find(g->office->roster, ev->unit);

	if (unit >= 0) {
		g->by_unit[unit].event = ev->seq;
		g->by_unit[unit].until = detail_day(ev->detail, "until",
		    g->arena);
	}
	return 0;
}

struct agreed_supplement *
decision_supplements(const struct office *o,
    const struct office_campaign *oc, struct arena *arena)
{
	struct event_filter f = { .verb = "supplement", .campaign = oc->id,
		.only_active = true };
	struct agreeing	 g = { o, arena, NULL };
	size_t		 i;

	g.by_unit = arena_calloc(arena, o->roster->n + 1,
	    sizeof(*g.by_unit));
	for (i = 0; i < o->roster->n; i++)
		g.by_unit[i].until = DAY_NONE;
	return event_each(o->store, &f, supplement_row, &g) == -1 ? NULL :
	    g.by_unit;
}

/* ---- one mail */

struct wording {
	const struct office *office;
	struct arena	*arena;
	struct mail_word *out;
	int		 returned; /* to that unit; -1: to all, or to none */
};

/* "units=A,B,C" as roster indexes; a code that is gone is left out. */
static void
take_units(struct wording *w, const char *list)
{
	char	*rest = arena_strdup(w->arena, list), *code;
	int	*units = arena_calloc(w->arena, strlen(list) + 1,
	    sizeof(*units));
	size_t	 n = 0;
	int	 unit;

	while ((code = strsep(&rest, ",")) != NULL) {
		unit = roster_find(w->office->roster, code);
		if (unit >= 0)
			units[n++] = unit;
	}
	w->out->units = units;
	w->out->n_units = n;
	w->out->is_assigned = n > 0;
}

/* Units of an earlier word before those of this one. */
static void
keep_units(struct wording *w, const int *units, size_t n)
{
	struct mail_word *out = w->out;
	int		*all = arena_calloc(w->arena, n + out->n_units + 1,
			    sizeof(*all));
	size_t		 i, k;

	memcpy(all, units, n * sizeof(*all));
	for (i = 0; i < out->n_units; i++) {
		for (k = 0; k < n && all[k] != out->units[i]; k++)
			;
		if (k == n)
			all[n++] = out->units[i];
	}
	out->units = all;
	out->n_units = n;
	out->is_assigned = n > 0;
}

/*
 * What came another way may be entered for one unit after the other: each
 * is an entry of its own. Whose a mail is, though, the later word says.
 */
static void
take_addition(struct wording *w, const struct event *ev)
{
	struct mail_word *out = w->out;
	const int	*earlier = out->units;
	const size_t	 n = out->is_added ? out->n_units : 0;
	struct added	*all, a = { 0 };
	size_t		 i;

	take_units(w, detail_get(ev->detail, "units", w->arena));
	if (channel_parse(detail_get(ev->detail, "channel", w->arena),
	    &a.channel) == -1)
		a.channel = CHANNEL_OTHER;
	if (local_parse(detail_get(ev->detail, "received", w->arena),
	    &a.received) == -1)
		a.received = 0;
	all = arena_calloc(w->arena, out->n_added + out->n_units + 1,
	    sizeof(*all));
	if (out->n_added > 0)
		memcpy(all, out->added, out->n_added * sizeof(*all));
	for (i = 0; i < out->n_units; i++) {
		a.unit = out->units[i];
		all[out->n_added++] = a;
	}
	out->added = all;
	out->is_added = true;
	if (n > 0)
		keep_units(w, earlier, n);
}

const struct added *
decision_added(const struct mail_word *w, int unit)
{
	size_t	i;

	for (i = w->n_added; i > 0; i--)
		if (w->added[i - 1].unit == unit)
			return &w->added[i - 1];
	return w->n_added > 0 ? &w->added[w->n_added - 1] : NULL;
}

/* A report sent back to one unit, now given to others, is as it came. */
static void
lift_return(struct wording *w)
{
	struct mail_word *out = w->out;
	size_t		 i;

	for (i = 0; i < out->n_units; i++)
		if (out->units[i] == w->returned)
			return;
	if (!out->is_returned || w->returned < 0 || out->n_units == 0)
		return;
	out->is_returned = false;
	out->return_until = DAY_NONE;
	out->return_reason = "";
}

static int
word_row(const struct event *ev, void *arg)
{
	struct wording	*w = arg;
	struct mail_word *out = w->out;
	bool		 is_add = strcmp(ev->verb, "add") == 0;

	if (is_add || strcmp(ev->verb, "assign") == 0) {
		if (is_add)
			take_addition(w, ev);
		else
			take_units(w, detail_get(ev->detail, "units",
			    w->arena));
		out->campaign = arena_strdup(w->arena, ev->campaign);
		out->is_no_report = false;
		lift_return(w);
	} else if (strcmp(ev->verb, "accept") == 0) {
		out->is_accepted = true;
		out->is_returned = out->is_no_report = false;
	} else if (strcmp(ev->verb, "return") == 0) {
		w->returned = roster_find(w->office->roster, ev->unit);
		out->is_returned = true;
		out->is_accepted = out->is_no_report = false;
		out->return_until = detail_day(ev->detail, "until",
		    w->arena);
		out->return_reason = arena_strdup(w->arena, ev->reason);
	} else if (strcmp(ev->verb, "not-a-report") == 0) {
		out->is_no_report = true;
		out->is_accepted = out->is_returned = false;
	} else if (strcmp(ev->verb, "order") == 0) {
		out->is_order = true;
		out->is_suspect = strcmp(detail_get(ev->detail, "clerk",
		    w->arena), "1") == 0;
		out->outcome = arena_strdup(w->arena, ev->reason);
		return 0;
	} else {
		return 0;
	}
	out->event = ev->seq;
	out->who = arena_strdup(w->arena, ev->who);
	return 0;
}

int
decision_of_mail(const struct office *o, int64_t mail, struct arena *arena,
    struct mail_word *out)
{
	struct event_filter f = { .mail = mail, .only_active = true };
	struct wording	 w = { o, arena, out, -1 };

	memset(out, 0, sizeof(*out));
	out->return_until = DAY_NONE;
	out->campaign = out->who = out->outcome = out->return_reason = "";
	return event_each(o->store, &f, word_row, &w) == -1 ? -1 : 0;
}
