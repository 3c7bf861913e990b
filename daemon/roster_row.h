#ifndef DAEMON_ROSTER_ROW_H
#define DAEMON_ROSTER_ROW_H

#include <stddef.h>

#include "daemon/roster.h"

/* Between the files of the roster only: rows in, a roster out. */

struct roster_reader;

struct roster_reader *roster_reader_new(const char *file,
    struct problems *problems);
/* One row; the first is the header. Cells may be NULL. */
void	 roster_reader_row(struct roster_reader *r, const char *const *cells,
    size_t n, unsigned line);
/* Checks the whole. NULL when there were problems. Frees the reader. */
struct roster *roster_reader_finish(struct roster_reader *r);

/* Columns of units.csv in the order we write them, ended by NULL. */
extern const char *const roster_columns[];

#endif
