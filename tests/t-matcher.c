/*
 * Mapping: every NAME.tsv of tests/cases/match. Its lines (tab between):
 *
 *   outline  NAME                  the outline NAME.outline
 *   kind     KIND                  of the unit, when it is known
 *   LEVEL    TEXT  WORDS  IDS      a heading with WORDS words below; the
 *   weak     TEXT  WORDS  IDS      ids it must answer, "-" for none
 *   run-in   TEXT  WORDS  IDS      (a bullet that runs on into its text)
 *   below    TEXT                  the text below the heading before
 *   state    ID    STATE           filled, empty, missing
 *   sure     ID    STATE           and we would say so; unsure: we would not
 *   unfilled yes|no                the outline sent back
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
#include "parsers/coverage.h"
#include "parsers/label.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "tests/lexicon_fixture.h"
#include "tests/notation.h"

#define COLUMNS 4
#define LINES 400

static const char *
case_path(const char *name, const char *ending)
{
	const char	*src = getenv("SRC");

	return arena_printf(arena, "%s/tests/cases/match/%s%s",
	    src == NULL ? "." : src, name, ending);
}

struct line {
	const char	*col[COLUMNS];
};

struct mapping_case {
	const char	*name;
	struct line	 lines[LINES];
	size_t		 n;
	const struct outline *outline;
	const char	*kind;
	struct headings	 h;
	const char	*want[LINES]; /* ids by heading */
	size_t		 wrong;
};

static void
differs(struct mapping_case *c, const char *what, const char *got,
    const char *want)
{
	printf("# %s: %s: is %s, should be %s\n", c->name, what, got, want);
	c->wrong++;
}

static void
split_lines(struct mapping_case *c, char *text)
{
	char	*line, *tab;
	size_t	 i;

	while ((line = strsep(&text, "\n")) != NULL) {
		if (*line == '\0' || *line == '#')
			continue;
		assert_true(c->n < LINES);
		for (i = 0; i < COLUMNS; i++) {
			tab = strsep(&line, "\t");
			c->lines[c->n].col[i] = tab == NULL ? "" : tab;
		}
		c->n++;
	}
}

static void
read_outline(struct mapping_case *c, const char *name)
{
	const char	*why = "", *text;
	struct outline	*o = NULL;
	int		 line;

	text = notation_file(case_path(name, ".outline"), arena);
	assert_non_null(text);
	line = outline_parse(text, arena, &o, &why);
	if (line != 0)
		fail_msg("%s.outline:%d: %s", name, line, why);
	c->outline = o;
}

static void
add_heading(struct mapping_case *c, const struct line *l)
{
	struct heading	*h = &c->h.h[c->h.n];
	struct label	 label;

	memset(h, 0, sizeof(*h));
	label_parse(l->col[1], &label);
	h->text = l->col[1];
	h->label = arena_strndup(arena, h->text, label.len);
	h->title = h->text + label.title;
	h->is_bullet = label.kind == LABEL_BULLET;
	h->run_in = l->col[0][0] == 'r';
	h->level = (uint8_t)(l->col[0][0] == 'w' || h->run_in ? 3 :
	    atoi(l->col[0]));
	h->source = HEADING_BY_LABEL;
	h->confidence = h->run_in ? 40 : l->col[0][0] == 'w' ? 16 : 90;
	h->paragraph = (uint32_t)c->h.n * 2;
	h->paragraph_end = h->paragraph + 1;
	h->words = (uint32_t)atoi(l->col[2]);
	h->body = h->words > 0 ? "văn bản bên dưới" : "";
	c->want[c->h.n++] = l->col[3];
}

static const char *
ids_of(const struct mapping_case *c, const struct coverage *cov, size_t i)
{
	struct strbuf	 b = {0};
	const char	*s = "-";
	size_t		 k, j;

	for (k = 0; k < cov->n_matches; k++) {
		if (cov->matches[k].heading != i)
			continue;
		for (j = 0; j < cov->matches[k].n_sections; j++)
			strbuf_addf(&b, "%s%s", j > 0 ? "," : "", c->outline->
			    nodes[cov->matches[k].sections[j]].id);
	}
	if (b.len > 0)
		s = arena_strdup(arena, b.s);
	strbuf_clear(&b);
	return s;
}

static void
check_state(struct mapping_case *c, const struct coverage *cov,
    const struct line *l)
{
	const char	*id;
	bool		 wants_sure = strcmp(l->col[0], "sure") == 0;
	size_t		 i;

	for (i = 0; i < cov->n_sections; i++) {
		const struct section_cover *s = &cov->sections[i];

		id = c->outline->nodes[s->node].id;
		if (strcmp(id, l->col[1]) != 0)
			continue;
		if (strcmp(section_state_name(s->state), l->col[2]) != 0)
			differs(c, id, section_state_name(s->state), l->col[2]);
		if (strcmp(l->col[0], "state") != 0 && s->sure != wants_sure)
			differs(c, id, s->sure ? "sure" : "unsure", l->col[0]);
		return;
	}
	differs(c, l->col[1], "no section", l->col[2]);
}

static size_t
check_case(const char *name)
{
	struct mapping_case	*c = arena_alloc(arena, sizeof(*c));
	const struct coverage	*cov;
	struct audience		 unit = { NULL, NULL, 0 };
	size_t			 i;

	c->name = name;
	c->h.h = arena_calloc(arena, LINES, sizeof(*c->h.h));
	split_lines(c, notation_file(case_path(name, ".tsv"), arena));
	for (i = 0; i < c->n; i++) {
		const struct line *l = &c->lines[i];

		if (strcmp(l->col[0], "outline") == 0)
			read_outline(c, l->col[1]);
		else if (strcmp(l->col[0], "kind") == 0)
			unit.kind = l->col[1];
		else if (strcmp(l->col[0], "weak") == 0 ||
		    strcmp(l->col[0], "run-in") == 0 ||
		    (l->col[0][0] >= '1' && l->col[0][0] <= '9'))
			add_heading(c, l);
		else if (strcmp(l->col[0], "below") == 0)
			c->h.h[c->h.n - 1].body = l->col[1];
	}
	cov = matcher_cover(matcher_new(c->outline, lx, arena), &c->h,
	    unit.kind == NULL ? NULL : &unit, arena);
	for (i = 0; i < c->h.n; i++)
		if (strcmp(ids_of(c, cov, i), c->want[i]) != 0)
			differs(c, c->h.h[i].text, ids_of(c, cov, i),
			    c->want[i]);
	for (i = 0; i < c->n; i++) {
		const struct line *l = &c->lines[i];

		if (strcmp(l->col[0], "unfilled") == 0 &&
		    cov->is_unfilled_outline != (l->col[1][0] == 'y'))
			differs(c, "unfilled", cov->is_unfilled_outline ?
			    "yes" : "no", l->col[1]);
		if (strcmp(l->col[0], "state") == 0 ||
		    strcmp(l->col[0], "sure") == 0 ||
		    strcmp(l->col[0], "unsure") == 0)
			check_state(c, cov, l);
	}
	return c->wrong;
}

static void
every_case_maps_as_it_says(void **state)
{
	struct dirent	*e;
	size_t		 len, wrong = 0, cases = 0;
	DIR		*d;

	(void)state;
	d = opendir(case_path("", ""));
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		len = strlen(e->d_name);
		if (len < 5 || strcmp(e->d_name + len - 4, ".tsv") != 0)
			continue;
		wrong += check_case(arena_strndup(arena, e->d_name, len - 4));
		cases++;
	}
	closedir(d);
	assert_true(cases >= 15);
	assert_int_equal(wrong, 0);
}

static void
nothing_maps_to_nothing(void **state)
{
	struct headings		 none = { NULL, 0, 0, NULL, 0 };
	struct outline		 empty = { NULL, 0 };
	const struct coverage	*c;

	(void)state;
	c = matcher_cover(matcher_new(&empty, lx, arena), &none, NULL, arena);
	assert_int_equal(c->n_matches, 0);
	assert_int_equal(c->n_sections, 0);
	assert_false(c->is_unfilled_outline);
}

/* How many sections a heading behind so much else answers. */
static size_t
answers_behind(size_t others)
{
	struct mapping_case	*c = arena_alloc(arena, sizeof(*c));
	struct strbuf		 other = {0};
	struct heading		*last;
	const struct coverage	*cov;
	size_t			 i;

	read_outline(c, "party-year");
	while (other.len + 20 < LIMIT_HEADING_BYTES)
		strbuf_addf(&other, "điều khác ");
	c->h.h = arena_calloc(arena, others + 1, sizeof(*c->h.h));
	c->h.n = others + 1;
	for (i = 0; i < c->h.n; i++) {
		c->h.h[i].text = c->h.h[i].title = other.s;
		c->h.h[i].label = c->h.h[i].body = "";
		c->h.h[i].level = 1;
		c->h.h[i].confidence = 90;
	}
	last = &c->h.h[others];
	last->text = last->title = c->outline->nodes[0].text;
	cov = matcher_cover(matcher_new(c->outline, lx, arena), &c->h, NULL,
	    arena);
	for (i = 0; i < cov->n_sections; i++)
		assert_true(cov->sections[i].state != SECTION_MISSING ||
		    !cov->sections[i].sure);
	strbuf_clear(&other);
	return cov->matches[cov->n_matches - 1].n_sections;
}

static void
a_flood_of_titles_is_not_read_to_its_end(void **state)
{
	(void)state;
	assert_int_equal(answers_behind(20), 1);
	assert_int_equal(answers_behind(LIMIT_MATCHED_BYTES /
	    LIMIT_HEADING_BYTES + 20), 0);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(every_case_maps_as_it_says),
		cmocka_unit_test(nothing_maps_to_nothing),
		cmocka_unit_test(a_flood_of_titles_is_not_read_to_its_end),
	};

	return cmocka_run_group_tests_name("matcher", tests,
	    lexicon_setup, lexicon_teardown);
}
