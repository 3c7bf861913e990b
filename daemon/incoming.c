/*
 * A mail on its way from the mailbox into incoming/.
 */
#include "daemon/incoming.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nettle/sha2.h>

struct incoming {
	int			 tmp_fd;
	int			 incoming_fd;
	int			 fd;
	int			 error;
	uint64_t		 size;
	struct sha256_ctx	 hash;
	size_t			 pending;
	char			 name[40];
	char			 buf[65536];
};

struct incoming *
incoming_new(int tmp_fd, int incoming_fd)
{
	struct incoming	*in;
	unsigned char	 random[12];
	size_t		 i;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return NULL;
	in = calloc(1, sizeof(*in));
	if (in == NULL)
		abort();
	in->tmp_fd = tmp_fd;
	in->incoming_fd = incoming_fd;
	for (i = 0; i < sizeof(random); i++)
		(void)sprintf(in->name + 2 * i, "%02x", random[i]);
	in->fd = openat(tmp_fd, in->name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (in->fd == -1) {
		free(in);
		return NULL;
	}
	sha256_init(&in->hash);
	return in;
}

static int
flush(struct incoming *in)
{
	size_t	off = 0;
	ssize_t	n;

	while (off < in->pending) {
		n = write(in->fd, in->buf + off, in->pending - off);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			in->error = errno;
			return -1;
		}
		off += (size_t)n;
	}
	in->pending = 0;
	return 0;
}

int
incoming_write(struct incoming *in, const void *p, size_t len)
{
	const char	*s = p;
	size_t		 n;

	if (in->error != 0) {
		errno = in->error;
		return -1;
	}
	sha256_update(&in->hash, len, p);
	in->size += len;
	while (len > 0) {
		n = sizeof(in->buf) - in->pending;
		if (n > len)
			n = len;
		memcpy(in->buf + in->pending, s, n);
		in->pending += n;
		s += n;
		len -= n;
		if (in->pending == sizeof(in->buf) && flush(in) == -1)
			return -1;
	}
	return 0;
}

uint64_t
incoming_size(const struct incoming *in)
{
	return in->size;
}

int
incoming_keep(struct incoming *in, char hex[65])
{
	unsigned char	digest[SHA256_DIGEST_SIZE];
	char		target[65 + sizeof(".eml")];
	size_t		i;

	if (in->error == 0 && flush(in) == 0 && fsync(in->fd) == -1)
		in->error = errno;
	if (in->error != 0)
		goto fail;
	sha256_digest(&in->hash, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++)
		(void)sprintf(hex + 2 * i, "%02x", digest[i]);
	(void)snprintf(target, sizeof(target), "%s.eml", hex);
	if (renameat(in->tmp_fd, in->name, in->incoming_fd, target) == -1) {
		in->error = errno;
		goto fail;
	}
	close(in->fd);
	free(in);
	return 0;
fail:
	i = (size_t)in->error;
	incoming_drop(in);
	errno = (int)i;
	return -1;
}

void
incoming_drop(struct incoming *in)
{
	if (in == NULL)
		return;
	close(in->fd);
	(void)unlinkat(in->tmp_fd, in->name, 0); /* tmp is emptied at start */
	free(in);
}
