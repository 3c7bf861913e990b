/* Signs of automatic mail, and delivery reports in plain words. */
#include "parsers/automail.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/bounce.h"
#include "parsers/message.h"
#include "parsers/mime_header.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int
set_up(void **state)
{
	*state = arena_new(0);
	return 0;
}

static int
tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static unsigned
signs_of(const char *header, const char *value, struct arena *arena)
{
	struct mail_header	h = { header, value };
	struct mail_headers	list = { &h, 1 };

	return automail_signs(&list, "", "a@b.example", arena);
}

static void
each_header_gives_its_sign(void **state)
{
	static const struct {
		const char	*header;
		const char	*value;
		unsigned	 signs;
	} rows[] = {
		{ "Auto-Submitted", "auto-generated", SIGN_AUTO_SUBMITTED },
		{ "auto-submitted", " auto-replied (vacation)",
		  SIGN_AUTO_SUBMITTED | SIGN_AUTO_REPLIED },
		{ "Auto-Submitted", "no", 0 },
		{ "Precedence", "bulk", SIGN_BULK },
		{ "Precedence", "first-class", 0 },
		{ "X-Precedence", "auto_reply", SIGN_AUTO_REPLIED },
		{ "List-Id", "<ds.xa.example>", SIGN_LIST },
		{ "X-Auto-Response-Suppress", "OOF, DR", SIGN_SUPPRESS },
		{ "X-Auto-Response-Suppress", "None", 0 },
		{ "X-Autoreply", "yes", SIGN_AUTO_REPLIED },
		{ "X-Loop", "x", SIGN_LOOP },
		{ "Return-Path", "<>", SIGN_NULL_SENDER },
		{ "Return-Path", "", SIGN_NULL_SENDER },
		{ "Return-Path", "<a@b.example>", 0 },
		{ "Content-Type", "multipart/report; "
		  "report-type=delivery-status; boundary=x",
		  SIGN_AUTO_SUBMITTED | SIGN_DSN },
		{ "Content-Type", "multipart/report; boundary=x; "
		  "report-type=\"disposition-notification\"",
		  SIGN_AUTO_SUBMITTED | SIGN_MDN },
		{ "X-Failed-Recipients", "c@d.example", SIGN_DSN },
		{ "X-Priority", "1", 0 },
	};
	size_t	i;

	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(signs_of(rows[i].header, rows[i].value,
		    *state), rows[i].signs);
}

static bool
is_daemon(const char *address, struct arena *arena)
{
	struct mail_headers	none = { 0 };

	return automail_signs(&none, "", address, arena) ==
	    SIGN_DAEMON_SENDER;
}

static void
programs_are_known_by_the_local_part(void **state)
{
	static const char *const programs[] = { "mailer-daemon@x.example",
	    "postmaster@x.example", "noreply@x.example",
	    "no-reply-123@x.example", "thongbao-noreply@x.example",
	    "list-bounces@x.example", "list-request@x.example",
	    "owner-list@x.example", "root@x.example" };
	static const char *const people[] = { "bithu@x.example",
	    "vanthu.ubnd@x.example", "rooter@x.example",
	    "my-request-form@x.example", "postmasters@x.example" };
	size_t	i;

	for (i = 0; i < COUNT(programs); i++)
		assert_true(is_daemon(programs[i], *state));
	for (i = 0; i < COUNT(people); i++)
		assert_false(is_daemon(people[i], *state));
}

static unsigned
signs_of_subject(const char *subject, struct arena *arena)
{
	struct mail_headers	none = { 0 };

	return automail_signs(&none, subject, "a@b.example", arena);
}

static void
absence_shows_in_the_subject_in_many_languages(void **state)
{
	static const char *const absent[] = { "Automatic reply: BC",
	    "Out of Office: Re: BC", "Auto: BC", "Trả lời tự động: BC",
	    "TRẢ LỜI TỰ ĐỘNG", "Thư trả lời tự động", "Vắng mặt: BC",
	    "Nghỉ phép đến 15/5", "Tu dong tra loi: BC" };
	static const char *const present[] = { "Báo cáo quý II", "Autobus",
	    "Re: Nghỉ phép", "Xin nghỉ phép", "Auto parts" };
	size_t	i;

	for (i = 0; i < COUNT(absent); i++)
		assert_int_equal(signs_of_subject(absent[i], *state),
		    SIGN_VACATION_SUBJECT);
	for (i = 0; i < COUNT(present); i++)
		assert_int_equal(signs_of_subject(present[i], *state), 0);
}

static void
a_bounce_needs_a_program_and_its_words(void **state)
{
	assert_true(automail_is_bounce(SIGN_DSN, "", "", *state));
	assert_true(automail_is_bounce(SIGN_NULL_SENDER, "failure notice",
	    "", *state));
	assert_true(automail_is_bounce(SIGN_DAEMON_SENDER, "Re: x",
	    "550 no such user here", *state));
	assert_true(automail_is_bounce(SIGN_NULL_SENDER, "x",
	    "Hộp thư đầy", *state));
	assert_false(automail_is_bounce(0, "Hộp thư đầy",
	    "mailbox full, user unknown", *state));
	assert_false(automail_is_bounce(SIGN_NULL_SENDER |
	    SIGN_VACATION_SUBJECT, "Out of office", "user unknown", *state));
	assert_false(automail_is_bounce(SIGN_DAEMON_SENDER, "Báo cáo",
	    "Gửi báo cáo", *state));
}

static void
delays_are_told_from_failures(void **state)
{
	assert_true(automail_is_delay("Delivery delayed", "", *state));
	assert_true(automail_is_delay("x", "it has not yet been delivered "
	    "and will be retried", *state));
	assert_false(automail_is_delay("failure notice",
	    "permanent error", *state));
}

static void
status_blocks_come_in_any_order_and_spacing(void **state)
{
	struct bounce_list	list = { .arena = *state };

	bounce_read_status(&list, "Reporting-MTA: dns; mx\n\n"
	    "Action : failed\nStatus: 5.1.1 (bad)\n"
	    "Final-Recipient: rfc822; A@X.example\n"
	    "Diagnostic-Code: smtp; 550\n no such user\n"
	    "Final-Recipient: rfc822;b@x.example\nAction: Delayed\n"
	    "Status: 4.4.1\n\n"
	    "Original-Recipient: rfc822;c@x.example\nAction: failed\n");
	assert_int_equal(list.n, 3);
	assert_string_equal(list.b[0].address, "a@x.example");
	assert_string_equal(list.b[0].status, "5.1.1");
	assert_string_equal(list.b[0].action, "failed");
	assert_string_equal(list.b[0].diagnostic, "smtp; 550 no such user");
	assert_string_equal(list.b[1].address, "b@x.example");
	assert_string_equal(list.b[1].action, "delayed");
	assert_string_equal(list.b[2].address, "c@x.example");
}

static void
ids_of_the_returned_mail_are_collected_once(void **state)
{
	struct bounce_list	list = { .arena = *state };

	bounce_read_ids(&list, "text\n> Message-ID: <a@x>\n"
	    "message-id:\n <b@x>\nMessage-Id: <a@x>\n"
	    "My Message-ID: <no@x>\n");
	assert_int_equal(list.n_ids, 2);
	assert_string_equal(list.ids[0], "a@x");
	assert_string_equal(list.ids[1], "b@x");
}

static void
words_name_the_failed_but_not_the_sender(void **state)
{
	struct bounce_list	list = { .arena = *state };

	bounce_read_words(&list, "MAIL FROM: vp@xa.example\n"
	    "To vp@xa.example\nThe address x.y@z.example failed: #5.2.2\n"
	    "host 192.0.2.1 at 1.2.3.4\n\n"
	    "----- Original message -----\nTo: other@z.example\n"
	    "Message-ID: <m@xa.example>\n", "vp@xa.example", false);
	assert_int_equal(list.n, 1);
	assert_string_equal(list.b[0].address, "x.y@z.example");
	assert_string_equal(list.b[0].status, "5.2.2");
	assert_string_equal(list.b[0].action, "failed");
	assert_int_equal(list.n_ids, 1);
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		UNIT(each_header_gives_its_sign),
		UNIT(programs_are_known_by_the_local_part),
		UNIT(absence_shows_in_the_subject_in_many_languages),
		UNIT(a_bounce_needs_a_program_and_its_words),
		UNIT(delays_are_told_from_failures),
		UNIT(status_blocks_come_in_any_order_and_spacing),
		UNIT(ids_of_the_returned_mail_are_collected_once),
		UNIT(words_name_the_failed_but_not_the_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
