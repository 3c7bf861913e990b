#ifndef DAEMON_RECEIPTS_H
#define DAEMON_RECEIPTS_H

#include <time.h>

struct arena;
struct judged;
struct mail;
struct mail_facts;
struct message;
struct office;
struct ruling;

/* A mail just filed, for which receipts may be due. */
struct receipt_input {
	const struct office *office;
	struct arena	*arena;
	const struct mail *mail;
	const struct message *message;
	const struct mail_facts *facts;
	const struct ruling *ruling;
	time_t		 now;
	struct judged	**known; /* see status_judge_unit() */
};

/*
 * Enter the receipts for a mail: one per distinct file, to the From address
 * if it is the unit's, at most three per address and day, never to
 * automatic mail, backlog or junk. In the transaction that files it.
 * 0 or -1.
 */
int	 receipts_add(const struct receipt_input *in);
/* By day at once: 0. At night: six in the morning. Any day of the week. */
time_t	 receipts_not_before(time_t now);

#endif
