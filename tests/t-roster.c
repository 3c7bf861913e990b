/* The roster: its rows checked, units found by address, code and name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define HEADER "code,name,kind,emails,aliases,no_mail\n"

static struct roster	*roster;
static struct lexicon	*lexicon;
static struct arena	*arena;
static struct problems	 problems;

static struct bytes
data_file(const char *name)
{
	char		path[4096];
	struct bytes	b;

	snprintf(path, sizeof(path), "%s/parsers/lexicon/%s",
	    getenv("SRC") != NULL ? getenv("SRC") : ".", name);
	b.data = (const uint8_t *)textfile_read(path, arena, &problems);
	b.len = b.data == NULL ? 0 : strlen((const char *)b.data);
	return b;
}

static int
setup(void **state)
{
	struct bytes	 files[LEXICON_FILES];
	const char	*why = NULL;
	char		 path[4096];
	size_t		 i;

	(void)state;
	arena = arena_new(0);
	snprintf(path, sizeof(path), "%s/docs/examples/units.csv",
	    getenv("SRC") != NULL ? getenv("SRC") : ".");
	roster = roster_load(path, &problems);
	for (i = 0; i < LEXICON_FILES; i++)
		files[i] = data_file(lexicon_file_names[i]);
	lexicon = lexicon_parse(files, arena, &why);
	return roster == NULL || lexicon == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	roster_free(roster);
	arena_free(arena);
	problems_clear(&problems);
	return 0;
}

/* Code of the one unit that the text names, "" for none, "?" for several. */
static const char *
named(const char *text)
{
	struct name_search	 s = { roster, lexicon, arena };
	struct name_match	*all;
	int			 unit = roster_find_name(&s, text, NULL);

	if (unit != -1)
		return roster->units[unit].code;
	return roster_find_names(&s, text, &all) == 0 ? "" : "?";
}

static const char *
letterhead(const char *parent, const char *issuer)
{
	struct name_search	s = { roster, lexicon, arena };
	int			unit = roster_find_letterhead(&s, parent,
				    issuer, NULL);

	return unit == -1 ? "" : roster->units[unit].code;
}

static void
the_sample_office_is_read_whole(void **state)
{
	const struct unit	*u;

	(void)state;
	assert_int_equal(roster->n, 60);
	u = &roster->units[roster_find(roster, "ubnd")];
	assert_string_equal(u->name, "Lãnh đạo Ủy ban nhân dân phường");
	assert_int_equal(u->n_emails, 2);
	assert_string_equal(u->emails[1], "vanthu.ubnd@thuynguyen.example");
	assert_true(u->no_mail);
	u = &roster->units[roster_find(roster, "TDP15")];
	assert_int_equal(u->n_emails, 0);
	assert_string_equal(u->group,
	    "Chi bộ, đảng bộ cơ sở, chi bộ trực thuộc Đảng ủy phường");
	assert_false(u->no_mail);
	assert_int_equal(roster_find(roster, "TDP99"), -1);
}

static void
one_address_may_serve_several_units(void **state)
{
	int	*units;

	(void)state;
	assert_int_equal(roster_find_address(roster,
	    "TDP.liencum@hopthu.example", arena, &units), 2);
	assert_string_equal(roster->units[units[0]].code, "TDP07");
	assert_string_equal(roster->units[units[1]].code, "TDP08");
	assert_int_equal(roster_find_address(roster,
	    "vanthu.ubnd@thuynguyen.example", arena, &units), 1);
	assert_int_equal(roster_find_address(roster, "x@y.example", arena,
	    &units), 0);
	assert_int_equal(roster_find_address(roster, "", arena, &units), 0);
}

static void
a_code_may_be_shortened_while_unique(void **state)
{
	const char	*why = NULL;

	(void)state;
	assert_int_equal(roster_find_short(roster, "qtd", arena, &why),
	    roster_find(roster, "QTD"));
	assert_int_equal(roster_find_short(roster, "CB-H", arena, &why),
	    roster_find(roster, "CB-HCC"));
	/* a whole code beats what begins with it */
	assert_int_equal(roster_find_short(roster, "HND", arena, &why),
	    roster_find(roster, "HND"));
	assert_int_equal(roster_find_short(roster, "TDP0", arena, &why), -2);
	assert_non_null(strstr(why, "TDP01, TDP02"));
	assert_int_equal(roster_find_short(roster, "TDP5", arena, &why), -1);
	assert_string_equal(why, "TDP05, TDP15");
	assert_int_equal(roster_find_short(roster, "TPD05", arena, &why), -1);
	assert_non_null(strstr(why, "TDP05"));
	assert_int_equal(roster_find_short(roster, "", arena, &why), -1);
	assert_int_equal(roster_find_short(roster, "qqqqqq", arena, &why), -1);
	assert_string_equal(why, "");
	/* nor need a person know the code */
	assert_int_equal(roster_find_short(roster,
	    "chi bộ  Tổ dân phố số 5", arena, &why),
	    roster_find(roster, "TDP05"));
}

static void
numbers_are_whole_and_compared_as_numbers(void **state)
{
	(void)state;
	assert_string_equal(named("TDP 1"), "TDP01");
	assert_string_equal(named("TDP 10"), "TDP10");
	assert_string_equal(named("Chi bộ Tổ dân phố số 05"), "TDP05");
	assert_string_equal(named("CHI BỘ TỔ DÂN PHỐ SỐ 5"), "TDP05");
	assert_string_equal(named("BC TDP số 7 gửi ban"), "TDP07");
	assert_string_equal(named("tdp05 bc.docx"), "TDP05");
	assert_string_equal(named("CB TDP so 12 - bao cao.docx"), "TDP12");
	assert_string_equal(named("TDP 19"), "");
	assert_string_equal(named("TDP 105"), "");
	assert_string_equal(named("5"), "");
}

static void
near_names_stay_apart_while_they_have_accents(void **state)
{
	struct name_search	 s = { roster, lexicon, arena };
	struct name_match	*all;
	size_t			 n;

	(void)state;
	assert_string_equal(named("Chi bộ Tổ dân phố Đông Hòa"), "TDP-DHOA");
	assert_string_equal(named("TDP Đông Hoà"), "TDP-DHOA");
	assert_string_equal(named("Tổ dân phố Đồng Hoa"), "TDP-DGHOA");
	assert_string_equal(named("TDP dong hoa"), "?");
	n = roster_find_names(&s, "BC TDP dong hoa.docx", &all);
	assert_int_equal(n, 2);
	assert_true(all[0].is_bare && all[1].is_bare);
	assert_false(all[0].score > all[1].score);
	assert_string_equal(named("TDP Hòa Bình"), "TDP-HB");
	assert_string_equal(named("TO DAN PHO HOA BINH"), "TDP-HB");
	assert_string_equal(named("MN Hoa Sen"), "MN-HS");
	assert_string_equal(named("Mầm non Hương Sen"), "MN-HUS");
	assert_string_equal(named("mam non huong sen"), "MN-HUS");
	assert_string_equal(named("Trường Tiểu học Nguyễn Trãi"), "TH-NT");
	assert_string_equal(named("Trường THCS Nguyễn Trãi"), "THCS-NT");
	assert_string_equal(named("trường Nguyễn Trãi"), "");
	assert_string_equal(named("TH Lê Lợi"), "TH-LL");
	assert_string_equal(named("HTX Bình Minh"), "HTX-NN");
	assert_string_equal(named("TDP Bình Minh"), "TDP-BM");
	assert_string_equal(named("Mầm non Bình Minh"), "MN-BM");
	assert_string_equal(named("Bình Minh"), "");
	/* accents in the text: nothing is compared without them */
	assert_string_equal(named("Tổ dân phố Dong Hoa"), "");
}

static void
the_longest_name_wins(void **state)
{
	(void)state;
	assert_string_equal(named("Đảng bộ Ủy ban nhân dân phường A"),
	    "DB-UBND");
	assert_string_equal(named("Ủy ban nhân dân phường A"), "UBND");
	assert_string_equal(named("Công đoàn Trường Mầm non Hoa Sen"),
	    "MN-HS");
	assert_string_equal(named("TDP 5, TDP 6"), "?");
	assert_string_equal(named("Ủy ban nhân dân"), "UBND");
	assert_string_equal(named("Chi bộ"), "");
}

static void
letterheads_name_their_unit(void **state)
{
	static const char *const heads[][3] = {
		{ "ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN",
		  "CHI BỘ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "CB-HCC" },
		{ "ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN", "CHI BỘ QUÂN SỰ", "CB-QS" },
		{ "ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN", "CHI BỘ TRẠM Y TẾ",
		  "CB-TYT" },
		{ "ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN", "ĐẢNG BỘ CÔNG AN PHƯỜNG",
		  "DB-CA" },
		{ "ĐOÀN TNCS HỒ CHÍ MINH", "BCH PHƯỜNG THỦY NGUYÊN", "DTN" },
		{ "ỦY BAN MTTQ VIỆT NAM PHƯỜNG THỦY NGUYÊN",
		  "HỘI LIÊN HIỆP PHỤ NỮ PHƯỜNG", "LHPN" },
		{ "ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN",
		  "CHI BỘ HTX SXKD DVNN BÌNH MINH", "HTX-NN" },
		{ "CÔNG TY TNHH MAY MẶC THỬ NGHIỆM", "CHI BỘ - CÔNG ĐOÀN",
		  "DN-MM" },
		{ "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ",
		  "CÔNG ĐOÀN PHƯỜNG THỦY NGUYÊN", "CD" },
		{ "ỦY BAN NHÂN DÂN PHƯỜNG THỦY NGUYÊN",
		  "TRƯỜNG MẦM NON HOA SEN", "MN-HS" },
		{ "MTTQ VIỆT NAM THÀNH PHỐ HẢI PHÒNG",
		  "ỦY BAN MTTQ VIỆT NAM PHƯỜNG THỦY NGUYÊN", "MTTQ" },
		{ "PHƯỜNG THỦY NGUYÊN", "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN",
		  "HDND" },
		{ "", "ỦY BAN NHÂN DÂN PHƯỜNG THỦY NGUYÊN", "UBND" },
		{ "ĐẢNG BỘ PHƯỜNG THỦY NGUYÊN",
		  "CHI BỘ CÔNG TY TNHH MTV THỦY LỢI MINH HỌA", "DN-TL" },
		{ "UBND PHƯỜNG THỦY NGUYÊN", "TRƯỜNG MẦM NON SAO MAI",
		  "MN-SM" },
		{ "UBND PHƯỜNG THỦY NGUYÊN", "TRƯỜNG TIỂU HỌC LÊ LỢI",
		  "TH-LL" },
		{ "UBND PHƯỜNG THỦY NGUYÊN",
		  "TRUNG TÂM CUNG ỨNG DỊCH VỤ SỰ NGHIỆP CÔNG", "CB-DVC" },
		/* a body that the roster does not have is not its parent */
		{ "UBND PHƯỜNG THỦY NGUYÊN", "TRƯỜNG MẦM NON HỌA MI", "" },
		{ "ĐẢNG BỘ THÀNH PHỐ", "ĐẢNG ỦY PHƯỜNG THỦY NGUYÊN", "" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		assert_string_equal(letterhead(heads[i][0], heads[i][1]),
		    heads[i][2]);
}

static void
abbreviations_are_not_found_in_plain_words(void **state)
{
	(void)state;
	assert_string_equal(named("CAP báo cáo"), "DB-CA");
	assert_string_equal(named("bao cao cua cac cap uy"), "");
	assert_string_equal(named("BAO CAO CUA CAC CAP UY"), "");
	assert_string_equal(named("BC TYT.docx"), "CB-TYT");
	assert_string_equal(named("Hội PN phường"), "LHPN");
	assert_string_equal(named("Ủy ban MTTQ Việt Nam phường"), "MTTQ");
	assert_string_equal(named("Đoàn TNCS HCM phường"), "DTN");
	assert_string_equal(named(""), "");
}

static void
hostile_text_is_only_text(void **state)
{
	struct name_search	 s = { roster, lexicon, arena };
	struct name_match	*all;
	struct strbuf		 b = {0};
	int			 i;

	(void)state;
	for (i = 0; i < 20000; i++)
		strbuf_adds(&b, "\xFF\xC3( TDP \xE2\x80\xAE");
	strbuf_adds(&b, "5");
	(void)roster_find_names(&s, b.s, &all);
	strbuf_clear(&b);
	assert_string_equal(named("TDP\xE2\x80\x8B 5"), "TDP05");
}

static struct roster *
parse(const char *text)
{
	problems_clear(&problems);
	return roster_parse(text, strlen(text), "units.csv", &problems);
}

static void
every_wrong_row_is_told(void **state)
{
	static const char text[] = HEADER		/* 1 */
	    "A1,One,tdp,a@b.example,,\n"
	    "a1,Two,tdp,,,\n"				/* 3 same code */
	    "B 2,Three,tdp,,,\n"			/* 4 bad code */
	    "C3,Four,tdp,nobody,,\n"			/* 5 bad address */
	    "D4,Five,tdp,,,no\n"			/* 6 no_mail */
	    "E5,,Tdp,,,\n"				/* 7 name, kind */
	    "\n"
	    "F6,One,tdp,,,\n"				/* 9 same name */
	    "G7,Seven,tdp,,,,x\n";			/* 10 cells */
	static const char *const parts[] = { ":3: ", ":4: ", ":5: ", ":6: ",
	    ":7: ", ":7: ", ":9: ", ":10: " };
	size_t	i;

	(void)state;
	assert_null(parse(text));
	assert_int_equal(problems.n, 8);
	for (i = 0; i < 8; i++)
		assert_non_null(strstr(problems.lines[i], parts[i]));
	assert_non_null(strstr(problems.lines[0], "line 2"));
}

static void
an_unknown_column_is_told_with_the_nearest(void **state)
{
	(void)state;
	assert_null(parse("code,name,kind,email\nA,B,c,\n"));
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.lines[0], "\"emails\""));
	assert_null(parse("code,name\nA,B\n"));
	assert_non_null(strstr(problems.lines[0], "\"kind\" is missing"));
	assert_null(parse("code,name,kind,kind\nA,B,c,c\n"));
	assert_null(parse(""));
	assert_null(parse(HEADER));
	assert_null(parse("code,name,kind\nA,\"B,c\n"));
	assert_non_null(strstr(problems.lines[0], "quote"));
}

static void
columns_stand_in_any_order_and_excel_may_have_saved_it(void **state)
{
	struct roster	*r;

	(void)state;
	r = parse("\xEF\xBB\xBFkind;Name;CODE;emails\r\n"
	    "tdp;\"Tổ 1; tổ 2\";T1;\"a@b.example; C@d.example\"\r\n");
	assert_non_null(r);
	assert_string_equal(r->units[0].code, "T1");
	assert_string_equal(r->units[0].name, "Tổ 1; tổ 2");
	assert_int_equal(r->units[0].n_emails, 2);
	assert_string_equal(r->units[0].emails[1], "c@d.example");
	roster_free(r);
}

static void
empty_rows_may_stand_above_the_header(void **state)
{
	static const char *const	 header[] = { "code", "name", "kind" };
	static const char *const	 unit[] = { "A", "Một", "tdp" };
	static const char *const *const	 rows[] = { NULL, header, NULL,
	    unit };
	static const size_t		 n_cells[] = { 0, 3, 0, 3 };
	struct roster			*r;

	(void)state;
	problems_clear(&problems);
	r = roster_from_rows(rows, n_cells, 4, "units.xlsx", &problems);
	assert_non_null(r);
	assert_string_equal(r->units[0].name, "Một");
	assert_int_equal(r->units[0].line, 4);
	roster_free(r);
	r = parse("\r\n;;\r\ncode;name;kind\r\nA;Một, hai;tdp\r\n");
	assert_non_null(r);
	assert_string_equal(r->units[0].name, "Một, hai");
	roster_free(r);
}

static void
what_is_written_is_read_back_the_same(void **state)
{
	struct strbuf	 first = {0}, second = {0};
	struct roster	*r;

	(void)state;
	roster_write_csv(roster, &first);
	assert_memory_equal(first.s, "\xEF\xBB\xBF" "code,name,", 13);
	r = parse(first.s);
	assert_non_null(r);
	assert_int_equal(r->n, 60);
	roster_write_csv(r, &second);
	assert_string_equal(first.s, second.s);
	roster_free(r);
	strbuf_clear(&first);
	strbuf_clear(&second);
}

static void
rows_of_a_spreadsheet_make_the_same_roster(void **state)
{
	static const char *const header[] = { "name", "code", "kind", NULL };
	static const char *const row[] = { "Tổ 1", "T1", "tdp", NULL };
	const char *const *const rows[] = { header, row };
	const size_t	 n_cells[] = { 4, 3 };
	struct roster	*r;

	(void)state;
	problems_clear(&problems);
	r = roster_from_rows(rows, n_cells, 2, "units.xlsx", &problems);
	assert_non_null(r);
	assert_string_equal(r->units[0].name, "Tổ 1");
	assert_int_equal(r->units[0].line, 2);
	roster_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sample_office_is_read_whole),
		cmocka_unit_test(one_address_may_serve_several_units),
		cmocka_unit_test(a_code_may_be_shortened_while_unique),
		cmocka_unit_test(numbers_are_whole_and_compared_as_numbers),
		cmocka_unit_test(
		    near_names_stay_apart_while_they_have_accents),
		cmocka_unit_test(the_longest_name_wins),
		cmocka_unit_test(letterheads_name_their_unit),
		cmocka_unit_test(abbreviations_are_not_found_in_plain_words),
		cmocka_unit_test(hostile_text_is_only_text),
		cmocka_unit_test(every_wrong_row_is_told),
		cmocka_unit_test(an_unknown_column_is_told_with_the_nearest),
		cmocka_unit_test(
		    columns_stand_in_any_order_and_excel_may_have_saved_it),
		cmocka_unit_test(empty_rows_may_stand_above_the_header),
		cmocka_unit_test(what_is_written_is_read_back_the_same),
		cmocka_unit_test(rows_of_a_spreadsheet_make_the_same_roster),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
