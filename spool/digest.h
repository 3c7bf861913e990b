#ifndef SPOOL_DIGEST_H
#define SPOOL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_HEX 65 /* 64 digits and NUL */

/* SHA-256 as lower case hex digits. */
void	 digest_hex(const uint8_t *digest, char hex[DIGEST_HEX]);
void	 digest_bytes(const void *p, size_t len, char hex[DIGEST_HEX]);
/* Of an open file from its start. 0 with *size set, or -1 with errno. */
int	 digest_file(int fd, char hex[DIGEST_HEX], uint64_t *size);
/* 64 lower case hex digits? */
bool	 digest_is_hex(const char *s);

#endif
