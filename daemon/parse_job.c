/*
 * The jobs of the jailed child: foreign bytes in, records out.
 */
#include "daemon/parse_job.h"

#include <stdbool.h>

#include "daemon/parse_order.h"
#include "daemon/parser.h"
#include "parsers/arena.h"
#include "parsers/attachment.h"
#include "parsers/converted.h"
#include "parsers/document.h"
#include "parsers/document_codec.h"
#include "parsers/letter.h"
#include "parsers/letter_codec.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/record.h"
#include "parsers/sheet.h"
#include "parsers/sheet_codec.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define PIECE_BYTES ((size_t)1 << 20)

struct job_input {
	struct bytes	bytes;
	int		index; /* as in struct parser_request */
};

typedef enum parse_status (*job_function)(const struct job_input *in,
    struct arena *arena, struct strbuf *out);

static enum parse_status
do_mail(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	message_encode(message_read(in->bytes, arena), out);
	return PARSE_OK;
}

static enum parse_status
do_report(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	message_encode(message_read_file(in->bytes, "", arena), out);
	return PARSE_OK;
}

/* The other job has died of a document in it: they all stay closed. */
static enum parse_status
do_mail_closed(const struct job_input *in, struct arena *arena,
    struct strbuf *out)
{
	message_encode(message_read_closed(in->bytes, PARSE_CRASHED, arena),
	    out);
	return PARSE_OK;
}

static enum parse_status
do_report_closed(const struct job_input *in, struct arena *arena,
    struct strbuf *out)
{
	message_encode(message_read_file_closed(in->bytes, PARSE_CRASHED,
	    arena), out);
	return PARSE_OK;
}

static enum parse_status
open_document(const struct job_input *in, struct arena *arena,
    struct document **out)
{
	return document_read(in->bytes, format_sniff(in->bytes,
	    arena_pages(arena)), arena, out);
}

static enum parse_status
do_letter(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	struct document		*document;
	enum parse_status	 status;

	status = open_document(in, arena, &document);
	if (status == PARSE_OK)
		letter_encode(letter_read(document, arena), out);
	return status;
}

static enum parse_status
do_content(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	struct document		*document;
	enum parse_status	 status;

	status = open_document(in, arena, &document);
	if (status == PARSE_OK)
		document_encode(document, out);
	return status;
}

static enum parse_status
do_sheet(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	struct sheet		*sheet;
	enum parse_status	 status;

	status = sheet_read(in->bytes, arena, &sheet);
	if (status == PARSE_OK)
		sheet_encode(sheet, out);
	return status;
}

static enum parse_status
do_extract(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	struct bytes	left = in->bytes;
	size_t		place, n;

	(void)arena;
	if (left.len > LIMIT_JAIL_OUTPUT)
		return PARSE_LIMIT;
	for (; left.len > 0; left.data += n, left.len -= n) {
		n = left.len < PIECE_BYTES ? left.len : PIECE_BYTES;
		place = record_begin(out, RECORD_BYTES);
		strbuf_add(out, left.data, n);
		record_end(out, place);
	}
	return PARSE_OK;
}

/* Text of a converter, as the only attachment of a mail. */
static enum parse_status
do_text(const struct job_input *in, struct arena *arena, struct strbuf *out)
{
	struct document		*document;
	struct message		*m;
	enum parse_status	 status;

	status = converted_read(in->bytes, (enum format)in->index, arena,
	    &document);
	if (status != PARSE_OK)
		return status;
	/* unopened: whatever the text may look like, it is text */
	m = message_read_file_closed(in->bytes, PARSE_NOT_SUPPORTED, arena);
	m->attachments[0].report = attachment_report(document, arena);
	m->attachments[0].status = PARSE_OK;
	message_encode(m, out);
	return PARSE_OK;
}

static enum parse_status
do_text_content(const struct job_input *in, struct arena *arena,
    struct strbuf *out)
{
	struct document		*document;
	enum parse_status	 status;

	status = converted_read(in->bytes, (enum format)in->index, arena,
	    &document);
	if (status == PARSE_OK)
		document_encode(document, out);
	return status;
}

static const struct {
	job_function	run;
	bool		takes_index;
} jobs[] = {
	[PARSER_MAIL] = { do_mail, false },
	[PARSER_REPORT] = { do_report, false },
	[PARSER_LETTER] = { do_letter, true },
	[PARSER_CONTENT] = { do_content, true },
	[PARSER_SHEET] = { do_sheet, true },
	[PARSER_EXTRACT] = { do_extract, true },
	[PARSER_MAIL_CLOSED] = { do_mail_closed, false },
	[PARSER_REPORT_CLOSED] = { do_report_closed, false },
	[PARSER_TEXT] = { do_text, false },
	[PARSER_TEXT_CONTENT] = { do_text_content, false },
};

enum parse_status
parse_job_run(const struct parse_order *order, struct bytes in,
    struct pages *pages, struct strbuf *out)
{
	enum parse_status	 status;
	struct job_input	 job;
	struct arena		*arena;

	if (order->job >= COUNT(jobs) || jobs[order->job].run == NULL)
		return PARSE_NOT_SUPPORTED;
	/* RLIMIT_AS bounds it; the child's end frees it */
	arena = arena_new(0);
	arena_set_pages(arena, pages);
	status = PARSE_OK;
	if (jobs[order->job].takes_index && order->index >= 0)
		status = order->is_bare ?
		    message_file_attachment(in, (size_t)order->index, arena,
		    &in) : message_attachment(in, (size_t)order->index,
		    arena, &in);
	if (status != PARSE_OK)
		return status;
	job.bytes = in;
	job.index = order->index;
	status = jobs[order->job].run(&job, arena, out);
	if (out->len > LIMIT_JAIL_OUTPUT) {
		strbuf_reset(out);
		return PARSE_LIMIT;
	}
	return status;
}

void
parse_job_end(struct strbuf *out, enum parse_status status, const char *why)
{
	size_t	place;

	place = record_begin(out, RECORD_END);
	record_put_u8(out, (uint8_t)status);
	record_put_string(out, why);
	record_end(out, place);
}
