/*
 * Header values: lines to show, message ids and addresses
 * (RFC 5322 §3.3–3.6, RFC 2047). Addresses are read here and not by GMime,
 * because a header that anybody can write must be read in one pass,
 * without recursion, whatever it nests.
 */
#include "parsers/mime_header.h"

#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/encoded_word.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

const char *
mail_headers_find(const struct mail_headers *list, const char *name)
{
	size_t	i;

	for (i = 0; i < list->n; i++)
		if (strcasecmp(list->h[i].name, name) == 0)
			return list->h[i].value;
	return NULL;
}

static const char *
import(const char *s, struct arena *arena)
{
	return charset_import((struct bytes){ (const uint8_t *)s,
	    strlen(s) }, "", arena);
}

const char *
mime_decode_line(const char *raw, size_t most, struct arena *arena)
{
	char	*line;

	line = text_clean(encoded_word_decode(raw, arena), arena);
	if (strlen(line) > most) {
		while (most > 0 && ((unsigned char)line[most] & 0xC0) == 0x80)
			most--;
		line[most] = '\0';
	}
	return line;
}

size_t
mime_ids(const char *raw, const char **ids, size_t most, struct arena *arena)
{
	const char	*open, *close, *again;
	size_t		 n = 0;

	for (open = strchr(raw, '<'); open != NULL && n < most;
	    open = strchr(open, '<')) {
		close = strchr(open, '>');
		if (close == NULL)
			break;
		/* "<junk <id@host>": the last opening counts */
		while ((again = memchr(open + 1, '<',
		    (size_t)(close - open - 1))) != NULL)
			open = again;
		ids[n] = text_clean(import(arena_strndup(arena, open + 1,
		    (size_t)(close - open - 1)), arena), arena);
		if (ids[n][0] != '\0' && strlen(ids[n]) <= LIMIT_ID_BYTES)
			n++;
		open = close + 1;
	}
	return n;
}

/* ---- addresses */

/* Names longer than this are not read on behind a comma. */
#define PHRASE_BYTES_MOST 1000

/* What has been read of one mailbox, raw. */
struct draft {
	struct strbuf	phrase;	/* all outside of brackets, unquoted */
	struct strbuf	angle;	/* within <> */
	struct strbuf	comment;
	bool		has_angle;
	bool		has_at;	/* in the phrase */
};

struct reading {
	struct draft	 draft;
	struct mailbox	*out;
	size_t		 n;
	size_t		 most;
	struct arena	*arena;
};

/* The address proper, of "<…>" or one word; "" when it is none. */
static const char *
address_of(const char *s, size_t len, struct arena *arena)
{
	const char	*route;
	char		*address, *p;

	address = arena_strndup(arena, s, len);
	/* <@relay,@relay:user@host>, RFC 5322 §4.4 */
	route = address[0] == '@' ? strchr(address, ':') : NULL;
	address = text_clean(import(route == NULL ? address : route + 1,
	    arena), arena);
	if (strncasecmp(address, "mailto:", 7) == 0)
		address += 7;
	for (p = address; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 'a' - 'A');
	p = strchr(address, '@');
	if (p == NULL || p == address || p[1] == '\0' ||
	    strpbrk(address, " <>,;\t") != NULL)
		return "";
	return address;
}

/* Of words without brackets, the one with an '@', else "". */
static const char *
bare_address(const char *s, struct arena *arena)
{
	const char	*address;
	size_t		 len;

	for (s += strspn(s, " \t"); *s != '\0'; s += strspn(s, " \t")) {
		len = strcspn(s, " \t");
		if (memchr(s, '@', len) != NULL) {
			address = address_of(s, len, arena);
			if (address[0] != '\0')
				return address;
		}
		s += len;
	}
	return "";
}

static const char *
name_of(const char *raw, struct arena *arena)
{
	return mime_decode_line(raw, LIMIT_NAME_BYTES, arena);
}

/* At a comma or the end: what has been read becomes a mailbox. */
static void
finish_mailbox(struct reading *r, bool is_last)
{
	struct draft	*d = &r->draft;
	struct mailbox	 m = { "", "" };

	if (d->has_angle) {
		m.address = address_of(strbuf_get(&d->angle), d->angle.len,
		    r->arena);
		m.name = name_of(strbuf_get(&d->phrase), r->arena);
	} else {
		m.address = bare_address(strbuf_get(&d->phrase), r->arena);
		if (m.address[0] == '\0' && is_last)
			m.name = name_of(strbuf_get(&d->phrase), r->arena);
		else if (m.address[0] == '\0' && d->phrase.len > 0 &&
		    d->phrase.len < PHRASE_BYTES_MOST) {
			/* a name with a comma in it: goes on behind that */
			strbuf_adds(&d->phrase, ", ");
			return;
		}
	}
	if (m.name[0] == '\0')
		m.name = name_of(strbuf_get(&d->comment), r->arena);
	if (r->n < r->most && (m.address[0] != '\0' || m.name[0] != '\0'))
		r->out[r->n++] = m;
	strbuf_reset(&d->phrase);
	strbuf_reset(&d->angle);
	strbuf_reset(&d->comment);
	d->has_angle = false;
	d->has_at = false;
}

/* A quoted string from behind its quote; returns what follows it. */
static const char *
take_quoted(const char *s, struct strbuf *into)
{
	for (; *s != '\0' && *s != '"'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		strbuf_addc(into, *s);
	}
	return *s == '"' ? s + 1 : s;
}

/* A comment from behind its parenthesis, those within it as text. */
static const char *
take_comment(const char *s, struct strbuf *into)
{
	unsigned	depth = 1;

	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0')
			s++;
		else if (*s == '(' && ++depth > LIMIT_COMMENT_DEPTH)
			return s + strlen(s);
		else if (*s == ')' && --depth == 0)
			return s + 1;
		strbuf_addc(into, *s);
	}
	return s;
}

static const char *
take_angle(const char *s, struct strbuf *into)
{
	for (; *s != '\0' && *s != '>'; s++) {
		if (*s == '"') {
			strbuf_addc(into, '"');
			s = take_quoted(s + 1, into) - 1;
		}
		strbuf_addc(into, *s);
	}
	return *s == '>' ? s + 1 : s;
}

size_t
mime_mailboxes(const char *raw, struct mailbox *out, size_t most,
    struct arena *arena)
{
	struct reading	 r = { .out = out, .most = most, .arena = arena };
	struct draft	*d = &r.draft;
	const char	*s = raw;
	size_t		 n;

	while (*s != '\0' && r.n < r.most) {
		switch (*s) {
		case '"':
			s = take_quoted(s + 1, &d->phrase);
			break;
		case '(':
			s = take_comment(s + 1, &d->comment);
			break;
		case '<':
			strbuf_reset(&d->angle);
			s = take_angle(s + 1, &d->angle);
			d->has_angle = true;
			break;
		case ',':
		case ';':
			finish_mailbox(&r, false);
			s++;
			break;
		case ':':
			/* a group's name is no mailbox */
			if (!d->has_angle && !d->has_at)
				strbuf_reset(&d->phrase);
			else
				strbuf_addc(&d->phrase, ':');
			s++;
			break;
		default:
			n = strcspn(s, "\"(<,;:");
			strbuf_add(&d->phrase, s, n);
			if (memchr(s, '@', n) != NULL)
				d->has_at = true;
			s += n;
		}
	}
	finish_mailbox(&r, true);
	strbuf_clear(&d->phrase);
	strbuf_clear(&d->angle);
	strbuf_clear(&d->comment);
	return r.n;
}
