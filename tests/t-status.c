/* The state of a campaign: rows, sums, and its words. */
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
#include "daemon/status.h"
#include "daemon/text.h"
#include "daemon/verdict.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "tests/verdict_fixture.h"

static void
rows_follow_the_letter_and_counts_add_up(void **state)
{
	struct version_facts	 late = version("2026-05-18T09:00", "FFF");
	struct unit_facts	 facts[4] = {{0}};
	struct clerk_item	 items[2] = {{0}};
	struct status_facts	 sf = { .units = facts, .clerk = items,
				     .n_clerk = 2 };
	struct status_counts	*n;
	struct judging		 j;
	struct status		*s;
	struct strbuf		 b = {0};

	(void)state;
	use(CONF(BEFORE));
	j = (struct judging){ campaign, roster, calendar,
	    instant("2026-05-20T17:00") };
	facts[0].versions = &late;
	facts[0].n_versions = 1;
	facts[2].is_excused = true;
	s = status_build(&j, &sf, arena);
	assert_int_equal(s->n_units, 3);
	assert_string_equal(s->units[0].unit->code, "S1");
	assert_int_equal(s->units[0].recipient, 1);
	assert_string_equal(s->units[1].unit->code, "T1");
	assert_string_equal(s->units[2].unit->code, "T2");
	n = &s->counts;
	assert_int_equal(n->units, n->submitted + n->not_submitted +
	    n->excused);
	assert_int_equal(n->submitted, n->on_time + n->late);
	assert_int_equal(n->submitted, n->complete + n->incomplete +
	    n->unreadable + n->in_review);
	assert_int_equal(n->late, 1);
	assert_int_equal(n->excused, 1);
	assert_int_equal(n->needs_clerk, 2);
	status_line(s, 0, &b);
	assert_string_equal(b.s, "Đến 17 giờ 00 ngày 20/5/2026: 1/3 đơn vị "
	    "đã nộp (33,3%), đúng hạn 0, trễ hạn 1; thiếu mục 0; cần xem "
	    "xét 0; miễn 1; chưa nộp 1: Trường 1");
	strbuf_clear(&b);
}

static void
a_long_list_of_names_is_cut(void **state)
{
	struct unit_facts	 facts[4] = {{0}};
	struct status_facts	 sf = { .units = facts };
	struct judging		 j;
	struct strbuf		 b = {0};

	(void)state;
	use(CONF(BEFORE));
	j = (struct judging){ campaign, roster, calendar,
	    instant("2026-05-10T08:00") };
	status_line(status_build(&j, &sf, arena), 2, &b);
	assert_non_null(strstr(b.s, "chưa nộp 3: Trường 1, Tổ 1 và 1 đơn "
	    "vị khác"));
	strbuf_clear(&b);
}

static void
states_are_told_in_words(void **state)
{
	struct version_facts	r = version("2026-05-15T09:00", "FMF");
	struct unit_facts	f = { .versions = &r, .n_versions = 1 };
	struct verdict		v;

	(void)state;
	use(CONF(BEFORE));
	v = judge("T1", &f, "2026-05-21");
	assert_string_equal(text_state(&v, arena),
	    "trễ hạn 1 ngày, thiếu II");
	v = judge("T2", NULL, "2026-05-12");
	assert_string_equal(text_state(&v, arena), "chưa đến hạn");
	assert_string_equal(text_deadline(campaign, &v.term, arena),
	    "trước ngày 14/5/2026");
	assert_string_equal(text_letter_ref(campaign, arena),
	    "Công văn số 12-CV/ĐU ngày 05/5/2026");
	campaign->number = "";
	campaign->date = "2026-05";
	assert_string_equal(text_letter_ref(campaign, arena),
	    "Công văn tháng 5/2026");
	campaign->date = "";
	assert_string_equal(text_letter_ref(campaign, arena), "Công văn");
	assert_string_equal(text_percent(47, 60, arena), "78,3%");
	assert_string_equal(text_percent(0, 0, arena), "0,0%");
	assert_string_equal(text_percent(60, 60, arena), "100,0%");
	assert_string_equal(text_sections(campaign,
	    (const char *const[]){ "I", "II.1", "III" }, 3, arena),
	    "I. Một; II.1. Hai một; III. Kiến nghị");
	assert_string_equal(text_weekday(day_from_civil(2026, 5, 13)),
	    "thứ Tư");
}

static void
a_unit_is_told_nothing_unsure(void **state)
{
	static const struct {
		const char	*states, *clerk, *unit;
	} cases[] = {
		{ "mFF", "đúng hạn, đủ mục; chưa chắc I", "đúng hạn" },
		{ "mEe", "đúng hạn, trống II; chưa chắc I, II.1",
		  "đúng hạn, trống II" },
		{ "FFF", "đúng hạn, đủ mục", "đúng hạn, đủ mục" },
	};
	struct version_facts	r;
	struct unit_facts	f = { .versions = &r, .n_versions = 1 };
	struct verdict		v;
	size_t			i;

	(void)state;
	use(CONF(BEFORE));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		r = version("2026-05-12T09:00", cases[i].states);
		v = judge("T1", &f, "2026-05-12T10:00");
		assert_string_equal(text_state(&v, arena), cases[i].clerk);
		assert_string_equal(text_state_for_unit(&v, arena),
		    cases[i].unit);
	}
}

static void
every_code_has_its_name(void **state)
{
	enum channel	c;
	int		i;

	(void)state;
	for (i = 0; i < WORD_COUNT; i++) {
		assert_non_null(text_word((enum word)i));
		assert_true(*text_word((enum word)i) != '\0');
	}
	for (i = 0; i < 5; i++) {
		assert_int_equal(channel_parse(channel_name((enum channel)i),
		    &c), 0);
		assert_int_equal(c, i);
		assert_non_null(text_channel((enum channel)i));
	}
	assert_int_equal(channel_parse("fax", &c), -1);
	for (i = PARSE_NOT_SUPPORTED; i <= PARSE_UNAVAILABLE; i++)
		assert_true(strlen(text_parse_status((enum parse_status)i,
		    FORMAT_DOCX)) > 0);
	assert_string_equal(text_parse_status(PARSE_NOT_SUPPORTED,
	    FORMAT_DOC), "tệp Word đời cũ (.doc)");
	assert_string_equal(time_class_name(TIME_ON_TIME), "on-time");
	assert_string_equal(content_class_name(CONTENT_IN_REVIEW),
	    "in-review");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_follow_the_letter_and_counts_add_up),
		cmocka_unit_test(a_long_list_of_names_is_cut),
		cmocka_unit_test(states_are_told_in_words),
		cmocka_unit_test(a_unit_is_told_nothing_unsure),
		cmocka_unit_test(every_code_has_its_name),
	};

	return cmocka_run_group_tests(tests, verdict_setup, verdict_teardown);
}
