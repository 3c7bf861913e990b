#ifndef SPOOL_MESSAGE_STATE_H
#define SPOOL_MESSAGE_STATE_H

#include <stdbool.h>

/* Where a mail stands. Stored as numbers: append only. */
enum message_state {
	MESSAGE_STORED = 1,   /* in the spool, not yet read */
	MESSAGE_PARSED = 2,   /* read, the result kept, not yet decided on */
	MESSAGE_DEFERRED = 3, /* to be read later (our trouble, not its) */
	MESSAGE_FILED = 4,    /* decided; nothing more to do */
	MESSAGE_HELD = 5,     /* waits for the clerk */
	MESSAGE_ASIDE = 6,    /* could not be read or filed, after all tries */
	MESSAGE_PURGED = 7    /* a tombstone */
};

/* "stored" … "purged". */
const char *message_state_name(enum message_state s);
/* The one table of legal transitions. */
bool	 message_state_may(enum message_state from, enum message_state to);

#endif
