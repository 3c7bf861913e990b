/*
 * HTML bodies reduced to their words, in one pass over tags; no tree is
 * built, because all that is wanted is text and links.
 */
#include "parsers/mail_html.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/mail_text.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TAG_NAME_BYTES 16
#define ENTITY_BYTES 12
/* How far into the page a charset may be named. */
#define CHARSET_WITHIN 4096

/* Tags that begin and end a line. */
static const char *const blocks[] = { "p", "div", "br", "tr", "li", "ul",
    "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr",
    "pre", "section", "article", "title", "body", "center", "dt", "dd" };

/* Elements whose content is no text of the mail. */
static const char *const silent[] = { "script", "style", "head", "title",
    "template", "noscript" };

struct stripping {
	struct strbuf	*out;
	struct link_list *links;
	bool		 has_gap;  /* white space since the last word */
	bool		 at_start; /* of a line */
	bool		 is_unclosed[COUNT(silent)]; /* end not found once */
};

static bool
is_block(const char *name)
{
	size_t	i;

	for (i = 0; i < COUNT(blocks); i++)
		if (strcmp(name, blocks[i]) == 0)
			return true;
	return false;
}

static void
add_letter(struct stripping *s, const char *utf8, size_t len)
{
	if (s->has_gap && !s->at_start)
		strbuf_addc(s->out, ' ');
	s->has_gap = false;
	s->at_start = false;
	strbuf_add(s->out, utf8, len);
}

static void
break_line(struct stripping *s)
{
	if (!s->at_start)
		strbuf_addc(s->out, '\n');
	s->at_start = true;
	s->has_gap = false;
}

/* The character of "&name;" or "&#n;" at p; 0 when it is none. */
static ucs4_t
entity(const char *p, size_t *len)
{
	const htmlEntityDesc	*known;
	char			 name[ENTITY_BYTES];
	char			*end;
	unsigned long		 code;
	size_t			 n;

	if (p[1] == '#') {
		code = p[2] == 'x' || p[2] == 'X' ?
		    strtoul(p + 3, &end, 16) : strtoul(p + 2, &end, 10);
		*len = (size_t)(end - p) + (*end == ';' ? 1 : 0);
		return code > 0x10FFFF || (code >= 0xD800 &&
		    code < 0xE000) ? 0 : (ucs4_t)code;
	}
	n = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	if (n == 0 || n >= sizeof(name))
		return 0;
	memcpy(name, p + 1, n);
	name[n] = '\0';
	known = htmlEntityLookup((const xmlChar *)name);
	if (known == NULL)
		return 0;
	*len = n + 1 + (p[n + 1] == ';' ? 1 : 0);
	return known->value;
}

static const char *
take_entity(struct stripping *s, const char *p)
{
	uint8_t	utf8[6];
	ucs4_t	uc;
	size_t	len;
	int	n;

	uc = entity(p, &len);
	if (uc == 0) {
		add_letter(s, p, 1);
		return p + 1;
	}
	n = u8_uctomb(utf8, uc, sizeof(utf8));
	if (uc == 0xA0 || uc <= ' ')
		s->has_gap = true;
	else if (n > 0)
		add_letter(s, (const char *)utf8, (size_t)n);
	return p + len;
}

/* The end of the tag at p ('<'): behind its '>', quotes respected. */
static const char *
tag_end(const char *p)
{
	const char	*start = p;
	char		 quote = '\0';

	for (p++; *p != '\0'; p++) {
		if (quote != '\0') {
			if (*p == quote)
				quote = '\0';
		} else if (*p == '>') {
			return p + 1;
		} else if ((*p == '"' || *p == '\'') && p[-1] == '=') {
			quote = *p;
		}
	}
	/* a quote that never ends: the first '>' has to do */
	p = strchr(start, '>');
	return p == NULL ? start + strlen(start) : p + 1;
}

/* Lower case name of the tag, with '/' before a closing one. */
static void
tag_name(const char *p, char name[TAG_NAME_BYTES])
{
	size_t	n = 0;

	for (p++; n < TAG_NAME_BYTES - 1 && *p != '\0' &&
	    (n == 0 || *p != '/') && strchr("> \t\r\n", *p) == NULL; p++)
		name[n++] = (char)(*p >= 'A' && *p <= 'Z' ? *p | 32 : *p);
	name[n] = '\0';
}

/* The target of <a href="…">, entities undone. */
static void
take_target(struct stripping *s, const char *tag, const char *end)
{
	struct strbuf	 url = { 0 };
	struct stripping quiet = { .out = &url, .at_start = true };
	const char	*p, *stop;
	char		 quote;

	for (p = tag; p < end && strncasecmp(p, "href", 4) != 0; p++)
		;
	if (p >= end)
		return;
	p += 4;
	p += strspn(p, " \t\r\n=");
	quote = *p == '"' || *p == '\'' ? *p++ : '\0';
	stop = p;
	while (stop < end && *stop != '\0' && (quote != '\0' ?
	    *stop != quote : strchr(" \t\r\n>", *stop) == NULL))
		stop++;
	while (p < stop) {
		if (*p == '&')
			p = take_entity(&quiet, p);
		else
			strbuf_addc(&url, *p++);
	}
	mail_text_links(strbuf_get(&url), s->links);
	strbuf_clear(&url);
}

/*
 * Behind an element whose content is not wanted, of which p follows the
 * start tag. One that is never closed has to be text; that is looked for
 * only once, or a page full of them would cost quadratic time.
 */
static const char *
skip_element(struct stripping *s, const char *p, size_t which)
{
	const char	*name = silent[which], *end;
	size_t		 n = strlen(name);

	if (s->is_unclosed[which])
		return p;
	for (end = strstr(p, "</"); end != NULL; end = strstr(end + 2, "</"))
		if (strncasecmp(end + 2, name, n) == 0)
			return tag_end(end);
	s->is_unclosed[which] = true;
	return p;
}

static const char *
take_tag(struct stripping *s, const char *p)
{
	char		 name[TAG_NAME_BYTES];
	const char	*end, *bare;
	size_t		 i;

	if (strncmp(p, "<!--", 4) == 0) {
		end = strstr(p + 4, "-->");
		return end == NULL ? p + strlen(p) : end + 3;
	}
	if (strchr("/!?", p[1]) == NULL && (p[1] | 32) < 'a') {
		add_letter(s, p, 1);
		return p + 1;
	}
	end = tag_end(p);
	tag_name(p, name);
	for (i = 0; i < COUNT(silent); i++)
		if (strcmp(name, silent[i]) == 0)
			return skip_element(s, end, i);
	bare = name[0] == '/' ? name + 1 : name;
	if (strcmp(name, "a") == 0)
		take_target(s, p, end);
	else if (strcmp(bare, "td") == 0 || strcmp(bare, "th") == 0)
		s->has_gap = true;
	else if (is_block(bare))
		break_line(s);
	return end;
}

void
mail_html_text(const char *html, struct strbuf *out, struct link_list *links)
{
	struct stripping s = { .out = out, .links = links,
			       .at_start = true };
	const char	*p = html;
	size_t		 n;

	while (*p != '\0') {
		if (*p == '<' && p[1] != '\0') {
			p = take_tag(&s, p);
		} else if (*p == '&') {
			p = take_entity(&s, p);
		} else if (strchr(" \t\r\n", *p) != NULL) {
			s.has_gap = true;
			p++;
		} else {
			n = strcspn(p + 1, "<& \t\r\n") + 1;
			add_letter(&s, p, n);
			p += n;
		}
	}
	break_line(&s);
}

const char *
mail_html_charset(struct bytes html, struct arena *arena)
{
	const char	*start, *p;
	size_t		 len;

	len = html.len < CHARSET_WITHIN ? html.len : CHARSET_WITHIN;
	start = arena_strndup(arena, (const char *)html.data, len);
	p = strcasestr(start, "charset=");
	if (p == NULL)
		return "";
	p += strlen("charset=");
	p += strspn(p, "\"' ");
	return arena_strndup(arena, p, strspn(p,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_:."));
}
