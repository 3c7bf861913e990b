/*
 * `tiepnhan remind --preview`: what would go to whom and when, if nothing
 * changed until then. --letter: what a person sends when all that is over.
 */
#include <stdio.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_paper.h"
#include "daemon/cli_verbs.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/reminders.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "parsers/arena.h"

#define PREVIEW_DAYS 90		/* after the last day that the plan names */

struct preview {
	struct cli	*c;
	struct office_campaign *campaign;
	struct term	 term;
	json_t		*list;	/* NULL: for people */
	size_t		 n;
};

static const char *
bar_word(enum bar b)
{
	switch (b) {
	case BAR_NO_MAIL:
		return text_word(WORD_NO_MAIL);
	case BAR_NO_ADDRESS:
		return text_word(WORD_NO_EMAIL);
	case BAR_CLERK:
		return text_word(WORD_CLI_HELD);
	case BAR_DOUBT:
		return text_word(WORD_BAR_DOUBT);
	default:
		return "";
	}
}

static void
show_unit(struct preview *p, const struct planned *m)
{
	const struct unit	*u = &p->c->office->roster->units[m->unit];
	const char		*bar = bar_word(m->bar);
	json_t			*j;

	p->n++;
	if (p->list == NULL) {
		printf("    %-10s %s: %s\n", u->code, u->name, *bar != '\0' ?
		    bar : m->address);
		return;
	}
	j = json_object();
	json_put_text(j, "step", m->step->name);
	json_put(j, "at", json_time(m->at));
	json_put_text(j, "unit", u->code);
	json_put_text(j, "address", *bar != '\0' || m->address == NULL ? "" :
	    m->address);
	json_put_text(j, "held", *bar == '\0' ? "" : bar_text(m->bar));
	json_push(p->list, j);
}

/* Is the step held by the clerk? */
static const char *
step_note(const struct preview *p, const char *step, time_t at)
{
	return decision_holds_step(p->c->office, p->campaign, step,
	    day_of(at)) ? arena_printf(p->c->arena, " %s",
	    text_word(WORD_CLI_HELD_STEP)) : "";
}

static void
show_day(struct preview *p, const struct planned *list, long n)
{
	const char	*step = "";
	long		 i;

	for (i = 0; i < n; i++) {
		if (list[i].at <= p->c->now)
			continue;
		if (p->list == NULL && strcmp(step, list[i].step->name) != 0)
			printf("%s: %s (%s)%s\n", local_text(list[i].at,
			    p->c->arena), list[i].step->name,
			    text_step(list[i].step->kind), step_note(p,
			    list[i].step->name, list[i].at));
		step = list[i].step->name;
		show_unit(p, &list[i]);
	}
}

/* Steps of a day that go to the clerk, by the campaign's own term. */
static void
show_clerk_steps(struct preview *p, long day)
{
	const struct plan	*plan = &p->campaign->campaign->plan;
	struct due_step		 due;
	size_t			 i;

	for (i = 0; i < plan->n && p->term.due != 0; i++) {
		due = plan_step_at(&plan->steps[i], &p->term,
		    p->c->office->calendar);
		if (step_is_to_units(plan->steps[i].kind) ||
		    due.at <= p->c->now || p->list != NULL ||
		    day_of(due.at) != day)
			continue;
		printf("%s: %s (%s) %s\n", local_text(due.at, p->c->arena),
		    plan->steps[i].name, text_step(plan->steps[i].kind),
		    text_word(WORD_CLI_TO_CLERK));
		p->n++;
	}
}

static int
preview(struct preview *p)
{
	struct cli		*c = p->c;
	struct asking		 a = { .office = c->office,
				    .campaign = p->campaign,
				    .arena = c->arena, .now = c->now };
	struct status_facts	 facts;
	struct planned		*list;
	long			 day, last, n;

	if (status_facts_load(c->office, p->campaign, c->arena, &facts) == -1
	    || unasked_load(c->office, p->campaign, true, c->now, c->arena,
	    &a.unasked) == -1)
		return cli_store_failed(c);
	a.facts = facts.units;
	p->term = campaign_term(p->campaign->campaign, c->office->calendar,
	    DAY_NONE);
	last = (p->term.due == 0 ? day_of(c->now) : p->term.named_day) +
	    PREVIEW_DAYS;
	for (day = day_of(c->now); day <= last; day++) {
		if (!calendar_is_workday(c->office->calendar, day)) {
			show_clerk_steps(p, day);
			continue;
		}
		n = reminders_preview(&a, day, &list);
		if (n == -1)
			return cli_store_failed(c);
		show_day(p, list, n);
		show_clerk_steps(p, day);
	}
	return 0;
}

int
cli_remind(struct cli *c)
{
	struct preview	p = { .c = c };
	bool		is_letter = cli_given(&c->args, OPT_LETTER);
	int		rc;

	if (cli_given(&c->args, OPT_PREVIEW) == is_letter)
		return cli_fail(c, EX_USAGE, "the daemon reminds by the "
		    "campaign's plan; --preview shows what it would send, "
		    "--letter FILE drafts the letter that follows");
	rc = cli_campaign(c, c->args.n_words > 0 ? c->args.words[0] : NULL,
	    &p.campaign);
	if (rc != 0)
		return rc;
	if (is_letter)
		return cli_write_follow_up(c, p.campaign);
	if (cli_given(&c->args, OPT_JSON))
		p.list = json_array();
	/* nothing goes out of any other state */
	if (p.campaign->campaign->state == CAMPAIGN_OPEN)
		rc = preview(&p);
	if (rc != 0)
		return rc;
	if (p.list != NULL)
		return json_print(p.list);
	if (p.n == 0)
		printf("%s\n", text_word(WORD_CLI_NOTHING_PLANNED));
	return 0;
}
