#ifndef PARSERS_FOLD_H
#define PARSERS_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/text.h"

/*
 * Keys of text that is made of ASCII and composed Vietnamese letters, which
 * is nearly all, one word after the other.
 */
enum fold {
	FOLD_END,		/* of the text */
	FOLD_WORD,		/* letters */
	FOLD_NUMBER,		/* digits */
	FOLD_OTHER		/* not that simple: see text_key() */
};

#define FOLD_TONES 8		/* most of one syllable that a key keeps */

/* A word or number of a text, as written. */
struct fold_run {
	const char	*start;
	const char	*end;
};

/* Where the next word or number of a text begins, or what is not simple. */
const char *fold_start(const char *text);
/*
 * Finds the next word or number of a text and writes its key to out: *len
 * bytes, no more than it is written with, no NUL. When it holds, or is
 * followed by, a sign that is not that simple, only run->start is set.
 */
enum fold fold_next(const char *text, enum text_key which,
    struct fold_run *run, char *out, size_t *len);
/* hy ky ly my sy ty quy are spelt with i as well: is it one of them? */
bool	 fold_is_loose_y(const char *syllable, size_t len);

#endif
