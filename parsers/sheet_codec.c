/*
 * A worksheet as records, one per row.
 */
#include "parsers/sheet_codec.h"

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/record.h"
#include "parsers/sheet.h"

#define SHEET_VERSION 1

void
sheet_encode(const struct sheet *s, struct strbuf *out)
{
	size_t	place, i;

	record_put_head(out, RECORD_SHEET, SHEET_VERSION);
	place = record_begin(out, RECORD_SHEET);
	record_put_u32(out, (uint32_t)s->n);
	record_end(out, place);
	for (i = 0; i < s->n; i++) {
		place = record_begin(out, RECORD_ROW);
		record_put_u32(out, s->rows[i].number);
		record_put_strings(out, s->rows[i].cells, s->rows[i].n);
		record_end(out, place);
	}
}

/* Who reads the rows counts on their order and on the last number. */
static void
get_row(struct record_reader *r, uint32_t before, struct sheet_row *row)
{
	struct record_reader	payload;
	size_t			n;

	record_expect(r, RECORD_ROW, &payload);
	row->number = record_get_u32(&payload);
	row->cells = record_get_strings(&payload, &n);
	row->n = (uint32_t)n;
	if (!record_at_end(&payload) || row->number <= before ||
	    row->number > LIMIT_SHEET_NUMBER)
		r->failed = true;
}

struct sheet *
sheet_decode(struct bytes blob, struct arena *arena)
{
	struct record_reader	 r, payload;
	struct sheet		*s;
	size_t			 i;

	record_reader_init(&r, blob, arena);
	s = arena_alloc(arena, sizeof(*s));
	record_expect_head(&r, RECORD_SHEET, SHEET_VERSION);
	record_expect(&r, RECORD_SHEET, &payload);
	s->n = record_get_u32(&payload);
	if (s->n > blob.len || !record_at_end(&payload))
		return NULL;
	s->rows = arena_calloc(arena, s->n, sizeof(*s->rows));
	for (i = 0; i < s->n && !r.failed; i++)
		get_row(&r, i == 0 ? 0 : s->rows[i - 1].number, &s->rows[i]);
	return record_at_end(&r) ? s : NULL;
}
