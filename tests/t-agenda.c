/*
 * What the service sleeps until: each instant at which the clock alone
 * changes something, and none in between.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "deskbox.h"

#include "daemon/agenda.h"
#include "daemon/localtime.h"
#include "parsers/arena.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/outgoing.h"


/* Every instant of the agenda in from < t < until: "14 08:00, …". */
static const char *
agenda(const char *from, const char *until)
{
	const char	*all = "";
	time_t		 t = at(from), end = at(until);

	while ((t = agenda_next(desk.office, t)) < end)
		all = arena_printf(desk.arena, "%s%s%.2s %.5s", all,
		    all[0] != '\0' ? ", " : "", local_iso(t, desk.arena) + 8,
		    local_iso(t, desk.arena) + 11);
	return all;
}

static void
a_day_without_steps_has_its_hours(void **state)
{
	(void)state;
	assert_string_equal(agenda("2031-04-10 00:00", "2031-04-11 00:00"),
	    "10 07:30, 10 16:30, 10 17:00");
}

static void
a_day_off_has_only_its_end(void **state)
{
	(void)state;
	assert_string_equal(agenda("2031-04-12 00:00", "2031-04-13 00:01"),
	    "13 00:00");
}

/* "trước ngày 15/4": the last day is the 14th. */
static void
steps_of_the_plan_stand_in_it(void **state)
{
	(void)state;
	assert_string_equal(agenda("2031-04-11 00:00", "2031-04-12 00:00"),
	    "11 07:30, 11 08:00, 11 16:30, 11 17:00");
	assert_string_equal(agenda("2031-04-14 00:00", "2031-04-15 00:00"),
	    "14 07:30, 14 14:00, 14 16:30, 14 17:00");
	assert_string_equal(agenda("2031-04-16 00:00", "2031-04-17 00:00"),
	    "16 07:30, 16 08:30, 16 16:30, 16 17:00");
}

static void
an_hour_of_the_deadline_stands_in_it(void **state)
{
	(void)state;
	desk_campaign(&desk, "reading", "at-time", at("2031-04-10 09:00"));
	desk_campaign(&desk, "time", "10:00", at("2031-04-10 09:00"));
	desk_campaign(&desk, "tolerance", "none", at("2031-04-10 09:00"));
	assert_int_equal(agenda_next(desk.office, at("2031-04-15 09:00")),
	    at("2031-04-15 10:00") + 1);
}

static void
an_extended_unit_has_steps_of_its_own(void **state)
{
	struct decision	 d = desk_decision(&desk, at("2031-04-10 09:00"));

	(void)state;
	assert_int_equal(decide_extend(&d, desk_oc(&desk),
	    desk_unit(&desk, "S1"), day_from_civil(2031, 4, 25)), 0);
	assert_string_equal(agenda("2031-04-22 00:00", "2031-04-23 00:00"),
	    "22 07:30, 22 08:00, 22 16:30, 22 17:00");
}

static void
the_end_of_a_campaign_stands_in_it(void **state)
{
	(void)state;
	desk_campaign(&desk, "close", "2031-05-30T15:00:00+07:00",
	    at("2031-04-10 09:00"));
	assert_int_equal(agenda_next(desk.office, at("2031-05-30 14:00")),
	    at("2031-05-30 15:00") + 1);
}

static void
what_is_tried_again_stands_in_it(void **state)
{
	static const char raw[] = "x";
	time_t		 now = at("2031-04-10 20:00");
	struct outgoing	 o = { .message_id = "a@p", .kind = "receipt",
		.campaign = "", .step = "", .to = "to1@p.example",
		.created_utc = now, .next_try_utc = now + 700, .error = "" };
	int64_t		 mail, row;

	(void)state;
	mail = desk_file_mail(&desk, desk_message(&desk, "to1@p.example", ""),
	    "INBOX", now);
	assert_int_equal(outgoing_add(desk.office->store, &o, raw, 1, &row),
	    0);
	assert_int_equal(agenda_next(desk.office, now), now + 700);
	assert_int_equal(mail_retry(desk.office->store, mail), 0);
	assert_int_equal(mail_set_state(desk.office->store, mail,
	    MESSAGE_DEFERRED, "x", now + 300), 0);
	assert_int_equal(agenda_next(desk.office, now), now + 300);
}

static void
trouble_with_the_mailbox_is_told_in_time(void **state)
{
	struct store	*st = desk.office->store;
	time_t		 now = at("2031-04-10 20:00");

	(void)state;
	assert_int_equal(kv_set_int(st, KV_FETCH_OK, now - 60), 0);
	assert_int_equal(kv_set_int(st, KV_FETCH_TROUBLE, now), 0);
	assert_int_equal(agenda_next(desk.office, now), now - 60 + 900);
	assert_int_equal(kv_set_int(st, KV_FETCH_TOLD, now), 0);
	assert_int_equal(agenda_next(desk.office, now),
	    at("2031-04-11 00:00"));
}

#define T(test) cmocka_unit_test_setup_teardown(test, desk_setup, desk_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_day_without_steps_has_its_hours),
		T(a_day_off_has_only_its_end),
		T(steps_of_the_plan_stand_in_it),
		T(an_hour_of_the_deadline_stands_in_it),
		T(an_extended_unit_has_steps_of_its_own),
		T(the_end_of_a_campaign_stands_in_it),
		T(what_is_tried_again_stands_in_it),
		T(trouble_with_the_mailbox_is_told_in_time)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
