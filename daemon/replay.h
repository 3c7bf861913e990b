#ifndef DAEMON_REPLAY_H
#define DAEMON_REPLAY_H

#include <stdio.h>
#include <time.h>

struct arena;
struct office;

/*
 * Reading all kept mail again with today's parser, on a copy of the state:
 * which verdicts would change.
 */
struct replay;

/*
 * Note every unit's verdict as it stands. campaign: an id, or NULL for
 * all. NULL on failure; see store_error().
 */
struct replay	*replay_note(const struct office *o, const char *campaign,
    time_t now, struct arena *arena);
/*
 * The office stands on a copy by now (rehearsal_begin()): read everything
 * again and print each verdict that differs, "CAMPAIGN UNIT: old -> new".
 * How many, or -1.
 */
long		 replay_compare(struct office *o, const struct replay *before,
    time_t now, FILE *out);

#endif
