/*
 * Running `tiepnhan status --xlsx` for the daily summary.
 */
#include "daemon/status_sheet.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	struct pollfd	 pfd = { ended, POLLIN, 0 };
	int		 status;

	while (poll(&pfd, 1, SHEET_MS) == -1 && errno == EINTR)
		continue;
	if (pfd.revents == 0)
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

int
status_sheet(const struct office *o, const char *campaign, time_t now,
    struct strbuf *out)
{
	struct arena	*a = arena_new(0);
	char		*program = paths_worker("tiepnhan");
	char		*path = arena_printf(a, "%s/tmp/summary-%ld.xlsx",
		files_path(o->store), (long)getpid());
	char		*argv[] = { program, arena_strdup(a, "-c"),
		arena_strdup(a, o->config->file), arena_strdup(a, "status"),
		arena_strdup(a, campaign), arena_strdup(a, "--xlsx"), path,
		arena_strdup(a, "--now"),
		arena_strdup(a, local_iso(now, a)), NULL };
	int		 fd[2], rc = -1;
	pid_t		 pid;

	/* A state that is not the configured one is a rehearsal's copy. */
	if (o->is_copy || access(program, X_OK) == -1 ||
	    pipe2(fd, O_CLOEXEC) == -1)
		goto free_all;
	pid = start(argv, fd[1]);
	close(fd[1]);
	if (pid > 0 && wait_for(pid, fd[0]) == 0)
		rc = slurp(path, out);
	if (rc == -1)
		log_warn("summary: %s: no workbook, a CSV goes instead",
		    campaign);
	close(fd[0]);
	unlink(path);
free_all:
	free(program);
	arena_free(a);
	return rc;
}
