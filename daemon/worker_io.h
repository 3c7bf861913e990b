#ifndef DAEMON_WORKER_IO_H
#define DAEMON_WORKER_IO_H

#include <stddef.h>

struct strbuf;

/*
 * --version and --help of a worker, which takes no other words: the exit
 * code. libraries: "a 1, b 2", which only some can tell without much ado.
 */
int	 worker_options(int argc, char **argv, const char *libraries);

/* A worker's own ends of its pipes. All return 0 or -1 with errno. */

int	 worker_write_all(int fd, const void *p, size_t len);
/* Everything up to the end of file; more than max bytes is EMSGSIZE. */
int	 worker_read_all(int fd, size_t max, struct strbuf *out);
/*
 * A password or token; one trailing newline is taken off. A descriptor
 * that is not open means: no secret. Closes it.
 */
int	 worker_read_secret(int fd, struct strbuf *out);

#endif
