#ifndef PARSERS_STYLES_H
#define PARSERS_STYLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/properties.h"
#include "parsers/xml.h"

struct arena;

enum style_type { STYLE_PARAGRAPH, STYLE_CHARACTER, STYLE_NUMBERING,
	STYLE_OTHER };

/* A style with everything its basedOn chain gives it. */
struct style {
	const char	*id;
	enum style_type	 type;
	const struct style *base; /* NULL at the root of the chain */
	struct run_format run;
	struct paragraph_format paragraph;
	uint8_t		 level;	  /* 1..9 heading, 0 none */
	bool		 is_title; /* Title, Subtitle, or based on them */
	bool		 is_list; /* List Paragraph, List Bullet 2, … */
	bool		 is_toc;
};

struct styles;

/* The handler for styles.xml; its ctx is what styles_new() gives. */
extern const struct xml_handler styles_handler;
struct styles	*styles_new(struct arena *arena);
/*
 * For readers of other formats: a new style to fill in, NULL when its id
 * is taken or there are too many; then its name and what it is based on.
 * Strings are borrowed for the life of the arena.
 */
struct style	*styles_add(struct styles *s, const char *id,
    enum style_type type);
void		 styles_describe(struct style *style, const char *name,
    const char *base);
/* Fold the chains, once the part is read (or there is none). */
void		 styles_fold(struct styles *s);

/* By styleId; NULL when there is no such style. */
const struct style *styles_find(const struct styles *s,
    struct xml_value id);
/*
 * The style of a paragraph: by pStyle, else the default one. Never NULL.
 * An id that is missing from the part but is the usual one of a heading
 * ("Heading1") is that heading.
 */
const struct style *styles_paragraph(const struct styles *s,
    struct xml_value id);
/* Document defaults (w:docDefaults). */
const struct run_format *styles_run_defaults(const struct styles *s);
const struct paragraph_format *styles_paragraph_defaults(
    const struct styles *s);

#endif
