#ifndef DAEMON_IMAP_CONN_H
#define DAEMON_IMAP_CONN_H

#include <stdbool.h>
#include <stdint.h>

#include <libetpan/mailimap.h>

#include "daemon/fetch_session.h"

struct net_stream;
struct strbuf;

/* One authenticated IMAP connection (RFC 3501) over a verified stream. */
struct imap_conn {
	struct fetch_session *session;
	struct net_stream *net;
	mailimap	*imap;
	bool		 has_idle;
	bool		 has_move;
	bool		 has_uidplus;
};

/*
 * Connect, check the greeting, log in, learn the capabilities. 0, or a
 * sysexits code after a FETCH_TROUBLE event, with nothing left open.
 */
int	 imap_open(struct imap_conn *c, struct fetch_session *s);
/* LOGOUT when the connection is still in step; always closes. */
void	 imap_close(struct imap_conn *c, bool in_step);

/*
 * EXAMINE (read_only) or SELECT a folder of the request. 0 with
 * c->imap->imap_selection_info set, 1 the folder cannot be opened, or is
 * not there (told by an event), -1 the connection is lost.
 */
int	 imap_enter(struct imap_conn *c, uint32_t folder, bool read_only);

/* Deadline and byte budget for the next command. */
void	 imap_allow(struct imap_conn *c, int64_t ms, uint64_t bytes);
/*
 * Did this result code leave the connection out of step? After such a
 * code the connection must be closed.
 */
bool	 imap_is_lost(int code);
/* The last server text or stream trouble, one line, for messages. */
const char *imap_reason(const struct imap_conn *c, int code);

/* Folder names in modified UTF-7 (RFC 3501 §5.1.3). */
void	 imap_utf7(const char *utf8, struct strbuf *out);

#endif
