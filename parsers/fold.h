#ifndef PARSERS_FOLD_H
#define PARSERS_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/text.h"

/*
 * Keys of text that is made of ASCII and composed Vietnamese letters, which
 * is nearly all, one run of like signs after the other.
 */
enum fold {
	FOLD_END,		/* of the text */
	FOLD_GAP,		/* signs between words */
	FOLD_WORD,		/* letters */
	FOLD_NUMBER,		/* digits */
	FOLD_OTHER		/* not that simple: see text_key() */
};

#define FOLD_TONES 8		/* most of one syllable that a key keeps */

/*
 * Moves *text behind the run that it begins with, and writes the key of a
 * word or number to out: no more bytes than the run has, no NUL. When the
 * run holds, or is followed by, a sign that is not that simple, nothing is
 * moved.
 */
enum fold fold_run(const char **text, enum text_key which, char *out,
    size_t *len);
/* hy ky ly my sy ty quy are spelt with i as well: is it one of them? */
bool	 fold_is_loose_y(const char *syllable, size_t len);

#endif
