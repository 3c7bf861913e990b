#ifndef DAEMON_AGENDA_H
#define DAEMON_AGENDA_H

#include <time.h>

struct office;

/*
 * The next instant, after `now`, at which the clock alone may change what
 * is due, lawful or true: a step, an end of a term or of a campaign, the
 * bounds of office hours, the clerk's summary, another try of a deferred
 * mail or of one of ours, the next day. Never 0. It may come too early for
 * anything to be done, but not too late.
 *
 * It holds until the store or a file changes, or the clock is set.
 */
time_t	 agenda_next(const struct office *o, time_t now);

#endif
