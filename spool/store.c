/*
 * The handle: opening and closing the state folder, its transactions, and
 * the reason of the last failure.
 *
 * SQLite runs in WAL mode with synchronous=FULL: a commit that returned is
 * on disk, readers never wait, and one writer waits for the other up to
 * BUSY_MS.
 */
#include "spool/store.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/handle.h"
#include "spool/lock.h"
#include "spool/query.h"
#include "spool/schema.h"

#define DATABASE "tiepnhan.db"
#define KEY "secret.key"
#define BUSY_MS 10000

void *
store_alloc(size_t size)
{
	void	*p = calloc(1, size);

	if (p == NULL)
		abort();
	return p;
}

char *
store_strdup(const char *s)
{
	char	*copy = strdup(s);

	if (copy == NULL)
		abort();
	return copy;
}

int
store_fail(struct store *st, enum store_trouble t, const char *fmt, ...)
{
	char	*text;
	va_list	 ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) == -1)
		abort();
	va_end(ap);
	free(st->error);
	st->error = text;
	st->trouble = t;
	return -1;
}

int
store_fail_errno(struct store *st, const char *what)
{
	enum store_trouble t = STORE_DISK;

	switch (errno) {
	case ENOSPC:
	case EDQUOT:
		t = STORE_FULL;
		break;
	case EACCES:
	case EPERM:
	case EROFS:
		t = STORE_DENIED;
		break;
	case ENOENT:
		t = STORE_ABSENT;
		break;
	default:
		break;
	}
	return store_fail(st, t, "%s: %s", what, strerror(errno));
}

int
store_fail_db(struct store *st)
{
	enum store_trouble t = STORE_DISK;

	switch (sqlite3_errcode(st->db) & 0xff) {
	case SQLITE_FULL:
		t = STORE_FULL;
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		t = STORE_BUSY;
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		t = STORE_DAMAGED;
		break;
	case SQLITE_PERM:
	case SQLITE_READONLY:
	case SQLITE_AUTH:
		t = STORE_DENIED;
		break;
	case SQLITE_CONSTRAINT:
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
		t = STORE_REFUSED;
		break;
	default:
		break;
	}
	return store_fail(st, t, DATABASE ": %s", sqlite3_errmsg(st->db));
}

const char *
store_sqlite_version(void)
{
	return sqlite3_libversion();
}

const char *
store_error(const struct store *st)
{
	return st->error == NULL ? "" : st->error;
}

enum store_trouble
store_trouble(const struct store *st)
{
	return st->trouble;
}

/* ---- transactions */

/* From here on every commit is synced again. */
static void
end_lazy(struct store *st)
{
	if (!st->is_lazy)
		return;
	st->is_lazy = false;
	/* setting it cannot fail outside of a transaction */
	(void)query_exec(st, "PRAGMA synchronous = FULL");
}

int
store_begin_lazy(struct store *st)
{
	if (st->depth > 0)
		return store_begin(st);
	st->is_lazy = true;
	if (query_exec(st, "PRAGMA synchronous = NORMAL") == 0 &&
	    store_begin(st) == 0)
		return 0;
	end_lazy(st);
	return -1;
}

int
store_begin(struct store *st)
{
	if (st->depth == 0) {
		if (query_exec_kept(st, "BEGIN IMMEDIATE") == -1)
			return -1;
		st->is_broken = false;
	} else if (st->depth == 1 && st->is_group) {
		if (query_exec_kept(st, "SAVEPOINT member") == -1)
			return -1;
		st->is_broken = false;
	}
	st->depth++;
	return 0;
}

static void
roll_back(struct store *st)
{
	/* SQLite may have done so by itself; the reason is kept already. */
	if (!sqlite3_get_autocommit(st->db))
		(void)sqlite3_exec(st->db, "ROLLBACK", NULL, NULL, NULL);
	st->is_broken = st->is_group = false;
	end_lazy(st);
}

/* One of a group; the others stand, unless SQLite has rolled back all. */
static void
roll_back_member(struct store *st)
{
	if (!sqlite3_get_autocommit(st->db))
		(void)sqlite3_exec(st->db, "ROLLBACK TO member;"
		    " RELEASE member", NULL, NULL, NULL);
	st->is_broken = false;
}

void
store_rollback(struct store *st)
{
	st->depth--;
	if (st->depth == 0)
		roll_back(st);
	else if (st->depth == 1 && st->is_group)
		roll_back_member(st);
	else
		st->is_broken = true;
}

static int
commit_member(struct store *st)
{
	if (!st->is_broken && query_exec_kept(st, "RELEASE member") == 0)
		return 0;
	roll_back_member(st);
	return -1;
}

int
store_commit(struct store *st)
{
	if (st->depth > 1) {
		st->depth--;
		if (st->depth == 1 && st->is_group)
			return commit_member(st);
		return st->is_broken ? -1 : 0;
	}
	st->depth = 0;
	if (st->is_broken || query_exec_kept(st, "COMMIT") == -1) {
		roll_back(st);
		return -1;
	}
	end_lazy(st);
	return 0;
}

int
store_group_begin(struct store *st, enum store_group kind)
{
	int	rc = kind == STORE_GROUP_LAZY ? store_begin_lazy(st) :
	    store_begin(st);

	st->is_group = rc == 0;
	return rc;
}

int
store_group_commit(struct store *st)
{
	st->is_group = false;
	/* what failed was told there, and was not done; unless all is lost */
	st->is_broken = sqlite3_get_autocommit(st->db) != 0;
	return store_commit(st);
}

int64_t
store_version(struct store *st)
{
	struct query	q;
	int64_t		v;

	query_start(&q, st, "PRAGMA data_version");
	if (query_number(&q, 0, &v) == -1)
		return 0;
	return (v << 40) + sqlite3_total_changes64(st->db);
}

/* ---- opening */

/* Open a folder below dir_fd, making it if may_make. */
static int
open_folder(struct store *st, int dir_fd, const char *name)
{
	int	fd;

	if (st->mode != STORE_READ && mkdirat(dir_fd, name, 0700) == -1 &&
	    errno != EEXIST) {
		(void)store_fail_errno(st, name); /* always -1 */
		return -1;
	}
	fd = openat(dir_fd, name,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		(void)store_fail_errno(st, name); /* always -1 */
	return fd;
}

/* Put the entry of a new state folder on disk. */
static int
sync_parent(struct store *st)
{
	int	fd, rc;

	fd = openat(st->dir_fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rc = fd == -1 ? -1 : fsync(fd);
	if (rc == -1)
		(void)store_fail_errno(st, st->path); /* always -1 */
	if (fd != -1)
		close(fd);
	return rc;
}

static int
open_state(struct store *st)
{
	bool	is_new = false;

	if (st->mode != STORE_READ) {
		is_new = mkdir(st->path, 0750) == 0;
		if (!is_new && errno != EEXIST)
			return store_fail_errno(st, st->path);
	}
	st->dir_fd = open(st->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (st->dir_fd == -1)
		return store_fail_errno(st, st->path);
	return is_new ? sync_parent(st) : 0;
}

static int
open_spool(struct store *st)
{
	st->spool_fd = open_folder(st, st->dir_fd, "spool");
	if (st->spool_fd == -1)
		return -1;
	st->tmp_fd = open_folder(st, st->spool_fd, "tmp");
	if (st->tmp_fd == -1)
		return -1;
	st->incoming_fd = open_folder(st, st->spool_fd, "incoming");
	return st->incoming_fd == -1 ? -1 : 0;
}

static int
take_lock(struct store *st)
{
	st->lock_fd = lock_take(st->dir_fd, &st->pid);
	if (st->lock_fd != -1)
		return 0;
	if (st->pid == 0)
		return store_fail_errno(st, LOCK_NAME);
	return store_fail(st, STORE_LOCKED,
	    "%s: another tiepnhand (pid %ld) is at work here", st->path,
	    (long)st->pid);
}

/* Write a new key aside, then give it its name: never half a key. */
static int
make_key(struct store *st)
{
	int	fd, saved;

	if (getrandom(st->key, sizeof(st->key), 0) !=
	    (ssize_t)sizeof(st->key))
		return store_fail_errno(st, KEY);
	/* left by a crash, or absent */
	(void)unlinkat(st->dir_fd, KEY ".new", 0);
	fd = openat(st->dir_fd, KEY ".new",
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd == -1)
		return store_fail_errno(st, KEY);
	if (write(fd, st->key, sizeof(st->key)) != (ssize_t)sizeof(st->key) ||
	    fsync(fd) == -1) {
		saved = errno;
		close(fd);
		errno = saved;
		return store_fail_errno(st, KEY);
	}
	close(fd);
	/* link, not rename: a key that another process made stays */
	if (linkat(st->dir_fd, KEY ".new", st->dir_fd, KEY, 0) == -1 &&
	    errno != EEXIST)
		return store_fail_errno(st, KEY);
	(void)unlinkat(st->dir_fd, KEY ".new", 0); /* a leftover harms not */
	if (fsync(st->dir_fd) == -1)
		return store_fail_errno(st, st->path);
	return 0;
}

static int
load_key(struct store *st)
{
	uint8_t	key[STORE_KEY_BYTES + 1];
	ssize_t	n;
	int	fd, tries;

	for (tries = 0; tries < 2; tries++) {
		fd = openat(st->dir_fd, KEY,
		    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (fd != -1)
			break;
		if (errno != ENOENT || st->mode == STORE_READ)
			return store_fail_errno(st, KEY);
		if (make_key(st) == -1)
			return -1;
	}
	if (fd == -1)
		return store_fail_errno(st, KEY);
	n = read(fd, key, sizeof(key));
	if (n == -1)
		(void)store_fail_errno(st, KEY); /* always -1 */
	close(fd);
	if (n == -1)
		return -1;
	if (n != STORE_KEY_BYTES)
		return store_fail(st, STORE_DAMAGED,
		    KEY ": %zd bytes, must be %d: restore it from a backup, "
		    "or remove it (links in mails sent so far then end)", n,
		    STORE_KEY_BYTES);
	memcpy(st->key, key, STORE_KEY_BYTES);
	return 0;
}

static int
open_database(struct store *st)
{
	char	*path;
	int	 fd, rc, flags;

	/* Made by us first, so that it and its WAL are 0600 whatever umask */
	flags = st->mode == STORE_READ ? O_RDONLY : O_RDWR | O_CREAT;
	fd = openat(st->dir_fd, DATABASE, flags | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd == -1)
		return store_fail_errno(st, DATABASE);
	close(fd);
	if (asprintf(&path, "%s/" DATABASE, st->path) == -1)
		abort();
	rc = sqlite3_open_v2(path, &st->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	free(path);
	if (st->db == NULL)
		abort();
	if (rc != SQLITE_OK)
		return store_fail_db(st);
	if (sqlite3_busy_timeout(st->db, BUSY_MS) != SQLITE_OK)
		return store_fail_db(st);
	if (query_exec(st, "PRAGMA synchronous = FULL") == -1 ||
	    query_exec(st, "PRAGMA temp_store = MEMORY") == -1 ||
	    query_exec(st, "PRAGMA trusted_schema = OFF") == -1 ||
	    /* what is purged, or was replaced before, lies nowhere */
	    query_exec(st, "PRAGMA secure_delete = ON") == -1 ||
	    query_exec(st, "PRAGMA journal_size_limit = 8388608") == -1)
		return -1;
	if (st->mode == STORE_READ) {
		if (query_exec(st, "PRAGMA query_only = ON") == -1)
			return -1;
	} else if (query_exec(st, "PRAGMA journal_mode = WAL") == -1)
		return -1;
	return schema_migrate(st, schema_steps, schema_n_steps);
}

int
store_open(const char *dir, enum store_mode mode, struct store **out)
{
	struct store	*st = store_alloc(sizeof(*st));

	st->mode = mode;
	st->path = store_strdup(dir);
	if (asprintf(&st->spool_path, "%s/spool", dir) == -1)
		abort();
	st->dir_fd = st->spool_fd = st->tmp_fd = st->incoming_fd = -1;
	st->lock_fd = -1;
	*out = st;

	if (open_state(st) == -1)
		return -1;
	if (mode == STORE_DAEMON && take_lock(st) == -1)
		return -1;
	/* the database last: creating its WAL syncs the folder's entries */
	if (open_spool(st) == -1 || load_key(st) == -1)
		return -1;
	return open_database(st);
}

static void
close_fd(int fd)
{
	if (fd != -1)
		close(fd);
}

void
store_close(struct store *st)
{
	if (st == NULL)
		return;
	if (st->db != NULL) {
		while (st->depth > 0)
			store_rollback(st);
		query_forget(st);
		/* _v2 never fails: it waits for what is left behind */
		(void)sqlite3_close_v2(st->db);
	}
	close_fd(st->incoming_fd);
	close_fd(st->tmp_fd);
	close_fd(st->spool_fd);
	close_fd(st->dir_fd);
	close_fd(st->lock_fd);
	free(st->spool_path);
	free(st->path);
	free(st->error);
	explicit_bzero(st->key, sizeof(st->key));
	free(st);
}

const uint8_t *
store_key(const struct store *st)
{
	return st->key;
}

int
store_dir_fd(const struct store *st)
{
	return st->dir_fd;
}

pid_t
store_pid(const struct store *st)
{
	return st->pid;
}

pid_t
store_daemon_pid(const char *dir)
{
	pid_t	pid;
	int	fd;

	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return 0;
	pid = lock_holder(fd);
	close(fd);
	return pid;
}
