/*
 * The maildir mailbox: every file in new/ and cur/ whose unique name is not
 * known yet is copied into the spool; nothing there is moved or changed.
 * The time of receipt is the file's modification time, as Dovecot has it.
 */
#include "daemon/fetch_session.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/incoming.h"
#include "daemon/keeper.h"
#include "daemon/limits.h"

struct entry {
	char	*name;
	int64_t	 mtime;
	int	 dir_fd;
};

struct entries {
	struct entry	*e;
	size_t		 n;
	size_t		 cap;
};

static int
by_hash(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int
by_time(const void *a, const void *b)
{
	const struct entry	*x = a, *y = b;

	if (x->mtime != y->mtime)
		return x->mtime < y->mtime ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* Add the unknown files of one folder, old ones left out. */
static int
scan(struct fetch_session *s, int dir_fd, const uint64_t *seen,
    struct entries *list)
{
	const struct fetch_request	*rq = s->request;
	struct dirent			*de;
	struct stat			 st;
	uint64_t			 hash;
	DIR				*d;
	int				 broken;

	d = fdopendir(dup(dir_fd));
	if (d == NULL)
		return -1;
	for (;;) {
		errno = 0; /* the end leaves it so, an error does not */
		de = readdir(d);
		if (de == NULL)
			break;
		if (de->d_name[0] == '.')
			continue;
		hash = fetch_name_hash(de->d_name);
		if (rq->n_seen > 0 && bsearch(&hash, seen, rq->n_seen,
		    sizeof(hash), by_hash) != NULL)
			continue;
		if (fstatat(dir_fd, de->d_name, &st, AT_SYMLINK_NOFOLLOW)
		    == -1 || !S_ISREG(st.st_mode) ||
		    st.st_mtime < rq->since_utc)
			continue;
		if (list->n == list->cap) {
			list->cap = list->cap == 0 ? 64 : list->cap * 2;
			list->e = realloc(list->e,
			    list->cap * sizeof(*list->e));
			if (list->e == NULL)
				abort();
		}
		list->e[list->n].name = strdup(de->d_name);
		if (list->e[list->n].name == NULL)
			abort();
		list->e[list->n].dir_fd = dir_fd;
		list->e[list->n++].mtime = st.st_mtime;
	}
	broken = errno;
	closedir(d);
	errno = broken;
	return broken == 0 ? 0 : -1;
}

static int
disk_fails(struct fetch_session *s)
{
	fetch_trouble(s, FETCH_TROUBLE_DISK, "cannot write the mail: %s",
	    strerror(errno));
	return EX_IOERR;
}

/* Stream one file into incoming/. 0, EX_IOERR when our disk fails. */
static int
copy(struct fetch_session *s, const struct entry *entry)
{
	struct fetch_event	 e = {.kind = FETCH_MESSAGE};
	struct incoming		*in = NULL;
	char			 buf[65536], unique[NAME_MAX + 1];
	ssize_t			 n;
	int			 fd;

	(void)snprintf(unique, sizeof(unique), "%.*s",
	    (int)strcspn(entry->name, ":"), entry->name);
	e.name = unique;
	e.received_utc = entry->mtime;
	fd = openat(entry->dir_fd, entry->name,
	    O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1 && errno != ENOENT)
		fetch_trouble(s, FETCH_TROUBLE_FOLDER, "%s: %s", entry->name,
		    strerror(errno));
	if (fd == -1)
		return 0; /* renamed meanwhile: the next round finds it */
	in = incoming_new(s->tmp_fd, s->incoming_fd);
	if (in == NULL)
		goto disk;
	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		if (incoming_size(in) + (uint64_t)n >
		    s->request->max_bytes) {
			e.kind = FETCH_REFUSED;
			e.size = incoming_size(in) + (uint64_t)n;
			goto tell;
		}
		if (incoming_write(in, buf, (size_t)n) == -1)
			goto disk;
	}
	if (n == -1) {
		e.kind = FETCH_FAILED;
		e.text = strerror(errno);
		goto tell;
	}
	e.size = incoming_size(in);
	e.sender = incoming_sender(in);
	n = keeper_add(s->keeper, in, &e);
	in = NULL;
	if (n == -1)
		goto disk;
	close(fd);
	return 0;
tell:
	incoming_drop(in);
	close(fd);
	fetch_emit(s, &e);
	return 0;
disk:
	n = disk_fails(s);
	incoming_drop(in);
	close(fd);
	return (int)n;
}

static int
open_folder(struct fetch_session *s, const char *path, const char *sub)
{
	char	full[PATH_MAX];
	int	fd;

	(void)snprintf(full, sizeof(full), "%s/%s", path, sub);
	fd = open(full, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		fetch_trouble(s, FETCH_TROUBLE_FOLDER, "%s: %s", full,
		    strerror(errno));
	return fd;
}

static uint64_t *
sorted_seen(const struct fetch_request *rq)
{
	uint64_t	*seen;

	seen = malloc((rq->n_seen + 1) * sizeof(*seen));
	if (seen == NULL)
		abort();
	if (rq->n_seen > 0) {
		memcpy(seen, rq->seen, rq->n_seen * sizeof(*seen));
		qsort(seen, rq->n_seen, sizeof(*seen), by_hash);
	}
	return seen;
}

/* For `doctor`: can both folders be read? */
static int
probe(struct fetch_session *s, int new_fd, int cur_fd)
{
	struct fetch_event	 e = {.kind = FETCH_FOLDER};
	int			 fds[2] = {new_fd, cur_fd}, i;
	struct dirent		*de;
	DIR			*dir;

	for (i = 0; i < 2; i++) {
		dir = fdopendir(fds[i]);
		while (dir != NULL && (de = readdir(dir)) != NULL)
			e.exists += de->d_name[0] != '.';
		if (dir == NULL)
			close(fds[i]);
		else
			closedir(dir);
	}
	fetch_emit(s, &e);
	e.kind = FETCH_ROUND_DONE;
	fetch_emit(s, &e);
	return 0;
}

int
fetch_maildir_run(struct fetch_session *s)
{
	const char		*path = s->request->url + strlen("maildir:");
	struct fetch_event	 done = {.kind = FETCH_FOLDER_DONE};
	struct entries		 list = {0};
	uint64_t		*seen;
	size_t			 i;
	int			 new_fd, cur_fd, rc = 0;

	new_fd = open_folder(s, path, "new");
	if (new_fd == -1)
		return EX_UNAVAILABLE;
	cur_fd = open_folder(s, path, "cur");
	if (cur_fd == -1) {
		close(new_fd);
		return EX_UNAVAILABLE;
	}
	if (s->request->is_probe)
		return probe(s, new_fd, cur_fd);
	seen = sorted_seen(s->request);
	/* new first: a mail that moves meanwhile is then seen in cur */
	if (scan(s, new_fd, seen, &list) == -1 ||
	    scan(s, cur_fd, seen, &list) == -1) {
		fetch_trouble(s, FETCH_TROUBLE_FOLDER, "%s: %s", path,
		    strerror(errno));
		rc = EX_UNAVAILABLE;
	}
	free(seen);
	if (list.n > 0)
		qsort(list.e, list.n, sizeof(*list.e), by_time);
	for (i = 0; i < list.n; i++) {
		if (rc == 0)
			rc = copy(s, &list.e[i]);
		free(list.e[i].name);
	}
	free(list.e);
	close(new_fd);
	close(cur_fd);
	if (rc == 0 && keeper_wait(s->keeper) == -1)
		rc = disk_fails(s);
	if (rc == 0) {
		fetch_emit(s, &done);
		done.kind = FETCH_ROUND_DONE;
		fetch_emit(s, &done);
	}
	return rc;
}
