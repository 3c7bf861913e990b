#ifndef DAEMON_FETCH_SESSION_H
#define DAEMON_FETCH_SESSION_H

#include "daemon/fetch.h"

struct keeper;

/*
 * One run of the fetch worker, whatever the kind of mailbox. A mailbox
 * kind is a file that exports one run function and a line in fetch_main.c.
 */
struct fetch_session {
	const struct fetch_request *request;
	const char	*secret; /* "" when there is none */
	int		 tmp_fd;
	int		 incoming_fd;
	int		 stop_fd; /* readable when the daemon wants us gone */
	int		 out_fd;
	struct keeper	*keeper; /* of the mails that are fetched */
};

/* Write one event; exits quietly when the daemon no longer listens. */
void	 fetch_emit(struct fetch_session *s, const struct fetch_event *e);
/* The same for FETCH_TROUBLE, with a formatted line. */
void	 fetch_trouble(struct fetch_session *s, enum fetch_trouble t,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* 0 done, else a sysexits code after a FETCH_TROUBLE event. */
int	 fetch_imap_run(struct fetch_session *s);
int	 fetch_maildir_run(struct fetch_session *s);

#endif
