#ifndef SPOOL_FOLDER_H
#define SPOOL_FOLDER_H

#include <stddef.h>
#include <stdint.h>

struct store;

/* A folder of a mailbox account: how far we have read it. */
struct folder {
	const char	*account;
	const char	*name;	     /* "" for a maildir */
	uint32_t	 uidvalidity; /* 0 = never seen */
	uint32_t	 uidnext;    /* first UID not yet taken in */
	int64_t		 ok_utc;     /* last time all of it was read; 0 */
};

/* On the heap, free(); NULL when never seen, or on failure (see error). */
struct folder *folder_find(struct store *st, const char *account,
    const char *name);
/*
 * Record where we stand. A new uidvalidity forgets the old uid rows; the
 * mails themselves are known by their hash.
 */
int	 folder_save(struct store *st, const struct folder *f);

enum uid_state {
	UID_FETCHING = 1, /* asked for; no answer yet */
	UID_STORED = 2,	  /* its mail is in the spool */
	UID_FAILED = 3,	  /* could not be read; tried again */
	UID_REFUSED = 4	  /* given up: too large, too many tries, gone */
};

struct uid {
	const char	*account;
	const char	*folder;
	uint32_t	 uidvalidity;
	uint64_t	 uid;	  /* for a maildir: hash of the name */
	enum uid_state	 state;
	int		 attempts;
	int64_t		 mail;	  /* 0 until stored */
	int		 is_marked; /* the server was told */
	const char	*text;	  /* why it failed */
};

#define UID_ATTEMPTS 3 /* then a failed one is refused */

/*
 * UIDs are about to be asked for: attempts + 1, one transaction. Of
 * *u only account, folder, uidvalidity count; those stored stay stored.
 */
int	 uid_start(struct store *st, const struct uid *u,
    const uint64_t *uids, size_t n);
/*
 * It could not be read: failed, or refused after UID_ATTEMPTS starts or
 * when is_final. A uid without a row counts as started once. What it is now
 * goes to *state.
 */
int	 uid_fail(struct store *st, const struct uid *u, int is_final,
    const char *text, enum uid_state *state);
/* The server was told of this stored UID (keyword, move). */
int	 uid_mark(struct store *st, const struct uid *u);

typedef int (*uid_row)(const struct uid *u, void *arg);
/*
 * Rows of a folder, by uid; a callback's nonzero ends the walk and is
 * returned. state 0 = all. -1 on failure.
 */
int	 uid_each(struct store *st, const char *account, const char *folder,
    enum uid_state state, uid_row row, void *arg);
/* Those to ask for again: failed ones, and fetching ones left behind. */
int	 uid_each_retry(struct store *st, const char *account,
    const char *folder, uid_row row, void *arg);
/* Stored, filed or held for good, and the server not yet told. */
int	 uid_each_unmarked(struct store *st, const char *account,
    const char *folder, uid_row row, void *arg);

#endif
