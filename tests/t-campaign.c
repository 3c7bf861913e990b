/* A campaign's folder: proposed from the sample letters, read, written. */
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

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/campaign_lacks.h"
#include "daemon/campaign_propose.h"
#include "daemon/campaign_write.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "tests/sample.h"

static struct arena	*arena;
static struct roster	*roster;
static struct calendar	*calendar;
static struct lexicon	*lexicon;
static struct problems	 problems;

static struct bytes
data_file(const char *name)
{
	struct bytes	 b;
	char		*s = textfile_read(sample_path(arena_printf(arena,
			    "parsers/lexicon/%s", name), arena), arena,
			    &problems);

	b.data = (const uint8_t *)s;
	b.len = s == NULL ? 0 : strlen(s);
	return b;
}

static int
setup(void **state)
{
	struct bytes	 files[LEXICON_FILES];
	const char	*why;
	size_t		 i;

	(void)state;
	arena = arena_new(0);
	roster = roster_load(sample_path("docs/examples/units.csv", arena),
	    &problems);
	calendar = calendar_load(sample_path("docs/examples/holidays",
	    arena), &problems);
	for (i = 0; i < LEXICON_FILES; i++)
		files[i] = data_file(lexicon_file_names[i]);
	lexicon = lexicon_parse(files, arena, &why);
	return roster == NULL || calendar == NULL || lexicon == NULL ? -1 :
	    0;
}

static int
teardown(void **state)
{
	(void)state;
	roster_free(roster);
	calendar_free(calendar);
	arena_free(arena);
	problems_clear(&problems);
	return 0;
}

static struct campaign *
propose(const char *letter)
{
	struct proposal	p = { .letter = sample_letter(letter, arena),
			    .roster = roster, .lexicon = lexicon, .id = "",
			    .number = "", .date = "" };

	assert_non_null(p.letter);
	assert_int_equal(local_parse("2026-05-06T08:00", &p.now), 0);
	return campaign_propose(&p);
}

static const char *
codes(const struct recipient_line *line)
{
	const char	*s = "";
	size_t		 i;

	for (i = 0; i < line->n_units; i++)
		s = arena_printf(arena, "%s%s%s", s, i > 0 ? " " : "",
		    roster->units[line->units[i]].code);
	return s;
}

static const char *
owed(const struct campaign *c, const char *code)
{
	const char	*s = "";
	int		*nodes;
	size_t		 i, n;

	n = campaign_required(c, roster, roster_find(roster, code), arena,
	    &nodes);
	for (i = 0; i < n; i++)
		s = arena_printf(arena, "%s%s%s", s, i > 0 ? " " : "",
		    c->outline->nodes[nodes[i]].id);
	return s;
}

static size_t
on_the_list(const struct campaign *c)
{
	size_t	i, n = 0;

	for (i = 0; i < roster->n; i++)
		n += campaign_line_of(c, (int)i) > 0;
	return n;
}

/* ---- proposals */

static void
the_first_letter_reaches_all_sixty_units(void **state)
{
	struct campaign	*c = propose("cong-van-dan-chu");

	(void)state;
	assert_int_equal(c->n_recipients, 4);
	assert_string_equal(codes(&c->recipients[0]), "HDND");
	assert_string_equal(codes(&c->recipients[1]), "UBND");
	assert_string_equal(codes(&c->recipients[2]),
	    "MTTQ CD CCB HND LHPN DTN");
	assert_int_equal(c->recipients[3].n_units, 52);
	assert_int_equal(on_the_list(c), 60);
	assert_int_equal(campaign_line_of(c, roster_find(roster, "LHPN")),
	    3);
	assert_int_equal(c->state, CAMPAIGN_DRAFT);
	assert_string_equal(c->id, "dan-chu-o-co-so-2026-05");
	assert_string_equal(c->short_name,
	    "dân chủ ở cơ sở 6 tháng đầu năm 2026");
	assert_int_equal(c->tolerance, TOLERANCE_NAMED_DAY);
	assert_string_equal(local_iso(c->from, arena),
	    "2026-05-01T00:00:00+07:00");
	campaign_free(c);
}

static void
groups_are_only_a_hint(void **state)
{
	const char	**kept = arena_calloc(arena, roster->n,
			    sizeof(*kept));
	struct campaign	 *c;
	size_t		  i;

	(void)state;
	for (i = 0; i < roster->n; i++) {
		kept[i] = roster->units[i].group;
		roster->units[i].group = "";
	}
	c = propose("cong-van-dan-chu");
	assert_string_equal(codes(&c->recipients[0]), "HDND");
	assert_string_equal(codes(&c->recipients[1]), "UBND");
	assert_string_equal(codes(&c->recipients[2]),
	    "MTTQ CD CCB HND LHPN DTN");
	assert_int_equal(c->recipients[3].n_units, 52);
	campaign_free(c);
	for (i = 0; i < roster->n; i++)
		roster->units[i].group = kept[i];
}

static void
the_second_letter_has_other_lines_over_the_same_roster(void **state)
{
	struct campaign	*c = propose("cong-van-cai-cach-hanh-chinh");
	struct strbuf	 b = {0};

	(void)state;
	assert_string_equal(codes(&c->recipients[0]), "DB-UBND");
	assert_string_equal(codes(&c->recipients[1]), "CB-HCC");
	assert_string_equal(codes(&c->recipients[2]),
	    "CB-TYT CB-DVC THPT-THD GDTX CB-CHO");
	assert_string_equal(codes(&c->recipients[3]), "MN-HS MN-HUS MN-BM "
	    "MN-SM TH-NT TH-LL TH-KD TH-TP THCS-NT THCS-LL THCS-LTT");
	assert_int_equal(campaign_line_of(c, roster_find(roster, "MTTQ")),
	    0);
	assert_string_equal(c->short_name,
	    "cải cách hành chính quý II/2026");
	assert_string_equal(c->number, "512/UBND-VP");
	assert_int_equal(c->reading, READING_BY_DAY);
	assert_int_equal(c->tolerance, TOLERANCE_NONE);
	assert_string_equal(local_iso(c->from, arena),
	    "2026-05-22T00:00:00+07:00");
	/* units in no line are told, not an error */
	campaign_remarks(c, roster, calendar, &b);
	assert_non_null(strstr(b.s, "đơn vị không thuộc dòng Kính gửi nào: HDND"));
	strbuf_clear(&b);
	campaign_check_open(c, roster, &problems);
	assert_int_equal(problems.n, 0);
	campaign_free(c);
}

static void
required_sections_follow_the_words_of_the_headings(void **state)
{
	struct campaign	*c = propose("cong-van-dan-chu");

	(void)state;
	assert_string_equal(owed(c, "HDND"), "I II II.2 II.2.b1 III IV V");
	assert_string_equal(owed(c, "UBND"), "I II II.2 II.2.b2 III IV V");
	assert_string_equal(owed(c, "LHPN"), "I II II.3 III IV V");
	assert_string_equal(owed(c, "TDP05"), "I II III III.1 IV V");
	assert_string_equal(owed(c, "MN-HS"), "I II III III.2 IV V");
	assert_string_equal(owed(c, "DB-CA"), "I II III III.2 IV V");
	assert_string_equal(owed(c, "DN-TL"), "I II III III.3 IV V");
	assert_string_equal(owed(c, "DN-MM"), "I II III III.3 IV V");
	assert_string_equal(owed(c, "HTX-NN"), "I II III IV V");
	campaign_free(c);
	c = propose("cong-van-cai-cach-hanh-chinh");
	assert_string_equal(owed(c, "MN-SM"), "1 2 3 4");
	campaign_free(c);
}

static void
an_older_campaign_is_a_model(void **state)
{
	struct campaign	*old = propose("cong-van-dan-chu"), *c;
	struct plan_step step = old->plan.steps[0];
	struct proposal	 p = { .letter = sample_letter("cong-van-dan-chu-lo",
			    arena), .roster = roster, .lexicon = lexicon,
			    .like = old, .id = "x", .number = "12-CV/ĐU",
			    .date = "2026-05-05" };

	(void)state;
	old->recipients[2].selectors = "+MTTQ";
	old->plan.steps = &step;
	old->plan.n = 1;
	old->supplement = SUPPLEMENT_NEVER;
	old->report_to = "Thành ủy";
	c = campaign_propose(&p);
	campaign_free(old);
	assert_string_equal(c->id, "x");
	assert_string_equal(codes(&c->recipients[2]), "MTTQ");
	assert_int_equal(c->plan.n, 1);
	assert_string_equal(c->plan.steps[0].name, "first");
	assert_int_equal(c->supplement, SUPPLEMENT_NEVER);
	assert_string_equal(c->report_to, "Thành ủy");
	assert_string_equal(c->number, "12-CV/ĐU");
	assert_string_equal(local_iso(c->from, arena),
	    "2026-05-05T00:00:00+07:00");
	campaign_free(c);
}

static void
lines_of_other_letters_find_their_units(void **state)
{
	static const char *const lines[][2] = {
		{ "Các doanh nghiệp, hợp tác xã trên địa bàn phường",
		  "tag:doanh-nghiep tag:hop-tac-xa" },
		{ "Các nhà trường, doanh nghiệp nhà nước",
		  "tag:truong tag:nha-nuoc" },
		{ "Ủy ban MTTQ Việt Nam phường", "+MTTQ" },
		{ "Công an phường, Ban Chỉ huy Quân sự phường",
		  "+DB-CA +CB-QS" },
		{ "Các cơ quan, đơn vị thuộc phường",
		  "kind:agency kind:school" },
		{ "Chi bộ các tổ dân phố", "tag:to-dan-pho" },
		{ "Đoàn TNCS Hồ Chí Minh phường", "+DTN" },
		{ "Các đồng chí lãnh đạo Sở", "" },
	};
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_string_equal(campaign_propose_line(lines[i][0],
		    roster, lexicon, arena), lines[i][1]);
}

/* ---- selectors */

static long
selected(const char *selectors, const char **why)
{
	int	*units;

	return campaign_select(selectors, roster, arena, &units, why);
}

static void
selectors_add_and_take_away_from_left_to_right(void **state)
{
	const char	*why;

	(void)state;
	assert_int_equal(selected("", &why), 0);
	assert_int_equal(selected("kind:tdp", &why), 23);
	assert_int_equal(selected("kind:tdp -TDP05 -+TDP06", &why), -1);
	assert_int_equal(selected("kind:tdp -TDP05", &why), 22);
	assert_int_equal(selected("-TDP05 kind:tdp", &why), 23);
	assert_int_equal(selected("all -kind:tdp -tag:truong", &why), 25);
	assert_int_equal(selected("kind:agency+su-nghiep", &why), 3);
	assert_int_equal(selected("+qtd +QTD", &why), 1);
	assert_int_equal(selected("name:\"chi bộ trường mầm non\"", &why),
	    4);
	assert_int_equal(selected("group:\"Lãnh đạo Uỷ ban nhân dân phường\"",
	    &why), 1);
}

static void
a_wrong_selector_says_what_would_be_right(void **state)
{
	static const char *const	wrong[][2] = {
		{ "kind:schol", "\"school\"" },
		{ "tag:mam-nom", "\"mam-non\"" },
		{ "+TPD05", "TDP05" },
		{ "+TDP", "could be" },
		{ "+CB-H", "write CB-HCC" },
		{ "TDP05", "no selector" },
		{ "group:\"x", "closing quote" },
		{ "group:\"x\"", "units.csv" },
		{ "kind:", "kind:VALUE" },
	};
	const char			*why;
	size_t				 i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(selected(wrong[i][0], &why), -1);
		assert_non_null(strstr(why, wrong[i][1]));
	}
}

/* ---- the folder */

static const char *
written(const struct campaign *c)
{
	struct strbuf	 b = {0};
	const char	*s;

	campaign_write_conf(c, &b);
	s = arena_strdup(arena, b.s);
	strbuf_clear(&b);
	return s;
}

static struct campaign *
parse(const char *conf, const char *outline)
{
	problems_clear(&problems);
	return campaign_parse(conf, outline, "/x/id-1", roster, &problems);
}

static void
what_is_written_is_read_back_the_same(void **state)
{
	static const char *const	names[] = { "cong-van-dan-chu",
	    "cong-van-cai-cach-hanh-chinh" };
	struct campaign			*c, *again;
	size_t				 i;

	(void)state;
	for (i = 0; i < 2; i++) {
		c = propose(names[i]);
		again = parse(written(c), outline_write(c->outline, arena));
		if (problems.n > 0)
			print_error("%s\n", problems.lines[0]);
		assert_non_null(again);
		assert_string_equal(again->id, "id-1");
		assert_string_equal(written(c), written(again));
		assert_int_equal(on_the_list(again), on_the_list(c));
		assert_int_equal(again->close, c->close);
		campaign_free(again);
		campaign_free(c);
	}
}

static void
every_mistake_is_told_with_its_line(void **state)
{
	static const char conf[] = "[campaign]\n"
	    "state = opne\n"				/* 2 */
	    "subject = S\n"
	    "from = soon\n"				/* 4 */
	    "date = 2026-13\n"				/* 5 */
	    "[deadline]\n"
	    "day = 2026-02-30\n"			/* 7 */
	    "reading = at-time\n"			/* 8 */
	    "tolerance = some\n"			/* 9 */
	    "[recipients]\n"
	    "recipients.1 = kind:schol\n"		/* 11 */
	    "recipients.3.text = C\n"			/* gap */
	    "[required]\n"
	    "required.all = I Il\n"			/* 14 */
	    "required.tdp = I.b1\n"			/* 15 */
	    "[plan]\n"
	    "step.x = overdue, later, 08:00\n"		/* 17 */
	    "[planet]\n";				/* 18 */
	static const char *const parts[] = { ":18: ", ":2: ", ":5: ", ":4: ",
	    ":7: ", ":8: ", ":9: ", ":11: ", "recipients.2 is missing",
	    ":14: ", ":15: ", ":17: " };
	size_t	i;

	(void)state;
	assert_null(parse(conf, "I heading I. | MỘT\n"
	    "  I.b1 guidance - | ghi\n"));
	for (i = 0; i < problems.n && i < 12; i++)
		assert_non_null(strstr(problems.lines[i], parts[i]));
	assert_int_equal(problems.n, 12);
	assert_non_null(strstr(problems.lines[1], "write open"));
}

static void
a_wrong_outline_is_told_too(void **state)
{
	(void)state;
	assert_null(parse("[campaign]\nsubject = S\nfrom = 2026-05-01\n",
	    "I heading I. | A\nI heading I. | B\n"));
	assert_int_equal(problems.n, 1);
	assert_non_null(strstr(problems.lines[0], "outline.txt:2: "));
}

static void
opening_wants_number_date_deadline_and_units(void **state)
{
	static const char conf[] = "[campaign]\nnumber =\ndate = 2026-05\n"
	    "subject = S\nfrom = 2026-05-01\n"
	    "[deadline]\nday =\n"
	    "[recipients]\nrecipients.1.text = A\nrecipients.1 =\n";
	struct campaign	*c = parse(conf, "");

	(void)state;
	assert_non_null(c);
	campaign_check_open(c, roster, &problems);
	assert_int_equal(problems.n, 4);
	assert_non_null(strstr(problems.lines[0], "campaign.conf:2: "));
	assert_non_null(strstr(problems.lines[1], "campaign.conf:3: "));
	assert_non_null(strstr(problems.lines[2], "campaign.conf:7: "));
	assert_non_null(strstr(problems.lines[3], "campaign.conf:10: "));
	campaign_free(c);
	c = parse("[campaign]\nno_number = yes\nsubject = S\n"
	    "from = 2026-05-01\n[deadline]\nday = 2026-05-14\n"
	    "[recipients]\nrecipients.1 = all\n", "");
	campaign_check_open(c, roster, &problems);
	assert_int_equal(problems.n, 0);
	campaign_free(c);
}

static void
one_value_is_changed_and_the_comments_stay(void **state)
{
	char		 dir[] = "/tmp/t-campaign-XXXXXX";
	struct campaign	*c = propose("cong-van-dan-chu"), *again;
	char		*before, *after;

	(void)state;
	assert_non_null(mkdtemp(dir));
	c->dir = dir;
	assert_int_equal(campaign_save(c), 0);
	before = textfile_read(arena_printf(arena, "%s/campaign.conf", dir),
	    arena, &problems);
	assert_int_equal(campaign_set(dir, "state", "open"), 0);
	assert_int_equal(campaign_set(dir, "no_number", "yes"), 0);
	assert_int_equal(campaign_set(dir, "state", "a\nb"), -1);
	after = textfile_read(arena_printf(arena, "%s/campaign.conf", dir),
	    arena, &problems);
	assert_int_equal(strlen(after), strlen(before) +
	    strlen("no_number = yes\n") - 1);
	problems_clear(&problems);
	again = campaign_load(dir, roster, &problems);
	assert_non_null(again);
	assert_int_equal(again->state, CAMPAIGN_OPEN);
	assert_true(again->no_number);
	campaign_free(again);
	campaign_free(c);
	assert_int_equal(unlink(arena_printf(arena, "%s/campaign.conf",
	    dir)), 0);
	assert_int_equal(unlink(arena_printf(arena, "%s/outline.txt", dir)),
	    0);
	assert_int_equal(rmdir(dir), 0);
}

static void
an_open_campaign_closes_by_itself(void **state)
{
	struct campaign	*c = propose("cong-van-dan-chu");

	(void)state;
	c->state = CAMPAIGN_OPEN;
	assert_int_equal(campaign_state_at(c, c->close), CAMPAIGN_OPEN);
	assert_int_equal(campaign_state_at(c, c->close + 1),
	    CAMPAIGN_CLOSED);
	/* it takes what comes later, and counts it late */
	assert_true(campaign_takes(c, c->close + 1));
	assert_false(campaign_takes(c, c->from - 1));
	campaign_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_letter_reaches_all_sixty_units),
		cmocka_unit_test(groups_are_only_a_hint),
		cmocka_unit_test(
		    the_second_letter_has_other_lines_over_the_same_roster),
		cmocka_unit_test(
		    required_sections_follow_the_words_of_the_headings),
		cmocka_unit_test(an_older_campaign_is_a_model),
		cmocka_unit_test(lines_of_other_letters_find_their_units),
		cmocka_unit_test(
		    selectors_add_and_take_away_from_left_to_right),
		cmocka_unit_test(a_wrong_selector_says_what_would_be_right),
		cmocka_unit_test(what_is_written_is_read_back_the_same),
		cmocka_unit_test(every_mistake_is_told_with_its_line),
		cmocka_unit_test(a_wrong_outline_is_told_too),
		cmocka_unit_test(opening_wants_number_date_deadline_and_units),
		cmocka_unit_test(one_value_is_changed_and_the_comments_stay),
		cmocka_unit_test(an_open_campaign_closes_by_itself),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
