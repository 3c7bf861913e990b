#ifndef PARSERS_XML_SCOPE_H
#define PARSERS_XML_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/strbuf.h"
#include "parsers/xml.h"

/*
 * Names of the quick XML reader: every one that it has met, by its place
 * in a table, and what prefixes stand for where it is. Of fixed size; what
 * finds no room is for another parser.
 */
#define SCOPE_SLOTS 512		/* power of two */
#define SCOPE_NAMES 384		/* distinct ones, of elements and attributes */
#define SCOPE_NAME_BYTES 8192	/* of all of them */
#define SCOPE_NAME_LONGEST 200
#define SCOPE_PREFIXES 64
#define SCOPE_BINDINGS 128	/* namespace declarations in force */

#define SCOPE_NO_NAME SCOPE_NAMES
#define SCOPE_DEFAULT 0		/* the place of no prefix … */
#define SCOPE_XML 1		/* … and of "xml" */

/* "w:rPr", or a declaration: "xmlns:w", "xmlns". */
struct scope_name {
	uint32_t	 tag;	/* the last start tag it was an attribute of */
	uint16_t	 at;	/* in bytes */
	uint16_t	 local;	/* enum xml_name of what follows the prefix */
	uint8_t		 len;
	uint8_t		 prefix; /* of it, or the one that is declared */
	bool		 is_declaration;
};

struct scope_prefix {
	uint16_t	 at;	/* in bytes */
	uint8_t		 len;
	uint8_t		 ns;
	bool		 is_bound;
};

/* A declaration in force, and what it hides. */
struct scope_binding {
	uint8_t		 prefix;
	uint8_t		 hidden_ns;
	bool		 hid_one;
	uint16_t	 depth;	/* of its element */
	size_t		 len;	/* of `declared`, up to and with it */
};

struct xml_scope {
	uint16_t	 slots[SCOPE_SLOTS]; /* place in names, plus one */
	struct scope_name names[SCOPE_NAMES];
	unsigned	 n_names;
	struct scope_prefix prefixes[SCOPE_PREFIXES];
	unsigned	 n_prefixes;
	char		 bytes[SCOPE_NAME_BYTES];
	size_t		 n_bytes;
	struct scope_binding bindings[SCOPE_BINDINGS];
	unsigned	 n_bindings;
	struct strbuf	 declared; /* ' xmlns:w="…"', one after the other */
};

/* s is zeroed. */
void	 xml_scope_init(struct xml_scope *s);
void	 xml_scope_clear(struct xml_scope *s);

/*
 * The place of a name, whose prefix, if any, is not empty; SCOPE_NO_NAME
 * when there is no room for it. hash: any number made of its bytes.
 */
unsigned xml_scope_name(struct xml_scope *s, const char *name, size_t len,
    uint32_t hash);
/*
 * What an attribute declares, for the element at this depth and what is in
 * it. false: no declaration that we follow.
 */
bool	 xml_scope_declare(struct xml_scope *s, const struct scope_name *n,
    struct xml_value uri, unsigned depth);
/* Forget the declarations of the elements at this depth and deeper. */
void	 xml_scope_undeclare(struct xml_scope *s, unsigned depth);
/* The namespace of a declared prefix; NS_NONE when it is none. */
enum xml_ns xml_scope_prefix(const struct xml_scope *s, const char *prefix,
    size_t len);

#endif
