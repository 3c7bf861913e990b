/* The arena and the string buffer. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"

static void
arena_objects_are_zeroed_and_apart(void **state)
{
	struct arena	*a = arena_new(0);
	char		*p, *q;
	size_t		 i;

	(void)state;
	p = arena_alloc(a, 100);
	q = arena_alloc(a, 200000);
	for (i = 0; i < 200000; i++)
		assert_int_equal(q[i], 0);
	memset(p, 1, 100);
	memset(q, 2, 200000);
	assert_int_equal(p[99], 1);
	assert_int_equal((uintptr_t)arena_alloc(a, 1) % 16, 0);
	arena_free(a);
}

static void
arena_array_keeps_its_items_while_growing(void **state)
{
	struct arena	*a = arena_new(0);
	size_t		 cap = 0, i;
	int		*array = NULL;

	(void)state;
	for (i = 0; i < 1000; i++) {
		array = arena_grow(a, array, i, &cap, sizeof(*array));
		array[i] = (int)i;
	}
	for (i = 0; i < 1000; i++)
		assert_int_equal(array[i], i);
	arena_free(a);
}

static void
joined_text_has_a_space_only_between(void **state)
{
	struct arena	*a = arena_new(0);

	(void)state;
	assert_string_equal(arena_join(a, "một", "hai ba", 3), "một hai");
	assert_string_equal(arena_join(a, "", "hai", 3), "hai");
	assert_string_equal(arena_join(a, "một", "", 0), "một ");
	arena_free(a);
}

static void
printed_text_is_whole(void **state)
{
	struct arena	*a = arena_new(0);
	struct strbuf	 b = {0};
	char		*s;

	(void)state;
	assert_string_equal(arena_printf(a, "%s-%d", "CV", 7), "CV-7");
	assert_string_equal(strbuf_get(&b), "");
	strbuf_adds(&b, "Kính");
	strbuf_addc(&b, ' ');
	strbuf_addf(&b, "gửi %03d", 5);
	assert_string_equal(strbuf_get(&b), "Kính gửi 005");
	s = strbuf_take(&b);
	assert_string_equal(s, "Kính gửi 005");
	free(s);
	s = strbuf_take(&b);
	assert_string_equal(s, "");
	free(s);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_objects_are_zeroed_and_apart),
		cmocka_unit_test(arena_array_keeps_its_items_while_growing),
		cmocka_unit_test(joined_text_has_a_space_only_between),
		cmocka_unit_test(printed_text_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
