#ifndef DAEMON_BOUNCED_H
#define DAEMON_BOUNCED_H

#include <stdint.h>
#include <time.h>

struct message;
struct office;

/*
 * A delivery report came about the mail of ours in row `outgoing` (0:
 * about none that we know): mark the addresses in it that are wrong for
 * good. In the caller's transaction. 0 or -1.
 */
int	 bounced_mark(const struct office *o, const struct message *report,
    int64_t outgoing, time_t now);

/* An address works: what says so, who, and since when. */
struct bounced_proof {
	const char	*address;
	const char	*unit;	/* code, or "" */
	int64_t		 mail;	/* that came from it; 0 */
	const char	*who;
	const char	*why;	/* a word for the event */
	time_t		 at;	/* a later mark stands */
};
/* Take the mark from it, if it has one, as an event. In a transaction. */
int	 bounced_clear(const struct office *o, const struct bounced_proof *p,
    time_t now);
/* Take it from addresses that neither roster nor anybody uses any more. */
int	 bounced_drop_gone(const struct office *o, time_t now);

#endif
