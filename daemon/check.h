#ifndef DAEMON_CHECK_H
#define DAEMON_CHECK_H

#include <time.h>

struct problems;

/*
 * What `tiepnhand -t` does: configuration, units, calendar, templates,
 * lexicon and all campaigns; everything wrong goes to problems.
 * Returns 0 when nothing is.
 */
int	 check_everything(const char *config_file, time_t now,
    struct problems *problems);

#endif
