/*
 * The client of tiepnhan-parse: hands it descriptors, reads records until
 * the closing one, and turns a child's death into a verdict about the
 * document. A worker that hangs is killed with all its children and
 * started again; jobs that had the bad luck to be its guests run again.
 */
#include "daemon/parser.h"

#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "daemon/parse_order.h"
#include "daemon/paths.h"
#include "daemon/scratch.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

/* Patience with the worker itself, which only forks and reaps. */
#define WORKER_PATIENCE_MS 2000
#define READ_BYTES 65536
/* What records add around an answer of the greatest length. */
#define ANSWER_MARGIN 65536

struct parser {
	char		*program;
	char		*error;
	char		*scratch; /* folder, or NULL */
	int		 control; /* -1 while no worker runs */
	pid_t		 pid;
	int		 wall_ms;
	uint32_t	 last_id;
	struct parser_task *tasks;
};

struct parser_task {
	struct parser_task *next;
	struct parser	*parser;
	struct parser_request request; /* in_fd is our own copy */
	uint32_t	 id;
	pid_t		 worker; /* that has it */
	int		 fd;	 /* -1 once nothing more comes */
	int64_t		 due_ms;
	struct strbuf	 got;
	bool		 was_killed; /* for time */
	bool		 is_too_long;
	bool		 was_moved;  /* to a second worker */
	bool		 has_death;
	int		 wait_status;
};

static int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
set_error(struct parser *p, const char *what, int error)
{
	struct strbuf	text = { 0 };

	strbuf_adds(&text, what);
	if (error != 0)
		strbuf_addf(&text, ": %s", strerror(error));
	free(p->error);
	p->error = strbuf_take(&text);
}

/* ---- the worker */

/* Nothing of our environment but what sanitizers are told. */
static size_t
worker_environment(char **env)
{
	static const char *const kept[] = { "ASAN_OPTIONS",
	    "UBSAN_OPTIONS" };
	const char	*value;
	size_t		 i, n;

	n = 0;
	env[n++] = strdup("LC_ALL=C.UTF-8");
	/* once in the parent, not in each child that calls a function */
	env[n++] = strdup("LD_BIND_NOW=1");
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		value = getenv(kept[i]);
		if (value != NULL && asprintf(&env[n], "%s=%s", kept[i],
		    value) != -1)
			n++;
	}
	env[n] = NULL;
	return n;
}

static int
spawn_at(struct parser *p, int control)
{
	posix_spawn_file_actions_t	 actions;
	posix_spawnattr_t		 attributes;
	sigset_t			 none, all;
	char				*argv[] = { p->program, NULL };
	char				*env[5];
	size_t				 n;
	int				 error;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY,
	    0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY,
	    0);
	posix_spawn_file_actions_adddup2(&actions, control,
	    PARSE_CONTROL_FD);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP |
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	n = worker_environment(env);
	error = posix_spawn(&p->pid, p->program, &actions, &attributes, argv,
	    env);
	while (n > 0)
		free(env[--n]);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static int
worker_start(struct parser *p)
{
	int	pair[2], error;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
	    pair) == -1) {
		set_error(p, "tiepnhan-parse: socketpair", errno);
		return -1;
	}
	error = spawn_at(p, pair[1]);
	close(pair[1]);
	if (error != 0) {
		set_error(p, p->program, error);
		close(pair[0]);
		return -1;
	}
	p->control = pair[0];
	return 0;
}

static void
worker_kill(struct parser *p)
{
	if (p->control == -1)
		return;
	close(p->control);
	p->control = -1;
	kill(-p->pid, SIGKILL);
	/* it is ours alone to wait for, unless the caller reaps everybody */
	while (waitpid(p->pid, NULL, 0) == -1 && errno == EINTR)
		;
}

/* An order with its descriptors; 0 or -1. */
static int
send_order(const struct parser *p, const struct parse_order *order,
    const int *fds, size_t n)
{
	union {
		struct cmsghdr	header;
		char		room[CMSG_SPACE(PARSE_ORDER_FDS * sizeof(int))];
	}		 control;
	struct parse_order copy = *order;
	struct iovec	 iov = { &copy, sizeof(copy) };
	struct msghdr	 msg = { 0 };
	struct cmsghdr	*c;

	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	if (n > 0) {
		memset(&control, 0, sizeof(control));
		msg.msg_control = &control;
		msg.msg_controllen = CMSG_SPACE(n * sizeof(int));
		c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(c), fds, n * sizeof(int));
	}
	return sendmsg(p->control, &msg, MSG_NOSIGNAL | MSG_DONTWAIT) ==
	    (ssize_t)sizeof(copy) ? 0 : -1;
}

/* Take one report of a death, waiting at most so long; false: none came. */
static bool
hear_death(struct parser *p, int wait_ms)
{
	struct pollfd		 pfd = { p->control, POLLIN, 0 };
	struct parse_death	 death;
	struct parser_task	*t;

	if (p->control == -1 || poll(&pfd, 1, wait_ms) != 1 ||
	    recv(p->control, &death, sizeof(death), MSG_DONTWAIT) !=
	    (ssize_t)sizeof(death))
		return false;
	for (t = p->tasks; t != NULL; t = t->next) {
		if (t->id == death.id) {
			t->has_death = true;
			t->wait_status = death.wait_status;
		}
	}
	return true;
}

struct parser *
parser_start(void)
{
	struct parser	*p;

	p = calloc(1, sizeof(*p));
	if (p == NULL)
		abort();
	p->control = -1;
	p->wall_ms = LIMIT_JAIL_WALL_S * 1000;
	p->program = paths_worker("tiepnhan-parse");
	(void)worker_start(p); /* the first job says what is wrong */
	return p;
}

void
parser_set_wall(struct parser *p, int wall_ms)
{
	p->wall_ms = wall_ms;
}

void
parser_set_scratch(struct parser *p, const char *folder)
{
	free(p->scratch);
	p->scratch = folder == NULL ? NULL : strdup(folder);
}

const char *
parser_error(const struct parser *p)
{
	return p->error == NULL ? "" : p->error;
}

/* ---- one job */

static int
hand_over(struct parser_task *t)
{
	struct parser		*p = t->parser;
	struct parse_order	 order;
	int			 pipe_fds[2], fds[PARSE_ORDER_FDS], sent;
	int			 scratch_fd = -1;
	size_t			 n;

	if (p->control == -1 && worker_start(p) == -1)
		return -1;
	while (hear_death(p, 0))
		;
	if (pipe2(pipe_fds, O_CLOEXEC) == -1) {
		set_error(p, "tiepnhan-parse: pipe", errno);
		return -1;
	}
	fcntl(pipe_fds[0], F_SETFL, O_NONBLOCK);
	order.id = t->id;
	order.job = t->request.job;
	order.index = t->request.index;
	order.is_bare = t->request.is_bare;
	n = 0;
	if (t->request.in_fd != -1) {
		fds[n++] = t->request.in_fd;
		scratch_fd = scratch_open(p->scratch, t->request.in_fd);
	}
	if (scratch_fd != -1)
		fds[n++] = scratch_fd;
	fds[n++] = pipe_fds[1];
	sent = send_order(p, &order, fds, n);
	if (scratch_fd != -1)
		close(scratch_fd);
	close(pipe_fds[1]);
	if (sent == -1) {
		set_error(p, "tiepnhan-parse ended at once", 0);
		close(pipe_fds[0]);
		worker_kill(p);
		return -1;
	}
	t->fd = pipe_fds[0];
	t->worker = p->pid;
	t->due_ms = now_ms() + p->wall_ms;
	return 0;
}

/* A worker that has died since it was used is found out by the first try. */
static int
submit(struct parser_task *t)
{
	return hand_over(t) == 0 ? 0 : hand_over(t);
}

struct parser_task *
parser_begin(struct parser *p, const struct parser_request *rq)
{
	struct parser_task	*t;

	t = calloc(1, sizeof(*t));
	if (t == NULL)
		abort();
	t->parser = p;
	t->request = *rq;
	t->fd = -1;
	t->id = ++p->last_id;
	t->request.in_fd = -1;
	if (rq->job != PARSER_SELFTEST) {
		t->request.in_fd = fcntl(rq->in_fd, F_DUPFD_CLOEXEC, 3);
		if (t->request.in_fd == -1)
			set_error(p, "tiepnhan-parse: input", errno);
	}
	t->next = p->tasks;
	p->tasks = t;
	if (rq->job == PARSER_SELFTEST || t->request.in_fd != -1)
		(void)submit(t); /* parser_finish() says what is wrong */
	return t;
}

int
parser_fd(const struct parser_task *t)
{
	return t->fd;
}

int64_t
parser_due_ms(const struct parser_task *t)
{
	return t->due_ms;
}

static void
stop_reading(struct parser_task *t)
{
	close(t->fd);
	t->fd = -1;
}

/* The worker kills it; where the worker itself hangs, all of it goes. */
static void
kill_task(struct parser_task *t)
{
	struct parse_order	order = { .id = t->id };
	struct pollfd		pfd = { t->fd, 0, 0 };
	struct parser		*p = t->parser;

	if (p->control == -1 || p->pid != t->worker)
		return;
	/* only the end of the pipe is waited for, not what is in it */
	if (send_order(p, &order, NULL, 0) == -1 ||
	    poll(&pfd, 1, WORKER_PATIENCE_MS) != 1)
		worker_kill(p);
}

bool
parser_step(struct parser_task *t)
{
	char	room[READ_BYTES];
	ssize_t	n;

	while (t->fd != -1) {
		n = read(t->fd, room, sizeof(room));
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			break;
		if (n <= 0) {
			stop_reading(t);
			break;
		}
		strbuf_add(&t->got, room, (size_t)n);
		if (t->got.len > LIMIT_JAIL_OUTPUT + ANSWER_MARGIN) {
			t->is_too_long = true;
			kill_task(t);
			stop_reading(t);
		}
	}
	if (t->fd != -1 && now_ms() >= t->due_ms) {
		t->was_killed = true;
		kill_task(t);
		stop_reading(t);
	}
	return t->fd == -1;
}

static void
read_to_end(struct parser_task *t)
{
	struct pollfd	pfd = { t->fd, POLLIN, 0 };
	int64_t		left;

	while (!parser_step(t)) {
		left = t->due_ms - now_ms();
		(void)poll(&pfd, 1, left > 0 ? (int)left : 0);
	}
}

static enum parse_status
status_of_death(const struct parser_task *t)
{
	int	sig;

	if (!t->has_death || !WIFSIGNALED(t->wait_status))
		return PARSE_CRASHED;
	sig = WTERMSIG(t->wait_status);
	/* it proves its jail by dying of it */
	if (t->request.job == PARSER_SELFTEST && sig == SIGSYS)
		return PARSE_OK;
	switch (sig) {
	case SIGABRT: /* out of memory ends so, in our code … */
	case SIGTRAP: /* … and in GLib's */
		return PARSE_LIMIT;
	case SIGXCPU:
	case SIGALRM:
	case SIGKILL:
		return PARSE_TIMEOUT;
	default:
		return PARSE_CRASHED;
	}
}

/*
 * Go through the frames: move what is the answer to the front of got, and
 * find the closing record; false when there is none. Frames that are wrong
 * are a crash, whatever they say.
 */
static bool
close_answer(struct parser_task *t, enum parse_status *status)
{
	struct record_reader	 r, payload = { 0 };
	struct arena		*arena;
	uint16_t		 type;
	size_t			 kept, len;
	const uint8_t		*frame;
	bool			 is_closed;

	arena = arena_new(0);
	record_reader_init(&r, (struct bytes){ (const uint8_t *)t->got.s,
	    t->got.len }, arena);
	kept = 0;
	is_closed = false;
	frame = r.at;
	while (!is_closed && record_next(&r, &type, &payload)) {
		if (type == RECORD_END) {
			*status = record_get_u8(&payload);
			if (*status == PARSE_UNAVAILABLE)
				set_error(t->parser,
				    record_get_string(&payload), 0);
			is_closed = true;
			break;
		}
		if (type == RECORD_BYTES)
			frame = payload.at;
		len = (size_t)(payload.end - frame);
		memmove(t->got.s + kept, frame, len);
		kept += len;
		frame = r.at;
	}
	if (r.failed || payload.failed || (is_closed && r.at != r.end) ||
	    (is_closed && *status > PARSE_UNAVAILABLE)) {
		*status = PARSE_CRASHED;
		is_closed = true;
	}
	t->got.len = kept;
	arena_free(arena);
	return is_closed;
}

/* Did the worker go down, or drop the job, for a reason not our job's? */
static bool
was_lost(struct parser_task *t)
{
	struct parser	*p = t->parser;

	while (!t->has_death && p->pid == t->worker &&
	    hear_death(p, WORKER_PATIENCE_MS))
		;
	return !t->has_death;
}

/* All has been read: what does it say? PARSE_UNAVAILABLE: nothing. */
static enum parse_status
verdict(struct parser_task *t)
{
	enum parse_status	status;

	if (t->was_killed)
		return PARSE_TIMEOUT;
	if (t->is_too_long)
		return PARSE_LIMIT;
	if (t->got.len > 0 && close_answer(t, &status))
		return status;
	if (!was_lost(t))
		return status_of_death(t);
	set_error(t->parser, "tiepnhan-parse went down", 0);
	if (t->was_moved)
		return PARSE_UNAVAILABLE;
	t->was_moved = true;
	strbuf_reset(&t->got);
	if (submit(t) == -1)
		return PARSE_UNAVAILABLE;
	read_to_end(t);
	return verdict(t);
}

static void
forget(struct parser_task *t)
{
	struct parser_task	**at;

	for (at = &t->parser->tasks; *at != t; at = &(*at)->next)
		;
	*at = t->next;
	if (t->request.in_fd != -1)
		close(t->request.in_fd);
	if (t->fd != -1)
		close(t->fd);
	strbuf_clear(&t->got);
	free(t);
}

void
parser_stop(struct parser *p)
{
	if (p == NULL)
		return;
	worker_kill(p);
	while (p->tasks != NULL)
		forget(p->tasks);
	free(p->program);
	free(p->error);
	free(p->scratch);
	free(p);
}

enum parse_status
parser_finish(struct parser_task *t, struct strbuf *answer)
{
	enum parse_status	status;

	strbuf_reset(answer);
	status = PARSE_UNAVAILABLE;
	if (t->worker != 0) {
		read_to_end(t);
		status = verdict(t);
	}
	if (status == PARSE_OK)
		strbuf_add(answer, t->got.s, t->got.len);
	forget(t);
	return status;
}

enum parse_status
parser_run(struct parser *p, const struct parser_request *rq,
    struct strbuf *answer)
{
	return parser_finish(parser_begin(p, rq), answer);
}
