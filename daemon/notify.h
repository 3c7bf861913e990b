#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

/* Was sd_notify(3) built in? */
bool	 notify_is_built(void);

/* Words to the service manager; nothing happens where there is none. */
void	 notify_ready(void);
void	 notify_reloading(void);
void	 notify_stopping(void);
void	 notify_alive(void);
/* One line: last poll, last trouble. */
void	 notify_status(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));
/* How often it wants to hear notify_alive(), ms; -1: never. */
int64_t	 notify_watchdog_ms(void);

#endif
