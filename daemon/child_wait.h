#ifndef DAEMON_CHILD_WAIT_H
#define DAEMON_CHILD_WAIT_H

#include <stdint.h>

/*
 * Waiting for a short-lived child of the daemon, such as a password
 * command, without being deaf: the service holds SIGTERM and SIGINT
 * blocked for its loop, and a stop shall take seconds in any state.
 */
enum child_wait { CHILD_LATE = 0, CHILD_READY = 1, CHILD_STOP = 2 };

/* CLOCK_MONOTONIC in ms, so many seconds from now. */
int64_t	 child_deadline(int64_t ms);
/* Until fd can be read (or has ended), the deadline, or a stop. */
enum child_wait child_wait(int fd, int64_t deadline_ms);
/*
 * In the child, before exec: a process group of its own, no blocked or
 * ignored signals, no way to speak to the service manager in our name.
 */
void	 child_prepare(void);

#endif
