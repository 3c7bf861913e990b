/* Three axes from facts: time by each reading, content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/calendar.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "daemon/verdict.h"
#include "parsers/arena.h"
#include "tests/verdict_fixture.h"

/* The time of one complete report received then. */
static struct verdict
judge_received(const char *received)
{
	struct version_facts	v = version(received, "FFFFF");
	struct unit_facts	f = { .versions = &v, .n_versions = 1 };

	return judge("T1", &f, "2026-06-01");
}

static const char *
joined(const char *const *ids, size_t n)
{
	const char	*s = "";
	size_t		 i;

	for (i = 0; i < n; i++)
		s = arena_printf(arena, "%s%s%s", s, i > 0 ? " " : "",
		    ids[i]);
	return s;
}

/* ---- time */

struct time_case {
	const char	*received;
	enum time_class	 time;
	int		 days_late;
	unsigned	 remarks;
};

static void
check_times(const struct time_case *c, size_t n)
{
	struct verdict	v;
	size_t		i;

	for (i = 0; i < n; i++) {
		v = judge_received(c[i].received);
		assert_true(v.is_submitted);
		assert_int_equal(v.time, c[i].time);
		assert_int_equal(v.days_late, c[i].days_late);
		assert_int_equal(v.remarks, c[i].remarks);
	}
}

#define CHECK(cases) check_times(cases, sizeof(cases) / sizeof(cases[0]))

static void
before_day_tolerates_the_day_itself(void **state)
{
	static const struct time_case	cases[] = {
		{ "2026-05-12T09:00", TIME_ON_TIME, 0, 0 },
		{ "2026-05-13T23:44:58", TIME_ON_TIME, 0, 0 },
		{ "2026-05-13T23:59:59", TIME_ON_TIME, 0,
		  VERDICT_BORDERLINE },
		{ "2026-05-14T00:03:00", TIME_ON_TIME, 0,
		  VERDICT_BORDERLINE | VERDICT_WITHIN_DAY },
		{ "2026-05-14T09:00", TIME_ON_TIME, 0, VERDICT_WITHIN_DAY },
		{ "2026-05-14T23:59:59", TIME_ON_TIME, 0,
		  VERDICT_BORDERLINE | VERDICT_WITHIN_DAY },
		{ "2026-05-15T00:00:00", TIME_LATE, 1, VERDICT_BORDERLINE },
		{ "2026-05-15T09:00", TIME_LATE, 1, 0 },
		{ "2026-05-19T09:00", TIME_LATE, 5, 0 },
	};

	(void)state;
	use(CONF(BEFORE));
	CHECK(cases);
}

static void
without_tolerance_the_day_itself_is_late(void **state)
{
	static const struct time_case	cases[] = {
		{ "2026-05-13T20:00", TIME_ON_TIME, 0, 0 },
		{ "2026-05-14T09:00", TIME_LATE, 1, 0 },
		{ "2026-05-15T09:00", TIME_LATE, 2, 0 },
	};

	(void)state;
	use(CONF(BEFORE "tolerance = none\n"));
	CHECK(cases);
}

static void
by_day_ends_with_the_day(void **state)
{
	static const struct time_case	cases[] = {
		{ "2026-05-14T23:00", TIME_ON_TIME, 0, 0 },
		{ "2026-05-15T09:00", TIME_LATE, 1, 0 },
	};

	(void)state;
	use(CONF("day = 2026-05-14\nreading = by-day\n"));
	CHECK(cases);
}

static void
at_time_ends_at_the_minute(void **state)
{
	static const struct time_case	cases[] = {
		{ "2026-05-14T16:00", TIME_ON_TIME, 0, 0 },
		{ "2026-05-14T16:30", TIME_ON_TIME, 0, VERDICT_BORDERLINE },
		{ "2026-05-14T17:30", TIME_LATE, 0, 0 },
		{ "2026-05-15T00:10", TIME_LATE, 1, 0 },
	};

	(void)state;
	use(CONF("day = 2026-05-14\nreading = at-time\ntime = 16:30\n"));
	CHECK(cases);
}

static void
a_rolled_term_moves_the_verdict(void **state)
{
	static const struct time_case	cases[] = {
		{ "2026-05-11T09:00", TIME_ON_TIME, 0, 0 },
		{ "2026-05-12T09:00", TIME_LATE, 1, 0 },
	};

	(void)state;
	/* before Monday: Sunday rolls to Monday */
	use(CONF("day = 2026-05-11\n"));
	CHECK(cases);
}

static void
who_has_sent_nothing_is_overdue_only_after_the_tolerated_day(void **state)
{
	struct verdict	v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", NULL, "2026-05-14T23:00");
	assert_false(v.is_submitted);
	assert_int_equal(v.time, TIME_NOT_DUE);
	assert_int_equal(v.content, CONTENT_NONE);
	v = judge("T1", NULL, "2026-05-15T00:00");
	assert_int_equal(v.time, TIME_OVERDUE);
	assert_int_equal(v.days_late, 1);
}

static void
an_extension_counts_for_its_unit(void **state)
{
	struct version_facts	r = version("2026-05-18T09:00", "FFFFF");
	struct unit_facts	f = { .versions = &r, .n_versions = 1,
				    .has_extension = true };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	f.extension = day_from_civil(2026, 5, 20);
	v = judge("T1", &f, "2026-05-21");
	assert_int_equal(v.time, TIME_ON_TIME);
	f.n_versions = 0;
	v = judge("T1", &f, "2026-05-20T10:00");
	assert_int_equal(v.time, TIME_NOT_DUE);
	assert_string_equal(text_deadline(campaign, &v.term, arena),
	    "chậm nhất ngày 20/5/2026");
}

static void
another_deadline_judges_anew(void **state)
{
	(void)state;
	use(CONF(BEFORE));
	assert_int_equal(judge_received("2026-05-20T09:00").time, TIME_LATE);
	use(CONF("day = 2026-05-28\n"));
	assert_int_equal(judge_received("2026-05-20T09:00").time,
	    TIME_ON_TIME);
}

/* ---- content */

static void
what_a_unit_owes_depends_on_its_kind(void **state)
{
	struct version_facts	r = version("2026-05-12T09:00", "FFMMM");
	struct unit_facts	f = { .versions = &r, .n_versions = 1 };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-12T10:00");
	assert_int_equal(v.content, CONTENT_INCOMPLETE);
	assert_string_equal(joined(v.missing, v.n_missing), "II.1");
	v = judge("S1", &f, "2026-05-12T10:00");
	assert_int_equal(v.content, CONTENT_COMPLETE);
	assert_int_equal(v.n_missing, 0);
	assert_int_equal(v.states[4], SECTION_MISSING);
	assert_false(v.required[4]);
}

static void
only_what_is_sure_makes_a_report_incomplete(void **state)
{
	struct version_facts	r = version("2026-05-12T09:00", "mEe");
	struct unit_facts	f = { .versions = &r, .n_versions = 1 };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-12T10:00");
	assert_int_equal(v.content, CONTENT_INCOMPLETE);
	assert_int_equal(v.n_missing, 0);
	assert_string_equal(joined(v.empty, v.n_empty), "II");
	assert_string_equal(joined(v.unsure, v.n_unsure), "I II.1");
	assert_string_equal(text_content(&v, arena),
	    "trống II; chưa chắc I, II.1");
	r = version("2026-05-12T09:00", "mFF");
	v = judge("T1", &f, "2026-05-12T10:00");
	assert_int_equal(v.content, CONTENT_COMPLETE);
	assert_int_equal(v.n_unsure, 1);
}

static void
an_excused_section_is_not_asked_for(void **state)
{
	static const char *const	waived[] = { "II" };
	struct version_facts		r = version("2026-05-12T09:00", "MMM");
	struct unit_facts		f = { .versions = &r, .n_versions = 1,
					    .waived = waived, .n_waived = 1 };
	struct verdict			v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-12T10:00");
	/* what stands below it goes with it */
	assert_string_equal(joined(v.missing, v.n_missing), "I");
}

static void
the_first_version_fixes_the_time_the_newest_the_content(void **state)
{
	struct version_facts	r[] = {
		version("2026-05-12T09:00", "FMM"),
		version("2026-05-20T09:00", "FFF"),
	};
	struct unit_facts	f = { .versions = r, .n_versions = 2 };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-21");
	assert_int_equal(v.time, TIME_ON_TIME);
	assert_int_equal(v.content, CONTENT_COMPLETE);
	assert_int_equal(v.versions, 2);
	assert_true(v.received == r[0].received);
	assert_ptr_equal(v.newest, &r[1]);
}

static void
a_supplement_adds_to_the_version_before(void **state)
{
	struct version_facts	r[] = {
		version("2026-05-12T09:00", "FFM"),
		version("2026-05-13T09:00", "MMF"),
	};
	struct unit_facts	f = { .versions = r, .n_versions = 2 };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_int_equal(v.content, CONTENT_INCOMPLETE);
	r[1].is_supplement = true;
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_int_equal(v.content, CONTENT_COMPLETE);
}

static void
an_unreadable_report_is_handed_in(void **state)
{
	struct version_facts	r[] = {
		version("2026-05-12T09:00", NULL),
		version("2026-05-20T09:00", "FFF"),
	};
	struct unit_facts	f = { .versions = r, .n_versions = 1 };
	struct verdict		v;
	bool			incomplete;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_true(v.is_submitted);
	assert_int_equal(v.content, CONTENT_UNREADABLE);
	assert_int_equal(v.n_missing + v.n_empty + v.n_unsure, 0);
	assert_false(verdict_still_owes(&v, &incomplete));
	/* the file that can be read comes late; the first time is kept */
	f.n_versions = 2;
	v = judge("T1", &f, "2026-05-21");
	assert_int_equal(v.content, CONTENT_COMPLETE);
	assert_int_equal(v.time, TIME_ON_TIME);
	/* a scan of the signed copy afterwards takes nothing away */
	r[0] = version("2026-05-12T09:00", "FFF");
	r[1] = version("2026-05-13T09:00", NULL);
	v = judge("T1", &f, "2026-05-21");
	assert_int_equal(v.content, CONTENT_COMPLETE);
}

static void
the_clerks_word_stands(void **state)
{
	struct version_facts	r = version("2026-05-12T09:00", "MMM");
	struct unit_facts	f = { .versions = &r, .n_versions = 1 };
	struct verdict		v;
	bool			incomplete;

	(void)state;
	use(CONF(BEFORE));
	r.standing = STANDING_ACCEPTED;
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_int_equal(v.content, CONTENT_COMPLETE);
	assert_int_equal(v.n_missing, 0);
	r.standing = STANDING_REVIEW;
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_true(v.is_submitted);
	assert_int_equal(v.content, CONTENT_IN_REVIEW);
	assert_false(verdict_still_owes(&v, &incomplete));
	r.standing = STANDING_NOT_COUNTED;
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_false(v.is_submitted);
	assert_int_equal(v.remarks & VERDICT_RETURNED, 0);
	r.standing = STANDING_RETURNED;
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_false(v.is_submitted);
	assert_int_equal(v.remarks & VERDICT_RETURNED, VERDICT_RETURNED);
	assert_true(verdict_still_owes(&v, &incomplete));
	assert_false(incomplete);
}

static void
an_excused_unit_owes_nothing_and_is_no_sum_twice(void **state)
{
	struct version_facts	r = version("2026-05-12T09:00", "FFF");
	struct unit_facts	f = { .is_excused = true };
	struct verdict		v;
	bool			incomplete;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-20");
	assert_true(v.is_excused);
	assert_int_equal(v.time, TIME_EXCUSED);
	assert_false(verdict_still_owes(&v, &incomplete));
	/* it reported all the same: a report is a report */
	f.versions = &r;
	f.n_versions = 1;
	v = judge("T1", &f, "2026-05-20");
	assert_false(v.is_excused);
	assert_true(v.is_submitted);
}

static void
a_report_on_paper_has_nothing_to_read(void **state)
{
	struct version_facts	r = version("2026-05-12T09:00", NULL);
	struct unit_facts	f = { .versions = &r, .n_versions = 1 };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	r.channel = CHANNEL_PAPER;
	r.file = "";
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_int_equal(v.content, CONTENT_COMPLETE);
	assert_int_equal(v.channel, CHANNEL_PAPER);
	/* a photograph of it is a file that cannot be read */
	r.file = "anh.jpg";
	v = judge("T1", &f, "2026-05-13T10:00");
	assert_int_equal(v.content, CONTENT_UNREADABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_day_tolerates_the_day_itself),
		cmocka_unit_test(without_tolerance_the_day_itself_is_late),
		cmocka_unit_test(by_day_ends_with_the_day),
		cmocka_unit_test(at_time_ends_at_the_minute),
		cmocka_unit_test(a_rolled_term_moves_the_verdict),
		cmocka_unit_test(
		who_has_sent_nothing_is_overdue_only_after_the_tolerated_day),
		cmocka_unit_test(an_extension_counts_for_its_unit),
		cmocka_unit_test(another_deadline_judges_anew),
		cmocka_unit_test(what_a_unit_owes_depends_on_its_kind),
		cmocka_unit_test(only_what_is_sure_makes_a_report_incomplete),
		cmocka_unit_test(an_excused_section_is_not_asked_for),
		cmocka_unit_test(
		    the_first_version_fixes_the_time_the_newest_the_content),
		cmocka_unit_test(a_supplement_adds_to_the_version_before),
		cmocka_unit_test(an_unreadable_report_is_handed_in),
		cmocka_unit_test(a_report_on_paper_has_nothing_to_read),
		cmocka_unit_test(the_clerks_word_stands),
		cmocka_unit_test(
		    an_excused_unit_owes_nothing_and_is_no_sum_twice),
	};

	return cmocka_run_group_tests(tests, verdict_setup, verdict_teardown);
}
