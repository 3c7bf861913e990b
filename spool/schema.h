#ifndef SPOOL_SCHEMA_H
#define SPOOL_SCHEMA_H

#include <stddef.h>

struct store;

/*
 * The schema as steps: step i brings the database from version i to
 * version i + 1 (PRAGMA user_version). A step never changes once released;
 * a change is a new step.
 */
extern const char *const schema_steps[];
extern const size_t schema_n_steps;

/*
 * Run what is missing, each step in a transaction of its own that also
 * sets the version. 0; -1 with STORE_NEWER for a database from the
 * future, which is not touched.
 */
int	 schema_migrate(struct store *st, const char *const *steps,
    size_t n_steps);
/* The database's version, -1 on failure. */
int	 schema_version(struct store *st);

#endif
