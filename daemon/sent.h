#ifndef DAEMON_SENT_H
#define DAEMON_SENT_H

#include <stdint.h>
#include <time.h>

struct office;

/*
 * What a mail's end means, once its row is settled: the line of status.log,
 * the mark at an address that the server calls wrong, the step of a unit
 * that was not reached after all. Says what fails in the log.
 */
void	 sent_note(const struct office *o, int64_t outgoing, time_t now);

#endif
