/*
 * The signed mail inside smime.p7m: what is taken out, and that damage and
 * lies about lengths end in nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/cms.h"

#define OID_SIGNED 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, \
	0x07, 0x02
#define OID_DATA 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, \
	0x07, 0x01
#define VERSION 0x02, 0x01, 0x01
#define END 0x00, 0x00

/* Every length is stated. */
static const uint8_t definite[] = { 0x30, 0x2A, OID_SIGNED, 0xA0, 0x1D,
	0x30, 0x1B, VERSION, 0x31, 0x00, 0x30, 0x14, OID_DATA, 0xA0, 0x07,
	0x04, 0x05, 'h', 'e', 'l', 'l', 'o' };

/* As OpenSSL streams it: no length, the text in pieces, one of them cut. */
static const uint8_t streamed[] = { 0x30, 0x80, OID_SIGNED, 0xA0, 0x80,
	0x30, 0x80, VERSION, 0x31, 0x80, 0x30, 0x00, END, 0x30, 0x80,
	OID_DATA, 0xA0, 0x80, 0x24, 0x80, 0x04, 0x02, 'h', 'e', 0x24, 0x80,
	0x04, 0x01, 'l', END, 0x24, 0x04, 0x04, 0x02, 'l', 'o', END, END,
	END };

/* The content of a copy of just that many bytes; "" when there is none. */
static const char *
content_of(const uint8_t *p, size_t len, struct arena *arena)
{
	uint8_t		*copy = malloc(len + 1); /* so that ASan sees it */
	struct bytes	 content = { NULL, 0 };
	const char	*out = "";

	memcpy(copy, p, len);
	if (cms_signed_content((struct bytes){ copy, len }, arena, &content))
		out = arena_strndup(arena, (const char *)content.data,
		    content.len);
	free(copy);
	return out;
}

static void
the_signed_text_is_taken_out(void **state)
{
	struct arena	*a = arena_new(0);

	(void)state;
	assert_string_equal(content_of(definite, sizeof(definite), a),
	    "hello");
	assert_string_equal(content_of(streamed, sizeof(streamed), a),
	    "hello");
	arena_free(a);
}

static void
a_blob_cut_anywhere_gives_a_beginning_or_nothing(void **state)
{
	struct arena	*a = arena_new(0);
	const char	*got;
	size_t		 n;

	(void)state;
	for (n = 0; n < sizeof(definite); n++)
		assert_string_equal(content_of(definite, n, a), "");
	for (n = 0; n < sizeof(streamed); n++) {
		got = content_of(streamed, n, a);
		assert_memory_equal(got, "hello", strlen(got));
	}
	arena_free(a);
}

/* One byte changed to each value: never more than the five letters. */
static void
no_byte_makes_it_read_elsewhere(void **state)
{
	struct arena	*a = arena_new(0);
	uint8_t		 blob[sizeof(streamed)];
	size_t		 i;
	int		 value;

	(void)state;
	for (i = 0; i < sizeof(streamed); i++) {
		for (value = 0; value < 256; value++) {
			memcpy(blob, streamed, sizeof(blob));
			blob[i] = (uint8_t)value;
			assert_in_range(strlen(content_of(blob,
			    sizeof(blob), a)), 0, sizeof(streamed));
		}
	}
	arena_free(a);
}

static void
what_is_not_signed_data_has_no_content(void **state)
{
	/* another kind, a long tag, a length of five bytes, a primitive
	 * value without length, digests within digests without length */
	static const uint8_t other[] = { 0x30, 0x0B, OID_DATA };
	static const uint8_t long_tag[] = { 0x3F, 0x81, 0x00 };
	static const uint8_t long_length[] = { 0x30, 0x85, 0, 0, 0, 0, 1, 0 };
	static const uint8_t endless[] = { 0x04, 0x80, 'x', END };
	static const uint8_t nested[] = { 0x30, 0x80, OID_SIGNED, 0xA0, 0x80,
	    0x30, 0x80, VERSION, 0x31, 0x80, 0x30, 0x80, END, END };
	static const uint8_t no_octets[] = { 0x30, 0x25, OID_SIGNED, 0xA0,
	    0x18, 0x30, 0x16, VERSION, 0x31, 0x00, 0x30, 0x0F, OID_DATA,
	    0xA0, 0x02, 0x05, 0x00 };
	struct arena	*a = arena_new(0);

	(void)state;
	assert_string_equal(content_of(other, sizeof(other), a), "");
	assert_string_equal(content_of(long_tag, sizeof(long_tag), a), "");
	assert_string_equal(content_of(long_length, sizeof(long_length), a),
	    "");
	assert_string_equal(content_of(endless, sizeof(endless), a), "");
	assert_string_equal(content_of(nested, sizeof(nested), a), "");
	assert_string_equal(content_of(no_octets, sizeof(no_octets), a), "");
	arena_free(a);
}

static void
pieces_within_pieces_have_a_limit(void **state)
{
	static const uint8_t head[] = { 0x30, 0x80, OID_SIGNED, 0xA0, 0x80,
	    0x30, 0x80, VERSION, 0x31, 0x00, 0x30, 0x80, OID_DATA, 0xA0,
	    0x80 };
	static const uint8_t text[] = { 0x04, 0x02, 'h', 'i' };
	struct arena	*a = arena_new(0);
	uint8_t		 blob[sizeof(head) + 2 * 64 + sizeof(text)];
	size_t		 n, depth;

	(void)state;
	for (depth = 1; depth <= 64; depth++) {
		memcpy(blob, head, sizeof(head));
		for (n = 0; n < depth; n++)
			memcpy(blob + sizeof(head) + 2 * n, "\x24\x80", 2);
		memcpy(blob + sizeof(head) + 2 * depth, text, sizeof(text));
		assert_string_equal(content_of(blob, sizeof(head) +
		    2 * depth + sizeof(text), a), depth <= 33 ? "hi" : "");
	}
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_signed_text_is_taken_out),
		cmocka_unit_test(
		    a_blob_cut_anywhere_gives_a_beginning_or_nothing),
		cmocka_unit_test(no_byte_makes_it_read_elsewhere),
		cmocka_unit_test(what_is_not_signed_data_has_no_content),
		cmocka_unit_test(pieces_within_pieces_have_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
