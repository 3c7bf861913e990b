/*
 * tiepnhan-parse: a warm parent that has its libraries loaded, and forks a
 * jailed child for each job that comes over descriptor 3. The parent never
 * looks at foreign bytes; it hands descriptors on, reaps, and tells of
 * children that died.
 */
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gmime/gmime.h>
#include <libxml/parser.h>
#include <seccomp.h>
#include <zip.h>

#include <config.h>
#include "daemon/jail.h"
#include "daemon/parse_job.h"
#include "daemon/parse_order.h"
#include "daemon/parser.h"
#include "daemon/worker_io.h"
#include "parsers/limits.h"
#include "parsers/pages.h"
#include "parsers/record.h"
#include "parsers/strbuf.h"

/*
 * A child lives for milliseconds: what it frees it will want again. Only
 * what is large goes back to the kernel, since the jail counts it.
 */
#define HEAP_PAD ((int)512 << 10)
#define HEAP_LARGE ((int)1 << 20)

#define EXIT_USAGE 64
#define EXIT_BROKEN 70

struct child {
	pid_t		 pid;
	uint32_t	 id;
	struct child	*next;
};

static struct child	*children;
static struct jail	*jail;
static const char	*jail_trouble;
static sigset_t		 while_waiting;

static void
on_child(int sig)
{
	(void)sig; /* only to interrupt ppoll() */
}

/* ---- in the child */

static void
write_all(const struct strbuf *b)
{
	size_t	done;
	ssize_t	n;

	for (done = 0; done < b->len; done += (size_t)n) {
		n = write(1, b->s + done, b->len - done);
		if (n <= 0)
			_exit(EXIT_BROKEN);
	}
}

/* Closes the answer, from the child or in its stead. */
static void
say_unavailable(int out_fd, const char *why)
{
	struct strbuf	out = { 0 };

	parse_job_end(&out, PARSE_UNAVAILABLE, why);
	/* far below a pipe's room; a reader that is gone does not matter */
	(void)!write(out_fd, out.s, out.len);
	strbuf_clear(&out);
}

static _Noreturn void
end_job(struct strbuf *out, enum parse_status status, const char *why)
{
	parse_job_end(out, status, why);
	write_all(out);
	_exit(0);
}

/* No jail, no parsing. */
static _Noreturn void
refuse_job(int out_fd, const char *why)
{
	say_unavailable(out_fd, why);
	_exit(0);
}

/*
 * What the jail is made of, then a proof: opening must find nothing, and
 * a socket must kill. Coming out of here alive is the failure.
 */
static _Noreturn void
test_jail(void)
{
	struct strbuf	out = { 0 };
	size_t		place;

	if (syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY) != -1 ||
	    errno != ENOENT)
		end_job(&out, PARSE_UNAVAILABLE, "the jail opens files");
	place = record_begin(&out, RECORD_BYTES);
	strbuf_adds(&out, jail_describe(jail));
	record_end(&out, place);
	write_all(&out);
	strbuf_reset(&out);
	(void)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	end_job(&out, PARSE_UNAVAILABLE, "the jail gives sockets");
}

/* The whole file, mapped: false when it cannot be had. */
static bool
map_file(int fd, int protection, int flags, void **p, size_t *len)
{
	struct stat	st;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		return false;
	*len = (size_t)st.st_size;
	*p = (void *)(uintptr_t)"";
	if (*len > 0)
		*p = mmap(NULL, *len, protection, flags, fd, 0);
	return *p != MAP_FAILED;
}

/*
 * The input, and the scratch file where there is one. Both are mapped now:
 * in the jail no file is ever opened, written or made longer.
 */
static bool
take_input(int in_fd, int scratch_fd, struct pages *pages)
{
	void	*p;
	size_t	 len;

	pages->least = LIMIT_IN_MEMORY;
	pages->piece = LIMIT_PIECE;
	if (!map_file(in_fd, PROT_READ, MAP_PRIVATE, &p, &len))
		return false;
	pages->file = (struct bytes){ p, len };
	if (scratch_fd != -1 && map_file(scratch_fd, PROT_READ | PROT_WRITE,
	    MAP_SHARED, &p, &len)) {
		pages->room = p;
		pages->size = len;
	}
	return true;
}

static _Noreturn void
child_main(const struct parse_order *order, int in_fd, int scratch_fd,
    int out_fd)
{
	static const char	*why;
	enum parse_status	 status;
	struct strbuf		 out = { 0 };
	struct pages		 pages = { 0 };

	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1)
		_exit(EXIT_BROKEN);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &while_waiting, NULL);
	/* even where nobody watches the clock for us */
	alarm(LIMIT_JAIL_WALL_S);
	if (jail == NULL)
		refuse_job(out_fd, jail_trouble);
	if (order->job != PARSER_SELFTEST &&
	    !take_input(in_fd, scratch_fd, &pages))
		refuse_job(out_fd, "the input is no regular file");
	/* a lock that fails half way has moved out_fd already */
	if (jail_enter(jail, out_fd, &why) == -1)
		refuse_job(1, why);
	if (order->job == PARSER_SELFTEST)
		test_jail();
	status = pages.file.len > LIMIT_MAIL_BYTES ? PARSE_LIMIT :
	    parse_job_run(order, pages.file,
	    pages.file.len > LIMIT_IN_MEMORY ? &pages : NULL, &out);
	end_job(&out, status, "");
}

/* ---- in the parent */

static void
start_child(const struct parse_order *order, const int *fds, size_t n)
{
	int		 in_fd = n > 1 ? fds[0] : -1;
	int		 scratch_fd = n > 2 ? fds[1] : -1;
	int		 out_fd = fds[n - 1];
	struct child	*c;

	c = calloc(1, sizeof(*c));
	if (c == NULL)
		abort();
	c->id = order->id;
	c->pid = fork();
	if (c->pid == 0)
		child_main(order, in_fd, scratch_fd, out_fd);
	if (c->pid == -1) {
		say_unavailable(out_fd, "no process can be forked");
		free(c);
		return;
	}
	c->next = children;
	children = c;
}

static void
kill_child(uint32_t id)
{
	const struct child	*c;

	for (c = children; c != NULL; c = c->next)
		if (c->id == id)
			kill(c->pid, SIGKILL);
}

static void
reap(void)
{
	struct parse_death	 death;
	struct child		**at, *c;
	int			 status;

	for (at = &children; (c = *at) != NULL; ) {
		if (waitpid(c->pid, &status, WNOHANG) != c->pid) {
			at = &c->next;
			continue;
		}
		if (status != 0) {
			death.id = c->id;
			death.wait_status = status;
			/* nobody there to hear: we end with the next poll */
			(void)send(PARSE_CONTROL_FD, &death, sizeof(death),
			    MSG_NOSIGNAL | MSG_DONTWAIT);
		}
		*at = c->next;
		free(c);
	}
}

/* One order with its descriptors; 0 at the end of the conversation. */
static int
take_order(void)
{
	union {
		struct cmsghdr	header;
		char		room[CMSG_SPACE(PARSE_ORDER_FDS * sizeof(int))];
	}			 control;
	struct parse_order	 order;
	struct iovec		 iov = { &order, sizeof(order) };
	struct msghdr		 msg = { 0 };
	struct cmsghdr		*c;
	size_t			 n, i;
	ssize_t			 got;
	int			 fds[PARSE_ORDER_FDS];

	msg.msg_iov = &iov;
	msg.msg_iovlen = 1;
	msg.msg_control = &control;
	msg.msg_controllen = sizeof(control);
	got = recvmsg(PARSE_CONTROL_FD, &msg, MSG_CMSG_CLOEXEC);
	if (got == -1 && errno == EINTR)
		return 1;
	if (got != (ssize_t)sizeof(order))
		return 0;
	n = 0;
	c = CMSG_FIRSTHDR(&msg);
	if (c != NULL && c->cmsg_type == SCM_RIGHTS) {
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(fds, CMSG_DATA(c), n * sizeof(int));
	}
	if (order.job == 0)
		kill_child(order.id);
	else if (n > 0)
		start_child(&order, fds, n);
	for (i = 0; i < n; i++)
		close(fds[i]);
	return 1;
}

static void
serve(void)
{
	struct pollfd	pfd = { PARSE_CONTROL_FD, POLLIN, 0 };

	do {
		reap();
		if (ppoll(&pfd, 1, NULL, &while_waiting) == -1) {
			if (errno != EINTR)
				return;
			pfd.revents = 0;
		}
	} while (pfd.revents == 0 || take_order());
}

static int
prepare(void)
{
	struct sigaction	on_death = { .sa_handler = on_child };
	sigset_t		block;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1 ||
	    close_range(PARSE_CONTROL_FD + 1, ~0U, 0) == -1)
		return -1;
	unsetenv("NOTIFY_SOCKET");
	sigemptyset(&while_waiting);
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	if (sigprocmask(SIG_SETMASK, &block, NULL) == -1 ||
	    sigaction(SIGCHLD, &on_death, NULL) == -1)
		return -1;
	signal(SIGPIPE, SIG_IGN);
	(void)mallopt(M_TOP_PAD, HEAP_PAD);
	(void)mallopt(M_TRIM_THRESHOLD, HEAP_LARGE);
	(void)mallopt(M_MMAP_THRESHOLD, HEAP_LARGE);
	g_mime_init();
	xmlInitParser();
	jail = jail_new(&jail_trouble);
	return 0;
}

/* For --version. */
static void
name_libraries(struct strbuf *out)
{
	strbuf_addf(out, "gmime %u.%u.%u, libxml2 %s, libzip %s, "
	    "libseccomp %u.%u.%u", gmime_major_version, gmime_minor_version,
	    gmime_micro_version, xmlParserVersion, zip_libzip_version(),
	    seccomp_version()->major, seccomp_version()->minor,
	    seccomp_version()->micro);
}

int
main(int argc, char **argv)
{
	struct strbuf	libraries = { 0 };
	struct stat	st;
	int		rc;

	if (argc > 1) {
		name_libraries(&libraries);
		rc = worker_options(argc, argv, strbuf_get(&libraries));
		strbuf_clear(&libraries);
		return rc;
	}
	if (fstat(PARSE_CONTROL_FD, &st) == -1 || !S_ISSOCK(st.st_mode)) {
		fputs("tiepnhan-parse is started by tiepnhand and tiepnhan\n",
		    stderr);
		return EXIT_USAGE;
	}
	if (prepare() == -1)
		return EXIT_BROKEN;
	serve();
	/* the children die with us */
	return 0;
}
