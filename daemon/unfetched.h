#ifndef DAEMON_UNFETCHED_H
#define DAEMON_UNFETCHED_H

#include <time.h>

struct arena;
struct fetch_event;
struct fetch_folder;
struct office;

/*
 * The event that tells of one that was given up. It waits for the clerk
 * until the event is taken back.
 */
#define UNFETCHED_VERB "unfetched"

/* Mails of a folder that the worker could not get. */
struct unfetched {
	const struct office *office;
	const char	*account;
	const char	*folder; /* "" of a maildir */
	struct arena	*arena;
	time_t		 now;
};

enum unfetched_why {
	UNFETCHED_FAILED,	/* the event says why; it may go next time */
	UNFETCHED_TOO_LARGE,
	UNFETCHED_GONE		/* deleted there meanwhile */
};

/*
 * One of them. 0: it is asked for again; 1: never again, and where it may
 * be somebody's report the clerk is told; -1: the store fails.
 */
int	 unfetched_note(const struct unfetched *u,
    const struct fetch_event *e, enum unfetched_why why);
/*
 * The server has opened the folder, and what the request asks for again
 * comes next: these tries count, before the worker can die of one. Those
 * whose last tries all ended so are given up. 0 or -1.
 */
int	 unfetched_try(const struct unfetched *u,
    const struct fetch_folder *f, const struct fetch_event *opened);

#endif
