/* Dates and deadlines as letters word them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/deadline.h"
#include "parsers/lingo.h"
#include "parsers/words.h"

static struct arena	*arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The first date in a text, in ISO; "-" when there is none. */
static const char *
date_in(const char *text)
{
	struct words	ws = words_of(text, arena);
	struct date	d;
	size_t		i;

	for (i = 0; i < ws.n; i++)
		if (date_at(&ws, i, &d) > 0)
			return d.year != 0 ? date_iso(d, arena) :
			    arena_printf(arena, "--%02d-%02d", d.month,
			    d.day);
	return "-";
}

static void
dates_are_read_in_every_spelling(void **state)
{
	static const struct {
		const char	*text;
		const char	*want;
	} cases[] = {
		{ "ngày 14/5/2026", "2026-05-14" },
		{ "ngày 14/05/2026 để", "2026-05-14" },
		{ "14-5-2026", "2026-05-14" }, { "14.5.2026", "2026-05-14" },
		{ "14 / 5 / 2026", "2026-05-14" },
		{ "ngày 14/5/26", "2026-05-14" },
		{ "ngày 14 tháng 5 năm 2026", "2026-05-14" },
		{ "ngày 14 tháng 5/2026", "2026-05-14" },
		{ "ngày 14/5 năm 2026", "2026-05-14" },
		{ "ngày 14 tháng 5", "--05-14" }, { "ngày 14/5", "--05-14" },
		{ "ngày tháng 5 năm 2026", "2026-05" },
		{ "ngày … tháng 5 năm 2026", "2026-05" },
		{ "ngày .. /05/2026", "2026-05" },
		{ "ngày …/5/2026", "2026-05" },
		{ "ngày     /5/2026", "2026-05" },
		{ "tháng 5/2026", "2026-05" },
		{ "29/2/2028", "2028-02-29" },
		{ "29/2/2026", "-" }, { "31/4/2026", "-" },
		{ "0/5/2026", "-" }, { "12/13/2026", "-" },
		{ "Nghị định số 61/2023/NĐ-CP", "-" },
		{ "Chỉ thị số 15-CT/TU", "-" },
		{ "điểm 1.2 mục 3", "-" }, { "14/5/9999", "--05-14" },
		{ "nhiệm kỳ 2025 - 2030", "-" }, { "", "-" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(date_in(cases[i].text), cases[i].want);
}

static void
weekdays_are_those_of_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(date_weekday((struct date){ 2026, 5, 14 }), 4);
	assert_int_equal(date_weekday((struct date){ 2028, 2, 29 }), 2);
	assert_int_equal(date_weekday((struct date){ 2026, 1, 1 }), 4);
}

static void
iso_dates_survive_both_ways(void **state)
{
	static const char *const all[] = { "2026-05-14", "2026-05", "2026",
		"" };
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_string_equal(date_iso(date_from_iso(all[i]), arena),
		    all[i]);
	assert_string_equal(date_iso(date_from_iso("2026-02-31"), arena), "");
	assert_string_equal(date_iso(date_from_iso("hôm nay"), arena), "");
}

/* The only deadline of a text as "READING DATE [TIME]"; "-" for none. */
static const char *
deadline_in(const char *text, const char *issued)
{
	struct words	 ws = words_of(text, arena);
	struct deadline	*d;
	size_t		 n;

	d = deadlines_find(&ws, date_from_iso(issued), lingo_new(arena), arena, &n);
	if (n != 1)
		return n == 0 ? "-" : "several";
	if (d->recurring)
		return "recurring";
	if (d->minute == -1)
		return arena_printf(arena, "%s %s",
		    deadline_reading_name(d->reading),
		    date_iso(d->date, arena));
	return arena_printf(arena, "%s %s %02d:%02d",
	    deadline_reading_name(d->reading), date_iso(d->date, arena),
	    d->minute / 60, d->minute % 60);
}

static void
deadlines_are_read_in_every_wording(void **state)
{
	static const struct {
		const char	*text;
		const char	*want;
	} cases[] = {
		/* before the day */
		{ "gửi về Văn phòng trước ngày 14/5/2026 để tổng hợp",
		  "before-day 2026-05-14" },
		{ "trước 14/5/2026", "before-day 2026-05-14" },
		{ "xong trước ngày 14 tháng 5", "before-day 2026-05-14" },
		{ "chậm nhất trước ngày 14-5-2026", "before-day 2026-05-14" },
		{ "hạn cuối là trước ngày 14.5.2026",
		  "before-day 2026-05-14" },
		{ "trước thứ Năm, ngày 14/5", "before-day 2026-05-14" },
		{ "trước ngày thứ Sáu (15/5/2026)", "before-day 2026-05-15" },
		{ "trước 0 giờ ngày 15/5/2026", "before-day 2026-05-15" },
		{ "trước ngày 05/01", "before-day 2027-01-05" },
		/* by the day */
		{ "chậm nhất ngày 14/5/2026", "by-day 2026-05-14" },
		{ "chậm nhất là ngày 14/5/2026", "by-day 2026-05-14" },
		{ "chậm nhất đến ngày 14 tháng 5 năm 2026",
		  "by-day 2026-05-14" },
		{ "chậm nhất vào ngày 14/05/2026", "by-day 2026-05-14" },
		{ "chậm nhất 14/5", "by-day 2026-05-14" },
		{ "muộn nhất là thứ Năm ngày 14/5", "by-day 2026-05-14" },
		{ "đến hết ngày 14/5/2026", "by-day 2026-05-14" },
		{ "trước khi hết ngày 14/5/2026", "by-day 2026-05-14" },
		{ "trong ngày 14/5/2026", "by-day 2026-05-14" },
		{ "hạn cuối 14/5/2026", "by-day 2026-05-14" },
		{ "Hạn chót: ngày 14/5/2026", "by-day 2026-05-14" },
		{ "Hạn nộp báo cáo của các đơn vị: 14/5/2026",
		  "by-day 2026-05-14" },
		{ "Thời hạn gửi báo cáo phục vụ hội nghị: ngày 14/5/2026",
		  "by-day 2026-05-14" },
		{ "Thời hạn gửi báo cáo: ngày 14/5/2026",
		  "by-day 2026-05-14" },
		{ "không quá ngày 14/5/2026", "by-day 2026-05-14" },
		{ "trước 24 giờ ngày 14/5/2026", "by-day 2026-05-14" },
		{ "hết giờ hành chính ngày 14/5/2026", "by-day 2026-05-14" },
		{ "gửi đến ngày 14/5/2026", "by-day 2026-05-14" },
		{ "trong tháng 5/2026", "by-day 2026-05-31" },
		{ "hết tháng 6 năm 2026", "by-day 2026-06-30" },
		/* at an hour */
		{ "trước 17h00 ngày 14/5/2026", "at-time 2026-05-14 17:00" },
		{ "trước 17 giờ 00 ngày 14/5/2026",
		  "at-time 2026-05-14 17:00" },
		{ "trước 16 giờ 30 phút ngày 14 tháng 5 năm 2026",
		  "at-time 2026-05-14 16:30" },
		{ "trước 16g30, ngày 14/5", "at-time 2026-05-14 16:30" },
		{ "trước 16:30 ngày 14/5/2026", "at-time 2026-05-14 16:30" },
		{ "trước 17h ngày 14/5/2026", "at-time 2026-05-14 17:00" },
		{ "trước 5 giờ chiều ngày 14/5/2026",
		  "at-time 2026-05-14 17:00" },
		{ "trước 10 giờ sáng thứ Năm, ngày 14/5/2026",
		  "at-time 2026-05-14 10:00" },
		{ "chậm nhất 16 giờ, thứ Năm (ngày 14/5/2026)",
		  "at-time 2026-05-14 16:00" },
		{ "chậm nhất ngày 14/5/2026, trước 16 giờ 30",
		  "at-time 2026-05-14 16:30" },
		{ "chậm nhất ngày 14/5/2026 (lúc 9h)",
		  "at-time 2026-05-14 09:00" },
		{ "Hạn nộp: 17h00 ngày 14/5/2026",
		  "at-time 2026-05-14 17:00" },
		{ "đến 17h00 ngày 14/5/2026", "at-time 2026-05-14 17:00" },
		/* blank or not of the calendar */
		{ "trước ngày … tháng 5 năm 2026", "before-day 2026-05" },
		{ "trước ngày …/5/2026", "before-day 2026-05" },
		{ "trước ngày 20 hằng tháng", "recurring" },
		{ "chậm nhất ngày 25 của tháng cuối quý", "recurring" },
		/* no deadlines */
		{ "Công văn số 741 ngày 29/4/2026", "-" },
		{ "từ ngày 15/3/2026", "-" },
		{ "sau ngày 14/5/2026", "-" },
		{ "vào hồi 8h00 ngày 20/5/2026", "-" },
		{ "trước hết. Ngày 14/5/2026 họp", "-" },
		{ "chậm nhất; ngày 14/5/2026", "-" },
		{ "gửi sau thời hạn sẽ bị nêu tên ngày 14/5/2026", "-" },
		{ "thời hạn thống nhất tại hội nghị ngày 14/5/2026", "-" },
		{ "6 tháng đầu năm 2026", "-" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(deadline_in(cases[i].text, "2026-05"),
		    cases[i].want);
}

static void
a_missing_year_is_the_next_such_day_after_the_letter(void **state)
{
	(void)state;
	assert_string_equal(deadline_in("trước ngày 14/5", "2026-05-02"),
	    "before-day 2026-05-14");
	assert_string_equal(deadline_in("trước ngày 05/01", "2026-12-20"),
	    "before-day 2027-01-05");
	assert_string_equal(deadline_in("trước ngày 14/5", "2026"),
	    "before-day 2026-05-14");
	assert_string_equal(deadline_in("trước ngày 14/5", ""),
	    "before-day ");
	assert_string_equal(deadline_in("trước ngày 29/02", "2026-01"),
	    "before-day 2026-02-28");
}

static void
a_term_that_counts_days_is_counted_from_the_letters_day(void **state)
{
	static const struct {
		const char	*text, *issued, *want;
	} cases[] = {
		{ "chậm nhất sau 10 ngày kể từ ngày ký công văn này",
		  "2026-06-08", "by-day 2026-06-18" },
		{ "trong vòng 05 ngày, kể từ ngày ban hành văn bản này",
		  "2026-12-28", "by-day 2027-01-02" },
		{ "trong thời hạn 30 ngày tính từ ngày ký", "2028-01-31",
		  "by-day 2028-03-01" },
		/* from another day, by another calendar, from no day */
		{ "sau 10 ngày kể từ ngày nhận được công văn", "2026-06-08",
		  "by-day " },
		{ "trong 5 ngày làm việc kể từ ngày ký", "2026-06-08",
		  "by-day " },
		{ "sau 10 ngày kể từ ngày ký", "2026-06", "by-day " },
		/* no terms */
		{ "10 ngày kể từ ngày ký", "2026-06-08", "-" },
		{ "sau 10 ngày thực hiện", "2026-06-08", "-" },
		{ "sau 400 ngày kể từ ngày ký", "2026-06-08", "-" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(deadline_in(cases[i].text,
		    cases[i].issued), cases[i].want);
}

static void
a_weekday_that_does_not_fit_is_noticed(void **state)
{
	struct deadline	*d;
	struct words	 ws;
	size_t		 n;

	(void)state;
	ws = words_of("trước thứ Tư, ngày 14/5/2026; trước thứ 5, ngày "
	    "14/5/2026; trước ngày 17/5/2026 (Chủ nhật)", arena);
	d = deadlines_find(&ws, date_from_iso("2026"), lingo_new(arena), arena, &n);
	assert_int_equal(n, 3);
	assert_true(d[0].weekday_wrong);
	assert_false(d[1].weekday_wrong);
	assert_false(d[2].weekday_wrong);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(dates_are_read_in_every_spelling),
		T(weekdays_are_those_of_the_calendar),
		T(iso_dates_survive_both_ways),
		T(deadlines_are_read_in_every_wording),
		T(a_missing_year_is_the_next_such_day_after_the_letter),
		T(a_term_that_counts_days_is_counted_from_the_letters_day),
		T(a_weekday_that_does_not_fit_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
