/*
 * The spool's files: names made of hashes only, opened without following
 * links, written aside and synced before they get their name.
 */
#include "spool/files.h"

#include <sys/random.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "spool/digest.h"
#include "spool/handle.h"

static const char *const suffixes[] = {
	[FILES_MAIL] = ".eml", [FILES_BARE] = ".file",
};

void
files_name(const char *sha256, enum files_form form, char name[FILES_NAME])
{
	(void)snprintf(name, FILES_NAME, "%.64s%s", sha256, suffixes[form]);
}

int
files_name_parse(const char *name, char sha256[65], enum files_form *form)
{
	char	hex[DIGEST_HEX];
	size_t	i;

	if (strlen(name) < DIGEST_HEX)
		return -1;
	memcpy(hex, name, DIGEST_HEX - 1);
	hex[DIGEST_HEX - 1] = '\0';
	if (!digest_is_hex(hex))
		return -1;
	for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		if (strcmp(name + DIGEST_HEX - 1, suffixes[i]) != 0)
			continue;
		memcpy(sha256, hex, DIGEST_HEX);
		*form = (enum files_form)i;
		return 0;
	}
	return -1;
}

const char *
files_path(const struct store *st)
{
	return st->spool_path;
}

int
files_dir_fd(const struct store *st)
{
	return st->spool_fd;
}

int
files_open(struct store *st, const char *sha256, enum files_form form)
{
	char	name[FILES_NAME];
	int	fd;

	if (!digest_is_hex(sha256))
		return store_fail(st, STORE_REFUSED,
		    "spool: a name that is no hash");
	files_name(sha256, form, name);
	fd = openat(st->spool_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		(void)store_fail_errno(st, name); /* always -1 */
	return fd;
}

/* ---- writing */

/* A file in tmp/ that is being written. */
struct writing {
	int			 fd;
	char			 name[40];
	struct sha256_ctx	 hash;
	uint64_t		 size;
};

static int
writing_open(struct store *st, struct writing *w)
{
	uint64_t	random[2];

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random)) {
		(void)store_fail_errno(st, "tmp"); /* always -1 */
		return -1;
	}
	(void)snprintf(w->name, sizeof(w->name), "%016llx%016llx",
	    (unsigned long long)random[0], (unsigned long long)random[1]);
	w->fd = openat(st->tmp_fd, w->name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (w->fd == -1) {
		(void)store_fail_errno(st, "tmp"); /* always -1 */
		return -1;
	}
	sha256_init(&w->hash);
	w->size = 0;
	return 0;
}

static int
writing_add(struct writing *w, const uint8_t *p, size_t len)
{
	ssize_t	n;

	sha256_update(&w->hash, len, p);
	w->size += len;
	while (len > 0) {
		n = write(w->fd, p, len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

/* Sync and name it; or, after a failure, throw it away. */
static int
writing_end(struct store *st, struct writing *w, bool is_whole,
    enum files_form form, char sha256[65])
{
	uint8_t	digest[SHA256_DIGEST_SIZE];
	char	name[FILES_NAME];

	if (!is_whole || fsync(w->fd) == -1)
		goto drop;
	sha256_digest(&w->hash, sizeof(digest), digest);
	digest_hex(digest, sha256);
	files_name(sha256, form, name);
	if (renameat(st->tmp_fd, w->name, st->incoming_fd, name) == -1)
		goto drop;
	close(w->fd);
	return 0;

drop:
	(void)store_fail_errno(st, "incoming"); /* always -1 */
	close(w->fd);
	(void)unlinkat(st->tmp_fd, w->name, 0); /* tmp is emptied at start */
	return -1;
}

int
files_write(struct store *st, const void *p, size_t len,
    enum files_form form, char sha256[65])
{
	struct writing	w;
	bool		is_whole;

	if (writing_open(st, &w) == -1)
		return -1;
	is_whole = writing_add(&w, p, len) == 0;
	return writing_end(st, &w, is_whole, form, sha256);
}

int
files_copy(struct store *st, int fd, enum files_form form, char sha256[65],
    uint64_t *size)
{
	struct writing	w;
	uint8_t		buf[65536];
	ssize_t		n;
	bool		is_whole = true;

	if (writing_open(st, &w) == -1)
		return -1;
	do {
		n = read(fd, buf, sizeof(buf));
		if (n == -1 && errno == EINTR) {
			n = 1;
			continue;
		}
		is_whole = n != -1 &&
		    (n == 0 || writing_add(&w, buf, (size_t)n) == 0);
	} while (n > 0 && is_whole);
	if (writing_end(st, &w, is_whole, form, sha256) == -1)
		return -1;
	*size = w.size;
	return 0;
}
