/*
 * SHA-256 in the form that names files and chains events.
 */
#include "spool/digest.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <nettle/sha2.h>

void
digest_hex(const uint8_t *digest, char hex[DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";
	size_t	i;

	for (i = 0; i < SHA256_DIGEST_SIZE; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[DIGEST_HEX - 1] = '\0';
}

void
digest_bytes(const void *p, size_t len, char hex[DIGEST_HEX])
{
	struct sha256_ctx	ctx;
	uint8_t			digest[SHA256_DIGEST_SIZE];

	sha256_init(&ctx);
	sha256_update(&ctx, len, p);
	sha256_digest(&ctx, sizeof(digest), digest);
	digest_hex(digest, hex);
}

int
digest_file(int fd, char hex[DIGEST_HEX], uint64_t *size)
{
	struct sha256_ctx	ctx;
	uint8_t			digest[SHA256_DIGEST_SIZE];
	uint8_t			buf[65536];
	uint64_t		sum = 0;
	ssize_t			n;

	sha256_init(&ctx);
	for (;;) {
		n = pread(fd, buf, sizeof(buf), (off_t)sum);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		sha256_update(&ctx, (size_t)n, buf);
		sum += (uint64_t)n;
	}
	sha256_digest(&ctx, sizeof(digest), digest);
	digest_hex(digest, hex);
	*size = sum;
	return 0;
}

bool
digest_is_hex(const char *s)
{
	return strlen(s) == DIGEST_HEX - 1 &&
	    strspn(s, "0123456789abcdef") == DIGEST_HEX - 1;
}
