/*
 * What a campaign still lacks before it may open, and what the clerk should
 * look at.
 */
#include "daemon/campaign_lacks.h"

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

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
