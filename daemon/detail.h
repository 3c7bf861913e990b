#ifndef DAEMON_DETAIL_H
#define DAEMON_DETAIL_H

#include "daemon/localtime.h"

struct arena;
struct strbuf;

/*
 * The machine-readable part of an event: `key=value` words, values without
 * blanks (codes, ids, days, numbers). What people write stands in the
 * event's reason.
 */
void	 detail_add(struct strbuf *detail, const char *key,
    const char *value);
/* In the arena; "" when the key is not there. */
const char *detail_get(const char *detail, const char *key,
    struct arena *arena);
/* A day; DAY_NONE when it is not there. */
long	 detail_day(const char *detail, const char *key,
    struct arena *arena);

#endif
