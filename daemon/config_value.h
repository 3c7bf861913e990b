#ifndef DAEMON_CONFIG_VALUE_H
#define DAEMON_CONFIG_VALUE_H

#include <stdbool.h>

#include "daemon/config.h"

struct arena;

/*
 * Readers of single settings. Each returns NULL when the value is right
 * and was put into *out (strings in the arena), else what is wrong and
 * what would be right.
 */

/* Which URLs an endpoint may have. */
enum endpoint_use { ENDPOINT_FOR_MAILBOX, ENDPOINT_FOR_OUTGOING };

/* Sets kind, url, host, port, is_loopback and path of *out. */
const char *config_read_url(const char *value, enum endpoint_use use,
    const char *folder, struct arena *arena, struct endpoint *out);
/* "120s", "2m", "1h"; seconds. */
const char *config_read_duration(const char *value, unsigned *out);
/* "nothing", "keyword:NAME", "move:FOLDER" */
const char *config_read_after(const char *value, struct arena *arena,
    enum after_kind *kind, const char **name);
/* A number of days from 1 to 36500. */
const char *config_read_days(const char *value, unsigned *out);
/* "yes" or "no" */
const char *config_read_yes(const char *value, bool *out);
/* Absolute, or relative to folder; without a slash at the end. */
const char *config_path(const char *value, const char *folder,
    struct arena *arena);

#endif
