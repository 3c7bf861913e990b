/* What a document says of itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/facts.h"
#include "tests/paragraphs.h"

static struct arena	*arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct facts *
facts(const char *text)
{
	return facts_find(paragraphs_read(text, arena), arena);
}

static void
a_letterhead_in_a_table_of_two_columns_is_read(void **state)
{
	struct facts	*f;

	(void)state;
	f = facts("[cell=1.1.1] ĐẢNG BỘ PHƯỜNG SƠN HẠ\n"
	    "[cell=1.1.1] [bold] CHI BỘ TỔ DÂN PHỐ SỐ 7\n"
	    "[cell=1.1.1] *\n"
	    "[cell=1.1.1] Số 08-BC/CB\n"
	    "[cell=1.1.2] [bold] ĐẢNG CỘNG SẢN VIỆT NAM\n"
	    "[cell=1.1.2] [italic] Sơn Hạ, ngày 02 tháng 12 năm 2026\n"
	    "\n[bold] [centred] BÁO CÁO\n"
	    "[bold] [centred] công tác phòng cháy, chữa cháy năm 2026,\n"
	    "[bold] [centred] phương hướng năm 2027\n"
	    "-----\n\nThực hiện Công văn số 12-CV/ĐU, ngày 1/11/2026 …:\n"
	    "I. ĐẶC ĐIỂM\n\n"
	    "[cell=2.1.1] Nơi nhận:\n[cell=2.1.1] - Lưu Chi bộ.\n"
	    "[cell=2.1.2] T/M CHI BỘ\n[cell=2.1.2] PHÓ BÍ THƯ\n"
	    "[cell=2.1.2]\n[cell=2.1.2]\n[cell=2.1.2] Nguyễn Văn A\n");
	assert_string_equal(f->parent, "ĐẢNG BỘ PHƯỜNG SƠN HẠ");
	assert_string_equal(f->issuer, "CHI BỘ TỔ DÂN PHỐ SỐ 7");
	assert_string_equal(f->number, "08-BC/CB");
	assert_string_equal(f->place, "Sơn Hạ");
	assert_string_equal(f->date, "2026-12-02");
	assert_string_equal(f->title, "BÁO CÁO");
	assert_string_equal(f->subject, "công tác phòng cháy, chữa cháy năm "
	    "2026, phương hướng năm 2027");
	assert_string_equal(f->period, "năm 2026");
	assert_string_equal(f->signer_block,
	    "T/M CHI BỘ PHÓ BÍ THƯ Nguyễn Văn A");
	assert_false(f->secret);
	assert_false(f->signed_part);
}

static void
a_letterhead_with_tabs_in_lines_is_cut_at_the_right_titles(void **state)
{
	struct facts	*f;

	(void)state;
	f = facts("UBND XÃ SƠN HẠ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
	    "[bold] TRƯỜNG MẦM NON Độc lập - Tự do - Hạnh phúc\n"
	    "[bold] HOA MAI\n"
	    "Số: 45 /BC - MNHM Sơn Hạ, ngày 5 tháng 6 năm 2026\n"
	    "[bold] BÁO CÁO SƠ KẾT\n"
	    "[bold] Công tác y tế học đường năm học 2025 - 2026\n"
	    "Căn cứ Công văn của phường, nhà trường báo cáo như sau:\n");
	assert_string_equal(f->parent, "UBND XÃ SƠN HẠ");
	assert_string_equal(f->issuer, "TRƯỜNG MẦM NON HOA MAI");
	assert_string_equal(f->number, "45/BC-MNHM");
	assert_string_equal(f->place, "Sơn Hạ");
	assert_string_equal(f->date, "2026-06-05");
	assert_string_equal(f->title, "BÁO CÁO SƠ KẾT");
	assert_string_equal(f->subject,
	    "Công tác y tế học đường năm học 2025 - 2026");
	assert_string_equal(f->period, "năm học 2025 - 2026");
}

static void
a_letterhead_in_lines_and_breaks_is_read(void **state)
{
	struct facts	*f;

	(void)state;
	f = facts("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nĐộc lập - Tự do - "
	    "Hạnh phúc\nHải An, ngày … tháng … năm 2026\n"
	    "ỦY BAN NHÂN DÂN\\nPHƯỜNG HẢI AN\nSố: ……/BC-UBND\n"
	    "BÁO CÁO CÔNG TÁC DÂN VẬN QUÝ III, NHIỆM VỤ QUÝ IV NĂM 2026\n\n"
	    "I- Kết quả\nKT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH\\n\\nTrần B\n");
	assert_string_equal(f->parent, "");
	assert_string_equal(f->issuer, "ỦY BAN NHÂN DÂN PHƯỜNG HẢI AN");
	assert_string_equal(f->number, "");
	assert_string_equal(f->date, "2026");
	assert_string_equal(f->title, "BÁO CÁO");
	assert_string_equal(f->subject,
	    "CÔNG TÁC DÂN VẬN QUÝ III, NHIỆM VỤ QUÝ IV NĂM 2026");
	assert_string_equal(f->period, "QUÝ III năm 2026");
	assert_string_equal(f->signer_block, "KT. CHỦ TỊCH PHÓ CHỦ TỊCH "
	    "Trần B");
}

/* Word puts in dashes that do not break, or are long. */
static void
numbers_are_read_whatever_their_dash(void **state)
{
	static const char *const dashes[] = { "-", "\u2010", "\u2011",
		"\u2013", " \u2014 ", "\u2212" };
	struct facts	*f;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
		f = facts(arena_printf(arena, "ĐẢNG BỘ PHƯỜNG A\nCHI BỘ B\n"
		    "Số: 08%sBC/CB\nBÁO CÁO\n", dashes[i]));
		assert_string_equal(f->number, "08-BC/CB");
		assert_string_equal(f->issuer, "CHI BỘ B");
	}
}

/* Left blocks over several lines, with what they name; bold is "*". */
static void
issuers_over_several_lines_are_put_together(void **state)
{
	static const struct {
		const char	*lines;
		const char	*parent;
		const char	*issuer;
	} cases[] = {
		{ "ĐẢNG BỘ PHƯỜNG A\nCHI BỘ TRUNG TÂM\nVĂN HÓA\n",
		  "ĐẢNG BỘ PHƯỜNG A", "CHI BỘ TRUNG TÂM VĂN HÓA" },
		{ "ĐẢNG BỘ PHƯỜNG A\nCHI BỘ\nTỔ DÂN PHỐ SỐ 5\n",
		  "ĐẢNG BỘ PHƯỜNG A", "CHI BỘ TỔ DÂN PHỐ SỐ 5" },
		{ "ỦY BAN MTTQ VIỆT NAM\nPHƯỜNG A\nBAN THƯỜNG TRỰC\n",
		  "", "ỦY BAN MTTQ VIỆT NAM PHƯỜNG A BAN THƯỜNG TRỰC" },
		{ "ĐOÀN TNCS HỒ CHÍ MINH\nBCH ĐOÀN PHƯỜNG A\n",
		  "ĐOÀN TNCS HỒ CHÍ MINH", "BCH ĐOÀN PHƯỜNG A" },
		{ "BCH ĐOÀN PHƯỜNG A ĐOÀN TNCS HỒ CHÍ MINH\n",
		  "", "BCH ĐOÀN PHƯỜNG A" },
		{ "ỦY BAN MTTQ VIỆT NAM PHƯỜNG A\nHỘI LIÊN HIỆP\n"
		  "PHỤ NỮ\n", "ỦY BAN MTTQ VIỆT NAM PHƯỜNG A",
		  "HỘI LIÊN HIỆP PHỤ NỮ" },
		{ "PHƯỜNG A\nTHƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN\n",
		  "PHƯỜNG A", "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN" },
		{ "UBND THÀNH PHỐ B\n[bold] ỦY BAN NHÂN DÂN\n[bold] XÃ A\n",
		  "UBND THÀNH PHỐ B", "ỦY BAN NHÂN DÂN XÃ A" },
		{ "Công ty cổ phần Cơ khí A\n", "",
		  "Công ty cổ phần Cơ khí A" },
		{ "MẪU SỐ 01\nDỰ THẢO\nTRẠM Y TẾ PHƯỜNG A\n", "",
		  "TRẠM Y TẾ PHƯỜNG A" },
		{ "", "", "" },
	};
	struct facts	*f;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f = facts(arena_printf(arena, "%sSố: 1/BC-X\nBÁO CÁO\n",
		    cases[i].lines));
		assert_string_equal(f->parent, cases[i].parent);
		assert_string_equal(f->issuer, cases[i].issuer);
		assert_string_equal(f->number, "1/BC-X");
	}
}

static void
numbers_are_read_blank_or_filled(void **state)
{
	static const char *const cases[][2] = {
		{ "Số 08-BC/CB", "08-BC/CB" }, { "Số: 45/BC-UBND",
		"45/BC-UBND" }, { "Số: 15/BC-MTTQ-BTT", "15/BC-MTTQ-BTT" },
		{ "Số     -CV/ĐU", "" }, { "Số: …../BC-TH", "" },
		{ "Số: 7 – BC/CB", "7-BC/CB" }, { "Số: ", "" },
		{ "SỐ: 512/UBND-VP", "512/UBND-VP" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(facts(arena_printf(arena,
		    "CHI BỘ A\n%s\nBÁO CÁO\n", cases[i][0]))->number,
		    cases[i][1]);
}

static void
periods_are_read_as_written(void **state)
{
	static const char *const cases[][2] = {
		{ "kết quả 6 tháng đầu năm 2026, nhiệm vụ 6 tháng cuối năm "
		  "2026", "6 tháng đầu năm 2026" },
		{ "sáu tháng cuối năm 2026", "sáu tháng cuối năm 2026" },
		{ "quý II/2026", "quý II/2026" },
		{ "quý 2 năm 2026", "quý 2 năm 2026" },
		{ "tháng 5 năm 2026", "tháng 5 năm 2026" },
		{ "9 tháng năm 2026", "9 tháng năm 2026" },
		{ "6 tháng đầu năm và cả năm 2026",
		  "6 tháng đầu năm 2026" },
		{ "giai đoạn 2021 - 2025", "giai đoạn 2021 - 2025" },
		{ "từ ngày 01/01/2026 đến hết ngày 30/6/2026",
		  "từ ngày 01/01/2026 đến hết ngày 30/6/2026" },
		{ "công tác dân vận", "" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(facts(arena_printf(arena,
		    "CHI BỘ A\nBÁO CÁO\n%s\n", cases[i][0]))->period,
		    cases[i][1]);
}

static void
a_secrecy_stamp_is_seen_and_a_word_is_not(void **state)
{
	static const char *const stamped[] = {
		"CHI BỘ A\nMẬT\nSố 1-BC/CB\nBÁO CÁO\n",
		"CHI BỘ A\nSố 1-BC/CB\\nTỐI MẬT\nBÁO CÁO\n",
		"[cell=1.1.1] CHI BỘ A\n[cell=1.1.2] TUYỆT MẬT\nBÁO CÁO\n",
		"CHI BỘ A\nBÁO CÁO\nvề việc\n[box] MẬT\nI. Nội dung\n",
		"M Ậ T\nCHI BỘ A\nBÁO CÁO\n",
		"Độ mật: Mật\nCHI BỘ A\nBÁO CÁO\n",
		"MẬT - HỎA TỐC\nCHI BỘ A\nBÁO CÁO\n",
		"MẬT ĐẢNG CỘNG SẢN VIỆT NAM\nCHI BỘ A\nBÁO CÁO\n",
		"* TỐI MẬT *\nCHI BỘ A\nBÁO CÁO\n",
		"CHI BỘ A\nBÁO CÁO\nMẬT\nI. Nội dung\n",
	};
	static const char *const plain[] = {
		"CHI BỘ A\nBÁO CÁO\ncông tác bảo vệ bí mật nhà nước\n",
		"CHI BỘ A\nCÔNG TÁC BẢO MẬT\nBÁO CÁO\n",
		("CHI BỘ A\nBÁO CÁO\nI. Nội dung\n[cell=1.1.1] MẬT\n"
		"[cell=1.1.2] TỐI MẬT\n"),
		"CHI BỘ A\nBÁO CÁO\nTài liệu mật mã.\nMật\n",
		"Độ mật: không\nCHI BỘ A\nBÁO CÁO\n",
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(stamped) / sizeof(stamped[0]); i++)
		assert_true(facts(stamped[i])->secret);
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_false(facts(plain[i])->secret);
}

static void
a_signature_part_is_told(void **state)
{
	struct document	*d = paragraphs_read("CHI BỘ A\n", arena);

	(void)state;
	d->remarks = REMARK_SIGNATURE_PART;
	assert_true(facts_find(d, arena)->signed_part);
}

static void
an_empty_document_says_nothing(void **state)
{
	struct facts	*f = facts("");

	(void)state;
	assert_string_equal(f->issuer, "");
	assert_string_equal(f->parent, "");
	assert_string_equal(f->number, "");
	assert_string_equal(f->date, "");
	assert_string_equal(f->title, "");
	assert_string_equal(f->subject, "");
	assert_string_equal(f->period, "");
	assert_string_equal(f->signer_block, "");
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_letterhead_in_a_table_of_two_columns_is_read),
		T(a_letterhead_with_tabs_in_lines_is_cut_at_the_right_titles),
		T(a_letterhead_in_lines_and_breaks_is_read),
		T(numbers_are_read_whatever_their_dash),
		T(issuers_over_several_lines_are_put_together),
		T(numbers_are_read_blank_or_filled),
		T(periods_are_read_as_written),
		T(a_secrecy_stamp_is_seen_and_a_word_is_not),
		T(a_signature_part_is_told),
		T(an_empty_document_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
