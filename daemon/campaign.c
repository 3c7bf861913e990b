/*
 * A round of reporting: its term, its window, who is on its list and what
 * they owe. Local time stands here and in texts for people only.
 */
#include "daemon/campaign.h"

#include <string.h>

#include "daemon/calendar.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

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

struct term
campaign_term(const struct campaign *c, const struct calendar *cal,
    long extension)
{
	struct term	t = { .last_day = DAY_NONE, .named_day = DAY_NONE };

	if (extension != DAY_NONE) {
		t.due = t.tolerated_until = day_end(extension);
		t.last_day = t.named_day = extension;
		t.is_extended = true;
		return t;
	}
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

/* ---- what the clerk must look at */

static bool
is_whole_date(const char *date)
{
	long	day;

	return day_parse(date, &day) == 0;
}

int
campaign_each_lack(const struct campaign *c, campaign_lack_row row, void *arg)
{
	size_t	 i;
	int	 rc = 0;

	if (*c->number == '\0' && !c->no_number)
		rc = row(CAMPAIGN_LACKS_NUMBER, 0, c->number_line, arg);
	if (rc == 0 && !is_whole_date(c->date) && !c->no_number)
		rc = row(CAMPAIGN_LACKS_DATE, 0, c->date_line, arg);
	if (rc == 0 && c->deadline_day == DAY_NONE)
		rc = row(CAMPAIGN_LACKS_DEADLINE, 0, c->deadline_line, arg);
	if (rc == 0 && c->n_recipients == 0)
		rc = row(CAMPAIGN_LACKS_RECIPIENTS, 0, 0, arg);
	for (i = 0; rc == 0 && i < c->n_recipients; i++)
		if (c->recipients[i].n_units == 0)
			rc = row(CAMPAIGN_LACKS_UNITS, i,
			    c->recipients[i].line, arg);
	return rc;
}

struct checking {
	const struct campaign	*c;
	const char		*file;
	struct problems		*problems;
};

static int
add_lack(enum campaign_lack what, size_t i, unsigned line, void *arg)
{
	static const char *const	lacks[] = {
		[CAMPAIGN_LACKS_NUMBER] = "the letter's number is blank; "
		    "write number = …, or open it with --no-number",
		[CAMPAIGN_LACKS_DATE] = "the letter's date has no day; "
		    "write date = YYYY-MM-DD, or open it with --no-number",
		[CAMPAIGN_LACKS_DEADLINE] = "there is no deadline; write "
		    "day = YYYY-MM-DD below [deadline]",
		[CAMPAIGN_LACKS_RECIPIENTS] = "nobody is to report; add "
		    "recipients.1 = … below [recipients]" };
	struct checking			*k = arg;

	if (what == CAMPAIGN_LACKS_UNITS)
		problems_add(k->problems, k->file, line, "recipients.%zu "
		    "(\"%s\") has no unit; write selectors like kind:school "
		    "or +CODE", i + 1, k->c->recipients[i].text);
	else
		problems_add(k->problems, k->file, line, "%s", lacks[what]);
	return 0;
}

void
campaign_check_open(const struct campaign *c, const struct roster *r,
    struct problems *problems)
{
	struct arena	*arena = arena_new(0);
	struct checking	 k = { c, arena_printf(arena, "%s/campaign.conf",
			    c->dir), problems };

	(void)r;
	(void)campaign_each_lack(c, add_lack, &k);
	arena_free(arena);
}

static void
remark(struct strbuf *out, enum word w)
{
	strbuf_addf(out, "%s\n", text_word(w));
}

static void
remark_units(const struct campaign *c, const struct roster *r,
    struct strbuf *out)
{
	struct strbuf	left_out = {0}, twice = {0};
	size_t		i, k, m;
	int		seen;

	for (i = 0; i < r->n; i++) {
		for (seen = 0, k = 0; k < c->n_recipients; k++)
			for (m = 0; m < c->recipients[k].n_units; m++)
				seen += c->recipients[k].units[m] == (int)i;
		if (seen == 0)
			strbuf_addf(&left_out, " %s", r->units[i].code);
		else if (seen > 1)
			strbuf_addf(&twice, " %s", r->units[i].code);
	}
	if (left_out.len > 0)
		strbuf_addf(out, "%s%s\n", text_word(WORD_REMARK_LEFT_OUT),
		    left_out.s);
	if (twice.len > 0)
		strbuf_addf(out, "%s%s\n", text_word(WORD_REMARK_TWICE),
		    twice.s);
	strbuf_clear(&left_out);
	strbuf_clear(&twice);
}

void
campaign_remarks(const struct campaign *c, const struct roster *r,
    const struct calendar *cal, struct strbuf *out)
{
	struct term	term = campaign_term(c, cal, DAY_NONE);
	int		year;
	size_t		i;

	for (i = 0; i < c->n_recipients; i++)
		if (c->recipients[i].n_units == 0)
			strbuf_addf(out, "recipients.%zu: %s (%s)\n", i + 1,
			    text_word(WORD_REMARK_NO_UNIT),
			    c->recipients[i].text);
	remark_units(c, r, out);
	if (c->outline->n == 0)
		remark(out, WORD_REMARK_NO_OUTLINE);
	if (term.due == 0)
		return;
	year = day_civil(term.named_day).year;
	if (!calendar_has_year(cal, year))
		strbuf_addf(out, "%s %d\n",
		    text_word(WORD_REMARK_NO_CALENDAR), year);
	if (!calendar_is_workday(cal, term.last_day))
		remark(out, WORD_REMARK_DAY_OFF);
	if (c->close != 0 && c->close < term.tolerated_until)
		remark(out, WORD_REMARK_CLOSE_EARLY);
	if (c->from > term.due)
		remark(out, WORD_REMARK_FROM_LATE);
}
