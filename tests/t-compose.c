/* Composing our mails. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/compose.h"
#include "parsers/strbuf.h"

static struct compose
plain_mail(void)
{
	return (struct compose){.from_name = "Office", .from = "o@x.example",
	    .to = "u@y.example", .reply_to = "", .subject = "Hello",
	    .body = "a\nb\n", .message_id = "1@x.example",
	    .in_reply_to = "", .date = 1778634843};
}

static void
lines_end_in_crlf_and_stay_short(void **state)
{
	struct compose			 m = plain_mail();
	struct compose_attachment	 a = {
		"Bảng theo dõi tình hình nộp báo cáo của các đơn vị.xlsx",
		"application/octet-stream", {(const uint8_t *)"x", 1}};
	struct strbuf			 out = {0};
	const char			*why, *p, *end;

	(void)state;
	m.from_name = "Ban Xây dựng Đảng phường Thủy Nguyên, Hải Phòng";
	m.subject = "[Nhắc] Gửi báo cáo thực hiện dân chủ ở cơ sở 6 tháng "
	    "đầu năm 2026, phương hướng 6 tháng cuối năm trước ngày 14/5";
	m.attachments = &a;
	m.n_attachments = 1;
	assert_int_equal(compose_mail(&m, &out, &why), 0);
	for (p = out.s; *p != '\0'; p = end + 2) {
		end = strstr(p, "\r\n");
		assert_non_null(end);
		assert_in_range(end - p, 0, 78);
		assert_null(memchr(p, '\n', (size_t)(end - p)));
	}
	strbuf_clear(&out);
}

static void
nothing_given_can_add_a_header(void **state)
{
	static const char *const bad[] = {"a\r\nBcc: x@y.example",
	    "a\nb", "a\x01", "a\x7f"};
	struct compose	 m;
	struct strbuf	 out = {0};
	const char	*why;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		m = plain_mail();
		m.subject = bad[i];
		assert_int_equal(compose_mail(&m, &out, &why), -1);
		assert_string_equal(why, "subject");
		m = plain_mail();
		m.from_name = bad[i];
		assert_int_equal(compose_mail(&m, &out, &why), -1);
		m = plain_mail();
		m.to = bad[i];
		assert_int_equal(compose_mail(&m, &out, &why), -1);
	}
	assert_int_equal(out.len, 0);
	strbuf_clear(&out);
}

static void
only_addresses_without_tricks_are_valid(void **state)
{
	(void)state;
	assert_true(address_is_valid("VanThu.UBND@thuynguyen.example"));
	assert_false(address_is_valid("a@b@c"));
	assert_false(address_is_valid("a b@c.example"));
	assert_false(address_is_valid("<a@c.example>"));
	assert_false(address_is_valid("a@c.example\r\nRCPT TO:<b@c>"));
	assert_false(address_is_valid("@c.example"));
	assert_false(address_is_valid("a@"));
	assert_false(address_is_valid("-oX@c.example"));
	assert_false(address_is_valid("\xc4\x91@c.example"));
}

static void
date_is_local_with_its_offset(void **state)
{
	struct compose	 m = plain_mail();
	struct strbuf	 out = {0};
	const char	*why;

	(void)state;
	assert_int_equal(compose_mail(&m, &out, &why), 0);
	assert_non_null(strstr(out.s,
	    "Date: Wed, 13 May 2026 08:14:03 +0700\r\n"));
	assert_non_null(strstr(out.s, "Auto-Submitted: auto-generated\r\n"));
	strbuf_clear(&out);
}

static void
a_receipt_names_the_mail_it_answers(void **state)
{
	static const char *const refs[] = {"a@x.example", "b c", "d@x"};
	struct compose	 m = plain_mail();
	struct strbuf	 out = {0};
	const char	*why;

	(void)state;
	m.is_reply = true;
	m.in_reply_to = "a@x.example";
	m.references = refs;
	m.n_references = 3;
	assert_int_equal(compose_mail(&m, &out, &why), 0);
	assert_non_null(strstr(out.s, "In-Reply-To: <a@x.example>\r\n"));
	assert_non_null(strstr(out.s,
	    "References: <a@x.example>\r\n <d@x>\r\n"));
	assert_null(strstr(out.s, "b c"));
	assert_non_null(strstr(out.s, "Auto-Submitted: auto-replied\r\n"));
	strbuf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_in_crlf_and_stay_short),
		cmocka_unit_test(nothing_given_can_add_a_header),
		cmocka_unit_test(only_addresses_without_tricks_are_valid),
		cmocka_unit_test(date_is_local_with_its_offset),
		cmocka_unit_test(a_receipt_names_the_mail_it_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
