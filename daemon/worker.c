/*
 * Starting a worker, taking its records, ending it.
 */
#include "daemon/worker.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "daemon/paths.h"
#include "daemon/worker_io.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"

#define FRAME_HEAD 6	/* u32 length, u16 type; parsers/record.h */
#define FD_SECRET 4
#define FD_STOP 5

struct worker {
	pid_t		 pid;
	int		 out_fd;
	int		 stop_fd; /* closing it asks the worker to leave */
	bool		 ended;
	struct strbuf	 in;
	size_t		 taken;	/* bytes of `in` given out */
};

/* The request as a file in memory: no pipe to fill, nothing to block on. */
static int
request_fd(struct bytes request)
{
	int	fd;

	fd = memfd_create("request", MFD_CLOEXEC);
	if (fd == -1)
		return -1;
	if (worker_write_all(fd, request.data, request.len) == -1 ||
	    lseek(fd, 0, SEEK_SET) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

/* In the child: put the descriptors in place, drop everything else. */
static void
become(const char *path, const int fd[4])
{
	char		 locale[] = "LC_ALL=C.UTF-8";
	char		*env[] = {locale, NULL};
	static const int place[4] = {0, 1, FD_SECRET, FD_STOP};
	char		*argv[2];
	int		 high[4], i;
	sigset_t	 none;

	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (i = 0; i < 4; i++) {
		high[i] = fcntl(fd[i], F_DUPFD, 10);
		if (high[i] == -1)
			_exit(EX_OSERR);
	}
	for (i = 0; i < 4; i++)
		if (dup2(high[i], place[i]) == -1)
			_exit(EX_OSERR);
	close(3);
	syscall(SYS_close_range, FD_STOP + 1, ~0U, 0);
	argv[0] = strdup(path);
	argv[1] = NULL;
	execve(path, argv, env);
	_exit(EX_UNAVAILABLE);
}

static int
secret_pipe(const char *secret, int *read_end)
{
	size_t	len = secret == NULL ? 0 : strlen(secret);
	int	p[2];

	if (pipe2(p, O_CLOEXEC | O_NONBLOCK) == -1)
		return -1;
	if (len > 0 && write(p[1], secret, len) != (ssize_t)len) {
		close(p[0]);
		close(p[1]);
		errno = EMSGSIZE;
		return -1;
	}
	close(p[1]);
	*read_end = p[0];
	return 0;
}

static struct worker *
worker_new(pid_t pid, int out_fd, int stop_fd)
{
	struct worker	*w;

	w = calloc(1, sizeof(*w));
	if (w == NULL)
		abort();
	w->pid = pid;
	w->out_fd = out_fd;
	w->stop_fd = stop_fd;
	return w;
}

struct worker *
worker_start(const char *program, struct bytes request, const char *secret)
{
	int	 out[2], stop[2], child[4];
	char	*path;
	pid_t	 pid;

	child[0] = request_fd(request);
	if (child[0] == -1)
		return NULL;
	if (secret_pipe(secret, &child[2]) == -1)
		goto close_request;
	if (pipe2(out, O_CLOEXEC) == -1)
		goto close_secret;
	if (pipe2(stop, O_CLOEXEC) == -1)
		goto close_out;
	child[1] = out[1];
	child[3] = stop[0];
	path = paths_worker(program);
	pid = fork();
	if (pid == 0)
		become(path, child);
	free(path);
	if (pid == -1)
		goto close_stop;
	setpgid(pid, pid); /* whoever of the two comes first */
	close(child[0]);
	close(child[2]);
	close(out[1]);
	close(stop[0]);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	return worker_new(pid, out[0], stop[1]);

close_stop:
	close(stop[0]);
	close(stop[1]);
close_out:
	close(out[0]);
	close(out[1]);
close_secret:
	close(child[2]);
close_request:
	close(child[0]);
	return NULL;
}

int
worker_fd(const struct worker *w)
{
	return w->out_fd;
}

static uint32_t
get_u32(const char *s)
{
	const unsigned char	*p = (const unsigned char *)s;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

/* A whole frame at the front of the buffer? 1 yes, 0 not yet, -1 never. */
static int
take_frame(struct worker *w, uint16_t *type, struct bytes *payload)
{
	const char	*at = w->in.s + w->taken;
	size_t		 have = w->in.len - w->taken, len;

	if (have < FRAME_HEAD)
		return 0;
	len = get_u32(at);
	if (len > LIMIT_RECORD_BYTES)
		return -1;
	if (have < FRAME_HEAD + len)
		return 0;
	*type = (uint16_t)((unsigned char)at[4] |
	    (unsigned char)at[5] << 8);
	payload->data = (const uint8_t *)at + FRAME_HEAD;
	payload->len = len;
	w->taken += FRAME_HEAD + len;
	return 1;
}

/* Move what is left to the front before more is read. */
static void
compact(struct worker *w)
{
	if (w->taken == 0)
		return;
	memmove(w->in.s, w->in.s + w->taken, w->in.len - w->taken);
	w->in.len -= w->taken;
	w->taken = 0;
}

int
worker_next(struct worker *w, uint16_t *type, struct bytes *payload)
{
	char	buf[65536];
	ssize_t	n;
	int	got;

	for (;;) {
		got = take_frame(w, type, payload);
		if (got == -1) {
			kill(-w->pid, SIGKILL);
			w->ended = true;
			return -1;
		}
		if (got == 1)
			return 1;
		if (w->ended)
			return -1;
		compact(w);
		n = read(w->out_fd, buf, sizeof(buf));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && errno == EAGAIN)
			return 0;
		if (n <= 0) {
			w->ended = true;
			return -1;
		}
		strbuf_add(&w->in, buf, (size_t)n);
	}
}

void
worker_ask_to_leave(struct worker *w)
{
	if (w->stop_fd != -1)
		close(w->stop_fd);
	w->stop_fd = -1;
}

static int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Has it ended? It is not reaped by that. */
static bool
has_ended(const struct worker *w, int flags)
{
	siginfo_t	si = { .si_pid = 0 };

	return waitid(P_PID, (id_t)w->pid, &si, WEXITED | WNOWAIT | flags) ==
	    -1 || si.si_pid != 0;
}

void
worker_end(struct worker *w, int64_t wait_ms)
{
	int64_t	end = now_ms() + wait_ms;

	worker_ask_to_leave(w);
	while (!has_ended(w, WNOHANG) && now_ms() < end)
		poll(NULL, 0, 10);
	kill(-w->pid, SIGKILL); /* the group: none of its children stays */
	(void)has_ended(w, 0);
}

int
worker_finish(struct worker *w, int64_t wait_ms)
{
	int	status = 0;
	pid_t	got;

	worker_end(w, wait_ms);
	got = waitpid(w->pid, &status, 0);
	close(w->out_fd);
	strbuf_clear(&w->in);
	free(w);
	return got > 0 && WIFEXITED(status) ? WEXITSTATUS(status) :
	    EX_SOFTWARE;
}
