#ifndef DAEMON_FETCH_CLIENT_H
#define DAEMON_FETCH_CLIENT_H

#include <stdint.h>

#include "daemon/fetch.h"

/*
 * The daemon's side of tiepnhan-fetch: start it, take its events from a
 * poll loop, end it. Nothing here blocks but fetch_finish().
 */
struct fetch_client;

/*
 * Start one run. secret: password or token, "" when none is needed;
 * wiped from the pipe's buffer once written. Never NULL: a worker that
 * cannot be started yields one FETCH_TROUBLE event and ends.
 */
struct fetch_client *fetch_start(const struct fetch_request *rq,
    const char *secret);
/* Readable when fetch_next() has something to say; poll for POLLIN. */
int	 fetch_fd(const struct fetch_client *fc);
/*
 * 1: an event in *out (its strings live until the next call);
 * 0: nothing more just now; -1: no more will come, call fetch_finish().
 * A record that does not decode kills the worker and gives -1.
 */
int	 fetch_next(struct fetch_client *fc, struct fetch_event *out);
/* Ask it to leave soon (it may sit in IDLE). */
void	 fetch_stop(struct fetch_client *fc);
/*
 * Reap the worker, killing its group when it has not left wait_ms after
 * the call. Returns its exit status; 70 when it died of a signal. Frees.
 */
int	 fetch_finish(struct fetch_client *fc, int64_t wait_ms);

#endif
