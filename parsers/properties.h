#ifndef PARSERS_PROPERTIES_H
#define PARSERS_PROPERTIES_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/xml.h"

/*
 * Run and paragraph properties as WordprocessingML states them (17.3.1,
 * 17.3.2): what is set here and to what, before styles are folded in.
 */

/* Toggle and on/off properties of runs. */
enum look_bit {
	LOOK_BOLD = 1 << 0,
	LOOK_ITALIC = 1 << 1,
	LOOK_UNDERLINE = 1 << 2,
	LOOK_CAPS = 1 << 3,
	LOOK_VANISH = 1 << 4,
	LOOK_SPEC_VANISH = 1 << 5
};

/* What a font's name makes of the characters. */
enum font_kind {
	FONT_UNSET = 0,
	FONT_PLAIN,
	FONT_TCVN,	/* .VnTime: TCVN3 */
	FONT_TCVN_CAPS,	/* .VnTimeH: TCVN3, small letters drawn as capitals */
	FONT_VNI,
	FONT_SYMBOL,
	FONT_WINGDINGS
};

struct run_format {
	uint8_t	 set;	/* look bits that are stated … */
	uint8_t	 on;	/* … and those of them that are on */
	uint8_t	 font;	/* enum font_kind */
	uint8_t	 mark_deleted; /* rPr/w:del or moveFrom (paragraph mark) */
	uint16_t half_points; /* 0: not stated */
};

#define OUTLINE_UNSET (-1)
#define OUTLINE_BODY 9

enum justification { JC_UNSET = 0, JC_CENTRE, JC_OTHER };
enum tristate { STATE_UNSET = 0, STATE_ON, STATE_OFF };

struct paragraph_format {
	int32_t	 num_id;  /* -1: not stated; 0: no numbering */
	int8_t	 ilvl;	  /* -1: not stated */
	int8_t	 outline; /* 0..8, OUTLINE_BODY, OUTLINE_UNSET */
	uint8_t	 jc;	  /* enum justification */
	uint8_t	 keep_next; /* enum tristate */
	uint8_t	 page_break; /* enum tristate */
};

#define RUN_FORMAT_UNSET ((struct run_format){0})
#define PARAGRAPH_FORMAT_UNSET ((struct paragraph_format){ \
	.num_id = -1, .ilvl = -1, .outline = OUTLINE_UNSET})

enum font_kind font_kind_of(const char *name, size_t len);

/* State one look bit. */
void	run_format_set(struct run_format *f, uint8_t bit, bool on);
/* Take one child element of rPr or pPr (or of numPr) into the format. */
void	run_format_read(struct run_format *f, const struct xml_tag *tag);
void	paragraph_format_read(struct paragraph_format *f,
    const struct xml_tag *tag);
/* What f does not state is taken from base. */
void	run_format_inherit(struct run_format *f,
    const struct run_format *base);
void	paragraph_format_inherit(struct paragraph_format *f,
    const struct paragraph_format *base);

/*
 * mc:AlternateContent (Part 3): of its branches exactly one is read, the
 * first Choice whose namespaces we know, else the Fallback.
 */
#define ALTERNATES_MAX 64
struct alternates {
	unsigned depth;
	bool	 taken[ALTERNATES_MAX];
};

/* Start of an mc: element: false when its content must be skipped. */
bool	alternates_enter(struct alternates *a, const struct xml_tag *tag);
/* End of an mc: element that was entered. */
void	alternates_leave(struct alternates *a, enum xml_name name);

#endif
