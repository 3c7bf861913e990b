/*
 * Whose an address is, by the clerk's words: which word is in force, and what
 * undoing one leaves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deskbox.h"

#define TO1 "CHI BỘ TỔ DÂN PHỐ SỐ 1"
#define TO2 "CHI BỘ TỔ DÂN PHỐ SỐ 2"

#define FILED(mail, text) assert_string_equal(desk_filed(&desk, mail), text)

static void
an_address_is_remembered_until_that_is_undone(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 first = desk_report_mail(&desk, "x@web.example", TO2,
	    noon);
	int		 unit = desk_unit(&desk, "A2");

	(void)state;
	assert_int_equal(decide_assign(&d, first, NULL, &unit, 1, true), 0);
	FILED(desk_report_mail(&desk, "x@web.example", TO2, noon + 60),
	    "submission [A2] counted");
	assert_int_equal(decide_undo(&d, d.event), 0);
	FILED(desk_report_mail(&desk, "x@web.example", TO2, noon + 120),
	    "submission [] clerk ?A2");
}

/* Two words that say the same: either alone is enough. */
static void
an_address_remembered_twice_is_known_until_both_are_undone(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 first, event[2];
	int		 unit = desk_unit(&desk, "A2"), i;

	(void)state;
	for (i = 0; i < 2; i++) {
		first = desk_report_mail(&desk, "x@web.example", TO2,
		    noon + i);
		assert_int_equal(decide_assign(&d, first, NULL, &unit, 1,
		    true), 0);
		event[i] = d.event;
	}
	assert_int_equal(decide_undo(&d, event[0]), 0);
	FILED(desk_report_mail(&desk, "x@web.example", TO2, noon + 60),
	    "submission [A2] counted");
	assert_int_equal(decide_undo(&d, event[1]), 0);
	FILED(desk_report_mail(&desk, "x@web.example", TO2, noon + 120),
	    "submission [] clerk ?A2");
}

/* A mail given to another unit: that word stands, whatever comes of the
 * first, and taking it back brings the first one back. */
static void
a_later_word_on_whose_an_address_is_stands(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "x@web.example", "",
	    noon), wrong, right;
	int		 a1 = desk_unit(&desk, "A1"),
			 a2 = desk_unit(&desk, "A2");

	(void)state;
	assert_int_equal(decide_assign(&d, mail, NULL, &a1, 1, true), 0);
	wrong = d.event;
	assert_int_equal(decide_assign(&d, mail, NULL, &a2, 1, true), 0);
	right = d.event;
	FILED(desk_report_mail(&desk, "x@web.example", "", noon + 60),
	    "submission [A2] counted");
	assert_int_equal(decide_undo(&d, wrong), 0);
	FILED(mail, "submission [A2] counted");
	FILED(desk_report_mail(&desk, "x@web.example", "", noon + 120),
	    "submission [A2] counted");
	assert_int_equal(decide_undo(&d, d.event), 0);
	assert_int_equal(decide_undo(&d, right), 0);
	FILED(desk_report_mail(&desk, "x@web.example", "", noon + 180),
	    "submission [A1] counted");
}

/* Words on two mails: the units share the address. */
static void
two_units_may_be_told_to_share_an_address(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 one = desk_report_mail(&desk, "x@web.example", TO1,
	    noon), two = desk_report_mail(&desk, "x@web.example", TO2,
	    noon), event;
	int		 a1 = desk_unit(&desk, "A1"),
			 a2 = desk_unit(&desk, "A2");

	(void)state;
	assert_int_equal(decide_assign(&d, one, NULL, &a1, 1, true), 0);
	event = d.event;
	assert_int_equal(decide_assign(&d, two, NULL, &a2, 1, true), 0);
	FILED(desk_report_mail(&desk, "x@web.example", "", noon + 60),
	    "submission [] clerk ?A1 ?A2");
	assert_int_equal(decide_undo(&d, event), 0);
	FILED(desk_report_mail(&desk, "x@web.example", "", noon + 120),
	    "submission [A2] counted");
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_address_is_remembered_until_that_is_undone),
		T(an_address_remembered_twice_is_known_until_both_are_undone),
		T(a_later_word_on_whose_an_address_is_stands),
		T(two_units_may_be_told_to_share_an_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
