/*
 * timerfd(2) on the wall clock and inotify(7). The events of files are
 * only counted as "something": whoever is woken looks for himself, since
 * events can be lost and names reused.
 */
#include "daemon/wake.h"

#include <sys/inotify.h>
#include <sys/timerfd.h>

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/log.h"
#include "parsers/strbuf.h"

/* time(2) may lag behind the timer by a tick of the kernel. */
#define CLOCK_LAG_NS 10000000

/*
 * A file counts once it is whole: closed, or renamed into its place. That
 * somebody has begun to write one (IN_CREATE) is no news, a folder is.
 */
#define FILE_EVENTS (IN_CLOSE_WRITE | IN_MOVE | IN_DELETE | IN_ONLYDIR)
#define FOLDER_EVENTS (FILE_EVENTS | IN_CREATE)

struct wake {
	int	 clock_fd;
	int	 files_fd; /* -1: the kernel gives us none */
	time_t	 at;	   /* what the clock is set to; 0: nothing */
};

struct wake *
wake_new(void)
{
	struct wake	*w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	w->clock_fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC |
	    TFD_NONBLOCK);
	if (w->clock_fd == -1)
		panic("loop: timer: %s", strerror(errno));
	w->files_fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->files_fd == -1)
		log_warn("loop: inotify: %s; changed campaigns are noticed "
		    "with each poll of the mailbox only", strerror(errno));
	return w;
}

void
wake_free(struct wake *w)
{
	if (w == NULL)
		return;
	close(w->clock_fd);
	if (w->files_fd != -1)
		close(w->files_fd);
	free(w);
}

void
wake_at(struct wake *w, time_t at)
{
	struct itimerspec it = { .it_value = { at, CLOCK_LAG_NS } };

	if (at == w->at)
		return;
	if (timerfd_settime(w->clock_fd, TFD_TIMER_ABSTIME |
	    TFD_TIMER_CANCEL_ON_SET, &it, NULL) == -1)
		panic("loop: timer: %s", strerror(errno));
	w->at = at;
}

void
wake_watch(struct wake *w, const char *folder)
{
	struct strbuf	 path = { 0 };
	struct dirent	*entry;
	DIR		*d;

	if (w->files_fd == -1)
		return;
	/* Twice for the same folder is once. Where it fails, looking with
	 * each poll has to do. */
	(void)inotify_add_watch(w->files_fd, folder, FOLDER_EVENTS);
	d = opendir(folder);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		strbuf_addf(&path, "%s/%s", folder, entry->d_name);
		(void)inotify_add_watch(w->files_fd, strbuf_get(&path),
		    FILE_EVENTS);
		strbuf_reset(&path);
	}
	strbuf_clear(&path);
	if (d != NULL)
		closedir(d);
}

size_t
wake_fds(const struct wake *w, struct pollfd *fds)
{
	fds[0] = (struct pollfd){ .fd = w->clock_fd, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = w->files_fd, .events = POLLIN };
	return WAKE_FDS; /* poll(2) passes over a descriptor of -1 */
}

void
wake_take(struct wake *w, bool *clock, bool *files)
{
	char		 events[4096];
	uint64_t	 times;
	ssize_t		 n;

	/* ECANCELED: somebody has set the clock. */
	n = read(w->clock_fd, &times, sizeof(times));
	*clock = n != -1 || errno == ECANCELED;
	if (*clock)
		w->at = 0;
	*files = false;
	while (w->files_fd != -1 &&
	    read(w->files_fd, events, sizeof(events)) > 0)
		*files = true;
}
