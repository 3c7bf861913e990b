#ifndef DAEMON_SECRECY_H
#define DAEMON_SECRECY_H

#include <stdbool.h>

struct message;

/* Is a document of the mail, or its body, stamped secret? */
bool	 secrecy_found(const struct message *m);
/*
 * Everything but sender, times, formats and hashes is taken out of the
 * message, so that nothing of it is kept.
 */
void	 secrecy_redact(struct message *m);

#endif
