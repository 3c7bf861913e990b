/* Text of converters read back as paragraphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/converted.h"

static struct arena	*arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const struct document *
read_text(const char *text, enum format from)
{
	struct document	*doc = NULL;

	assert_int_equal(converted_read((struct bytes){
	    (const uint8_t *)text, strlen(text) }, from, arena, &doc),
	    PARSE_OK);
	return doc;
}

static void
a_line_of_an_old_word_file_is_a_paragraph(void **state)
{
	const struct document *d = read_text("I. Kết quả\n\nĐã làm.\n[pic]\n",
	    FORMAT_DOC);

	(void)state;
	assert_int_equal(d->n, 2);
	assert_string_equal(d->paragraphs[0].text, "I. Kết quả");
	assert_string_equal(d->paragraphs[1].text, "Đã làm.");
	assert_int_equal(d->paragraphs[0].table, 0);
	assert_true(d->remarks & REMARK_FROM_CONVERTER);
}

static void
bars_are_the_cells_of_a_table(void **state)
{
	const struct document *d = read_text(
	    "|CHI BỘ 5      |ĐẢNG CỘNG SẢN VIỆT NAM  |\n"
	    "|Số 10-BC/CB   |Ngày 08 tháng 5 năm 2026|\n"
	    "BÁO CÁO\n", FORMAT_DOC);

	(void)state;
	assert_int_equal(d->n, 5);
	assert_string_equal(d->paragraphs[1].text, "ĐẢNG CỘNG SẢN VIỆT NAM");
	assert_int_equal(d->paragraphs[1].table, 1);
	assert_int_equal(d->paragraphs[1].cell, 2);
	assert_int_equal(d->paragraphs[2].row, 2);
	assert_int_equal(d->paragraphs[2].row_cells, 2);
	assert_int_equal(d->paragraphs[4].table, 0);
}

static void
old_vietnamese_fonts_are_decoded(void **state)
{
	/* TCVN3: "B¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô" */
	const struct document *d = read_text(
	    "B\u00b8o c\u00b8o k\u00d5t qu\u00b6 th\u00f9c hi\u00d6n "
	    "nhi\u00d6m v\u00f4 n\u00a8m 2026\n", FORMAT_DOC);

	(void)state;
	assert_string_equal(d->paragraphs[0].text,
	    "Báo cáo kết quả thực hiện nhiệm vụ năm 2026");
	assert_true(d->remarks & REMARK_LEGACY_TEXT);
}

static const char page[] =
	"    ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA\n"
	"      PHƯỜNG AN                       Độc lập - Tự do\n"
	"                                        ---\n"
	"\n"
	"                        BÁO CÁO\n"
	"                 kết quả sáu tháng\n"
	"\n"
	"     1. Tình hình chung\n"
	"     Phường có mười hai tổ dân phố và đã họp đủ, không tổ nào\n"
	"vắng mặt; mọi người đều nghe và cho ý kiến về kế hoạch năm\n"
	"nay.\n"
	"     2. Kết quả đạt được của đơn vị trong sáu tháng đầu năm nay\n"
	"     Đã làm xong các việc được giao, trong đó có việc khó nhất\n"
	"\f                              2\n"
	"là sửa đường vào tổ năm.\n";

static void
lines_of_a_page_become_paragraphs_by_their_indent(void **state)
{
	const struct document *d = read_text(page, FORMAT_PDF);
	size_t	i = 5;

	(void)state;
	assert_int_equal(d->n, 11);
	assert_string_equal(d->paragraphs[i++].text, "BÁO CÁO");
	assert_string_equal(d->paragraphs[i++].text, "kết quả sáu tháng");
	assert_string_equal(d->paragraphs[i++].text, "1. Tình hình chung");
	assert_string_equal(d->paragraphs[i++].text, "Phường có mười hai tổ "
	    "dân phố và đã họp đủ, không tổ nào vắng mặt; mọi người đều "
	    "nghe và cho ý kiến về kế hoạch năm nay.");
	assert_string_equal(d->paragraphs[i++].text, "2. Kết quả đạt được "
	    "của đơn vị trong sáu tháng đầu năm nay");
	assert_string_equal(d->paragraphs[i].text, "Đã làm xong các việc "
	    "được giao, trong đó có việc khó nhất là sửa đường vào tổ năm.");
}

static void
what_stands_side_by_side_becomes_two_cells(void **state)
{
	const struct document *d = read_text(page, FORMAT_PDF);

	(void)state;
	assert_string_equal(d->paragraphs[0].text, "ỦY BAN NHÂN DÂN");
	assert_string_equal(d->paragraphs[1].text, "PHƯỜNG AN");
	assert_int_equal(d->paragraphs[1].cell, 1);
	assert_string_equal(d->paragraphs[2].text,
	    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA");
	assert_int_equal(d->paragraphs[2].cell, 2);
	assert_string_equal(d->paragraphs[4].text, "---");
	assert_int_equal(d->paragraphs[4].row_cells, 2);
}

static void
the_rest_of_a_wrapped_name_is_joined(void **state)
{
	const struct document *d = read_text(
	    "CHI BỘ TỔ DÂN PHỐ SỐ        ĐẢNG CỘNG SẢN\n"
	    "         12                   VIỆT NAM\n"
	    "          *\n", FORMAT_PDF);

	(void)state;
	assert_string_equal(d->paragraphs[0].text,
	    "CHI BỘ TỔ DÂN PHỐ SỐ 12");
	assert_string_equal(d->paragraphs[1].text, "*");
	assert_string_equal(d->paragraphs[3].text, "VIỆT NAM");
}

static void
a_tab_in_a_heading_makes_no_columns(void **state)
{
	const struct document *d = read_text(
	    "   V. PHƯƠNG         HƯỚNG\n   - Làm tốt hơn.\n", FORMAT_PDF);

	(void)state;
	assert_int_equal(d->n, 2);
	assert_int_equal(d->paragraphs[0].table, 0);
}

static void
points_beneath_each_other_stay_apart(void **state)
{
	const struct document *d = read_text(
	    "1. Một điểm dài đến hết cả dòng này, không còn chỗ trống nào\n"
	    "2. Điểm hai cũng dài đến hết cả dòng này, không còn chỗ nào\n"
	    "và sang dòng.\n", FORMAT_PDF);

	(void)state;
	assert_int_equal(d->n, 2);
	assert_string_equal(d->paragraphs[1].text, "2. Điểm hai cũng dài "
	    "đến hết cả dòng này, không còn chỗ nào và sang dòng.");
}

static void
a_scan_has_no_text(void **state)
{
	struct document	*doc;

	(void)state;
	assert_int_equal(converted_read((struct bytes){
	    (const uint8_t *)"\f  \f\n", 5 }, FORMAT_PDF, arena, &doc),
	    PARSE_NO_TEXT);
}

static void
too_many_lines_are_a_limit(void **state)
{
	static char	 text[450000];
	struct document	*doc;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(text); i += 2)
		memcpy(text + i, "a\n", 2);
	assert_int_equal(converted_read((struct bytes){
	    (const uint8_t *)text, sizeof(text) }, FORMAT_DOC, arena, &doc),
	    PARSE_LIMIT);
}

/* Cut anywhere, and with a byte that is no UTF-8 in it: no crash. */
static void
any_beginning_of_a_page_can_be_read(void **state)
{
	char		 text[sizeof(page)];
	struct document	*doc;
	size_t		 n;

	(void)state;
	for (n = 0; n < sizeof(page); n++) {
		memcpy(text, page, n);
		if (n > 0)
			text[n / 2] = '\xff';
		(void)converted_read((struct bytes){ (const uint8_t *)text,
		    n }, n % 2 == 0 ? FORMAT_PDF : FORMAT_DOC, arena, &doc);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_of_an_old_word_file_is_a_paragraph),
		TEST(bars_are_the_cells_of_a_table),
		TEST(old_vietnamese_fonts_are_decoded),
		TEST(lines_of_a_page_become_paragraphs_by_their_indent),
		TEST(what_stands_side_by_side_becomes_two_cells),
		TEST(the_rest_of_a_wrapped_name_is_joined),
		TEST(a_tab_in_a_heading_makes_no_columns),
		TEST(points_beneath_each_other_stay_apart),
		TEST(a_scan_has_no_text),
		TEST(too_many_lines_are_a_limit),
		TEST(any_beginning_of_a_page_can_be_read),
	};

	return cmocka_run_group_tests_name("converted", tests, NULL, NULL);
}
