#ifndef PARSERS_CMS_H
#define PARSERS_CMS_H

#include <stdbool.h>

#include "parsers/bytes.h"

struct arena;

/*
 * The content inside opaque S/MIME (RFC 8551 §3.5.2): CMS SignedData
 * (RFC 5652 §5) in BER. The signature is not checked. content lies within
 * the blob, the arena, or the room of its pages. False when it is no
 * SignedData with content: encrypted, or damaged.
 */
bool	 cms_signed_content(struct bytes blob, struct arena *arena,
    struct bytes *content);

#endif
