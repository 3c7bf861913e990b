#ifndef DAEMON_WORKER_H
#define DAEMON_WORKER_H

#include <stdint.h>

#include "parsers/bytes.h"

/*
 * One run of a worker program: a request in, a stream of records out, an
 * exit status. In the worker: request on descriptor 0, records on 1, log
 * on 2, secret on 4; descriptor 5 ends when it should leave. It is the
 * leader of a process group of its own, with a clean environment.
 */
struct worker;

/* secret: "" or NULL for none. NULL with errno when it cannot start. */
struct worker	*worker_start(const char *program, struct bytes request,
    const char *secret);
/* For poll(2), POLLIN. */
int	 worker_fd(const struct worker *w);
/*
 * 1: a record; payload lives until the next call. 0: none complete yet.
 * -1: the stream has ended, or holds nonsense (the worker is then killed).
 */
int	 worker_next(struct worker *w, uint16_t *type,
    struct bytes *payload);
void	 worker_ask_to_leave(struct worker *w);
/* Its group is killed wait_ms from now; what it told can still be read. */
void	 worker_end(struct worker *w, int64_t wait_ms);
/* Reap; its group is killed wait_ms from now. Exit status, 70 if killed. */
int	 worker_finish(struct worker *w, int64_t wait_ms);

#endif
