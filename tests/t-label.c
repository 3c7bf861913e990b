/* Typed labels: the lines of tests/cases/labels.tsv, and hostile ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "parsers/label.h"

#define COLUMNS 5

static const char *const kinds[] = {
	"none", "part", "capital", "roman", "arabic", "multi", "letter",
	"small-roman", "bullet",
};

/* Cut a line of the file at its tabs; absent columns are "". */
static void
columns(char *line, const char *out[COLUMNS])
{
	size_t	i;

	line[strcspn(line, "\n")] = '\0';
	for (i = 0; i < COLUMNS; i++) {
		out[i] = line;
		line += strcspn(line, "\t");
		if (*line == '\t')
			*line++ = '\0';
	}
}

static void
check_line(const char *const col[COLUMNS], int number)
{
	struct label	l;
	char		got[512], want[512];

	label_parse(col[0], &l);
	snprintf(want, sizeof(want), "%d: %s|%s|%s|%s", number, col[1],
	    *col[2] == '\0' ? "0" : col[2], col[3],
	    strcmp(col[1], "none") == 0 ? col[0] : col[4]);
	snprintf(got, sizeof(got), "%d: %s|%d|%.*s|%s", number, kinds[l.kind],
	    label_value(&l), (int)l.len, col[0], col[0] + l.title);
	assert_string_equal(got, want);
}

static void
every_line_of_the_file_reads_as_it_says(void **state)
{
	const char	*col[COLUMNS], *src = getenv("SRC");
	char		 path[4096], line[1024];
	int		 number = 0, checked = 0;
	FILE		*f;

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/cases/labels.tsv",
	    src == NULL ? "." : src);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		number++;
		if (*line == '#' || *line == '\n')
			continue;
		columns(line, col);
		check_line(col, number);
		checked++;
	}
	fclose(f);
	assert_true(checked > 80);
}

static void
an_i_may_be_a_roman_one_or_a_letter(void **state)
{
	struct label	l;

	(void)state;
	assert_true(label_parse("i) nội dung", &l));
	assert_int_equal(l.kind, LABEL_LETTER);
	assert_int_equal(l.also, LABEL_SMALL_ROMAN);
	assert_int_equal(l.also_value, 1);
	assert_true(label_parse("I. Nội dung", &l));
	assert_int_equal(l.kind, LABEL_ROMAN);
	assert_int_equal(l.also, LABEL_CAPITAL);
}

static void
every_prefix_of_a_label_is_read_without_harm(void **state)
{
	static const char	s[] = "Phần thứ nhất: ⅣI.1.2.a)–(1)ＩІ•";
	char			buf[sizeof(s)];
	struct label		l;
	size_t			i;

	(void)state;
	for (i = 0; i < sizeof(s); i++) {
		memcpy(buf, s + i, sizeof(s) - i);
		label_parse(buf, &l);
		assert_true(l.len <= strlen(buf) && l.title <= strlen(buf));
		memcpy(buf, s, i);
		buf[i] = '\0';
		label_parse(buf, &l);
		assert_true(l.len <= i && l.title <= i);
	}
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(every_line_of_the_file_reads_as_it_says),
		cmocka_unit_test(an_i_may_be_a_roman_one_or_a_letter),
		cmocka_unit_test(every_prefix_of_a_label_is_read_without_harm),
	};

	return cmocka_run_group_tests_name("label", tests, NULL, NULL);
}
