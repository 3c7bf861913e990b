/*
 * Foreign programs on foreign files. A tool cannot live in the parser's
 * jail, since it must be started and loads libraries; so it has a fence of
 * its own, made in the child just before it becomes the tool: Landlock
 * (without it nothing is run), rlimits, and a list of calls outside of
 * which the kernel has none to offer.
 */
#include "daemon/convert_tool.h"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <seccomp.h>

#include <config.h>
#include "daemon/confine.h"
#include "daemon/limits.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define WAIT_STEP_MS 2

/* Exits of the child before it has become the tool. */
#define EXIT_NO_FENCE 126
#define EXIT_NO_TOOL 127

/* What a program needs that is loaded, reads a file and writes text. */
static const int allowed[] = { SCMP_SYS(read), SCMP_SYS(pread64),
    SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
    SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(stat),
    SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(open), SCMP_SYS(openat),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
    SCMP_SYS(getdents64), SCMP_SYS(munmap), SCMP_SYS(mremap),
    SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(dup),
    SCMP_SYS(fcntl), SCMP_SYS(fadvise64), SCMP_SYS(set_tid_address),
    SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(arch_prctl),
    SCMP_SYS(prlimit64), SCMP_SYS(getrlimit), SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time),
    SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid),
    SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
    SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(execve),
    SCMP_SYS(exit), SCMP_SYS(exit_group) };

/* ---- in the child */

static int
limit(__rlimit_resource_t resource, rlim_t most)
{
	struct rlimit	l = { most, most };

	return setrlimit(resource, &l);
}

static int
set_limits(void)
{
#ifndef UNDER_ASAN
	/* we are still our own program, and a sanitizer maps terabytes */
	if (limit(RLIMIT_AS, CONVERT_MEMORY) == -1)
		return -1;
#endif
	return limit(RLIMIT_CPU, CONVERT_CPU_S) | limit(RLIMIT_CORE, 0) |
	    limit(RLIMIT_FSIZE, 0) | limit(RLIMIT_NPROC, 0) |
	    limit(RLIMIT_NOFILE, CONVERT_NOFILE);
}

/* Memory may be written or run, never both. */
static int
allow_memory(scmp_filter_ctx ctx, int call)
{
	static const unsigned	fine[] = { 0, PROT_WRITE, PROT_EXEC };
	size_t			i;
	int			failed = 0;

	for (i = 0; i < COUNT(fine); i++)
		failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, call, 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE | PROT_EXEC,
		    fine[i]));
	return failed;
}

/* Other calls seem not to exist: libraries then do without. */
static int
load_filter(void)
{
	scmp_filter_ctx	ctx;
	size_t		i;
	int		failed;

	ctx = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
	if (ctx == NULL)
		return -1;
	failed = allow_memory(ctx, SCMP_SYS(mmap)) |
	    allow_memory(ctx, SCMP_SYS(mprotect));
	for (i = 0; i < COUNT(allowed); i++)
		failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, allowed[i],
		    0);
	/* is it a terminal? */
	failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
	    SCMP_A1(SCMP_CMP_EQ, TCGETS, 0));
	/* abort(), of itself only */
	failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	if (failed == 0)
		failed = seccomp_load(ctx);
	seccomp_release(ctx);
	return failed == 0 ? 0 : -1;
}

static _Noreturn void
become(const struct convert_tool *t, int in_fd, int out_fd)
{
	const struct confine	 files = {
		.read_paths = { "/usr/lib", "/lib", "/lib64",
		    "/etc/ld.so.cache", t->data },
		/* the kernel runs the loader for it */
		.run_paths = { t->program, "/lib64", "/lib", "/usr/lib" },
		.needs_landlock = true,
	};
	char			 locale[] = "LC_ALL=C.UTF-8";
	char			*env[] = { locale, NULL };
	char			*argv[COUNT(t->arguments) + 1] = { NULL };
	size_t			 i;
	int			 null;

	null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (dup2(in_fd, 0) == -1 || dup2(out_fd, 1) == -1 ||
	    dup2(null, 2) == -1 || close_range(3, ~0U, 0) == -1 ||
	    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == -1)
		_exit(EXIT_NO_FENCE);
	for (i = 0; i < COUNT(t->arguments) && t->arguments[i] != NULL; i++)
		argv[i] = strdup(t->arguments[i]);
	signal(SIGPIPE, SIG_DFL);
	if (confine_files(&files) == -1 || set_limits() != 0 ||
	    load_filter() == -1)
		_exit(EXIT_NO_FENCE);
	execve(t->program, argv, env);
	_exit(EXIT_NO_TOOL);
}

/* ---- in the parent */

static int64_t
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* All that it writes until then. */
static enum parse_status
listen_to(int fd, int64_t end_ms, struct strbuf *text)
{
	struct pollfd	pfd = { fd, POLLIN, 0 };
	char		room[65536];
	int64_t		left;
	ssize_t		n;

	for (;;) {
		left = end_ms - now_ms();
		if (left <= 0)
			return PARSE_TIMEOUT;
		if (poll(&pfd, 1, (int)left) != 1)
			continue;
		n = read(fd, room, sizeof(room));
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return PARSE_OK;
		if (text->len + (size_t)n > LIMIT_CONVERTED_BYTES)
			return PARSE_LIMIT;
		strbuf_add(text, room, (size_t)n);
	}
}

/* It may have closed its output and go on; false when it had to be killed. */
static bool
wait_for(pid_t pid, int64_t end_ms, int *status)
{
	pid_t	got;

	while ((got = waitpid(pid, status, WNOHANG)) == 0 &&
	    now_ms() < end_ms)
		poll(NULL, 0, WAIT_STEP_MS);
	if (got == pid)
		return true;
	kill(pid, SIGKILL);
	(void)waitpid(pid, status, 0); /* ours, and surely dead */
	return false;
}

/* What the way it ended says. */
static enum parse_status
judge(int status, const struct strbuf *text, const char **why)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGXCPU ||
		    WTERMSIG(status) == SIGKILL ? PARSE_TIMEOUT :
		    PARSE_DAMAGED;
	if (WEXITSTATUS(status) == EXIT_NO_FENCE)
		*why = "no fence for it here: Landlock and seccomp are "
		    "needed";
	else if (WEXITSTATUS(status) == EXIT_NO_TOOL)
		*why = "it cannot be started";
	else if (WEXITSTATUS(status) != 0)
		return PARSE_DAMAGED;
	else
		return strspn(strbuf_get(text), " \t\r\n\f") == text->len ?
		    PARSE_NO_TEXT : PARSE_OK;
	return PARSE_NOT_SUPPORTED;
}

enum parse_status
convert_tool_run(const struct convert_tool *t, int in_fd, int64_t wall_ms,
    struct strbuf *text, const char **why)
{
	enum parse_status	result = PARSE_NOT_SUPPORTED;
	struct strbuf		heard = { 0 };
	int64_t			end_ms = now_ms() + wall_ms;
	pid_t			pid;
	int			p[2], status;

	*why = "out of descriptors or processes";
	if (pipe2(p, O_CLOEXEC) == -1)
		return PARSE_NOT_SUPPORTED;
	pid = fork();
	if (pid == 0)
		become(t, in_fd, p[1]);
	close(p[1]);
	if (pid == -1)
		goto close_pipe;
	result = listen_to(p[0], end_ms, &heard);
	if (!wait_for(pid, result == PARSE_OK ? end_ms : 0, &status) &&
	    result == PARSE_OK)
		result = PARSE_TIMEOUT;
	else if (result == PARSE_OK)
		result = judge(status, &heard, why);
	if (result == PARSE_OK)
		strbuf_add(text, heard.s, heard.len);
close_pipe:
	close(p[0]);
	strbuf_clear(&heard);
	return result;
}
