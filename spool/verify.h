#ifndef SPOOL_VERIFY_H
#define SPOOL_VERIFY_H

#include <stdint.h>

struct store;

/* What may be wrong with the spool. */
enum verify_finding {
	VERIFY_FILE_MISSING = 1, /* a row without its file */
	VERIFY_FILE_DAMAGED,	 /* the bytes are not what the name says */
	VERIFY_FILE_UNKNOWN,	 /* a file without its row */
	VERIFY_FILE_UNPURGED,	 /* a tombstone whose file is still there */
	VERIFY_DATABASE_DAMAGED	 /* SQLite's own check; name says what */
};

typedef int (*verify_found)(enum verify_finding what, const char *name,
    void *arg);

/*
 * Hash every file against its row, and let SQLite check the database.
 * *n_files were read. The event chain is event_verify()'s. A callback's
 * nonzero ends the walk and is returned; -1 when it cannot be done.
 */
int	 verify_spool(struct store *st, verify_found found, void *arg,
    int64_t *n_files);

#endif
