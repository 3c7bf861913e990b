/*
 * Messages, letters, documents and sheets survive being stored, and no damage to
 * the stored bytes does more than make them unreadable.
 */
#include "parsers/message.h"

#include <stdarg.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/arena.h"
#include "parsers/document_codec.h"
#include "parsers/letter.h"
#include "parsers/letter_codec.h"
#include "parsers/sheet.h"
#include "parsers/sheet_codec.h"
#include "parsers/strbuf.h"

/* Ample for the samples below: damage must not ask for more. */
#define ARENA_LIMIT ((size_t)8 << 20)

typedef bool (*decoder)(struct bytes blob, struct arena *arena);

static struct heading sample_headings[] = {
	{ .text = "I. ĐẶC ĐIỂM", .label = "I.", .title = "ĐẶC ĐIỂM",
	  .level = 1, .source = HEADING_BY_LABEL, .confidence = 90,
	  .paragraph = 3, .paragraph_end = 4, .words = 120,
	  .body = "Chi bộ có" },
	{ .text = "1. Công khai", .label = "1.", .title = "Công khai",
	  .level = 2, .run_in = true, .in_table = true, .placeholder = true,
	  .body = "" },
};

static const char *const sample_ignorable[] = { "BÁO CÁO", "Phụ lục" };

static struct headings sample_heading_list = {
	.h = sample_headings, .n = 2, .words = 700,
	.ignorable = sample_ignorable, .n_ignorable = 2,
};

static struct facts sample_facts = {
	.parent = "ĐẢNG ỦY", .issuer = "CHI BỘ", .number = "08-BC/CB",
	.place = "", .date = "2026-05-12", .title = "BÁO CÁO",
	.subject = "kết quả", .period = "6 tháng", .signer_block = "T/M",
	.signed_part = true, .secret = false,
};

static struct report sample_report = {
	.headings = &sample_heading_list, .facts = &sample_facts,
	.remarks = REMARK_LEGACY_TEXT,
};

static const char *const sample_references[] = { "a@b", "c@d" };
static const char *const sample_links[] = { "https://drive.example/x" };

static struct attachment sample_attachments[] = {
	{ .name = "BC.docx", .in = "BC.zip", .media_type = "application/zip",
	  .format = FORMAT_DOCX, .sha256 = "00ff", .size = 1234567890123,
	  .is_inline = true, .depth = 2, .status = PARSE_OK,
	  .report = &sample_report },
	{ .name = "", .in = "", .media_type = "image/png",
	  .format = FORMAT_IMAGE, .status = PARSE_NOT_SUPPORTED },
};

static struct bounce sample_bounces[] = {
	{ .address = "a@b.example", .status = "5.1.1", .action = "failed",
	  .diagnostic = "no such user" },
};

static struct forward sample_forwards[] = {
	{ .from_address = "x@y.example", .from_name = "Chị Hoa",
	  .subject = "BC", .message_id = "m@y", .date_utc = -5,
	  .depth = 1 },
};

static const struct message sample_message = {
	.from_address = "cb@x.example", .from_name = "Chi bộ",
	.sender = "", .reply_to = "", .return_path = "<>",
	.subject = "Báo cáo", .message_id = "1@x",
	.references = sample_references, .n_references = 2,
	.date_utc = 1778560000, .top_received_utc = 1778560001,
	.auth_results = "mx; spf=pass\nother; dkim=none",
	.signs = SIGN_AUTO_SUBMITTED | SIGN_LIST,
	.body = "Kính gửi", .signature = "Bí thư",
	.body_report = &sample_report,
	.links = sample_links, .n_links = 1, .n_file_links = 1,
	.bounces = sample_bounces, .n_bounces = 1,
	.bounced_ids = sample_references, .n_bounced_ids = 2,
	.forwards = sample_forwards, .n_forwards = 1,
	.attachments = sample_attachments, .n_attachments = 2,
	.trouble = "",
};

static struct outline_node sample_nodes[] = {
	{ .id = "I", .label = "I.", .text = "Đặc điểm", .level = 1,
	  .parent = -1 },
	{ .id = "I.1", .label = "1.", .text = "Thuận lợi", .level = 2,
	  .optional = true, .parent = 0 },
	{ .id = "I.1.b1", .label = "-", .text = "Nêu rõ", .level = 3,
	  .kind = NODE_GUIDANCE, .parent = 1 },
};

static struct outline sample_outline = { sample_nodes, 3 };

static const struct letter sample_letter = {
	.issuer = "ĐẢNG ỦY PHƯỜNG", .number = "", .date = "2026-05",
	.subject = "báo cáo", .deadline_date = "2026-05-14",
	.deadline_time = "16:30", .reading = READING_AT_TIME,
	.deadline_text = "trước ngày 14/5", .report_to = "", .send_to = "",
	.recipients = sample_ignorable, .n_recipients = 2,
	.outline = &sample_outline, .doubts = sample_links, .n_doubts = 1,
};

static const uint32_t sample_breaks[] = { 2 };
static const struct span sample_spans[] = {
	{ 3, true, false, false }, { 3, false, true, true },
};

static const struct note_mark sample_marks[] = { { 2, 1 }, { 6, 0 } };
static const char *const sample_notes[] = { "chú thích", "" };

static struct paragraph sample_paragraphs[] = {
	{ .text = "ab cde", .number = "II.", .list = 4, .list_level = 1,
	  .style_level = 2, .is_list = true, .bold = 50,
	  .font_half_points = 28, .table = 1, .row = 2, .cell = 3,
	  .row_cells = 4, .row_merged = true, .is_toc = true, .breaks = sample_breaks,
	  .n_breaks = 1, .spans = sample_spans, .n_spans = 2,
	  .notes = sample_marks, .n_notes = 2 },
	{ .text = "", .number = "" },
};

static const struct document sample_document = {
	.paragraphs = sample_paragraphs, .n = 2,
	.notes = sample_notes, .n_notes = 2,
	.remarks = REMARK_TRACKED_CHANGES,
};

static const char *const sample_cells[] = { "code", "", "tên" };

static struct sheet_row sample_rows[] = {
	{ .number = 1, .n = 3, .cells = sample_cells },
	{ .number = 7, .n = 0, .cells = NULL },
};

static const struct sheet sample_sheet = { sample_rows, 2 };

static struct bytes
bytes_of(const struct strbuf *b)
{
	return (struct bytes){ (const uint8_t *)b->s, b->len };
}

static void
a_message_comes_back_whole(void **state)
{
	struct arena	*arena = arena_new(ARENA_LIMIT);
	struct strbuf	 first = { 0 }, second = { 0 };
	struct message	*m;

	(void)state;
	message_encode(&sample_message, &first);
	m = message_decode(bytes_of(&first), arena);
	assert_non_null(m);
	assert_string_equal(m->subject, "Báo cáo");
	assert_int_equal(m->n_attachments, 2);
	assert_null(m->attachments[1].report);
	assert_string_equal(m->attachments[0].sha256, "00ff");
	assert_true(m->attachments[0].size == 1234567890123);
	assert_int_equal(m->body_report->headings->n, 2);
	assert_true(m->forwards[0].date_utc == -5);
	/* the rest in one: encoding again gives the same bytes */
	message_encode(m, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.s, second.s, first.len);
	strbuf_clear(&first);
	strbuf_clear(&second);
	arena_free(arena);
}

static void
a_letter_comes_back_whole(void **state)
{
	struct arena	*arena = arena_new(ARENA_LIMIT);
	struct strbuf	 first = { 0 }, second = { 0 };
	struct letter	*l;

	(void)state;
	letter_encode(&sample_letter, &first);
	l = letter_decode(bytes_of(&first), arena);
	assert_non_null(l);
	assert_int_equal(l->reading, READING_AT_TIME);
	assert_int_equal(l->outline->n, 3);
	assert_int_equal(l->outline->nodes[0].parent, -1);
	assert_int_equal(l->outline->nodes[2].parent, 1);
	assert_string_equal(l->outline->nodes[1].text, "Thuận lợi");
	letter_encode(l, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.s, second.s, first.len);
	strbuf_clear(&first);
	strbuf_clear(&second);
	arena_free(arena);
}

static void
a_document_comes_back_whole(void **state)
{
	struct arena	*arena = arena_new(ARENA_LIMIT);
	struct strbuf	 first = { 0 }, second = { 0 };
	struct document	*d;

	(void)state;
	document_encode(&sample_document, &first);
	d = document_decode(bytes_of(&first), arena);
	assert_non_null(d);
	assert_int_equal(d->n, 2);
	assert_true(d->paragraphs[0].spans[1].italic);
	assert_false(d->paragraphs[0].spans[1].bold);
	assert_int_equal(d->paragraphs[0].breaks[0], 2);
	assert_int_equal(d->paragraphs[0].notes[0].note, 1);
	assert_string_equal(d->notes[0], "chú thích");
	document_encode(d, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.s, second.s, first.len);
	strbuf_clear(&first);
	strbuf_clear(&second);
	arena_free(arena);
}

static void
a_sheet_comes_back_whole(void **state)
{
	struct arena	*arena = arena_new(ARENA_LIMIT);
	struct strbuf	 first = { 0 }, second = { 0 };
	struct sheet	*sheet;

	(void)state;
	sheet_encode(&sample_sheet, &first);
	sheet = sheet_decode(bytes_of(&first), arena);
	assert_non_null(sheet);
	assert_int_equal(sheet->n, 2);
	assert_int_equal(sheet->rows[1].number, 7);
	assert_string_equal(sheet->rows[0].cells[2], "tên");
	sheet_encode(sheet, &second);
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.s, second.s, first.len);
	strbuf_clear(&first);
	strbuf_clear(&second);
	arena_free(arena);
}

static void
spans_longer_than_their_text_fail(void **state)
{
	static const struct span long_span[] = { { 7, true, false, false } };
	struct paragraph	 p = { .text = "ab cde", .number = "",
				       .spans = long_span, .n_spans = 1 };
	struct document		 d = { .paragraphs = &p, .n = 1 };
	struct arena		*arena = arena_new(ARENA_LIMIT);
	struct strbuf		 out = { 0 };

	(void)state;
	document_encode(&d, &out);
	assert_null(document_decode(bytes_of(&out), arena));
	strbuf_clear(&out);
	arena_free(arena);
}

/* A mark behind the text, and one of a note that is not there. */
static void
notes_that_lead_nowhere_fail(void **state)
{
	static const struct note_mark wrong[] = { { 7, 0 }, { 0, 1 } };
	static const char *const notes[] = { "x" };
	struct paragraph	 p = { .text = "ab cde", .number = "",
				       .n_notes = 1 };
	struct document		 d = { .paragraphs = &p, .n = 1,
				       .notes = notes, .n_notes = 1 };
	struct arena		*arena = arena_new(ARENA_LIMIT);
	struct strbuf		 out = { 0 };
	size_t			 i;

	(void)state;
	for (i = 0; i < 2; i++) {
		p.notes = &wrong[i];
		strbuf_reset(&out);
		document_encode(&d, &out);
		assert_null(document_decode(bytes_of(&out), arena));
	}
	strbuf_clear(&out);
	arena_free(arena);
}

static bool
decode_message(struct bytes blob, struct arena *arena)
{
	return message_decode(blob, arena) != NULL;
}

static bool
decode_letter(struct bytes blob, struct arena *arena)
{
	return letter_decode(blob, arena) != NULL;
}

static bool
decode_document(struct bytes blob, struct arena *arena)
{
	return document_decode(blob, arena) != NULL;
}

static bool
decode_sheet(struct bytes blob, struct arena *arena)
{
	return sheet_decode(blob, arena) != NULL;
}

static bool
try_decode(decoder decode, const char *s, size_t len)
{
	struct arena	*arena = arena_new(ARENA_LIMIT);
	uint8_t		*copy;
	bool		 taken;

	/* an exact copy, so that a sanitizer sees one byte too many */
	copy = test_malloc(len == 0 ? 1 : len);
	memcpy(copy, s, len);
	taken = decode((struct bytes){ copy, len }, arena);
	test_free(copy);
	arena_free(arena);
	return taken;
}

/* Cut at each offset, each byte set to each of some values. */
static void
damage(decoder decode, struct strbuf *blob)
{
	static const unsigned char	values[] = { 0x00, 0x01, 0x7F, 0x80,
	    0xFF };
	size_t				at, v;
	char				whole;

	assert_true(try_decode(decode, blob->s, blob->len));
	for (at = 0; at < blob->len; at++)
		assert_false(try_decode(decode, blob->s, at));
	for (at = 0; at < blob->len; at++) {
		whole = blob->s[at];
		for (v = 0; v < sizeof(values); v++) {
			blob->s[at] = (char)values[v];
			(void)try_decode(decode, blob->s, blob->len);
		}
		blob->s[at] = (char)~whole;
		(void)try_decode(decode, blob->s, blob->len);
		blob->s[at] = whole;
	}
	strbuf_clear(blob);
}

static void
a_damaged_message_crashes_nobody(void **state)
{
	struct strbuf	out = { 0 };

	(void)state;
	message_encode(&sample_message, &out);
	damage(decode_message, &out);
}

static void
a_damaged_letter_crashes_nobody(void **state)
{
	struct strbuf	out = { 0 };

	(void)state;
	letter_encode(&sample_letter, &out);
	damage(decode_letter, &out);
}

static void
a_damaged_document_crashes_nobody(void **state)
{
	struct strbuf	out = { 0 };

	(void)state;
	document_encode(&sample_document, &out);
	damage(decode_document, &out);
}

static void
a_damaged_sheet_crashes_nobody(void **state)
{
	struct strbuf	out = { 0 };

	(void)state;
	sheet_encode(&sample_sheet, &out);
	damage(decode_sheet, &out);
}

static void
one_blob_is_not_taken_for_another(void **state)
{
	struct arena	*arena = arena_new(ARENA_LIMIT);
	struct strbuf	 out = { 0 };

	(void)state;
	letter_encode(&sample_letter, &out);
	assert_null(message_decode(bytes_of(&out), arena));
	assert_null(document_decode(bytes_of(&out), arena));
	strbuf_clear(&out);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(a_message_comes_back_whole),
		cmocka_unit_test(a_letter_comes_back_whole),
		cmocka_unit_test(a_document_comes_back_whole),
		cmocka_unit_test(a_sheet_comes_back_whole),
		cmocka_unit_test(spans_longer_than_their_text_fail),
		cmocka_unit_test(notes_that_lead_nowhere_fail),
		cmocka_unit_test(a_damaged_message_crashes_nobody),
		cmocka_unit_test(a_damaged_letter_crashes_nobody),
		cmocka_unit_test(a_damaged_document_crashes_nobody),
		cmocka_unit_test(a_damaged_sheet_crashes_nobody),
		cmocka_unit_test(one_blob_is_not_taken_for_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
