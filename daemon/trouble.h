#ifndef DAEMON_TROUBLE_H
#define DAEMON_TROUBLE_H

#include <time.h>

struct arena;
struct campaign;
struct office;

/*
 * What is wrong or unsure here, for the clerk: fetching, sending, a year
 * without a calendar, a letter without its number.
 */

/* One sentence in the arena, "" when all is well. c may be NULL. */
const char *trouble_text(const struct office *o, const struct campaign *c,
    time_t now, struct arena *arena);

/*
 * The mailbox (named for the log) cannot be read, or not in whole: noted,
 * and told in the log, once; the same as before is old news, another
 * reason is not.
 */
void	 trouble_fetching(const struct office *o, const char *mailbox,
    const char *reason, const char *text, time_t now);
void	 trouble_fetching_over(const struct office *o, const char *mailbox);

/*
 * No mail of ours goes: noted, and told in the log, once. code is the
 * server's last word, 0 when there was none.
 */
void	 trouble_sending(const struct office *o, int code, const char *text,
    time_t now);
void	 trouble_sending_over(const struct office *o, time_t now);

#endif
