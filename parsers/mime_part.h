#ifndef PARSERS_MIME_PART_H
#define PARSERS_MIME_PART_H

#include <gmime/gmime.h>

#include "parsers/bytes.h"

struct arena;
struct strbuf;

/* A header's raw value, unfolded, of bounded length; NULL if absent. */
const char	*mime_part_header(GMimeObject *object, const char *name,
    struct arena *arena);
/* "text/plain": as labelled, in lower case; GMime's default if not. */
const char	*mime_part_type(GMimeObject *part, struct arena *arena);
/*
 * The content of a leaf: decoded into `decoded`, which is empty, or the raw
 * bytes where nothing is encoded. Valid while both last, and what decoded
 * stands in is not released (parsers/pages.h).
 */
struct bytes	 mime_part_content(GMimeObject *part, struct strbuf *decoded,
    struct arena *arena);

#endif
