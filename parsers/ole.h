#ifndef PARSERS_OLE_H
#define PARSERS_OLE_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct pages;

/*
 * OLE containers (MS-CFB): only what tells old Word files and encrypted
 * new ones apart. The directory entry (128 bytes) of the stream of that
 * name, any case; NULL when there is none. pages: what the file may stand
 * in, or NULL.
 */
const uint8_t	*ole_find(struct bytes file, const char *name,
    struct pages *pages);
/* Does a Word 97 file say that it has a password (MS-DOC, fEncrypted)? */
bool		 ole_word_is_encrypted(struct bytes file,
    struct pages *pages);

#endif
