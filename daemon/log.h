#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

#include <stdbool.h>
#include <time.h>

/*
 * The log: one line an event, `what: object: reason`. Goes to standard
 * error, which is the journal under systemd; there each line carries its
 * priority. Control and bidi characters in values are shown escaped, so a
 * value can never start a line of its own. No secret and no document text
 * is ever given to it.
 */

/* Looks whether standard error is the journal. Optional. */
void	 log_open(const char *program);
void	 log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void	 log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void	 log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/*
 * A full disk is one trouble, however many parts of the daemon meet it and
 * how often they try: only the first line of it is written, until somebody
 * has seen that the disk takes writes again and says so here.
 */
void	 log_disk_works(void);
bool	 log_disk_is_full(void);
/*
 * The last warning or error, as it was logged, "" before the first; *when
 * gets its time.
 */
const char *log_last_trouble(time_t *when);
/* An impossible state of ours: one line, then a core. */
_Noreturn void panic(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
