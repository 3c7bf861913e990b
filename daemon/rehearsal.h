#ifndef DAEMON_REHEARSAL_H
#define DAEMON_REHEARSAL_H

#include <stdio.h>
#include <time.h>

struct office;

/*
 * --dry-run: one round on a copy of the state that is thrown away. The
 * mailbox is read (reading changes nothing there), nothing is sent, and
 * what would be said and done is printed. Returns a sysexits code.
 */
int	 rehearse(struct office *o, time_t now, FILE *out);

#endif
