/*
 * The parts of a mail. GMime finds the structure; names, transfer
 * encodings and charsets are read here, from the raw bytes, because real
 * mail bends each of those rules. Depth and number of parts are limited.
 */
#include "parsers/mime_walk.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <gmime/gmime.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/cms.h"
#include "parsers/limits.h"
#include "parsers/mail_date.h"
#include "parsers/mail_html.h"
#include "parsers/message.h"
#include "parsers/mime_header.h"
#include "parsers/mime_name.h"
#include "parsers/mime_part.h"
#include "parsers/mime_stream.h"
#include "parsers/pages.h"
#include "parsers/tnef.h"
#include "parsers/transfer.h"

/* As much of a text part as can matter for a body of LIMIT_BODY_BYTES. */
#define TEXT_BYTES ((size_t)4 * LIMIT_BODY_BYTES)
#define NAMELESS_SMIME "smime.p7m"

/* The two ways to say a text, of which one is chosen. */
struct choice {
	struct strbuf	plain;
	struct strbuf	html; /* its words */
};

/* Where in the mail we are. */
struct place {
	unsigned	 depth;	  /* of parts */
	unsigned	 rfc822;  /* of messages */
	const char	*in;	  /* container, "" */
	struct choice	*choice;  /* within multipart/alternative, or NULL */
};

static void	 walk(struct mime_walk *w, GMimeObject *part,
		    const struct place *at);
static void	 walk_bytes(struct mime_walk *w, struct bytes raw,
		    const char *header, const struct place *at);

/* ---- leaves */

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

/* A text part's words, into the body or what stands for it here. */
static void
add_text(struct mime_walk *w, const struct place *at, const char *text,
    bool is_html)
{
	struct strbuf	*plain, *html, words = { 0 };

	plain = at->rfc822 > 0 ? &w->inner : &w->body;
	html = plain;
	if (at->choice != NULL) {
		plain = &at->choice->plain;
		html = &at->choice->html;
	}
	if (plain->len > TEXT_BYTES || html->len > TEXT_BYTES)
		return;
	if (is_html) {
		mail_html_text(text, &words, &w->links);
		text = strbuf_get(&words);
	} else {
		html = plain;
	}
	mail_text_links(text, &w->links);
	if (!is_blank(text)) {
		if (html->len > 0)
			strbuf_addc(html, '\n');
		strbuf_adds(html, text);
	}
	strbuf_clear(&words);
}

static void
take_text(struct mime_walk *w, GMimeObject *part, const struct place *at,
    struct bytes content)
{
	struct strbuf	 flowed = { 0 };
	const char	*type, *charset, *text, *format;
	bool		 is_html;

	if (content.len > TEXT_BYTES)
		content.len = TEXT_BYTES;
	type = mime_part_header(part, "Content-Type", w->arena);
	charset = type == NULL ? NULL : mime_parameter(type, "charset",
	    w->arena);
	is_html = strcmp(mime_part_type(part, w->arena), "text/html") == 0;
	if (is_html && charset == NULL)
		charset = mail_html_charset(content, w->arena);
	text = charset_import(content, charset == NULL ? "" : charset,
	    w->arena);
	format = type == NULL ? NULL : mime_parameter(type, "format",
	    w->arena);
	if (format != NULL && strcasecmp(format, "flowed") == 0) {
		mail_text_unflow(text, &flowed);
		text = strbuf_get(&flowed);
	}
	add_text(w, at, text, is_html);
	strbuf_clear(&flowed);
}

static const char *
name_of(struct mime_walk *w, GMimeObject *part)
{
	return mime_name(
	    mime_part_header(part, "Content-Disposition", w->arena),
	    mime_part_header(part, "Content-Type", w->arena), w->arena);
}

static void
add_file(struct mime_walk *w, GMimeObject *part, const struct place *at,
    struct bytes content)
{
	struct attachment_source source = { 0 };
	const char		*disposition;

	disposition = mime_part_header(part, "Content-Disposition", w->arena);
	source.name = name_of(w, part);
	source.in = at->in;
	source.media_type = mime_part_type(part, w->arena);
	source.is_inline = disposition == NULL ||
	    strncasecmp(disposition + strspn(disposition, " "),
	    "attachment", 10) != 0;
	source.depth = (uint8_t)at->rfc822;
	if (tnef_sniff(content))
		w->signs |= SIGN_TNEF;
	attachment_add(&w->attachments, &source, content);
}

/* Text beside a file in it, as much as can matter. */
static void
add_rest(struct strbuf *rest, const uint8_t *text, size_t len)
{
	size_t	room = TEXT_BYTES - rest->len;

	strbuf_add(rest, text, len < room ? len : room);
}

/* Files uuencoded within a text; what is left of it goes to rest. */
static void
add_uuencoded(struct mime_walk *w, const struct place *at,
    struct bytes content, struct strbuf *rest)
{
	struct attachment_source source = { 0 };
	struct pages		*pages = arena_pages(w->arena);
	struct strbuf		 decoded = { 0 };
	struct bytes		 name, block;
	const uint8_t		*text = content.data;
	size_t			 offset = 0, mark;

	source.in = at->in;
	source.media_type = "";
	source.depth = (uint8_t)at->rfc822;
	while (w->attachments.n < LIMIT_ATTACHMENTS &&
	    transfer_find_uu(content, &offset, &name, &block, pages)) {
		source.name = mime_name_clean(charset_import(name, "",
		    w->arena), w->arena);
		mark = pages_mark(pages);
		pages_lend(pages, block.len, &decoded);
		transfer_decode(block, TRANSFER_UU, &decoded, pages);
		pages_keep(pages, &decoded);
		attachment_add(&w->attachments, &source, (struct bytes){
		    (const uint8_t *)strbuf_get(&decoded), decoded.len });
		strbuf_clear(&decoded);
		pages_release(pages, mark);
		add_rest(rest, text, (size_t)(block.data - text));
		text = block.data + block.len;
	}
	add_rest(rest, text, content.len - (size_t)(text - content.data));
}

/* ---- parts that are mail themselves, or broken */

/*
 * The boundary that parts are really separated by: of the first line
 * "--X" that a "Content-…:" line follows. In the arena; NULL if none.
 * *at: where that line begins.
 */
static const char *
find_boundary(struct bytes text, size_t *at, struct arena *arena)
{
	const uint8_t	*p, *end, *stop = text.data + text.len;

	for (p = text.data; p < stop; p = end + 1) {
		end = pages_find_byte(arena_pages(arena), (struct bytes){ p,
		    (size_t)(stop - p) }, '\n');
		if (end == NULL)
			return NULL;
		if (end - p < 3 || p[0] != '-' || p[1] != '-' ||
		    stop - end < 10 ||
		    strncasecmp((const char *)end + 1, "Content-", 8) != 0)
			continue;
		*at = (size_t)(p - text.data);
		return arena_strndup(arena, (const char *)p + 2,
		    (size_t)(end - p) - (end[-1] == '\r' ? 3 : 2));
	}
	return NULL;
}

/*
 * Parts within bytes whose header lost the boundary; false if none.
 * *before: how many bytes stand in front of them.
 */
static bool
walk_lost_parts(struct mime_walk *w, struct bytes text,
    const struct place *at, size_t *before)
{
	const char	*boundary, *header;

	boundary = find_boundary(text, before, w->arena);
	if (boundary == NULL || strchr(boundary, '"') != NULL ||
	    strlen(boundary) > 200)
		return false;
	header = arena_printf(w->arena,
	    "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n",
	    boundary);
	walk_bytes(w, text, header, at);
	return true;
}

/*
 * Lines that a mail begins with. is_labelled: as message/rfc822, but in
 * base64, which GMime leaves closed.
 */
static bool
looks_like_mail(struct bytes content, bool is_labelled)
{
	static const char *const starts[] = { "Received:", "Return-Path:",
	    "Delivered-To:", "From:", "Message-ID:", "MIME-Version:",
	    "Date:", "X-", "DKIM-Signature:", "Subject:" };
	const char	*head = (const char *)content.data;
	size_t		 i, n, len = content.len < 8192 ? content.len : 8192;
	bool		 starts_so = false;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		n = strlen(starts[i]);
		starts_so |= len > n && strncasecmp(head, starts[i], n) == 0;
	}
	if (is_labelled || !starts_so)
		return starts_so;
	return memmem(head, len, "\nMIME-Version:", 14) != NULL &&
	    memmem(head, len, "\nContent-Type:", 14) != NULL;
}

static void
note_forward(struct mime_walk *w, const struct forward *f)
{
	if (w->n_forwards >= LIMIT_ATTACHMENTS)
		return;
	w->forwards = arena_grow(w->arena, w->forwards, w->n_forwards,
	    &w->cap_forwards, sizeof(*w->forwards));
	w->forwards[w->n_forwards++] = *f;
}

/* A message within the message; its parts follow. */
static void
walk_message(struct mime_walk *w, GMimeMessage *message,
    const struct place *at)
{
	GMimeObject	*object = GMIME_OBJECT(message), *body;
	struct forward	 f = { "", "", "", "", 0, 0 };
	struct place	 inside = *at;
	struct mailbox	 from;
	const char	*value, *id;

	inside.rfc822++;
	inside.depth++;
	inside.choice = NULL;
	if (inside.rfc822 > LIMIT_RFC822_DEPTH) {
		attachment_trouble(&w->trouble,
		    "messages nested too deep");
		return;
	}
	f.depth = (uint8_t)inside.rfc822;
	value = mime_part_header(object, "From", w->arena);
	if (value != NULL && mime_mailboxes(value, &from, 1, w->arena) == 1) {
		f.from_address = from.address;
		f.from_name = from.name;
	}
	value = mime_part_header(object, "Subject", w->arena);
	if (value != NULL)
		f.subject = mime_decode_line(value, LIMIT_SUBJECT_BYTES,
		    w->arena);
	value = mime_part_header(object, "Date", w->arena);
	if (value != NULL)
		f.date_utc = mail_date(value);
	value = mime_part_header(object, "Message-ID", w->arena);
	if (value != NULL && mime_ids(value, &id, 1, w->arena) == 1) {
		f.message_id = id;
		bounce_read_ids(&w->bounces, arena_printf(w->arena,
		    "Message-ID: <%s>\n", id));
	}
	note_forward(w, &f);
	body = g_mime_message_get_mime_part(message);
	if (body != NULL)
		walk(w, body, &inside);
}

/* Parse bytes as a message of their own, behind a header of ours. */
static void
walk_bytes(struct mime_walk *w, struct bytes raw, const char *header,
    const struct place *at)
{
	struct pages	*pages = arena_pages(w->arena);
	size_t		 mark = pages_mark(pages);
	struct strbuf	 all = { 0 };
	GByteArray	 array;
	GMimeStream	*stream;
	GMimeParser	*parser;
	GMimeMessage	*message;
	GMimeObject	*body;
	struct place	 inside = *at;

	if (header != NULL && header[0] != '\0') {
		pages_lend(pages, strlen(header) + raw.len, &all);
		strbuf_adds(&all, header);
		pages_add(pages, &all, raw);
		pages_keep(pages, &all);
		raw.data = (const uint8_t *)all.s;
		raw.len = all.len;
	}
	memset(&array, 0, sizeof(array));
	array.data = (guint8 *)(uintptr_t)raw.data;
	array.len = (guint)raw.len;
	stream = mime_stream_new(&array, pages);
	parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_persist_stream(parser, TRUE);
	message = g_mime_parser_construct_message(parser, NULL);
	if (message != NULL && header == NULL && at->depth > 0) {
		walk_message(w, message, at);
	} else if (message != NULL) {
		inside.depth++;
		body = g_mime_message_get_mime_part(message);
		if (body != NULL)
			walk(w, body, &inside);
	}
	if (message != NULL)
		g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
	strbuf_clear(&all);
	pages_release(pages, mark);
}

/* Opaque S/MIME: the mail inside; false when it cannot be had. */
static bool
walk_signed(struct mime_walk *w, GMimeObject *part, const struct place *at,
    struct bytes content)
{
	struct place	 inside = *at;
	struct bytes	 signed_part;
	const char	*name;

	w->signs |= SIGN_SMIME_OPAQUE;
	if (!cms_signed_content(content, w->arena, &signed_part))
		return false;
	name = name_of(w, part);
	inside.in = name[0] == '\0' ? NAMELESS_SMIME : name;
	/* an empty header of ours: what follows is an entity, not a mail */
	walk_bytes(w, signed_part, "", &inside);
	return true;
}

/* ---- the tree */

/*
 * Parts that tell of other mails; true when it was one of them. Those of a
 * mail that came within this one say nothing of this one: people send on
 * the report of a failure together with what did not arrive.
 */
static bool
take_report(struct mime_walk *w, const char *type, const struct place *at,
    struct bytes content)
{
	const char	*text;
	unsigned	 signs = 0;

	if (strcmp(type, "message/delivery-status") == 0 ||
	    strcmp(type, "message/global-delivery-status") == 0)
		signs = SIGN_DSN;
	else if (strcmp(type, "message/disposition-notification") == 0 ||
	    strcmp(type, "message/global-disposition-notification") == 0)
		signs = SIGN_MDN;
	else if (strcmp(type, "message/feedback-report") == 0)
		signs = SIGN_AUTO_SUBMITTED;
	else if (strcmp(type, "text/rfc822-headers") != 0 &&
	    strcmp(type, "message/global-headers") != 0)
		return false;
	if (at->rfc822 > 0)
		return true;
	w->signs |= signs;
	if (content.len > TEXT_BYTES)
		content.len = TEXT_BYTES;
	text = charset_import(content, "UTF-8", w->arena);
	if (strstr(type, "delivery-status") != NULL)
		bounce_read_status(&w->bounces, text);
	else
		bounce_read_ids(&w->bounces, text);
	return true;
}

/* Is this text the mail's own words, and not a file? */
static bool
is_body_text(struct mime_walk *w, GMimeObject *part, const char *type)
{
	const char	*disposition;

	if (strcmp(type, "text/plain") != 0 && strcmp(type, "text/html") != 0)
		return false;
	disposition = mime_part_header(part, "Content-Disposition", w->arena);
	if (disposition != NULL && strncasecmp(disposition +
	    strspn(disposition, " "), "attachment", 10) == 0)
		return false;
	return name_of(w, part)[0] == '\0';
}

static bool
is_smime(const char *type)
{
	return strcmp(type, "application/pkcs7-mime") == 0 ||
	    strcmp(type, "application/x-pkcs7-mime") == 0;
}

/* Text of the mail's own; a mail that is nothing else may hide parts. */
static void
walk_text(struct mime_walk *w, GMimeObject *part, const struct place *at,
    struct bytes content)
{
	struct strbuf	rest = { 0 };
	size_t		before;

	if (at->depth <= 1 && at->rfc822 == 0 &&
	    walk_lost_parts(w, content, at, &before))
		add_rest(&rest, content.data, before);
	else
		add_uuencoded(w, at, content, &rest);
	take_text(w, part, at, (struct bytes){
	    (const uint8_t *)strbuf_get(&rest), rest.len });
	strbuf_clear(&rest);
}

static void
walk_leaf(struct mime_walk *w, GMimeObject *part, const struct place *at)
{
	struct pages	*pages = arena_pages(w->arena);
	size_t		 mark = pages_mark(pages);
	struct strbuf	 decoded = { 0 };
	struct bytes	 content;
	const char	*type;

	type = mime_part_type(part, w->arena);
	content = mime_part_content(part, &decoded, w->arena);
	if (take_report(w, type, at, content) ||
	    (is_smime(type) && walk_signed(w, part, at, content))) {
		;
	} else if (is_body_text(w, part, type)) {
		walk_text(w, part, at, content);
	} else if (at->depth < LIMIT_MIME_DEPTH && looks_like_mail(content,
	    strncmp(type, "message/", 8) == 0)) {
		walk_bytes(w, content, NULL, at);
	} else {
		add_file(w, part, at, content);
		/* phones name the text that was typed, "text_0.txt" */
		if (strcmp(type, "text/plain") == 0 && at->rfc822 == 0 &&
		    w->body.len == 0 && at->choice == NULL)
			take_text(w, part, at, content);
	}
	strbuf_clear(&decoded);
	pages_release(pages, mark);
}

static void
walk_children(struct mime_walk *w, GMimeMultipart *multipart,
    const struct place *at)
{
	struct place	inside = *at;
	int		i, n;

	inside.depth++;
	n = g_mime_multipart_get_count(multipart);
	for (i = 0; i < n; i++)
		walk(w, g_mime_multipart_get_part(multipart, i), &inside);
}

/* The plain text of an alternative, or else the words of its HTML. */
static void
walk_alternative(struct mime_walk *w, GMimeMultipart *multipart,
    const struct place *at)
{
	struct place	 inside = *at;
	struct choice	 choice = { { 0 }, { 0 } };
	const char	*chosen;

	inside.choice = &choice;
	walk_children(w, multipart, &inside);
	chosen = strbuf_get(choice.plain.len > 0 ? &choice.plain :
	    &choice.html);
	if (chosen[0] != '\0')
		add_text(w, at, chosen, false);
	strbuf_clear(&choice.plain);
	strbuf_clear(&choice.html);
}

static void
walk_multipart(struct mime_walk *w, GMimeMultipart *multipart,
    const struct place *at)
{
	const char	*lost;
	size_t		 before;

	if (g_mime_multipart_get_count(multipart) == 0) {
		lost = g_mime_multipart_get_prologue(multipart);
		if (lost == NULL)
			return;
		if (!walk_lost_parts(w, (struct bytes){
		    (const uint8_t *)lost, strlen(lost) }, at, &before))
			add_text(w, at, charset_import((struct bytes){
			    (const uint8_t *)lost, strnlen(lost,
			    TEXT_BYTES) }, "", w->arena), false);
	} else if (strcmp(mime_part_type(GMIME_OBJECT(multipart), w->arena),
	    "multipart/alternative") == 0) {
		walk_alternative(w, multipart, at);
	} else {
		walk_children(w, multipart, at);
	}
}

static void
walk(struct mime_walk *w, GMimeObject *part, const struct place *at)
{
	GMimeMessage	*message;

	if (w->attachments.is_found)
		return;
	if (at->depth > LIMIT_MIME_DEPTH) {
		attachment_trouble(&w->trouble, "parts nested too deep");
		return;
	}
	if (++w->parts > LIMIT_MIME_PARTS) {
		attachment_trouble(&w->trouble, "too many parts");
		return;
	}
	if (GMIME_IS_MULTIPART(part)) {
		walk_multipart(w, GMIME_MULTIPART(part), at);
	} else if (GMIME_IS_MESSAGE_PART(part)) {
		message = g_mime_message_part_get_message(
		    GMIME_MESSAGE_PART(part));
		if (message != NULL)
			walk_message(w, message, at);
	} else if (GMIME_IS_PART(part)) {
		walk_leaf(w, part, at);
	}
}

void
mime_walk_init(struct mime_walk *w, struct arena *arena)
{
	memset(w, 0, sizeof(*w));
	w->arena = arena;
	w->attachments.arena = arena;
	w->attachments.wanted = -1;
	w->attachments.trouble = &w->trouble;
	w->bounces.arena = arena;
	w->links.arena = arena;
}

void
mime_walk_run(struct mime_walk *w, struct bytes raw, bool has_header)
{
	const struct place	top = { 0, 0, "", NULL };

	/* a first line that is no field: there is no header at all */
	walk_bytes(w, raw, has_header ? NULL : "\n", &top);
}

void
mime_walk_clear(struct mime_walk *w)
{
	strbuf_clear(&w->body);
	strbuf_clear(&w->inner);
	strbuf_clear(&w->trouble);
}
