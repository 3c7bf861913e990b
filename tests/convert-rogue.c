/*
 * A converter's tool that has been taken over by the file it reads: the
 * file's first word says what it tries.
 */
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
say(long result)
{
	puts(result != -1 ? "it worked" : strerrorname_np(errno));
}

static void
try_read(const char *where)
{
	say(open(where, O_RDONLY));
}

static void
try_write(const char *where)
{
	say(open(where, O_WRONLY | O_CREAT, 0600));
}

static void
try_unlink(const char *where)
{
	say(unlink(where));
}

static void
try_input(const char *where)
{
	int	fd = open("/proc/self/fd/0", O_RDWR);

	(void)where;
	say(fd == -1 ? -1 : write(fd, "x", 1));
}

static void
try_socket(const char *where)
{
	(void)where;
	say(socket(AF_INET, SOCK_STREAM, 0));
}

static void
try_unix(const char *where)
{
	(void)where;
	say(socket(AF_UNIX, SOCK_STREAM, 0));
}

static void
try_fork(const char *where)
{
	(void)where;
	say(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

static void
try_exec(const char *where)
{
	char	*argv[] = { (char *)"sh", NULL };

	(void)where;
	say(execve("/bin/sh", argv, NULL));
}

static void
try_leave(const char *where)
{
	(void)where;
	say(setsid());
}

static void
try_code(const char *where)
{
	(void)where;
	say(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0);
}

static void
try_ptrace(const char *where)
{
	(void)where;
	say(ptrace(PTRACE_ATTACH, getppid(), 0, 0));
}

static void
try_kill(const char *where)
{
	(void)where;
	say(kill(getppid(), SIGKILL));
}

static void
try_foreign(const char *where)
{
	int	fd, open_ones = 0;

	(void)where;
	for (fd = 3; fd < 64; fd++)
		open_ones += fcntl(fd, F_GETFD) != -1;
	printf("%d\n", open_ones);
}

static void
try_loop(const char *where)
{
	volatile unsigned	n = 0;

	(void)where;
	for (;;)
		n++;
}

/* Its output is closed, so that nobody seems to have to wait. */
static void
try_hide(const char *where)
{
	fclose(stdout);
	try_loop(where);
}

static void
try_flood(const char *where)
{
	char	line[4096];

	(void)where;
	memset(line, 'x', sizeof(line));
	for (;;)
		if (fwrite(line, sizeof(line), 1, stdout) != 1)
			_exit(1);
}

static void
try_memory(const char *where)
{
	size_t	got = 0;
	char	*p;

	(void)where;
	while ((p = malloc((size_t)16 << 20)) != NULL) {
		memset(p, 1, (size_t)16 << 20);
		got++;
	}
	puts(got < 64 ? "no more" : "it worked");
}

static void
try_crash(const char *where)
{
	(void)where;
	raise(SIGSEGV);
	abort();
}

static void
try_nothing(const char *where)
{
	(void)where;
	puts(" ");
}

static const struct {
	const char	*name;
	void		(*run)(const char *where);
} tries[] = {
	{ "read", try_read }, { "write", try_write },
	{ "unlink", try_unlink }, { "input", try_input },
	{ "socket", try_socket }, { "unix", try_unix }, { "fork", try_fork },
	{ "exec", try_exec }, { "leave", try_leave }, { "code", try_code },
	{ "ptrace", try_ptrace }, { "kill", try_kill },
	{ "foreign", try_foreign }, { "loop", try_loop },
	{ "hide", try_hide }, { "flood", try_flood },
	{ "memory", try_memory }, { "crash", try_crash },
	{ "nothing", try_nothing }
};

int
main(int argc, char *argv[])
{
	char	 name[32] = "", where[256] = "";
	size_t	 i;
	FILE	*f;

	if (argc != 2 || (f = fopen(argv[1], "r")) == NULL ||
	    fscanf(f, "%31s %255s", name, where) < 1)
		return 1;
	fclose(f);
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (strcmp(tries[i].name, name) == 0)
			tries[i].run(where);
	return 0;
}
