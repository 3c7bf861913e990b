#ifndef SPOOL_LOCK_H
#define SPOOL_LOCK_H

#include <sys/types.h>

#define LOCK_NAME "lock"

/*
 * One daemon for one state: a file lock that the kernel drops with the
 * process, and the holder's pid in the file for whom it concerns.
 */

/*
 * Take it. The descriptor holds the lock until it is closed; -1 with
 * *holder set when another has it, or with *holder 0 and errno.
 */
int	 lock_take(int dir_fd, pid_t *holder);
/* Pid of the holder, 0 when nobody holds it. */
pid_t	 lock_holder(int dir_fd);

#endif
