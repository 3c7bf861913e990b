#ifndef DAEMON_SEND_SESSION_H
#define DAEMON_SEND_SESSION_H

#include "daemon/send.h"

/*
 * One run of the send worker. An outgoing kind is a file that exports one
 * run function and a line in send_main.c.
 */
struct send_session {
	const struct send_request *request;
	const char	*secret; /* "" when there is none */
	int		 out_fd;
	int		 stop_fd; /* ends when we should leave */
};

/* Tell the result for one message. */
void	 send_emit(struct send_session *s, const struct send_event *e);

/*
 * 0, or a sysexits code where it stopped before the last message: after a
 * SEND_TROUBLE event, or EX_TEMPFAIL when the server is away. What has no
 * event by then was not touched.
 */
int	 send_smtp_run(struct send_session *s);
int	 send_maildir_run(struct send_session *s);

#endif
