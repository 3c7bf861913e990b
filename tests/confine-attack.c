/*
 * One attack from inside the fence of a network worker:
 * `confine-attack fetch|send NAME FOLDER`. FOLDER stands for the spool's
 * tmp/ and incoming/. Prints what became of it, as jail-attack does.
 */
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <netinet/in.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/confine.h"

static const char	*folder;
static pid_t		 parent;

static long
attack_read(void)
{
	return open("/etc/passwd", O_RDONLY);
}

static long
attack_list(void)
{
	return open("/", O_RDONLY | O_DIRECTORY);
}

static long
attack_write(void)
{
	return open("/tmp/confine-attack", O_WRONLY | O_CREAT, 0600);
}

static long
attack_link(void)
{
	char	path[4096];

	(void)snprintf(path, sizeof(path), "%s/link", folder);
	return symlink("/etc/passwd", path);
}

static long
attack_exec(void)
{
	char	*argv[] = { (char *)"sh", NULL };

	return execve("/bin/sh", argv, NULL);
}

static long
attack_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, parent, 0, 0);
}

static long
attack_memory(void)
{
	return syscall(SYS_process_vm_readv, parent, NULL, 0, NULL, 0, 0);
}

static long
attack_namespace(void)
{
	return unshare(CLONE_NEWUSER);
}

static long
attack_listen(void)
{
	struct sockaddr_in	sin = { .sin_family = AF_INET };
	int			fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd == -1 ? -1 : bind(fd, (struct sockaddr *)&sin,
	    sizeof(sin)) == -1 ? -1 : listen(fd, 1);
}

static long
attack_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

/* What it must be able to do. */
static long
use_folder(void)
{
	char	path[4096], other[4096];
	int	fd;

	(void)snprintf(path, sizeof(path), "%s/a", folder);
	(void)snprintf(other, sizeof(other), "%s/b", folder);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	return fd == -1 || write(fd, "x", 1) != 1 ? -1 : rename(path, other);
}

static const struct {
	const char	*name;
	long		(*run)(void);
} acts[] = {
	{ "read", attack_read }, { "list", attack_list },
	{ "write", attack_write }, { "link", attack_link },
	{ "exec", attack_exec }, { "ptrace", attack_ptrace },
	{ "memory", attack_memory }, { "namespace", attack_namespace },
	{ "listen", attack_listen }, { "socket", attack_socket },
	{ "use-folder", use_folder },
};

static void
child_main(const char *worker, const char *name)
{
	struct confine	c = { .network = strcmp(worker, "maildir") != 0 };
	size_t		i;

	if (strcmp(worker, "send") != 0)
		c.write_paths[0] = folder;
	if (confine_apply(&c) == -1) {
		printf("no fence: %s\n", strerror(errno));
		_exit(9);
	}
	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(name, acts[i].name) == 0)
			printf("%s\n", acts[i].run() == -1 ?
			    strerrorname_np(errno) : "it worked");
	fflush(stdout);
	_exit(0);
}

int
main(int argc, char **argv)
{
	int	status;
	pid_t	pid;

	if (argc != 4)
		return 64;
	folder = argv[3];
	parent = getpid();
	pid = fork();
	if (pid == 0)
		child_main(argv[1], argv[2]);
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		return 70;
	if (WIFSIGNALED(status))
		printf("signal %s\n", sigabbrev_np(WTERMSIG(status)));
	return 0;
}
