#ifndef PARSERS_NUMBERING_LISTS_H
#define PARSERS_NUMBERING_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/number_format.h"
#include "parsers/properties.h"

/*
 * The definitions of numbering.xml, as numbering_part.c reads and
 * numbering.c uses them.
 */
struct numbering;

#define LIST_LEVELS 9
#define LIST_RESTART_UNSET (-1)
#define LIST_START_UNSET INT32_MIN

struct list_level {
	const char	*text;	/* lvlText; NULL: no number is shown */
	const char	*style;	/* pStyle: style id tied to it, or NULL */
	int32_t		 start;
	int32_t		 restart; /* lvlRestart or LIST_RESTART_UNSET */
	enum number_format format;
	enum font_kind	 font;	/* of the label */
	uint8_t		 width;	/* digits, with NUMBER_PADDED */
	bool		 is_legal; /* isLgl: every counter in decimal */
	bool		 has_picture;
};

struct list_counters {
	uint32_t	 story;
	bool		 running[LIST_LEVELS];
	int32_t		 value[LIST_LEVELS];
};

struct list_abstract {
	int32_t		 id;
	uint32_t	 index;	/* 1.. in order of the part */
	bool		 is_single; /* singleLevel: always level 1 */
	const char	*style_link; /* we define that numbering style */
	const char	*num_style_link; /* that one defines us */
	struct list_level *levels[LIST_LEVELS];
	struct list_counters body;
	struct list_counters box;
};

struct list_override {
	struct list_level *level;
	bool		 has_start;
	int32_t		 start;
};

/* Levels at which a num has been used, per story. */
struct list_uses {
	uint32_t	 story;
	uint16_t	 levels;
};

struct list_num {
	int32_t		 id;
	int32_t		 abstract_id;
	struct list_abstract *abstract; /* NULL: defined nowhere */
	struct list_override *overrides; /* LIST_LEVELS of them, or NULL */
	struct list_uses body;
	struct list_uses box;
};

/* Found by numbering_link(); NULL when there is no such num. */
struct list_num	*lists_find(struct numbering *n, int32_t num_id);

#endif
