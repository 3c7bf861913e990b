/*
 * A mail on its way from the mailbox into incoming/.
 */
#include "daemon/incoming.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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
	bool			 has_looked; /* for the sender */
	uint64_t		 sender;
	char			 name[40];
	char			 sha256[65]; /* once finished */
	char			*buf;	/* NULL once finished */
};

#define BUFFER_BYTES 65536

struct incoming *
incoming_new(int tmp_fd, int incoming_fd)
{
	struct incoming	*in;
	unsigned char	 random[12];
	size_t		 i;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return NULL;
	in = calloc(1, sizeof(*in));
	if (in == NULL || (in->buf = malloc(BUFFER_BYTES)) == NULL)
		abort();
	in->tmp_fd = tmp_fd;
	in->incoming_fd = incoming_fd;
	for (i = 0; i < sizeof(random); i++)
		(void)sprintf(in->name + 2 * i, "%02x", random[i]);
	in->fd = openat(tmp_fd, in->name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (in->fd == -1) {
		free(in->buf);
		free(in);
		return NULL;
	}
	sha256_init(&in->hash);
	return in;
}

/* The address in <…> where there is one, in lower case, without blanks. */
static uint64_t
hash_sender(const char *value, size_t len)
{
	struct sha256_ctx	 hash;
	uint64_t		 sender;
	size_t			 i, from = 0, to = len;
	uint8_t			 c;

	for (i = 0; i < len; i++) {
		if (value[i] == '<') {
			from = i + 1;
			to = len;
		} else if (value[i] == '>' && to == len) {
			to = i;
		}
	}
	sha256_init(&hash);
	for (i = from; i < to; i++) {
		c = (uint8_t)tolower((unsigned char)value[i]);
		if (c > ' ')
			sha256_update(&hash, 1, &c);
	}
	sha256_digest(&hash, sizeof(sender), (uint8_t *)&sender);
	return sender >> 1 | 1; /* SQLite's integers are signed */
}

/* The first From field of a header, folded lines with it. */
static uint64_t
find_sender(const char *head, size_t len)
{
	size_t	at = 0, end;

	while (at < len && head[at] != '\r' && head[at] != '\n') {
		end = at;
		do {
			while (end < len && head[end] != '\n')
				end++;
			end += end < len;
		} while (end < len && (head[end] == ' ' || head[end] == '\t'));
		if (len - at > 5 && strncasecmp(head + at, "From:", 5) == 0)
			return hash_sender(head + at + 5, end - at - 5);
		at = end;
	}
	return 0;
}

/* Once, while the beginning is still at hand. */
static void
look_for_sender(struct incoming *in)
{
	if (!in->has_looked)
		in->sender = find_sender(in->buf, in->pending);
	in->has_looked = true;
}

uint64_t
incoming_sender(struct incoming *in)
{
	look_for_sender(in);
	return in->sender;
}

static int
flush(struct incoming *in)
{
	size_t	off = 0;
	ssize_t	n;

	look_for_sender(in);
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
		n = BUFFER_BYTES - in->pending;
		if (n > len)
			n = len;
		memcpy(in->buf + in->pending, s, n);
		in->pending += n;
		s += n;
		len -= n;
		if (in->pending == BUFFER_BYTES && flush(in) == -1)
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
incoming_finish(struct incoming *in, char hex[65])
{
	unsigned char	digest[SHA256_DIGEST_SIZE];
	size_t		i;
	int		error;

	if (in->error != 0 || flush(in) == -1) {
		error = in->error;
		incoming_drop(in);
		errno = error;
		return -1;
	}
	sha256_digest(&in->hash, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++)
		(void)sprintf(in->sha256 + 2 * i, "%02x", digest[i]);
	memcpy(hex, in->sha256, sizeof(in->sha256));
	free(in->buf); /* many may wait for the disk */
	in->buf = NULL;
	return 0;
}

int
incoming_keep(struct incoming *in)
{
	char	target[sizeof(in->sha256) + sizeof(".eml")];
	int	error;

	(void)snprintf(target, sizeof(target), "%s.eml", in->sha256);
	if (fsync(in->fd) == -1 || renameat(in->tmp_fd, in->name,
	    in->incoming_fd, target) == -1) {
		error = errno;
		incoming_drop(in);
		errno = error;
		return -1;
	}
	close(in->fd);
	free(in);
	return 0;
}

void
incoming_drop(struct incoming *in)
{
	if (in == NULL)
		return;
	close(in->fd);
	(void)unlinkat(in->tmp_fd, in->name, 0); /* tmp is emptied at start */
	free(in->buf);
	free(in);
}
