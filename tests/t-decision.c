/*
 * The clerk's decisions: what each changes in the ledger, and that undoing
 * brings back what was.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "deskbox.h"

#include "daemon/campaign.h"
#include "daemon/campaign_write.h"
#include "daemon/config.h"
#include "daemon/problems.h"
#include "daemon/reason.h"
#include "daemon/unasked.h"
#include "spool/event.h"
#include "spool/kv.h"
#include "spool/mail.h"

#define TO1 "CHI BỘ TỔ DÂN PHỐ SỐ 1"
#define TO2 "CHI BỘ TỔ DÂN PHỐ SỐ 2"


#define FILED(mail, text) assert_string_equal(desk_filed(&desk, mail), text)
#define VERDICT(unit, text) \
	assert_string_equal(desk_verdict(&desk, unit, noon), text)

/* ---- decisions */

static void
assigning_places_a_mail_and_undoing_takes_it_back(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "x@web.example", TO2,
	    noon), undo;
	int		 unit = desk_unit(&desk, "A2");

	(void)state;
	FILED(mail, "submission [] clerk ?A2");
	assert_int_equal(decide_assign(&d, mail, NULL, &unit, 1, false), 0);
	FILED(mail, "submission [A2] counted");
	VERDICT("A2", "on-time complete");
	assert_int_equal(decide_undo(&d, d.event), 0);
	FILED(mail, "submission [] clerk ?A2");
	VERDICT("A2", "not-due none owes");
	undo = d.event;
	assert_int_equal(decide_undo(&d, undo), 0);
	FILED(mail, "submission [A2] counted");
	assert_int_equal(decide_undo(&d, undo), -1); /* undone already */
	assert_int_equal(decide_undo(&d, d.event), -1);
	assert_string_not_equal(d.why, "");
}

static void
one_report_may_serve_several_units(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "x@web.example", TO1,
	    noon);
	int		 both[2] = { desk_unit(&desk, "A1"),
		desk_unit(&desk, "A2") };

	(void)state;
	assert_int_equal(decide_assign(&d, mail, NULL, both, 2, false), 0);
	FILED(mail, "submission [A1 A2] counted");
	VERDICT("A1", "on-time complete");
	VERDICT("A2", "on-time complete");
}

static void
accepting_makes_it_complete(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example",
	    "Báo cáo phòng cháy");
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail;

	(void)state;
	desk_file(&desk, m, FORMAT_PDF, "bao cao.pdf");
	mail = desk_file_mail(&desk, m, "INBOX", noon);
	FILED(mail, "submission [A1] counted clerk");
	VERDICT("A1", "on-time unreadable");
	assert_int_equal(decide_accept(&d, mail), 0);
	FILED(mail, "submission [A1] counted");
	VERDICT("A1", "on-time complete");
	assert_int_equal(decide_undo(&d, d.event), 0);
	VERDICT("A1", "on-time unreadable");
}

static void
accepting_an_older_version_says_which_one_counts(void **state)
{
	struct decision	 d = desk_decision(&desk, noon + 60);
	int64_t		 old = desk_report_mail(&desk, "to1@p.example", TO1,
	    noon);
	int64_t		 new = desk_report_mail(&desk, "to1@p.example", TO1,
	    noon + 30);
	struct mail	*m = mail_find(desk.office->store, new);

	(void)state;
	assert_int_equal(decide_accept(&d, old), 0);
	assert_non_null(strstr(d.done, m->id));
	assert_int_equal(decide_accept(&d, new), 0);
	assert_null(strstr(d.done, "bản mới hơn"));
	free(m);
}

static void
accepting_counts_what_waited_for_its_only_guess(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail;

	(void)state;
	desk_report(&desk, m, TO1, "công tác phòng cháy, chữa cháy quý I "
	    "năm 2030", DESK_ALL);
	mail = desk_file_mail(&desk, m, "INBOX", noon);
	assert_int_equal(decide_accept(&d, mail), 0);
	FILED(mail, "submission [A1] counted");
}

static void
a_report_sent_back_does_not_count_but_the_next_one_does(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "to1@p.example", TO1,
	    noon);

	(void)state;
	assert_int_equal(decide_return(&d, mail, DAY_NONE), 0);
	FILED(mail, "submission [A1]");
	VERDICT("A1", "not-due none owes");
	desk_report_mail(&desk, "to1@p.example", TO1, noon + 3600);
	assert_string_equal(desk_verdict(&desk, "A1", noon + 7200),
	    "on-time complete");
}

/* Sent back to the unit that it seemed to be of, then given to the right
 * one: there it counts, and nobody there is told that it does not. */
static void
a_return_is_to_the_unit_it_was_returned_to(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "to1@p.example", TO1,
	    noon), given;
	int		 both[2] = { desk_unit(&desk, "A1"),
		desk_unit(&desk, "A2") };

	(void)state;
	assert_int_equal(decide_return(&d, mail, day_of(noon) + 9), 0);
	assert_int_equal(decide_assign(&d, mail, NULL, &both[1], 1, false),
	    0);
	given = d.event;
	FILED(mail, "submission [A2] counted");
	VERDICT("A1", "not-due none owes");
	VERDICT("A2", "on-time complete");
	assert_int_equal(decide_undo(&d, given), 0);
	FILED(mail, "submission [A1]");
	/* given to it again, alone or with others, it stays returned */
	assert_int_equal(decide_assign(&d, mail, NULL, both, 2, false), 0);
	FILED(mail, "submission [A1 A2]");
}

static void
what_is_no_report_by_the_clerks_word_is_none(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "to1@p.example", TO1,
	    noon);

	(void)state;
	assert_int_equal(decide_not_a_report(&d, mail), 0);
	FILED(mail, "other []");
	VERDICT("A1", "not-due none owes");
	assert_int_equal(decide_undo(&d, d.event), 0);
	FILED(mail, "submission [A1] counted");
	VERDICT("A1", "on-time complete");
}

static void
paper_is_entered_and_taken_back(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	struct addition	 a = { desk_oc(&desk), desk_unit(&desk, "A2"), noon,
		CHANNEL_PAPER, -1, "" };

	(void)state;
	assert_int_equal(decide_add(&d, &a), 0);
	VERDICT("A2", "on-time complete");
	assert_int_equal(decide_undo(&d, d.event), 0);
	VERDICT("A2", "not-due none owes");
}

static void
what_has_not_come_yet_is_not_entered(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	struct addition	 a = { desk_oc(&desk), desk_unit(&desk, "A2"),
		noon + 1, CHANNEL_PAPER, -1, "" };
	int64_t		 mail = desk_report_mail(&desk, "x@web.example", TO2,
	    noon);

	(void)state;
	assert_int_equal(decide_add(&d, &a), -1);
	assert_string_equal(d.why, reason_text(REASON_NOT_COME_YET));
	assert_int_equal(decide_add_mail(&d, mail, &a, &a.unit, 1), -1);
	assert_string_equal(d.why, reason_text(REASON_NOT_COME_YET));
	a.received = noon - 366L * 86400;
	assert_int_equal(decide_add(&d, &a), -1);
	assert_string_equal(d.why, reason_text(REASON_BEFORE_FROM));
	VERDICT("A2", "not-due none owes");
	a.received = noon;
	assert_int_equal(decide_add(&d, &a), 0);
}

static void
an_entry_for_a_second_unit_leaves_the_first(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "clerk@q.example",
	    "", noon), first;
	struct addition	 a = { desk_oc(&desk), 0, noon - 60, CHANNEL_ZALO,
		-1, "" };
	int		 a1 = desk_unit(&desk, "A1"),
			 a2 = desk_unit(&desk, "A2");

	(void)state;
	assert_int_equal(decide_add_mail(&d, mail, &a, &a1, 1), 0);
	first = d.event;
	assert_int_equal(decide_add_mail(&d, mail, &a, &a2, 1), 0);
	FILED(mail, "submission [A1 A2] counted");
	assert_int_equal(decide_undo(&d, first), 0);
	FILED(mail, "submission [A2] counted");
	/* whose it is, is another word */
	assert_int_equal(decide_assign(&d, mail, NULL, &a1, 1, false), 0);
	FILED(mail, "submission [A1] counted");
}

static void
excuses_and_extensions_change_the_verdict(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	time_t		 late = at("2031-04-18 10:00");
	int		 unit = desk_unit(&desk, "A1");

	(void)state;
	assert_string_equal(desk_verdict(&desk, "A1", late),
	    "overdue none owes");
	assert_int_equal(decide_extend(&d, desk_oc(&desk), unit,
	    day_from_civil(2031, 4, 25)), 0);
	assert_string_equal(desk_verdict(&desk, "A1", late),
	    "not-due none owes");
	assert_int_equal(decide_undo(&d, d.event), 0);
	assert_int_equal(decide_excuse(&d, desk_oc(&desk), unit, ""), 0);
	assert_string_equal(desk_verdict(&desk, "A1", late),
	    "excused none excused");
	assert_int_equal(decide_extend(&d, desk_oc(&desk), unit,
	    day_from_civil(2031, 4, 2)), -1);
	assert_int_equal(decide_excuse(&d, desk_oc(&desk), unit, "XX"), -1);
}

static void
an_excused_section_is_not_missing(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");
	struct decision	 d = desk_decision(&desk, noon);

	(void)state;
	desk_report(&desk, m, TO1, DESK_SUBJECT, "I II III V");
	desk_file_mail(&desk, m, "INBOX", noon);
	VERDICT("A1", "on-time incomplete");
	assert_int_equal(decide_excuse(&d, desk_oc(&desk),
	    desk_unit(&desk, "A1"), "IV"), 0);
	VERDICT("A1", "on-time complete");
}

static void
a_dry_run_changes_nothing(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "x@web.example", TO2,
	    noon);
	int		 unit = desk_unit(&desk, "A2");
	char		 before[65], after[65];

	(void)state;
	assert_int_equal(event_head(desk.office->store, before), 0);
	d.is_dry = true;
	assert_int_equal(decide_assign(&d, mail, NULL, &unit, 1, true), 0);
	assert_string_not_equal(d.done, "");
	assert_int_equal(decide_pause(&d, desk_oc(&desk)), 0);
	FILED(mail, "submission [] clerk ?A2");
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_OPEN);
	assert_int_equal(event_head(desk.office->store, after), 0);
	assert_string_equal(before, after);
}

static void
a_campaign_is_paused_resumed_and_closed(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);

	(void)state;
	assert_int_equal(decide_pause(&d, desk_oc(&desk)), 0);
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_PAUSED);
	assert_int_equal(decide_pause(&d, desk_oc(&desk)), -1);
	assert_int_equal(decide_resume(&d, desk_oc(&desk)), 0);
	assert_int_equal(decide_close(&d, desk_oc(&desk)), 0);
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_CLOSED);
	assert_int_equal(decide_undo(&d, d.event), 0);
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_OPEN);
}

static void
undoing_an_older_state_leaves_a_later_one_in_force(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 first, second, third;

	(void)state;
	assert_int_equal(decide_pause(&d, desk_oc(&desk)), 0);
	first = d.event;
	assert_int_equal(decide_resume(&d, desk_oc(&desk)), 0);
	second = d.event;
	assert_int_equal(decide_pause(&d, desk_oc(&desk)), 0);
	third = d.event;
	assert_int_equal(decide_undo(&d, first), -1);
	assert_string_equal(d.why, reason_text(REASON_LATER_FIRST));
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_PAUSED);
	/* from the last one back it is lawful, and forth again */
	assert_int_equal(decide_undo(&d, third), 0);
	assert_int_equal(decide_undo(&d, second), 0);
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_PAUSED);
	assert_int_equal(decide_undo(&d, first), 0);
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_OPEN);
	assert_int_equal(decide_undo(&d, d.event), 0);
	assert_int_equal(desk_oc(&desk)->campaign->state, CAMPAIGN_PAUSED);
}

static void
no_unit_is_given_a_day_that_is_over(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail = desk_report_mail(&desk, "to1@p.example", TO1,
	    noon);
	long		 today = day_of(noon);

	(void)state;
	assert_int_equal(decide_return(&d, mail, today - 1), -1);
	assert_string_not_equal(d.why, "");
	VERDICT("A1", "on-time complete");
	assert_int_equal(decide_supplement(&d, desk_oc(&desk), NULL, 0,
	    today - 1), -1);
	assert_string_equal(d.why, reason_text(REASON_UNTIL_PAST));
	assert_int_equal(decide_return(&d, mail, today), 0);
}

static void
a_wrong_campaign_file_leaves_the_last_good_one_in_force(void **state)
{
	(void)state;
	assert_int_equal(campaign_set(desk_oc(&desk)->campaign->dir, "day",
	    "soon"), 0);
	assert_int_equal(office_refresh(desk.office, noon), 0);
	assert_non_null(desk_oc(&desk)->trouble);
	assert_int_equal(desk_oc(&desk)->campaign->deadline_day,
	    day_from_civil(2031, 4, 15));
	/* even over a restart */
	store_close(desk.office->store);
	desk.office->store = NULL;
	assert_int_equal(office_reload(desk.office, desk.office->config->file,
	    &(struct problems){ 0 }), 0);
	assert_int_equal(office_open(desk.office, STORE_DAEMON), 0);
	assert_int_equal(office_refresh(desk.office, noon), 0);
	assert_int_equal(desk_oc(&desk)->campaign->deadline_day,
	    day_from_civil(2031, 4, 15));
}

static void
campaigns_whose_folder_cannot_be_listed_stay_in_force(void **state)
{
	char	folder[4200], aside[4300];
	FILE	*f;

	(void)state;
	snprintf(folder, sizeof(folder), "%s/campaigns",
	    desk.office->config->state);
	snprintf(aside, sizeof(aside), "%s.aside", folder);
	/* a file where the folder should be: also root cannot list that */
	assert_int_equal(rename(folder, aside), 0);
	f = fopen(folder, "w");
	assert_non_null(f);
	fclose(f);
	assert_int_equal(office_refresh(desk.office, noon), 0);
	assert_int_equal(desk.office->n_campaigns, 1);
	/* one that is gone is gone */
	assert_int_equal(remove(folder), 0);
	assert_int_equal(office_refresh(desk.office, noon), 1);
	assert_int_equal(desk.office->n_campaigns, 0);
	assert_int_equal(rename(aside, folder), 0);
	assert_int_equal(office_refresh(desk.office, noon), 1);
	assert_int_equal(desk.office->n_campaigns, 1);
}

static void
units_held_by_the_clerk_or_in_doubt_are_not_written_to(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	struct unasked	 u;

	(void)state;
	desk_report_mail(&desk, "x@web.example", TO2, noon - 3600);
	assert_int_equal(decide_hold(&d, desk_oc(&desk), "",
	    desk_unit(&desk, "A1")), 0);
	assert_int_equal(kv_set_int(desk.office->store, KV_FETCH_OK,
	    noon - 60), 0);
	assert_int_equal(unasked_load(desk.office, desk_oc(&desk), true, noon,
	    desk.arena, &u), 0);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "A1")), BAR_CLERK);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "A2")), BAR_DOUBT);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "S1")), BAR_NONE);
	assert_int_equal(unasked_load(desk.office, desk_oc(&desk), false,
	    noon, desk.arena, &u), 0);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "S1")),
	    BAR_NOT_FRESH);
	assert_int_equal(unasked_load(desk.office, desk_oc(&desk), true,
	    noon + 3600, desk.arena, &u), 0);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "S1")),
	    BAR_NOT_FRESH);
}

static void
what_else_is_in_a_placed_mail_holds_its_guesses(void **state)
{
	struct message	*m = desk_message(&desk, "truong@p.example", "");
	struct decision	 d = desk_decision(&desk, noon);
	int		 both[2] = { desk_unit(&desk, "S1"),
		desk_unit(&desk, "S2") };
	struct unasked	 u;
	int64_t		 mail;

	(void)state;
	desk_report(&desk, m, "CHI BỘ TRƯỜNG MẦM NON HOA MAI", DESK_SUBJECT,
	    DESK_ALL);
	desk_report(&desk, m, "CHI BỘ", DESK_SUBJECT, "I II III V");
	mail = desk_file_mail(&desk, m, "INBOX", noon);
	FILED(mail, "submission [S1] counted clerk ?S1 ?S2");
	assert_int_equal(kv_set_int(desk.office->store, KV_FETCH_OK, noon),
	    0);
	assert_int_equal(unasked_load(desk.office, desk_oc(&desk), true, noon,
	    desk.arena, &u), 0);
	assert_int_equal(unasked_standing_bar(&u, desk_unit(&desk, "S2")),
	    BAR_DOUBT);
	/* given to both, each has its own */
	assert_int_equal(decide_assign(&d, mail, NULL, both, 2, false), 0);
	FILED(mail, "submission [S1 S2] counted");
	VERDICT("S1", "on-time complete");
	VERDICT("S2", "on-time incomplete");
}

static void
a_fitting_report_of_nobody_holds_all_for_its_day(void **state)
{
	struct unasked	 u;

	(void)state;
	desk_report_mail(&desk, "x@web.example", "CHI BỘ KHÔNG TÊN",
	    noon - 3600);
	assert_int_equal(kv_set_int(desk.office->store, KV_FETCH_OK, noon),
	    0);
	assert_int_equal(unasked_load(desk.office, desk_oc(&desk), true, noon,
	    desk.arena, &u), 0);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "A1")),
	    BAR_DOUBT_ALL);
	assert_int_equal(kv_set_int(desk.office->store, KV_FETCH_OK,
	    noon + 86400), 0);
	assert_int_equal(unasked_load(desk.office, desk_oc(&desk), true,
	    noon + 86400, desk.arena, &u), 0);
	assert_int_equal(unasked_bar(&u, desk_unit(&desk, "A1")), BAR_NONE);
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(assigning_places_a_mail_and_undoing_takes_it_back),
		T(one_report_may_serve_several_units),
		T(accepting_makes_it_complete),
		T(accepting_an_older_version_says_which_one_counts),
		T(accepting_counts_what_waited_for_its_only_guess),
		T(a_report_sent_back_does_not_count_but_the_next_one_does),
		T(a_return_is_to_the_unit_it_was_returned_to),
		T(what_is_no_report_by_the_clerks_word_is_none),
		T(paper_is_entered_and_taken_back),
		T(what_has_not_come_yet_is_not_entered),
		T(an_entry_for_a_second_unit_leaves_the_first),
		T(excuses_and_extensions_change_the_verdict),
		T(an_excused_section_is_not_missing),
		T(a_dry_run_changes_nothing),
		T(a_campaign_is_paused_resumed_and_closed),
		T(undoing_an_older_state_leaves_a_later_one_in_force),
		T(no_unit_is_given_a_day_that_is_over),
		T(a_wrong_campaign_file_leaves_the_last_good_one_in_force),
		T(campaigns_whose_folder_cannot_be_listed_stay_in_force),
		T(units_held_by_the_clerk_or_in_doubt_are_not_written_to),
		T(a_fitting_report_of_nobody_holds_all_for_its_day),
		T(what_else_is_in_a_placed_mail_holds_its_guesses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
