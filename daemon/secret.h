#ifndef DAEMON_SECRET_H
#define DAEMON_SECRET_H

struct endpoint;
struct strbuf;

/*
 * The password or token of an endpoint, from where the configuration says:
 * a file, a command, a systemd credential. One newline at the end is
 * taken off; control characters are refused, for they would split a
 * protocol line. *out stays empty where none is configured.
 *
 * 0, or -1 and *out holds why instead: one line, without the secret.
 */
int	 secret_load(const struct endpoint *e, struct strbuf *out);
/* Overwrite and free. */
void	 secret_wipe(struct strbuf *secret);

#endif
