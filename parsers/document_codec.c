/*
 * A document as records, one per paragraph. The decoder checks that spans
 * and line breaks lie within their paragraph's text.
 */
#include "parsers/document_codec.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/limits.h"
#include "parsers/record.h"

#define DOCUMENT_VERSION 2

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define SPAN_BYTES 5

static const struct record_field paragraph_fields[] = {
	RECORD_STRING(paragraph, text),
	RECORD_STRING(paragraph, number),
	RECORD_NUMBER(paragraph, list),
	RECORD_NUMBER(paragraph, list_level),
	RECORD_NUMBER(paragraph, style_level),
	RECORD_NUMBER(paragraph, bold),
	RECORD_NUMBER(paragraph, italic),
	RECORD_NUMBER(paragraph, underline),
	RECORD_NUMBER(paragraph, caps),
	RECORD_NUMBER(paragraph, font_half_points),
	RECORD_NUMBER(paragraph, table),
	RECORD_NUMBER(paragraph, row),
	RECORD_NUMBER(paragraph, cell),
	RECORD_NUMBER(paragraph, row_cells),
};

/* Bits of the stored form. */
enum look { LOOK_BOLD = 1, LOOK_ITALIC = 2, LOOK_UNDERLINE = 4 };

/* Bit-fields have no address, so they go one by one. */
static void
put_flags(struct strbuf *out, const struct paragraph *p)
{
	uint32_t	v;

	v = (uint32_t)p->is_bullet |
	    (uint32_t)p->is_list << 1 |
	    (uint32_t)p->is_title << 2 |
	    (uint32_t)p->is_toc << 3 |
	    (uint32_t)p->centred << 4 |
	    (uint32_t)p->keep_next << 5 |
	    (uint32_t)p->page_break_before << 6 |
	    (uint32_t)p->in_textbox << 7 |
	    (uint32_t)p->run_on << 8 |
	    (uint32_t)p->row_merged << 9;
	record_put_u32(out, v);
}

static void
get_flags(struct record_reader *r, struct paragraph *p)
{
	uint32_t	v;

	v = record_get_u32(r);
	p->is_bullet = v >> 0 & 1;
	p->is_list = v >> 1 & 1;
	p->is_title = v >> 2 & 1;
	p->is_toc = v >> 3 & 1;
	p->centred = v >> 4 & 1;
	p->keep_next = v >> 5 & 1;
	p->page_break_before = v >> 6 & 1;
	p->in_textbox = v >> 7 & 1;
	p->run_on = v >> 8 & 1;
	p->row_merged = v >> 9 & 1;
}

static void
put_paragraph(struct strbuf *out, const struct paragraph *p)
{
	size_t	place, i;

	place = record_begin(out, RECORD_PARAGRAPH);
	record_put_fields(out, p, paragraph_fields,
	    COUNT(paragraph_fields));
	put_flags(out, p);
	record_put_u32(out, p->n_breaks);
	for (i = 0; i < p->n_breaks; i++)
		record_put_u32(out, p->breaks[i]);
	record_put_u32(out, p->n_spans);
	for (i = 0; i < p->n_spans; i++) {
		record_put_u32(out, p->spans[i].len);
		record_put_u8(out,
		    (uint8_t)((p->spans[i].bold ? LOOK_BOLD : 0) |
		    (p->spans[i].italic ? LOOK_ITALIC : 0) |
		    (p->spans[i].underline ? LOOK_UNDERLINE : 0)));
	}
	record_put_u32(out, p->n_notes);
	for (i = 0; i < p->n_notes; i++) {
		record_put_u32(out, p->notes[i].at);
		record_put_u32(out, p->notes[i].note);
	}
	record_end(out, place);
}

void
document_encode(const struct document *d, struct strbuf *out)
{
	size_t	place, i;

	record_put_head(out, RECORD_DOCUMENT, DOCUMENT_VERSION);
	place = record_begin(out, RECORD_DOCUMENT);
	record_put_u32(out, d->remarks);
	record_put_u32(out, (uint32_t)d->n);
	record_put_strings(out, d->notes, d->n_notes);
	record_end(out, place);
	for (i = 0; i < d->n; i++)
		put_paragraph(out, &d->paragraphs[i]);
}

static void
get_breaks(struct record_reader *r, struct paragraph *p, size_t len)
{
	uint32_t	*breaks;
	size_t		 i;

	p->n_breaks = (uint32_t)record_get_count(r, 4);
	p->breaks = breaks = arena_calloc(r->arena, p->n_breaks,
	    sizeof(*breaks));
	for (i = 0; i < p->n_breaks; i++) {
		breaks[i] = record_get_u32(r);
		if (breaks[i] > len)
			r->failed = true;
	}
}

static void
get_spans(struct record_reader *r, struct paragraph *p, size_t len)
{
	struct span	*spans;
	uint8_t		 look;
	size_t		 i;

	p->n_spans = (uint32_t)record_get_count(r, SPAN_BYTES);
	p->spans = spans = arena_calloc(r->arena, p->n_spans,
	    sizeof(*spans));
	for (i = 0; i < p->n_spans; i++) {
		spans[i].len = record_get_u32(r);
		look = record_get_u8(r);
		if (spans[i].len > len)
			r->failed = true;
		else
			len -= spans[i].len;
		spans[i].bold = look & LOOK_BOLD;
		spans[i].italic = look & LOOK_ITALIC;
		spans[i].underline = look & LOOK_UNDERLINE;
	}
}

static void
get_notes(struct record_reader *r, struct paragraph *p, size_t len,
    size_t n_notes)
{
	struct note_mark *notes;
	size_t		 i, n = record_get_count(r, 8);

	if (n > LIMIT_PARAGRAPH_NOTES) {
		r->failed = true;
		return;
	}
	p->n_notes = (uint16_t)n;
	p->notes = notes = arena_calloc(r->arena, n, sizeof(*notes));
	for (i = 0; i < n; i++) {
		notes[i].at = record_get_u32(r);
		notes[i].note = record_get_u32(r);
		if (notes[i].at > len || notes[i].note >= n_notes)
			r->failed = true;
	}
}

static void
get_paragraph(struct record_reader *r, struct paragraph *p, size_t n_notes)
{
	struct record_reader	payload;
	size_t			len;

	record_expect(r, RECORD_PARAGRAPH, &payload);
	record_get_fields(&payload, p, paragraph_fields,
	    COUNT(paragraph_fields));
	get_flags(&payload, p);
	len = strlen(p->text);
	get_breaks(&payload, p, len);
	get_spans(&payload, p, len);
	get_notes(&payload, p, len, n_notes);
	if (!record_at_end(&payload))
		r->failed = true;
}

struct document *
document_decode(struct bytes blob, struct arena *arena)
{
	struct record_reader	 r, payload;
	struct document		*d;
	size_t			 i;

	record_reader_init(&r, blob, arena);
	d = arena_alloc(arena, sizeof(*d));
	record_expect_head(&r, RECORD_DOCUMENT, DOCUMENT_VERSION);
	record_expect(&r, RECORD_DOCUMENT, &payload);
	d->remarks = record_get_u32(&payload);
	d->n = record_get_u32(&payload);
	d->notes = record_get_strings(&payload, &d->n_notes);
	if (d->n > LIMIT_PARAGRAPHS || d->n > blob.len ||
	    !record_at_end(&payload))
		return NULL;
	d->paragraphs = arena_calloc(arena, d->n, sizeof(*d->paragraphs));
	for (i = 0; i < d->n && !r.failed; i++)
		get_paragraph(&r, &d->paragraphs[i], d->n_notes);
	return record_at_end(&r) ? d : NULL;
}
