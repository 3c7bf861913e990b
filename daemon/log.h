#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

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
/* An impossible state of ours: one line, then a core. */
_Noreturn void panic(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
