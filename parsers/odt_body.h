#ifndef PARSERS_ODT_BODY_H
#define PARSERS_ODT_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/draft.h"
#include "parsers/flow.h"
#include "parsers/odt_styles.h"
#include "parsers/xml.h"

/*
 * State of the pass over content.xml: paragraphs (a frame in one holds
 * others), the spans around the text, the lists around the paragraph.
 */

#define ODT_SPANS_MAX 64
#define ODT_LISTS_MAX 32
#define ODT_STORIES_MAX 8

struct odt_list {
	struct odt_list_style *style;
	struct odt_counters *counters;
	bool		 is_header;  /* in text:list-header */
	bool		 is_counted; /* the item has its number */
	int32_t		 start;	/* start-value of the item, or INT32_MIN */
};

struct odt_story {
	struct story	 story;
	struct draft	 draft;
	struct paragraph_list waiting; /* frames of this paragraph */
	bool		 is_open;
	bool		 is_frame; /* lasts until its draw:text-box ends */
	long		 note;	/* … or this note does; 0 */
	struct paragraph_list note_text;
	bool		 is_heading;
	uint8_t		 level;	/* outline level of a text:h */
	bool		 was_space; /* white space collapses */
	const struct style *style;
	struct paragraph p;
	struct run_format spans[ODT_SPANS_MAX];
	unsigned	 n_spans;
	unsigned	 lists_from; /* lists outside the frame */
};

struct odt_body {
	struct flow	*flow;
	struct odt_styles *styles;
	struct xml	*xml;
	struct name_table lists_by_id; /* xml:id to counters */
	uint32_t	 n_lists;
	long		 n_notes;
	struct odt_list	 lists[ODT_LISTS_MAX];
	unsigned	 list_depth;
	struct odt_counters outline;
	struct odt_story *stories[ODT_STORIES_MAX];
	unsigned	 n_stories;
	unsigned	 skip;
	unsigned	 in_toc;
	bool		 is_text_document;
	struct strbuf	 label;
};

extern const struct xml_handler odt_body_handler;
void	odt_body_init(struct odt_body *b, struct flow *f,
    struct odt_styles *styles);
void	odt_body_clear(struct odt_body *b);

#endif
