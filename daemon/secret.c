/*
 * Reading secrets. They are held only for the moment of starting a worker,
 * which gets them on a descriptor.
 */
#include "daemon/secret.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/child_wait.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "parsers/strbuf.h"

void
secret_wipe(struct strbuf *secret)
{
	if (secret->s != NULL)
		explicit_bzero(secret->s, secret->cap);
	strbuf_clear(secret);
}

/* Replace what is in out by the reason. */
static int
refuse(struct strbuf *out, const char *what, const char *why)
{
	secret_wipe(out);
	strbuf_addf(out, "%s: %s", what, why);
	return -1;
}

static int
read_all(int fd, struct strbuf *out)
{
	char	 buf[1024];
	ssize_t	 n;

	while ((n = read(fd, buf, sizeof(buf))) > 0 || (n == -1 &&
	    errno == EINTR))
		if (n > 0 && out->len + (size_t)n <= FETCH_SECRET_BYTES)
			strbuf_add(out, buf, (size_t)n);
	explicit_bzero(buf, sizeof(buf));
	return n == -1 ? -1 : 0;
}

static int
check(struct strbuf *out, const char *what)
{
	size_t	 i;

	if (out->len > 0 && out->s[out->len - 1] == '\n')
		out->s[--out->len] = '\0';
	if (out->len > 0 && out->s[out->len - 1] == '\r')
		out->s[--out->len] = '\0';
	if (out->len == 0)
		return refuse(out, what, "is empty");
	for (i = 0; i < out->len; i++)
		if ((unsigned char)out->s[i] < ' ' || out->s[i] == 0x7f)
			return refuse(out, what, "has control characters");
	return 0;
}

static int
from_file(const char *path, struct strbuf *out)
{
	int	 fd = open(path, O_RDONLY | O_CLOEXEC), rc, saved;

	if (fd == -1)
		return refuse(out, path, strerror(errno));
	rc = read_all(fd, out);
	saved = errno;
	close(fd);
	return rc == -1 ? refuse(out, path, strerror(saved)) :
	    check(out, path);
}

/* All that it prints, until its end; NULL, or why not. */
static const char *
read_command(int fd, struct strbuf *out)
{
	const int64_t	deadline = child_deadline(SECRET_COMMAND_S * 1000);
	const char	*why = NULL;
	char		 buf[1024];
	ssize_t		 n = 1;

	while (n > 0 && why == NULL) {
		switch (child_wait(fd, deadline)) {
		case CHILD_LATE:
			why = "the command takes too long";
			break;
		case CHILD_STOP:
			why = "the service is to stop";
			break;
		case CHILD_READY:
			n = read(fd, buf, sizeof(buf));
			if (n > 0 && out->len + (size_t)n <=
			    FETCH_SECRET_BYTES)
				strbuf_add(out, buf, (size_t)n);
			if (n == -1)
				why = strerror(errno);
			break;
		}
	}
	explicit_bzero(buf, sizeof(buf));
	return why;
}

/* What the command prints; by the shell, as the administrator wrote it. */
static int
from_command(const char *command, const char *key, struct strbuf *out)
{
	const char	*why;
	int		 fd[2], status;
	pid_t		 pid;

	if (pipe2(fd, O_CLOEXEC) == -1)
		return refuse(out, key, strerror(errno));
	pid = fork();
	if (pid == 0) {
		child_prepare();
		if (dup2(fd[1], STDOUT_FILENO) == -1)
			_exit(126);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	close(fd[1]);
	if (pid == -1) {
		close(fd[0]);
		return refuse(out, key, strerror(errno));
	}
	setpgid(pid, pid); /* whoever of the two comes first */
	why = read_command(fd[0], out);
	close(fd[0]);
	if (why != NULL)
		kill(-pid, SIGKILL); /* with all that it has started */
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	if (why == NULL && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		why = "the command failed";
	return why != NULL ? refuse(out, key, why) : check(out, key);
}

/*
 * Is there one to be read? None, or a lone newline (the unit falls back to
 * that), is no secret; one that is there and cannot be read is trouble.
 */
static bool
is_to_be_read(const char *path)
{
	struct stat	st;

	return stat(path, &st) == 0 ? st.st_size > 1 : errno != ENOENT;
}

int
secret_load(const struct endpoint *e, struct strbuf *out)
{
	const char	*folder = getenv("CREDENTIALS_DIRECTORY");
	struct strbuf	 path = { 0 };
	int		 rc = 0;

	if (e->password_file[0] != '\0')
		return from_file(e->password_file, out);
	if (e->password_command[0] != '\0')
		return from_command(e->password_command, "password_command",
		    out);
	if (e->token_command[0] != '\0')
		return from_command(e->token_command, "token_command", out);
	if (folder == NULL || e->credential[0] == '\0')
		return 0;
	strbuf_addf(&path, "%s/%s", folder, e->credential);
	if (is_to_be_read(strbuf_get(&path)))
		rc = from_file(strbuf_get(&path), out);
	strbuf_clear(&path);
	return rc;
}
