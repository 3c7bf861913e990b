#ifndef PARSERS_TNEF_H
#define PARSERS_TNEF_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/bytes.h"

struct arena;

/* A file out of winmail.dat. */
struct tnef_file {
	const char	*name;	/* UTF-8, not cleaned; "" if none */
	struct bytes	 content; /* within the blob */
};

/* Is it a TNEF blob? ([MS-OXTNEF] §2.1.3) */
bool	 tnef_sniff(struct bytes blob);
/*
 * The attached files, at most LIMIT_ATTACHMENTS, in the arena; fewer where
 * the blob is cut or lies. Messages within messages are not opened.
 */
size_t	 tnef_files(struct bytes blob, struct arena *arena,
    struct tnef_file **out);

#endif
