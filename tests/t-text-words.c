/* The table of words: complete, and fit to be shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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
	headings = text_headings(o, a);
	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		assert_string_equal(headings[i], want[i]);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_there_and_clean),
		cmocka_unit_test(log_words_fit_their_column),
		cmocka_unit_test(headings_in_capitals_read_as_sentences)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
