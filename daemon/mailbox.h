#ifndef DAEMON_MAILBOX_H
#define DAEMON_MAILBOX_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct intake;
struct office;

/*
 * The office mailbox: starts tiepnhan-fetch with what the store knows of
 * it, takes what it brings into the spool in groups, and keeps book of
 * where we stand. What has not been taken in stays in incoming/ or on the
 * server, and comes again.
 */
struct mailbox;

struct mailbox	*mailbox_new(struct office *o);
void		 mailbox_free(struct mailbox *mb); /* ends its worker */

/* Start a round; stay_ms: then wait for new mail that long (IDLE). */
void		 mailbox_start(struct mailbox *mb, int64_t stay_ms,
    time_t now);
bool		 mailbox_is_running(const struct mailbox *mb);
/* For poll(2); -1 while nothing runs. */
int		 mailbox_fd(const struct mailbox *mb);
/* CLOCK_MONOTONIC ms when it wants a turn though nothing came, or -1. */
int64_t		 mailbox_due_ms(const struct mailbox *mb);
/*
 * Take what has come. True when something was done. A worker that has
 * ended is reaped here.
 */
bool		 mailbox_turn(struct mailbox *mb, time_t now);
/* Ask the worker to leave; mailbox_turn() reaps it. */
void		 mailbox_stop(struct mailbox *mb);
/* Is there mail of ours that the server is to be told of? */
bool		 mailbox_has_marks(const struct mailbox *mb);
enum mailbox_end {
	MAILBOX_READ = 0,
	MAILBOX_UNREAD,	/* not whole */
	MAILBOX_DISK	/* … but for our own disk it would be */
};
/* One whole round, now; what has come is read by `in` meanwhile. */
enum mailbox_end mailbox_run(struct mailbox *mb, struct intake *in,
    time_t now);
/* Of sysexits: what a program that ends with it ends with. */
int		 mailbox_exit(enum mailbox_end e);

/* How far a long round is, "INBOX: UID 1200 of 9000"; "" when it is not. */
const char	*mailbox_progress(const struct mailbox *mb);
/* Did the server end the connection after a whole round? That is no trouble:
 * some do it to everybody who waits in IDLE. */
bool		 mailbox_was_cut(const struct mailbox *mb);
/* Did the round that runs, or ran last, meet trouble? */
bool		 mailbox_has_trouble(const struct mailbox *mb);
/* When mail was last read completely; 0 never. */
time_t		 mailbox_last_ok(const struct office *o);

#endif
