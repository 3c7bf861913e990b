/*
 * A copy of the state while it is in use. The database first, as one
 * snapshot; then the files, which are never changed and only ever more, so
 * that each row of the copy finds its file.
 */
#include "spool/backup.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/handle.h"
#include "spool/listing.h"

#define DEPTH 4 /* of folders below campaigns/ */

struct copying {
	struct store	*st;
	bool		 may_link; /* the file itself will do */
};

static int
copy_bytes(struct store *st, int from, int to, const char *name)
{
	char	buf[65536];
	ssize_t	n, done, w;

	while ((n = read(from, buf, sizeof(buf))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return store_fail_errno(st, name);
		for (done = 0; done < n; done += w) {
			w = write(to, buf + done, (size_t)(n - done));
			if (w == -1 && errno != EINTR)
				return store_fail_errno(st, name);
			if (w == -1)
				w = 0;
		}
	}
	return fsync(to) == -1 ? store_fail_errno(st, name) : 0;
}

/* One regular file with its mode and time; others are left out. */
static int
copy_file(const struct copying *c, int from_dir, int to_dir,
    const char *name)
{
	struct store	*st = c->st;
	struct stat	sb;
	struct timespec	times[2];
	int		from, to, result;

	/* on another file system it is copied */
	if (c->may_link && linkat(from_dir, name, to_dir, name, 0) == 0)
		return 0;
	from = openat(from_dir, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (from == -1)
		/* a purge, a link: not ours to copy */
		return errno == ENOENT || errno == ELOOP ? 0 :
		    store_fail_errno(st, name);
	result = fstat(from, &sb);
	if (result == -1)
		(void)store_fail_errno(st, name); /* always -1 */
	if (result == -1 || !S_ISREG(sb.st_mode)) {
		close(from);
		return result;
	}
	to = openat(to_dir, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    sb.st_mode & 0640);
	if (to == -1) {
		(void)store_fail_errno(st, name); /* always -1 */
		close(from);
		return -1;
	}
	result = copy_bytes(st, from, to, name);
	times[0] = sb.st_atim;
	times[1] = sb.st_mtim;
	/* the database has the times too */
	(void)futimens(to, times);
	close(from);
	close(to);
	return result;
}

static int
make_folder(struct store *st, int dir, const char *name)
{
	int	fd;

	if (mkdirat(dir, name, 0700) == -1 && errno != EEXIST)
		return store_fail_errno(st, name);
	fd = openat(dir, name,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		return store_fail_errno(st, name);
	return fd;
}

/* One folder being copied, and how many more levels below it may be. */
struct level {
	const struct copying	*c;
	int			 from, to, depth;
};

static int copy_folder(const struct copying *c, int from_dir, int to_dir,
    const char *name, int depth);

static int
copy_entry(const char *name, void *arg)
{
	const struct level	*l = arg;
	struct stat		 sb;

	if (fstatat(l->from, name, &sb, AT_SYMLINK_NOFOLLOW) == -1)
		return errno == ENOENT ? 0 : store_fail_errno(l->c->st, name);
	if (S_ISREG(sb.st_mode))
		return copy_file(l->c, l->from, l->to, name);
	if (S_ISDIR(sb.st_mode) && l->depth > 0)
		return copy_folder(l->c, l->from, l->to, name, l->depth - 1);
	return 0;
}

/* A folder and, down to a depth, what is in it. 0 too if there is none. */
static int
copy_folder(const struct copying *c, int from_dir, int to_dir,
    const char *name, int depth)
{
	struct level	l = { c, -1, -1, depth };
	int		from, to, result;

	from = openat(from_dir, name,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (from == -1)
		return errno == ENOENT ? 0 : store_fail_errno(c->st, name);
	to = make_folder(c->st, to_dir, name);
	if (to == -1) {
		close(from);
		return -1;
	}
	l.from = from;
	l.to = to;
	result = listing_each(c->st, from, name, copy_entry, &l);
	if (result == 0 && fsync(to) == -1)
		result = store_fail_errno(c->st, name);
	close(from);
	close(to);
	return result;
}

static int
copy_database(struct store *st, const char *dir)
{
	sqlite3_backup	*b;
	sqlite3		*to = NULL;
	char		*path;
	int		 rc;

	if (asprintf(&path, "%s/tiepnhan.db", dir) == -1)
		abort();
	rc = sqlite3_open_v2(path, &to,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", st->db,
	    "main") : NULL;
	/* In one step: a snapshot that no writer can restart. */
	if (b != NULL) {
		rc = sqlite3_backup_step(b, -1);
		(void)sqlite3_backup_finish(b); /* step has said it */
	}
	if (b == NULL || rc != SQLITE_DONE)
		(void)store_fail(st, STORE_DISK, "%s: %s", path,
		    rc == SQLITE_OK ? sqlite3_errmsg(to) :
		    sqlite3_errstr(rc)); /* always -1 */
	free(path);
	(void)sqlite3_close(to); /* nothing is left running on it */
	return b != NULL && rc == SQLITE_DONE ? 0 : -1;
}

static int
refuse_entry(const char *name, void *arg)
{
	(void)name;
	(void)arg;
	return 1;
}

static int
must_be_empty(struct store *st, const char *path, int fd)
{
	int	result = listing_each(st, fd, path, refuse_entry, NULL);

	return result != 1 ? result : store_fail(st, STORE_REFUSED,
	    "%s: is not empty: name a new folder", path);
}

/* Without these the copy could not be looked into before a start. */
static int
make_work_folders(struct store *st, int to)
{
	int	spool = make_folder(st, to, "spool");
	int	tmp = spool == -1 ? -1 : make_folder(st, spool, "tmp");
	int	incoming = tmp == -1 ? -1 : make_folder(st, spool, "incoming");
	int	result = incoming == -1 ? -1 : 0;

	if (result == 0 && fsync(spool) == -1)
		result = store_fail_errno(st, "spool");
	if (incoming != -1)
		close(incoming);
	if (tmp != -1)
		close(tmp);
	if (spool != -1)
		close(spool);
	return result;
}

static int
copy_all(struct store *st, const char *dir, int to, bool may_link)
{
	static const char *const folders[] = { "campaigns", "status" };
	struct copying	spool = { st, may_link }, rest = { st, false };
	size_t	i;
	int	fd;

	if (must_be_empty(st, dir, to) == -1)
		return -1;
	fd = openat(to, "tiepnhan.db",
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return store_fail_errno(st, dir);
	close(fd);
	if (copy_database(st, dir) == -1 ||
	    copy_file(&rest, st->dir_fd, to, "secret.key") == -1)
		return -1;
	/* only its files: what is in tmp/ and incoming/ is nobody's yet */
	if (copy_folder(&spool, st->dir_fd, to, "spool", 0) == -1 ||
	    make_work_folders(st, to) == -1)
		return -1;
	for (i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		if (copy_folder(&rest, st->dir_fd, to, folders[i],
		    DEPTH) == -1)
			return -1;
	}
	return fsync(to) == -1 ? store_fail_errno(st, dir) : 0;
}

static int
make_copy(struct store *st, const char *dir, bool may_link)
{
	int	to, result;

	if (mkdir(dir, 0700) == -1 && errno != EEXIST)
		return store_fail_errno(st, dir);
	to = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (to == -1)
		return store_fail_errno(st, dir);
	result = copy_all(st, dir, to, may_link);
	close(to);
	return result;
}

int
backup_copy(struct store *st, const char *dir)
{
	return make_copy(st, dir, false);
}

int
backup_twin(struct store *st, const char *dir)
{
	return make_copy(st, dir, true);
}
