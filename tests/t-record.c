/* Framed records: what is written is read, what is broken fails. */
#include "parsers/record.h"

#include <stdarg.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct sample {
	const char	*name;
	uint8_t		 small;
	uint16_t	 middle;
	int64_t		 large;
	bool		 is_set;
};

static const struct record_field sample_fields[] = {
	RECORD_STRING(sample, name),
	RECORD_FIELD(sample, small, FIELD_NUMBER, 9),
	RECORD_NUMBER(sample, middle),
	RECORD_NUMBER(sample, large),
	RECORD_BOOL(sample, is_set),
};

static struct bytes
written(const struct strbuf *b)
{
	return (struct bytes){ (const uint8_t *)b->s, b->len };
}

static void
put_sample(struct strbuf *out, uint8_t small)
{
	struct sample	s = { "Tổ dân phố", small, 513, -2, true };
	size_t		place;

	place = record_begin(out, RECORD_ROW);
	record_put_fields(out, &s, sample_fields, COUNT(sample_fields));
	record_end(out, place);
}

static bool
get_sample(struct bytes b, struct arena *arena, struct sample *s)
{
	struct record_reader	r, payload;

	record_reader_init(&r, b, arena);
	record_expect(&r, RECORD_ROW, &payload);
	record_get_fields(&payload, s, sample_fields, COUNT(sample_fields));
	if (!record_at_end(&payload))
		r.failed = true;
	return record_at_end(&r);
}

static void
what_was_written_is_read(void **state)
{
	struct strbuf	 out = { 0 };
	struct arena	*arena = arena_new(0);
	struct sample	 s;

	(void)state;
	put_sample(&out, 7);
	assert_true(get_sample(written(&out), arena, &s));
	assert_string_equal(s.name, "Tổ dân phố");
	assert_int_equal(s.small, 7);
	assert_int_equal(s.middle, 513);
	assert_true(s.large == -2);
	assert_true(s.is_set);
	arena_free(arena);
	strbuf_clear(&out);
}

static void
a_number_beyond_its_most_fails(void **state)
{
	struct strbuf	 out = { 0 };
	struct arena	*arena = arena_new(0);
	struct sample	 s;

	(void)state;
	put_sample(&out, 10);
	assert_false(get_sample(written(&out), arena, &s));
	arena_free(arena);
	strbuf_clear(&out);
}

static void
a_record_cut_anywhere_fails(void **state)
{
	struct strbuf	 out = { 0 };
	struct arena	*arena = arena_new(0);
	struct bytes	 b;
	struct sample	 s;
	size_t		 len;

	(void)state;
	put_sample(&out, 1);
	for (len = 0; len < out.len; len++) {
		b = written(&out);
		b.len = len;
		assert_false(get_sample(b, arena, &s));
	}
	arena_free(arena);
	strbuf_clear(&out);
}

static void
bytes_left_over_fail(void **state)
{
	struct strbuf	 out = { 0 };
	struct arena	*arena = arena_new(0);
	struct sample	 s;

	(void)state;
	put_sample(&out, 1);
	strbuf_addc(&out, 'x');
	assert_false(get_sample(written(&out), arena, &s));
	arena_free(arena);
	strbuf_clear(&out);
}

static void
a_record_longer_than_the_limit_fails(void **state)
{
	static const uint8_t	 lie[] = { 1, 0, 0, 1, 1, 0, 'x', 'y' };
	struct record_reader	 r, payload;
	struct arena		*arena = arena_new(0);
	uint16_t		 type;

	(void)state;
	record_reader_init(&r, (struct bytes){ lie, sizeof(lie) }, arena);
	assert_false(record_next(&r, &type, &payload));
	assert_true(r.failed);
	arena_free(arena);
}

static void
a_lying_count_asks_for_no_memory(void **state)
{
	struct strbuf		 out = { 0 };
	struct record_reader	 r, payload;
	struct arena		*arena = arena_new((size_t)1 << 20);
	size_t			 place, n;

	(void)state;
	place = record_begin(&out, RECORD_ROW);
	record_put_u32(&out, UINT32_MAX);
	record_put_string(&out, "a");
	record_end(&out, place);
	record_reader_init(&r, written(&out), arena);
	assert_true(record_expect(&r, RECORD_ROW, &payload));
	(void)record_get_strings(&payload, &n);
	assert_int_equal(n, 0);
	assert_true(payload.failed);
	arena_free(arena);
	strbuf_clear(&out);
}

/* Read one raw string out of a hand-made record. */
static bool
string_is_taken(const char *bytes, size_t len)
{
	struct strbuf		 out = { 0 };
	struct record_reader	 r, payload;
	struct arena		*arena = arena_new(0);
	size_t			 place;
	bool			 taken;

	place = record_begin(&out, RECORD_ROW);
	record_put_bytes(&out, bytes, len);
	record_end(&out, place);
	record_reader_init(&r, written(&out), arena);
	record_expect(&r, RECORD_ROW, &payload);
	(void)record_get_string(&payload);
	taken = record_at_end(&payload);
	arena_free(arena);
	strbuf_clear(&out);
	return taken;
}

static void
strings_must_be_utf_8_without_nul(void **state)
{
	(void)state;
	assert_true(string_is_taken("đ", 2));
	assert_true(string_is_taken("", 0));
	assert_false(string_is_taken("\xC4", 1));
	assert_false(string_is_taken("\xC0\x80", 2));
	assert_false(string_is_taken("\xED\xA0\x80", 3));
	assert_false(string_is_taken("a\0b", 3));
}

static void
the_writer_mends_what_is_not_utf_8(void **state)
{
	struct strbuf		 out = { 0 };
	struct record_reader	 r, payload;
	struct arena		*arena = arena_new(0);
	size_t			 place;

	(void)state;
	place = record_begin(&out, RECORD_ROW);
	record_put_string(&out, "B\xE1o \xE1\xBA");
	record_put_string(&out, NULL);
	record_end(&out, place);
	record_reader_init(&r, written(&out), arena);
	record_expect(&r, RECORD_ROW, &payload);
	assert_string_equal(record_get_string(&payload),
	    "B\xEF\xBF\xBDo \xEF\xBF\xBD\xEF\xBF\xBD");
	assert_string_equal(record_get_string(&payload), "");
	assert_true(record_at_end(&payload));
	arena_free(arena);
	strbuf_clear(&out);
}

static void
a_reader_that_failed_stays_failed(void **state)
{
	static const uint8_t	 two[] = { 1, 2 };
	struct record_reader	 r;
	struct arena		*arena = arena_new(0);

	(void)state;
	record_reader_init(&r, (struct bytes){ two, 2 }, arena);
	assert_int_equal(record_get_u32(&r), 0);
	assert_int_equal(record_get_u8(&r), 0);
	assert_false(record_at_end(&r));
	arena_free(arena);
}

static void
a_head_of_another_type_or_version_fails(void **state)
{
	struct strbuf		 out = { 0 };
	struct record_reader	 r;
	struct arena		*arena = arena_new(0);

	(void)state;
	record_put_head(&out, RECORD_LETTER, 3);
	record_reader_init(&r, written(&out), arena);
	assert_true(record_expect_head(&r, RECORD_LETTER, 3));
	record_reader_init(&r, written(&out), arena);
	assert_false(record_expect_head(&r, RECORD_LETTER, 2));
	record_reader_init(&r, written(&out), arena);
	assert_false(record_expect_head(&r, RECORD_MESSAGE, 3));
	arena_free(arena);
	strbuf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(a_number_beyond_its_most_fails),
		cmocka_unit_test(a_record_cut_anywhere_fails),
		cmocka_unit_test(bytes_left_over_fail),
		cmocka_unit_test(a_record_longer_than_the_limit_fails),
		cmocka_unit_test(a_lying_count_asks_for_no_memory),
		cmocka_unit_test(strings_must_be_utf_8_without_nul),
		cmocka_unit_test(the_writer_mends_what_is_not_utf_8),
		cmocka_unit_test(a_reader_that_failed_stays_failed),
		cmocka_unit_test(a_head_of_another_type_or_version_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
