#ifndef PARSERS_ARCHIVE_H
#define PARSERS_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"
#include "parsers/status.h"

struct arena;

/*
 * A zip file in memory, read through libzip with our own limits: entries,
 * bytes per part and per file as they really come out, and the ratio of
 * inflated to stored. Names are looked up without regard to ASCII case,
 * a leading "/" and the direction of slashes; two entries of one name
 * make the file hostile. Names never become paths.
 */
struct archive;

/* file is borrowed until archive_close(). */
enum parse_status archive_open(struct bytes file, struct archive **out);
void		 archive_close(struct archive *a);

size_t		 archive_count(const struct archive *a);
/* As it stands in the file, not NUL-clean UTF-8 of necessity; borrowed. */
const char	*archive_name(const struct archive *a, size_t entry);
bool		 archive_is_encrypted(const struct archive *a, size_t entry);
bool		 archive_is_folder(const struct archive *a, size_t entry);
/* Index of the entry of that name, -1 when there is none. */
long		 archive_find(const struct archive *a, const char *name);

/*
 * Read one entry piece by piece. next() gives PARSE_OK and *len == 0 at
 * the end, where the CRC has been checked (PARSE_DAMAGED if it is wrong).
 * limit: most bytes the entry may hold. One part open at a time.
 */
struct archive_part;
enum parse_status archive_part_open(struct archive *a, size_t entry,
    size_t limit, struct archive_part **out);
enum parse_status archive_part_next(struct archive_part *p,
    const uint8_t **chunk, size_t *len);
void		 archive_part_close(struct archive_part *p);

/*
 * The whole entry, in the arena or kept in the room of its pages.
 */
enum parse_status archive_read(struct archive *a, size_t entry,
    size_t limit, struct arena *arena, struct bytes *out);

#endif
