/*
 * The scratch file of a job: what stands between a large attachment and
 * our memory.
 */
#include "daemon/scratch.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

#include "parsers/limits.h"

int
scratch_open(const char *folder, int in_fd)
{
	struct stat	st;
	int		fd;

	if (folder == NULL || fstat(in_fd, &st) == -1 ||
	    st.st_size <= (off_t)LIMIT_IN_MEMORY ||
	    st.st_size > (off_t)LIMIT_MAIL_BYTES)
		return -1;
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd != -1 && fallocate(fd, 0, 0,
	    LIMIT_SCRATCH_TIMES * st.st_size) == -1) {
		close(fd);
		fd = -1;
	}
	return fd;
}
