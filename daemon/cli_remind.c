/*
 * `tiepnhan remind --preview`: what the plan will send to whom and when,
 * as things stand.
 */
#include "daemon/cli.h"

#include <stdio.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/reminders.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "parsers/arena.h"

/* Where it goes, or why the clerk must see to it. */
static const char *
goes_to(const struct planned *p)
{
	switch (p->bar) {
	case BAR_NO_MAIL:
		return text_word(WORD_NO_MAIL);
	case BAR_NO_ADDRESS:
		return text_word(WORD_NO_EMAIL);
	case BAR_CLERK:
		return text_word(WORD_PAUSED);
	default:
		return p->address != NULL ? p->address :
		    text_word(WORD_NO_EMAIL);
	}
}

static void
print_planned(struct cli *c, const struct planned *p)
{
	const struct unit	*u = &c->office->roster->units[p->unit];

	printf("%s  %-10s  %s %s: %s\n", local_stamp(p->at, c->arena),
	    text_step(p->step->kind), u->code, u->name, goes_to(p));
}

/* The first working day from `from` on that the plan has mail for. */
static long
first_day(const struct asking *a, long from, struct planned **list, long *n)
{
	const struct calendar	*cal = a->office->calendar;
	long			 day = calendar_workday_from(cal, from);
	int			 tries;

	for (tries = 0; tries < PREVIEW_WORKDAYS; tries++) {
		*n = reminders_preview(a, day, list);
		if (*n != 0)
			return day;
		day = calendar_add_workdays(cal, day, 1);
	}
	return day;
}

int
cli_remind(struct cli *c)
{
	struct office_campaign	*oc;
	struct status_facts	 facts;
	struct planned		*list = NULL;
	struct asking		 a = {.office = c->office, .now = c->now,
		.arena = c->arena};
	long			 n = 0, i;
	int			 rc;

	if (!cli_given(&c->args, OPT_PREVIEW))
		return cli_fail(c, EX_USAGE, "the daemon reminds by plan; "
		    "--preview shows what and when");
	rc = cli_campaign(c, c->args.n_words > 0 ? c->args.words[0] : NULL,
	    &oc);
	if (rc != 0)
		return rc;
	a.campaign = oc;
	if (unasked_load(c->office, oc, true, c->now, c->arena,
	    &a.unasked) == -1 ||
	    status_facts_load(c->office, oc, c->arena, &facts) == -1)
		return cli_store_failed(c);
	a.facts = facts.units;
	if (oc->campaign->state != CAMPAIGN_OPEN)
		printf("%s\n", text_campaign_state(oc->campaign->state));
	first_day(&a, day_of(c->now), &list, &n);
	if (n == -1)
		return cli_store_failed(c);
	for (i = 0; i < n; i++)
		print_planned(c, &list[i]);
	return 0;
}
