/* The table of words: complete, and fit to be shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/campaign.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/outline.h"
#include "parsers/text.h"

static void
every_word_is_there_and_clean(void **state)
{
	struct arena	*a = arena_new(0);
	int		 w;

	(void)state;
	for (w = 0; w < WORD_COUNT; w++) {
		assert_non_null(text_word((enum word)w));
		assert_true(*text_word((enum word)w) != '\0');
		/* NFC, one line, no blanks at the ends */
		assert_string_equal(text_word((enum word)w),
		    text_clean(text_word((enum word)w), a));
	}
	arena_free(a);
}

static void
log_words_fit_their_column(void **state)
{
	int	w;

	(void)state;
	for (w = WORD_LOG_SUBMITTED; w <= WORD_LOG_OTHER; w++)
		assert_in_range(text_width(text_word((enum word)w)), 1, 9);
}

/* What was in capitals reads as a sentence; abbreviations stay. */
static void
headings_in_capitals_read_as_sentences(void **state)
{
	static const char *const	 want[] = {
		"I. Sự chỉ đạo của cấp ủy, HĐND và UBND phường",
		"II. Công tác xây dựng Đảng, phát triển KT-XH, OCOP, QP-AN",
		"III. Thực hiện QCDC theo chủ trương của Đảng và Nhà nước",
		"IV. Phần II: kiến nghị, đề xuất với Ủy ban nhân dân" };
	struct arena	*a = arena_new(0);
	struct campaign	 c = { .arena = a, .issuer = "", .subject = "",
			    .report_to = "" };
	struct outline	*o;
	const char	**headings, *why;
	size_t		 i;

	(void)state;
	assert_int_equal(outline_parse(
	    "I heading I. | SỰ CHỈ ĐẠO CỦA CẤP ỦY, HĐND VÀ UBND PHƯỜNG\n"
	    "II heading II. | CÔNG TÁC XÂY DỰNG ĐẢNG, PHÁT TRIỂN KT-XH, OCOP, QP-AN\n"
	    "III heading III. | THỰC HIỆN QCDC THEO CHỦ TRƯƠNG CỦA ĐẢNG VÀ NHÀ NƯỚC\n"
	    "IV heading IV. | PHẦN II: KIẾN NGHỊ, ĐỀ XUẤT VỚI ỦY BAN NHÂN DÂN\n", a, &o,
	    &why), 0);
	c.outline = o;
	headings = text_headings(&c, NULL);
	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		assert_string_equal(headings[i], want[i]);
	arena_free(a);
}

/* Names keep the capitals that the letter's own sentences, the roster and
 * the place in the letter's head give them, in the company of their words. */
static void
names_in_headings_keep_their_capitals(void **state)
{
	static const char *const	 want[] = {
		"I. Công tác xây dựng Đảng ở Thủy Nguyên, nguyên nhân",
		"I.1. Ý kiến của Nhân dân, dân chủ ở trường Hoa Sen",
		NULL, NULL,
		"II. Thực hiện dân chủ, kế hoạch xây dựng nông thôn mới",
		"III. Hoa quả, thủy lợi và đảng viên ở Mỹ Xuyên" };
	static const struct unit units[] = {
		{ .name = "Chi bộ Trường Mầm non Hoa Sen" },
		{ .name = "Chi bộ Tổ dân phố số 5" } };
	static struct recipient_line line = {
		.text = "Ban Thường vụ Đảng ủy xã Mỹ Xuyên" };
	const struct roster r = { .units = (struct unit *)(uintptr_t)units,
		.n = 2 };
	struct arena	*a = arena_new(0);
	struct campaign	 c = { .arena = a, .subject = "", .report_to = "",
			    .issuer = "ĐẢNG ỦY PHƯỜNG THỦY NGUYÊN",
			    .recipients = &line, .n_recipients = 1 };
	struct outline	*o;
	const char	**headings, *why;
	size_t		 i;

	(void)state;
	assert_int_equal(outline_parse(
	    "I heading I. | CÔNG TÁC XÂY DỰNG ĐẢNG Ở THỦY NGUYÊN, NGUYÊN NHÂN\n"
	    "I.1 heading 1. | Ý KIẾN CỦA NHÂN DÂN, DÂN CHỦ Ở TRƯỜNG HOA SEN\n"
	    "I.1.b1 guidance - | Kết quả thực hiện Quy chế dân chủ của Công an "
	    "phường, tình hình công việc chung; sau đó Đảng ủy\n"
	    "I.1.b2 guidance - | Theo Luật Thực hiện dân chủ, Kế hoạch số "
	    "15-KH/TU về đời sống Nhân dân và sinh hoạt đảng viên\n"
	    "II heading II. | THỰC HIỆN DÂN CHỦ, KẾ HOẠCH XÂY DỰNG NÔNG THÔN MỚI\n"
	    "III heading III. | HOA QUẢ, THỦY LỢI VÀ ĐẢNG VIÊN Ở MỸ XUYÊN\n", a,
	    &o, &why), 0);
	c.outline = o;
	headings = text_headings(&c, &r);
	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		if (want[i] != NULL)
			assert_string_equal(headings[i], want[i]);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_there_and_clean),
		cmocka_unit_test(log_words_fit_their_column),
		cmocka_unit_test(headings_in_capitals_read_as_sentences),
		cmocka_unit_test(names_in_headings_keep_their_capitals)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
