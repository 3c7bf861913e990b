/*
 * What the daemon files by itself: what counts, what waits for the clerk,
 * what is nobody's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "deskbox.h"

#include "daemon/bounced.h"
#include "daemon/campaign.h"
#include "daemon/outbox.h"
#include "daemon/unasked.h"
#include "spool/address.h"
#include "spool/filing.h"
#include "spool/outgoing.h"

#define TO1 "CHI BỘ TỔ DÂN PHỐ SỐ 1"
#define TO2 "CHI BỘ TỔ DÂN PHỐ SỐ 2"


#define FILED(mail, text) assert_string_equal(desk_filed(&desk, mail), text)
#define VERDICT(unit, text) \
	assert_string_equal(desk_verdict(&desk, unit, noon), text)

/* ---- what is filed by itself */

static void
a_report_of_a_known_unit_counts(void **state)
{
	(void)state;
	FILED(desk_report_mail(&desk, "to1@p.example", TO1, noon),
	    "submission [A1] counted");
	VERDICT("A1", "on-time complete");
	VERDICT("A2", "not-due none owes");
}

static void
a_report_of_another_period_waits(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");

	(void)state;
	desk_report(&desk, m, TO1, "kết quả công tác phòng cháy, chữa cháy "
	    "quý I năm 2030", DESK_ALL);
	FILED(desk_file_mail(&desk, m, "INBOX", noon),
	    "submission [] clerk ?A1");
	VERDICT("A1", "not-due none owes");
}

static void
a_report_about_something_else_waits(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");

	(void)state;
	desk_report(&desk, m, TO1, "tình hình thu quỹ khuyến học năm 2031",
	    "");
	FILED(desk_file_mail(&desk, m, "INBOX", noon),
	    "submission [] clerk ?A1");
}

static void
what_is_no_report_bothers_nobody(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "Giấy mời");
	struct attachment *a = desk_report(&desk, m, TO1, "họp chi bộ", "");

	(void)state;
	a->report->facts->title = "GIẤY MỜI";
	m->signs = SIGN_BULK;
	FILED(desk_file_mail(&desk, m, "INBOX", noon), "other []");
}

static void
the_readable_one_of_two_files_is_the_report(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");
	int64_t		 mail;

	(void)state;
	desk_file(&desk, m, FORMAT_PDF, "ban ky.pdf");
	desk_report(&desk, m, TO1, DESK_SUBJECT, DESK_ALL);
	mail = desk_file_mail(&desk, m, "INBOX", noon);
	FILED(mail, "submission [A1] counted");
	VERDICT("A1", "on-time complete");
}

static void
each_of_two_reports_goes_to_its_own_unit(void **state)
{
	struct message	*m = desk_message(&desk, "truong@p.example", "");

	(void)state;
	desk_report(&desk, m, "CHI BỘ TRƯỜNG MẦM NON HOA LAN", DESK_SUBJECT,
	    DESK_ALL);
	desk_report(&desk, m, "CHI BỘ TRƯỜNG MẦM NON HOA MAI", DESK_SUBJECT,
	    "I II III V");
	FILED(desk_file_mail(&desk, m, "INBOX", noon),
	    "submission [S2 S1] counted");
	VERDICT("S2", "on-time complete");
	VERDICT("S1", "on-time incomplete");
}

static void
the_same_file_counts_once_from_its_first_time(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");
	struct message	*again = desk_message(&desk, "to1@p.example", "");
	int64_t		 late, early;

	(void)state;
	desk_report(&desk, m, TO1, DESK_SUBJECT, DESK_ALL);
	*desk_report(&desk, again, TO1, DESK_SUBJECT, DESK_ALL) =
	    m->attachments[0];
	/* taken in the wrong way round: the later one first */
	late = desk_file_mail(&desk, m, "INBOX", at("2031-04-20 09:00"));
	assert_string_equal(desk_verdict(&desk, "A1",
	    at("2031-04-21 09:00")), "late complete");
	early = desk_file_mail(&desk, again, "INBOX", noon);
	FILED(early, "submission [A1] counted");
	FILED(late, "submission [A1]");
	assert_string_equal(desk_verdict(&desk, "A1",
	    at("2031-04-21 09:00")), "on-time complete");
}

static void
a_secret_report_leaves_no_trace_of_its_text(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "Kín");
	struct filing	*f;
	int64_t		 mail;

	(void)state;
	desk_report(&desk, m, TO1, DESK_SUBJECT, DESK_ALL)->report->facts
	    ->secret = true;
	mail = desk_file_mail(&desk, m, "INBOX", noon);
	FILED(mail, "submission [] clerk ?A1");
	f = filing_find(desk.office->store, mail);
	assert_true(f->is_quarantined);
	assert_string_equal(f->evidence, "");
	free(f);
	VERDICT("A1", "not-due none owes");
}

static void
junk_is_taken_up_only_from_those_we_know_or_with_a_report(void **state)
{
	struct message	*m = desk_message(&desk, "x@web.example",
	    "Báo cáo thuế");

	(void)state;
	desk_file(&desk, m, FORMAT_PDF, "bao cao.pdf");
	FILED(desk_file_mail(&desk, m, "Junk", noon), "other []");
	m = desk_message(&desk, "to1@p.example", "Báo cáo");
	desk_report(&desk, m, TO1, DESK_SUBJECT, DESK_ALL);
	FILED(desk_file_mail(&desk, m, "INBOX.Spam", noon),
	    "submission [A1] counted clerk");
	m = desk_message(&desk, "x@web.example", "Báo cáo");
	desk_report(&desk, m, TO2, DESK_SUBJECT, DESK_ALL);
	FILED(desk_file_mail(&desk, m, "Thư rác", noon),
	    "submission [] clerk ?A2");
}

static void
a_forged_sender_waits(void **state)
{
	struct message	*m = desk_message(&desk, "to1@p.example", "");

	(void)state;
	m->auth_results = "mx.p.example; dmarc=fail";
	desk_report(&desk, m, TO1, DESK_SUBJECT, DESK_ALL);
	FILED(desk_file_mail(&desk, m, "INBOX", noon),
	    "submission [] clerk ?A1");
}

static void
mail_before_the_campaign_is_not_its_own(void **state)
{
	(void)state;
	FILED(desk_report_mail(&desk, "to1@p.example", TO1,
	    at("2031-03-31 23:00")), "question [] clerk ?A1");
}

static void
a_draft_takes_nothing_until_it_opens(void **state)
{
	struct decision	 d = desk_decision(&desk, noon);
	int64_t		 mail;

	(void)state;
	desk_campaign(&desk, "state", "draft", noon);
	mail = desk_report_mail(&desk, "to1@p.example", TO1, noon);
	assert_null(strstr(desk_filed(&desk, mail), "counted"));
	assert_int_equal(decide_open(&d, desk_oc(&desk), false), 0);
	FILED(mail, "submission [A1] counted");
	VERDICT("A1", "on-time complete");
}

static void
only_a_bounce_of_our_own_mail_marks_the_address(void **state)
{
	struct message	*m = desk_message(&desk, "mailer-daemon@x.example",
	    "failure");
	static const char *const ids[] = { "ours@p.example" };
	struct bounce	 b = { "to1@p.example", "5.1.1", "failed", "gone" };
	struct outgoing	 o = { .message_id = ids[0], .kind = MAIL_REMINDER,
		.campaign = "pccc", .step = "first", .to = "to1@p.example",
		.created_utc = noon, .error = "" };
	int64_t		 row;

	(void)state;
	m->signs = SIGN_DSN | SIGN_NULL_SENDER;
	m->bounces = &b;
	m->n_bounces = 1;
	m->bounced_ids = ids;
	m->n_bounced_ids = 1;
	FILED(desk_file_mail(&desk, m, "INBOX", noon), "bounce [] clerk ?A1");
	assert_false(address_is_bounced(desk.office->store,
	    "to1@p.example"));
	assert_int_equal(outgoing_add(desk.office->store, &o, "x", 1, &row),
	    0);
	m->message_id = "too-large@x.example";
	b.status = "5.3.4";
	desk_file_mail(&desk, m, "INBOX", noon);
	assert_false(address_is_bounced(desk.office->store,
	    "to1@p.example"));
	m->message_id = "another@x.example";
	b.status = "5.1.1";
	desk_file_mail(&desk, m, "INBOX", noon);
	assert_true(address_is_bounced(desk.office->store, "to1@p.example"));
	assert_null(unasked_address(desk.office, desk_unit(&desk, "A1")));
}

static void
mark(const char *address, time_t at)
{
	assert_int_equal(address_bounce(desk.office->store,
	    &(struct address_bounced){ .address = address, .unit = "",
	    .status = "5.1.1", .text = "", .time_utc = at }), 0);
}

static void
a_marked_address_that_works_is_cleared(void **state)
{
	struct decision	 d = desk_decision(&desk, noon + 60);
	int		 unit = desk_unit(&desk, "A2");
	int64_t		 mail;

	(void)state;
	/* what came before the mark says nothing; a later report does */
	mark("to1@p.example", noon + 1);
	(void)desk_report_mail(&desk, "to1@p.example", TO1, noon);
	assert_true(address_is_bounced(desk.office->store, "to1@p.example"));
	mark("to2@p.example", noon - 60);
	(void)desk_report_mail(&desk, "to2@p.example", TO2, noon);
	assert_false(address_is_bounced(desk.office->store,
	    "to2@p.example"));
	/* the clerk says whose it is */
	mark("x@web.example", noon);
	mail = desk_report_mail(&desk, "x@web.example", TO2, noon + 30);
	assert_int_equal(decide_assign(&d, mail, NULL, &unit, 1, true), 0);
	assert_false(address_is_bounced(desk.office->store,
	    "x@web.example"));
	/* an address that nobody has any more; others stand */
	mark("old@p.example", noon);
	mark("truong@p.example", noon);
	assert_int_equal(bounced_drop_gone(desk.office, noon), 0);
	assert_false(address_is_bounced(desk.office->store,
	    "old@p.example"));
	assert_true(address_is_bounced(desk.office->store,
	    "truong@p.example"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_report_of_a_known_unit_counts),
		T(a_report_of_another_period_waits),
		T(a_report_about_something_else_waits),
		T(what_is_no_report_bothers_nobody),
		T(the_readable_one_of_two_files_is_the_report),
		T(each_of_two_reports_goes_to_its_own_unit),
		T(the_same_file_counts_once_from_its_first_time),
		T(a_secret_report_leaves_no_trace_of_its_text),
		T(junk_is_taken_up_only_from_those_we_know_or_with_a_report),
		T(a_forged_sender_waits),
		T(mail_before_the_campaign_is_not_its_own),
		T(a_draft_takes_nothing_until_it_opens),
		T(only_a_bounce_of_our_own_mail_marks_the_address),
		T(a_marked_address_that_works_is_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
