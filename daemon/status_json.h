#ifndef DAEMON_STATUS_JSON_H
#define DAEMON_STATUS_JSON_H

#include <jansson.h>

struct status;

/* `status --json`: the object that SPEC fixes. The caller releases it. */
json_t	*status_json(const struct status *s);

#endif
