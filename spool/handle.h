#ifndef SPOOL_HANDLE_H
#define SPOOL_HANDLE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <sqlite3.h>

#include "spool/store.h"

struct statements;

/* The inside of struct store, for spool/ only. */
struct store {
	sqlite3		*db;
	enum store_mode	 mode;
	char		*path;	     /* as given */
	char		*spool_path; /* <path>/spool */
	int		 dir_fd;
	int		 spool_fd;
	int		 tmp_fd;
	int		 incoming_fd;
	int		 lock_fd;    /* -1 unless STORE_DAEMON */
	pid_t		 pid;	     /* who holds the lock against us */
	uint8_t		 key[STORE_KEY_BYTES];
	int		 depth;	     /* of transactions */
	bool		 is_group;   /* those at depth 2 stand by themselves */
	bool		 is_broken;  /* the transaction cannot be committed */
	bool		 is_lazy;    /* its commit need not be synced */
	enum store_trouble trouble;
	char		*error;
	struct statements *statements; /* see query.c */
};

/* Keep a reason. Always -1, for `return store_fail(…)`. */
int	 store_fail(struct store *st, enum store_trouble t, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));
/* The same from errno, and from SQLite's last result. */
int	 store_fail_errno(struct store *st, const char *what);
int	 store_fail_db(struct store *st);

/*
 * A transaction for what can be done again: it survives the end of the
 * process at once, a power loss only after the next usual commit, and is
 * whole or absent in both cases. Within another one it is part of that.
 */
int	 store_begin_lazy(struct store *st);

/* Out of memory aborts. */
void	*store_alloc(size_t size);
char	*store_strdup(const char *s);

#endif
