#ifndef PARSERS_PACKAGE_H
#define PARSERS_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/bytes.h"
#include "parsers/status.h"
#include "parsers/xml.h"

/*
 * An Open Packaging package (ECMA-376 Part 2): parts found by
 * relationships, never by fixed names.
 */
struct package;

/* What relationships we follow: the last piece of their type. */
enum package_relation { RELATION_MAIN, RELATION_STYLES, RELATION_NUMBERING,
	RELATION_STRINGS, RELATION_SIGNATURE, RELATION_FOOTNOTES,
	RELATION_ENDNOTES, RELATION_COUNT };

/*
 * Opens the archive and finds the main part and what belongs to it.
 * file is borrowed until package_close(). PARSE_NOT_SUPPORTED when no main
 * part is there.
 */
enum parse_status package_open(struct bytes file, struct package **out);
void		 package_close(struct package *p);

/* Entry of the main part, or of a part related to it; -1 for none. */
long		 package_find(const struct package *p,
    enum package_relation r);
/* Part the main part's relationship `id` leads to; -1 for none. */
long		 package_find_id(const struct package *p,
    struct xml_value id);
bool		 package_is_signed(const struct package *p);

/* Stream one part through a handler. limit: most bytes. */
enum parse_status package_parse(struct package *p, long entry, size_t limit,
    const struct xml_handler *h, void *ctx);

struct archive;
/* The same for an archive that is no package (ODF). */
enum parse_status archive_parse(struct archive *a, long entry, size_t limit,
    const struct xml_handler *h, void *ctx);

#endif
