#ifndef TESTS_FAULT_H
#define TESTS_FAULT_H

/*
 * System calls that fail on demand. Linking fault.c puts its own open,
 * write, fsync, rename, link … in front of those of libc, also for the
 * libraries (SQLite). They count, and at the n-th one something happens.
 */
enum fault_mode {
	FAULT_NONE = 0,
	FAULT_EIO,	/* the n-th call gives EIO */
	FAULT_READ,	/* the same, counting only what reads or looks */
	FAULT_FULL,	/* from the n-th on, what needs space gives ENOSPC */
	FAULT_KILL,	/* the process ends at the n-th call */
	FAULT_TORN,	/* the same, but half of a write is done */
	FAULT_POWER	/* it ends at the n-th sync, and what was not synced
			   is lost: see fault_restore() */
};

#define FAULT_EXIT 99 /* status of a process ended so */

/*
 * Begin counting. shadow: for FAULT_POWER an empty folder outside that
 * gets a copy of whatever is synced; else NULL.
 */
void	 fault_arm(enum fault_mode mode, int n, const char *shadow);
/* Stop; the number of calls counted, and of syncs among them. */
int	 fault_disarm(int *n_syncs);
/* Was the n-th call (sync) reached? */
int	 fault_is_past(void);
/* _exit(), which also keeps the counters of `make coverage`. */
void	 fault_exit(int status) __attribute__((noreturn));

/*
 * After FAULT_POWER: make anew in `to` what a disk would still hold of
 * the folder `from`: of each folder the entries of its last sync, of each
 * file its bytes at its last sync.
 */
void	 fault_restore(const char *shadow, const char *from, const char *to);

#endif
