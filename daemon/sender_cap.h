#ifndef DAEMON_SENDER_CAP_H
#define DAEMON_SENDER_CAP_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct arrival;
struct office;

/*
 * A sender's mails of one day (of receipt) beyond a number that no unit
 * ever needs: they are in the spool as every mail is, but wait until the
 * next day, or until the clerk asks for one with `retry`. So neither a
 * machine gone mad nor a grudge can keep the parser, the page and the clerk
 * busy for a day. A sender is whoever stands in the From field, whatever
 * that is worth: units of the roster too.
 */

/* mail.trouble of what waits for that. */
#define SENDER_CAP_TROUBLE "too many mails of this sender in one day"

/* How many of one sender and day are read at once. */
size_t	 sender_cap(const struct office *o);
/* After arrival_take(): put off what is beyond. 0 or -1. */
int	 sender_cap_apply(struct office *o, const struct arrival *a, size_t n);
/*
 * Log and status.log say so, once for each sender and day: as soon as the
 * address is known, or (is_read) nothing of him will be read before
 * tomorrow. 0 or -1.
 */
int	 sender_cap_tell(struct office *o, bool is_read, time_t now);

#endif
