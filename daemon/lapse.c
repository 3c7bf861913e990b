/*
 * Steps whose working day is over: what waited, and what was missed while
 * nothing ran. Neither is made up for later; status.log says so, one line
 * for each reason.
 */
#include "daemon/decision_read.h"
#include "daemon/reminders.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/limits.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/kv.h"
#include "spool/step.h"

#define WHY_MISSED "nothing ran in its hours"

/* One row that is over, copied. */
struct lapsed {
	struct step	 row;
	int		 unit;	/* -1: a step to the clerk */
	const struct plan_step *step;
	bool		 is_told;
};

struct lapsing {
	const struct asking *asking;
	struct lapsed	*rows;
	size_t		 n;
	size_t		 cap;
};

static struct term
term_of(const struct asking *a, int unit)
{
	return campaign_term(a->campaign->campaign, a->office->calendar,
	    unit >= 0 && a->facts[unit].has_extension ?
	    a->facts[unit].extension : DAY_NONE);
}

static void
add(struct lapsing *l, int unit, const struct plan_step *step, time_t due,
    const char *reason)
{
	const struct asking *a = l->asking;
	struct lapsed	*it;

	l->rows = arena_grow(a->arena, l->rows, l->n, &l->cap,
	    sizeof(*l->rows));
	it = &l->rows[l->n++];
	memset(it, 0, sizeof(*it));
	it->unit = unit;
	it->step = step;
	it->row = (struct step){ .campaign = a->campaign->id,
		.unit = unit < 0 ? "" : a->office->roster->units[unit].code,
		.step = step->name, .due_utc = due, .outcome = STEP_LAPSED,
		.time_utc = a->now,
		.reason = arena_strdup(a->arena, reason) };
}

/* ---- what waited */

static int
waiting_row(const struct step *s, void *arg)
{
	struct lapsing	*l = arg;
	const struct asking *a = l->asking;
	const struct plan *plan = &a->campaign->campaign->plan;
	int		 unit = roster_find(a->office->roster, s->unit);
	struct due_step	 ds;
	struct term	 term;
	size_t		 i;

	if ((s->outcome != STEP_WAITING && s->outcome != STEP_HELD) ||
	    unit < 0)
		return 0;
	term = term_of(a, unit);
	for (i = 0; i < plan->n; i++) {
		if (strcmp(plan->steps[i].name, s->step) != 0)
			continue;
		ds = plan_step_at(&plan->steps[i], &term,
		    a->office->calendar);
		if (ds.due != s->due_utc || ds.lapses < a->now)
			add(l, unit, ds.step, s->due_utc, s->reason);
		return 0;
	}
	return 0; /* none of the plan's: its own rules */
}

/* ---- what was missed */

static bool
has_row(const struct asking *a, int unit, const struct due_step *ds)
{
	struct step	*s = step_find(a->office->store, a->campaign->id,
		unit < 0 ? "" : a->office->roster->units[unit].code,
		ds->step->name, ds->due);
	bool		 has = s != NULL;

	free(s);
	return has;
}

/* Steps of one term that ended since `seen`, without a row. */
static void
add_missed(struct lapsing *l, int unit, time_t seen)
{
	const struct asking *a = l->asking;
	const struct campaign *c = a->campaign->campaign;
	struct term	 term = term_of(a, unit);
	time_t		 opened = decision_opened(a->office, a->campaign);
	struct due_step	 ds;
	size_t		 i;
	bool		 held;

	for (i = 0; term.due != 0 && i < c->plan.n; i++) {
		ds = plan_step_at(&c->plan.steps[i], &term,
		    a->office->calendar);
		if (ds.lapses < seen || ds.lapses >= a->now ||
		    ds.at <= opened || step_is_to_units(ds.step->kind) ==
		    (unit < 0) || !plan_may_run(c, a->office->calendar,
		    &ds) || has_row(a, unit, &ds))
			continue;
		held = decision_holds_step(a->office, a->campaign,
		    ds.step->name, day_of(ds.at));
		add(l, unit, ds.step, ds.due, held ? bar_text(BAR_CLERK) :
		    WHY_MISSED);
	}
}

static bool
is_to_be_asked(const struct asking *a, int unit)
{
	struct verdict	 v = asking_verdict(a, unit);
	bool		 incomplete;

	return verdict_still_owes(&v, &incomplete) && !incomplete &&
	    !a->office->roster->units[unit].no_mail &&
	    unasked_address(a->office, unit) != NULL;
}

/* When this was looked at last; kept to the hour, not to write each time. */
static int
look_for_missed(struct lapsing *l)
{
	const struct asking *a = l->asking;
	struct store	*st = a->office->store;
	const char	*key = arena_printf(a->arena, "%s.%s", KV_STEPS_SEEN,
	    a->campaign->id);
	time_t		 seen = kv_int(st, key, 0);
	size_t		 i;

	if (seen != 0 && seen < a->now && day_of(seen) < day_of(a->now)) {
		for (i = 0; i < a->office->roster->n; i++)
			if (campaign_line_of(a->campaign->campaign, (int)i) !=
			    0 && is_to_be_asked(a, (int)i))
				add_missed(l, (int)i, seen);
		add_missed(l, -1, seen);
	}
	if (a->now - seen < STEPS_SEEN_S && a->now >= seen)
		return 0;
	return kv_set_int(st, key, a->now);
}

/* ---- telling */

/* All rows of one step with one reason: a line. */
static int
tell(struct lapsing *l, size_t first)
{
	const struct asking *a = l->asking;
	const struct lapsed *it = &l->rows[first];
	const char	*who;
	size_t		 i, n = 0;

	for (i = first; i < l->n; i++) {
		if (l->rows[i].step != it->step ||
		    strcmp(l->rows[i].row.reason, it->row.reason) != 0)
			continue;
		l->rows[i].is_told = true;
		n++;
	}
	if (it->unit < 0)
		who = "";
	else if (n == 1)
		who = a->office->roster->units[it->unit].name;
	else
		who = arena_printf(a->arena, "%zu %s", n,
		    text_word(WORD_PAGE_OF_UNITS));
	log_info("post: %s: step %s of %zu lapsed: %s", a->campaign->id,
	    it->step->name, n, it->row.reason);
	return statuslog_add(a->office, a->now, WORD_LOG_REMINDER, n == 1 ?
	    it->row.unit : "", statuslog_join(a->arena, who,
	    text_step(it->step->kind), arena_printf(a->arena, "%s: %s",
	    text_word(WORD_LAPSED), bar_words(it->row.reason)), NULL));
}

int
lapse_decide(const struct asking *a)
{
	struct lapsing	 l = { .asking = a };
	size_t		 i;
	bool		 is_new;
	int		 rc;

	if (step_each(a->office->store, a->campaign->id, NULL, waiting_row,
	    &l) == -1 || store_begin(a->office->store) == -1)
		return -1;
	rc = look_for_missed(&l);
	for (i = 0; rc == 0 && i < l.n; i++)
		rc = step_put(a->office->store, &l.rows[i].row, &is_new);
	for (i = 0; rc == 0 && i < l.n; i++)
		if (!l.rows[i].is_told)
			rc = tell(&l, i);
	if (rc == 0)
		return store_commit(a->office->store);
	store_rollback(a->office->store);
	return -1;
}
