#ifndef SPOOL_LOGLINE_H
#define SPOOL_LOGLINE_H

#include <stddef.h>
#include <stdint.h>

struct store;

/*
 * Lines of status.log. They are rows of the same transaction as what they
 * tell; the file is a copy of the rows, line for line, so that after a
 * crash the half line is cut and what is missing is added. Each row knows
 * the byte of the file where its line begins.
 */

/* One line without its newline; control characters become blanks. */
int	 logline_add(struct store *st, const char *line);

enum logline_flushed { LOGLINE_NOTHING = 0, LOGLINE_WRITTEN,
	LOGLINE_REPLACED /* the file was not ours: kept as NAME~ */ };
/*
 * Bring the file up to date and sync it; after the commit, before
 * anything outside is told. dir_fd/name: the file, made 0640 if missing.
 */
int	 logline_flush(struct store *st, int dir_fd, const char *name,
    enum logline_flushed *what);

typedef int (*logline_row)(const char *line, void *arg);
/* The last n lines (0 = all) in order. Callback rules as everywhere. */
int	 logline_each(struct store *st, size_t n, logline_row row, void *arg);

#endif
