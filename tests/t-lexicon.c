/* The lexicon: abbreviations, equal phrases, whom words name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/lexicon.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

static struct arena	*arena;
static struct lexicon	*lx;

static struct bytes
slurp(const char *name)
{
	const char	*src = getenv("SRC");
	struct strbuf	 b = {0};
	char		 buf[4096];
	size_t		 n;
	FILE		*f;

	f = fopen(arena_printf(arena, "%s/parsers/lexicon/%s",
	    src == NULL ? "." : src, name), "r");
	assert_non_null(f);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		strbuf_add(&b, buf, n);
	fclose(f);
	n = b.len;
	return (struct bytes){ (uint8_t *)strbuf_take(&b), n };
}

static int
load(void **state)
{
	struct bytes	 files[LEXICON_FILES];
	const char	*why = "";
	size_t		 i;

	(void)state;
	arena = arena_new(0);
	for (i = 0; i < LEXICON_FILES; i++)
		files[i] = slurp(lexicon_file_names[i]);
	lx = lexicon_parse(files, arena, &why);
	if (lx == NULL)
		print_error("%s\n", why);
	for (i = 0; i < LEXICON_FILES; i++)
		free((void *)(uintptr_t)files[i].data);
	return lx == NULL ? -1 : 0;
}

static int
unload(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Is the text one of the readings of the other? */
static int
reads_as(const char *text, const char *want)
{
	const char	*out[LEXICON_READINGS];
	size_t		 n, i;

	n = lexicon_readings(lx, text, arena, out);
	want = text_key(want, TEXT_KEY, arena);
	for (i = 0; i < n; i++)
		if (strcmp(out[i], want) == 0)
			return (int)i;
	return -1;
}

static void
unambiguous_abbreviations_are_written_out_first(void **state)
{
	(void)state;
	assert_int_equal(reads_as("Công tác của HĐND, UBND",
	    "công tác của hội đồng nhân dân ủy ban nhân dân"), 0);
	assert_int_equal(reads_as("hdnd", "hội đồng nhân dân"), 0);
	assert_int_equal(reads_as("các tổ chức CT - XH",
	    "các tổ chức chính trị xã hội"), 0);
	assert_int_equal(reads_as("CTXH", "chính trị xã hội"), 0);
	assert_int_equal(reads_as("U.B.N.D phường", "ủy ban nhân dân phường"),
	    0);
	assert_int_equal(reads_as("TG&DV", "tuyên giáo và dân vận"), 0);
	assert_int_equal(reads_as("Đặc điểm tình hình",
	    "đặc điểm tình hình"), 0);
	assert_int_equal(reads_as("", ""), 0);
}

static void
ambiguous_abbreviations_are_tried_each_way(void **state)
{
	(void)state;
	assert_int_equal(reads_as("ND", "ND"), 0);
	assert_true(reads_as("ND", "nhân dân") > 0);
	assert_true(reads_as("ND", "nông dân") > 0);
	assert_true(reads_as("CB và ND", "chi bộ và nhân dân") > 0);
	assert_true(reads_as("CB và ND", "cán bộ và nông dân") > 0);
}

static void
optional_words_give_a_longer_reading(void **state)
{
	(void)state;
	assert_int_equal(reads_as("MTTQ", "mặt trận tổ quốc"), 0);
	assert_true(reads_as("MTTQ", "mặt trận tổ quốc việt nam") > 0);
	assert_true(reads_as("DCCS", "dân chủ ở cơ sở") > 0);
}

static void
abbreviations_like_syllables_want_capitals(void **state)
{
	(void)state;
	assert_int_equal(reads_as("CA phường", "công an phường"), 0);
	assert_int_equal(reads_as("ca phường", "ca phường"), 0);
	assert_int_equal(reads_as("ca phường", "công an phường"), -1);
	/* all capitals tell nothing */
	assert_int_equal(reads_as("CA KHÚC MỚI", "ca khúc mới"), 0);
	/* an accent of its own is not another abbreviation's */
	assert_int_equal(reads_as("NĐ", "nghị định"), 0);
	assert_int_equal(reads_as("chú ý", "chú ý"), 0);
}

static void
readings_stay_few(void **state)
{
	const char	*out[LEXICON_READINGS];
	struct strbuf	 b = {0};
	size_t		 i;

	(void)state;
	for (i = 0; i < 2000; i++)
		strbuf_adds(&b, "CT ND TT ");
	assert_int_equal(lexicon_readings(lx, strbuf_get(&b), arena, out),
	    LEXICON_READINGS);
	strbuf_clear(&b);
}

/*
 * The set of the only phrase in a text; -1 none, -2 several sets. Words
 * that say nothing ("các", "của") are passed over.
 */
static int
set_of(const char *text)
{
	const struct lexicon_phrase	*p;
	const char			*out[LEXICON_READINGS];
	size_t				 n, i;
	int				 set = -1;

	(void)lexicon_readings(lx, text, arena, out);
	p = lexicon_phrases(lx, out[0], arena, &n);
	for (i = 0; i < n; i++) {
		if (p[i].set == lexicon_set_find(lx, "filler") ||
		    p[i].set == lexicon_set_find(lx, "joint"))
			continue;
		if (set >= 0 && p[i].set != set)
			return -2;
		set = p[i].set;
	}
	return set;
}

static void
phrases_of_one_set_say_the_same(void **state)
{
	(void)state;
	assert_true(set_of("Ưu điểm") >= 0);
	assert_int_equal(set_of("Ưu điểm"), set_of("Những mặt làm được"));
	assert_int_equal(set_of("Hạn chế, khó khăn"),
	    set_of("TỒN TẠI VÀ HẠN CHẾ"));
	assert_int_equal(set_of("Đặc điểm tình hình"),
	    set_of("Khái quát đặc điểm, tình hình"));
	assert_int_equal(set_of("Xây dựng xã đạt chuẩn"), -1);
}

static void
the_longest_phrase_wins(void **state)
{
	(void)state;
	assert_int_not_equal(set_of("Nguyên nhân của kết quả đạt được"),
	    set_of("Kết quả đạt được"));
	assert_true(set_of("Nguyên nhân của kết quả đạt được") >= 0);
	assert_int_not_equal(set_of("Thuận lợi, khó khăn"),
	    set_of("Khó khăn, vướng mắc"));
	assert_true(set_of("Thuận lợi và khó khăn") >= 0);
}

static void
a_found_phrase_knows_its_place(void **state)
{
	const struct lexicon_phrase	*p;
	size_t				 n;

	(void)state;
	p = lexicon_phrases(lx, text_key("Sự kiểm tra và giám sát, đơn thư",
	    TEXT_KEY, arena), arena, &n);
	assert_int_equal(n, 2);
	assert_int_equal(p[0].first, 1);
	assert_int_equal(p[0].n, 5);
	assert_int_equal(p[1].first, 6);
	assert_int_equal(p[1].n, 2);
}

static void
sets_with_a_name_are_found(void **state)
{
	(void)state;
	assert_int_equal(lexicon_set_find(lx, "proposals"),
	    set_of("Đề xuất, kiến nghị"));
	assert_int_equal(lexicon_set_find(lx, "nothing"),
	    set_of("Không phát sinh"));
	assert_true(lexicon_set_find(lx, "annex") >= 0);
	assert_true(lexicon_set_find(lx, "other") >= 0);
	assert_true(lexicon_set_find(lx, "coming-period") >= 0);
	assert_int_equal(lexicon_set_find(lx, "nobody"), -1);
	assert_int_equal(lexicon_set_find(lx, ""), -1);
	assert_true(lexicon_sets(lx) >= 80);
}

static int
names(const char *heading, const char *kind, const char *tag)
{
	struct audience	unit = { kind, &tag, tag == NULL ? 0 : 1 };

	return lexicon_names(lx, heading, &unit);
}

static void
headings_name_their_kinds_of_unit(void **state)
{
	(void)state;
	assert_int_equal(names("Hội đồng nhân dân các cấp:", "hdnd", NULL), 1);
	assert_int_equal(names("Hội đồng nhân dân các cấp:", "ubnd", NULL), 0);
	assert_int_equal(names("Công tác của HĐND và UBND", "ubnd", NULL), 1);
	assert_int_equal(names("Đánh giá chung", "ubnd", NULL), -1);
	assert_int_equal(names("Công tác lãnh đạo của các cấp ủy", "tdp",
	    NULL), -1);
	assert_int_equal(names("Hoạt động ở phường (tổ dân phố...)", "tdp",
	    NULL), 1);
	assert_int_equal(names("Kết quả ở cơ quan, đơn vị", "school", NULL),
	    1);
	assert_int_equal(names("Kết quả ở cơ quan và đơn vị", "agency", NULL),
	    1);
}

static void
tags_narrow_a_kind(void **state)
{
	(void)state;
	assert_int_equal(names("Lực lượng vũ trang", "agency",
	    "luc-luong-vu-trang"), 1);
	assert_int_equal(names("Lực lượng vũ trang", "agency", "y-te"), 0);
	assert_int_equal(names("Các đơn vị sự nghiệp", "agency", "su-nghiep"),
	    1);
	assert_int_equal(names("Các đơn vị sự nghiệp", "agency", NULL), 0);
	assert_int_equal(names("Trong doanh nghiệp nhà nước", "soe", NULL), 1);
	assert_int_equal(names("Trong doanh nghiệp nhà nước", "company",
	    NULL), 0);
	assert_int_equal(names("Trong doanh nghiệp", "company", NULL), 1);
}

static struct lexicon *
parse(const char *p, const char *a, const char *w, const char **why)
{
	const char	*texts[LEXICON_FILES] = { p, a, w, "money: kinh phí" };
	struct bytes	 files[LEXICON_FILES];
	size_t		 i;

	for (i = 0; i < LEXICON_FILES; i++)
		files[i] = (struct bytes){ (const uint8_t *)texts[i],
		    strlen(texts[i]) };
	return lexicon_parse(files, arena, why);
}

static void
wrong_lines_are_named(void **state)
{
	const char	*why = NULL;

	(void)state;
	assert_non_null(parse("\xEF\xBB\xBF# c\r\na = b\r\n", "", "", &why));
	assert_null(parse("a = b\n\nc = = d\n", "", "", &why));
	assert_non_null(strstr(why, "phrases.txt:3: "));
	assert_null(parse("a = b\nc = a\n", "", "", &why));
	assert_non_null(strstr(why, "phrases.txt:2: "));
	assert_null(parse("", "UBND\n", "", &why));
	assert_non_null(strstr(why, "abbreviations.txt:1: "));
	assert_null(parse("", "A = b | \n", "", &why));
	assert_non_null(strstr(why, "empty meaning"));
	assert_null(parse("", "", "thôn\n", &why));
	assert_non_null(strstr(why, "audience.txt:1: "));
	assert_null(parse("", "", "thôn : \n", &why));
	assert_null(parse("", "", "thôn : tdp+\n", &why));
	assert_null(parse("\xFF", "", "", &why));
	assert_non_null(strstr(why, "UTF-8"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    unambiguous_abbreviations_are_written_out_first),
		cmocka_unit_test(ambiguous_abbreviations_are_tried_each_way),
		cmocka_unit_test(optional_words_give_a_longer_reading),
		cmocka_unit_test(abbreviations_like_syllables_want_capitals),
		cmocka_unit_test(readings_stay_few),
		cmocka_unit_test(phrases_of_one_set_say_the_same),
		cmocka_unit_test(the_longest_phrase_wins),
		cmocka_unit_test(a_found_phrase_knows_its_place),
		cmocka_unit_test(sets_with_a_name_are_found),
		cmocka_unit_test(headings_name_their_kinds_of_unit),
		cmocka_unit_test(tags_narrow_a_kind),
		cmocka_unit_test(wrong_lines_are_named),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
