/*
 * Headings of documents: every NAME.txt of tests/cases/headings with what
 * NAME.expect says of it:
 *
 *   LEVEL<TAB>text        the sure headings, all of them and in order;
 *                         "~" behind the level: it runs on into its text
 *   weak<TAB>text         a candidate below HEADING_CONFIDENT
 *   ignorable<TAB>text    among the lines that are no headings by place
 *   words<TAB>N<TAB>text  words below that heading or candidate
 *   empty<TAB>text        nothing below; placeholder<TAB>text: only dots
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/heading.h"
#include "parsers/strbuf.h"
#include "tests/notation.h"

static const char *
source_dir(void)
{
	const char	*src = getenv("SRC");

	return src == NULL ? "." : src;
}

static const struct heading *
find_heading(const struct headings *h, const char *text)
{
	size_t	i;

	for (i = 0; i < h->n; i++)
		if (strcmp(h->h[i].text, text) == 0)
			return &h->h[i];
	return NULL;
}

/* The sure headings as the expect file writes them. */
static char *
sure_lines(const struct headings *h, struct arena *arena)
{
	struct strbuf	 b = {0};
	char		*out;
	size_t		 i;

	for (i = 0; i < h->n; i++)
		if (h->h[i].confidence >= HEADING_CONFIDENT)
			strbuf_addf(&b, "%d%s\t%s\n", h->h[i].level,
			    h->h[i].run_in ? "~" : "", h->h[i].text);
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* Is what one line says of a candidate true? */
static bool
line_holds(const struct headings *h, const char *line, const char *value)
{
	const struct heading	*found;
	unsigned		 words;
	int			 skip = 0;
	size_t			 i;

	if (strncmp(line, "ignorable", 9) == 0) {
		for (i = 0; i < h->n_ignorable; i++)
			if (strcmp(h->ignorable[i], value) == 0)
				return true;
		return false;
	}
	if (strncmp(line, "words", 5) == 0) {
		assert_int_equal(sscanf(value, "%u\t%n", &words, &skip), 1);
		found = find_heading(h, value + skip);
		return found != NULL && found->words == words;
	}
	found = find_heading(h, value);
	if (found == NULL)
		return false;
	if (strncmp(line, "weak", 4) == 0)
		return found->confidence < HEADING_CONFIDENT;
	if (strncmp(line, "empty", 5) == 0)
		return found->words == 0 && !found->placeholder;
	return strncmp(line, "placeholder", 11) == 0 && found->placeholder;
}

static size_t
check_case(const char *name)
{
	struct arena		*arena = arena_new(0);
	struct strbuf		 want = {0};
	const struct headings	*h;
	char			*text, *line, *end, *value, *got;
	size_t			 wrong = 0;

	text = notation_file(arena_printf(arena,
	    "%s/tests/cases/headings/%s.txt", source_dir(), name), arena);
	assert_non_null(text);
	h = headings_find(notation_read(text, arena), arena);
	line = notation_file(arena_printf(arena,
	    "%s/tests/cases/headings/%s.expect", source_dir(), name), arena);
	assert_non_null(line);
	for (; *line != '\0'; line = end + 1) {
		end = line + strcspn(line, "\n");
		*end = '\0';
		if (*line == '\0' || *line == '#')
			continue;
		value = strchr(line, '\t');
		assert_non_null(value);
		value++;
		if (*line >= '1' && *line <= '9') {
			strbuf_addf(&want, "%s\n", line);
		} else if (!line_holds(h, line, value)) {
			printf("# %s: not so: %s\n", name, line);
			wrong++;
		}
	}
	got = sure_lines(h, arena);
	if (strcmp(got, strbuf_get(&want)) != 0) {
		printf("# %s: headings are\n%s# and should be\n%s", name,
		    got, strbuf_get(&want));
		wrong++;
	}
	strbuf_clear(&want);
	arena_free(arena);
	return wrong;
}

static void
every_case_has_the_headings_it_says(void **state)
{
	char		 dir[4096], name[256];
	struct dirent	*e;
	size_t		 len, wrong = 0, cases = 0;
	DIR		*d;

	(void)state;
	snprintf(dir, sizeof(dir), "%s/tests/cases/headings", source_dir());
	d = opendir(dir);
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (len < 5 || len > 200 ||
		    strcmp(e->d_name + len - 4, ".txt") != 0)
			continue;
		memcpy(name, e->d_name, len - 4);
		name[len - 4] = '\0';
		wrong += check_case(name);
		cases++;
	}
	closedir(d);
	assert_true(cases >= 20);
	assert_int_equal(wrong, 0);
}

static void
an_empty_document_has_no_headings(void **state)
{
	struct arena		*arena = arena_new(0);
	struct document		 doc = { .n = 0 };
	const struct headings	*h;

	(void)state;
	h = headings_find(&doc, arena);
	assert_int_equal(h->n, 0);
	assert_int_equal(h->words, 0);
	arena_free(arena);
}

static void
headings_refer_to_their_paragraphs(void **state)
{
	struct arena		*arena = arena_new(0);
	const struct headings	*h;

	(void)state;
	h = headings_find(notation_read("[bold] I. ĐẶC ĐIỂM\nmột hai\n"
	    "[bold] II. KẾT\n**1. Ưu điểm:** ba bốn\n", arena), arena);
	assert_int_equal(h->n, 3);
	assert_int_equal(h->h[0].paragraph, 0);
	assert_int_equal(h->h[0].paragraph_end, 1);
	assert_int_equal(h->h[2].paragraph, 3);
	assert_int_equal(h->h[2].paragraph_end, 3);
	assert_string_equal(h->h[2].label, "1.");
	assert_string_equal(h->h[2].title, "Ưu điểm");
	assert_string_equal(h->h[2].body, "ba bốn");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(every_case_has_the_headings_it_says),
		cmocka_unit_test(an_empty_document_has_no_headings),
		cmocka_unit_test(headings_refer_to_their_paragraphs),
	};

	return cmocka_run_group_tests_name("headings", tests, NULL, NULL);
}
