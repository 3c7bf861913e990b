#ifndef PARSERS_CHARSET_H
#define PARSERS_CHARSET_H

#include "parsers/bytes.h"

struct arena;

/* For bytes whose sender names no charset, and that are not UTF-8. */
#define CHARSET_UNKNOWN "windows-1258"
/* Names in old zip files. */
#define CHARSET_ZIP "IBM437"

/*
 * Foreign text as UTF-8 in the arena, NUL-terminated, never NULL.
 *
 * label    the charset as the sender spells it; "" when there is none.
 *          Known lies are seen through: UTF-8 labelled as Latin-1 is
 *          read as UTF-8. An unknown label counts as none.
 *
 * What cannot be converted, and NUL, becomes U+FFFD. Not normalised.
 */
char	*charset_import(struct bytes text, const char *label,
    struct arena *arena);

#endif
