/* The editable text form of an outline. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/outline.h"
#include "parsers/strbuf.h"

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

static struct outline_node sample[] = {
	{ "I", "I.", "ĐẶC ĐIỂM", 1, NODE_HEADING, false, -1 },
	{ "I.1", "1.", "Khác (nếu có)", 2, NODE_HEADING, true, 0 },
	{ "I.1.b1", "-", "Các cấp:", 3, NODE_SUBHEADING, false, 1 },
	{ "I.1.b1.p1", "+", "Việc a | b.", 4, NODE_GUIDANCE, false, 2 },
	{ "I.1.t1", "", "Nêu rõ kết quả.", 3, NODE_GUIDANCE, false, 1 },
	{ "II", "Phần thứ hai:", "KIẾN NGHỊ", 1, NODE_HEADING, false, -1 },
};
static struct outline sample_outline = { sample, 6 };

static void
an_outline_survives_writing_and_parsing(void **state)
{
	struct outline	*o = NULL;
	const char	*why = "", *text;
	size_t		 i;

	(void)state;
	text = outline_write(&sample_outline, arena);
	assert_int_equal(outline_parse(text, arena, &o, &why), 0);
	assert_int_equal(o->n, 6);
	for (i = 0; i < o->n; i++) {
		assert_string_equal(o->nodes[i].id, sample[i].id);
		assert_string_equal(o->nodes[i].label, sample[i].label);
		assert_string_equal(o->nodes[i].text, sample[i].text);
		assert_int_equal(o->nodes[i].level, sample[i].level);
		assert_int_equal(o->nodes[i].kind, sample[i].kind);
		assert_int_equal(o->nodes[i].optional, sample[i].optional);
		assert_int_equal(o->nodes[i].parent, sample[i].parent);
	}
	assert_string_equal(outline_write(o, arena), text);
}

static void
a_clerk_may_indent_with_tabs_and_end_lines_the_windows_way(void **state)
{
	struct outline	*o = NULL;
	const char	*why = "";

	(void)state;
	assert_int_equal(outline_parse("\xEF\xBB\xBF# x\r\n"
	    "1 heading 1. | A\r\n\t1.1 heading optional 1.1. | B\r\n\r\n"
	    "\t1.2 guidance | C\r\n2 heading | D\r\n", arena, &o, &why), 0);
	assert_int_equal(o->n, 4);
	assert_int_equal(o->nodes[1].level, 2);
	assert_true(o->nodes[1].optional);
	assert_string_equal(o->nodes[1].label, "1.1.");
	assert_string_equal(o->nodes[2].label, "");
	assert_int_equal(o->nodes[2].parent, 0);
	assert_int_equal(o->nodes[3].parent, -1);
	assert_string_equal(o->nodes[3].text, "D");
}

static void
a_wrong_line_is_named_with_what_would_be_right(void **state)
{
	static const struct {
		const char	*text;
		int		 line;
		const char	*why;
	} cases[] = {
		{ "I heading I. ABC\n", 1, "no \"|\"" },
		{ "I heading I. | A\nI heading I. | B\n", 2, "already" },
		{ "# c\n\nI title I. | A\n", 3, "no kind" },
		{ "I heading I. |  \n", 1, "no text" },
		{ " | A\n", 1, "no ID" },
		{ "I heading | A\n  1 heading | B\n", 2, "begin with \"I.\"" },
		{ "I heading | A\n  II heading | B\n", 2, "indentation" },
	};
	struct outline	*o = NULL;
	const char	*why;
	size_t		 i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		why = "";
		assert_int_equal(outline_parse(cases[i].text, arena, &o, &why),
		    cases[i].line);
		assert_non_null(strstr(why, cases[i].why));
		assert_null(o);
	}
}

static void
depth_and_number_of_nodes_have_limits(void **state)
{
	struct outline	*o = NULL;
	const char	*why = "";
	struct strbuf	 b = {0};
	int		 i;

	(void)state;
	for (i = 0; i <= LIMIT_OUTLINE_LEVELS; i++) {
		int k;

		strbuf_addf(&b, "%*s", i, "");
		for (k = 0; k < i; k++)
			strbuf_adds(&b, "1.");
		strbuf_adds(&b, "1 heading | A\n");
	}
	assert_int_equal(outline_parse(strbuf_get(&b), arena, &o, &why),
	    LIMIT_OUTLINE_LEVELS + 1);
	strbuf_reset(&b);
	for (i = 0; i <= LIMIT_OUTLINE_NODES; i++)
		strbuf_addf(&b, "%d heading | A\n", i);
	assert_int_equal(outline_parse(strbuf_get(&b), arena, &o, &why),
	    LIMIT_OUTLINE_NODES + 1);
	strbuf_clear(&b);
}

static void
a_node_is_found_by_its_id(void **state)
{
	(void)state;
	assert_int_equal(outline_find(&sample_outline, "I.1.b1"), 2);
	assert_int_equal(outline_find(&sample_outline, "III"), -1);
	assert_string_equal(node_kind_name(NODE_SUBHEADING), "subheading");
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_outline_survives_writing_and_parsing),
		T(a_clerk_may_indent_with_tabs_and_end_lines_the_windows_way),
		T(a_wrong_line_is_named_with_what_would_be_right),
		T(depth_and_number_of_nodes_have_limits),
		T(a_node_is_found_by_its_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
