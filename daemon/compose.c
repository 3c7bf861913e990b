/*
 * Writing a mail: RFC 5322 header fields, RFC 2047 encoded words, RFC 2045
 * base64 bodies, RFC 2231 file names. Lines end in CRLF and are at most 78
 * columns wide; nothing that is given can add a header field or a line.
 */
#include "daemon/compose.h"

#include <sys/random.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nettle/base64.h>
#include <unistr.h>

#include "parsers/strbuf.h"

#define BODY_LINE 57	/* bytes that make 76 base64 digits */
#define WORD_BYTES 42	/* bytes that make an encoded word of ≤ 75 */

static bool
is_one_line(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s > 0x7e)
			return false;
	return true;
}

bool
address_is_valid(const char *a)
{
	static const char	atext[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.";
	static const char	domain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
	const char		*at = strchr(a, '@');
	size_t			 local, host;

	if (at == NULL)
		return false;
	local = (size_t)(at - a);
	host = strlen(at + 1);
	return local > 0 && local <= 64 && host > 0 && host <= 253 &&
	    strspn(a, atext) == local && strspn(at + 1, domain) == host &&
	    a[0] != '-' && at[1] != '-' && at[1] != '.' &&
	    at[host] != '.';
}

static bool
id_is_valid(const char *id)
{
	return strlen(id) <= 250 && is_ascii(id) && is_one_line(id) &&
	    strpbrk(id, "<> \"(),;:[]") == NULL && strchr(id, '@') != NULL;
}

static void
add_base64(struct strbuf *out, const void *p, size_t len)
{
	char	digits[BASE64_ENCODE_RAW_LENGTH(BODY_LINE) + 1];

	base64_encode_raw(digits, len, p);
	strbuf_add(out, digits, BASE64_ENCODE_RAW_LENGTH(len));
}

/*
 * Bytes of a long run of whole characters up to max. Where more follows, a
 * multiple of three is looked for: some readers (GMime 3.2) decode encoded
 * words in a row as one, and would stop at padding between them.
 */
static size_t
whole_characters(const char *s, size_t max)
{
	size_t	len = strlen(s), best = 0;

	if (len <= max)
		return len;
	for (len = max; len > 0; len--) {
		if (((unsigned char)s[len] & 0xc0) == 0x80)
			continue;
		if (len % 3 == 0)
			return len;
		if (best == 0)
			best = len;
	}
	return best == 0 ? max : best;
}

/*
 * Unstructured text or a phrase as encoded words, folded. `column` is
 * where the line stands.
 */
static void
add_words(struct strbuf *out, const char *s, size_t column)
{
	size_t	n, room, need;

	while (*s != '\0') {
		room = column + 13 < 76 ? (76 - column - 12) / 4 * 3 : 0;
		n = room < 6 ? 0 : whole_characters(s,
		    room < WORD_BYTES ? room : WORD_BYTES);
		if (n == 0) {
			strbuf_adds(out, "\r\n ");
			column = 1;
			continue;
		}
		need = 12 + (n + 2) / 3 * 4;
		strbuf_adds(out, "=?UTF-8?B?");
		add_base64(out, s, n);
		strbuf_adds(out, "?=");
		s += n;
		column += need;
		if (*s != '\0') {
			strbuf_adds(out, "\r\n ");
			column = 1;
		}
	}
}

/* ASCII text folded at spaces; everything else as encoded words. */
static void
add_text(struct strbuf *out, const char *s, size_t column)
{
	const char	*word;
	size_t		 n;

	if (!is_ascii(s) || strstr(s, "=?") != NULL) {
		add_words(out, s, column);
		return;
	}
	for (word = s; *word != '\0'; word += n) {
		n = strcspn(word + 1, " ") + 1;
		if (column + n > 76 && word != s && word[0] == ' ') {
			strbuf_adds(out, "\r\n");
			column = 0;
		}
		strbuf_add(out, word, n);
		column += n;
	}
}

static void
add_mailbox(struct strbuf *out, const char *field, const char *name,
    const char *address)
{
	size_t	start = out->len, i;

	strbuf_addf(out, "%s: ", field);
	if (name[0] != '\0' && is_ascii(name) && strstr(name, "=?") == NULL) {
		strbuf_addc(out, '"');
		for (i = 0; name[i] != '\0'; i++) {
			if (name[i] == '"' || name[i] == '\\')
				strbuf_addc(out, '\\');
			strbuf_addc(out, name[i]);
		}
		strbuf_adds(out, "\"");
	} else {
		add_words(out, name, out->len - start);
	}
	if (name[0] != '\0')
		strbuf_addf(out, "\r\n <%s>\r\n", address);
	else
		strbuf_addf(out, "%s\r\n", address);
}

static void
add_date(struct strbuf *out, time_t date)
{
	static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu",
	    "Fri", "Sat"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr",
	    "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t		local = date + 7 * 3600; /* +0700, the whole year */
	struct tm	tm;

	gmtime_r(&local, &tm);
	strbuf_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0700\r\n",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
add_body(struct strbuf *out, const void *p, size_t len)
{
	const char	*s = p;
	size_t		 n;

	for (; len > 0; s += n, len -= n) {
		n = len < BODY_LINE ? len : BODY_LINE;
		add_base64(out, s, n);
		strbuf_adds(out, "\r\n");
	}
}

/* Text lines in the network's form, then base64. */
static void
add_text_part(struct strbuf *out, const char *body)
{
	struct strbuf	text = {0};
	const char	*p;

	for (p = body; *p != '\0'; p++) {
		if (*p == '\n')
			strbuf_adds(&text, "\r\n");
		else if (*p != '\r')
			strbuf_addc(&text, *p);
	}
	strbuf_adds(out, "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n");
	add_body(out, strbuf_get(&text), text.len);
	strbuf_clear(&text);
}

/* filename*0*=…; continued where the line would grow too long. */
static void
add_file_name(struct strbuf *out, const char *name)
{
	static const char	plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
	struct strbuf		line = {0};
	const char		*p = name;
	int			 piece = 0;

	while (*p != '\0') {
		strbuf_reset(&line);
		if (piece == 0)
			strbuf_adds(&line, "UTF-8''");
		for (; *p != '\0' && line.len < 54; p++) {
			if (strchr(plain, *p) != NULL)
				strbuf_addc(&line, *p);
			else
				strbuf_addf(&line, "%%%02X",
				    (unsigned char)*p);
		}
		strbuf_addf(out, ";\r\n filename*%d*=%s", piece++,
		    strbuf_get(&line));
	}
	strbuf_clear(&line);
}

static void
add_attachment(struct strbuf *out, const struct compose_attachment *a)
{
	strbuf_addf(out, "Content-Type: %s\r\n", a->media_type);
	strbuf_adds(out, "Content-Transfer-Encoding: base64\r\n"
	    "Content-Disposition: attachment");
	add_file_name(out, a->name);
	strbuf_adds(out, "\r\n\r\n");
	add_body(out, a->content.data, a->content.len);
}

static const char *
wrong_value(const struct compose *m)
{
	size_t	i;

	if (!address_is_valid(m->from))
		return "from address";
	if (!address_is_valid(m->to))
		return "to address";
	if (m->reply_to[0] != '\0' && !address_is_valid(m->reply_to))
		return "reply-to address";
	if (!is_one_line(m->from_name))
		return "from name";
	if (!is_one_line(m->subject))
		return "subject";
	if (u8_check((const uint8_t *)m->subject, strlen(m->subject)) != NULL)
		return "subject";
	if (u8_check((const uint8_t *)m->body, strlen(m->body)) != NULL)
		return "body";
	if (!id_is_valid(m->message_id))
		return "message id";
	for (i = 0; i < m->n_attachments; i++) {
		if (!is_one_line(m->attachments[i].name))
			return "attachment name";
		if (!is_one_line(m->attachments[i].media_type))
			return "attachment type";
	}
	return NULL;
}

/* Ids of other people's mails: those that are no ids are left out. */
static void
add_references(struct strbuf *out, const struct compose *m)
{
	size_t	i, n = 0;

	if (m->in_reply_to[0] != '\0' && id_is_valid(m->in_reply_to))
		strbuf_addf(out, "In-Reply-To: <%s>\r\n", m->in_reply_to);
	for (i = 0; i < m->n_references; i++) {
		if (!id_is_valid(m->references[i]))
			continue;
		strbuf_addf(out, "%s<%s>\r\n", n++ == 0 ? "References: " :
		    " ", m->references[i]);
	}
}

static void
add_header(struct strbuf *out, const struct compose *m)
{
	add_date(out, m->date);
	add_mailbox(out, "From", m->from_name, m->from);
	add_mailbox(out, "To", "", m->to);
	if (m->reply_to[0] != '\0')
		add_mailbox(out, "Reply-To", "", m->reply_to);
	strbuf_adds(out, "Subject: ");
	add_text(out, m->subject, strlen("Subject: "));
	strbuf_addf(out, "\r\nMessage-ID: <%s>\r\n", m->message_id);
	add_references(out, m);
	/* RFC 3834 and Exchange: nobody's robot should answer */
	strbuf_addf(out, "Auto-Submitted: %s\r\n"
	    "X-Auto-Response-Suppress: All\r\nMIME-Version: 1.0\r\n",
	    m->is_reply ? "auto-replied" : "auto-generated");
}

int
compose_mail(const struct compose *m, struct strbuf *out, const char **why)
{
	const char	*wrong = wrong_value(m);
	char		 boundary[64];
	size_t		 i;

	if (wrong != NULL) {
		*why = wrong;
		return -1;
	}
	add_header(out, m);
	if (m->n_attachments == 0) {
		add_text_part(out, m->body);
		return 0;
	}
	/* "=_" stands in no base64 line, so the boundary cannot occur */
	(void)snprintf(boundary, sizeof(boundary), "=_tn_%.32s",
	    m->message_id);
	for (i = 0; boundary[i] != '\0'; i++)
		if (strchr("@.!#$%&'*+/?^`{|}~", boundary[i]) != NULL)
			boundary[i] = '_';
	strbuf_addf(out, "Content-Type: multipart/mixed;\r\n"
	    " boundary=\"%s\"\r\n\r\n--%s\r\n", boundary, boundary);
	add_text_part(out, m->body);
	for (i = 0; i < m->n_attachments; i++) {
		strbuf_addf(out, "--%s\r\n", boundary);
		add_attachment(out, &m->attachments[i]);
	}
	strbuf_addf(out, "--%s--\r\n", boundary);
	return 0;
}

void
compose_message_id(const char *from, struct strbuf *out)
{
	unsigned char	random[16];
	const char	*at = strchr(from, '@');
	size_t		 i;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		abort();
	for (i = 0; i < sizeof(random); i++)
		strbuf_addf(out, "%02x", random[i]);
	strbuf_addf(out, ".tiepnhan@%s", at == NULL ? "localhost" : at + 1);
}
