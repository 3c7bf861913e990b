/* Worksheets read as text. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/sheet.h"
#include "parsers/sheet_codec.h"
#include "parsers/strbuf.h"
#include "tests/zip_parts.h"

#define X "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/" \
	"relationships"
#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/" \
	"package/2006/relationships\">"

static const struct zip_part workbook[] = {
	{"_rels/.rels", RELS "<Relationship Id=\"a\" Type=\"" R
	    "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", 0},
	{"xl/_rels/workbook.xml.rels", RELS
	    "<Relationship Id=\"s1\" Type=\"" R "/worksheet\""
	    " Target=\"worksheets/sheet1.xml\"/>"
	    "<Relationship Id=\"s2\" Type=\"" R "/worksheet\""
	    " Target=\"/xl/worksheets/other.xml\"/>"
	    "<Relationship Id=\"st\" Type=\"" R "/sharedStrings\""
	    " Target=\"sharedStrings.xml\"/></Relationships>", 0},
	{"xl/workbook.xml", "<workbook xmlns=\"" X "\" xmlns:r=\"" R "\">"
	    "<sheets><sheet name=\"ẩn\" state=\"hidden\" r:id=\"s1\"/>"
	    "<sheet name=\"Đơn vị\" r:id=\"s2\"/></sheets></workbook>", 0},
	{"xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" X "\"/>", 0},
	{"xl/sharedStrings.xml", "<sst xmlns=\"" X "\"><si><t>Mã</t></si>"
	    "<si><r><t>Tổ dân </t></r><r><t>phố</t></r><rPh><t>x</t></rPh>"
	    "</si></sst>", 0},
	{"xl/worksheets/other.xml", "<worksheet xmlns=\"" X "\"><sheetData>"
	    "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c>"
	    "<c r=\"C2\" t=\"s\"><v>1</v></c><c r=\"D2\" t=\"s\"><v>9</v></c>"
	    "</row><row r=\"3\"><c r=\"A3\"/></row>"
	    "<row r=\"7\"><c r=\"B7\" t=\"inlineStr\"><is><t>kê\xcc\x81</t>"
	    "</is></c><c t=\"str\"><f>A1</f><v>tính</v></c><c><v>12.5</v></c>"
	    "</row></sheetData></worksheet>", 0},
	{NULL, NULL, 0}
};

static void
first_visible_sheet_is_read_by_columns(void **state)
{
	struct arena	*arena = arena_new(0);
	struct sheet	*sheet = NULL;

	(void)state;
	assert_int_equal(sheet_read(zip_parts(workbook, arena), arena,
	    &sheet), PARSE_OK);
	assert_int_equal(sheet->n, 2);
	assert_int_equal(sheet->rows[0].number, 2);
	assert_int_equal(sheet->rows[0].n, 3);
	assert_string_equal(sheet->rows[0].cells[0], "Mã");
	assert_string_equal(sheet->rows[0].cells[1], "");
	assert_string_equal(sheet->rows[0].cells[2], "Tổ dân phố");
	assert_int_equal(sheet->rows[1].number, 7);
	assert_int_equal(sheet->rows[1].n, 4);
	assert_string_equal(sheet->rows[1].cells[1], "kế");
	assert_string_equal(sheet->rows[1].cells[2], "tính");
	assert_string_equal(sheet->rows[1].cells[3], "12.5");
	arena_free(arena);
}

/* Whoever takes rows by their number must not be led astray. */
static void
rows_out_of_order_are_refused(void **state)
{
	static const char *const wrong[] = { "<row r=\"9\"/><row r=\"3\"/>",
	    "<row r=\"4\"/><row r=\"4\"/>", "<row r=\"2147483647\"/>" };
	struct sheet_row rows[] = {{ 9, 0, NULL }, { 3, 0, NULL }};
	struct sheet	 made = { rows, 2 }, *sheet = NULL;
	struct zip_part	 parts[sizeof(workbook) / sizeof(*workbook)];
	struct arena	*arena = arena_new(0);
	struct strbuf	 b = {0};
	size_t		 i;

	(void)state;
	memcpy(parts, workbook, sizeof(parts));
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		parts[5].text = arena_printf(arena, "<worksheet xmlns=\""
		    X "\"><sheetData>%s</sheetData></worksheet>", wrong[i]);
		assert_int_equal(sheet_read(zip_parts(parts, arena), arena,
		    &sheet), PARSE_DAMAGED);
	}
	sheet_encode(&made, &b);
	assert_null(sheet_decode((struct bytes){(const uint8_t *)b.s, b.len},
	    arena));
	strbuf_clear(&b);
	arena_free(arena);
}

static void
what_is_no_workbook_is_refused(void **state)
{
	static const struct zip_part nothing[] = {{"a.txt", "x", 0},
	    {NULL, NULL, 0}};
	struct arena	*arena = arena_new(0);
	struct sheet	*sheet = NULL;
	struct bytes	 text = {(const uint8_t *)"code,name", 9};
	struct bytes	 none = {NULL, 0};

	(void)state;
	assert_int_equal(sheet_read(zip_parts(nothing, arena), arena,
	    &sheet), PARSE_NOT_SUPPORTED);
	assert_int_equal(sheet_read(text, arena, &sheet), PARSE_DAMAGED);
	assert_int_equal(sheet_read(none, arena, &sheet), PARSE_EMPTY);
	assert_null(sheet);
	arena_free(arena);
}

static void
the_sample_roster_is_read(void **state)
{
	struct arena	*arena = arena_new(0);
	struct sheet	*sheet = NULL;
	char		 path[1024];
	const char	*src = getenv("SRC");

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/tests/samples/roster/units"
	    ".xlsx", src == NULL ? "." : src);
	assert_int_equal(sheet_read(load_file(path, arena), arena, &sheet),
	    PARSE_OK);
	assert_int_equal(sheet->n, 61);
	assert_string_equal(sheet->rows[0].cells[0], "code");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_visible_sheet_is_read_by_columns),
		cmocka_unit_test(rows_out_of_order_are_refused),
		cmocka_unit_test(what_is_no_workbook_is_refused),
		cmocka_unit_test(the_sample_roster_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
