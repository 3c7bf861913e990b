#ifndef PARSERS_LEGACY_H
#define PARSERS_LEGACY_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/draft.h"

/*
 * Vietnamese text in the old 8-bit font encodings, TCVN3 (.VnTime) and VNI
 * (VNI-Times), found by the characters and not by the font's name, which
 * often lies. Text comes as Unicode code points equal to the old bytes.
 */

/* How often the paragraphs of a document decided the one or the other. */
struct legacy_votes {
	uint32_t	unicode;
	uint32_t	legacy;
};

enum legacy_verdict {
	LEGACY_NO = 0,		/* Unicode, or nothing to decode */
	LEGACY_DECODED = 1,
	LEGACY_UNDECIDED = 2	/* ask again when the document is known */
};

/* Decide for one paragraph, and decode it where that is sure. */
enum legacy_verdict legacy_decode(struct draft *d, struct legacy_votes *v);
/* An undecided one, once all have voted. */
enum legacy_verdict legacy_decode_late(struct draft *d,
    const struct legacy_votes *v);

#endif
