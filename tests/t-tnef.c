/*
 * winmail.dat: names and files by title, by short and by long name; cut
 * anywhere it gives fewer files, never others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/tnef.h"

/* ---- writing one */

static void
put(struct strbuf *b, uint32_t v, unsigned bytes)
{
	for (; bytes > 0; bytes--, v >>= 8)
		strbuf_addc(b, (char)(v & 0xFF));
}

static void
put_padded(struct strbuf *b, const char *s, size_t len)
{
	put(b, (uint32_t)len, 4);
	strbuf_add(b, s, len);
	for (; len % 4 != 0; len++)
		strbuf_addc(b, 0);
}

static void
put_attribute(struct strbuf *b, int level, uint32_t id, const char *s,
    size_t len)
{
	put(b, (uint32_t)level, 1);
	put(b, id, 4);
	put(b, (uint32_t)len, 4);
	strbuf_add(b, s, len);
	put(b, 0, 2);
}

static void
begin(struct strbuf *b)
{
	put(b, 0x223E9F78, 4);
	put(b, 1, 2);
	/* of the message itself: no file */
	put_attribute(b, 1, 0x8004, "Subject", 8);
}

/* A short, a GUID, two longs in one, a named one, both names, the bytes. */
static void
put_properties(struct strbuf *b)
{
	static const char long_name[] = "B\0\xE1\0o\0.\0d\0o\0c\0x\0\0";
	struct strbuf	p = { 0 };
	unsigned	i;

	put(&p, 7, 4);
	put(&p, 0x0002 | 0x0E01 << 16, 4), put(&p, 7, 4);
	put(&p, 0x0048 | 0x0E02 << 16, 4);
	for (i = 0; i < 4; i++)
		put(&p, i, 4);
	put(&p, 0x1003 | 0x0E03 << 16, 4), put(&p, 2, 4);
	put(&p, 1, 4), put(&p, 2, 4);
	/* named by a string */
	put(&p, 0x001E | 0x8001u << 16, 4);
	for (i = 0; i < 4; i++)
		put(&p, 0, 4);
	put(&p, 1, 4), put_padded(&p, "n\0a\0m", 5);
	put(&p, 1, 4), put_padded(&p, "value", 6);
	/* named by a number, eight bytes */
	put(&p, 0x0040 | 0x8002u << 16, 4);
	for (i = 0; i < 4; i++)
		put(&p, 0, 4);
	put(&p, 0, 4), put(&p, 9, 4), put(&p, 0, 4), put(&p, 0, 4);
	put(&p, 0x001F | 0x3707u << 16, 4), put(&p, 1, 4);
	put_padded(&p, long_name, sizeof(long_name));
	put(&p, 0x0102 | 0x3701u << 16, 4), put(&p, 1, 4);
	put_padded(&p, "content", 7);
	put_attribute(b, 2, 0x9005, strbuf_get(&p), p.len);
	strbuf_clear(&p);
}

static void
put_two_files(struct strbuf *b)
{
	begin(b);
	put_attribute(b, 2, 0x9002, "render", 6);
	put_attribute(b, 2, 0x8010, "BAO~1.DOC", 10);
	put_attribute(b, 2, 0x800F, "first", 5);
	put_attribute(b, 2, 0x8011, "a picture of it", 15);
	put_attribute(b, 2, 0x9002, "render", 6);
	put_properties(b);
}

/* ---- reading it */

static size_t
read_files(const struct strbuf *b, size_t len, struct arena *arena,
    struct tnef_file **out)
{
	/* in the arena, where the files' bytes are looked at */
	return tnef_files((struct bytes){ (const uint8_t *)arena_strndup(
	    arena, b->s, len), len }, arena, out);
}

static void
files_are_found_by_either_way_of_naming(void **state)
{
	struct arena	*a = arena_new(0);
	struct strbuf	 b = { 0 };
	struct tnef_file *f;

	(void)state;
	put_two_files(&b);
	assert_true(tnef_sniff((struct bytes){ (const uint8_t *)b.s,
	    b.len }));
	assert_false(tnef_sniff((struct bytes){ (const uint8_t *)b.s, 5 }));
	assert_int_equal(read_files(&b, b.len, a, &f), 2);
	assert_string_equal(f[0].name, "BAO~1.DOC");
	assert_int_equal(f[0].content.len, 5);
	assert_memory_equal(f[0].content.data, "first", 5);
	assert_string_equal(f[1].name, "Báo.docx");
	assert_int_equal(f[1].content.len, 7);
	assert_memory_equal(f[1].content.data, "content", 7);
	strbuf_clear(&b);
	arena_free(a);
}

static void
a_blob_cut_anywhere_gives_fewer_files_never_others(void **state)
{
	struct arena	*a = arena_new(0);
	struct strbuf	 b = { 0 };
	struct tnef_file *f;
	size_t		 len, i, n;

	(void)state;
	put_two_files(&b);
	for (len = 0; len < b.len; len++) {
		n = read_files(&b, len, a, &f);
		assert_in_range(n, 0, 2);
		for (i = 0; i < n; i++) {
			assert_non_null(f[i].name);
			assert_true(f[i].content.len == 0 ||
			    f[i].content.len == (i == 0 ? 5 : 7));
		}
	}
	strbuf_clear(&b);
	arena_free(a);
}

static void
there_are_no_more_files_than_the_limit(void **state)
{
	struct arena	*a = arena_new(0);
	struct strbuf	 b = { 0 };
	struct tnef_file *f;
	size_t		 i;

	(void)state;
	begin(&b);
	for (i = 0; i < LIMIT_ATTACHMENTS + 5; i++)
		put_attribute(&b, 2, 0x9002, "render", 6);
	assert_int_equal(read_files(&b, b.len, a, &f), LIMIT_ATTACHMENTS);
	strbuf_clear(&b);
	arena_free(a);
}

static void
something_else_has_no_files(void **state)
{
	struct arena	*a = arena_new(0);
	struct strbuf	 b = { 0 };
	struct tnef_file *f;

	(void)state;
	strbuf_adds(&b, "PK\003\004 and so on");
	assert_int_equal(read_files(&b, b.len, a, &f), 0);
	strbuf_clear(&b);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_found_by_either_way_of_naming),
		cmocka_unit_test(
		    a_blob_cut_anywhere_gives_fewer_files_never_others),
		cmocka_unit_test(there_are_no_more_files_than_the_limit),
		cmocka_unit_test(something_else_has_no_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
