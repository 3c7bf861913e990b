/* Terms and the reminder plan, with the calendar of the sample office. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/plan.h"
#include "daemon/problems.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "tests/calendar_fixture.h"

static struct campaign	 campaign;

/* "trước ngày 14/5/2026", the usual tolerance, open. */
static int
fresh_campaign(void **state)
{
	(void)state;
	memset(&campaign, 0, sizeof(campaign));
	campaign.state = CAMPAIGN_OPEN;
	campaign.date = "2026-05-05";
	campaign.from = instant("2026-05-05");
	campaign.close = instant("2026-06-13T23:59:59");
	campaign.deadline_day = day("2026-05-14");
	campaign.reading = READING_BEFORE_DAY;
	campaign.deadline_minute = campaign.office_close = -1;
	campaign.tolerance = TOLERANCE_NAMED_DAY;
	campaign.roll = true;
	campaign.plan = *plan_default();
	return 0;
}

static struct term
term(void)
{
	return campaign_term(&campaign, calendar, DAY_NONE);
}

#define assert_instant(t, s) assert_string_equal(local_iso(t, arena), s)

static void
before_day_ends_the_day_before_and_tolerates_the_day(void **state)
{
	struct term	t = term();

	(void)state;
	assert_instant(t.due, "2026-05-13T23:59:59+07:00");
	assert_instant(t.tolerated_until, "2026-05-14T23:59:59+07:00");
	assert_int_equal(t.last_day, day("2026-05-13"));
	assert_int_equal(t.named_day, day("2026-05-14"));
}

static void
without_tolerance_the_term_ends_when_it_ends(void **state)
{
	struct term	t;

	(void)state;
	campaign.tolerance = TOLERANCE_NONE;
	t = term();
	assert_true(t.due == t.tolerated_until);
	/* overdue steps still count from the day in the letter */
	assert_int_equal(t.named_day, day("2026-05-14"));
}

static void
the_other_readings_end_on_the_day_itself(void **state)
{
	struct term	t;

	(void)state;
	campaign.tolerance = TOLERANCE_NONE;
	campaign.reading = READING_BY_DAY;
	t = term();
	assert_instant(t.due, "2026-05-14T23:59:59+07:00");
	assert_int_equal(t.named_day, t.last_day);
	campaign.office_close = 17 * 60;
	t = term();
	assert_instant(t.due, "2026-05-14T17:00:00+07:00");
	campaign.reading = READING_AT_TIME;
	campaign.deadline_minute = 16 * 60 + 30;
	t = term();
	assert_instant(t.due, "2026-05-14T16:30:00+07:00");
	campaign.tolerance = TOLERANCE_UNTIL;
	campaign.tolerance_until = instant("2026-05-15T09:00");
	t = term();
	assert_instant(t.tolerated_until, "2026-05-15T09:00:00+07:00");
	assert_int_equal(t.named_day, day("2026-05-15"));
}

static void
a_last_day_off_rolls_to_the_next_working_day(void **state)
{
	struct term	t;

	(void)state;
	/* before Monday 11/5: Sunday, so Monday */
	campaign.deadline_day = day("2026-05-11");
	t = term();
	assert_int_equal(t.last_day, day("2026-05-11"));
	assert_int_equal(t.named_day, day("2026-05-11"));
	assert_instant(t.tolerated_until, "2026-05-11T23:59:59+07:00");
	/* before 1/5: Thursday 30/4 is a holiday, 1/5 too, then a weekend */
	campaign.deadline_day = day("2026-05-01");
	t = term();
	assert_int_equal(t.last_day, day("2026-05-04"));
	assert_int_equal(t.named_day, day("2026-05-04"));
	/* in Tết */
	campaign.deadline_day = day("2026-02-18");
	assert_int_equal(term().last_day, day("2026-02-23"));
	campaign.roll = false;
	assert_int_equal(term().last_day, day("2026-02-17"));
	/* an exchanged Saturday is a working day */
	campaign.roll = true;
	campaign.deadline_day = day("2026-08-23");
	assert_int_equal(term().last_day, day("2026-08-22"));
}

static void
an_extension_is_its_own_term(void **state)
{
	struct term	t = campaign_term(&campaign, calendar,
			    day("2026-05-20"));

	(void)state;
	assert_true(t.is_extended);
	assert_instant(t.due, "2026-05-20T23:59:59+07:00");
	assert_true(t.due == t.tolerated_until);
	assert_int_equal(t.named_day, day("2026-05-20"));
	/* all were given longer, or are not counted late until then */
	campaign.tolerance = TOLERANCE_UNTIL;
	campaign.tolerance_until = instant("2026-05-22T12:00:00");
	t = campaign_term(&campaign, calendar, day("2026-05-20"));
	assert_true(t.is_extended);
	assert_instant(t.tolerated_until, "2026-05-22T12:00:00+07:00");
	assert_int_equal(t.named_day, day("2026-05-22"));
	campaign.tolerance = TOLERANCE_NONE;
	campaign.deadline_day = day("2026-05-28");
	t = campaign_term(&campaign, calendar, day("2026-05-20"));
	assert_false(t.is_extended);
	assert_instant(t.due, "2026-05-27T23:59:59+07:00");
}

static void
without_a_deadline_there_is_no_term(void **state)
{
	struct due_step	d;
	struct term	t;

	(void)state;
	campaign.deadline_day = DAY_NONE;
	t = term();
	assert_int_equal(t.due, 0);
	assert_false(plan_due_step(&campaign, &t, calendar, 0,
	    instant("2026-05-12T08:00"), &d));
	assert_false(plan_is_over(&campaign, &t, calendar,
	    instant("2030-01-01")));
}

static void
the_plan_of_the_sample_letter_has_its_days(void **state)
{
	static const char *const at[] = {
		"2026-05-08T08:00:00+07:00", "2026-05-12T08:00:00+07:00",
		"2026-05-13T14:00:00+07:00", "2026-05-15T08:30:00+07:00",
		"2026-05-19T08:30:00+07:00", "2026-05-20T08:30:00+07:00",
	};
	struct term	t = term();
	struct due_step	d;
	size_t		i;

	(void)state;
	assert_int_equal(campaign.plan.n, 6);
	for (i = 0; i < 6; i++) {
		d = plan_step_at(&campaign.plan.steps[i], &t, calendar);
		assert_instant(d.at, at[i]);
		assert_true(d.due == t.due);
	}
}

/* Name of the step that may run now, "" for none. */
static const char *
step_now(const char *now, time_t since)
{
	struct term	t = term();
	struct due_step	d;

	if (!plan_due_step(&campaign, &t, calendar, since, instant(now), &d))
		return "";
	return d.step->name;
}

static void
a_step_runs_in_its_working_day_or_lapses(void **state)
{
	(void)state;
	assert_string_equal(step_now("2026-05-08T07:59:59", 0), "");
	assert_string_equal(step_now("2026-05-08T08:00:00", 0), "first");
	assert_string_equal(step_now("2026-05-08T16:59:59", 0), "first");
	assert_string_equal(step_now("2026-05-08T17:00:00", 0), "");
	assert_string_equal(step_now("2026-05-09T08:00:00", 0), "");
	assert_string_equal(step_now("2026-05-13T13:59:00", 0), "");
	assert_string_equal(step_now("2026-05-13T14:00:00", 0), "call-list");
	/* nothing on the day the letter names */
	assert_string_equal(step_now("2026-05-14T08:30:00", 0), "");
	assert_string_equal(step_now("2026-05-14T14:00:00", 0), "");
	assert_string_equal(step_now("2026-05-15T09:00:00", 0), "overdue-1");
	assert_string_equal(step_now("2026-05-18T09:00:00", 0), "");
	assert_string_equal(step_now("2026-05-20T09:00:00", 0),
	    "escalation");
}

static void
a_step_that_was_looked_at_is_not_given_again(void **state)
{
	(void)state;
	assert_string_equal(step_now("2026-05-08T09:00:00",
	    instant("2026-05-08T07:00:00")), "first");
	assert_string_equal(step_now("2026-05-08T09:00:00",
	    instant("2026-05-08T08:00:00")), "");
}

static void
only_the_latest_of_two_steps_runs(void **state)
{
	struct plan_step	steps[2];

	(void)state;
	memcpy(steps, plan_default()->steps, sizeof(steps));
	steps[1].workdays = -3;
	steps[1].minute = 10 * 60;
	campaign.plan.steps = steps;
	campaign.plan.n = 2;
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "first");
	assert_string_equal(step_now("2026-05-08T10:00:00", 0), "last");
}

static void
nothing_is_due_in_a_campaign_that_is_not_open(void **state)
{
	(void)state;
	campaign.state = CAMPAIGN_DRAFT;
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "");
	campaign.state = CAMPAIGN_PAUSED;
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "");
	campaign.state = CAMPAIGN_CLOSED;
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "");
	campaign.state = CAMPAIGN_OPEN;
	campaign.close = instant("2026-05-16T00:00");
	assert_string_equal(step_now("2026-05-15T09:00:00", 0), "overdue-1");
	assert_string_equal(step_now("2026-05-19T09:00:00", 0), "");
}

static void
no_reminder_before_the_letter_had_its_day(void **state)
{
	(void)state;
	campaign.date = "2026-05-08";
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "");
	assert_string_equal(step_now("2026-05-12T09:00:00", 0), "last");
	campaign.date = "2026-05-07";
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "first");
	campaign.date = "2026-05";
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "first");
}

static void
a_changed_due_moves_the_steps(void **state)
{
	(void)state;
	campaign.deadline_day = day("2026-05-21");
	assert_string_equal(step_now("2026-05-08T09:00:00", 0), "");
	assert_string_equal(step_now("2026-05-15T08:00:00", 0), "first");
	assert_string_equal(step_now("2026-05-19T08:00:00", 0), "last");
}

static void
the_next_step_is_known_for_the_preview(void **state)
{
	struct term	t = term();
	struct due_step	d;

	(void)state;
	assert_true(plan_next_step(&campaign, &t, calendar,
	    instant("2026-05-08T08:00:00"), &d));
	assert_string_equal(d.step->name, "last");
	assert_true(plan_next_step(&campaign, &t, calendar,
	    instant("2026-05-13T14:00:00"), &d));
	assert_string_equal(d.step->name, "overdue-1");
	assert_false(plan_next_step(&campaign, &t, calendar,
	    instant("2026-05-20T08:30:00"), &d));
	assert_false(plan_is_over(&campaign, &t, calendar,
	    instant("2026-05-20T16:59:59")));
	assert_true(plan_is_over(&campaign, &t, calendar,
	    instant("2026-05-20T17:00:00")));
}

static void
summaries_and_previews_have_their_hours(void **state)
{
	struct calendar	*early = calendar_new();
	struct problems	 problems;

	(void)state;
	assert_instant(plan_summary_at(calendar, day("2026-05-12")),
	    "2026-05-12T16:30:00+07:00");
	/* an office that closes at half past four is told while it is there */
	problems_init(&problems);
	calendar_add(early, "hours 2026-05-12..2026-05-12 07:00-11:00 "
	    "13:30-16:30\n", "t.txt", &problems);
	assert_int_equal(problems.n, 0);
	assert_instant(plan_summary_at(early, day("2026-05-12")),
	    "2026-05-12T16:00:00+07:00");
	problems_clear(&problems);
	calendar_free(early);
	assert_instant(plan_preview_again_at(day("2026-05-12")),
	    "2026-05-12T07:30:00+07:00");
}

static void
plan_lines_are_read_and_written(void **state)
{
	struct plan_step	 s;
	struct strbuf		 b = {0};
	const char		*why;
	size_t			 i;

	(void)state;
	for (i = 0; i < plan_default()->n; i++) {
		strbuf_reset(&b);
		plan_write_step(&plan_default()->steps[i], &b);
		assert_int_equal(plan_parse_step("x", b.s, arena, &s, &why),
		    0);
		assert_int_equal(s.kind, plan_default()->steps[i].kind);
		assert_int_equal(s.anchor, plan_default()->steps[i].anchor);
		assert_int_equal(s.workdays,
		    plan_default()->steps[i].workdays);
		assert_int_equal(s.minute, plan_default()->steps[i].minute);
	}
	strbuf_clear(&b);
}

static void
a_wrong_plan_line_says_what_is_wrong(void **state)
{
	static const char *const	 wrong[][2] = {
		{ "remind, day of due, 08:00", "no step" },
		{ "overdu, day of due, 08:00", "did you mean overdue" },
		{ "overdue, soon, 08:00", "no day" },
		{ "overdue, 0 working days after due, 08:00", "no day" },
		{ "overdue, 3 days after due, 08:00", "no day" },
		{ "overdue, day of due, 22:00", "07:00 to 16:59" },
		{ "overdue, day of due", "three parts" },
		{ "overdue, day of due, 08:00, loud", "three parts" },
		{ "", "three parts" },
	};
	struct plan_step		 s;
	const char			*why;
	size_t				 i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(plan_parse_step("x", wrong[i][0], arena, &s,
		    &why), -1);
		assert_non_null(strstr(why, wrong[i][1]));
	}
}

#define plan_test(f) cmocka_unit_test_setup(f, fresh_campaign)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		plan_test(
		    before_day_ends_the_day_before_and_tolerates_the_day),
		plan_test(without_tolerance_the_term_ends_when_it_ends),
		plan_test(the_other_readings_end_on_the_day_itself),
		plan_test(a_last_day_off_rolls_to_the_next_working_day),
		plan_test(an_extension_is_its_own_term),
		plan_test(without_a_deadline_there_is_no_term),
		plan_test(the_plan_of_the_sample_letter_has_its_days),
		plan_test(a_step_runs_in_its_working_day_or_lapses),
		plan_test(a_step_that_was_looked_at_is_not_given_again),
		plan_test(only_the_latest_of_two_steps_runs),
		plan_test(nothing_is_due_in_a_campaign_that_is_not_open),
		plan_test(no_reminder_before_the_letter_had_its_day),
		plan_test(a_changed_due_moves_the_steps),
		plan_test(the_next_step_is_known_for_the_preview),
		plan_test(summaries_and_previews_have_their_hours),
		plan_test(plan_lines_are_read_and_written),
		plan_test(a_wrong_plan_line_says_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, calendar_setup,
	    calendar_teardown);
}
