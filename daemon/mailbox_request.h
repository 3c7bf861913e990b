#ifndef DAEMON_MAILBOX_REQUEST_H
#define DAEMON_MAILBOX_REQUEST_H

#include <stdint.h>
#include <time.h>

struct arena;
struct fetch_request;
struct office;

/*
 * One round of fetching, as the store has it. stay_ms: then wait so long
 * for new mail. Lives in the arena; account is borrowed. 0, or -1 when the
 * store fails.
 */
int	 mailbox_request(const struct office *o, const char *account,
    struct arena *arena, int64_t stay_ms, time_t now,
    struct fetch_request *rq);

#endif
