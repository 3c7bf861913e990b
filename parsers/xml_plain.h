#ifndef PARSERS_XML_PLAIN_H
#define PARSERS_XML_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/xml.h"

struct strbuf;

/*
 * The quick reader of plain XML, which is what word processors write:
 * UTF-8, ASCII names, elements with attributes, text with the predefined
 * references. It takes nothing that libxml2 would not take in the same
 * way. Before anything else it stops, and libxml2 goes on from there: see
 * xml.c. Bytes of any kind may be fed.
 */
struct xml_plain;

enum plain_token {
	PLAIN_MORE,	/* what is left is no whole token */
	PLAIN_STRANGE,	/* libxml2 is to go on; for good */
	PLAIN_START,
	PLAIN_END,
	PLAIN_TEXT	/* or a part of it */
};

/* What a token is; strings live until the next call. */
struct plain_item {
	enum xml_ns	 ns;	/* of an element */
	enum xml_name	 name;
	const struct xml_attribute *attributes; /* of a start */
	int		 n_attributes;
	struct xml_value text;
};

struct xml_plain *xml_plain_new(void);
void	 xml_plain_free(struct xml_plain *p); /* accepts NULL */

void	 xml_plain_feed(struct xml_plain *p, const void *s, size_t len);
enum plain_token xml_plain_next(struct xml_plain *p,
    struct plain_item *item);
/* The root has ended and nothing is left? */
bool	 xml_plain_is_done(const struct xml_plain *p);

/* The namespace of a prefix, NS_NONE when it stands for none. */
enum xml_ns xml_plain_prefix(const struct xml_plain *p, const char *prefix,
    size_t len);

/*
 * What brings another parser to the same place: start tags of the open
 * elements with their namespaces, or, past the root, an empty one. Then
 * what is left. Returns how many elements the first part has.
 */
size_t	 xml_plain_context(const struct xml_plain *p, struct strbuf *tags);
struct xml_value xml_plain_rest(const struct xml_plain *p);

#endif
