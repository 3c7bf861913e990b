/* Mail texts: a closed list of variables, values inserted once. */
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "daemon/problems.h"
#include "daemon/template.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static char		 installed[4096];
static char		 folder[] = "/tmp/t-template-XXXXXX";
static struct arena	*arena;
static struct problems	 problems;
static struct values	*values;
static struct strbuf	 subject, body;

static int
setup(void **state)
{
	(void)state;
	snprintf(installed, sizeof(installed), "%s/docs/examples/templates",
	    getenv("SRC") != NULL ? getenv("SRC") : ".");
	arena = arena_new(0);
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return rmdir(folder);
}

static int
each_setup(void **state)
{
	(void)state;
	values = values_new();
	return 0;
}

static int
each_teardown(void **state)
{
	int	i;

	(void)state;
	values_free(values);
	strbuf_clear(&subject);
	strbuf_clear(&body);
	problems_clear(&problems);
	for (i = 0; i < TEMPLATE_COUNT; i++)
		(void)unlink(arena_printf(arena, "%s/%s.txt", folder,
		    template_name((enum template_id)i)));
	return 0;
}

/* The office's own text of a template. */
static void
write_text(enum template_id id, const char *text)
{
	assert_int_equal(textfile_replace(folder, arena_printf(arena,
	    "%s.txt", template_name(id)), text, strlen(text)), 0);
}

static void
fill(enum template_id id)
{
	struct templates	*t = templates_load(folder, installed,
				    &problems);

	assert_non_null(t);
	strbuf_reset(&subject);
	strbuf_reset(&body);
	template_fill(t, id, values, &subject, &body);
	templates_free(t);
}

static void
the_installed_texts_are_right(void **state)
{
	struct templates	*t = templates_load(installed, installed,
				    &problems);

	(void)state;
	assert_int_equal(problems.n, 0);
	assert_non_null(t);
	templates_free(t);
}

static void
a_receipt_reads_as_written(void **state)
{
	(void)state;
	values_set(values, VAR_DON_VI, "Chi bộ A");
	values_add(values, VAR_DS_DON_VI, "Chi bộ A");
	values_set(values, VAR_TEN_NGAN, "dân chủ");
	values_set(values, VAR_MA, "a1b2c3");
	values_set(values, VAR_RECEIVER, "Ban B");
	values_set(values, VAR_OFFICE, "Đảng ủy C");
	values_set(values, VAR_SO_CONG_VAN, "Công văn tháng 5/2026");
	values_set(values, VAR_TRICH_YEU, "dân chủ");
	values_set(values, VAR_GIO, "08 giờ 00");
	values_set(values, VAR_NGAY, "12/5/2026");
	values_set(values, VAR_TINH_TRANG, "đúng hạn");
	values_set(values, VAR_MUC_CO, "I. Đặc điểm");
	values_add(values, VAR_DS_TEP, "BC.docx");
	values_add(values, VAR_DS_TEP, "BC.pdf");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(subject.s,
	    "[Đã nhận] Báo cáo dân chủ - Chi bộ A - mã a1b2c3");
	/* a single unit stands alone, a list has dashes */
	assert_non_null(strstr(body.s, "Kính gửi:\nChi bộ A\n\nBan B"));
	assert_non_null(strstr(body.s, "\n- BC.docx\n- BC.pdf\n\nThư này"));
	assert_non_null(strstr(body.s, "\n- Tình trạng: đúng hạn.\n"));
	/* nothing missing: the line is not there */
	assert_null(strstr(body.s, "chưa thấy"));
	assert_null(strstr(body.s, "\n\n\n"));
	assert_null(strchr(body.s, '{'));
	/* the closing block, without the line of the unknown contact */
	assert_non_null(strstr(body.s, "Trân trọng cảm ơn.\n\nBan B - "
	    "Đảng ủy C\n(Thư gửi tự động"));
}

static void
values_are_inserted_once(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "Tiêu đề: {ma}\n\n{ten_tep} {ma}\n");
	values_set(values, VAR_MA, "x{office}\\1{ma}");
	values_set(values, VAR_OFFICE, "bí mật");
	values_set(values, VAR_TEN_TEP, "{chan_thu}{");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(subject.s, "x{office}\\1{ma}");
	assert_string_equal(body.s, "{chan_thu}{ x{office}\\1{ma}\n");
}

static void
no_value_breaks_a_line(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "Tiêu đề: {ma}\n\n{ma}\n{ds_tep}\n");
	values_set(values, VAR_MA, "a\r\nBcc: x@y.example\n\n.");
	values_add(values, VAR_DS_TEP, "b\n- c");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(subject.s, "a Bcc: x@y.example .");
	assert_string_equal(body.s, "a Bcc: x@y.example .\n- b - c\n");
}

static void
a_line_with_an_empty_variable_is_left_out(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "Tiêu đề: T\n\n\n\nmột\n\n- {ma}.\n\n\n"
	    "hai {n}\n- {office} {ma}\n\n{lien_ket}\n\n");
	values_set(values, VAR_N, "3");
	values_set(values, VAR_OFFICE, "A");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(body.s, "một\n\nhai 3\n");
	values_add(values, VAR_LIEN_KET, "Giao: <mailto:a@b.example?x=1>");
	values_add(values, VAR_LIEN_KET, "Bỏ: <mailto:a@b.example>");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(body.s, "một\n\nhai 3\n\n"
	    "Giao: <mailto:a@b.example?x=1>\nBỏ: <mailto:a@b.example>\n");
}

static void
a_list_without_items_says_so(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "Tiêu đề: T\n\n{ds_moi}\n");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(body.s, "- không có\n");
}

static void
several_units_are_a_list(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "Tiêu đề: T\n\n{ds_don_vi}\n");
	values_add(values, VAR_DS_DON_VI, "Chi bộ A");
	values_add(values, VAR_DS_DON_VI, "Chi bộ B");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(body.s, "- Chi bộ A\n- Chi bộ B\n");
}

static void
a_wrong_text_is_told_with_file_and_line(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "Tiêu đề: T {ten_nagn}\n\nx {secret}\n"
	    "{ma\n");
	write_text(TEMPLATE_OVERDUE, "Kính gửi\n");
	write_text(TEMPLATE_SIGNOFF, "{chan_thu}\n");
	assert_null(templates_load(folder, installed, &problems));
	assert_int_equal(problems.n, 5);
	assert_non_null(strstr(problems.lines[0], "receipt.txt:1: "));
	assert_non_null(strstr(problems.lines[0], "{ten_ngan}"));
	assert_non_null(strstr(problems.lines[1], "receipt.txt:3: "));
	assert_non_null(strstr(problems.lines[2], "receipt.txt:4: "));
	assert_non_null(strstr(problems.lines[3], "overdue.txt:1: "));
	assert_non_null(strstr(problems.lines[4], "signoff.txt:1: "));
}

static void
a_misspelt_file_is_not_silently_ignored(void **state)
{
	(void)state;
	assert_int_equal(textfile_replace(folder, "reciept.txt", "x", 1), 0);
	assert_null(templates_load(folder, installed, &problems));
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.lines[0], "receipt.txt?"));
	assert_int_equal(unlink(arena_printf(arena, "%s/reciept.txt",
	    folder)), 0);
}

static void
windows_line_ends_and_split_letters_do_not_matter(void **state)
{
	(void)state;
	write_text(TEMPLATE_RECEIPT, "\xEF\xBB\xBFTie\xCC\x82u \xC4\x91"
	    "e\xCC\x82\xCC\x80: T\r\n\r\nmột\r\n");
	fill(TEMPLATE_RECEIPT);
	assert_string_equal(subject.s, "T");
	assert_string_equal(body.s, "một\n");
}

static void
foreign_text_is_made_harmless(void **state)
{
	const char	*s;

	(void)state;
	assert_string_equal(template_defang("BC 6 tháng.docx", arena),
	    "BC 6 tháng.docx");
	assert_string_equal(template_defang("a\r\nb\tc\x01", arena),
	    "a b c");
	assert_null(strstr(template_defang(
	    "xem https://evil.example/x", arena), "://"));
	assert_null(strstr(template_defang("HTTP://evil.example",
	    arena), "://"));
	assert_null(strstr(template_defang("www.evil.example", arena),
	    "www.e"));
	assert_null(strstr(template_defang("evil.example/login", arena),
	    "example/l"));
	assert_null(strchr(template_defang("<b>x</b>", arena), '<'));
	/* turned around by a bidi mark */
	assert_string_equal(template_defang("BC\xE2\x80\xAExcod.exe",
	    arena), "BCxcod.exe");
	s = template_defang("ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă"
	    "ăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăăă", arena);
	assert_int_equal(strlen(s), 79 * 2 + 3);
}

#define text_test(f) \
	cmocka_unit_test_setup_teardown(f, each_setup, each_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		text_test(the_installed_texts_are_right),
		text_test(a_receipt_reads_as_written),
		text_test(values_are_inserted_once),
		text_test(no_value_breaks_a_line),
		text_test(a_line_with_an_empty_variable_is_left_out),
		text_test(a_list_without_items_says_so),
		text_test(several_units_are_a_list),
		text_test(a_wrong_text_is_told_with_file_and_line),
		text_test(a_misspelt_file_is_not_silently_ignored),
		text_test(windows_line_ends_and_split_letters_do_not_matter),
		text_test(foreign_text_is_made_harmless),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
