/*
 * What the index promises: no comparison of a heading with a node finds
 * more than its bounds say, and of the heading's words just as much.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/match_index.h"
#include "parsers/text.h"
#include "tests/lexicon_fixture.h"
#include "tests/notation.h"

#define SLACK 1e-4

static struct vocabulary	*words;
static struct word_memory	*memory;
static struct match_node	*nodes;
static const struct outline	*o;

static void
prepare(void)
{
	const char	*src = getenv("SRC"), *why = "", *text;
	struct outline	*outline = NULL;
	size_t		 i;

	text = notation_file(arena_printf(arena,
	    "%s/tests/bench/outline-49.txt", src == NULL ? "." : src), arena);
	assert_non_null(text);
	assert_int_equal(outline_parse(text, arena, &outline, &why), 0);
	o = outline;
	words = vocabulary_new(lx, arena);
	memory = match_memory_new(words, arena);
	for (i = 0; i < o->n; i++)
		vocabulary_count(words, memory, o->nodes[i].text, 1);
	vocabulary_finish(words);
	nodes = arena_calloc(arena, o->n, sizeof(*nodes));
	for (i = 0; i < o->n; i++) {
		(void)match_texts(words, memory, o->nodes[i].text,
		    &nodes[i].text, 1);
		match_find_inner(words, memory, o->nodes[i].text,
		    &nodes[i].text);
		nodes[i].is_target = o->nodes[i].kind != NODE_GUIDANCE;
	}
}

/* Counts the pairs in which something is found. */
static size_t
compare_all(const struct match_index *x, struct match_marks *m,
    const char *title, bool targets)
{
	struct match_bound	*b = arena_calloc(arena, o->n, sizeof(*b));
	struct match_text	*t = arena_calloc(arena, 1, sizeof(*t));
	struct match_score	 s;
	size_t			 i, n = 0;

	(void)match_texts(words, memory, title, t, 1);
	match_mark(m, t);
	match_index_bounds(x, m, t, b);
	for (i = 0; i < o->n; i++) {
		s = match_compare(m, &nodes[i].text);
		if (nodes[i].is_target != targets) {
			assert_true(b[i].heading == 0 && b[i].node == 0);
			continue;
		}
		n += s.node > 0;
		if ((!targets || b[i].node >= s.node - SLACK) &&
		    fabs(b[i].heading - s.heading) <= SLACK)
			continue;
		fail_msg("\"%s\" and \"%s\": node %g, at most %g; heading %g, "
		    "said to be %g", title, o->nodes[i].text, s.node,
		    (double)b[i].node, s.heading, (double)b[i].heading);
	}
	return n;
}

static const char *
backwards(const char *s)
{
	const char	*out = "", *word;
	size_t		 len, i;

	for (i = 0; (word = text_key_word(s, i, &len)) != NULL; i++)
		out = arena_printf(arena, "%.*s %s", (int)len, word, out);
	return out;
}

static void
bounds_hold(void **state)
{
	const struct match_index	*x;
	struct match_marks		*m;
	const char			*s;
	size_t				 i, n = 0;
	int				 targets;

	(void)state;
	prepare();
	m = match_marks_new(words, arena);
	for (targets = 0; targets < 2; targets++) {
		x = match_index_new(words, nodes, o->n, targets == 1, arena);
		for (i = 0; i < o->n; i++) {
			s = o->nodes[i].text;
			n += compare_all(x, m, s, targets == 1);
			n += compare_all(x, m, backwards(s), targets == 1);
			n += compare_all(x, m, text_key(s, TEXT_KEY_BARE,
			    arena), targets == 1);
			n += compare_all(x, m, arena_printf(arena,
			    "%s của %s (%s)", o->nodes[(i + 7) % o->n].text, s,
			    o->nodes[(i + 3) % o->n].text), targets == 1);
		}
	}
	assert_true(n > 1000);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(bounds_hold),
	};

	return cmocka_run_group_tests(tests, lexicon_setup,
	    lexicon_teardown);
}
