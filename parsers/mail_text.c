/*
 * The text of a mail's body: links, who signs, what was forwarded, and the
 * body as a document for those who type their report into the mail.
 */
#include "parsers/mail_text.h"

#include <string.h>
#include <strings.h>

#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/limits.h"
#include "parsers/mail_date.h"
#include "parsers/message.h"
#include "parsers/mime_header.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define LINK_BYTES 2000
#define SIGNATURE_LINES 8
#define SIGNATURE_BYTES 800
/* A line this wide was cut by the mailer, not by its writer. */
#define WRAP_COLUMNS 60

/* Where people in Vietnam leave files; a host, or the end of one. */
static const char *const file_hosts[] = { "drive.google.com",
    "docs.google.com", "1drv.ms", "onedrive.live.com", "sharepoint.com",
    "dropbox.com", "dropboxusercontent.com", "zalo.me", "zdn.vn",
    "zaloapp.com", "fshare.vn", "mediafire.com", "mega.nz", "box.com",
    "icloud.com", "wetransfer.com", "we.tl", "4shared.com",
    "sendspace.com", "transfernow.net", "terabox.com", "pcloud.com",
    "filen.io", "photos.app.goo.gl" };

/* Where mail programs send whoever reads their own line below a mail. */
static const char *const advert_hosts[] = { "aka.ms", "onelink.me",
    "go.microsoft.com" };

/* ---- links */

static bool
is_host_of(const char *url, const char *const *hosts, size_t n_hosts)
{
	const char	*host, *name;
	size_t		 len, n, i;

	host = strstr(url, "://");
	if (host == NULL)
		return false;
	host += 3;
	len = strcspn(host, "/?#:");
	for (i = 0; i < n_hosts; i++) {
		name = hosts[i];
		n = strlen(name);
		if (len >= n && strncasecmp(host + len - n, name, n) == 0 &&
		    (len == n || host[len - n - 1] == '.'))
			return true;
	}
	return false;
}

static void
add_link(struct link_list *l, const char *s, size_t len)
{
	char	*url;
	size_t	 i, at;

	if (l->n >= LIMIT_LINKS || len > LINK_BYTES)
		return;
	url = text_clean(arena_strndup(l->arena, s, len), l->arena);
	if (is_host_of(url, advert_hosts, COUNT(advert_hosts)))
		return;
	for (i = 0; i < l->n; i++)
		if (strcmp(l->url[i], url) == 0)
			return;
	l->url = arena_grow(l->arena, l->url, l->n, &l->cap,
	    sizeof(*l->url));
	at = l->n;
	if (is_host_of(url, file_hosts, COUNT(file_hosts))) {
		at = l->n_files++;
		memmove(l->url + at + 1, l->url + at,
		    (l->n - at) * sizeof(*l->url));
	}
	l->url[at] = url;
	l->n++;
}

void
mail_text_links(const char *text, struct link_list *links)
{
	const char	*s, *p, *end;
	size_t		 len;

	for (s = strcasestr(text, "http"); s != NULL;
	    s = strcasestr(end, "http")) {
		p = end = s + 4;
		if (*p == 's' || *p == 'S')
			p++;
		if (strncmp(p, "://", 3) != 0)
			continue;
		len = strcspn(s, " \t\r\n<>\"'`|\\{}");
		end = s + len;
		/* what ends the sentence does not belong to the link */
		while (len > 0 && strchr(".,;:!?)]", s[len - 1]) != NULL)
			len--;
		if (len > (size_t)(p - s) + 3)
			add_link(links, s, len);
	}
}

/* ---- cleaning */

static bool
is_dropped(ucs4_t uc)
{
	return (uc < 0x20 && uc != '\n' && uc != '\t') || uc == 0x7F ||
	    (uc >= 0x80 && uc < 0xA0) || uc == 0x00AD || uc == 0xFEFF ||
	    (uc >= 0x200B && uc <= 0x200F) ||
	    (uc >= 0x202A && uc <= 0x202E) ||
	    (uc >= 0x2066 && uc <= 0x2069);
}

static void
end_line(struct strbuf *out)
{
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		out->len--;
	strbuf_addc(out, '\n');
}

const char *
mail_text_clean(const char *text, struct arena *arena)
{
	struct strbuf	 out = { 0 };
	const uint8_t	*s = (const uint8_t *)text;
	uint8_t		*nfc;
	const char	*clean;
	ucs4_t		 uc;
	size_t		 left, n;
	int		 len;

	for (left = strlen(text); left > 0 && out.len < LIMIT_BODY_BYTES;
	    s += len, left -= (size_t)len) {
		len = u8_mbtoucr(&uc, s, left);
		if (len <= 0) {
			len = 1;
			continue;
		}
		if (uc == '\r' && left > 1 && s[1] == '\n')
			continue;
		if (uc == '\n' || uc == '\r' || uc == 0x2028 || uc == 0x2029)
			end_line(&out);
		else if (uc == '\t' || uc == 0xA0 || uc == 0x3000)
			strbuf_addc(&out, ' ');
		else if (!is_dropped(uc))
			strbuf_add(&out, s, (size_t)len);
	}
	while (out.len > 0 && strchr(" \n", out.s[out.len - 1]) != NULL)
		out.len--;
	nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)strbuf_get(&out),
	    out.len, NULL, &n);
	clean = nfc == NULL ? arena_strndup(arena, strbuf_get(&out),
	    out.len) : arena_strndup(arena, (const char *)nfc, n);
	free(nfc);
	strbuf_clear(&out);
	return clean;
}

void
mail_text_unflow(const char *text, struct strbuf *out)
{
	size_t	len, end;

	while (*text != '\0') {
		len = strcspn(text, "\n");
		end = len > 0 && text[len - 1] == '\r' ? len - 1 : len;
		/* a space-stuffed line */
		if (text[0] == ' ') {
			text++;
			len--;
			if (end > 0)
				end--;
		}
		strbuf_add(out, text, end);
		/* a soft break ends in a blank, "-- " excepted */
		if (end == 0 || text[end - 1] != ' ' ||
		    (end == 3 && strncmp(text, "-- ", 3) == 0))
			strbuf_addc(out, '\n');
		text += len;
		if (*text == '\n')
			text++;
	}
}

/* ---- lines */

/* The next line, without its end; false when there is none. */
static bool
next_line(const char **at, const char **line, size_t *len)
{
	if (**at == '\0')
		return false;
	*line = *at;
	*len = strcspn(*at, "\n");
	*at += *len + ((*at)[*len] == '\n' ? 1 : 0);
	return true;
}

static bool
is_quoted(const char *line, size_t len)
{
	return len > 0 && line[0] == '>';
}

/* How mail programs announce what they quote below. */
static const char *const quote_marks[] = { "-----Original Message",
    "-------- Original Message", "---------- Forwarded message",
    "-------- Forwarded Message", "Begin forwarded message",
    "----- Forwarded Message", "----- Original Message",
    "-----Thư gốc", "----- Thư gốc", "---------- Thư chuyển tiếp",
    "---------- Thư đã chuyển tiếp", "----- Thư chuyển tiếp",
    "-------- Thư chuyển tiếp", "________________________________" };

static bool
has_prefix(const char *line, size_t len, const char *prefix)
{
	size_t	n = strlen(prefix);

	return len >= n && strncasecmp(line, prefix, n) == 0;
}

/* "On … wrote:", "Vào … đã viết:" */
static bool
is_attribution(const char *line, size_t len)
{
	static const char *const ends[] = { "wrote:", "đã viết:", "viết:" };
	size_t	i, n;

	for (i = 0; i < COUNT(ends); i++) {
		n = strlen(ends[i]);
		if (len > n && memcmp(line + len - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

static bool
is_quote_mark(const char *line, size_t len)
{
	size_t	i;

	for (i = 0; i < COUNT(quote_marks); i++)
		if (has_prefix(line, len, quote_marks[i]))
			return true;
	return is_attribution(line, len);
}

/* How much of the body the sender wrote himself, from its beginning. */
static size_t
own_part(const char *body)
{
	const char	*at = body, *line;
	size_t		 len, own = 0;

	while (next_line(&at, &line, &len)) {
		if (is_quote_mark(line, len) && own > 0)
			break;
		if (len > 0 && !is_quoted(line, len))
			own = (size_t)(line + len - body);
	}
	return own;
}

const char *
mail_text_signature(const char *body, struct arena *arena)
{
	const char	*start, *end, *p;
	unsigned	 lines = 0;

	end = body + own_part(body);
	start = end;
	while (start > body && lines < SIGNATURE_LINES &&
	    (size_t)(end - start) < SIGNATURE_BYTES) {
		p = start - 1;
		while (p > body && p[-1] != '\n')
			p--;
		if ((size_t)(end - p) > SIGNATURE_BYTES && lines > 0)
			break;
		if (start - p > 1 || p == body)
			lines++;
		/* "-- " begins a signature by convention (RFC 3676 §4.3) */
		if (strncmp(p, "--\n", 3) == 0) {
			/* one that nothing of the sender's follows ends us */
			start = p + 3 < end ? p + 3 : end;
			break;
		}
		start = p;
	}
	if (end - start > SIGNATURE_BYTES) {
		start = end - SIGNATURE_BYTES;
		while (((unsigned char)*start & 0xC0) == 0x80)
			start++;
	}
	return arena_strndup(arena, start, (size_t)(end - start));
}

const char *
mail_text_own(const char *body, struct arena *arena)
{
	const char	*at = body, *line, *own;
	struct strbuf	 text = { 0 };
	size_t		 len;

	while (next_line(&at, &line, &len) && !is_quote_mark(line, len)) {
		if (is_quoted(line, len))
			continue;
		strbuf_add(&text, line, len);
		strbuf_addc(&text, '\n');
	}
	own = arena_strdup(arena, strbuf_get(&text));
	strbuf_clear(&text);
	return own;
}

/* ---- the body as a document */

struct building {
	struct document	*doc;
	struct strbuf	 text;
	size_t		 cap;
	int		 last_columns; /* of the line joined last */
	struct arena	*arena;
};

/* Per cent of the letters that are capitals. */
static uint8_t
share_of_capitals(const char *text)
{
	const uint8_t	*s = (const uint8_t *)text;
	size_t		 letters = 0, capitals = 0;
	ucs4_t		 uc;

	while ((s = u8_next(&uc, s)) != NULL) {
		letters += uc_is_property_alphabetic(uc);
		capitals += uc_is_property_uppercase(uc);
	}
	return letters == 0 ? 0 : (uint8_t)(capitals * 100 / letters);
}

static void
end_paragraph(struct building *b)
{
	struct paragraph	*p;
	const char		*text;

	if (b->text.len > 0 && b->doc->n < LIMIT_PARAGRAPHS) {
		text = text_clean(strbuf_get(&b->text), b->arena);
		if (text[0] != '\0') {
			b->doc->paragraphs = arena_grow(b->arena,
			    b->doc->paragraphs, b->doc->n, &b->cap,
			    sizeof(*p));
			p = &b->doc->paragraphs[b->doc->n++];
			memset(p, 0, sizeof(*p));
			p->text = text;
			p->number = "";
			p->caps = share_of_capitals(text);
		}
	}
	strbuf_reset(&b->text);
}

/* Does the line go on with what the one before began? */
static bool
goes_on(const struct building *b, const char *line)
{
	ucs4_t	uc;

	if (b->text.len == 0 || b->last_columns < WRAP_COLUMNS)
		return false;
	return u8_mbtouc(&uc, (const uint8_t *)line, strlen(line)) > 0 &&
	    uc_is_property_lowercase(uc);
}

struct document *
mail_text_document(const char *body, struct arena *arena)
{
	struct building	 b = { .arena = arena };
	const char	*at = body, *line;
	char		*copy;
	size_t		 len;

	b.doc = arena_alloc(arena, sizeof(*b.doc));
	while (next_line(&at, &line, &len)) {
		if (is_quoted(line, len))
			continue;
		copy = arena_strndup(arena, line, len);
		if (len == 0 || !goes_on(&b, copy))
			end_paragraph(&b);
		else
			strbuf_addc(&b.text, ' ');
		strbuf_adds(&b.text, copy);
		b.last_columns = text_width(copy);
	}
	end_paragraph(&b);
	strbuf_clear(&b.text);
	if (b.doc->paragraphs == NULL)
		b.doc->paragraphs = arena_alloc(arena,
		    sizeof(*b.doc->paragraphs));
	return b.doc;
}

/* ---- forwards in the body */

enum part { PART_FROM, PART_SUBJECT, PART_DATE, PART_TO };

/* The labels of a forwarded header. */
static const struct {
	const char	*label;
	enum part	 part;
} forward_labels[] = {
	{ "From:", PART_FROM }, { "Từ:", PART_FROM },
	{ "Người gửi:", PART_FROM },
	{ "Subject:", PART_SUBJECT }, { "Chủ đề:", PART_SUBJECT },
	{ "Tiêu đề:", PART_SUBJECT },
	{ "Date:", PART_DATE }, { "Sent:", PART_DATE },
	{ "Ngày:", PART_DATE }, { "Đã gửi:", PART_DATE },
	{ "Gửi:", PART_DATE }, { "Ngày gửi:", PART_DATE },
	{ "Vào:", PART_DATE },
	{ "To:", PART_TO }, { "Tới:", PART_TO }, { "Đến:", PART_TO },
	{ "Người nhận:", PART_TO }, { "Cc:", PART_TO },
};

/* Subjects of forwards; bare words, at the beginning. */
static const char *const forward_subjects[] = { "fwd", "fw", "chuyen tiep",
    "tr", "wg" };

static bool
is_forward_subject(const char *subject, struct arena *arena)
{
	const char	*bare;
	size_t		 i, n;

	bare = text_key(subject, TEXT_KEY_BARE, arena);
	for (i = 0; i < COUNT(forward_subjects); i++) {
		n = strlen(forward_subjects[i]);
		if (strncmp(bare, forward_subjects[i], n) == 0 &&
		    bare[n] == ' ' && strchr(subject, ':') != NULL)
			return true;
	}
	return false;
}

/* The value behind a label of the forwarded header; NULL: none. */
static const char *
labelled(const char *line, enum part *part)
{
	size_t	i, n;

	/* quoted, or marked bold as some programs' plain text has it */
	line += strspn(line, "> *");
	for (i = 0; i < COUNT(forward_labels); i++) {
		n = strlen(forward_labels[i].label);
		if (strncasecmp(line, forward_labels[i].label, n) != 0)
			continue;
		*part = forward_labels[i].part;
		return line + n + strspn(line + n, "* ");
	}
	return NULL;
}

/*
 * As Outlook writes a link in plain text: "Name [mailto:a@b]", and
 * "Name <a@b<mailto:a@b>>".
 */
static const char *
without_mailto(const char *value, struct arena *arena)
{
	static const char	 square[] = "[mailto:", angle[] = "<mailto:";
	struct strbuf		 out = { 0 };
	const char		*s, *result;
	bool			 is_open = false;

	for (s = value; *s != '\0'; s++) {
		if (strncasecmp(s, square, strlen(square)) == 0) {
			strbuf_addc(&out, '<');
			s += strlen(square) - 1;
			is_open = true;
		} else if (is_open && *s == ']') {
			strbuf_addc(&out, '>');
			is_open = false;
		} else if (s > value && s[-1] != ' ' &&
		    strncasecmp(s, angle, strlen(angle)) == 0 &&
		    strchr(s, '>') != NULL) {
			s = strchr(s, '>');
		} else {
			strbuf_addc(&out, *s);
		}
	}
	result = arena_strndup(arena, strbuf_get(&out), out.len);
	strbuf_clear(&out);
	return result;
}

static void
take_part(struct forward *out, enum part part, const char *value,
    struct arena *arena)
{
	struct mailbox	m;

	switch (part) {
	case PART_FROM:
		value = without_mailto(value, arena);
		if (mime_mailboxes(value, &m, 1, arena) == 1) {
			out->from_address = m.address;
			out->from_name = m.name;
		}
		break;
	case PART_SUBJECT:
		out->subject = mime_decode_line(value, LIMIT_SUBJECT_BYTES,
		    arena);
		break;
	case PART_DATE:
		out->date_utc = mail_date(value);
		break;
	case PART_TO:
		break;
	}
}

static void
begin_forward(struct forward *f)
{
	memset(f, 0, sizeof(*f));
	f->from_address = f->from_name = f->subject = f->message_id = "";
}

static bool
has_sender(const struct forward *f)
{
	return f->from_address[0] != '\0' || f->from_name[0] != '\0';
}

bool
mail_text_forward(const char *subject, const char *body, struct arena *arena,
    struct forward *out)
{
	struct forward	 found;
	const char	*at = body, *line, *value, *copy;
	size_t		 len, parts = 0;
	enum part	 part;
	bool		 is_marked;

	is_marked = is_forward_subject(subject, arena);
	begin_forward(&found);
	while (next_line(&at, &line, &len)) {
		copy = arena_strndup(arena, line, len);
		if (strcasestr(copy, "forwarded message") != NULL)
			is_marked = true;
		value = labelled(copy, &part);
		if (value != NULL) {
			take_part(&found, part, value, arena);
			parts++;
		} else if (parts >= 3 && has_sender(&found)) {
			break;
		} else if (len > 0) {
			parts = 0;
			begin_forward(&found);
		}
	}
	if (!is_marked || parts < 3 || !has_sender(&found))
		return false;
	*out = found;
	return true;
}
