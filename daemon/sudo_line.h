#ifndef DAEMON_SUDO_LINE_H
#define DAEMON_SUDO_LINE_H

struct strbuf;

/*
 * "sudo -u OWNER" and the very words of this command, quoted for a shell:
 * what somebody without the right to do it should run instead.
 */
void	 sudo_line(const char *owner, struct strbuf *out);

#endif
