/*
 * SAX2 push over libxml2 2.9. Names come from the parser's dictionary, so
 * a known one is recognised by its address.
 */
#include "parsers/xml.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "parsers/limits.h"
#include "parsers/revisions.h"
#include "parsers/strbuf.h"
#include "parsers/tag_scan.h"

#define NAME_SLOTS 512 /* power of two; distinct names of one part */
#define NAMES_KEPT (NAME_SLOTS / 4 * 3)
#define NS_CACHE 16

struct element {
	uint8_t		 ns;
	uint16_t	 name;
};

struct xml {
	xmlParserCtxtPtr ctxt;
	const struct xml_handler *handler;
	void		*ctx;
	enum parse_status status;
	struct tag_scan	 scan;
	struct strbuf	 room;	/* of revisions_drop() */
	char		 head[4]; /* libxml2 wants them at once */
	unsigned	 n_head;
	unsigned	 depth;
	struct element	 open[LIMIT_XML_DEPTH];
	/* names seen so far, by their address in the dictionary */
	const xmlChar	*names[NAME_SLOTS];
	uint16_t	 ids[NAME_SLOTS];
	unsigned	 n_names;
	const xmlChar	*uris[NS_CACHE];
	uint8_t		 uri_ns[NS_CACHE];
	unsigned	 n_uris;
};

static const char *const xml_names[N_COUNT] = {
#define X(id, name) [N_##id] = (name),
	XML_NAMES
	ODF_NAMES
#undef X
};

/* Binary search in one sorted stretch of the names. */
static enum xml_name
search(const char *name, size_t low, size_t high)
{
	size_t	middle;
	int	c;

	while (low < high) {
		middle = (low + high) / 2;
		c = strcmp(name, xml_names[middle]);
		if (c == 0)
			return (enum xml_name)middle;
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return N_OTHER;
}

enum xml_name
xml_name_of(const char *name)
{
	enum xml_name	id = search(name, 1, N_ODF_FIRST);

	return id != N_OTHER ? id : search(name, N_ODF_FIRST, N_COUNT);
}

static inline enum xml_name
name_id(struct xml *x, const xmlChar *name)
{
	/* Fibonacci hashing: the top 9 bits, for 512 slots */
	size_t		i = (uintptr_t)name * 0x9e3779b97f4a7c15U >> 55;
	enum xml_name	id;

	for (; x->names[i] != NULL; i = (i + 1) & (NAME_SLOTS - 1))
		if (x->names[i] == name)
			return x->ids[i];
	id = xml_name_of((const char *)name);
	if (x->n_names < NAMES_KEPT) {
		x->n_names++;
		x->names[i] = name;
		x->ids[i] = (uint16_t)id;
	}
	return id;
}

static enum xml_ns
ns_by_uri(const char *uri)
{
	static const struct {
		const char	*uri;
		enum xml_ns	 ns;
	} all[] = {
#define X(id, uri) {uri, NS_##id},
		XML_NAMESPACES
#undef X
	};
	size_t	i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].uri, uri) == 0)
			return all[i].ns;
	return NS_OTHER;
}

/* URIs too come from the dictionary; the few in use are remembered. */
static enum xml_ns
ns_id_slow(struct xml *x, const xmlChar *uri)
{
	enum xml_ns	ns;
	unsigned	i;

	if (uri == NULL)
		return NS_NONE;
	for (i = 1; i < x->n_uris; i++)
		if (x->uris[i] == uri)
			return x->uri_ns[i];
	ns = ns_by_uri((const char *)uri);
	if (x->n_uris < NS_CACHE) {
		x->uris[x->n_uris] = uri;
		x->uri_ns[x->n_uris++] = (uint8_t)ns;
	}
	return ns;
}

/* The first one seen is the one that nearly all elements have. */
static inline enum xml_ns
ns_id(struct xml *x, const xmlChar *uri)
{
	return uri != NULL && uri == x->uris[0] ? x->uri_ns[0] :
	    ns_id_slow(x, uri);
}

void
xml_stop(struct xml *x, enum parse_status why)
{
	if (x->status == PARSE_OK)
		x->status = why;
	xmlStopParser(x->ctxt);
}

static void
on_start(void *user, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri, int n_namespaces, const xmlChar **namespaces,
    int n_attributes, int n_defaulted, const xmlChar **attributes)
{
	struct xml	*x = user;
	struct xml_tag	 tag = {
		.ns = ns_id(x, uri),
		.name = name_id(x, local),
		.xml = x,
		.attributes = attributes,
		.n_attributes = n_attributes,
	};

	(void)prefix;
	(void)n_namespaces;
	(void)namespaces;
	(void)n_defaulted;
	if (x->status != PARSE_OK)
		return;
	if (x->depth == LIMIT_XML_DEPTH) {
		xml_stop(x, PARSE_LIMIT);
		return;
	}
	x->open[x->depth].ns = (uint8_t)tag.ns;
	x->open[x->depth++].name = (uint16_t)tag.name;
	x->handler->start(x->ctx, &tag);
}

static void
on_end(void *user, const xmlChar *local, const xmlChar *prefix,
    const xmlChar *uri)
{
	struct xml	*x = user;
	struct element	 e;

	(void)local;
	(void)prefix;
	(void)uri;
	if (x->status != PARSE_OK)
		return;
	e = x->open[--x->depth];
	x->handler->end(x->ctx, e.ns, e.name);
}

static void
on_text(void *user, const xmlChar *s, int len)
{
	struct xml	*x = user;

	if (x->status == PARSE_OK && x->handler->text != NULL)
		x->handler->text(x->ctx, (const char *)s, (size_t)len);
}

static void
on_doctype(void *user, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	xml_stop(user, PARSE_HOSTILE);
}

/*
 * Only encodings in which "<" is one byte or one UTF-16 unit: in others
 * (UTF-7, EBCDIC …) the tag scan would not see what libxml2 sees.
 */
static void
on_document(void *user)
{
	static const char *const accepted[] = {"utf-8", "utf8", "utf-16",
	    "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-",
	    "windows-125", "cp125"};
	struct xml	*x = user;
	const char	*encoding = (const char *)x->ctxt->encoding;
	size_t		 i;

	if (encoding == NULL)
		return;
	for (i = 0; i < sizeof(accepted) / sizeof(accepted[0]); i++)
		if (strncasecmp(encoding, accepted[i],
		    strlen(accepted[i])) == 0)
			return;
	xml_stop(x, PARSE_DAMAGED);
}

static void
on_error(void *user, xmlErrorPtr error)
{
	/* the return value of xmlParseChunk tells; nothing is printed */
	(void)user;
	(void)error;
}

struct xml *
xml_new(const struct xml_handler *h, void *ctx)
{
	struct xml	*x = calloc(1, sizeof(*x));

	if (x == NULL)
		abort();
	x->handler = h;
	x->ctx = ctx;
	return x;
}

void
xml_free(struct xml *x)
{
	if (x == NULL)
		return;
	if (x->ctxt != NULL) {
		if (x->ctxt->myDoc != NULL)
			xmlFreeDoc(x->ctxt->myDoc);
		xmlFreeParserCtxt(x->ctxt);
	}
	strbuf_clear(&x->room);
	free(x);
}

static void
create_parser(struct xml *x)
{
	xmlSAXHandler	sax = {
		.initialized = XML_SAX2_MAGIC,
		.startDocument = on_document,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.internalSubset = on_doctype,
		.serror = on_error,
	};

	x->ctxt = xmlCreatePushParserCtxt(&sax, x, x->head, (int)x->n_head,
	    NULL);
	if (x->ctxt == NULL)
		abort();
	xmlCtxtUseOptions(x->ctxt, XML_PARSE_NONET);
	/* converters complain past the handler: keep stderr quiet */
	xmlSetStructuredErrorFunc(NULL, on_error);
}

static enum parse_status
parse_chunk(struct xml *x, const char *p, size_t len, int last)
{
	if (xmlParseChunk(x->ctxt, p, (int)len, last) != 0 &&
	    x->status == PARSE_OK && !x->ctxt->wellFormed)
		x->status = x->ctxt->errNo == XML_ERR_NO_MEMORY ?
		    PARSE_LIMIT : PARSE_DAMAGED;
	return x->status;
}

/* The encoding shows in the first four bytes: hold them back till then. */
static size_t
take_head(struct xml *x, const char *s, size_t len)
{
	size_t	n = sizeof(x->head) - x->n_head;

	if (n > len)
		n = len;
	memcpy(x->head + x->n_head, s, n);
	x->n_head += (unsigned)n;
	if (x->n_head < sizeof(x->head))
		return n;
	x->status = tag_scan(&x->scan, (uint8_t *)x->head, x->n_head);
	if (x->status == PARSE_OK)
		create_parser(x);
	return n;
}

enum parse_status
xml_feed(struct xml *x, const void *p, size_t len)
{
	const char	*s = p;
	size_t		 n = 0;

	if (x->status == PARSE_OK && x->ctxt == NULL)
		n = take_head(x, s, len);
	if (x->status == PARSE_OK && len > n)
		x->status = tag_scan(&x->scan, (const uint8_t *)s + n,
		    len - n);
	if (x->status != PARSE_OK || len == n)
		return x->status;
	s += n;
	len -= n;
	if (!x->scan.has_cdata)
		s = revisions_drop(s, &len, &x->room);
	return parse_chunk(x, s, len, 0);
}

enum parse_status
xml_finish(struct xml *x)
{
	if (x->status == PARSE_OK && x->ctxt == NULL)
		x->status = PARSE_DAMAGED; /* not four bytes */
	if (x->status == PARSE_OK)
		parse_chunk(x, NULL, 0, 1);
	return x->status;
}

struct xml_value
xml_attribute(const struct xml_tag *tag, enum xml_ns ns, enum xml_name name)
{
	const xmlChar	**a = tag->attributes;
	struct xml_value v = {NULL, 0};
	int		 i;

	/* name, prefix, URI, first byte of the value, byte behind it */
	for (i = 0; i < tag->n_attributes; i++, a += 5)
		if (name_id(tag->xml, a[0]) == name &&
		    ns_id(tag->xml, a[2]) == ns) {
			v.s = (const char *)a[3];
			v.len = (size_t)(a[4] - a[3]);
			break;
		}
	return v;
}

enum xml_name
xml_attribute_at(const struct xml_tag *tag, int i, struct xml_value *v)
{
	const xmlChar	**a = tag->attributes + 5 * i;

	v->s = (const char *)a[3];
	v->len = (size_t)(a[4] - a[3]);
	return name_id(tag->xml, a[0]);
}

long
xml_to_number(struct xml_value v, long other)
{
	size_t	i = 0;
	long	n = 0;
	bool	negative = false;

	if (v.len > 0 && (v.s[0] == '-' || v.s[0] == '+'))
		negative = v.s[i++] == '-';
	if (i == v.len || v.len > 12)
		return other;
	for (; i < v.len; i++) {
		if (v.s[i] < '0' || v.s[i] > '9')
			return other;
		n = n * 10 + (v.s[i] - '0');
	}
	return negative ? -n : n;
}

long
xml_number(const struct xml_tag *tag, enum xml_ns ns, enum xml_name name,
    long other)
{
	return xml_to_number(xml_attribute(tag, ns, name), other);
}

enum xml_ns
xml_prefix(const struct xml_tag *tag, const char *prefix, size_t len)
{
	xmlParserCtxtPtr ctxt = tag->xml->ctxt;
	const char	*p;
	int		 i;

	for (i = ctxt->nsNr - 2; i >= 0; i -= 2) {
		p = (const char *)ctxt->nsTab[i];
		if (p != NULL && strncmp(p, prefix, len) == 0 &&
		    p[len] == '\0')
			return ns_id(tag->xml, ctxt->nsTab[i + 1]);
	}
	return NS_NONE;
}

bool
xml_equals(struct xml_value v, const char *s)
{
	return v.s != NULL && strncmp(v.s, s, v.len) == 0 &&
	    s[v.len] == '\0';
}

bool
xml_alike(struct xml_value v, const char *s)
{
	return v.s != NULL && strlen(s) == v.len &&
	    strncasecmp(v.s, s, v.len) == 0;
}

bool
xml_is_on(struct xml_value v)
{
	return v.s == NULL || !(xml_equals(v, "0") ||
	    xml_equals(v, "false") || xml_equals(v, "off"));
}
