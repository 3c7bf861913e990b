/*
 * The jobs of the jailed child: foreign bytes in, records out.
 */
#include "daemon/parse_job.h"

#include <stdbool.h>

#include "daemon/parse_order.h"
#include "daemon/parser.h"
#include "parsers/arena.h"
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

typedef enum parse_status (*job_function)(struct bytes in,
    struct arena *arena, struct strbuf *out);

static enum parse_status
do_mail(struct bytes in, struct arena *arena, struct strbuf *out)
{
	message_encode(message_read(in, arena), out);
	return PARSE_OK;
}

static enum parse_status
do_report(struct bytes in, struct arena *arena, struct strbuf *out)
{
	message_encode(message_read_file(in, "", arena), out);
	return PARSE_OK;
}

/* The other job has died of a document in it: they all stay closed. */
static enum parse_status
do_mail_closed(struct bytes in, struct arena *arena, struct strbuf *out)
{
	message_encode(message_read_closed(in, PARSE_CRASHED, arena), out);
	return PARSE_OK;
}

static enum parse_status
do_report_closed(struct bytes in, struct arena *arena, struct strbuf *out)
{
	message_encode(message_read_file_closed(in, PARSE_CRASHED, arena),
	    out);
	return PARSE_OK;
}

static enum parse_status
do_letter(struct bytes in, struct arena *arena, struct strbuf *out)
{
	struct document		*document;
	enum parse_status	 status;

	status = document_read(in, format_sniff(in), arena, &document);
	if (status == PARSE_OK)
		letter_encode(letter_read(document, arena), out);
	return status;
}

static enum parse_status
do_content(struct bytes in, struct arena *arena, struct strbuf *out)
{
	struct document		*document;
	enum parse_status	 status;

	status = document_read(in, format_sniff(in), arena, &document);
	if (status == PARSE_OK)
		document_encode(document, out);
	return status;
}

static enum parse_status
do_sheet(struct bytes in, struct arena *arena, struct strbuf *out)
{
	struct sheet		*sheet;
	enum parse_status	 status;

	status = sheet_read(in, arena, &sheet);
	if (status == PARSE_OK)
		sheet_encode(sheet, out);
	return status;
}

static enum parse_status
do_extract(struct bytes in, struct arena *arena, struct strbuf *out)
{
	size_t	place, n;

	(void)arena;
	for (; in.len > 0; in.data += n, in.len -= n) {
		n = in.len < PIECE_BYTES ? in.len : PIECE_BYTES;
		place = record_begin(out, RECORD_BYTES);
		strbuf_add(out, in.data, n);
		record_end(out, place);
	}
	return PARSE_OK;
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
};

enum parse_status
parse_job_run(const struct parse_order *order, struct bytes in,
    struct strbuf *out)
{
	enum parse_status	 status;
	struct arena		*arena;

	if (order->job >= COUNT(jobs) || jobs[order->job].run == NULL)
		return PARSE_NOT_SUPPORTED;
	/* RLIMIT_AS bounds it; the child's end frees it */
	arena = arena_new(0);
	status = PARSE_OK;
	if (jobs[order->job].takes_index && order->index >= 0)
		status = order->is_bare ?
		    message_file_attachment(in, (size_t)order->index, arena,
		    &in) : message_attachment(in, (size_t)order->index,
		    arena, &in);
	if (status != PARSE_OK)
		return status;
	status = jobs[order->job].run(in, arena, out);
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
