/* tiepnhan.conf: every key, and every mistake with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/config.h"
#include "daemon/problems.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define OFFICE "[office]\nname = Đảng ủy phường A\n" \
	"clerk = VanThu@a.example\n"
#define OUT "[outgoing]\nurl = smtps://mail.a.example\n" \
	"from = Ban B <BaoCao@a.example>\n"
#define IN "[mailbox]\nurl = imaps://mail.a.example\nuser = u\n"

static struct problems problems;

static int
teardown(void **state)
{
	(void)state;
	problems_clear(&problems);
	return 0;
}

static struct config *
parse(const char *text)
{
	problems_clear(&problems);
	return config_parse(text, "/etc/tiepnhan/tiepnhan.conf", &problems);
}

/* The only problem of the text, without the file's name. */
static const char *
problem(const char *text)
{
	struct config	*c = parse(text);

	assert_null(c);
	assert_int_equal(problems.n, 1);
	return problems.lines[0] + strlen("/etc/tiepnhan/tiepnhan.conf");
}

static void
a_short_file_gets_the_usual_settings(void **state)
{
	struct config	*c = parse(OFFICE IN OUT);

	(void)state;
	assert_non_null(c);
	assert_string_equal(c->office_name, "Đảng ủy phường A");
	assert_string_equal(c->receiver, "Đảng ủy phường A");
	assert_string_equal(c->clerk, "vanthu@a.example");
	assert_int_equal(c->mailbox.kind, ENDPOINT_IMAPS);
	assert_int_equal(c->mailbox.port, 993);
	assert_string_equal(c->mailbox.host, "mail.a.example");
	assert_int_equal(c->n_folders, 1);
	assert_string_equal(c->folders[0], "INBOX");
	assert_int_equal(c->poll_s, 120);
	assert_int_equal(c->keep_days, 90);
	assert_int_equal(c->after, AFTER_NOTHING);
	assert_true(c->since == DAY_NONE);
	assert_int_equal(c->outgoing.port, 465);
	assert_string_equal(c->from_name, "Ban B");
	assert_string_equal(c->from_address, "baocao@a.example");
	assert_string_equal(c->units, "/etc/tiepnhan/units.csv");
	assert_string_equal(c->publish, "");
	assert_string_equal(c->authserv_id, "");
	config_free(c);
}

static void
every_key_is_read(void **state)
{
	static const char text[] = "# comment\n; another\n" OFFICE
	    "receiver = Ban Xây dựng Đảng\ncontact_name = đồng chí A\n"
	    "contact_phone = 0225 000 100; máy lẻ 1\n"
	    "[mailbox]\nurl = imap://127.0.0.1:1143\nuser = box\n"
	    "password_file = secrets/box\nfolders = INBOX, Junk , Thư rác\n"
	    "since = 01/5/2026\npoll = 2m\nafter = move:Đã nhận\n"
	    "keep = 30\nca_file = /etc/ssl/ca.pem\n"
	    "[outgoing]\nurl = smtp://[::1]:2525\nuser = box\n"
	    "token_command = /bin/token --key=secret\n"
	    "from = \"Ban B\" <box@a.example>\n"
	    "[paths]\nstate = state/\nunits = u.csv\nholidays = h\n"
	    "templates = /t\npublish = ../share\n"
	    "[trust]\nauthserv_id = mx.a.example\n";
	struct config	*c = parse(text);

	(void)state;
	assert_int_equal(problems.n, 0);
	assert_string_equal(c->contact_phone, "0225 000 100; máy lẻ 1");
	assert_int_equal(c->mailbox.kind, ENDPOINT_IMAP);
	assert_true(c->mailbox.is_loopback);
	assert_string_equal(c->mailbox.password_file,
	    "/etc/tiepnhan/secrets/box");
	assert_int_equal(c->n_folders, 3);
	assert_string_equal(c->folders[2], "Thư rác");
	assert_true(c->since == day_from_civil(2026, 5, 1));
	assert_int_equal(c->after, AFTER_MOVE);
	assert_string_equal(c->after_name, "Đã nhận");
	assert_int_equal(c->keep_days, 30);
	assert_string_equal(c->outgoing.host, "::1");
	assert_string_equal(c->outgoing.url, "smtp://[::1]:2525");
	assert_true(c->outgoing.is_loopback);
	assert_string_equal(c->from_name, "Ban B");
	assert_string_equal(c->state, "/etc/tiepnhan/state");
	assert_string_equal(c->publish, "/etc/tiepnhan/../share");
	assert_string_equal(c->templates, "/t");
	assert_string_equal(c->authserv_id, "mx.a.example");
	config_free(c);
}

static void
five_mistakes_are_told_at_once_with_their_lines(void **state)
{
	static const char text[] = OFFICE		/* 1-3 */
	    "recever = Ban\n"				/* 4 */
	    "[mailbox]\n"
	    "url = imap://mail.a.example\n"		/* 6 */
	    "user = u\n"
	    "poll = soon\n"				/* 8 */
	    "user = v\n"				/* 9 */
	    OUT						/* 10-12 */
	    "[patsh]\n"					/* 13 */
	    "state = x\n";
	static const char *const parts[] = { ":4: ", "\"receiver\"",
	    ":9: ", "line 7", ":13: ", "[paths]", ":6: ", "imaps://",
	    ":8: ", "120s" };
	struct config	*c = parse(text);
	size_t		 i;

	(void)state;
	assert_null(c);
	assert_int_equal(problems.n, 5);
	for (i = 0; i < 10; i++)
		assert_non_null(strstr(problems.lines[i / 2], parts[i]));
}

static void
converting_is_asked_for_by_yes(void **state)
{
	struct config	*c = parse(OFFICE IN OUT);
	struct strbuf	 out = { 0 };

	(void)state;
	assert_non_null(c);
	assert_false(c->convert);
	config_free(c);
	c = parse(OFFICE IN OUT "[reading]\nconvert = yes\n");
	assert_non_null(c);
	assert_true(c->convert);
	config_print(c, &out);
	assert_non_null(strstr(strbuf_get(&out), "convert = yes\n"));
	strbuf_clear(&out);
	config_free(c);
	assert_non_null(strstr(problem(OFFICE IN OUT
	    "[reading]\nconvert = on\n"), "neither yes nor no"));
}

static void
what_must_be_given_is_asked_for(void **state)
{
	(void)state;
	assert_null(parse("[office]\nname =\n"));
	assert_int_equal(problems.n, 5);
	assert_non_null(strstr(problems.lines[0], ":2: name"));
	assert_non_null(strstr(problems.lines[1], "clerk in [office]"));
}

static void
a_mailbox_url_must_be_safe(void **state)
{
	static const char *const wrong[][2] = {
		{ "imap://mail.a.example", "in the clear" },
		{ "imap://127.evil.example", "in the clear" },
		{ "http://a.example", "imaps://" },
		{ "smtps://a.example", "imaps://" },
		{ "imaps://u@a.example", "user" },
		{ "imaps://a.example/INBOX", "end the URL" },
		{ "imaps://a.example:0", "port" },
		{ "imaps://a.example:99999", "port" },
		{ "imaps://", "host" },
		{ "imaps://[::1", "]" },
		{ "maildir:", "folder" },
	};
	char	text[512];
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(text, sizeof(text), OFFICE "[mailbox]\nurl = %s\n"
		    "user = u\n" OUT, wrong[i][0]);
		assert_non_null(strstr(problem(text), wrong[i][1]));
	}
}

static void
mail_goes_out_encrypted_or_not_at_all(void **state)
{
	struct config	*c;

	(void)state;
	assert_non_null(strstr(problem(OFFICE IN "[outgoing]\n"
	    "url = imaps://a.example\nfrom = a@a.example\n"), "smtps://"));
	/* off loopback smtp:// means STARTTLS, which is for the worker */
	c = parse(OFFICE IN "[outgoing]\nurl = smtp://a.example\n"
	    "from = a@a.example\n");
	assert_int_equal(c->outgoing.kind, ENDPOINT_SMTP);
	assert_int_equal(c->outgoing.port, 587);
	assert_false(c->outgoing.is_loopback);
	config_free(c);
}

static void
a_maildir_needs_no_user_and_is_made_absolute(void **state)
{
	struct config	*c;

	(void)state;
	c = parse(OFFICE "[mailbox]\nurl = maildir:Maildir\n" OUT);
	assert_non_null(c);
	assert_int_equal(c->mailbox.kind, ENDPOINT_MAILDIR);
	assert_string_equal(c->mailbox.path, "/etc/tiepnhan/Maildir");
	assert_string_equal(c->mailbox.url, "maildir:/etc/tiepnhan/Maildir");
	config_free(c);
	assert_non_null(strstr(problem(OFFICE
	    "[mailbox]\nurl = imaps://a.example\n" OUT), "user"));
}

static void
one_way_to_a_secret_only(void **state)
{
	(void)state;
	assert_non_null(strstr(problem(OFFICE IN "password_file = a\n"
	    "token_command = b\n" OUT), "keep one"));
}

static void
addresses_are_plain_and_ascii(void **state)
{
	static const char *const wrong[] = { "a", "a@", "@b", "a b@c.d",
	    "a@b c", "a@b..c", ".a@b.c", "a@b.c.", "a@b, c@d", "<a@b",
	    "\"a\"@b.c", "ă@b.c", "a@b\n.c", "a..b@c" };
	const char	*name, *address;
	struct arena	*arena = arena_new(0);
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(config_address(wrong[i], arena, &name,
		    &address), -1);
	assert_int_equal(config_address("Ban  B <A.b+c@D.example> ", arena,
	    &name, &address), 0);
	assert_string_equal(name, "Ban B");
	assert_string_equal(address, "a.b+c@d.example");
	arena_free(arena);
}

static void
broken_lines_are_told_and_the_rest_is_read(void **state)
{
	char	*text = NULL;
	size_t	 len;

	(void)state;
	assert_non_null(strstr(problem(OFFICE "nonsense\n" IN OUT), ":4: "));
	assert_non_null(strstr(problem(OFFICE "a: b\n" IN OUT), ":4: "));
	assert_non_null(strstr(problem(OFFICE IN OUT "[trust\n"), "[NAME]"));
	assert_non_null(strstr(problem("x = 1\n" OFFICE IN OUT), ":1: "));
	/* a key in the wrong section */
	assert_non_null(strstr(problem(OFFICE IN OUT "poll = 1m\n"),
	    "[mailbox]"));
	/* a very long line is refused, not cut */
	len = 70000;
	text = calloc(1, len + 1000);
	assert_non_null(text);
	strcpy(text, OFFICE "receiver = ");
	memset(text + strlen(text), 'x', len);
	strcat(text, "\n" IN OUT);
	assert_non_null(strstr(problem(text), "longer"));
	free(text);
}

static void
a_long_value_is_not_cut(void **state)
{
	char		 text[2000] = OFFICE "receiver = ";
	size_t		 start = strlen(text);
	struct config	*c;

	(void)state;
	memset(text + start, 'x', 1000);
	strcat(text, "\n" IN OUT);
	c = parse(text);
	assert_int_equal(strlen(c->receiver), 1000);
	config_free(c);
}

static void
effective_settings_are_printed_without_secrets(void **state)
{
	struct strbuf	 out = {0};
	struct config	*c, *again;

	(void)state;
	c = parse(OFFICE IN "password_command = pass show hunter2\n" OUT);
	config_print(c, &out);
	assert_null(strstr(out.s, "hunter2"));
	assert_non_null(strstr(out.s, "password_command = ***\n"));
	assert_non_null(strstr(out.s, "poll = 120s\n"));
	/* what is printed can be read again */
	again = parse(out.s);
	assert_non_null(again);
	config_free(again);
	config_free(c);
	strbuf_clear(&out);
}

static void
a_missing_file_is_told(void **state)
{
	(void)state;
	problems_clear(&problems);
	assert_null(config_load("/nonexistent/tiepnhan.conf", &problems));
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.lines[0], "cannot be read"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_file_gets_the_usual_settings),
		cmocka_unit_test(every_key_is_read),
		cmocka_unit_test(
		    five_mistakes_are_told_at_once_with_their_lines),
		cmocka_unit_test(converting_is_asked_for_by_yes),
		cmocka_unit_test(what_must_be_given_is_asked_for),
		cmocka_unit_test(a_mailbox_url_must_be_safe),
		cmocka_unit_test(mail_goes_out_encrypted_or_not_at_all),
		cmocka_unit_test(a_maildir_needs_no_user_and_is_made_absolute),
		cmocka_unit_test(one_way_to_a_secret_only),
		cmocka_unit_test(addresses_are_plain_and_ascii),
		cmocka_unit_test(broken_lines_are_told_and_the_rest_is_read),
		cmocka_unit_test(a_long_value_is_not_cut),
		cmocka_unit_test(
		    effective_settings_are_printed_without_secrets),
		cmocka_unit_test(a_missing_file_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
