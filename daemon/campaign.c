/*
 * A round of reporting: its term, its window, who is on its list and what
 * they owe. Local time stands here and in texts for people only.
 */
#include "daemon/campaign.h"

#include <string.h>

#include "daemon/calendar.h"
#include "daemon/roster.h"
#include "parsers/arena.h"

const char *
campaign_state_name(enum campaign_state s)
{
	static const char *const	names[] = {
		"draft", "open", "paused", "closed"
	};

	return names[s];
}

const char *
supplement_name(enum supplement_policy s)
{
	static const char *const	names[] = { "ask", "auto", "never" };

	return names[s];
}

void
campaign_free(struct campaign *c)
{
	if (c != NULL)
		arena_free(c->arena);
}

enum campaign_state
campaign_state_at(const struct campaign *c, time_t now)
{
	if (c->close != 0 && now > c->close && c->state != CAMPAIGN_DRAFT)
		return CAMPAIGN_CLOSED;
	return c->state;
}

bool
campaign_takes(const struct campaign *c, time_t received)
{
	return received >= c->from;
}

int
campaign_line_of(const struct campaign *c, int unit)
{
	if (unit < 0 || (size_t)unit >= c->n_units)
		return 0;
	return c->line_of[unit];
}

/* ---- the term */

static time_t
end_of_term(const struct campaign *c, long day)
{
	int	minute = c->office_close;

	if (c->reading == READING_AT_TIME)
		minute = c->deadline_minute;
	return minute < 0 || minute >= 24 * 60 ? day_end(day) :
	    day_at(day, minute);
}

static struct term
common_term(const struct campaign *c, const struct calendar *cal)
{
	struct term	t = { .last_day = DAY_NONE, .named_day = DAY_NONE };

	if (c->deadline_day == DAY_NONE)
		return t;
	t.last_day = c->deadline_day - (c->reading == READING_BEFORE_DAY);
	if (c->roll)
		t.last_day = calendar_workday_from(cal, t.last_day);
	t.due = t.tolerated_until = end_of_term(c, t.last_day);
	/* a term that rolled past the day written in the letter moves it */
	t.named_day = c->deadline_day > t.last_day ? c->deadline_day :
	    t.last_day;
	if (c->tolerance == TOLERANCE_NAMED_DAY) {
		t.tolerated_until = day_end(t.named_day);
	} else if (c->tolerance == TOLERANCE_UNTIL &&
	    c->tolerance_until > t.due) {
		t.tolerated_until = c->tolerance_until;
		t.named_day = day_of(t.tolerated_until);
	}
	return t;
}

struct term
campaign_term(const struct campaign *c, const struct calendar *cal,
    long extension)
{
	struct term	t = common_term(c, cal);
	time_t		until;

	if (extension == DAY_NONE)
		return t;
	until = day_end(extension);
	/* Nobody has less time than all, whatever was moved since. */
	if (t.due != 0 && until <= t.due)
		return t;
	t.due = until;
	t.last_day = extension;
	if (t.tolerated_until < until)
		t.tolerated_until = until;
	if (t.named_day == DAY_NONE || t.named_day < extension)
		t.named_day = extension;
	t.is_extended = true;
	return t;
}

/* ---- who owes what */

static bool
has_tag(const struct unit *u, const char *tag)
{
	size_t	i;

	for (i = 0; i < u->n_tags; i++)
		if (strcmp(u->tags[i], tag) == 0)
			return true;
	return false;
}

static bool
kind_has_line(const struct campaign *c, const char *kind)
{
	size_t	i;

	for (i = 0; i < c->n_required; i++)
		if (strcmp(c->required[i].kind, kind) == 0 &&
		    *c->required[i].tag == '\0')
			return true;
	return false;
}

size_t
campaign_required(const struct campaign *c, const struct roster *r,
    int unit, struct arena *arena, int **nodes)
{
	const struct unit		*u = &r->units[unit];
	const struct required_kind	*q;
	const char			*kind = u->kind;
	bool				*owed;
	int				*list;
	size_t				 i, k, n = 0;

	owed = arena_calloc(arena, c->outline->n, sizeof(*owed));
	list = arena_calloc(arena, c->outline->n, sizeof(*list));
	if (!kind_has_line(c, kind))
		kind = "all";
	for (i = 0; i < c->n_required; i++) {
		q = &c->required[i];
		if (*q->tag == '\0' ? strcmp(q->kind, kind) != 0 :
		    strcmp(q->kind, u->kind) != 0 || !has_tag(u, q->tag))
			continue;
		for (k = 0; k < q->n; k++)
			owed[q->nodes[k]] = true;
	}
	for (i = 0; i < c->outline->n; i++)
		if (owed[i])
			list[n++] = (int)i;
	*nodes = list;
	return n;
}
