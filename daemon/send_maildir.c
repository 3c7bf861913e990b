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

static void
file_name(const struct send_message *m, char *name, size_t size)
{
	unsigned char		digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx	ctx;

	sha256_init(&ctx);
	sha256_update(&ctx, strlen(m->to), (const uint8_t *)m->to);
	sha256_update(&ctx, m->raw.len, m->raw.data);
	sha256_digest(&ctx, sizeof(digest), digest);
	(void)snprintf(name, size, "%010llu.%02x%02x%02x%02x%02x%02x.tiepnhan",
	    (unsigned long long)m->id, digest[0], digest[1], digest[2],
	    digest[3], digest[4], digest[5]);
}

static int
deliver(const char *path, const struct send_message *m)
{
	char	tmp[PATH_MAX], new[PATH_MAX], name[64];
	int	fd, dir, rc;

	file_name(m, name, sizeof(name));
	(void)snprintf(tmp, sizeof(tmp), "%s/tmp/%s", path, name);
	(void)snprintf(new, sizeof(new), "%s/new/%s", path, name);
	fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd == -1)
		return -1;
	rc = worker_write_all(fd, m->raw.data, m->raw.len);
	if (rc == 0)
		rc = fsync(fd);
	close(fd);
	if (rc == 0)
		rc = rename(tmp, new);
	if (rc == -1)
		return -1;
	(void)snprintf(tmp, sizeof(tmp), "%s/new", path);
	dir = open(tmp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return -1;
	rc = fsync(dir);
	close(dir);
	return rc;
}

int
send_maildir_run(struct send_session *s)
{
	const char		*path = s->request->url + strlen("maildir:");
	struct send_event	 e = {0};
	size_t			 i;

	if (s->request->n_messages == 0) {
		e.result = make_folders(path) == 0 ? SEND_READY :
		    SEND_TROUBLE;
		e.text = e.result == SEND_READY ? "" : strerror(errno);
		send_emit(s, &e);
		return e.result == SEND_READY ? 0 : EX_IOERR;
	}
	for (i = 0; i < s->request->n_messages; i++) {
		e.id = s->request->messages[i].id;
		e.text = "";
		e.result = SEND_SENT;
		if ((i == 0 && make_folders(path) == -1) ||
		    deliver(path, &s->request->messages[i]) == -1) {
			e.result = SEND_TROUBLE;
			e.text = strerror(errno);
		}
		send_emit(s, &e);
		if (e.result == SEND_TROUBLE)
			return EX_IOERR;
	}
	return 0;
}
