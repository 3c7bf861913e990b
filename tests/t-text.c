/* Keys for comparing Vietnamese text, and the small text tools. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <uninorm.h>
#include <unistr.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/text.h"

struct pair {
	const char	*a;
	const char	*b;
};

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

static const char *
key(const char *s)
{
	return text_key(s, TEXT_KEY, arena);
}

static void
old_and_new_spelling_give_one_key(void **state)
{
	static const struct pair pairs[] = {
		{ "hòa", "hoà" }, { "thủy", "thuỷ" }, { "ủy", "uỷ" },
		{ "quý", "qúy" }, { "khóa", "khoá" }, { "khỏe", "khoẻ" },
		{ "lũy", "luỹ" }, { "của", "cuả" }, { "thuở", "thủơ" },
		{ "kỹ", "kĩ" }, { "tỷ", "tỉ" }, { "quy", "qui" },
		{ "cụ thể hoá", "CỤ THỂ HÓA" },
		{ "Nhân dân", "nhân dân" }, { "Đảng ủy", "ĐẢNG UỶ" },
		/* orders of combining marks */
		{ "vi\xE1\xBB\x87t", "vie\xCC\x82\xCC\xA3t" },
		{ "vi\xE1\xBB\x87t", "vie\xCC\xA3\xCC\x82t" },
		{ "tiếng", "tie\xCC\x81\xCC\x82ng" },
		{ "tiếng", "tiê\xCC\x81ng" },
		{ "mới", "mo\xCC\x81\xCC\x9Bi" },
		/* compatibility forms */
		{ "Ⅱ", "II" }, { "ＡＢ", "ab" }, { "a\xC2\xA0" "b", "a b" },
		/* eth and African d from old converters */
		{ "ðảng bộ", "đảng bộ" }, { "Ðảng bộ", "đảng bộ" },
		{ "Ɖảng", "đảng" },
		/* invisible signs */
		{ "dân\xE2\x80\x8B chủ", "dân chủ" },
		{ "dân ch\xC2\xADủ", "dân chủ" },
		{ "\xEF\xBB\xBF" "dân chủ", "dân chủ" },
		/* punctuation */
		{ "chính trị - xã hội", "chính trị – xã hội" },
		{ "chính trị-xã hội", "chính trị xã hội" },
		{ "“một cửa”, (liên thông).", "một cửa liên thông" },
		{ "2026 - 2031", "2026–2031" },
		{ "  a \t b\n", "a b" },
		{ "TDP5", "tdp 5" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(key(pairs[i].a), key(pairs[i].b));
}

/* Each letter alone, in the old spelling of a word, and decomposed. */
static void
composed_and_decomposed_letters_give_one_key(void **state)
{
	static const char letters[] = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíị"
	    "oòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
	const char	*upper = text_upper(letters, arena), *s;
	const uint8_t	*set[] = { (const uint8_t *)letters,
			    (const uint8_t *)upper };
	uint8_t		*nfd;
	char		*word;
	size_t		 i, k, len;
	int		 n, which;

	(void)state;
	for (i = 0; i < 2; i++) {
		for (k = 0; set[i][k] != '\0'; k += (size_t)n) {
			n = u8_mblen(set[i] + k, 4);
			word = arena_printf(arena, "Q%.*sng 5, tr%.*sy", n,
			    (const char *)set[i] + k, n,
			    (const char *)set[i] + k);
			nfd = u8_normalize(UNINORM_NFD, (uint8_t *)word,
			    strlen(word) + 1, NULL, &len);
			assert_non_null(nfd);
			for (which = 0; which < 3; which++) {
				s = text_key((char *)nfd, which, arena);
				assert_string_equal(text_key(word, which,
				    arena), s);
			}
			free(nfd);
		}
	}
}

static void
different_words_keep_different_keys(void **state)
{
	static const struct pair pairs[] = {
		{ "thúi", "thúy" }, { "đông", "đồng" }, { "đồng", "dong" },
		{ "đông", "dong" }, { "TDP 1", "TDP 10" }, { "ma", "má" },
		{ "hoa", "hòa" }, { "u", "ư" }, { "tổ 1", "tổ1 1" },
		{ "hai", "hay" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_not_equal(key(pairs[i].a), key(pairs[i].b));
}

static void
keys_have_a_known_form(void **state)
{
	(void)state;
	assert_string_equal(key("Kết quả, THỰC HIỆN."),
	    "kêt1 qua3 thưc5 hiên5");
	assert_string_equal(text_key("Kết quả đạt", TEXT_KEY_TONELESS, arena),
	    "kêt qua đat");
	assert_string_equal(text_key("Kết quả đạt", TEXT_KEY_BARE, arena),
	    "ket qua dat");
	assert_string_equal(text_key("Số 08-BC/CB", TEXT_KEY_BARE, arena),
	    "so 08 bc cb");
	assert_string_equal(key(""), "");
	assert_string_equal(key(" ... – "), "");
	assert_string_equal(key("\xCC\x81\xCC\x82"), "");
}

static void
bare_keys_join_what_lost_its_marks(void **state)
{
	(void)state;
	assert_string_equal(text_key("Đông Hòa", TEXT_KEY_BARE, arena),
	    text_key("Đồng Hoa", TEXT_KEY_BARE, arena));
	assert_string_equal(text_key("thực hiện dân chủ", TEXT_KEY_BARE,
	    arena), "thuc hien dan chu");
	assert_string_equal(text_key("кто 中 a", TEXT_KEY_BARE, arena), "a");
}

static void
invalid_bytes_do_not_stop_a_key(void **state)
{
	(void)state;
	assert_string_equal(key("d\xC3n ch\xFF"), "d n ch");
	assert_string_equal(text_clean("a\xFF" "b", arena),
	    "a\xEF\xBF\xBD" "b");
}

static void
key_words_are_counted_from_zero(void **state)
{
	const char	*w;
	size_t		 len;

	(void)state;
	w = text_key_word("an toan 5", 1, &len);
	assert_non_null(w);
	assert_int_equal(len, 4);
	assert_memory_equal(w, "toan", 4);
	assert_non_null(text_key_word("an toan 5", 2, &len));
	assert_null(text_key_word("an toan 5", 3, &len));
	assert_null(text_key_word("", 0, &len));
}

static void
clean_text_is_one_line_without_controls(void **state)
{
	(void)state;
	assert_string_equal(text_clean("  a\r\n\tb \x01" "c\x7F ", arena),
	    "a b c");
	assert_string_equal(text_clean("x\xE2\x80\xAE" "gnp.exe", arena),
	    "xgnp.exe");
	assert_string_equal(text_clean("e\xCC\x82\xCC\xA3", arena), "ệ");
	assert_string_equal(text_clean("", arena), "");
}

/* Sign by sign: “ shares its first bytes with • and –. */
static void
marks_before_an_item_are_stepped_over(void **state)
{
	(void)state;
	assert_string_equal(text_behind_marks(" - – •\t“Khéo”"), "“Khéo”");
	assert_string_equal(text_behind_marks("…"), "…");
	assert_string_equal(text_behind_marks("+ "), "");
}

static void
utf8_is_checked_whole(void **state)
{
	(void)state;
	assert_true(text_is_utf8((struct bytes){ (const uint8_t *)"é", 2 }));
	assert_false(text_is_utf8((struct bytes){ (const uint8_t *)"é", 1 }));
	assert_false(text_is_utf8((struct bytes){ (const uint8_t *)"a\0b",
	    3 }));
	assert_true(text_is_utf8((struct bytes){ NULL, 0 }));
}

static void
width_and_cut_count_columns(void **state)
{
	(void)state;
	assert_int_equal(text_width("Đảng ủy"), 7);
	assert_int_equal(text_width("e\xCC\x82\xCC\xA3"), 1);
	assert_int_equal(text_width("中文"), 4);
	assert_string_equal(text_cut("Đảng ủy", 7, arena), "Đảng ủy");
	assert_string_equal(text_cut("Đảng ủy", 6, arena), "Đảng…");
	assert_string_equal(text_cut("中文字", 4, arena), "中…");
	assert_string_equal(text_cut("abc", 1, arena), "…");
	assert_string_equal(text_cut("abc", 0, arena), "");
}

static void
upper_case_keeps_vietnamese_letters(void **state)
{
	(void)state;
	assert_string_equal(text_upper("đảng ủy phường", arena),
	    "ĐẢNG ỦY PHƯỜNG");
	assert_string_equal(text_upper("", arena), "");
}

static void
words_are_runs_of_letters_or_digits(void **state)
{
	(void)state;
	assert_int_equal(text_words("Kết quả, thực hiện – 5 việc."), 6);
	assert_int_equal(text_words("vie\xCC\x82\xCC\xA3t nam"), 2);
	assert_int_equal(text_words("... - "), 0);
}

static int
roman(const char *s)
{
	return text_roman(s, strlen(s));
}

static void
roman_numerals_are_read_with_their_slips(void **state)
{
	(void)state;
	assert_int_equal(roman("I"), 1);
	assert_int_equal(roman("IV"), 4);
	assert_int_equal(roman("XXXIX"), 39);
	assert_int_equal(roman("ll"), 2);
	assert_int_equal(roman("lV"), 4);
	assert_int_equal(roman("viii"), 8);
	assert_int_equal(roman("Ⅻ"), 12);
	assert_int_equal(roman("L"), 0);
	assert_int_equal(roman("IIII"), 0);
	assert_int_equal(roman("VX"), 0);
	assert_int_equal(roman("XXXX"), 0);
	assert_int_equal(roman("a"), 0);
	assert_int_equal(roman(""), 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(old_and_new_spelling_give_one_key),
		T(composed_and_decomposed_letters_give_one_key),
		T(different_words_keep_different_keys),
		T(keys_have_a_known_form),
		T(bare_keys_join_what_lost_its_marks),
		T(invalid_bytes_do_not_stop_a_key),
		T(key_words_are_counted_from_zero),
		T(clean_text_is_one_line_without_controls),
		T(marks_before_an_item_are_stepped_over),
		T(utf8_is_checked_whole),
		T(width_and_cut_count_columns),
		T(upper_case_keeps_vietnamese_letters),
		T(words_are_runs_of_letters_or_digits),
		T(roman_numerals_are_read_with_their_slips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
