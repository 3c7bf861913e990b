/* The text of a mail's body: who signs, what is quoted, what was typed. */
#include "parsers/mail_text.h"

#include <stdarg.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"

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

static void
cleaning_keeps_lines_and_drops_what_is_not_seen(void **state)
{
	assert_string_equal(mail_text_clean("a \r\nb\tc\x01\x1B[1m\n\n",
	    *state), "a\nb c[1m");
	assert_string_equal(mail_text_clean("Ba\xCC\x81o\xC2\xA0"
	    "c\xE2\x80\xAE\xE2\x80\x8B", *state), "Báo c");
	assert_string_equal(mail_text_clean("a\rb\xE2\x80\xA8" "c", *state),
	    "a\nb\nc");
	assert_string_equal(mail_text_clean("", *state), "");
}

static void
cleaning_stops_at_the_limit(void **state)
{
	struct strbuf	 long_text = { 0 };
	size_t		 i;

	for (i = 0; i < LIMIT_BODY_BYTES; i++)
		strbuf_adds(&long_text, "đ");
	assert_true(strlen(mail_text_clean(long_text.s, *state)) <=
	    LIMIT_BODY_BYTES + 4);
	strbuf_clear(&long_text);
}

static void
the_signature_stands_above_what_is_quoted(void **state)
{
	assert_string_equal(mail_text_signature("Kính gửi\n\nTrân trọng\n"
	    "Lê Văn A\nBí thư xóm Đông\n\nVào T3, 12 thg 5, 2026 "
	    "vp@xa.example đã viết:\n> Đề nghị gửi\n> báo cáo", *state),
	    "Kính gửi\n\nTrân trọng\nLê Văn A\nBí thư xóm Đông");
	assert_string_equal(mail_text_signature("Gửi báo cáo\n--\n"
	    "Xóm Đông\n-----Original Message-----\nFrom: x", *state),
	    "Xóm Đông");
	/* the mark, and then only what others wrote */
	assert_string_equal(mail_text_signature("--\n> trích", *state), "");
	assert_string_equal(mail_text_signature("Gửi\n--\n> trích", *state),
	    "");
	assert_string_equal(mail_text_signature("", *state), "");
	assert_string_equal(mail_text_signature("> chỉ có trích", *state),
	    "");
}

static void
a_long_body_gives_only_its_last_lines(void **state)
{
	struct strbuf	 body = { 0 };
	const char	*signature;
	int		 i;

	for (i = 1; i <= 30; i++)
		strbuf_addf(&body, "dòng %d\n", i);
	signature = mail_text_signature(body.s, *state);
	assert_null(strstr(signature, "dòng 22\n"));
	assert_non_null(strstr(signature, "dòng 23\n"));
	assert_non_null(strstr(signature, "dòng 30"));
	strbuf_clear(&body);
}

static void
a_document_has_a_paragraph_a_line(void **state)
{
	struct document	*d;

	d = mail_text_document("BÁO CÁO\n\nI. Đặc điểm\n> trích\n"
	    "Xóm có 120 hộ.\n", *state);
	assert_int_equal(d->n, 3);
	assert_string_equal(d->paragraphs[0].text, "BÁO CÁO");
	assert_int_equal(d->paragraphs[0].caps, 100);
	assert_string_equal(d->paragraphs[2].text, "Xóm có 120 hộ.");
	assert_string_equal(d->paragraphs[2].number, "");
}

static void
lines_that_a_mailer_cut_are_joined(void **state)
{
	struct document	*d;

	d = mail_text_document("Trong sáu tháng đầu năm xóm đã tổ chức bốn "
	    "cuộc họp dân cùng với\ntổng số người dự đông đủ.\n"
	    "Trong sáu tháng đầu năm xóm đã tổ chức bốn cuộc họp dân, với\n"
	    "II. Kết quả\nngắn\nrồi thôi\n", *state);
	assert_int_equal(d->n, 5);
	assert_non_null(strstr(d->paragraphs[0].text, "với tổng số"));
	assert_string_equal(d->paragraphs[2].text, "II. Kết quả");
	assert_string_equal(d->paragraphs[3].text, "ngắn");
}

static void
soft_breaks_of_flowed_text_are_undone(void **state)
{
	struct strbuf	out = { 0 };

	(void)state;
	mail_text_unflow("một \r\nhai\r\n ba\r\n-- \r\nký\r\n", &out);
	assert_string_equal(out.s, "một hai\nba\n-- \nký\n");
	strbuf_clear(&out);
}

static void
links_to_shared_files_come_first_and_once(void **state)
{
	struct link_list	l = { .arena = *state };

	mail_text_links("Xem http://xom.example/a. Tệp: "
	    "https://drive.google.com/file/d/1, (https://ZALO.me/x) "
	    "http://xom.example/a HTTPS://notdropbox.com/x http:// https",
	    &l);
	assert_int_equal(l.n, 4);
	assert_int_equal(l.n_files, 2);
	assert_string_equal(l.url[0], "https://drive.google.com/file/d/1");
	assert_string_equal(l.url[1], "https://ZALO.me/x");
	assert_string_equal(l.url[2], "http://xom.example/a");
	assert_string_equal(l.url[3], "HTTPS://notdropbox.com/x");
}

static void
a_forward_needs_its_mark(void **state)
{
	static const char	header[] = "Xem giúp.\n\nFrom: Hoa "
	    "<hoa@t.example>\nSent: Tuesday, May 12, 2026 8:00 AM\n"
	    "To: Xã\nSubject: BC quý\n\nNội dung";
	struct forward		f;

	assert_false(mail_text_forward("Re: BC", header, *state, &f));
	assert_true(mail_text_forward("FW: BC", header, *state, &f));
	assert_string_equal(f.from_address, "hoa@t.example");
	assert_string_equal(f.from_name, "Hoa");
	assert_string_equal(f.subject, "BC quý");
	assert_int_equal(f.date_utc, 1778572800);
	assert_true(mail_text_forward("Chuyển tiếp: BC", header, *state,
	    &f));
	assert_false(mail_text_forward("FW: BC", "From: x\n\nText", *state,
	    &f));
}

/* The sender need not stand first, nor the address alone. */
static void
forwards_of_all_programs_name_who_wrote(void **state)
{
	static const char *const headers[] = {
		/* Outlook on a desk, and on a telephone */
		"From: Hoa [mailto:hoa@t.example]\nSent: 12/05/2026 08:00\n"
		"To: Xã\nSubject: BC quý\n\nNội dung",
		"________________________________\n"
		"Từ: Hoa <hoa@t.example<mailto:hoa@t.example>>\n"
		"Đã gửi: 12/05/2026 08:00\nTới: Xã\nChủ đề: BC quý\n\n",
		"From: Hoa <mailto:hoa@t.example>\nSent: 12/05/2026 08:00\n"
		"To: Xã\nSubject: BC quý\n\nNội dung",
		/* Thunderbird, Roundcube */
		"-------- Forwarded Message --------\nSubject: BC quý\n"
		"Date: Tue, 12 May 2026 08:00:00 +0700\n"
		"From: Hoa <hoa@t.example>\nTo: Xã\n\nNội dung",
		/* what the sender says himself is no part of it */
		"Ngày: mai\nĐến: 17 giờ\nGửi: xã\n\nXem:\n"
		"Từ: Hoa <hoa@t.example>\nNgày: 12/05/2026\nTới: Xã\n"
		"Chủ đề: BC quý\n" };
	struct forward	f;
	size_t		i;

	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		assert_true(mail_text_forward("Fwd: BC", headers[i], *state,
		    &f));
		assert_string_equal(f.from_address, "hoa@t.example");
		assert_string_equal(f.from_name, "Hoa");
		assert_string_equal(f.subject, "BC quý");
	}
	assert_false(mail_text_forward("Fwd: BC", "Ngày: mai\n"
	    "Đến: 17 giờ\nGửi: xã\n\nHết", *state, &f));
}

/* Below a question such a line is no file. */
static void
what_mail_programs_write_of_themselves_is_no_link(void **state)
{
	struct link_list	l = { .arena = *state };

	mail_text_links("Tải Outlook cho iOS<https://aka.ms/o0ukef> "
	    "https://mail.onelink.me/107872968?pid=x "
	    "https://go.microsoft.com/fwlink/?LinkId=550986 "
	    "https://xa.example/bao-cao?ref=aka.ms", &l);
	assert_int_equal(l.n, 1);
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		UNIT(cleaning_keeps_lines_and_drops_what_is_not_seen),
		UNIT(cleaning_stops_at_the_limit),
		UNIT(the_signature_stands_above_what_is_quoted),
		UNIT(a_long_body_gives_only_its_last_lines),
		UNIT(a_document_has_a_paragraph_a_line),
		UNIT(lines_that_a_mailer_cut_are_joined),
		UNIT(soft_breaks_of_flowed_text_are_undone),
		UNIT(links_to_shared_files_come_first_and_once),
		UNIT(a_forward_needs_its_mark),
		UNIT(forwards_of_all_programs_name_who_wrote),
		UNIT(what_mail_programs_write_of_themselves_is_no_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
