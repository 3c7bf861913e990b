/*
 * Reading the request and the secret, writing the answer.
 */
#include "daemon/worker_io.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <config.h>

#include "daemon/limits.h"
#include "parsers/strbuf.h"

int
worker_options(int argc, char **argv, const char *libraries)
{
	const char	*name = strrchr(argv[0], '/');

	name = name == NULL ? argv[0] : name + 1;
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		printf("%s " PACKAGE_VERSION "\n%s\n", name, libraries);
	else if (argc == 2 && strcmp(argv[1], "--help") == 0)
		printf("%s: a worker of tiepnhand(8), which starts it; it "
		    "reads its request on\nstandard input and takes no "
		    "options but --help and --version.\n", name);
	else
		return EX_USAGE;
	return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}

int
worker_write_all(int fd, const void *p, size_t len)
{
	const char	*s = p;
	ssize_t		 n;

	while (len > 0) {
		n = write(fd, s, len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

int
worker_read_all(int fd, size_t max, struct strbuf *out)
{
	char	buf[65536];
	ssize_t	n;

	for (;;) {
		n = read(fd, buf, sizeof(buf));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			return 0;
		if (out->len + (size_t)n > max) {
			errno = EMSGSIZE;
			return -1;
		}
		strbuf_add(out, buf, (size_t)n);
	}
}

int
worker_read_secret(int fd, struct strbuf *out)
{
	int	rc;

	rc = worker_read_all(fd, FETCH_SECRET_BYTES, out);
	if (rc == -1 && errno == EBADF)
		return 0;
	close(fd);
	if (rc == 0 && out->len > 0 && out->s[out->len - 1] == '\n')
		out->s[--out->len] = '\0';
	return rc;
}
