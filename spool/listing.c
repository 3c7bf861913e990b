/*
 * Listing folders of ours. readdir(3) tells an error as it tells the end,
 * so spool/ calls it here only.
 */
#include "spool/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "spool/handle.h"

static DIR *
open_listing(struct store *st, int dir_fd, const char *what)
{
	DIR	*dir;
	int	 fd;

	/* opened anew: the place in a listing belongs to the descriptor */
	fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = fd == -1 ? NULL : fdopendir(fd);
	if (dir == NULL)
		(void)store_fail_errno(st, what); /* always -1 */
	if (dir == NULL && fd != -1)
		close(fd);
	return dir;
}

int
listing_each(struct store *st, int dir_fd, const char *what,
    listing_entry *entry, void *arg)
{
	struct dirent	*e;
	DIR		*dir;
	int		 result = 0;

	dir = open_listing(st, dir_fd, what);
	if (dir == NULL)
		return -1;
	while (result == 0) {
		errno = 0; /* the end leaves it so, an error does not */
		e = readdir(dir);
		if (e == NULL && errno != 0)
			result = store_fail_errno(st, what);
		if (e == NULL)
			break;
		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0)
			result = entry(e->d_name, arg);
	}
	closedir(dir);
	return result;
}
