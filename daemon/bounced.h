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

#endif
