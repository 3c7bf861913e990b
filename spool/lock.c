/*
 * The daemon's lock: flock(2) on <state>/lock. The file is never removed,
 * so that nobody can lock a name that is gone.
 */
#include "spool/lock.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pid_t
read_pid(int fd)
{
	char	 text[24] = "";
	ssize_t	 n;
	long	 pid;

	n = pread(fd, text, sizeof(text) - 1, 0);
	if (n <= 0)
		return 0;
	pid = strtol(text, NULL, 10);
	return pid > 0 ? (pid_t)pid : 0;
}

int
lock_take(int dir_fd, pid_t *holder)
{
	char	text[24];
	int	fd, len, saved;

	*holder = 0;
	fd = openat(dir_fd, LOCK_NAME,
	    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd == -1)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		saved = errno;
		if (saved == EWOULDBLOCK) {
			*holder = read_pid(fd);
			if (*holder == 0)
				*holder = 1; /* has not written it yet */
		}
		close(fd);
		errno = saved;
		return -1;
	}
	len = snprintf(text, sizeof(text), "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == -1 || pwrite(fd, text, (size_t)len, 0) != len) {
		saved = errno;
		close(fd);
		errno = saved;
		return -1;
	}
	return fd;
}

pid_t
lock_holder(int dir_fd)
{
	pid_t	pid = 0;
	int	fd;

	fd = openat(dir_fd, LOCK_NAME, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		return 0;
	if (flock(fd, LOCK_SH | LOCK_NB) == -1 && errno == EWOULDBLOCK)
		pid = read_pid(fd);
	close(fd);
	return pid;
}
