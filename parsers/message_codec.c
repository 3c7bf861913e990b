/*
 * The stored form of a message. A head, the message's own record, then
 * what hangs on it in a fixed order: its body read as a report, forwards,
 * attachments each with its report, a report followed by its headings.
 */
#include "parsers/message.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

/* Count up when a layout below changes; older blobs are parsed again. */
#define MESSAGE_VERSION 1

/* The least that a record or string of a list takes, encoded. */
#define RECORD_BYTES_LEAST 6
#define BOUNCE_BYTES_LEAST 16

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct record_field message_fields[] = {
	RECORD_STRING(message, from_address),
	RECORD_STRING(message, from_name),
	RECORD_STRING(message, sender),
	RECORD_STRING(message, reply_to),
	RECORD_STRING(message, return_path),
	RECORD_STRING(message, subject),
	RECORD_STRING(message, message_id),
	RECORD_NUMBER(message, date_utc),
	RECORD_NUMBER(message, top_received_utc),
	RECORD_STRING(message, auth_results),
	RECORD_NUMBER(message, signs),
	RECORD_STRING(message, body),
	RECORD_STRING(message, signature),
	RECORD_STRING(message, trouble),
};

static const struct record_field bounce_fields[] = {
	RECORD_STRING(bounce, address),
	RECORD_STRING(bounce, status),
	RECORD_STRING(bounce, action),
	RECORD_STRING(bounce, diagnostic),
};

static const struct record_field forward_fields[] = {
	RECORD_STRING(forward, from_address),
	RECORD_STRING(forward, from_name),
	RECORD_STRING(forward, subject),
	RECORD_STRING(forward, message_id),
	RECORD_NUMBER(forward, date_utc),
	RECORD_NUMBER(forward, depth),
};

static const struct record_field attachment_fields[] = {
	RECORD_STRING(attachment, name),
	RECORD_STRING(attachment, in),
	RECORD_STRING(attachment, media_type),
	RECORD_FIELD(attachment, format, FIELD_NUMBER, FORMAT_IMAGE),
	RECORD_NUMBER(attachment, size),
	RECORD_BOOL(attachment, is_inline),
	RECORD_NUMBER(attachment, depth),
	RECORD_FIELD(attachment, status, FIELD_NUMBER, PARSE_UNAVAILABLE),
};

static const struct record_field facts_fields[] = {
	RECORD_STRING(facts, parent),
	RECORD_STRING(facts, issuer),
	RECORD_STRING(facts, number),
	RECORD_STRING(facts, place),
	RECORD_STRING(facts, date),
	RECORD_STRING(facts, title),
	RECORD_STRING(facts, subject),
	RECORD_STRING(facts, period),
	RECORD_STRING(facts, signer_block),
	RECORD_BOOL(facts, signed_part),
	RECORD_BOOL(facts, secret),
};

static const struct record_field heading_fields[] = {
	RECORD_STRING(heading, text),
	RECORD_STRING(heading, label),
	RECORD_STRING(heading, title),
	RECORD_NUMBER(heading, level),
	RECORD_NUMBER(heading, source),
	RECORD_FIELD(heading, confidence, FIELD_NUMBER, 100),
	RECORD_BOOL(heading, run_in),
	RECORD_BOOL(heading, in_textbox),
	RECORD_BOOL(heading, in_table),
	RECORD_BOOL(heading, is_bullet),
	RECORD_NUMBER(heading, paragraph),
	RECORD_NUMBER(heading, paragraph_end),
	RECORD_NUMBER(heading, words),
	RECORD_BOOL(heading, placeholder),
	RECORD_STRING(heading, body),
};

static void
put_report(struct strbuf *out, const struct report *report)
{
	const struct headings	*h;
	size_t			 place, i;

	h = report->headings;
	place = record_begin(out, RECORD_REPORT);
	record_put_u32(out, report->remarks);
	record_put_fields(out, report->facts, facts_fields,
	    COUNT(facts_fields));
	record_put_u32(out, h->words);
	record_put_strings(out, h->ignorable, h->n_ignorable);
	record_put_u32(out, (uint32_t)h->n);
	record_end(out, place);
	for (i = 0; i < h->n; i++) {
		place = record_begin(out, RECORD_HEADING);
		record_put_fields(out, &h->h[i], heading_fields,
		    COUNT(heading_fields));
		record_end(out, place);
	}
}

static void
put_attachment(struct strbuf *out, const struct attachment *a)
{
	size_t	place;

	place = record_begin(out, RECORD_ATTACHMENT);
	record_put_fields(out, a, attachment_fields,
	    COUNT(attachment_fields));
	record_put_string(out, a->sha256);
	record_put_u8(out, a->report != NULL);
	record_end(out, place);
	if (a->report != NULL)
		put_report(out, a->report);
}

static void
put_forward(struct strbuf *out, const struct forward *f)
{
	size_t	place;

	place = record_begin(out, RECORD_FORWARD);
	record_put_fields(out, f, forward_fields, COUNT(forward_fields));
	record_end(out, place);
}

void
message_encode(const struct message *m, struct strbuf *out)
{
	size_t	place, i;

	record_put_head(out, RECORD_MESSAGE, MESSAGE_VERSION);
	place = record_begin(out, RECORD_MESSAGE);
	record_put_fields(out, m, message_fields, COUNT(message_fields));
	record_put_strings(out, m->references, m->n_references);
	record_put_strings(out, m->links, m->n_links);
	record_put_u32(out, (uint32_t)m->n_file_links);
	record_put_strings(out, m->bounced_ids, m->n_bounced_ids);
	record_put_u32(out, (uint32_t)m->n_bounces);
	for (i = 0; i < m->n_bounces; i++)
		record_put_fields(out, &m->bounces[i], bounce_fields,
		    COUNT(bounce_fields));
	record_put_u8(out, m->body_report != NULL);
	record_put_u32(out, (uint32_t)m->n_forwards);
	record_put_u32(out, (uint32_t)m->n_attachments);
	record_end(out, place);
	if (m->body_report != NULL)
		put_report(out, m->body_report);
	for (i = 0; i < m->n_forwards; i++)
		put_forward(out, &m->forwards[i]);
	for (i = 0; i < m->n_attachments; i++)
		put_attachment(out, &m->attachments[i]);
}

/* A number of records to come on r, as said inside a record's payload. */
static size_t
get_records_count(struct record_reader *payload,
    const struct record_reader *r)
{
	size_t	n;

	n = record_get_u32(payload);
	if (n > (size_t)(r->end - r->at) / RECORD_BYTES_LEAST) {
		payload->failed = true;
		return 0;
	}
	return n;
}

static void
get_heading(struct record_reader *r, struct heading *h)
{
	struct record_reader	payload;

	record_expect(r, RECORD_HEADING, &payload);
	record_get_fields(&payload, h, heading_fields,
	    COUNT(heading_fields));
	if (!record_at_end(&payload))
		r->failed = true;
}

static struct report *
get_report(struct record_reader *r)
{
	struct record_reader	 payload;
	struct report		*report;
	struct headings		*h;
	size_t			 i;

	report = arena_alloc(r->arena, sizeof(*report));
	report->facts = arena_alloc(r->arena, sizeof(*report->facts));
	report->headings = h = arena_alloc(r->arena, sizeof(*h));
	record_expect(r, RECORD_REPORT, &payload);
	report->remarks = record_get_u32(&payload);
	record_get_fields(&payload, report->facts, facts_fields,
	    COUNT(facts_fields));
	h->words = record_get_u32(&payload);
	h->ignorable = record_get_strings(&payload, &h->n_ignorable);
	h->n = get_records_count(&payload, r);
	if (!record_at_end(&payload)) {
		r->failed = true;
		h->n = 0;
	}
	h->h = arena_calloc(r->arena, h->n, sizeof(*h->h));
	for (i = 0; i < h->n && !r->failed; i++)
		get_heading(r, &h->h[i]);
	return report;
}

static void
get_attachment(struct record_reader *r, struct attachment *a)
{
	struct record_reader	 payload;
	const char		*sha256;
	bool			 has_report;

	record_expect(r, RECORD_ATTACHMENT, &payload);
	record_get_fields(&payload, a, attachment_fields,
	    COUNT(attachment_fields));
	sha256 = record_get_string(&payload);
	if (strlen(sha256) >= sizeof(a->sha256))
		payload.failed = true;
	else
		memcpy(a->sha256, sha256, strlen(sha256) + 1);
	has_report = record_get_bool(&payload);
	if (!record_at_end(&payload))
		r->failed = true;
	else if (has_report)
		a->report = get_report(r);
}

static void
get_forward(struct record_reader *r, struct forward *f)
{
	struct record_reader	payload;

	record_expect(r, RECORD_FORWARD, &payload);
	record_get_fields(&payload, f, forward_fields,
	    COUNT(forward_fields));
	if (!record_at_end(&payload))
		r->failed = true;
}

/* The message's own record; what hangs on it is counted, not read. */
static bool
get_message(struct record_reader *r, struct message *m)
{
	struct record_reader	payload;
	bool			has_body_report;
	size_t			i;

	record_expect(r, RECORD_MESSAGE, &payload);
	record_get_fields(&payload, m, message_fields,
	    COUNT(message_fields));
	m->references = record_get_strings(&payload, &m->n_references);
	m->links = record_get_strings(&payload, &m->n_links);
	m->n_file_links = record_get_u32(&payload);
	if (m->n_file_links > m->n_links)
		payload.failed = true;
	m->bounced_ids = record_get_strings(&payload, &m->n_bounced_ids);
	m->n_bounces = record_get_count(&payload, BOUNCE_BYTES_LEAST);
	m->bounces = arena_calloc(r->arena, m->n_bounces,
	    sizeof(*m->bounces));
	for (i = 0; i < m->n_bounces; i++)
		record_get_fields(&payload, &m->bounces[i], bounce_fields,
		    COUNT(bounce_fields));
	has_body_report = record_get_bool(&payload);
	m->n_forwards = get_records_count(&payload, r);
	m->n_attachments = get_records_count(&payload, r);
	if (!record_at_end(&payload))
		r->failed = true;
	else if (has_body_report)
		m->body_report = get_report(r);
	return !r->failed;
}

struct message *
message_decode(struct bytes blob, struct arena *arena)
{
	struct record_reader	 r;
	struct message		*m;
	size_t			 i;

	record_reader_init(&r, blob, arena);
	m = arena_alloc(arena, sizeof(*m));
	if (!record_expect_head(&r, RECORD_MESSAGE, MESSAGE_VERSION) ||
	    !get_message(&r, m))
		return NULL;
	m->forwards = arena_calloc(arena, m->n_forwards,
	    sizeof(*m->forwards));
	for (i = 0; i < m->n_forwards && !r.failed; i++)
		get_forward(&r, &m->forwards[i]);
	m->attachments = arena_calloc(arena, m->n_attachments,
	    sizeof(*m->attachments));
	for (i = 0; i < m->n_attachments && !r.failed; i++)
		get_attachment(&r, &m->attachments[i]);
	return record_at_end(&r) ? m : NULL;
}
