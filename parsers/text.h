#ifndef PARSERS_TEXT_H
#define PARSERS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct arena;

/*
 * Keys for comparing Vietnamese text. TEXT_KEY: NFKC, case folded, tone
 * marks pulled to the syllable's end as digits, i/y unified, punctuation
 * to single spaces, digits apart from letters ("TDP5" is "tdp 5").
 * TEXT_KEY_TONELESS: the same without tones.
 * TEXT_KEY_BARE: ASCII letters and digits only (no marks, đ to d).
 */
enum text_key { TEXT_KEY = 0, TEXT_KEY_TONELESS = 1, TEXT_KEY_BARE = 2 };

/* In the arena; never NULL; invalid UTF-8 becomes U+FFFD first. */
char	*text_key(const char *s, enum text_key which, struct arena *arena);
/* Is it valid UTF-8 without NUL? */
bool	 text_is_utf8(struct bytes b);
/* NFC copy with one-line white space, controls and bidi marks dropped. */
char	*text_clean(const char *s, struct arena *arena);
/* Behind the blanks, dashes and bullets that an item of a list has first. */
const char *text_behind_marks(const char *s);
/* Column width for a terminal (wide characters count 2). */
int	 text_width(const char *s);
/* At most `columns` wide, "…" at the end where cut. */
char	*text_cut(const char *s, int columns, struct arena *arena);
/* Upper case, as for display. */
char	*text_upper(const char *s, struct arena *arena);
/* Lower case, of len bytes. */
char	*text_lower(const char *s, size_t len, struct arena *arena);
/* Words (runs of letters or digits). */
size_t	 text_words(const char *s);
/*
 * Number of a Roman numeral I..XXXIX or 0; small letters, l for I and the
 * signs Ⅰ..Ⅻ too.
 */
int	 text_roman(const char *s, size_t len);
/*
 * Word number i of a key (words apart by one space), from 0; sets *len.
 * NULL past the last.
 */
const char *text_key_word(const char *key, size_t i, size_t *len);

#endif
