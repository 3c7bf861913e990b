#ifndef PARSERS_TAG_SCAN_H
#define PARSERS_TAG_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/status.h"

/*
 * Looks over XML bytes before a parser sees them: how long start tags are
 * and how many attributes they have. Zero it before the first piece.
 */
struct tag_scan {
	uint8_t	 started;
	uint8_t	 unit;	/* bytes per character: 1, or 2 for UTF-16 */
	uint8_t	 high_first; /* UTF-16BE */
	uint8_t	 state;
	uint8_t	 quote;
	uint8_t	 seen;	/* of "-->", "]]>", "?>", "CDATA[" */
	uint8_t	 half;	/* a UTF-16 unit cut in two: its first byte … */
	uint8_t	 has_half; /* … and whether there is one */
	uint8_t	 has_cdata; /* a CDATA section has begun */
	uint32_t bytes;	/* of the open tag */
	uint32_t equals;
};

/*
 * The next piece. PARSE_LIMIT for a start tag past LIMIT_TAG_BYTES or
 * LIMIT_TAG_ATTRIBUTES, PARSE_HOSTILE for a declaration (DOCTYPE),
 * PARSE_DAMAGED for an encoding it cannot follow.
 */
enum parse_status tag_scan(struct tag_scan *t, const uint8_t *p, size_t len);

#endif
