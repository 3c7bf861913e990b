/* Names and namespaces of the quick XML reader: see the header. */
#include "parsers/xml_scope.h"

#include <string.h>

/* Keep bytes and a NUL behind them; false when there is no room. */
static bool
keep(struct xml_scope *s, const char *bytes, size_t len, uint16_t *at)
{
	if (s->n_bytes + len + 1 > SCOPE_NAME_BYTES)
		return false;
	*at = (uint16_t)s->n_bytes;
	memcpy(s->bytes + s->n_bytes, bytes, len);
	s->bytes[s->n_bytes + len] = '\0';
	s->n_bytes += len + 1;
	return true;
}

/* The prefix's place; SCOPE_PREFIXES when there is no room. */
static unsigned
prefix_find(struct xml_scope *s, const char *prefix, size_t len)
{
	struct scope_prefix *x;
	unsigned	 i;

	for (i = 0; i < s->n_prefixes; i++) {
		x = &s->prefixes[i];
		if (x->len == len &&
		    memcmp(s->bytes + x->at, prefix, len) == 0)
			return i;
	}
	if (i == SCOPE_PREFIXES ||
	    !keep(s, prefix, len, &s->prefixes[i].at))
		return SCOPE_PREFIXES;
	s->prefixes[i].len = (uint8_t)len;
	s->n_prefixes++;
	return i;
}

/* A name met for the first time; SCOPE_NO_NAME when there is no room. */
static unsigned
name_add(struct xml_scope *s, const char *name, size_t len)
{
	const char	*colon = memchr(name, ':', len), *local = name;
	size_t		 before = colon == NULL ? 0 : (size_t)(colon - name);
	unsigned	 prefix = SCOPE_DEFAULT;
	struct scope_name *n;

	if (s->n_names == SCOPE_NAMES || len > SCOPE_NAME_LONGEST)
		return SCOPE_NO_NAME;
	n = &s->names[s->n_names];
	n->is_declaration = (colon == NULL ? len : before) == 5 &&
	    memcmp(name, "xmlns", 5) == 0;
	if (colon != NULL) {
		local = colon + 1;
		prefix = n->is_declaration ?
		    prefix_find(s, local, len - before - 1) :
		    prefix_find(s, name, before);
	}
	if (prefix == SCOPE_PREFIXES || !keep(s, name, len, &n->at))
		return SCOPE_NO_NAME;
	n->tag = 0;
	n->local = (uint16_t)xml_name_of(s->bytes + n->at + (local - name));
	n->len = (uint8_t)len;
	n->prefix = (uint8_t)prefix;
	return s->n_names++;
}

unsigned
xml_scope_name(struct xml_scope *s, const char *name, size_t len,
    uint32_t hash)
{
	const struct scope_name *n;
	unsigned	 i, place;

	/* Fibonacci hashing: the top 9 bits, for 512 slots */
	i = (hash * 0x9e3779b1U) >> 23;
	for (; s->slots[i] != 0; i = (i + 1) & (SCOPE_SLOTS - 1)) {
		n = &s->names[s->slots[i] - 1];
		if (n->len == len &&
		    memcmp(s->bytes + n->at, name, len) == 0)
			return s->slots[i] - 1U;
	}
	place = name_add(s, name, len);
	if (place != SCOPE_NO_NAME)
		s->slots[i] = (uint16_t)(place + 1);
	return place;
}

bool
xml_scope_declare(struct xml_scope *s, const struct scope_name *n,
    struct xml_value uri, unsigned depth)
{
	struct scope_prefix *prefix = &s->prefixes[n->prefix];
	enum xml_ns	 ns = xml_namespace_of(uri.s, uri.len);
	struct scope_binding *b;

	if (s->n_bindings == SCOPE_BINDINGS || uri.len == 0 ||
	    ns == NS_XML || n->prefix == SCOPE_XML ||
	    memchr(uri.s, '"', uri.len) != NULL ||
	    strcmp(s->bytes + prefix->at, "xmlns") == 0)
		return false;
	strbuf_addc(&s->declared, ' ');
	strbuf_add(&s->declared, s->bytes + n->at, n->len);
	strbuf_adds(&s->declared, "=\"");
	strbuf_add(&s->declared, uri.s, uri.len);
	strbuf_addc(&s->declared, '"');
	b = &s->bindings[s->n_bindings++];
	b->prefix = n->prefix;
	b->hidden_ns = prefix->ns;
	b->hid_one = prefix->is_bound;
	b->depth = (uint16_t)depth;
	b->len = s->declared.len;
	prefix->ns = (uint8_t)ns;
	prefix->is_bound = true;
	return true;
}

void
xml_scope_undeclare(struct xml_scope *s, unsigned depth)
{
	const struct scope_binding *b;

	while (s->n_bindings > 0 &&
	    s->bindings[s->n_bindings - 1].depth >= depth) {
		b = &s->bindings[--s->n_bindings];
		s->prefixes[b->prefix].ns = b->hidden_ns;
		s->prefixes[b->prefix].is_bound = b->hid_one;
		s->declared.len = s->n_bindings == 0 ? 0 :
		    s->bindings[s->n_bindings - 1].len;
	}
}

enum xml_ns
xml_scope_prefix(const struct xml_scope *s, const char *prefix, size_t len)
{
	const struct scope_prefix *x;
	unsigned	 i;

	for (i = SCOPE_XML + 1; i < s->n_prefixes; i++) {
		x = &s->prefixes[i];
		if (x->is_bound && x->len == len &&
		    memcmp(s->bytes + x->at, prefix, len) == 0)
			return x->ns;
	}
	return NS_NONE;
}

void
xml_scope_init(struct xml_scope *s)
{
	(void)prefix_find(s, "", 0);
	(void)prefix_find(s, "xml", 3);
	s->prefixes[SCOPE_DEFAULT].is_bound = true;
	s->prefixes[SCOPE_XML].is_bound = true;
	s->prefixes[SCOPE_DEFAULT].ns = NS_NONE;
	s->prefixes[SCOPE_XML].ns = NS_XML;
}

void
xml_scope_clear(struct xml_scope *s)
{
	strbuf_clear(&s->declared);
}
