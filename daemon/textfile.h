#ifndef DAEMON_TEXTFILE_H
#define DAEMON_TEXTFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/bytes.h"

struct arena;
struct problems;

/* Text files that people edit: UTF-8, small, replaced as a whole. */

/*
 * The whole file, NUL-terminated, in the arena. NULL when it cannot be
 * read, is too long or is not UTF-8 text; then a problem was added.
 */
char	*textfile_read(const char *path, struct arena *arena,
    struct problems *problems);
/* Is it UTF-8 text? If not, a problem was added, with its line. */
bool	 textfile_is_text(struct bytes b, const char *path,
    struct problems *problems);
/*
 * Replace DIR/NAME: written aside, synced, renamed, the folder synced.
 * 0, or -1 with errno and the old file in place.
 */
int	 textfile_replace(const char *dir, const char *name,
    const char *text, size_t len);

#endif
