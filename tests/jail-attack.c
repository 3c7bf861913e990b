/*
 * One attack from inside the parser's jail: `jail-attack NAME [FILE]`.
 * Prints what became of the attacker: "signal 31", or "exit 0: TEXT" with
 * what it wrote on its way out.
 */
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "daemon/jail.h"
#include "parsers/arena.h"

#define FOREIGN_FD 6
#define SCRATCH_BYTES ((size_t)65536)

#ifdef UNDER_ASAN
static const bool is_sanitized = true;
#else
static const bool is_sanitized = false;
#endif
static pid_t	 parent;
static char	*scratch; /* mapped from a file of that length */

static void
say(const char *text)
{
	(void)!write(1, text, strlen(text));
}

static void
say_error(long result)
{
	say(result != -1 ? "it worked" : strerrorname_np(errno));
}

static void
attack_file(void)
{
	say_error(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static void
attack_unlink(void)
{
	say_error(syscall(SYS_unlink, "/tmp/whatever"));
}

static void
attack_socket(void)
{
	say_error(syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
}

static void
attack_exec(void)
{
	char	*argv[] = { (char *)"sh", NULL };

	say_error(syscall(SYS_execve, "/bin/sh", argv, NULL));
}

static void
attack_fork(void)
{
	say_error(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static void
attack_map_code(void)
{
	say_error((long)(intptr_t)mmap(NULL, 4096, PROT_READ | PROT_WRITE |
	    PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

static void
attack_make_code(void)
{
	void	*p;

	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS, -1, 0);
	say_error(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

static void
attack_foreign(void)
{
	say_error(write(FOREIGN_FD, "x", 1));
}

static void
attack_ptrace(void)
{
	say_error(syscall(SYS_ptrace, PTRACE_ATTACH, parent, 0, 0));
}

static void
attack_kill(void)
{
	say_error(syscall(SYS_tgkill, parent, parent, SIGABRT));
}

static void
attack_loop(void)
{
	volatile unsigned	turns = 0;

	for (;;)
		turns++;
}

static void
attack_memory(void)
{
	struct arena	*a;

	a = arena_new(0);
	for (;;)
		memset(arena_alloc(a, (size_t)1 << 20), 1, (size_t)1 << 20);
}

/* A descriptor that was kept in spite of all. */
static void
attack_lengthen(void)
{
	say_error(syscall(SYS_ftruncate, 1, (off_t)1 << 30));
}

static void
attack_reserve(void)
{
	say_error(syscall(SYS_fallocate, 1, 0, (off_t)0, (off_t)1 << 30));
}

/* The scratch file, which is mapped: over its end, by a longer mapping. */
static void
attack_scratch(void)
{
	const size_t	 flood = SCRATCH_BYTES * 16;
	char		*p;

	p = mremap(scratch, SCRATCH_BYTES, flood, MREMAP_MAYMOVE);
	if (p == MAP_FAILED)
		say_error(-1);
	else
		memset(p, 'x', flood);
}

static void
use_scratch(void)
{
	memset(scratch, 'x', SCRATCH_BYTES);
	say(madvise(scratch, SCRATCH_BYTES, MADV_DONTNEED) == 0 &&
	    scratch[SCRATCH_BYTES - 1] == 'x' ? "it is there" : "it is gone");
}

static void
attack_write(void)
{
	say("a file instead of a pipe");
}

/* What the jail must allow: an abort of our own, known charsets. */
static void
use_abort(void)
{
	abort();
}

static void
use_charset(void)
{
	char	 in[] = "Vi\xEA\xF2t", out[32] = "";
	char	*from = in, *to = out;
	size_t	 in_left = strlen(in), out_left = sizeof(out) - 1;
	iconv_t	 cd;

	cd = iconv_open("UTF-8", "windows-1258");
	if (cd == (iconv_t)-1 ||
	    iconv(cd, &from, &in_left, &to, &out_left) == (size_t)-1 ||
	    iconv(cd, NULL, NULL, &to, &out_left) == (size_t)-1)
		say("not converted");
	else
		say(out);
}

static void
use_unknown_charset(void)
{
	say(iconv_open("UTF-8", "IBM1047") == (iconv_t)-1 ? "refused" :
	    "opened");
}

static void
use_time(void)
{
	struct tm	tm = { .tm_year = 126, .tm_mday = 1 };

	say(mktime(&tm) == 1767225600 ? "UTC" : "not UTC");
}

static const struct {
	const char	*name;
	void		(*run)(void);
} acts[] = {
	{ "file", attack_file }, { "unlink", attack_unlink },
	{ "socket", attack_socket }, { "exec", attack_exec },
	{ "fork", attack_fork }, { "map-code", attack_map_code },
	{ "make-code", attack_make_code }, { "foreign", attack_foreign },
	{ "ptrace", attack_ptrace }, { "kill", attack_kill },
	{ "loop", attack_loop }, { "memory", attack_memory },
	{ "write", attack_write }, { "lengthen", attack_lengthen },
	{ "reserve", attack_reserve }, { "scratch", attack_scratch },
	{ "use-scratch", use_scratch }, { "use-abort", use_abort },
	{ "use-charset", use_charset },
	{ "use-unknown-charset", use_unknown_charset },
	{ "use-time", use_time },
};

static void
child_main(const char *name, int out_fd)
{
	/* of the test, not of the jail: a second must do */
	const struct rlimit	 cpu = { 1, 2 };
	const char		*why = "";
	FILE			*file = tmpfile();
	struct jail		*jail;
	size_t			 i;

	if (file == NULL || ftruncate(fileno(file), SCRATCH_BYTES) == -1 ||
	    dup2(fileno(file), FOREIGN_FD) == -1)
		_exit(9);
	scratch = mmap(NULL, SCRATCH_BYTES, PROT_READ | PROT_WRITE,
	    MAP_SHARED, FOREIGN_FD, 0);
	if (strcmp(name, "loop") == 0)
		setrlimit(RLIMIT_CPU, &cpu);
	jail = jail_new(&why);
	if (jail == NULL || jail_enter(jail, out_fd, &why) == -1) {
		dprintf(out_fd, "no jail: %s", why);
		_exit(9);
	}
	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(name, acts[i].name) == 0)
			acts[i].run();
	_exit(0);
}

int
main(int argc, char **argv)
{
	char	text[200] = "";
	int	fds[2], status, file = -1;
	pid_t	pid;

	if (argc == 2 && strcmp(argv[1], "sanitized") == 0)
		return is_sanitized ? 0 : 1;
	if (argc < 2 || pipe(fds) == -1)
		return 64;
	if (argc > 2)
		file = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	parent = getpid();
	pid = fork();
	if (pid == 0)
		child_main(argv[1], file == -1 ? fds[1] : file);
	close(fds[1]);
	(void)!read(fds[0], text, sizeof(text) - 1);
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		return 70;
	if (WIFSIGNALED(status))
		printf("%s%ssignal %s\n", text, text[0] == '\0' ? "" : ", ",
		    sigabbrev_np(WTERMSIG(status)));
	else
		printf("exit %d: %s\n", WEXITSTATUS(status), text);
	return 0;
}
