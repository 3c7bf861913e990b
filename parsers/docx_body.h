#ifndef PARSERS_DOCX_BODY_H
#define PARSERS_DOCX_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/draft.h"
#include "parsers/flow.h"
#include "parsers/properties.h"
#include "parsers/xml.h"

struct numbering;
struct style;
struct styles;

/*
 * State of the pass over a main document part (17.2): where in a paragraph
 * we are, and the stories one inside the other (the body, a text box
 * anchored in it). docx_body.c walks blocks, docx_properties.c reads
 * properties, docx_run.c what is in a run.
 */

/* Which kind of properties is being read. */
enum body_place { IN_CONTENT = 0, IN_PARAGRAPH_PROPERTIES,
	IN_MARK_PROPERTIES, IN_RUN_PROPERTIES, IN_SDT_PROPERTIES,
	IN_ROW_PROPERTIES, IN_CELL_PROPERTIES, IN_SECTION_PROPERTIES };

#define FIELDS_MAX 32

/* A story being read, with its open paragraph. */
struct body_story {
	struct story	 story;
	uint32_t	 number; /* 0: the body; text boxes 1, 2, … */
	bool		 is_open; /* a w:p has begun */
	bool		 is_empty; /* it has nothing that Word would number */
	bool		 has_section; /* its mark ends a section */
	bool		 hid_text; /* some was w:vanish */
	bool		 next_page; /* a page ended before this paragraph */
	bool		 starts_page; /* … or at its start */
	size_t		 page_end; /* behind its last page break, or 0 */
	const struct style *style;
	struct paragraph_format format;
	struct run_format mark;
	struct draft	 draft;
	struct draft	 carried; /* text whose paragraph mark is deleted */
	struct paragraph_list waiting; /* text boxes of this paragraph */
	/* the run */
	struct run_format run;
	const struct style *run_style;
	struct look	 look;	/* effective, when has_look */
	bool		 has_look;
	bool		 is_hidden;
	/* fields: bit n says that field n is past its separator */
	unsigned	 fields;
	uint32_t	 results;
	/* what a tracked change deleted */
	bool		 is_deleted_row;
	bool		 is_deleted_cell;
};

#define STORIES_MAX 8

struct body {
	struct flow	*flow;
	const struct styles *styles;
	struct numbering *numbering;
	struct xml	*xml;	/* of the tag at hand */
	enum body_place	 place;
	struct alternates alternates;
	unsigned	 skip;	/* depth inside a subtree not read */
	bool		 has_root; /* and it is w:document */
	bool		 is_text;  /* inside w:t */
	bool		 keeps_space; /* … with xml:space="preserve" */
	bool		 all_keeps_space; /* said at the root */
	size_t		 text_from; /* where this w:t began in the draft */
	bool		 is_placeholder; /* sdtPr said showingPlcHdr */
	enum body_place	 section_from; /* place to return to from sectPr */
	bool		 is_continuous; /* that section starts no page */
	size_t		 section_first; /* its first paragraph in the flow */
	uint32_t	 boxes;	/* text boxes so far */
	struct strbuf	 label;
	struct body_story *stories[STORIES_MAX];
	unsigned	 n_stories;
};

extern const struct xml_handler body_handler;
void	body_init(struct body *b, struct flow *f);
void	body_clear(struct body *b);

static inline struct body_story *
body_story(struct body *b)
{
	return b->stories[b->n_stories - 1];
}

/* docx_properties.c: an element in a place that is not content. */
void	property_element(struct body *b, const struct xml_tag *tag);
/* The end of pPr, rPr, sdtPr, trPr, tcPr or sectPr. */
void	properties_end(struct body *b, enum xml_name name);
void	body_section_start(struct body *b);

/* docx_run.c: elements inside a run. False: not one of them. */
bool	run_element(struct body *b, const struct xml_tag *tag);
void	run_text(struct body *b, const char *s, size_t len);
void	run_text_end(struct body *b);
/* Does text count here: not hidden, not a field's instruction? */
bool	run_is_shown(struct body *b);

#endif
