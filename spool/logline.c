/*
 * status.log as rows, and as the file that copies them. The key of a row
 * is the byte where its line begins, so the size of the file alone says
 * which lines it lacks; nothing about the file is ever written back.
 */
#include "spool/logline.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/handle.h"
#include "spool/query.h"

/* Where the next line will begin: the size of the whole file. */
static int
total_size(struct store *st, int64_t *size)
{
	struct query	q;

	query_start(&q, st, "SELECT start + length(CAST(line AS BLOB)) + 1"
	    " FROM logline ORDER BY start DESC LIMIT 1");
	return query_number(&q, 0, size);
}

int
logline_add(struct store *st, const char *line)
{
	struct query	 q;
	char		*clean = store_strdup(line), *p;
	int64_t		 start;

	for (p = clean; *p != '\0'; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	}
	if (store_begin(st) == -1) {
		free(clean);
		return -1;
	}
	if (total_size(st, &start) == 0) {
		query_start(&q, st, "INSERT INTO logline (start, line)"
		    " VALUES (?, ?)");
		query_int(&q, start);
		query_text(&q, clean);
		(void)query_run(&q); /* breaks the transaction */
	}
	free(clean);
	return store_commit(st);
}

/* ---- the file */

struct copy {
	struct store	*st;
	int		 dir_fd;
	const char	*name;
	int		 fd;
	int64_t		 size;	/* of the file */
	int64_t		 total; /* of all lines */
	int64_t		 from;	/* the first line it lacks begins here */
};

static int
open_file(struct copy *c)
{
	struct stat	sb;

	/* O_EXCL first: only a file of our making gets its mode and sync */
	c->fd = openat(c->dir_fd, c->name, O_RDWR | O_CREAT | O_EXCL |
	    O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (c->fd != -1) {
		if (fchmod(c->fd, 0640) == -1 || fsync(c->dir_fd) == -1)
			return store_fail_errno(c->st, c->name);
	} else if (errno == EEXIST) {
		c->fd = openat(c->dir_fd, c->name,
		    O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
	}
	/* the command may write a line while the daemon does */
	if (c->fd == -1 || flock(c->fd, LOCK_EX) == -1 ||
	    fstat(c->fd, &sb) == -1)
		return store_fail_errno(c->st, c->name);
	c->size = sb.st_size;
	return 0;
}

/* Do these bytes of the file begin the text? 1, 0, or -1. */
static int
compare(struct copy *c, int64_t start, const char *text, size_t len)
{
	char	*bytes = store_alloc(len + 1);
	ssize_t	 n;
	int	 result;

	n = pread(c->fd, bytes, len, (off_t)start);
	if (n == -1)
		result = store_fail_errno(c->st, c->name);
	else
		result = (size_t)n == len && memcmp(bytes, text, len) == 0;
	free(bytes);
	return result;
}

/*
 * Where does the file stand? Sets `from`; cuts a half line. 1 when it is
 * ours, 0 when something else stands in it, -1.
 */
static int
find_place(struct copy *c)
{
	struct query	 q;
	char		*line = NULL;
	int64_t		 start = 0, have;
	int		 ours;

	c->from = 0;
	if (total_size(c->st, &c->total) == -1)
		return -1;
	if (c->size == 0 || c->size > c->total)
		return c->size == 0;
	query_start(&q, c->st, "SELECT start, line || char(10) FROM logline"
	    " WHERE start < ? ORDER BY start DESC LIMIT 1");
	query_int(&q, c->size);
	if (query_step(&q) == 1) {
		start = query_get_int(&q, 0);
		line = store_strdup(query_get_text(&q, 1));
	}
	if (query_end(&q) == -1) {
		free(line);
		return -1;
	}
	have = c->size - start;
	ours = line == NULL ? 0 : compare(c, start, line, (size_t)have);
	c->from = c->size;
	if (ours == 1 && (size_t)have < strlen(line)) {
		c->from = start;
		if (ftruncate(c->fd, (off_t)start) == -1)
			ours = store_fail_errno(c->st, c->name);
	}
	free(line);
	return ours;
}

static int
write_all(struct copy *c, const char *p, size_t len)
{
	ssize_t	n;

	while (len > 0) {
		n = write(c->fd, p, len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return store_fail_errno(c->st, c->name);
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

/* Add the lines from `from` on, in pieces, and sync. */
static int
write_lines(struct copy *c)
{
	struct query	q;
	char		buf[16384];
	size_t		n = 0, len;
	int		failed = 0;

	query_start(&q, c->st, "SELECT line || char(10) FROM logline"
	    " WHERE start >= ? ORDER BY start");
	query_int(&q, c->from);
	while (!failed && query_step(&q) == 1) {
		const char *line = query_get_text(&q, 0);

		len = strlen(line);
		if (n + len > sizeof(buf)) {
			failed = write_all(c, buf, n);
			n = 0;
		}
		if (!failed && len > sizeof(buf)) {
			failed = write_all(c, line, len);
		} else if (!failed) {
			memcpy(buf + n, line, len);
			n += len;
		}
	}
	if (query_end(&q) == -1 || failed || write_all(c, buf, n) == -1)
		return -1;
	if (fsync(c->fd) == -1)
		return store_fail_errno(c->st, c->name);
	return 0;
}

/* Keep a file that is not ours as NAME~ and begin a new one. */
static int
replace(struct copy *c)
{
	char	*aside;
	int	 rc;

	if (asprintf(&aside, "%s~", c->name) == -1)
		abort();
	rc = renameat(c->dir_fd, c->name, c->dir_fd, aside);
	free(aside);
	if (rc == -1)
		return store_fail_errno(c->st, c->name);
	close(c->fd);
	c->from = 0;
	return open_file(c);
}

static int
bring_up(struct copy *c, enum logline_flushed *what)
{
	int	ours;

	if (open_file(c) == -1)
		return -1;
	ours = find_place(c);
	if (ours == -1)
		return -1;
	if (ours == 1 && c->from == c->total) {
		*what = LOGLINE_NOTHING;
		return 0;
	}
	if (ours == 0 && replace(c) == -1)
		return -1;
	if (write_lines(c) == -1)
		return -1;
	*what = ours == 1 ? LOGLINE_WRITTEN : LOGLINE_REPLACED;
	return 0;
}

int
logline_flush(struct store *st, int dir_fd, const char *name,
    enum logline_flushed *what)
{
	struct copy	c = { .st = st, .dir_fd = dir_fd, .name = name,
	    .fd = -1 };
	int		result;

	if (st->depth > 0)
		return store_fail(st, STORE_REFUSED,
		    "%s: not before the commit", name);
	result = bring_up(&c, what);
	if (c.fd != -1)
		close(c.fd);
	return result;
}

int
logline_each(struct store *st, size_t n, logline_row row, void *arg)
{
	struct query	q;
	int		result = 0;

	query_start(&q, st, "SELECT line FROM (SELECT start, line FROM"
	    " logline ORDER BY start DESC LIMIT ?) ORDER BY start");
	query_int(&q, n == 0 ? -1 : (int64_t)n);
	while (result == 0 && query_step(&q) == 1)
		result = row(query_get_text(&q, 0), arg);
	return query_end(&q) == -1 ? -1 : result;
}
