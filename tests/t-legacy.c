/* Old encodings: the whole tables, and what counts as Vietnamese. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/draft.h"
#include "parsers/legacy.h"
#include "parsers/properties.h"
#include "parsers/syllable.h"

struct pair {
	const char	*old;
	const char	*letter;
};

static const struct pair tcvn[] = {
	{"¡", "Ă"}, {"¢", "Â"}, {"£", "Ê"}, {"¤", "Ô"}, {"¥", "Ơ"},
	{"¦", "Ư"}, {"§", "Đ"}, {"¨", "ă"}, {"©", "â"}, {"ª", "ê"},
	{"«", "ô"}, {"¬", "ơ"}, {"\xc2\xad", "ư"}, {"®", "đ"}, {"µ", "à"},
	{"¶", "ả"}, {"·", "ã"}, {"¸", "á"}, {"¹", "ạ"}, {"»", "ằ"},
	{"¼", "ẳ"}, {"½", "ẵ"}, {"¾", "ắ"}, {"Æ", "ặ"}, {"Ç", "ầ"},
	{"È", "ẩ"}, {"É", "ẫ"}, {"Ê", "ấ"}, {"Ë", "ậ"}, {"Ì", "è"},
	{"Î", "ẻ"}, {"Ï", "ẽ"}, {"Ð", "é"}, {"Ñ", "ẹ"}, {"Ò", "ề"},
	{"Ó", "ể"}, {"Ô", "ễ"}, {"Õ", "ế"}, {"Ö", "ệ"}, {"×", "ì"},
	{"Ø", "ỉ"}, {"Ü", "ĩ"}, {"Ý", "í"}, {"Þ", "ị"}, {"ß", "ò"},
	{"á", "ỏ"}, {"â", "õ"}, {"ã", "ó"}, {"ä", "ọ"}, {"å", "ồ"},
	{"æ", "ổ"}, {"ç", "ỗ"}, {"è", "ố"}, {"é", "ộ"}, {"ê", "ờ"},
	{"ë", "ở"}, {"ì", "ỡ"}, {"í", "ớ"}, {"î", "ợ"}, {"ï", "ù"},
	{"ñ", "ủ"}, {"ò", "ũ"}, {"ó", "ú"}, {"ô", "ụ"}, {"õ", "ừ"},
	{"ö", "ử"}, {"÷", "ữ"}, {"ø", "ứ"}, {"ù", "ự"}, {"ú", "ỳ"},
	{"û", "ỷ"}, {"ü", "ỹ"}, {"ý", "ý"}, {"þ", "ỵ"},
};

static const struct pair vni[] = {
	{"AÙ", "Á"}, {"aù", "á"}, {"AØ", "À"}, {"aø", "à"}, {"AÛ", "Ả"},
	{"aû", "ả"}, {"AÕ", "Ã"}, {"aõ", "ã"}, {"AÏ", "Ạ"}, {"aï", "ạ"},
	{"AÂ", "Â"}, {"aâ", "â"}, {"AÁ", "Ấ"}, {"aá", "ấ"}, {"AÀ", "Ầ"},
	{"aà", "ầ"}, {"AÅ", "Ẩ"}, {"aå", "ẩ"}, {"AÃ", "Ẫ"}, {"aã", "ẫ"},
	{"AÄ", "Ậ"}, {"aä", "ậ"}, {"AÊ", "Ă"}, {"aê", "ă"}, {"AÉ", "Ắ"},
	{"aé", "ắ"}, {"AÈ", "Ằ"}, {"aè", "ằ"}, {"AÚ", "Ẳ"}, {"aú", "ẳ"},
	{"AÜ", "Ẵ"}, {"aü", "ẵ"}, {"AË", "Ặ"}, {"aë", "ặ"}, {"Ñ", "Đ"},
	{"ñ", "đ"}, {"EÙ", "É"}, {"eù", "é"}, {"EØ", "È"}, {"eø", "è"},
	{"EÛ", "Ẻ"}, {"eû", "ẻ"}, {"EÕ", "Ẽ"}, {"eõ", "ẽ"}, {"EÏ", "Ẹ"},
	{"eï", "ẹ"}, {"EÂ", "Ê"}, {"eâ", "ê"}, {"EÁ", "Ế"}, {"eá", "ế"},
	{"EÀ", "Ề"}, {"eà", "ề"}, {"EÅ", "Ể"}, {"eå", "ể"}, {"EÃ", "Ễ"},
	{"eã", "ễ"}, {"EÄ", "Ệ"}, {"eä", "ệ"}, {"Í", "Í"}, {"í", "í"},
	{"Ì", "Ì"}, {"ì", "ì"}, {"Æ", "Ỉ"}, {"æ", "ỉ"}, {"Ó", "Ĩ"},
	{"ó", "ĩ"}, {"Ò", "Ị"}, {"ò", "ị"}, {"OÙ", "Ó"}, {"où", "ó"},
	{"OØ", "Ò"}, {"oø", "ò"}, {"OÛ", "Ỏ"}, {"oû", "ỏ"}, {"OÕ", "Õ"},
	{"oõ", "õ"}, {"OÏ", "Ọ"}, {"oï", "ọ"}, {"OÂ", "Ô"}, {"oâ", "ô"},
	{"OÁ", "Ố"}, {"oá", "ố"}, {"OÀ", "Ồ"}, {"oà", "ồ"}, {"OÅ", "Ổ"},
	{"oå", "ổ"}, {"OÃ", "Ỗ"}, {"oã", "ỗ"}, {"OÄ", "Ộ"}, {"oä", "ộ"},
	{"Ô", "Ơ"}, {"ô", "ơ"}, {"ÔÙ", "Ớ"}, {"ôù", "ớ"}, {"ÔØ", "Ờ"},
	{"ôø", "ờ"}, {"ÔÛ", "Ở"}, {"ôû", "ở"}, {"ÔÕ", "Ỡ"}, {"ôõ", "ỡ"},
	{"ÔÏ", "Ợ"}, {"ôï", "ợ"}, {"UÙ", "Ú"}, {"uù", "ú"}, {"UØ", "Ù"},
	{"uø", "ù"}, {"UÛ", "Ủ"}, {"uû", "ủ"}, {"UÕ", "Ũ"}, {"uõ", "ũ"},
	{"UÏ", "Ụ"}, {"uï", "ụ"}, {"Ö", "Ư"}, {"ö", "ư"}, {"ÖÙ", "Ứ"},
	{"öù", "ứ"}, {"ÖØ", "Ừ"}, {"öø", "ừ"}, {"ÖÛ", "Ử"}, {"öû", "ử"},
	{"ÖÕ", "Ữ"}, {"öõ", "ữ"}, {"ÖÏ", "Ự"}, {"öï", "ự"}, {"YÙ", "Ý"},
	{"yù", "ý"}, {"YØ", "Ỳ"}, {"yø", "ỳ"}, {"YÛ", "Ỷ"}, {"yû", "ỷ"},
	{"YÕ", "Ỹ"}, {"yõ", "ỹ"}, {"Î", "Ỵ"}, {"î", "ỵ"},
	{"yï", "ỵ"}, {"Aù", "Á"}, {"ÖÏ", "Ự"}, {"Öï", "Ự"},
};

/* The letter between others that settle the encoding. */
static void
assert_decodes(const struct pair *p, enum font_kind font,
    const char *frame_old, const char *frame)
{
	struct draft	 d = {0};
	struct look	 look = {.font = (uint8_t)font};
	struct legacy_votes votes = {0, 0};
	char		 expected[64];

	draft_add(&d, look, frame_old, strlen(frame_old));
	draft_add(&d, look, p->old, strlen(p->old));
	draft_add(&d, look, ".", 1);
	assert_int_equal(legacy_decode(&d, &votes), LEGACY_DECODED);
	assert_int_equal(votes.legacy, 1);
	strcpy(expected, frame);
	strcat(expected, p->letter);
	strcat(expected, ".");
	assert_string_equal(d.text.s, expected);
	draft_clear(&d);
}

static void
every_letter_of_tcvn3_is_decoded(void **state)
{
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(tcvn) / sizeof(tcvn[0]); i++)
		assert_decodes(&tcvn[i], FONT_TCVN, "B¸o ", "Báo ");
}

static void
every_pair_of_vni_is_decoded(void **state)
{
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(vni) / sizeof(vni[0]); i++)
		assert_decodes(&vni[i], FONT_VNI, "vieäc ", "việc ");
}

static void
syllables_are_told_from_other_words(void **state)
{
	(void)state;
	assert_int_equal(syllables_count("Đánh giá kết quả thực hiện nghị "
	    "quyết, UBND huyện 5/2026"), 9);
	assert_int_equal(syllables_count("khuỷu khuya nguyên ngoằn ngoèo "
	    "giếng gì giặc quýt quốc thuở uỷ ủy oẳn"), 13);
	assert_int_equal(syllables_count("bao cao"), 0);
	assert_int_equal(syllables_count(""), 0);
	assert_int_equal(syllables_count("cafộ"), -1);
	assert_int_equal(syllables_count("kết quảt"), -1);
	assert_int_equal(syllables_count("cat"), -1);
	assert_int_equal(syllables_count("hoà bình và à côté"), -1);
	assert_int_equal(syllables_count("Müller"), -1);
	assert_int_equal(syllables_count("ngưngh"), -1);
	assert_int_equal(syllables_count("áà"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_of_tcvn3_is_decoded),
		cmocka_unit_test(every_pair_of_vni_is_decoded),
		cmocka_unit_test(syllables_are_told_from_other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
