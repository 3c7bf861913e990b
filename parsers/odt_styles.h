#ifndef PARSERS_ODT_STYLES_H
#define PARSERS_ODT_STYLES_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/name_table.h"
#include "parsers/number_format.h"
#include "parsers/styles.h"
#include "parsers/xml.h"

struct arena;
struct strbuf;

/*
 * Styles and list styles of an OpenDocument file (ODF 1.2, 16 and 19),
 * from styles.xml and from the automatic styles of content.xml.
 */

#define ODT_LEVELS 10

struct odt_level {
	bool		 is_defined;
	bool		 is_bullet;
	enum number_format format;
	const char	*bullet;
	const char	*prefix;
	const char	*suffix;
	const char	*pattern; /* "%1%.%2%": beats the rest; or NULL */
	int32_t		 start;
	uint8_t		 display_levels; /* how many are shown */
};

/* Counters of one list, and of those that continue it. */
struct odt_counters {
	uint32_t	 index;	/* 1.., which list this is */
	bool		 running[ODT_LEVELS];
	int32_t		 value[ODT_LEVELS];
};

struct odt_list_style {
	struct odt_level levels[ODT_LEVELS];
	struct odt_counters *last; /* what continue-numbering goes on with */
};

struct odt_styles {
	struct arena	*arena;
	struct styles	*styles; /* ids: "p:" or "t:", then the name */
	struct name_table list_styles;
	size_t		 n_list_styles;
	struct odt_list_style outline; /* numbering of headings */
	/* while reading */
	struct style	*open;
	struct odt_list_style *list;
	struct odt_level *level;
	unsigned	 skip;
};

/* The handler for styles.xml. */
extern const struct xml_handler odt_styles_handler;
void	odt_styles_init(struct odt_styles *s, struct arena *arena);
/*
 * Style elements of content.xml are handed on by its own handler; false:
 * not one of them, and what is in it is of no interest here.
 */
bool	odt_style_start(struct odt_styles *s, const struct xml_tag *tag);
void	odt_style_end(struct odt_styles *s, enum xml_ns ns,
    enum xml_name name);
/* Where a style is looked up: kind 'p' or 't'; NULL when there is none. */
const struct style *odt_style_find(const struct odt_styles *s, char kind,
    struct xml_value name);
struct odt_list_style *odt_list_style_find(const struct odt_styles *s,
    struct xml_value name);

/*
 * Count at a level 0.. and write the label. start: a value this item
 * begins with, INT32_MIN for none. False when the level shows no number.
 */
bool	odt_count(const struct odt_list_style *style,
    struct odt_counters *counters, unsigned level, int32_t start,
    struct strbuf *out);

#endif
