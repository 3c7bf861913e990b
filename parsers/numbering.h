#ifndef PARSERS_NUMBERING_H
#define PARSERS_NUMBERING_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/xml.h"

struct arena;
struct paragraph_format;
struct strbuf;
struct style;
struct styles;

/*
 * Automatic numbering (17.9): definitions from numbering.xml, and the
 * counters that make labels of them in document order.
 */
struct numbering;

/* The handler for numbering.xml; its ctx is what numbering_new() gives. */
extern const struct xml_handler numbering_handler;
struct numbering *numbering_new(struct arena *arena);
/* Follow links between definitions, once part and styles are read. */
void		 numbering_link(struct numbering *n,
    const struct styles *styles);

/* What stands beside the text of a label. */
struct number_label {
	uint32_t	 list;	/* 1.. of the abstract list; 0 = none */
	uint8_t		 level; /* 1..9 */
	bool		 is_bullet;
};

/* Where a paragraph is to be counted. */
struct number_place {
	const struct style *style;
	const struct paragraph_format *direct; /* the paragraph's own */
	uint32_t	 story; /* text boxes count for themselves */
};

/*
 * Count one paragraph. Returns false when it has no number; else the
 * label's text (maybe none) is appended to out.
 */
bool		 numbering_count(struct numbering *n,
    const struct number_place *place, struct number_label *label,
    struct strbuf *out);

#endif
