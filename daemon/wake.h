#ifndef DAEMON_WAKE_H
#define DAEMON_WAKE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/*
 * What wakes a sleeping service besides its workers and signals: the wall
 * clock, also when somebody sets it, and folders in which people edit
 * files.
 */
struct wake;

#define WAKE_FDS 2

struct wake	*wake_new(void);
void		 wake_free(struct wake *w); /* accepts NULL */

/* Wake at this instant of the wall clock, and whenever that is set. */
void		 wake_at(struct wake *w, time_t at);
/*
 * Wake when a file in the folder, or in a folder in it, is written,
 * renamed or removed. To be said again before each look at the files: a
 * folder that is new by then is watched from then on. Where the kernel
 * cannot tell (a network mount), nothing is said of it.
 */
void		 wake_watch(struct wake *w, const char *folder);

/* Descriptors to poll for reading; at most WAKE_FDS. */
size_t		 wake_fds(const struct wake *w, struct pollfd *fds);
/* What has happened since the last call. */
void		 wake_take(struct wake *w, bool *clock, bool *files);

#endif
