/*
 * A scanner for the plain part of XML 1.0 with namespaces. Every name is
 * known by its place in a small table once it has been met; whatever does
 * not fit into the tables, or is rare, is left to libxml2.
 */
#include "parsers/xml_plain.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/utf8.h"
#include "parsers/xml_scope.h"

#define ATTRIBUTES 64		/* of one element */
#define DECLARATION_BYTES 200	/* "<?xml … ?>" */
#define WAITING_BYTES ((size_t)64 << 10) /* for the end of a tag */

struct xml_plain {
	struct strbuf	 bytes_fed; /* from `at` on not read yet */
	size_t		 at;
	bool		 is_past_head;
	bool		 has_root;
	bool		 is_empty; /* "<a/>": its end comes next */
	bool		 is_strange;
	uint32_t	 tags;
	unsigned	 depth;
	struct {
		uint16_t	 name;
		uint8_t		 ns;
	}		 open[LIMIT_XML_DEPTH];
	struct xml_attribute attributes[ATTRIBUTES];
	char		 reference; /* the character it stands for */
	struct xml_scope scope;
};

/* ---- bytes */

enum { NAME_FIRST = 1, NAME_REST = 2, SPACE = 4,
	TEXT = 8,	/* stands for itself in text */
	VALUE = 16	/* stands for itself in a value */
};

#define IS_ALPHA(c) (((c) | 0x20) >= 'a' && ((c) | 0x20) <= 'z')
#define IS_REST(c) (((c) >= '0' && (c) <= '9') || (c) == '-' || (c) == '.')
#define IS_SPACE(c) ((c) == ' ' || ((c) >= '\t' && (c) <= '\n') || \
	(c) == '\r')
#define IS_ITSELF(c) ((c) >= ' ' && (c) < 0x80 && (c) != '<' && (c) != '&')
#define CLASS(c) (uint8_t)( \
	(IS_ALPHA(c) || (c) == '_' ? NAME_FIRST | NAME_REST : 0) | \
	(IS_REST(c) ? NAME_REST : 0) | \
	(IS_SPACE(c) ? SPACE : 0) | \
	((IS_ITSELF(c) && (c) != ']') || (c) == '\t' || (c) == '\n' ? \
	TEXT : 0) | \
	(IS_ITSELF(c) && (c) != '"' && (c) != '\'' ? VALUE : 0))
#define CLASS4(c) CLASS(c), CLASS((c) + 1), CLASS((c) + 2), CLASS((c) + 3)
#define CLASS16(c) CLASS4(c), CLASS4((c) + 4), CLASS4((c) + 8), \
	CLASS4((c) + 12)
#define CLASS64(c) CLASS16(c), CLASS16((c) + 16), CLASS16((c) + 32), \
	CLASS16((c) + 48)

static const uint8_t	classes[256] = { CLASS64(0), CLASS64(64),
	CLASS64(128), CLASS64(192) };

/*
 * Bytes of the character at s, which is none of ASCII: 0 where it is cut
 * off by the end, -1 where it is none that XML may have.
 */
static int
character_bytes(const char *s, const char *end)
{
	const uint8_t	*p = (const uint8_t *)s;
	uint32_t	 c;
	int		 n, i;

	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return -1;
	if (end - s < n)
		return 0;
	for (i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return -1;
	if (p[0] > 0xe0 && p[0] < 0xed)
		return n;
	(void)utf8_get(p, &c);
	if ((n == 3 && c < 0x800) || (c >= 0xd800 && c < 0xe000) ||
	    c == 0xfffe || c == 0xffff || (n == 4 && c < 0x10000) ||
	    c > 0x10ffff)
		return -1;
	return n;
}

/*
 * To the first byte from s on that is not of the class and begins no
 * character beyond ASCII. A character that is cut off is waited for:
 * *is_cut.
 */
static const char *
span(const char *s, const char *end, uint8_t class, bool *is_cut)
{
	int	n;

	*is_cut = false;
	for (;;) {
		while (s < end && (classes[(uint8_t)*s] & class) != 0)
			s++;
		if (s == end || (uint8_t)*s < 0x80)
			return s;
		n = character_bytes(s, end);
		*is_cut = n == 0;
		if (n <= 0)
			return s;
		s += n;
	}
}

static const char *
skip_space(const char *s, const char *end)
{
	while (s < end && (classes[(uint8_t)*s] & SPACE) != 0)
		s++;
	return s;
}

/* ---- names */

/*
 * The name at s, at most one colon inside. NULL: none that we take. The
 * caller knows that a ">" follows, so that the name is not cut.
 */
static const char *
read_name(struct xml_plain *p, const char *s, const char *end,
    unsigned *name)
{
	const char	*first = s, *part = s;
	uint32_t	 hash = 0;

	for (;; s++) {
		while (s < end && (classes[(uint8_t)*s] & NAME_REST) != 0)
			hash = hash * 31 + (uint8_t)*s++;
		if (s == part || (classes[(uint8_t)*part] & NAME_FIRST) == 0)
			return NULL;
		if (s == end || *s != ':' || part != first)
			break;
		part = s + 1;
	}
	*name = xml_scope_name(&p->scope, first, (size_t)(s - first), hash);
	return *name == SCOPE_NO_NAME ? NULL : s;
}

static enum plain_token
strange(struct xml_plain *p)
{
	p->is_strange = true;
	return PLAIN_STRANGE;
}

/* ---- tokens; each is read whole or not at all */

/*
 * One attribute from its name at s on. PLAIN_START: it was taken, *next is
 * behind it. Until all declarations are read its place stands for its
 * name.
 */
static enum plain_token
read_attribute(struct xml_plain *p, const char *s, const char *end, int *n,
    const char **next)
{
	struct scope_name *name;
	struct xml_value v;
	unsigned	 place;
	bool		 is_cut;

	s = read_name(p, s, end, &place);
	if (s == NULL || *n == ATTRIBUTES)
		return PLAIN_STRANGE;
	if (end - s < 2)
		return PLAIN_MORE;
	if (s[0] != '=' || (s[1] != '"' && s[1] != '\''))
		return PLAIN_STRANGE;
	v.s = s + 2;
	for (*next = v.s;; (*next)++) {
		*next = span(*next, end, VALUE, &is_cut);
		if (*next == end || is_cut)
			return PLAIN_MORE;
		if (**next != '"' && **next != '\'')
			return PLAIN_STRANGE;
		if (**next == s[1])
			break;
	}
	v.len = (size_t)((*next)++ - v.s);
	name = &p->scope.names[place];
	if (name->tag == p->tags)
		return PLAIN_STRANGE; /* twice */
	name->tag = p->tags;
	if (name->is_declaration)
		return xml_scope_declare(&p->scope, name, v, p->depth) ?
		    PLAIN_START : PLAIN_STRANGE;
	p->attributes[*n].name = (uint16_t)place;
	p->attributes[(*n)++].value = v;
	return PLAIN_START;
}

/* Now that all declarations are read. */
static bool
resolve_attributes(struct xml_plain *p, int n)
{
	const struct scope_name *name;
	const struct scope_prefix *prefix;
	struct xml_attribute *a;
	int		 i;

	for (i = 0; i < n; i++) {
		a = &p->attributes[i];
		name = &p->scope.names[a->name];
		prefix = &p->scope.prefixes[name->prefix];
		if (!prefix->is_bound)
			return false;
		a->name = name->local;
		/* one without a prefix is in no namespace */
		a->ns = name->prefix == SCOPE_DEFAULT ? NS_NONE : prefix->ns;
	}
	return true;
}

/* The attributes of a start tag and its end; PLAIN_START when all is there. */
static enum plain_token
read_attributes(struct xml_plain *p, const char *s, const char *end, int *n,
    const char **next)
{
	enum plain_token token;
	const char	*at;

	*n = 0;
	for (;;) {
		at = skip_space(s, end);
		if (at == end)
			return PLAIN_MORE;
		if (*at == '>' || *at == '/')
			break;
		if (at == s)
			return PLAIN_STRANGE;
		token = read_attribute(p, at, end, n, &s);
		if (token != PLAIN_START)
			return token;
	}
	p->is_empty = *at == '/';
	if (p->is_empty && ++at == end)
		return PLAIN_MORE;
	*next = at + 1;
	return *at == '>' ? PLAIN_START : PLAIN_STRANGE;
}

static enum plain_token
read_start(struct xml_plain *p, const char *s, const char *end,
    struct plain_item *item)
{
	const struct scope_name *name;
	const struct scope_prefix *prefix;
	enum plain_token token;
	unsigned	 place;

	if (p->depth == LIMIT_XML_DEPTH || (p->depth == 0 && p->has_root))
		return PLAIN_STRANGE;
	p->tags++;
	s = read_name(p, s, end, &place);
	if (s == NULL || p->scope.names[place].is_declaration)
		return PLAIN_STRANGE;
	name = &p->scope.names[place];
	prefix = &p->scope.prefixes[name->prefix];
	token = read_attributes(p, s, end, &item->n_attributes, &s);
	if (token == PLAIN_START && (!prefix->is_bound ||
	    !resolve_attributes(p, item->n_attributes)))
		token = PLAIN_STRANGE;
	if (token != PLAIN_START) {
		p->is_empty = false;
		xml_scope_undeclare(&p->scope, p->depth);
		return token;
	}
	item->ns = prefix->ns;
	item->name = name->local;
	item->attributes = p->attributes;
	p->open[p->depth].name = (uint16_t)place;
	p->open[p->depth++].ns = prefix->ns;
	p->has_root = true;
	p->at = (size_t)(s - p->bytes_fed.s);
	return PLAIN_START;
}

/* The innermost element ends. */
static enum plain_token
close_element(struct xml_plain *p, struct plain_item *item)
{
	p->is_empty = false;
	p->depth--;
	item->ns = p->open[p->depth].ns;
	item->name = p->scope.names[p->open[p->depth].name].local;
	xml_scope_undeclare(&p->scope, p->depth);
	return PLAIN_END;
}

static enum plain_token
read_end(struct xml_plain *p, const char *s, const char *end,
    struct plain_item *item)
{
	const struct scope_name *n;

	if (p->depth == 0)
		return PLAIN_STRANGE;
	n = &p->scope.names[p->open[p->depth - 1].name];
	if (end - s <= n->len)
		return PLAIN_MORE;
	if (memcmp(p->scope.bytes + n->at, s, n->len) != 0)
		return PLAIN_STRANGE;
	s = skip_space(s + n->len, end);
	if (s == end)
		return PLAIN_MORE;
	if (*s != '>')
		return PLAIN_STRANGE;
	p->at = (size_t)(s + 1 - p->bytes_fed.s);
	return close_element(p, item);
}

/* "&lt;" and its kin; numbers are left to libxml2. */
static enum plain_token
read_reference(struct xml_plain *p, const char *s, const char *end,
    struct plain_item *item)
{
	static const struct {
		const char	*name;
		char		 c;
	}	 all[] = { { "&amp;", '&' }, { "&lt;", '<' },
		{ "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' } };
	size_t	 i, len, left = (size_t)(end - s);

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		len = strlen(all[i].name);
		if (strncmp(s, all[i].name, left < len ? left : len) != 0)
			continue;
		if (left < len)
			return PLAIN_MORE;
		p->reference = all[i].c;
		item->text.s = &p->reference;
		item->text.len = 1;
		p->at += len;
		return PLAIN_TEXT;
	}
	return PLAIN_STRANGE;
}

static enum plain_token
read_text(struct xml_plain *p, const char *s, const char *end,
    struct plain_item *item)
{
	const char	*stop = s;
	bool		 is_cut;

	if (*s == '&')
		return read_reference(p, s, end, item);
	for (;; stop++) {
		stop = span(stop, end, TEXT, &is_cut);
		/* a bracket, but not "]]", which might end as "]]>" */
		if (end - stop < 2 || *stop != ']' || stop[1] == ']')
			break;
	}
	if (stop > s) {
		item->text.s = s;
		item->text.len = (size_t)(stop - s);
		p->at += item->text.len;
		return PLAIN_TEXT;
	}
	return is_cut || (*s == ']' && end - s < 2) ? PLAIN_MORE :
	    PLAIN_STRANGE;
}

/* ---- the head */

static bool
take(const char **s, size_t *left, const char *word)
{
	size_t	len = strlen(word);

	if (*left < len || memcmp(*s, word, len) != 0)
		return false;
	*s += len;
	*left -= len;
	return true;
}

/* What stands between "<?xml" and "?>". */
static bool
is_plain_declaration(const char *s, size_t left)
{
	if (!take(&s, &left, " version=\"1.0\"") &&
	    !take(&s, &left, " version='1.0'"))
		return false;
	(void)(take(&s, &left, " encoding=\"UTF-8\"") ||
	    take(&s, &left, " encoding=\"utf-8\"") ||
	    take(&s, &left, " encoding='UTF-8'") ||
	    take(&s, &left, " encoding='utf-8'"));
	(void)(take(&s, &left, " standalone=\"yes\"") ||
	    take(&s, &left, " standalone=\"no\"") ||
	    take(&s, &left, " standalone='yes'") ||
	    take(&s, &left, " standalone='no'"));
	(void)take(&s, &left, " ");
	return left == 0;
}

/* A byte order mark and a declaration, or neither. */
static enum plain_token
read_head(struct xml_plain *p, const char *s, size_t left)
{
	const char	*begin = s, *end;

	if (left < 8)
		return PLAIN_MORE;
	(void)take(&s, &left, "\xef\xbb\xbf");
	if (take(&s, &left, "<?xml")) {
		end = memmem(s, left, "?>", 2);
		if (end == NULL)
			return left < DECLARATION_BYTES ? PLAIN_MORE :
			    PLAIN_STRANGE;
		if (!is_plain_declaration(s, (size_t)(end - s)))
			return PLAIN_STRANGE;
		s = end + 2;
	} else if (*s != '<') {
		return PLAIN_STRANGE;
	}
	p->is_past_head = true;
	p->at += (size_t)(s - begin);
	return PLAIN_TEXT;
}

static enum plain_token
read_token(struct xml_plain *p, struct plain_item *item)
{
	const char	*s = p->bytes_fed.s + p->at;
	const char	*end = p->bytes_fed.s + p->bytes_fed.len;

	if (p->depth == 0) {
		s = skip_space(s, end);
		p->at = (size_t)(s - p->bytes_fed.s);
	}
	if (s == end)
		return PLAIN_MORE;
	if (*s != '<')
		return p->depth == 0 ? PLAIN_STRANGE :
		    read_text(p, s, end, item);
	if (end - s < 2 || memchr(s, '>', (size_t)(end - s)) == NULL)
		return PLAIN_MORE;
	return s[1] == '/' ? read_end(p, s + 2, end, item) :
	    read_start(p, s + 1, end, item);
}

enum plain_token
xml_plain_next(struct xml_plain *p, struct plain_item *item)
{
	enum plain_token token = PLAIN_TEXT;

	if (p->is_strange)
		return PLAIN_STRANGE;
	if (p->is_empty)
		return close_element(p, item);
	if (p->bytes_fed.len == p->at)
		return PLAIN_MORE;
	if (!p->is_past_head)
		token = read_head(p, p->bytes_fed.s, p->bytes_fed.len);
	if (token == PLAIN_TEXT)
		token = read_token(p, item);
	if (token == PLAIN_STRANGE || (token == PLAIN_MORE &&
	    p->bytes_fed.len - p->at > WAITING_BYTES))
		return strange(p);
	return token;
}

/* ---- the rest */

struct xml_plain *
xml_plain_new(void)
{
	struct xml_plain *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	xml_scope_init(&p->scope);
	return p;
}

void
xml_plain_free(struct xml_plain *p)
{
	if (p == NULL)
		return;
	strbuf_clear(&p->bytes_fed);
	xml_scope_clear(&p->scope);
	free(p);
}

void
xml_plain_feed(struct xml_plain *p, const void *s, size_t len)
{
	size_t	left = p->bytes_fed.len - p->at;

	if (left > 0 && p->at > 0)
		memmove(p->bytes_fed.s, p->bytes_fed.s + p->at, left);
	p->bytes_fed.len = left;
	p->at = 0;
	strbuf_add(&p->bytes_fed, s, len);
}

bool
xml_plain_is_done(const struct xml_plain *p)
{
	return p->has_root && p->depth == 0 && p->bytes_fed.len == p->at;
}

enum xml_ns
xml_plain_prefix(const struct xml_plain *p, const char *prefix, size_t len)
{
	return xml_scope_prefix(&p->scope, prefix, len);
}

size_t
xml_plain_context(const struct xml_plain *p, struct strbuf *tags)
{
	const struct scope_binding *b = p->scope.bindings;
	const struct scope_name *n;
	const struct scope_binding *last = b + p->scope.n_bindings;
	size_t		 from = 0;
	unsigned	 i;

	if (p->has_root && p->depth == 0) {
		strbuf_adds(tags, "<a/>");
		return 1;
	}
	for (i = 0; i < p->depth; i++) {
		n = &p->scope.names[p->open[i].name];
		strbuf_addc(tags, '<');
		strbuf_add(tags, p->scope.bytes + n->at, n->len);
		for (; b < last && b->depth == i; b++) {
			strbuf_add(tags, p->scope.declared.s + from,
			    b->len - from);
			from = b->len;
		}
		strbuf_addc(tags, '>');
	}
	return p->depth;
}

struct xml_value
xml_plain_rest(const struct xml_plain *p)
{
	return (struct xml_value){ p->bytes_fed.s + p->at,
	    p->bytes_fed.len - p->at };
}
