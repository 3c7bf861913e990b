#ifndef SPOOL_UPKEEP_H
#define SPOOL_UPKEEP_H

#include <stdint.h>

struct store;
struct event;

/* What `verify` found in the spool. */
enum upkeep_finding {
	UPKEEP_FILE_MISSING = 1, /* a row without its file */
	UPKEEP_FILE_DAMAGED,	 /* the bytes are not what the name says */
	UPKEEP_FILE_UNKNOWN,	 /* a file without its row */
	UPKEEP_FILE_UNPURGED,	 /* a tombstone whose file is still there */
	UPKEEP_DATABASE_DAMAGED	 /* SQLite's own check; name says what */
};
typedef int (*upkeep_found)(enum upkeep_finding what, const char *name,
    void *arg);
/*
 * Hash every file against its row, and check the database. *n_files were
 * read. The event chain is event_verify()'s. A callback's nonzero ends
 * the walk and is returned; -1 on failure.
 */
int	 upkeep_verify(struct store *st, upkeep_found found, void *arg,
    int64_t *n_files);

/*
 * One mail for ever gone: blob, texts, names and file; its row stays as a
 * tombstone with hash, size and times. e tells it (verb, who, reason;
 * mail is set here). Its submissions keep their facts without names.
 */
int	 upkeep_purge(struct store *st, int64_t mail, const struct event *e);

typedef int (*upkeep_expired)(int64_t mail, void *arg);
/* Finished mails taken before, that made no submission: to be purged. */
int	 upkeep_each_expired(struct store *st, int64_t taken_before_utc,
    upkeep_expired row, void *arg);

/*
 * A copy of the state while daemon and command go on: database, key, the
 * spool's files, campaigns/ and status/. dir must not exist or be empty.
 */
int	 upkeep_backup(struct store *st, const char *dir);

/*
 * Before the ledger is made anew from raw mails and events: forgets what
 * was derived (parsed blobs, filings, submissions); every mail that is
 * not purged becomes stored. Events, mails sent, steps, learned addresses
 * stay. One transaction.
 */
int	 upkeep_wipe_derived(struct store *st);

#endif
