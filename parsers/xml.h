#ifndef PARSERS_XML_H
#define PARSERS_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/status.h"
#include "parsers/xml_names.h"
#include "parsers/xml_namespaces.h"

/*
 * Streaming XML for the parts of office files: libxml2's SAX2 push parser
 * behind names and namespaces as numbers, without DTDs, entities, network
 * or memory that grows with the part. A DOCTYPE makes the part hostile;
 * start tags are measured before libxml2 sees them, because it takes
 * quadratic time over the attributes of one element.
 */
struct xml;

/* A borrowed piece of text; s is NULL for "not there". */
struct xml_value {
	const char	*s;
	size_t		 len;
};

struct xml_tag {
	enum xml_ns	 ns;
	enum xml_name	 name;	/* N_OTHER for one we do not know */
	struct xml	*xml;
	const unsigned char **attributes; /* libxml2's quintuples */
	int		 n_attributes;
};

struct xml_handler {
	void	(*start)(void *ctx, const struct xml_tag *tag);
	void	(*end)(void *ctx, enum xml_ns ns, enum xml_name name);
	void	(*text)(void *ctx, const char *s, size_t len); /* or NULL */
};

struct xml	*xml_new(const struct xml_handler *h, void *ctx);
void		 xml_free(struct xml *x);
/*
 * Parse a piece of the part, of any size. Returns PARSE_OK, or for good
 * PARSE_DAMAGED (not well-formed), PARSE_HOSTILE, PARSE_LIMIT, or what a
 * handler gave to xml_stop().
 */
enum parse_status xml_feed(struct xml *x, const void *p, size_t len);
/* The end of the part has come. */
enum parse_status xml_finish(struct xml *x);
/* For handlers: parse no further. */
void		 xml_stop(struct xml *x, enum parse_status why);

/* The number of a name; N_OTHER for one we do not know. */
enum xml_name	 xml_name_of(const char *name);

struct xml_value xml_attribute(const struct xml_tag *tag, enum xml_ns ns,
    enum xml_name name);
/* The i-th attribute (of n_attributes), whatever its namespace. */
enum xml_name	 xml_attribute_at(const struct xml_tag *tag, int i,
    struct xml_value *v);
/* A decimal number; other when absent or not a number. */
long		 xml_number(const struct xml_tag *tag, enum xml_ns ns,
    enum xml_name name, long other);
/* The namespace a prefix stands for here: NS_NONE when for none. */
enum xml_ns	 xml_prefix(const struct xml_tag *tag, const char *prefix,
    size_t len);

bool		 xml_equals(struct xml_value v, const char *s);
/* Without regard to ASCII case. */
bool		 xml_alike(struct xml_value v, const char *s);
/* ST_OnOff: on unless 0, false, off; an absent value is on. */
bool		 xml_is_on(struct xml_value v);
long		 xml_to_number(struct xml_value v, long other);

#endif
