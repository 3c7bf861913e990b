#ifndef SPOOL_STORE_H
#define SPOOL_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * The state folder of one office: database, spool, secret key, lock.
 * Daemon and command meet here. Nothing in spool/ logs: every function
 * that fails leaves its reason in the handle, until the next one fails.
 * Not for threads.
 */
struct store;

enum store_mode {
	STORE_DAEMON = 1, /* takes the lock, makes what is missing */
	STORE_COMMAND,	  /* reads and writes beside a running daemon */
	STORE_READ	  /* changes nothing; the state must exist */
};

enum store_trouble {
	STORE_FINE = 0,
	STORE_DISK,	/* the disk or the file system fails: try later */
	STORE_FULL,	/* no space: try later */
	STORE_BUSY,	/* another process holds the database too long */
	STORE_DAMAGED,	/* database or spool does not hold what it should */
	STORE_NEWER,	/* made by a newer program */
	STORE_LOCKED,	/* another daemon is running; see store_pid() */
	STORE_ABSENT,	/* there is no state here */
	STORE_DENIED,	/* permissions */
	STORE_REFUSED	/* the caller asked for something illegal */
};

/* Times are instants in UTC, seconds. Strings are UTF-8, never NULL. */

/*
 * Open <dir>/tiepnhan.db and all around it; migrates an older database.
 * 0, or -1. *out is set in both cases and wants store_close().
 */
int	 store_open(const char *dir, enum store_mode mode,
    struct store **out);
void	 store_close(struct store *st); /* accepts NULL */

/* The version of the library below. */
const char *store_sqlite_version(void);

/* Why the last failing call failed: one line, what: reason. */
const char *store_error(const struct store *st);
enum store_trouble store_trouble(const struct store *st);

/*
 * One transaction (BEGIN IMMEDIATE). Calls nest: the functions of spool/
 * use them too, only the outermost commit writes. After a rollback at any
 * depth the outermost commit rolls back and gives -1.
 * 0, or -1; after -1 from commit nothing of it is stored.
 */
int	 store_begin(struct store *st);
int	 store_commit(struct store *st);
void	 store_rollback(struct store *st);

enum store_group {
	STORE_GROUP_SYNCED = 1, /* on disk once it is committed */
	STORE_GROUP_LAZY	/* for what can be done again: it survives the
				   end of the process at once, a power loss
				   only after the next usual commit */
};
/*
 * Several transactions with one commit: each of those begun until then is
 * whole or absent by itself, one that fails takes no other with it. What
 * they say holds only when the group's commit has returned 0: after -1
 * nothing of any of them is stored. Not within a transaction.
 */
int	 store_group_begin(struct store *st, enum store_group kind);
int	 store_group_commit(struct store *st);

/* 32 random bytes, made at the first start and never changed. */
#define STORE_KEY_BYTES 32
const uint8_t *store_key(const struct store *st);
/* A descriptor of the state folder, borrowed. */
int	 store_dir_fd(const struct store *st);
/* Pid of the daemon that holds the lock of this state; 0 when none. */
pid_t	 store_daemon_pid(const char *dir);
/* The pid met when store_open() gave STORE_LOCKED. */
pid_t	 store_pid(const struct store *st);
/*
 * A number that changes whenever another connection or this one has
 * changed the database: for "has anything happened since?". 0 on failure.
 */
int64_t	 store_version(struct store *st);

#endif
