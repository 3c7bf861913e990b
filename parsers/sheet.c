/*
 * The first visible worksheet of an XLSX workbook (ECMA-376 Part 1, 18):
 * shared strings, then rows as they stream by.
 */
#include "parsers/sheet.h"

#include <stdbool.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/package.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

struct reading {
	struct arena	*arena;
	struct package	*package;
	struct xml	*xml;
	/* workbook */
	long		 sheet_part;
	/* shared strings */
	const char	**strings;
	size_t		 n_strings;
	size_t		 cap_strings;
	/* worksheet */
	struct sheet	*sheet;
	size_t		 cap_rows;
	const char	*row[LIMIT_SHEET_COLUMNS];
	uint32_t	 row_number;
	uint32_t	 row_len; /* cells with text seen so far, by column */
	uint32_t	 column;
	bool		 is_shared; /* the value is an index of strings */
	/* text being gathered */
	bool		 is_text;
	unsigned	 skip;
	struct strbuf	 text;
};

static void
nothing_ends(void *ctx, enum xml_ns ns, enum xml_name name)
{
	(void)ctx;
	(void)ns;
	(void)name;
}

static void
gather(void *ctx, const char *s, size_t len)
{
	struct reading	*r = ctx;

	if (r->is_text && r->skip == 0 &&
	    r->text.len + len <= LIMIT_PARAGRAPH_BYTES)
		strbuf_add(&r->text, s, len);
}

/* ---- workbook: which part is the first visible sheet */

static void
workbook_start(void *ctx, const struct xml_tag *tag)
{
	struct reading	*r = ctx;
	struct xml_value state;

	if (tag->ns != NS_X || tag->name != N_sheet || r->sheet_part >= 0)
		return;
	state = xml_attribute(tag, NS_NONE, N_state);
	if (state.s == NULL || xml_equals(state, "visible"))
		r->sheet_part = package_find_id(r->package,
		    xml_attribute(tag, NS_R, N_id));
}

static const struct xml_handler workbook_handler = {workbook_start,
	nothing_ends, NULL};

/* ---- shared strings */

static void
strings_start(void *ctx, const struct xml_tag *tag)
{
	struct reading	*r = ctx;

	/* phonetic hints are no text */
	if (r->skip > 0 || tag->name == N_rPh)
		r->skip++;
	else if (tag->name == N_si)
		strbuf_reset(&r->text);
	else if (tag->name == N_t)
		r->is_text = true;
}

static void
strings_end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct reading	*r = ctx;

	(void)ns;
	if (r->skip > 0) {
		r->skip--;
		return;
	}
	if (name == N_t)
		r->is_text = false;
	if (name != N_si)
		return;
	r->strings = arena_grow(r->arena, r->strings, r->n_strings,
	    &r->cap_strings, sizeof(*r->strings));
	r->strings[r->n_strings++] = text_clean(strbuf_get(&r->text),
	    r->arena);
}

static const struct xml_handler strings_handler = {strings_start,
	strings_end, gather};

/* ---- worksheet */

/* "AB12": column 28, from 1; 0 when it is no reference. */
static uint32_t
column_of(struct xml_value ref)
{
	uint32_t	n = 0;
	size_t		i;

	for (i = 0; i < ref.len && i < 4 && ref.s[i] >= 'A' &&
	    ref.s[i] <= 'Z'; i++)
		n = n * 26 + (uint32_t)(ref.s[i] - 'A' + 1);
	return n;
}

static void
row_start(struct reading *r, const struct xml_tag *tag)
{
	long	number = xml_number(tag, NS_NONE, N_r, r->row_number + 1);

	/* rows stand in order; one without a number follows the last */
	if (number <= (long)r->row_number || number > LIMIT_SHEET_NUMBER) {
		xml_stop(r->xml, PARSE_DAMAGED);
		return;
	}
	r->row_number = (uint32_t)number;
	r->row_len = 0;
	r->column = 0;
	memset(r->row, 0, sizeof(r->row));
}

static void
cell_start(struct reading *r, const struct xml_tag *tag)
{
	uint32_t	column = column_of(xml_attribute(tag, NS_NONE, N_r));

	r->column = column > 0 ? column : r->column + 1;
	r->is_shared = xml_equals(xml_attribute(tag, NS_NONE, N_t), "s");
	strbuf_reset(&r->text);
}

static void
cell_end(struct reading *r)
{
	const char	*text = strbuf_get(&r->text);
	long		 index;

	if (r->column == 0 || r->column > LIMIT_SHEET_COLUMNS ||
	    *text == '\0')
		return;
	if (r->is_shared) {
		index = xml_to_number((struct xml_value){text,
		    r->text.len}, -1);
		text = index >= 0 && (size_t)index < r->n_strings ?
		    r->strings[index] : "";
	} else
		text = text_clean(text, r->arena);
	if (*text == '\0')
		return;
	r->row[r->column - 1] = text;
	if (r->column > r->row_len)
		r->row_len = r->column;
}

static void
row_end(struct reading *r)
{
	struct sheet_row *row;
	const char	**cells;
	uint32_t	  i;

	if (r->row_len == 0)
		return;
	if (r->sheet->n == LIMIT_SHEET_ROWS) {
		xml_stop(r->xml, PARSE_LIMIT);
		return;
	}
	r->sheet->rows = arena_grow(r->arena, r->sheet->rows, r->sheet->n,
	    &r->cap_rows, sizeof(*r->sheet->rows));
	row = &r->sheet->rows[r->sheet->n++];
	cells = arena_calloc(r->arena, r->row_len, sizeof(*cells));
	for (i = 0; i < r->row_len; i++)
		cells[i] = r->row[i] == NULL ? "" : r->row[i];
	row->number = r->row_number;
	row->n = r->row_len;
	row->cells = cells;
}

static void
sheet_start(void *ctx, const struct xml_tag *tag)
{
	struct reading	*r = ctx;

	r->xml = tag->xml;
	if (r->skip > 0 || tag->name == N_rPh) {
		r->skip++;
		return;
	}
	if (tag->ns != NS_X)
		return;
	switch (tag->name) {
	case N_row:
		row_start(r, tag);
		break;
	case N_c:
		cell_start(r, tag);
		break;
	case N_v:
	case N_t:
		r->is_text = true;
		break;
	default:
		break;
	}
}

static void
sheet_end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct reading	*r = ctx;

	if (r->skip > 0) {
		r->skip--;
		return;
	}
	if (ns != NS_X)
		return;
	if (name == N_v || name == N_t)
		r->is_text = false;
	else if (name == N_c)
		cell_end(r);
	else if (name == N_row)
		row_end(r);
}

static const struct xml_handler sheet_handler = {sheet_start, sheet_end,
	gather};

static enum parse_status
read_parts(struct reading *r)
{
	enum parse_status status;
	long		 strings;

	status = package_parse(r->package, package_find(r->package,
	    RELATION_MAIN), LIMIT_PART_BYTES, &workbook_handler, r);
	if (status == PARSE_OK && r->sheet_part < 0)
		status = PARSE_NOT_SUPPORTED;
	strings = package_find(r->package, RELATION_STRINGS);
	if (status == PARSE_OK && strings >= 0)
		status = package_parse(r->package, strings,
		    LIMIT_PART_BYTES, &strings_handler, r);
	r->skip = 0;
	r->is_text = false;
	if (status == PARSE_OK)
		status = package_parse(r->package, r->sheet_part,
		    LIMIT_PART_BYTES, &sheet_handler, r);
	return status;
}

enum parse_status
sheet_read(struct bytes file, struct arena *arena, struct sheet **out)
{
	struct reading	*r = arena_alloc(arena, sizeof(*r));
	enum parse_status status;

	if (file.len == 0)
		return PARSE_EMPTY;
	r->arena = arena;
	r->sheet_part = -1;
	r->sheet = arena_alloc(arena, sizeof(*r->sheet));
	status = package_open(file, &r->package);
	if (status != PARSE_OK)
		return status;
	status = read_parts(r);
	strbuf_clear(&r->text);
	package_close(r->package);
	if (status == PARSE_OK)
		*out = r->sheet;
	return status;
}
