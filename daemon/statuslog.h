#ifndef DAEMON_STATUSLOG_H
#define DAEMON_STATUSLOG_H

#include <time.h>

#include "daemon/text.h"

struct arena;
struct office;
struct strbuf;

/*
 * Lines of status.log: time, word, unit, text. Rows of the caller's
 * transaction (spool/logline.h); the file follows after the commit.
 */

/* code "" for a line about no unit. 0 or -1. */
int	 statuslog_add(const struct office *o, time_t now, enum word label,
    const char *code, const char *text);
/*
 * Bring the file <state>/status/status.log up to date and sync it.
 * 0, or -1 after logging why.
 */
int	 statuslog_flush(const struct office *o);

/* "a · b · c": joins the parts that are not empty, up to a NULL. */
const char *statuslog_join(struct arena *arena, ...)
    __attribute__((sentinel));

#endif
