/* The table of words: complete, and fit to be shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/text.h"

static void
every_word_is_there_and_clean(void **state)
{
	struct arena	*a = arena_new(0);
	int		 w;

	(void)state;
	for (w = 0; w < WORD_COUNT; w++) {
		assert_non_null(text_word((enum word)w));
		assert_true(*text_word((enum word)w) != '\0');
		/* NFC, one line, no blanks at the ends */
		assert_string_equal(text_word((enum word)w),
		    text_clean(text_word((enum word)w), a));
	}
	arena_free(a);
}

static void
log_words_fit_their_column(void **state)
{
	int	w;

	(void)state;
	for (w = WORD_LOG_SUBMITTED; w <= WORD_LOG_OTHER; w++)
		assert_in_range(text_width(text_word((enum word)w)), 1, 9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_there_and_clean),
		cmocka_unit_test(log_words_fit_their_column)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
