/*
 * Reading letters: every NAME.txt of tests/cases/letter against
 * NAME.expect. The notation stands in tests/paragraphs.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/letter.h"
#include "parsers/strbuf.h"
#include "tests/paragraphs.h"

#define CASES 32		/* at least; fewer are a broken checkout */

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

static void
add_field(struct strbuf *b, const char *name, const char *value)
{
	if (*value != '\0')
		strbuf_addf(b, "%s: %s\n", name, value);
}

/* The outline's text form without the comments at its head. */
static void
add_outline(struct strbuf *b, const struct outline *o)
{
	const char	*s = outline_write(o, arena);

	for (; *s == '#' || *s == '\n'; s += *s == '\n') {
		if (*s == '#')
			s += strcspn(s, "\n");
	}
	if (*s != '\0')
		strbuf_addf(b, "\n%s", s);
}

/* A letter as the .expect files have it. */
static const char *
describe(const struct letter *l)
{
	struct strbuf	 b = {0};
	const char	*out;
	size_t		 i;

	add_field(&b, "issuer", l->issuer);
	strbuf_addf(&b, "number: %s\n", l->number);
	strbuf_addf(&b, "date: %s\n", l->date);
	add_field(&b, "subject", l->subject);
	strbuf_adds(&b, "deadline: ");
	if (*l->deadline_date != '\0')
		strbuf_addf(&b, "%s %s%s%s",
		    deadline_reading_name(l->reading), l->deadline_date,
		    *l->deadline_time == '\0' ? "" : " ", l->deadline_time);
	strbuf_adds(&b, "\n");
	add_field(&b, "report_to", l->report_to);
	add_field(&b, "send_to", l->send_to);
	for (i = 0; i < l->n_recipients; i++)
		add_field(&b, "recipient", l->recipients[i]);
	for (i = 0; i < l->n_doubts; i++)
		add_field(&b, "doubt", l->doubts[i]);
	add_outline(&b, l->outline);
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* Compare line by line, so that a difference is told with its line. */
static int
differs(const char *name, const char *got, const char *want)
{
	int	line = 1;
	size_t	a, b;

	while (*got != '\0' || *want != '\0') {
		a = strcspn(got, "\n");
		b = strcspn(want, "\n");
		if (a != b || memcmp(got, want, a) != 0) {
			print_error("%s: line %d is\n  %.*s\nand should be\n"
			    "  %.*s\n", name, line, (int)a, got, (int)b, want);
			return 1;
		}
		got += a + (got[a] == '\n');
		want += b + (want[b] == '\n');
		line++;
	}
	return 0;
}

static void
every_case_reads_as_its_expectation_says(void **state)
{
	glob_t	 g;
	size_t	 i, len;
	char	*text, *want, *path;
	int	 wrong = 0;

	(void)state;
	assert_int_equal(glob(source_path("tests/cases/letter/*.txt", arena),
	    0, NULL, &g), 0);
	assert_true(g.gl_pathc >= CASES);
	for (i = 0; i < g.gl_pathc; i++) {
		len = strlen(g.gl_pathv[i]) - strlen(".txt");
		path = arena_printf(arena, "%.*s.expect", (int)len,
		    g.gl_pathv[i]);
		text = file_read(g.gl_pathv[i], arena);
		want = file_read(path, arena);
		assert_non_null(text);
		assert_non_null(want);
		wrong += differs(path, describe(letter_read(
		    paragraphs_read(text, arena), arena)), want);
	}
	globfree(&g);
	assert_int_equal(wrong, 0);
}

static void
an_empty_document_is_a_letter_full_of_doubts(void **state)
{
	struct letter	*l = letter_read(paragraphs_read("", arena), arena);

	(void)state;
	assert_int_equal(l->outline->n, 0);
	assert_int_equal(l->n_recipients, 0);
	assert_string_equal(l->deadline_date, "");
	assert_string_equal(l->report_to, "");
	assert_true(l->n_doubts >= 5);
}

static void
readings_have_names(void **state)
{
	(void)state;
	assert_string_equal(deadline_reading_name(READING_BEFORE_DAY),
	    "before-day");
	assert_string_equal(deadline_reading_name(READING_BY_DAY), "by-day");
	assert_string_equal(deadline_reading_name(READING_AT_TIME),
	    "at-time");
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_case_reads_as_its_expectation_says),
		T(an_empty_document_is_a_letter_full_of_doubts),
		T(readings_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
