/*
 * Waiting for children with an eye on the signals that are held back.
 */
#include "daemon/child_wait.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS 200 /* how often a stop is looked for */

static int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
child_deadline(int64_t ms)
{
	return now_ms() + ms;
}

static bool
is_stop_pending(void)
{
	sigset_t	set;

	return sigpending(&set) == 0 && (sigismember(&set, SIGTERM) == 1 ||
	    sigismember(&set, SIGINT) == 1);
}

enum child_wait
child_wait(int fd, int64_t deadline_ms)
{
	struct pollfd	p = { .fd = fd, .events = POLLIN };
	int64_t		left;

	for (;;) {
		left = deadline_ms - now_ms();
		if (left <= 0)
			return CHILD_LATE;
		if (left > LOOK_MS)
			left = LOOK_MS;
		if (poll(&p, 1, (int)left) > 0)
			return CHILD_READY;
		if (is_stop_pending())
			return CHILD_STOP;
	}
}

void
child_prepare(void)
{
	static const char *const ours[] = { "NOTIFY_SOCKET", "WATCHDOG_USEC",
	    "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID" };
	sigset_t	none;
	size_t		i;

	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		unsetenv(ours[i]);
}
