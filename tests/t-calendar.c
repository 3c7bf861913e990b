/* The one time zone, days off, exchanged Saturdays, office hours. */
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
#include "parsers/arena.h"
#include "tests/calendar_fixture.h"

static void
civil_days_and_weekdays_agree_over_a_century(void **state)
{
	struct civil	c;
	long		d;

	(void)state;
	for (d = day("1975-01-01"); d < day("2075-01-01"); d++) {
		c = day_civil(d);
		assert_int_equal(day_from_civil(c.year, c.month, c.day), d);
		assert_true(day_is_valid(c.year, c.month, c.day));
	}
	assert_int_equal(day_weekday(day("2026-05-14")), 4);
	assert_int_equal(day_weekday(day("2026-05-10")), 0);
	assert_false(day_is_valid(2026, 2, 29));
	assert_true(day_is_valid(2028, 2, 29));
}

static void
days_are_read_in_both_orders(void **state)
{
	static const char *const wrong[] = { "", "2026-5-14", "31/2/2026",
	    "14/5/26", "2026-05-14x", "14/5", "2026/05/14", "32/1/2026",
	    "14/5-2026", "14 tháng 5/2026", "31 tháng 4 năm 2026" };
	long	d;
	size_t	i;

	(void)state;
	assert_int_equal(day("2026-05-14"), day("14/5/2026"));
	assert_int_equal(day("14/05/2026"), day("14.5.2026"));
	assert_int_equal(day("14 tháng 5 năm 2026"), day("2026-05-14"));
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(day_parse(wrong[i], &d), -1);
}

static void
instants_carry_their_offset(void **state)
{
	time_t	t;

	(void)state;
	assert_int_equal(instant("2026-05-12T08:00:00+07:00"), 1778547600);
	assert_int_equal(instant("2026-05-12T01:00:00Z"), 1778547600);
	assert_int_equal(instant("2026-05-12T08:00"), 1778547600);
	assert_int_equal(instant("12/5/2026 08:00"), 1778547600);
	assert_int_equal(instant("2026-05-12"),
	    instant("2026-05-12T00:00:00+07:00"));
	assert_int_equal(local_parse("2026-05-12T25:00:00Z", &t), -1);
	assert_int_equal(local_parse("2026-05-12T08:00:00+0", &t), -1);
	assert_int_equal(local_parse("tomorrow", &t), -1);
}

static void
texts_follow_the_official_style(void **state)
{
	time_t	t = instant("2026-05-13T17:00:05+07:00");

	(void)state;
	assert_string_equal(local_text(t, arena), "17 giờ 00 ngày 13/5/2026");
	assert_string_equal(day_text(day("2026-05-08"), arena), "08/5/2026");
	assert_string_equal(day_text(day("2026-02-08"), arena), "08/02/2026");
	assert_string_equal(day_text(day("2026-12-31"), arena), "31/12/2026");
	assert_string_equal(local_stamp(t, arena), "13/05/2026 17:00:05");
	assert_string_equal(local_iso(t, arena), "2026-05-13T17:00:05+07:00");
	assert_string_equal(day_iso(day("8/5/2026"), arena), "2026-05-08");
	/* the day begins at 17:00 UTC of the day before */
	assert_int_equal(day_of(instant("2026-05-12T16:59:59Z")),
	    day("2026-05-12"));
	assert_int_equal(day_of(instant("2026-05-12T17:00:00Z")),
	    day("2026-05-13"));
}

static void
hours_are_read_as_people_write_them(void **state)
{
	int	m;

	(void)state;
	assert_int_equal(local_parse_minute("16:30", &m), 0);
	assert_int_equal(m, 990);
	assert_int_equal(local_parse_minute("16 giờ 30", &m), 0);
	assert_int_equal(m, 990);
	assert_int_equal(local_parse_minute("17h00", &m), 0);
	assert_int_equal(m, 1020);
	assert_int_equal(local_parse_minute("17 giờ", &m), 0);
	assert_int_equal(m, 1020);
	assert_int_equal(local_parse_minute("25:00", &m), -1);
	assert_int_equal(local_parse_minute("16:60", &m), -1);
	assert_int_equal(local_parse_minute("", &m), -1);
}

static void
holidays_and_exchanged_saturdays_of_2026_are_known(void **state)
{
	static const char *const off[] = { "2026-01-01", "2026-01-02",
	    "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19",
	    "2026-02-20", "2026-04-26", "2026-04-27", "2026-04-30",
	    "2026-05-01", "2026-09-02", "2026-05-09", "2026-05-10" };
	static const char *const work[] = { "2026-01-10", "2026-08-22",
	    "2026-05-14", "2026-02-23", "2026-04-28" };
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(off) / sizeof(off[0]); i++)
		assert_false(calendar_is_workday(calendar, day(off[i])));
	for (i = 0; i < sizeof(work) / sizeof(work[0]); i++)
		assert_true(calendar_is_workday(calendar, day(work[i])));
}

static void
working_days_are_counted_over_tet_and_weekends(void **state)
{
	(void)state;
	/* Tết: the working day after Friday 13/2 is Monday 23/2 */
	assert_int_equal(calendar_add_workdays(calendar, day("2026-02-13"),
	    1), day("2026-02-23"));
	assert_int_equal(calendar_add_workdays(calendar, day("2026-02-23"),
	    -1), day("2026-02-13"));
	/* an exchanged Saturday counts */
	assert_int_equal(calendar_add_workdays(calendar, day("2026-01-09"),
	    1), day("2026-01-10"));
	assert_int_equal(calendar_add_workdays(calendar, day("2026-05-13"),
	    -3), day("2026-05-08"));
	assert_int_equal(calendar_add_workdays(calendar, day("2026-05-14"),
	    3), day("2026-05-19"));
	assert_int_equal(calendar_add_workdays(calendar, day("2026-05-10"),
	    0), day("2026-05-08"));
	assert_int_equal(calendar_workday_from(calendar, day("2026-04-30")),
	    day("2026-05-04"));
	assert_int_equal(calendar_workday_until(calendar, day("2026-05-03")),
	    day("2026-04-29"));
	assert_int_equal(calendar_workdays_between(calendar,
	    day("2026-05-08"), day("2026-05-13")), 3);
}

static void
office_hours_follow_the_season(void **state)
{
	(void)state;
	assert_false(calendar_in_office_hours(calendar,
	    instant("2026-03-02T07:10")));
	assert_true(calendar_in_office_hours(calendar,
	    instant("2026-05-12T07:10")));
	assert_true(calendar_in_office_hours(calendar,
	    instant("2026-05-12T16:59:59")));
	assert_false(calendar_in_office_hours(calendar,
	    instant("2026-05-12T17:00")));
	assert_false(calendar_in_office_hours(calendar,
	    instant("2026-05-10T10:00")));
	assert_true(calendar_in_office_hours(calendar,
	    instant("2026-08-22T10:00")));
	/* a year without a file */
	assert_true(calendar_in_office_hours(calendar,
	    instant("2029-06-04T07:30")));
}

static void
a_year_without_a_file_is_noticed(void **state)
{
	(void)state;
	assert_true(calendar_has_year(calendar, 2026));
	assert_true(calendar_has_year(calendar, 2027));
	assert_false(calendar_has_year(calendar, 2028));
}

static void
every_wrong_line_is_told_with_its_number(void **state)
{
	static const char text[] = "off 2026-04-30 A\n"
	    "of 2026-05-01 B\n"
	    "off 2026-02-30 C\n"
	    "work 2026-04-30 D\n"
	    "work 2026-05-14 E\n"
	    "hours 2026-01-01..2026-02-01 07:30 13:30-17:00\n"
	    "# off nonsense\n";
	static const char *const starts[] = { "x.txt:2: ", "x.txt:3: ",
	    "x.txt:4: ", "x.txt:5: ", "x.txt:6: " };
	struct calendar	*c = calendar_new();
	struct problems	 p;
	size_t		 i;

	(void)state;
	problems_init(&p);
	calendar_add(c, text, "x.txt", &p);
	assert_int_equal(p.n, 5);
	for (i = 0; i < p.n; i++)
		assert_memory_equal(p.lines[i], starts[i],
		    strlen(starts[i]));
	assert_non_null(strstr(p.lines[0], "`off`"));
	problems_clear(&p);
	calendar_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(civil_days_and_weekdays_agree_over_a_century),
		cmocka_unit_test(days_are_read_in_both_orders),
		cmocka_unit_test(instants_carry_their_offset),
		cmocka_unit_test(texts_follow_the_official_style),
		cmocka_unit_test(hours_are_read_as_people_write_them),
		cmocka_unit_test(
		    holidays_and_exchanged_saturdays_of_2026_are_known),
		cmocka_unit_test(
		    working_days_are_counted_over_tet_and_weekends),
		cmocka_unit_test(office_hours_follow_the_season),
		cmocka_unit_test(a_year_without_a_file_is_noticed),
		cmocka_unit_test(every_wrong_line_is_told_with_its_number),
	};

	return cmocka_run_group_tests(tests, calendar_setup,
	    calendar_teardown);
}
