/* Periods and subjects of campaigns and reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "tests/lexicon_fixture.h"

static void
periods_are_compared_by_kind_and_year(void **state)
{
	static const struct {
		const char	*campaign;
		const char	*report;
		enum period_fit	 want;
	} all[] = {
		{ "kết quả X 6 tháng đầu năm 2026, phương hướng 6 tháng cuối "
		    "năm 2026", "kết quả X 6 tháng đầu năm 2026", PERIOD_SAME },
		{ "X 6 tháng đầu năm 2026", "X 6 tháng đầu năm 2025",
		    PERIOD_OTHER },
		{ "X 6 tháng đầu năm 2026", "X 6 tháng cuối năm 2026",
		    PERIOD_OTHER },
		{ "X 6 tháng đầu năm 2026", "X 9 tháng năm 2026",
		    PERIOD_OTHER },
		{ "X 6 tháng đầu năm 2026", "X năm 2026", PERIOD_OTHER },
		{ "X 6 tháng đầu năm 2026", "BC DCCS 6 thang dau nam 2026",
		    PERIOD_SAME },
		{ "X 6 tháng đầu năm 2026", "X sáu tháng đầu năm 2026",
		    PERIOD_SAME },
		{ "X 6 tháng đầu năm 2026", "X nửa đầu năm 2026",
		    PERIOD_SAME },
		{ "X 6 tháng đầu năm 2026", "X 6 tháng đầu năm",
		    PERIOD_SAME },
		{ "X 6 tháng đầu năm 2026", "X của chi bộ", PERIOD_UNKNOWN },
		{ "X", "X 6 tháng đầu năm 2026", PERIOD_UNKNOWN },
		{ "cải cách hành chính quý II năm 2026",
		    "CCHC quý 2/2026", PERIOD_SAME },
		{ "cải cách hành chính quý II năm 2026",
		    "CCHC quý III/2026", PERIOD_OTHER },
		{ "công tác tháng 5 năm 2026", "công tác tháng 5/2026",
		    PERIOD_SAME },
		{ "công tác tháng 5 năm 2026", "công tác tháng 6/2026",
		    PERIOD_OTHER },
		{ "công tác 9 tháng đầu năm 2026", "công tác 9 tháng năm 2026",
		    PERIOD_SAME },
		{ "giai đoạn 2021 - 2025", "giai đoạn 2021-2025",
		    PERIOD_SAME },
		{ "giai đoạn 2021 - 2025", "năm 2025", PERIOD_OTHER },
		{ "tổng kết năm học 2025-2026", "năm học 2025 - 2026",
		    PERIOD_SAME },
		{ "tổng kết năm 2026", "quy chế làm việc năm 2026",
		    PERIOD_SAME },
		{ "", "", PERIOD_UNKNOWN },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		print_message("# %s | %s\n", all[i].campaign, all[i].report);
		assert_int_equal(period_compare(all[i].campaign,
		    all[i].report), all[i].want);
	}
}

static void
subjects_are_compared_by_what_they_tell(void **state)
{
	const char	*a = "thực hiện dân chủ ở cơ sở 6 tháng đầu năm 2026, "
	    "phương hướng 6 tháng cuối năm 2026";
	const char	*b = "kết quả công tác cải cách hành chính quý II năm "
	    "2026";

	(void)state;
	assert_true(subject_fit(lx, a, "Kết quả thực hiện dân chủ ở cơ sở")
	    > 0.95);
	assert_true(subject_fit(lx, a, "BC DCCS 6 thang dau nam 2026") > 0.7);
	assert_true(subject_fit(lx, a, "tình hình thực hiện QCDC") > 0.7);
	assert_true(subject_fit(lx, b, "V/v thực hiện CCHC quý 2") > 0.95);
	assert_true(subject_fit(lx, a, b) < 0.2);
	assert_true(subject_fit(lx, b, a) < 0.2);
	assert_true(subject_fit(lx, a, "kết quả công tác 6 tháng đầu năm "
	    "2026") < 0.2);
	assert_true(subject_fit(lx, a, "") < 0.01);
	assert_true(subject_fit(lx, "", "dân chủ") < 0.01);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(periods_are_compared_by_kind_and_year),
		cmocka_unit_test(subjects_are_compared_by_what_they_tell),
	};

	return cmocka_run_group_tests_name("period", tests,
	    lexicon_setup, lexicon_teardown);
}
