/*
 * The reminder plan: lines that people can read, and the hours that follow
 * from them. Pure; what was sent already is the store's knowledge.
 */
#include "daemon/plan.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/problems.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define WORKDAYS_MAX 60
#define MINUTE_MIN (7 * 60)	/* steps keep to office hours */
#define MINUTE_MAX (17 * 60 - 1)
#define SUMMARY_MINUTE (16 * 60 + 30)
#define SUMMARY_BEFORE_CLOSE 30
#define PREVIEW_AGAIN_MINUTE (7 * 60 + 30)

static const char *const kinds[] = {
	[STEP_REMINDER_FIRST] = "reminder-first",
	[STEP_REMINDER_LAST] = "reminder-last",
	[STEP_CALL_LIST] = "call-list",
	[STEP_OVERDUE] = "overdue",
	[STEP_ESCALATION] = "escalation",
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *
step_kind_name(enum step_kind k)
{
	return kinds[k];
}

bool
step_is_to_units(enum step_kind k)
{
	return k != STEP_CALL_LIST && k != STEP_ESCALATION;
}

static struct plan_step default_steps[] = {
	{ "first", STEP_REMINDER_FIRST, ANCHOR_DUE, -3, 8 * 60 },
	{ "last", STEP_REMINDER_LAST, ANCHOR_DUE, -1, 8 * 60 },
	{ "call-list", STEP_CALL_LIST, ANCHOR_DUE, 0, 14 * 60 },
	{ "overdue-1", STEP_OVERDUE, ANCHOR_NAMED, 1, 8 * 60 + 30 },
	{ "overdue-2", STEP_OVERDUE, ANCHOR_NAMED, 3, 8 * 60 + 30 },
	{ "escalation", STEP_ESCALATION, ANCHOR_NAMED, 4, 8 * 60 + 30 },
};

const struct plan *
plan_default(void)
{
	static const struct plan	plan = {
		.steps = default_steps,
		.n = sizeof(default_steps) / sizeof(default_steps[0]),
	};

	return &plan;
}

/* ---- lines */

static int
wrong(const char **why, const char *what)
{
	*why = what;
	return -1;
}

static int
parse_kind(const char *word, struct arena *arena, enum step_kind *out,
    const char **why)
{
	static const char *const	 names[] = { "reminder-first",
	    "reminder-last", "call-list", "overdue", "escalation", NULL };
	const char			*nearest;
	size_t				 i;

	for (i = 1; i < N_KINDS; i++)
		if (strcmp(kinds[i], word) == 0) {
			*out = (enum step_kind)i;
			return 0;
		}
	nearest = problems_nearest(word, names);
	return wrong(why, nearest != NULL ? arena_printf(arena, "\"%s\" is "
	    "no step; did you mean %s?", word, nearest) : arena_printf(arena,
	    "\"%s\" is no step; use reminder-first, reminder-last, "
	    "call-list, overdue or escalation", word));
}

/* "3 working days before due", "day of due", "1 working day after named day" */
static int
parse_when(const char *s, struct plan_step *step)
{
	static const struct {
		const char	*words;
		int		 sign;
	} forms[] = {
		{ " working days before ", -1 }, { " working day before ", -1 },
		{ " working days after ", 1 }, { " working day after ", 1 },
	};
	char	*end;
	long	 n;
	size_t	 i, len;

	step->workdays = 0;
	if (strncmp(s, "day of ", 7) == 0) {
		s += 7;
	} else if (*s >= '0' && *s <= '9') {
		n = strtol(s, &end, 10);
		if (n < 1 || n > WORKDAYS_MAX)
			return -1;
		for (i = 0; i < 4; i++) {
			len = strlen(forms[i].words);
			if (strncmp(end, forms[i].words, len) == 0)
				break;
		}
		if (i == 4)
			return -1;
		step->workdays = forms[i].sign * (int)n;
		s = end + len;
	} else if (strcmp(s, "named day") != 0) {
		return -1;
	}
	if (strcmp(s, "due") == 0)
		step->anchor = ANCHOR_DUE;
	else if (strcmp(s, "named day") == 0 || strcmp(s, "named-day") == 0)
		step->anchor = ANCHOR_NAMED;
	else
		return -1;
	return 0;
}

int
plan_parse_step(const char *name, const char *text, struct arena *arena,
    struct plan_step *out, const char **why)
{
	struct plan_step	 step = { .name = name };
	const char		*part[3];
	size_t			 i, len;

	for (i = 0; i < 3; i++) {
		len = strcspn(text, ",");
		part[i] = text_clean(arena_strndup(arena, text, len), arena);
		text += len + (text[len] == ',');
	}
	if (*part[2] == '\0' || *text != '\0')
		return wrong(why, "wants three parts; write like "
		    "`overdue, 1 working day after named day, 08:30`");
	if (parse_kind(part[0], arena, &step.kind, why) == -1)
		return -1;
	if (parse_when(part[1], &step) == -1)
		return wrong(why, arena_printf(arena, "\"%s\" is no day; "
		    "write like `3 working days before due`, `day of due` or "
		    "`1 working day after named day`", part[1]));
	if (local_parse_minute(part[2], &step.minute) == -1 ||
	    step.minute < MINUTE_MIN || step.minute > MINUTE_MAX)
		return wrong(why, arena_printf(arena, "\"%s\" is no hour of "
		    "the office; write one from 07:00 to 16:59", part[2]));
	*out = step;
	return 0;
}

void
plan_write_step(const struct plan_step *s, struct strbuf *out)
{
	int	n = abs(s->workdays);

	strbuf_addf(out, "%s, ", step_kind_name(s->kind));
	if (n == 0)
		strbuf_adds(out, "day of ");
	else
		strbuf_addf(out, "%d working %s %s ", n, n == 1 ? "day" :
		    "days", s->workdays < 0 ? "before" : "after");
	strbuf_addf(out, "%s, %02d:%02d", s->anchor == ANCHOR_DUE ? "due" :
	    "named day", s->minute / 60, s->minute % 60);
}

/* ---- hours */

struct due_step
plan_step_at(const struct plan_step *s, const struct term *term,
    const struct calendar *cal)
{
	struct due_step		d = { .step = s, .due = term->due };
	struct calendar_hours	hours;
	long			day;

	day = calendar_add_workdays(cal, s->anchor == ANCHOR_DUE ?
	    term->last_day : term->named_day, s->workdays);
	calendar_hours(cal, day, &hours);
	d.at = day_at(day, s->minute);
	d.lapses = day_at(day, hours.afternoon[1]) - 1;
	return d;
}

/* The first day on which anything unasked may be sent. */
static long
first_day(const struct campaign *c, const struct calendar *cal)
{
	long	day;

	if (day_parse(c->date, &day) == -1)
		return DAY_NONE;
	return calendar_add_workdays(cal, day, 1);
}

static bool
may_ever_run(const struct due_step *d, long first)
{
	return first == DAY_NONE || day_of(d->at) >= first;
}

bool
plan_may_run(const struct campaign *c, const struct calendar *cal,
    const struct due_step *d)
{
	return may_ever_run(d, first_day(c, cal)) &&
	    campaign_state_at(c, d->at) == CAMPAIGN_OPEN;
}

bool
plan_due_step(const struct campaign *c, const struct term *term,
    const struct calendar *cal, time_t since, time_t now,
    struct due_step *out)
{
	struct due_step	d;
	long		first = first_day(c, cal);
	size_t		i;
	bool		found = false;

	if (term->due == 0 || campaign_state_at(c, now) != CAMPAIGN_OPEN)
		return false;
	for (i = 0; i < c->plan.n; i++) {
		d = plan_step_at(&c->plan.steps[i], term, cal);
		if (d.at > now || now > d.lapses || d.at <= since ||
		    !may_ever_run(&d, first))
			continue;
		if (!found || d.at >= out->at)
			*out = d;
		found = true;
	}
	return found;
}

bool
plan_next_step(const struct campaign *c, const struct term *term,
    const struct calendar *cal, time_t now, struct due_step *out)
{
	struct due_step	d;
	size_t		i;
	bool		found = false;

	if (term->due == 0 || campaign_state_at(c, now) != CAMPAIGN_OPEN)
		return false;
	for (i = 0; i < c->plan.n; i++) {
		d = plan_step_at(&c->plan.steps[i], term, cal);
		if (d.at <= now || !plan_may_run(c, cal, &d))
			continue;
		if (!found || d.at < out->at)
			*out = d;
		found = true;
	}
	return found;
}

bool
plan_is_over(const struct campaign *c, const struct term *term,
    const struct calendar *cal, time_t now)
{
	size_t	i;

	if (term->due == 0)
		return false;
	for (i = 0; i < c->plan.n; i++)
		if (plan_step_at(&c->plan.steps[i], term, cal).lapses >= now)
			return false;
	return true;
}

time_t
plan_summary_at(const struct calendar *cal, long day)
{
	struct calendar_hours	hours;
	int			minute;

	calendar_hours(cal, day, &hours);
	minute = hours.afternoon[1] - SUMMARY_BEFORE_CLOSE;
	return day_at(day, minute < SUMMARY_MINUTE ? minute :
	    SUMMARY_MINUTE);
}

time_t
plan_preview_again_at(long day)
{
	return day_at(day, PREVIEW_AGAIN_MINUTE);
}
