#ifndef DAEMON_SERVICE_H
#define DAEMON_SERVICE_H

#include <stdbool.h>
#include <time.h>

struct office;

/*
 * The daemon at work on an opened office: what a crash has left, mailbox,
 * intake, mails of ours, status files. Returns a sysexits code.
 */

/* One full round at `now`. EX_OK, EX_UNAVAILABLE, EX_TEMPFAIL. */
int	 service_once(struct office *o, time_t now);
/* Until SIGTERM. config_file is read again on SIGHUP. */
int	 service_run(struct office *o, const char *config_file);

#endif
