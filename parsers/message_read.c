/*
 * A whole mail: its header, what its parts hold (parsers/mime_walk.h), and
 * what can be said of it as a message: is it automatic, a bounce, a
 * forward, a report typed into the body?
 */
#include "parsers/message.h"

#include <string.h>
#include <strings.h>

#include "parsers/arena.h"
#include "parsers/automail.h"
#include "parsers/limits.h"
#include "parsers/mail_date.h"
#include "parsers/mail_text.h"
#include "parsers/mime_header.h"
#include "parsers/mime_walk.h"
#include "parsers/pages.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

/* Headings that make a body a report. */
#define BODY_HEADINGS_LEAST 3

/* ---- the raw mail */

/* Lines in front of the header that are passed over, at most. */
#define PREAMBLE_LINES 10

static struct bytes
without(struct bytes b, size_t n)
{
	return (struct bytes){ b.data + n, b.len - n };
}

/*
 * Mail whose lines end in CR alone, or in CR CR LF: the same with LF; else
 * raw itself.
 */
static struct bytes
with_line_feeds(struct bytes raw, struct arena *arena)
{
	struct pages	*pages = arena_pages(arena);
	struct bytes	 rest = raw;
	struct strbuf	 copy = { 0 };
	const uint8_t	*cr;
	bool		 has_lf;

	has_lf = pages_find_byte(pages, raw, '\n') != NULL;
	if (has_lf ? pages_find(pages, raw, "\r\r\n", 3) == NULL :
	    pages_find_byte(pages, raw, '\r') == NULL)
		return raw;
	pages_lend(pages, raw.len, &copy);
	while ((cr = pages_find_byte(pages, rest, '\r')) != NULL) {
		strbuf_add(&copy, rest.data, (size_t)(cr - rest.data));
		if (!has_lf)
			strbuf_addc(&copy, '\n');
		rest = without(rest, (size_t)(cr + 1 - rest.data));
	}
	pages_add(pages, &copy, rest);
	return pages_take(arena, &copy);
}

static bool
begins(struct bytes b, const char *s)
{
	size_t	n = strlen(s);

	return b.len >= n && memcmp(b.data, s, n) == 0;
}

/* Length of "Name" when the line is a header field, else 0. */
static size_t
field_name(struct bytes line)
{
	size_t	i;

	for (i = 0; i < line.len && line.data[i] > ' ' &&
	    line.data[i] < 127 && line.data[i] != ':'; i++)
		;
	return i < line.len && line.data[i] == ':' ? i : 0;
}

/*
 * Behind what stands in front of the header: a byte order mark, blank
 * lines, an mbox separator, a line of junk. Nothing is passed over when no
 * header follows.
 */
static struct bytes
skip_preamble(struct bytes raw)
{
	struct bytes	 rest;
	const uint8_t	*end;
	unsigned	 lines;

	if (begins(raw, "\xEF\xBB\xBF"))
		raw = without(raw, 3);
	rest = raw;
	for (lines = 0; lines < PREAMBLE_LINES; lines++) {
		if (field_name(rest) > 0)
			return rest;
		end = memchr(rest.data, '\n', rest.len);
		if (end == NULL)
			break;
		rest = without(rest, (size_t)(end + 1 - rest.data));
	}
	return raw;
}

static void
add_header(struct mail_headers *list, size_t *cap, struct bytes line,
    struct arena *arena)
{
	struct mail_header	*h;
	size_t			 n = field_name(line);

	list->h = arena_grow(arena, list->h, list->n, cap, sizeof(*list->h));
	h = &list->h[list->n++];
	h->name = arena_strndup(arena, (const char *)line.data, n);
	for (n++; n < line.len && (line.data[n] == ' ' ||
	    line.data[n] == '\t'); n++)
		;
	h->value = arena_strndup(arena, (const char *)line.data + n,
	    line.len - n);
}

/*
 * The header's fields, unfolded; lines that are none are passed over.
 * True when it was longer than LIMIT_HEADER_BYTES: the rest is not seen.
 */
static bool
read_header(struct bytes raw, struct mail_headers *list,
    struct arena *arena)
{
	struct strbuf	 line = { 0 };
	const uint8_t	*p = raw.data, *end = raw.data + raw.len, *eol;
	size_t		 cap = 0, len;
	bool		 is_long = raw.len > LIMIT_HEADER_BYTES;

	if (is_long)
		end = p + LIMIT_HEADER_BYTES;
	memset(list, 0, sizeof(*list));
	while (p < end) {
		eol = memchr(p, '\n', (size_t)(end - p));
		len = (size_t)((eol == NULL ? end : eol) - p);
		if (len > 0 && p[len - 1] == '\r')
			len--;
		if (len == 0) {
			is_long = false;
			break;
		}
		strbuf_add(&line, p, len);
		p = eol == NULL ? end : eol + 1;
		if (p < end && (*p == ' ' || *p == '\t'))
			continue;
		if (field_name((struct bytes){ (const uint8_t *)line.s,
		    line.len }) > 0)
			add_header(list, &cap, (struct bytes){
			    (const uint8_t *)line.s, line.len }, arena);
		strbuf_reset(&line);
	}
	strbuf_clear(&line);
	return is_long;
}

/* ---- the header's meaning */

static const char *
header(const struct mail_headers *h, const char *name)
{
	const char	*value;

	value = mail_headers_find(h, name);
	return value == NULL ? "" : value;
}

static const char *
address(const struct mail_headers *h, const char *name, struct arena *arena)
{
	struct mailbox	m;

	return mime_mailboxes(header(h, name), &m, 1, arena) == 1 ?
	    m.address : "";
}

/* All mailboxes of all From lines: the first one counts. */
static void
read_from(struct message *m, const struct mail_headers *h,
    struct arena *arena)
{
	struct mailbox	box[2];
	size_t		i, k, n, found = 0;

	for (i = 0; i < h->n; i++) {
		if (strcasecmp(h->h[i].name, "From") != 0)
			continue;
		n = mime_mailboxes(h->h[i].value, box, 2, arena);
		for (k = 0; k < n; k++) {
			if (found++ > 0)
				continue;
			m->from_address = box[k].address;
			m->from_name = box[k].name;
		}
	}
	if (found > 1)
		m->signs |= SIGN_MANY_FROM;
}

static void
read_references(struct message *m, const struct mail_headers *h,
    struct arena *arena)
{
	const char	**ids;
	size_t		  n;

	ids = arena_calloc(arena, LIMIT_REFERENCES, sizeof(*ids));
	n = mime_ids(header(h, "In-Reply-To"), ids, LIMIT_REFERENCES, arena);
	n += mime_ids(header(h, "References"), ids + n, LIMIT_REFERENCES - n,
	    arena);
	m->references = ids;
	m->n_references = n;
}

/*
 * The Authentication-Results above the first hop that they could have
 * been added before: whoever sends the mail can write what stands below.
 */
static const char *
read_auth_results(const struct mail_headers *h, struct arena *arena)
{
	struct strbuf	 lines = { 0 };
	const char	*result;
	size_t		 i;

	for (i = 0; i < h->n; i++) {
		if (strcasecmp(h->h[i].name, "Received") == 0 &&
		    lines.len > 0)
			break;
		if (strcasecmp(h->h[i].name, "Authentication-Results") != 0)
			continue;
		if (lines.len > 0)
			strbuf_addc(&lines, '\n');
		/* no encoded words: nobody may smuggle a result in one */
		strbuf_adds(&lines, text_clean(h->h[i].value, arena));
	}
	result = arena_strndup(arena, strbuf_get(&lines), lines.len);
	strbuf_clear(&lines);
	return result;
}

static const char *
read_return_path(const struct mail_headers *h, struct arena *arena)
{
	const char	*value;

	value = mail_headers_find(h, "Return-Path");
	if (value == NULL)
		return "";
	value += strspn(value, " \t");
	if (value[0] == '\0' || strncmp(value, "<>", 2) == 0)
		return "<>";
	return address(h, "Return-Path", arena);
}

static int64_t
read_received(const struct mail_headers *h)
{
	const char	*date;

	date = strrchr(header(h, "Received"), ';');
	return date == NULL ? 0 : mail_date(date + 1);
}

static void
read_headers(struct message *m, const struct mail_headers *h,
    struct arena *arena)
{
	const char	*id;

	read_from(m, h, arena);
	m->sender = address(h, "Sender", arena);
	m->reply_to = address(h, "Reply-To", arena);
	m->return_path = read_return_path(h, arena);
	m->subject = mime_decode_line(header(h, "Subject"),
	    LIMIT_SUBJECT_BYTES, arena);
	if (mime_ids(header(h, "Message-ID"), &id, 1, arena) == 1)
		m->message_id = id;
	read_references(m, h, arena);
	m->date_utc = mail_date(header(h, "Date"));
	m->top_received_utc = read_received(h);
	m->auth_results = read_auth_results(h, arena);
	m->signs |= automail_signs(h, m->subject, m->from_address, arena);
}

/* ---- the body's meaning */

static size_t
confident_headings(const struct headings *h)
{
	size_t	i, n = 0;

	for (i = 0; i < h->n; i++)
		n += h->h[i].confidence >= HEADING_CONFIDENT;
	return n;
}

/* Some type the report into the mail itself. */
static struct report *
read_body_report(const char *body, struct arena *arena)
{
	struct document	*doc;
	struct report	*report;

	doc = mail_text_document(body, arena);
	report = arena_alloc(arena, sizeof(*report));
	report->headings = headings_find(doc, arena);
	if (confident_headings(report->headings) < BODY_HEADINGS_LEAST)
		return NULL;
	report->facts = facts_find(doc, arena);
	return report;
}

static void
read_bounce(struct message *m, struct mime_walk *w,
    const struct mail_headers *h, struct arena *arena)
{
	bool	is_delay;

	m->signs |= SIGN_DSN;
	is_delay = automail_is_delay(m->subject, m->body, arena);
	if (w->bounces.n == 0)
		bounce_read_failed(&w->bounces,
		    header(h, "X-Failed-Recipients"));
	bounce_read_words(&w->bounces, m->body, address(h, "To", arena),
	    is_delay);
	m->bounces = w->bounces.b;
	m->n_bounces = w->bounces.n;
}

static void
read_forwards(struct message *m, struct mime_walk *w, struct arena *arena)
{
	struct forward	*all, quoted;

	m->forwards = w->forwards;
	m->n_forwards = w->n_forwards;
	if (!mail_text_forward(m->subject, m->body, arena, &quoted))
		return;
	all = arena_calloc(arena, w->n_forwards + 1, sizeof(*all));
	if (w->n_forwards > 0)
		memcpy(all, w->forwards, w->n_forwards * sizeof(*all));
	all[m->n_forwards++] = quoted;
	m->forwards = all;
}

static void
read_body(struct message *m, struct mime_walk *w,
    const struct mail_headers *h, struct arena *arena)
{
	m->body = mail_text_clean(strbuf_get(&w->body), arena);
	if (m->body[0] == '\0')
		m->body = mail_text_clean(strbuf_get(&w->inner), arena);
	m->signature = mail_text_signature(m->body, arena);
	if (automail_is_bounce(m->signs, m->subject, m->body, arena))
		read_bounce(m, w, h, arena);
	if (m->signs & (SIGN_DSN | SIGN_MDN)) {
		m->bounced_ids = w->bounces.ids;
		m->n_bounced_ids = w->bounces.n_ids;
		return;
	}
	read_forwards(m, w, arena);
	if (w->attachments.closed == PARSE_OK)
		m->body_report = read_body_report(m->body, arena);
}

/* ---- the whole */

static struct message *
new_message(struct arena *arena)
{
	struct message	*m;

	m = arena_alloc(arena, sizeof(*m));
	m->from_address = m->from_name = m->sender = m->reply_to = "";
	m->return_path = m->subject = m->message_id = "";
	m->auth_results = m->body = m->signature = m->trouble = "";
	return m;
}

static bool
has_long_line(struct bytes raw, struct pages *pages)
{
	const uint8_t	*p, *end = raw.data + raw.len, *eol;

	for (p = raw.data; (size_t)(end - p) > LIMIT_LINE_BYTES;
	    p = eol + 1) {
		eol = pages_find_byte(pages, (struct bytes){ p,
		    LIMIT_LINE_BYTES }, '\n');
		if (eol == NULL)
			return true;
	}
	return false;
}

static struct message *
read_mail(struct bytes raw, enum parse_status closed, struct arena *arena)
{
	struct mail_headers	 h;
	struct mime_walk	 w;
	struct message		*m;
	bool			 is_long;

	m = new_message(arena);
	raw = skip_preamble(with_line_feeds(raw, arena));
	is_long = read_header(raw, &h, arena);
	read_headers(m, &h, arena);
	mime_walk_init(&w, arena);
	w.attachments.closed = closed;
	mime_walk_run(&w, raw, h.n > 0);
	m->signs |= w.signs;
	read_body(m, &w, &h, arena);
	m->links = w.links.url;
	m->n_links = w.links.n;
	m->n_file_links = w.links.n_files;
	m->attachments = w.attachments.a;
	m->n_attachments = w.attachments.n;
	if (is_long)
		attachment_trouble(&w.trouble, "header too long");
	if (has_long_line(raw, arena_pages(arena)))
		attachment_trouble(&w.trouble, "line too long");
	m->trouble = arena_strdup(arena, strbuf_get(&w.trouble));
	mime_walk_clear(&w);
	return m;
}

struct message *
message_read(struct bytes raw, struct arena *arena)
{
	return read_mail(raw, PARSE_OK, arena);
}

struct message *
message_read_closed(struct bytes raw, enum parse_status status,
    struct arena *arena)
{
	return read_mail(raw, status, arena);
}

static struct message *
read_file(struct bytes file, const char *name, enum parse_status closed,
    struct arena *arena)
{
	struct attachment_source source = { name, "", "", false, 0 };
	struct attachment_list	 list = { .wanted = -1, .arena = arena };
	struct strbuf		 trouble = { 0 };
	struct message		*m;

	list.trouble = &trouble;
	list.closed = closed;
	m = new_message(arena);
	attachment_add(&list, &source, file);
	m->attachments = list.a;
	m->n_attachments = list.n;
	m->trouble = arena_strdup(arena, strbuf_get(&trouble));
	strbuf_clear(&trouble);
	return m;
}

struct message *
message_read_file(struct bytes file, const char *name, struct arena *arena)
{
	return read_file(file, name, PARSE_OK, arena);
}

struct message *
message_read_file_closed(struct bytes file, enum parse_status status,
    struct arena *arena)
{
	return read_file(file, "", status, arena);
}

static enum parse_status
found_in(const struct attachment_list *list, struct bytes *out)
{
	if (!list->is_found)
		return PARSE_DAMAGED;
	*out = list->found;
	return PARSE_OK;
}

enum parse_status
message_attachment(struct bytes raw, size_t index, struct arena *arena,
    struct bytes *out)
{
	struct mime_walk	w;
	enum parse_status	status;

	if (index >= LIMIT_ATTACHMENTS)
		return PARSE_DAMAGED;
	raw = skip_preamble(with_line_feeds(raw, arena));
	mime_walk_init(&w, arena);
	w.attachments.wanted = (long)index;
	mime_walk_run(&w, raw, field_name(raw) > 0);
	status = found_in(&w.attachments, out);
	mime_walk_clear(&w);
	return status;
}

enum parse_status
message_file_attachment(struct bytes file, size_t index,
    struct arena *arena, struct bytes *out)
{
	struct attachment_source source = { "", "", "", false, 0 };
	struct attachment_list	 list = { .arena = arena };
	struct strbuf		 trouble = { 0 };

	if (index >= LIMIT_ATTACHMENTS)
		return PARSE_DAMAGED;
	list.trouble = &trouble;
	list.wanted = (long)index;
	attachment_add(&list, &source, file);
	strbuf_clear(&trouble);
	return found_in(&list, out);
}
