/*
 * Delivery reports: RFC 3464 as it is sent, and the plain words of qmail,
 * Exim, old Exchange, Domino and the like. A report proves nothing by
 * itself; the Message-IDs of the returned mail decide what it is about.
 */
#include "parsers/bounce.h"

#include <string.h>
#include <strings.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/mime_header.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define DIAGNOSTIC_BYTES 500

/* Lines, or their beginnings, behind which the returned mail stands. */
static const char *const returned_follows[] = { "original message",
    "original e-mail", "the header of the original",
    "header of the original", "message text follows", "bounced e-mail",
    "copy of the message", "copy of your message",
    "message headers follow", "unsent message", "returned message",
    "below this line is a copy", "received:", "return-path:",
    "dkim-signature:", "message header", "nội dung thư gốc", "thư gốc" };

/* Headers that carry the id of the mail that is spoken of. */
static const char *const id_headers[] = { "Message-ID",
    "Original-Message-ID", "X-Original-Message-ID",
    "X-MS-Exchange-Original-Message-ID" };

static struct bounce *
add_bounce(struct bounce_list *list)
{
	struct bounce	*b;

	if (list->n >= LIMIT_BOUNCES)
		return NULL;
	list->b = arena_grow(list->arena, list->b, list->n, &list->cap,
	    sizeof(*list->b));
	b = &list->b[list->n++];
	b->address = b->status = b->action = b->diagnostic = "";
	return b;
}

/* "rfc822; a@b", "<a@b>", "x400; …": the address, "" when there is none. */
static const char *
address_in(const char *value, struct arena *arena)
{
	struct mailbox	 m;
	const char	*type;

	type = strchr(value, ';');
	if (type != NULL)
		value = type + 1;
	return mime_mailboxes(value, &m, 1, arena) == 1 ? m.address : "";
}

static bool
is_known(const struct bounce_list *list, const char *address)
{
	size_t	i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->b[i].address, address) == 0)
			return true;
	return false;
}

static const char *
clean_line(const char *s, struct arena *arena)
{
	return mime_decode_line(s, DIAGNOSTIC_BYTES, arena);
}

/* Append the next line, without its end; false when there is none. */
static bool
add_line(const char **at, struct strbuf *line)
{
	size_t	len;

	if (**at == '\0')
		return false;
	len = strcspn(*at, "\n");
	strbuf_add(line, *at, len);
	*at += len + ((*at)[len] == '\n' ? 1 : 0);
	while (line->len > 0 && line->s[line->len - 1] == '\r')
		line->s[--line->len] = '\0';
	return true;
}

/* The next line as it stands. */
static bool
next_line(const char **at, struct strbuf *line)
{
	strbuf_reset(line);
	return add_line(at, line);
}

/* The next line with those folded behind it. */
static bool
next_field(const char **at, struct strbuf *line)
{
	if (!next_line(at, line))
		return false;
	while (line->len > 0 && (**at == ' ' || **at == '\t'))
		(void)add_line(at, line);
	return true;
}

/* The value when the line is "NAME: value", else NULL. */
static const char *
field_value(const char *line, const char *name)
{
	size_t	len = strlen(name);

	if (strncasecmp(line, name, len) != 0)
		return NULL;
	line += len;
	line += strspn(line, " \t");
	return *line == ':' ? line + 1 + strspn(line + 1, " \t") : NULL;
}

static const char *
lower_word(const char *s, struct arena *arena)
{
	char	*word, *p;

	word = arena_strndup(arena, s, strcspn(s, " \t;("));
	for (p = word; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 'a' - 'A');
	return text_clean(word, arena);
}

/* One recipient's block while it is read; fields come in any order. */
struct block {
	struct bounce	 b;
	const char	*original; /* Original-Recipient's address */
	bool		 has_final;
};

static void
begin_block(struct block *block)
{
	block->b.address = block->b.status = block->b.action = "";
	block->b.diagnostic = block->original = "";
	block->has_final = false;
}

static void
end_block(struct bounce_list *list, struct block *block)
{
	struct bounce	*b;

	if (block->b.address[0] == '\0')
		block->b.address = block->original;
	if (block->b.address[0] != '\0' && (b = add_bounce(list)) != NULL)
		*b = block->b;
	begin_block(block);
}

static void
read_field(struct bounce_list *list, struct block *block, const char *line)
{
	struct arena	*arena = list->arena;
	const char	*value;

	if ((value = field_value(line, "Final-Recipient")) != NULL) {
		/* some leave out the blank line between recipients */
		if (block->has_final)
			end_block(list, block);
		block->b.address = address_in(value, arena);
		block->has_final = true;
	} else if ((value = field_value(line, "Original-Recipient")) !=
	    NULL) {
		block->original = address_in(value, arena);
	} else if ((value = field_value(line, "Action")) != NULL) {
		block->b.action = lower_word(value, arena);
	} else if ((value = field_value(line, "Status")) != NULL) {
		block->b.status = lower_word(value, arena);
	} else if ((value = field_value(line, "Diagnostic-Code")) != NULL) {
		block->b.diagnostic = clean_line(value, arena);
	}
}

void
bounce_read_status(struct bounce_list *list, const char *text)
{
	struct strbuf	 line = { 0 };
	struct block	 block;
	const char	*at = text;

	begin_block(&block);
	while (next_field(&at, &line)) {
		if (line.len == 0)
			end_block(list, &block);
		else
			read_field(list, &block, line.s);
	}
	end_block(list, &block);
	strbuf_clear(&line);
	bounce_read_ids(list, text);
}

static void
add_id(struct bounce_list *list, const char *value)
{
	const char	*id;
	size_t		 i;

	if (mime_ids(value, &id, 1, list->arena) == 0 ||
	    list->n_ids >= LIMIT_REFERENCES)
		return;
	for (i = 0; i < list->n_ids; i++)
		if (strcmp(list->ids[i], id) == 0)
			return;
	list->ids = arena_grow(list->arena, list->ids, list->n_ids,
	    &list->cap_ids, sizeof(*list->ids));
	list->ids[list->n_ids++] = id;
}

void
bounce_read_ids(struct bounce_list *list, const char *text)
{
	struct strbuf	 line = { 0 };
	const char	*at = text, *s, *value;
	size_t		 i;

	while (next_field(&at, &line)) {
		/* some quote the returned header */
		s = strbuf_get(&line);
		s += strspn(s, "> \t|");
		for (i = 0; i < COUNT(id_headers); i++)
			if ((value = field_value(s, id_headers[i])) != NULL)
				add_id(list, value);
	}
	strbuf_clear(&line);
}

void
bounce_read_failed(struct bounce_list *list, const char *value)
{
	struct mailbox	*m;
	struct bounce	*b;
	size_t		 i, n;

	m = arena_calloc(list->arena, LIMIT_BOUNCES, sizeof(*m));
	n = mime_mailboxes(value, m, LIMIT_BOUNCES, list->arena);
	for (i = 0; i < n; i++) {
		if (m[i].address[0] == '\0' || is_known(list, m[i].address))
			continue;
		b = add_bounce(list);
		if (b == NULL)
			return;
		b->address = m[i].address;
		b->action = "failed";
	}
}

static bool
is_returned_start(const char *line)
{
	size_t	i;

	line += strspn(line, "-=|*> \t");
	for (i = 0; i < COUNT(returned_follows); i++)
		if (strncasecmp(line, returned_follows[i],
		    strlen(returned_follows[i])) == 0)
			return true;
	return strcasestr(line, "original message") != NULL &&
	    strcasestr(line, "follow") != NULL;
}

static bool
is_address_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || strchr("._+-=%&'/!#", c) != NULL;
}

/* The address around the '@' at `at`, within the line; "" if none. */
static const char *
address_around(const char *line, const char *at, struct arena *arena)
{
	const char	*from = at, *to = at + 1;
	struct mailbox	 m;

	while (from > line && is_address_char(from[-1]))
		from--;
	while (*to != '\0' && is_address_char(*to))
		to++;
	while (to > at && strchr("._-", to[-1]) != NULL)
		to--;
	if (from == at || memchr(at, '.', (size_t)(to - at)) == NULL)
		return "";
	return mime_mailboxes(arena_strndup(arena, from,
	    (size_t)(to - from)), &m, 1, arena) == 1 ? m.address : "";
}

/* An enhanced status code, "5.1.1", in the line; "" if none. */
static const char *
status_in(const char *line, struct arena *arena)
{
	const char	*s;
	size_t		 subject, detail;

	for (s = line; (s = strpbrk(s, "45")) != NULL; s++) {
		if ((s > line && (s[-1] == '.' ||
		    (s[-1] >= '0' && s[-1] <= '9'))) || s[1] != '.')
			continue;
		subject = strspn(s + 2, "0123456789");
		if (subject < 1 || subject > 3 || s[2 + subject] != '.')
			continue;
		detail = strspn(s + 3 + subject, "0123456789");
		if (detail >= 1 && detail <= 3 &&
		    s[3 + subject + detail] != '.')
			return arena_strndup(arena, s,
			    3 + subject + detail);
	}
	return "";
}

/* Who sends or receives reports is not who could not be reached. */
static bool
is_suspect(const char *line)
{
	static const char *const about_sender[] = { "mail from",
	    "original sender", "from:", "envelope-from", "message-id",
	    "postmaster@", "mailer-daemon@", "sender:" };
	size_t	i;

	for (i = 0; i < COUNT(about_sender); i++)
		if (strcasestr(line, about_sender[i]) != NULL)
			return false;
	return true;
}

static void
read_words_line(struct bounce_list *list, const char *line, const char *own,
    const char *action)
{
	const char	*at, *address;
	struct bounce	*b;

	if (!is_suspect(line))
		return;
	for (at = strchr(line, '@'); at != NULL; at = strchr(at + 1, '@')) {
		address = address_around(line, at, list->arena);
		if (address[0] == '\0' || strcmp(address, own) == 0 ||
		    is_known(list, address))
			continue;
		b = add_bounce(list);
		if (b == NULL)
			return;
		b->address = address;
		b->action = action;
		b->diagnostic = clean_line(line, list->arena);
	}
}

void
bounce_read_words(struct bounce_list *list, const char *text,
    const char *own, bool is_delay)
{
	struct strbuf	 line = { 0 };
	const char	*at = text, *status;
	size_t		 i;
	bool		 knows_whom = list->n > 0;

	while (next_line(&at, &line) && !is_returned_start(line.s)) {
		if (!knows_whom)
			read_words_line(list, line.s, own,
			    is_delay ? "delayed" : "failed");
		status = status_in(line.s, list->arena);
		for (i = 0; i < list->n && status[0] != '\0'; i++) {
			if (list->b[i].status[0] != '\0')
				continue;
			list->b[i].status = status;
			list->b[i].diagnostic = clean_line(line.s,
			    list->arena);
		}
	}
	strbuf_clear(&line);
	bounce_read_ids(list, text);
}
