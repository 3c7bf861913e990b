#ifndef DAEMON_SERVICE_START_H
#define DAEMON_SERVICE_START_H

#include <time.h>

struct office;

/*
 * What every start does first, once or as a service: take up what a crash
 * has left, and the campaigns. 0, or -1 after logging why.
 */
int	 service_start(struct office *o, time_t now);
/*
 * Once a day: what is no submission and was kept long enough goes, each
 * leaving a tombstone and an event.
 */
void	 service_purge(struct office *o, time_t now);
/* Campaigns that changed on disk, and what follows from it. 0 or -1. */
int	 service_refresh(struct office *o, time_t now);

#endif
