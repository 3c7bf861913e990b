#ifndef DAEMON_IMAP_MARK_H
#define DAEMON_IMAP_MARK_H

#include "daemon/imap_conn.h"

/*
 * Tell the server of the messages in request->marks, by keyword or by
 * moving them, as the configuration says. Only ever called for what the
 * daemon has committed. A message that cannot be marked is no error; it is
 * asked for again. 0, or a sysexits code when the connection is lost.
 */
int	 imap_mark(struct imap_conn *c);

#endif
