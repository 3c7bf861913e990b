/* Values of mail headers: encoded words, names, addresses, dates, ids. */
#include "parsers/mime_header.h"

#include <stdarg.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/encoded_word.h"
#include "parsers/mail_date.h"
#include "parsers/mime_name.h"
#include "parsers/strbuf.h"
#include "parsers/transfer.h"

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

/* Several values and what must become of them. */
struct pair {
	const char	*raw;
	const char	*read;
};

static void
encoded_words_decode_wherever_they_stand(void **state)
{
	static const struct pair pairs[] = {
		{ "plain", "plain" },
		{ "=?utf-8?Q?B=C3=A1o_c=C3=A1o?=", "Báo cáo" },
		{ "=?UTF-8?b?QsOhbw==?= =?utf-8?B?IGPDoW8=?=", "Báo cáo" },
		{ "=?utf-8?B?QsOhbw==?=\r\n =?utf-8?B?IGPDoW8=?=",
		  "Báo cáo" },
		{ "=?utf-8?B?QsM=?= =?utf-8?B?oW8=?=", "Báo" },
		{ "a =?utf-8?Q?=C3=A1?= b", "a á b" },
		{ "=?utf-8*vi?Q?=C3=A1?=", "á" },
		{ "=?windows-1258?Q?Vi=EA=F2t?=", "Việt" },
		{ "=?x-viet-tcvn?Q?Vi=D6t?=", "Việt" },
		{ "=?viscii?Q?Vi=AEt?=", "Việt" },
		{ "=?utf-8?Q?co=3F?=", "co?" },
		{ "=?utf-8?Q?a=?b?=", "a=?b" },
		{ "B\xC3\xA1o raw", "Báo raw" },
		{ "B\xE1o raw", "Báo raw" },
		{ "=?nothing?Q?a?=", "a" },
		{ "=?utf-8?X?a?=", "=?utf-8?X?a?=" },
		{ "=?utf-8?B?QQ", "=?utf-8?B?QQ" },
		{ "=?", "=?" },
	};
	size_t	i;

	for (i = 0; i < COUNT(pairs); i++)
		assert_string_equal(encoded_word_decode(pairs[i].raw,
		    *state), pairs[i].read);
}

static void
mailboxes_are_read_as_people_write_them(void **state)
{
	/* "address [name]", joined by " + " */
	static const struct pair pairs[] = {
		{ "A.B@X.example", "a.b@x.example []" },
		{ "Chi bộ <cb@x.example>", "cb@x.example [Chi bộ]" },
		{ "\"Chi bộ, xóm 5\" <cb@x.example>",
		  "cb@x.example [Chi bộ, xóm 5]" },
		{ "Lê A, Bí thư <a@x.example>", "a@x.example [Lê A, Bí thư]" },
		{ "a@x.example (Chị Hoa)", "a@x.example [Chị Hoa]" },
		{ "a@x.example, <b@y.example>",
		  "a@x.example [] + b@y.example []" },
		{ "nhóm: a@x.example, b@y.example;",
		  "a@x.example [] + b@y.example []" },
		{ "undisclosed-recipients:;", "" },
		{ "<@r1,@r2:u@h.example>", "u@h.example []" },
		{ "=?utf-8?Q?S=E1=BB=91_5?= <a@x.example>",
		  "a@x.example [Số 5]" },
		{ "\"b@evil.example\" <a@x.example>",
		  "a@x.example [b@evil.example]" },
		{ "mailto:a@x.example", "a@x.example []" },
		{ "<a@x.example", "a@x.example []" },
		{ "\"never closed <a@x.example>",
		  " [never closed <a@x.example>]" },
		{ "((((a@x.example", " [(((a@x.example]" },
		{ "just a name", " [just a name]" },
		{ "<>", "" },
		{ "", "" },
		{ ",,,", "" },
		{ "a b@x.example c", "b@x.example []" },
		{ "<a\r\nBcc: b@y.example>", "" },
	};
	struct mailbox	m[4];
	struct strbuf	said = { 0 };
	size_t		i, k, n;

	for (i = 0; i < COUNT(pairs); i++) {
		strbuf_reset(&said);
		n = mime_mailboxes(pairs[i].raw, m, COUNT(m), *state);
		for (k = 0; k < n; k++)
			strbuf_addf(&said, "%s%s [%s]", k == 0 ? "" : " + ",
			    m[k].address, m[k].name);
		assert_string_equal(strbuf_get(&said), pairs[i].read);
	}
	strbuf_clear(&said);
}

static void
dates_are_read_in_any_order_of_words(void **state)
{
	static const char *const same[] = {
		"Tue, 12 May 2026 09:14:03 +0700",
		"12 May 2026 09:14:03 +0700 (ICT)",
		"Tue, 12 May 26 02:14:03 GMT",
		"Tue May 12 02:14:03 2026",
		"Tue, 12-May-2026 09:14:03 ICT",
		"2026-05-12T09:14:03+07:00",
		"2026-05-12T02:14:03Z",
		"May 12, 2026 9:14:03 AM +07:00",
		"  Tue , 12  May\t2026 09:14:03 +0700",
		"Tue, 12 May 2026 02:14:03 -0000",
		"Mon, 11 May 2026 10:14:03 PM EDT",
	};
	static const char *const none[] = { "", "junk", "12 May",
	    "32 May 2026 09:00:00 +0700", "Tue, 12 Foo 2026 09:14:03",
	    "12 May 1066 09:14:03 +0000", ":::::", "+++++" };
	size_t	i;

	(void)state;
	for (i = 0; i < COUNT(same); i++)
		assert_int_equal(mail_date(same[i]), 1778552043);
	for (i = 0; i < COUNT(none); i++)
		assert_int_equal(mail_date(none[i]), 0);
	assert_int_equal(mail_date("29 Feb 2024 00:00:00 +0000"),
	    1709164800);
	assert_int_equal(mail_date("1 Jan 1970 00:00:01 +0000"), 1);
}

static void
ids_are_found_among_folds_and_junk(void **state)
{
	const char	*ids[3];

	assert_int_equal(mime_ids("<a@b>\r\n <c@d> junk e@f <g@h>", ids, 3,
	    *state), 3);
	assert_string_equal(ids[0], "a@b");
	assert_string_equal(ids[1], "c@d");
	assert_string_equal(ids[2], "g@h");
	assert_int_equal(mime_ids("<junk <a@b>", ids, 3, *state), 1);
	assert_string_equal(ids[0], "a@b");
	assert_int_equal(mime_ids("a@b", ids, 3, *state), 0);
	assert_int_equal(mime_ids("<a@b", ids, 3, *state), 0);
	assert_int_equal(mime_ids("<1@x><2@x><3@x><4@x>", ids, 3, *state),
	    3);
}

static void
names_are_shown_without_folders_and_tricks(void **state)
{
	static const struct pair pairs[] = {
		{ "a.docx", "a.docx" },
		{ "C:\\Users\\An\\a.docx", "a.docx" },
		{ "../../etc/passwd", "passwd" },
		{ "a\xE2\x80\xAE" "cod.exe", "acod.exe" },
		{ "a\x01\x1B[31m.docx", "a[31m.docx" },
		{ "  a   b.docx ", "a b.docx" },
		{ "..", "" }, { ".", "" }, { "/", "" }, { "", "" },
		{ "Ba\xCC\x81o.docx", "Báo.docx" },
	};
	size_t	i;

	for (i = 0; i < COUNT(pairs); i++)
		assert_string_equal(mime_name_clean(pairs[i].raw, *state),
		    pairs[i].read);
}

static void
parameters_survive_forgotten_signs(void **state)
{
	assert_string_equal(mime_parameter("text/plain; charset=utf-8",
	    "charset", *state), "utf-8");
	assert_string_equal(mime_parameter("text/plain charset=\"utf-8\"",
	    "charset", *state), "utf-8");
	assert_string_equal(mime_parameter("a/b; X=1; CHARSET = koi8-r ; y",
	    "charset", *state), "koi8-r");
	assert_null(mime_parameter("text/plain; xcharset=utf-8", "charset",
	    *state));
	assert_null(mime_parameter("", "charset", *state));
	assert_string_equal(mime_parameter("x; name=\"a;b=c\\\"d\"; z=1",
	    "name", *state), "a;b=c\"d");
}

static const char *
imported(const char *bytes, const char *label, struct arena *arena)
{
	return charset_import((struct bytes){ (const uint8_t *)bytes,
	    strlen(bytes) }, label, arena);
}

static void
charsets_lose_no_letter_and_see_through_lies(void **state)
{
	assert_string_equal(imported("Ti\xEA\xEC" "ng Vi\xEA\xF2t",
	    "windows-1258", *state), "Tiếng Việt");
	assert_string_equal(imported("Tiếng Việt", "iso-8859-1", *state),
	    "Tiếng Việt");
	assert_string_equal(imported("Tiếng Việt", "us-ascii", *state),
	    "Tiếng Việt");
	assert_string_equal(imported("caf\xE9", "iso-8859-1", *state),
	    "café");
	assert_string_equal(imported("a\xFF", "utf-8", *state),
	    "a\xEF\xBF\xBD");
	assert_string_equal(imported("Việt", "no-such-charset", *state),
	    "Việt");
	assert_string_equal(imported("Vi\xEA\xF2t", "", *state), "Việt");
	assert_string_equal(charset_import((struct bytes){
	    (const uint8_t *)"a\0b", 3 }, "utf-8", *state),
	    "a\xEF\xBF\xBD" "b");
}

static const char *
decoded(const char *text, enum transfer how, struct strbuf *out)
{
	strbuf_reset(out);
	transfer_decode((struct bytes){ (const uint8_t *)text,
	    strlen(text) }, how, out, NULL);
	return strbuf_get(out);
}

static void
transfer_encodings_are_read_with_their_faults(void **state)
{
	struct strbuf	out = { 0 };

	(void)state;
	assert_string_equal(decoded("YWJj\r\nZGVm", TRANSFER_BASE64, &out),
	    "abcdef");
	assert_string_equal(decoded("YWJ\njZGV\nm", TRANSFER_BASE64, &out),
	    "abcdef");
	assert_string_equal(decoded("YWJjZA\n", TRANSFER_BASE64, &out),
	    "abcd");
	assert_string_equal(decoded("YWJjZA==\n-- \nA list footer\n",
	    TRANSFER_BASE64, &out), "abcd");
	assert_string_equal(decoded("YWI=\nY2Q=\n", TRANSFER_BASE64, &out),
	    "abcd");
	assert_string_equal(decoded("YWJj\nno virus was found\nZGVm\n",
	    TRANSFER_BASE64, &out), "abcdef");
	assert_string_equal(decoded("a=C3=A1=\r\nb =  \r\nc=3", TRANSFER_QUOTED,
	    &out), "aáb c=3");
	assert_string_equal(decoded("begin 644 x\n#86)C\n`\nend\nmore",
	    TRANSFER_UU, &out), "abc");
	assert_int_equal(transfer_of(" Base64"), TRANSFER_BASE64);
	assert_int_equal(transfer_of("quoted-printable; x"),
	    TRANSFER_QUOTED);
	assert_int_equal(transfer_of("8bit"), TRANSFER_NONE);
	strbuf_clear(&out);
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		UNIT(encoded_words_decode_wherever_they_stand),
		UNIT(mailboxes_are_read_as_people_write_them),
		UNIT(dates_are_read_in_any_order_of_words),
		UNIT(ids_are_found_among_folds_and_junk),
		UNIT(names_are_shown_without_folders_and_tricks),
		UNIT(parameters_survive_forgotten_signs),
		UNIT(charsets_lose_no_letter_and_see_through_lies),
		UNIT(transfer_encodings_are_read_with_their_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
