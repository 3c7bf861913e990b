#ifndef DAEMON_STATUS_FACTS_H
#define DAEMON_STATUS_FACTS_H

#include <stddef.h>
#include <time.h>

#include "daemon/status.h"

struct arena;
struct coverage;
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
/* The same of one unit. */
int	 status_facts_unit(const struct office *o,
    const struct office_campaign *oc, int unit, struct arena *arena,
    struct unit_facts *out);

/* status_facts_load() and status_build() in one; NULL on failure. */
struct status *status_load(const struct office *o,
    const struct office_campaign *oc, time_t now, struct arena *arena);

/* The stored form of a coverage: the states of its sections by id. */
void	 coverage_store(const struct coverage *c, const struct outline *o,
    struct strbuf *out);

#endif
