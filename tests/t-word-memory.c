/*
 * What the memory of words promises: whatever was read before, a text's
 * words are those of a reading without any memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/lexicon.h"
#include "parsers/word_memory.h"
#include "tests/lexicon_fixture.h"

#define MANY 5000	/* words, more than are remembered */

static struct word_memory *
memory_new(void)
{
	return word_memory_new(lexicon_all_words(lx), arena);
}

/* Reads a text with and without; returns how many words it has. */
static size_t
assert_same_words(const struct word_memory *m, const char *text)
{
	const struct word_memory	 none = { m->words, m->arena, NULL };
	struct fold_run			 a, b;
	struct lexicon_word		 v, w;
	enum fold			 kind;
	size_t				 n = 0;

	for (;; n++, text = a.end) {
		kind = word_memory_next(&none, text, &a, &v);
		assert_int_equal(word_memory_next(m, text, &b, &w), kind);
		if (kind == FOLD_END || kind == FOLD_OTHER)
			return n;
		assert_ptr_equal(b.start, a.start);
		assert_ptr_equal(b.end, a.end);
		assert_string_equal(w.key, v.key);
		assert_int_equal(w.len, v.len);
		assert_int_equal(w.hash, v.hash);
		assert_int_equal(w.id, v.id);
		assert_int_equal(w.bare, v.bare);
	}
}

static void
words_met_again_are_the_same(void **state)
{
	struct word_memory	*m = memory_new();

	(void)state;
	assert_int_equal(assert_same_words(m, "Kết quả ở cơ sở"), 5);
	assert_int_equal(assert_same_words(m, "kết quả, KẾT QUẢ"), 4);
	assert_int_equal(assert_same_words(m, "Kết quả 2026: kết quả"), 5);
	assert_int_equal(assert_same_words(m, "TDP5 và TDP 5"), 5);
}

/* What ends a word decides whether it is one: letters alone do not tell. */
static void
a_sign_behind_a_known_word_counts(void **state)
{
	static const char *const texts[] = {
		"cơ sở", "cơ sở\x01", "cơ\x01 sở", "cơ sở\x7F", "cơ\tsở",
		"cơ “sở”", "cơ sở²", "cơ sơ\u0309", "cơ\u200B sở", "5²", "5",
		"cơ-sở/cơ.sở;", "", " ", "\x01",
	};
	struct word_memory	*m = memory_new();
	size_t			 i;

	(void)state;
	for (i = 0; i < 2 * sizeof(texts) / sizeof(texts[0]); i++)
		(void)assert_same_words(m, texts[i / 2]);
	assert_int_equal(assert_same_words(m, "cơ sở\x01"), 1);
	assert_int_equal(assert_same_words(m, "cơ sơ\u0309"), 1);
}

static void
more_words_than_it_keeps_do_no_harm(void **state)
{
	struct word_memory	*m = memory_new();
	char			 word[] = "aaaa aaaa";
	size_t			 i, k, round;

	(void)state;
	for (round = 0; round < 2; round++)
		for (i = 0; i < MANY; i++) {
			for (k = 0; k < 4; k++)
				word[k] = (char)('a' + (i >> (3 * k)) % 8);
			assert_int_equal(assert_same_words(m, word), 2);
		}
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(words_met_again_are_the_same),
		cmocka_unit_test(a_sign_behind_a_known_word_counts),
		cmocka_unit_test(more_words_than_it_keeps_do_no_harm),
	};

	return cmocka_run_group_tests(tests, lexicon_setup, lexicon_teardown);
}
