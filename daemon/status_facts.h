#ifndef DAEMON_STATUS_FACTS_H
#define DAEMON_STATUS_FACTS_H

#include <stddef.h>
#include <time.h>

#include "daemon/status.h"

struct arena;
struct coverage;
struct judged;
struct office;
struct office_campaign;
struct outline;
struct strbuf;
struct submission;

/*
 * Read what the store knows of one campaign into the input of
 * status_build(). All of it is copied into the arena. 0, or -1: see
 * store_error().
 */
int	 status_facts_load(const struct office *o,
    const struct office_campaign *oc, struct arena *arena,
    struct status_facts *out);
/* Of these only what waits for the clerk. 0 or -1. */
int	 status_waiting(const struct office *o,
    const struct office_campaign *oc, struct arena *arena,
    struct status_facts *out);
/* status_facts_load() and status_build() in one; NULL on failure. */
struct status *status_load(const struct office *o,
    const struct office_campaign *oc, time_t now, struct arena *arena);

/*
 * The verdict on one unit, with its facts in the arena; NULL on failure.
 * *known is what this arena holds of the same moment already, NULL at
 * first: nobody is judged twice. known may be NULL.
 */
const struct verdict *status_judge_unit(const struct office *o,
    const struct office_campaign *oc, int unit, time_t now,
    struct arena *arena, struct judged **known);

/* The stored form of a coverage: the states of its sections by id. */
void	 coverage_store(const struct coverage *c, const struct outline *o,
    struct strbuf *out);

#endif
