#ifndef DAEMON_RECHECK_H
#define DAEMON_RECHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct office;

/*
 * The rules once more, at the moment of sending: what was entered may have
 * waited for hours.
 */

/*
 * May this mail go now? If not, it is put off (mail is still unread, a
 * receipt at night) or withdrawn (no longer true or lawful); then its steps
 * wait again, for units that still owe. is_read: nothing that was fetched
 * is still unread.
 */
bool	 recheck_mail(struct office *o, int64_t outgoing, bool is_read,
    time_t now);
/* Withdraw what may not go any more, whenever it is due. 0 or -1. */
int	 recheck_waiting(struct office *o, bool is_read, time_t now);

#endif
