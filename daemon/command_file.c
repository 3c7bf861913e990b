/*
 * Running `tiepnhan` for a file that goes out with a mail.
 */
#include "daemon/command_file.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/child_wait.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/paths.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/files.h"

static pid_t
start(char *const *argv, int alive)
{
	pid_t	 pid = fork();

	if (pid != 0)
		return pid;
	child_prepare();
	/* Held open until we end: the parent sees the end on its side. */
	if (dup2(alive, STDOUT_FILENO) == -1)
		_exit(126);
	execv(argv[0], argv);
	_exit(127);
}

/* Until it ends or its time is over. 0 when it did its work. */
static int
wait_for(pid_t pid, int ended)
{
	int		 status;

	if (child_wait(ended, child_deadline(COMMAND_FILE_MS)) !=
	    CHILD_READY)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int
slurp(const char *path, struct strbuf *out)
{
	char	 buf[65536];
	ssize_t	 n;
	int	 fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd == -1)
		return -1;
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		strbuf_add(out, buf, (size_t)n);
	close(fd);
	return n == 0 && out->len > 0 ? 0 : -1;
}

/* The command line, in the arena. */
static char **
command_line(const struct office *o, const char *const *words, char *path,
    time_t now, struct arena *a)
{
	const char	*const frame[] = { "-c", o->config->file };
	char		**argv;
	size_t		 n, i;

	for (n = 0; words[n] != NULL; n++)
		;
	argv = arena_calloc(a, n + 7, sizeof(*argv));
	for (i = 0; i < 2; i++)
		argv[1 + i] = arena_strdup(a, frame[i]);
	for (i = 0; i < n; i++)
		argv[3 + i] = arena_strdup(a, words[i]);
	argv[3 + n] = path;
	argv[4 + n] = arena_strdup(a, "--now");
	argv[5 + n] = arena_strdup(a, local_iso(now, a));
	return argv;
}

int
command_file(const struct office *o, const char *const *words,
    const char *suffix, time_t now, struct strbuf *out)
{
	struct arena	*a = arena_new(0);
	char		*program = paths_command();
	char		*path = arena_printf(a, "%s/tmp/mail-%ld.%s",
		files_path(o->store), (long)getpid(), suffix);
	char		**argv = command_line(o, words, path, now, a);
	int		 fd[2], rc = -1;
	pid_t		 pid;

	argv[0] = program;
	/* A state that is not the configured one is a rehearsal's copy. */
	if (o->is_copy || access(program, X_OK) == -1 ||
	    pipe2(fd, O_CLOEXEC) == -1)
		goto free_all;
	pid = start(argv, fd[1]);
	close(fd[1]);
	if (pid > 0 && wait_for(pid, fd[0]) == 0)
		rc = slurp(path, out);
	if (rc == -1)
		log_warn("tiepnhan: %s %s: no .%s was made", words[0],
		    words[1], suffix);
	close(fd[0]);
	unlink(path);
free_all:
	free(program);
	arena_free(a);
	return rc;
}
