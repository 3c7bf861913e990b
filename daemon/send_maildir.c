/*
 * Outgoing mail into a maildir: for rehearsals, tests, and offices whose
 * other programs deliver from there. The file's name comes from the
 * message's bytes, so that trying again cannot make a second copy.
 */
#include "daemon/send_session.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "daemon/limits.h"
#include "daemon/worker_io.h"

static int
make_folders(const char *path)
{
	static const char *const subs[] = {"", "/tmp", "/new", "/cur"};
	char			 full[PATH_MAX];
	size_t			 i;

	for (i = 0; i < 4; i++) {
		(void)snprintf(full, sizeof(full), "%s%s", path, subs[i]);
		if (mkdir(full, 0700) == -1 && errno != EEXIST)
			return -1;
	}
	return 0;
}

#define NAME_BYTES 64

static void
file_name(const struct send_message *m, char name[NAME_BYTES])
{
	unsigned char		digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx	ctx;

	sha256_init(&ctx);
	sha256_update(&ctx, strlen(m->to), (const uint8_t *)m->to);
	sha256_update(&ctx, m->raw.len, m->raw.data);
	sha256_digest(&ctx, sizeof(digest), digest);
	(void)snprintf(name, NAME_BYTES,
	    "%010llu.%02x%02x%02x%02x%02x%02x.tiepnhan",
	    (unsigned long long)m->id, digest[0], digest[1], digest[2],
	    digest[3], digest[4], digest[5]);
}

/* The message in tmp/, not synced yet. A descriptor of it, or -1. */
static int
write_aside(const char *path, const struct send_message *m,
    const char *name)
{
	char	tmp[PATH_MAX];
	int	fd;

	(void)snprintf(tmp, sizeof(tmp), "%s/tmp/%s", path, name);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd != -1 && worker_write_all(fd, m->raw.data, m->raw.len) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
show(const char *path, const char *name)
{
	char	tmp[PATH_MAX], new[PATH_MAX];

	(void)snprintf(tmp, sizeof(tmp), "%s/tmp/%s", path, name);
	(void)snprintf(new, sizeof(new), "%s/new/%s", path, name);
	return rename(tmp, new);
}

static int
sync_new(const char *path)
{
	char	new[PATH_MAX];
	int	dir, rc;

	(void)snprintf(new, sizeof(new), "%s/new", path);
	dir = open(new, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return -1;
	rc = fsync(dir);
	close(dir);
	return rc;
}

/*
 * Up to POST_BATCH messages, with one sync of the folder for all: written first
 * and synced then, so that the file system can put them on disk together.
 * How many arrived; errno tells of the one behind them.
 */
static size_t
deliver(const char *path, const struct send_message *m, size_t n)
{
	char	names[POST_BATCH][NAME_BYTES];
	int	fds[POST_BATCH], why = 0;
	size_t	i, opened, good;

	for (opened = 0; opened < n; opened++) {
		file_name(&m[opened], names[opened]);
		fds[opened] = write_aside(path, &m[opened], names[opened]);
		if (fds[opened] == -1)
			break;
	}
	if (opened < n)
		why = errno;
	good = opened;
	for (i = 0; i < opened; i++) {
		if (i < good && (fsync(fds[i]) == -1 ||
		    show(path, names[i]) == -1)) {
			why = errno;
			good = i;
		}
		close(fds[i]);
	}
	if (good > 0 && sync_new(path) == -1) {
		why = errno;
		good = 0;
	}
	errno = why;
	return good;
}

int
send_maildir_run(struct send_session *s)
{
	const char		*path = s->request->url + strlen("maildir:");
	const struct send_message *m = s->request->messages;
	size_t			 left = s->request->n_messages, n, good, i;
	struct send_event	 e = { .result = SEND_SENT, .text = "" };
	bool			 works = make_folders(path) == 0;
	int			 why;

	if (left == 0 && works) {
		e.result = SEND_READY;
		send_emit(s, &e);
	}
	while (left > 0 && works) {
		n = left < POST_BATCH ? left : POST_BATCH;
		good = deliver(path, m, n);
		works = good == n;
		why = errno; /* of the next one */
		for (i = 0; i < good; i++) {
			e.id = m[i].id;
			send_emit(s, &e);
		}
		errno = why;
		m += good;
		left -= good;
	}
	if (works)
		return 0;
	e.id = left > 0 ? m[0].id : 0;
	e.result = SEND_TROUBLE;
	e.text = strerror(errno);
	send_emit(s, &e);
	return EX_IOERR;
}
