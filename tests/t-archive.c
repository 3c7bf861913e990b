/* Zip files: limits, doubles, damage. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/archive.h"
#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/limits.h"
#include "tests/zip_parts.h"

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define BODY "<w:document xmlns:w=\"" W "\"><w:body><w:p><w:r><w:t>I. Mở" \
	" đầu</w:t></w:r></w:p></w:body></w:document>"

static const struct zip_part report[] = {
	{"[Content_Types].xml", "<Types/>", 0},
	{"word/document.xml", BODY, 0},
	{"word/media/image1.png", "an image of some bytes, not packed", 0},
	{NULL, NULL, 0}
};

static enum parse_status
read_whole(struct bytes file, struct arena *arena, struct document **doc)
{
	return document_read(file, format_sniff(file, NULL), arena, doc);
}

/* Every place of the old text that looks so. */
static struct bytes
replaced(struct bytes file, const char *old, const char *new,
    struct arena *arena)
{
	uint8_t	*copy = (uint8_t *)arena_strndup(arena,
	    (const char *)file.data, file.len);
	uint8_t	*p = copy;

	while ((p = memmem(p, (size_t)(copy + file.len - p), old,
	    strlen(old))) != NULL)
		memcpy(p, new, strlen(old));
	return (struct bytes){copy, file.len};
}

static void
names_are_found_whatever_their_case_and_slashes(void **state)
{
	static const struct zip_part parts[] = {
		{"/Word\\Document.XML", "x", 0}, {"word/", "", 0},
		{"a.txt", "xyz", 0}, {NULL, NULL, 0}};
	struct arena	*arena = arena_new(0);
	struct archive	*a = NULL;
	struct bytes	 part;

	(void)state;
	assert_int_equal(archive_open(zip_parts(parts, arena), &a),
	    PARSE_OK);
	assert_int_equal(archive_count(a), 3);
	assert_int_equal(archive_find(a, "word/document.xml"), 0);
	assert_int_equal(archive_find(a, "WORD\\document.xml"), 0);
	assert_int_equal(archive_find(a, "word/document.xm"), -1);
	assert_true(archive_is_folder(a, 1));
	assert_false(archive_is_folder(a, 2));
	assert_false(archive_is_encrypted(a, 2));
	assert_string_equal(archive_name(a, 2), "a.txt");
	assert_int_equal(archive_read(a, 2, 10, arena, &part), PARSE_OK);
	assert_int_equal(part.len, 3);
	assert_memory_equal(part.data, "xyz", 3);
	assert_int_equal(archive_read(a, 2, 2, arena, &part), PARSE_LIMIT);
	archive_close(a);
	arena_free(arena);
}

static void
two_entries_of_one_name_are_hostile(void **state)
{
	static const struct zip_part parts[] = {
		{"word/document.xml", BODY, 0},
		{"word/docUment.xm_", BODY, 0}, {NULL, NULL, 0}};
	struct arena	*arena = arena_new(0);
	struct document	*doc = NULL;

	(void)state;
	assert_int_equal(read_whole(replaced(zip_parts(parts, arena),
	    "docUment.xm_", "docUment.xmL", arena), arena, &doc),
	    PARSE_HOSTILE);
	assert_null(doc);
	arena_free(arena);
}

static void
a_part_that_swells_too_much_is_hostile(void **state)
{
	struct arena	*arena = arena_new(0);
	size_t		 len = 8 << 20;
	char		*text = arena_alloc(arena, len);
	struct zip_part	 parts[] = {{"word/document.xml", text, len},
	    {NULL, NULL, 0}};
	struct document	*doc = NULL;

	(void)state;
	memset(text, ' ', len);
	memcpy(text, BODY, strcspn(BODY, "I"));
	assert_int_equal(read_whole(zip_parts(parts, arena), arena, &doc),
	    PARSE_HOSTILE);
	arena_free(arena);
}

static void
too_many_entries_are_refused(void **state)
{
	struct arena	*arena = arena_new(0);
	struct zip_part	*parts = arena_calloc(arena, LIMIT_ZIP_ENTRIES + 2,
	    sizeof(*parts));
	struct archive	*a = NULL;
	size_t		 i;

	(void)state;
	for (i = 0; i <= LIMIT_ZIP_ENTRIES; i++) {
		parts[i].name = arena_printf(arena, "%zu", i);
		parts[i].text = "x";
	}
	assert_int_equal(archive_open(zip_parts(parts, arena), &a),
	    PARSE_LIMIT);
	assert_null(a);
	arena_free(arena);
}

static void
a_wrong_sum_matters_only_in_what_is_read(void **state)
{
	struct arena	*arena = arena_new(0);
	struct bytes	 file = zip_parts(report, arena);
	struct document	*doc = NULL;

	(void)state;
	/* stored, not deflated: short and not packable */
	assert_int_equal(read_whole(replaced(file, "of some bytes",
	    "of sOme bytes", arena), arena, &doc), PARSE_OK);
	assert_string_equal(doc->paragraphs[0].text, "I. Mở đầu");
	file = replaced(file, "<Types/>", "<Typos/>", arena);
	assert_int_equal(read_whole(file, arena, &doc), PARSE_DAMAGED);
	arena_free(arena);
}

static void
cut_off_anywhere_it_is_a_damaged_docx(void **state)
{
	struct arena	*arena = arena_new(0);
	struct bytes	 file = zip_parts(report, arena), part;
	struct document	*doc = NULL;
	uint8_t		*copy;
	size_t		 len;

	(void)state;
	for (len = 60; len < file.len; len++) {
		/* a block of its own, so that reading past it shows */
		copy = malloc(len);
		assert_non_null(copy);
		memcpy(copy, file.data, len);
		part = (struct bytes){copy, len};
		assert_int_equal(format_sniff(part, NULL), FORMAT_DOCX);
		assert_int_equal(read_whole(part, arena, &doc),
		    PARSE_DAMAGED);
		free(copy);
	}
	arena_free(arena);
}

static void
every_byte_changed_still_gives_a_verdict(void **state)
{
	struct arena	*arena = arena_new(0), *one;
	struct bytes	 file = zip_parts(report, arena);
	uint8_t		*copy = (uint8_t *)arena_strndup(arena,
	    (const char *)file.data, file.len);
	struct document	*doc;
	size_t		 i;

	(void)state;
	for (i = 0; i < file.len; i++) {
		one = arena_new(0);
		copy[i] ^= 0xff;
		assert_in_range(read_whole((struct bytes){copy, file.len},
		    one, &doc), PARSE_OK, PARSE_NO_TEXT);
		copy[i] ^= 0xff;
		arena_free(one);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    names_are_found_whatever_their_case_and_slashes),
		cmocka_unit_test(two_entries_of_one_name_are_hostile),
		cmocka_unit_test(a_part_that_swells_too_much_is_hostile),
		cmocka_unit_test(too_many_entries_are_refused),
		cmocka_unit_test(a_wrong_sum_matters_only_in_what_is_read),
		cmocka_unit_test(cut_off_anywhere_it_is_a_damaged_docx),
		cmocka_unit_test(every_byte_changed_still_gives_a_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
