/*
 * Addresses that a mail of ours did not reach, and never will.
 */
#include "daemon/bounced.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/office.h"
#include "parsers/message.h"
#include "spool/address.h"
#include "spool/outgoing.h"

/*
 * For good: RFC 3464 says failed, and RFC 3463 that it is the address
 * (5.1.x), not a full box or somebody's policy.
 */
static bool
is_final(const struct bounce *b)
{
	return strcmp(b->action, "failed") == 0 &&
	    strncmp(b->status, "5.", 2) == 0 &&
	    strcmp(b->status, "5.2.2") != 0 &&
	    strncmp(b->status, "5.7.", 4) != 0;
}

int
bounced_mark(const struct office *o, const struct message *report,
    int64_t outgoing, time_t now)
{
	struct outgoing	*ours;
	const struct bounce *b;
	size_t		 i;
	int		 rc = 0;

	if (outgoing == 0)
		return 0;
	ours = outgoing_find(o->store, outgoing);
	for (i = 0; ours != NULL && rc == 0 && i < report->n_bounces; i++) {
		b = &report->bounces[i];
		if (!is_final(b) || strcmp(b->address, ours->to) != 0)
			continue;
		rc = address_bounce(o->store,
		    &(struct address_bounced){ .address = ours->to,
		    .unit = ours->n_units == 1 ? ours->units[0] : "",
		    .status = b->status, .text = b->diagnostic,
		    .time_utc = now, .outgoing = ours->outgoing });
	}
	free(ours);
	return rc;
}
