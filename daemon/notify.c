/*
 * sd_notify(3), or nothing when built without systemd.
 */
#include <config.h>

#include "daemon/notify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>

#define tell(state) ((void)sd_notify(0, (state)))

int64_t
notify_watchdog_ms(void)
{
	uint64_t usec;

	/* Three times in each period: one late turn is no reason to die. */
	return sd_watchdog_enabled(0, &usec) > 0 ?
	    (int64_t)(usec / 3000) : -1;
}
#else
#define tell(state) ((void)(state))

int64_t
notify_watchdog_ms(void)
{
	return -1;
}
#endif

bool
notify_is_built(void)
{
#ifdef HAVE_SYSTEMD
	return true;
#else
	return false;
#endif
}

void
notify_ready(void)
{
	tell("READY=1");
}

void
notify_reloading(void)
{
	tell("RELOADING=1");
}

void
notify_stopping(void)
{
	tell("STOPPING=1");
}

void
notify_alive(void)
{
	tell("WATCHDOG=1");
}

void
notify_status(const char *fmt, ...)
{
	va_list	 ap;
	char	*text, *line;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) == -1)
		abort();
	va_end(ap);
	if (asprintf(&line, "STATUS=%s", text) == -1)
		abort();
	tell(line);
	free(line);
	free(text);
}
