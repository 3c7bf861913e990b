#ifndef DAEMON_CLERK_MAIL_H
#define DAEMON_CLERK_MAIL_H

#include <stdbool.h>
#include <time.h>

struct office;

/*
 * Mails to the clerk: daily summary, preview, call list, escalation, what
 * waits, trouble with the mailbox. Rows only; post.c sends. 0 or -1.
 */
int	 clerk_mail_decide(struct office *o, bool is_read, time_t now);

#endif
