#ifndef DAEMON_SANDBOX_H
#define DAEMON_SANDBOX_H

struct strbuf;

/*
 * The systemd unit of a configuration file: "tiepnhand.service" for
 * /etc/tiepnhan/tiepnhan.conf, "tiepnhan@OFFICE.service" for
 * /etc/tiepnhan-OFFICE/tiepnhan.conf. 0, or -1 where no unit is meant.
 */
int	 sandbox_unit(const char *config_file, struct strbuf *unit);

/*
 * Run this program again, with these arguments, as a transient unit with
 * the user, credentials and restrictions of `unit` (drop-ins counted), its
 * standard streams being ours. Does not return when it works; -1 where
 * systemd does not run, does not know the unit, or we are not root.
 */
int	 sandbox_enter(const char *unit, const char *const *argv);

#endif
