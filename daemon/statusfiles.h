#ifndef DAEMON_STATUSFILES_H
#define DAEMON_STATUSFILES_H

#include <time.h>

struct office;

/*
 * The status files for people: for each campaign that is no draft ID.html
 * and ID.csv, and index.html, in <state>/status and in the `publish`
 * folder. Each is replaced by rename, and only when its bytes change.
 * 0, or -1 after logging what could not be written.
 */
int	 statusfiles_write(const struct office *o, time_t now);

#endif
