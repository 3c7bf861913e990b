/* Mapped files that are gone through in pieces, and strings in them. */
#include "parsers/pages.h"

#include <stdarg.h>
#include <setjmp.h>

#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "tests/mapped.h"

#define LEN ((size_t)200000)

static struct bytes
content(void)
{
	static uint8_t	all[LEN];
	size_t		i;

	for (i = 0; i < LEN; i++)
		all[i] = (uint8_t)('a' + i % 23);
	return (struct bytes){ all, LEN };
}

/* Bytes of the file whose pages are in memory and ours. */
static size_t
resident(const struct pages *p)
{
	uint64_t	entry;
	size_t		page = (size_t)sysconf(_SC_PAGESIZE), i, n = 0;
	FILE		*f = fopen("/proc/self/pagemap", "rb");

	assert_non_null(f);
	for (i = 0; i < p->file.len; i += page) {
		assert_int_equal(fseek(f, (long)(((uintptr_t)p->file.data +
		    i) / page * sizeof(entry)), SEEK_SET), 0);
		assert_int_equal(fread(&entry, sizeof(entry), 1, f), 1);
		n += (entry >> 63) * page;
	}
	fclose(f);
	return n;
}

static void
what_lies_across_pieces_is_found_where_it_is(void **state)
{
	struct pages	p;
	struct bytes	all = content(), in;
	size_t		at;

	(void)state;
	mapped_open(&p, (struct bytes){ all.data, 300 });
	p.piece = 16;
	for (at = 0; at + 5 < 300; at++) {
		in = (struct bytes){ p.file.data + at % 23, 300 - at % 23 };
		assert_ptr_equal(pages_find(&p, in, all.data + at, 5),
		    memmem(in.data, in.len, all.data + at, 5));
		assert_ptr_equal(pages_find_byte(&p, in, all.data[at]),
		    memchr(in.data, all.data[at], in.len));
	}
	assert_null(pages_find(&p, p.file, "abd", 3));
	assert_null(pages_find_byte(&p, p.file, 'z'));
	mapped_close(&p);
}

static void
little_of_a_file_stays_behind_who_goes_through_it(void **state)
{
	struct pages	p;

	(void)state;
	mapped_open(&p, content());
	p.piece = 32768;
	assert_null(pages_find_byte(NULL, p.file, 'z'));
	assert_true(resident(&p) >= LEN);
	pages_let_go(&p);
	assert_int_equal(resident(&p), 0);
	assert_null(pages_find_byte(&p, p.file, 'z'));
	/* a read brings neighbours along, as many as the kernel likes */
	assert_true(resident(&p) < LEN * 3 / 4);
	assert_memory_equal(p.file.data, content().data, LEN);
	mapped_close(&p);
}

static void
a_long_string_stands_in_the_room_and_comes_back(void **state)
{
	struct pages	p;
	struct strbuf	b = { 0 };
	size_t		mark;

	(void)state;
	mapped_open(&p, content());
	mark = pages_mark(&p);
	pages_lend(&p, LEN, &b);
	pages_add(&p, &b, p.file);
	pages_keep(&p, &b);
	assert_ptr_equal(b.s, p.room);
	assert_true(pages_mark(&p) > LEN);
	pages_let_go(&p);
	assert_int_equal(b.len, LEN);
	assert_memory_equal(b.s, content().data, LEN);
	strbuf_clear(&b);
	pages_release(&p, mark);
	assert_int_equal(pages_mark(&p), 0);
	mapped_close(&p);
}

static void
a_short_string_or_one_that_does_not_fit_is_on_the_heap(void **state)
{
	struct pages	p;
	struct strbuf	b = { 0 };

	(void)state;
	mapped_open(&p, content());
	pages_lend(&p, p.least, &b);
	assert_false(b.is_lent);
	pages_lend(&p, p.size, &b);
	assert_false(b.is_lent);
	pages_lend(NULL, LEN, &b);
	assert_false(b.is_lent);
	mapped_close(&p);
}

static void
a_string_that_outgrows_the_room_moves_to_the_heap(void **state)
{
	struct pages	p;
	struct strbuf	b = { 0 };
	size_t		i;

	(void)state;
	mapped_open(&p, content());
	pages_lend(&p, p.least + 1, &b);
	assert_true(b.is_lent);
	for (i = 0; i < 5; i++)
		pages_add(&p, &b, p.file);
	pages_keep(&p, &b);
	assert_false(b.is_lent);
	assert_int_equal(pages_mark(&p), 0);
	assert_int_equal(b.len, 5 * LEN);
	assert_memory_equal(b.s, content().data, LEN);
	assert_memory_equal(b.s + 4 * LEN, content().data, LEN);
	strbuf_clear(&b);
	mapped_close(&p);
}

static void
a_lent_string_can_be_handed_over(void **state)
{
	char		 room[100], *taken;
	struct strbuf	 b = { 0 };

	(void)state;
	strbuf_lend(&b, room, sizeof(room));
	strbuf_adds(&b, "xin chào");
	taken = strbuf_take(&b);
	assert_string_equal(taken, "xin chào");
	assert_ptr_not_equal(taken, room);
	free(taken);
}

static void
what_is_pinned_is_not_released(void **state)
{
	struct pages	 p;
	struct arena	*arena = arena_new(0);
	struct strbuf	 b = { 0 };
	struct bytes	 kept;

	(void)state;
	mapped_open(&p, content());
	arena_set_pages(arena, &p);
	assert_false(pages_pin(&p, content()));
	assert_false(pages_pin(NULL, content()));
	pages_lend(&p, LEN, &b);
	strbuf_adds(&b, "giữ lại");
	kept = pages_take(arena, &b);
	assert_true(pages_pin(&p, kept));
	pages_release(&p, 0);
	assert_true(pages_mark(&p) > kept.len);
	assert_memory_equal(p.room, "giữ lại", kept.len);
	mapped_close(&p);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(what_lies_across_pieces_is_found_where_it_is),
		cmocka_unit_test(
		    little_of_a_file_stays_behind_who_goes_through_it),
		cmocka_unit_test(
		    a_long_string_stands_in_the_room_and_comes_back),
		cmocka_unit_test(
		    a_short_string_or_one_that_does_not_fit_is_on_the_heap),
		cmocka_unit_test(
		    a_string_that_outgrows_the_room_moves_to_the_heap),
		cmocka_unit_test(a_lent_string_can_be_handed_over),
		cmocka_unit_test(what_is_pinned_is_not_released),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
