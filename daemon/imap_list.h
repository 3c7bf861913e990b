#ifndef DAEMON_IMAP_LIST_H
#define DAEMON_IMAP_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct imap_conn;

/* A folder that the server has and that mail can lie in. */
struct imap_listed {
	const char	*name;	 /* UTF-8 */
	bool		 is_junk; /* the server says so (RFC 6154) */
};

/*
 * LIST: the folders whose names fit the pattern, "*" all, in the server's
 * order, in the arena; at most FETCH_LISTED. A server that refuses to tell
 * has none. 0, or -1 when the connection is lost.
 */
int	 imap_list(struct imap_conn *c, const char *pattern,
    struct arena *arena, struct imap_listed **list, size_t *n);

/* Modified UTF-7 (RFC 3501 §5.1.3) as UTF-8; NULL when it is none. */
const char *imap_utf8(const char *name, struct arena *arena);

#endif
