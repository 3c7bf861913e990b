/*
 * Addresses that a mail of ours did not reach, and never will.
 */
#include "daemon/bounced.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/config.h"
#include "daemon/detail.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "spool/address.h"
#include "spool/event.h"
#include "spool/outgoing.h"

/*
 * For good: RFC 3464 says failed, and RFC 3463 that it is the address
 * (5.1.x): not a full box, a mail that is too large, somebody's policy.
 */
static bool
is_final(const struct bounce *b)
{
	return strcmp(b->action, "failed") == 0 &&
	    strncmp(b->status, "5.1.", 4) == 0;
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

static int
is_marked(const struct address_bounced *a, void *arg)
{
	const struct bounced_proof *p = arg;

	return strcmp(a->address, p->address) == 0 && a->time_utc <= p->at;
}

int
bounced_clear(const struct office *o, const struct bounced_proof *p,
    time_t now)
{
	struct event	 e = { .time_utc = now, .who = p->who,
		.verb = "address-cleared", .campaign = "", .unit = p->unit,
		.mail = p->mail, .reason = p->why };
	struct bounced_proof proof = *p;
	struct strbuf	 detail = { 0 };
	int64_t		 seq;
	int		 rc;

	rc = address_each_bounced(o->store, is_marked, &proof);
	if (rc != 1)
		return rc;
	detail_add(&detail, "address", p->address);
	e.detail = strbuf_get(&detail);
	rc = address_clear(o->store, p->address, now) == -1 ? -1 :
	    event_append(o->store, &e, &seq);
	strbuf_clear(&detail);
	return rc;
}

struct gone {
	const struct office *o;
	struct arena	*arena;
	const char	*address; /* the first one; NULL */
};

static int
is_known(const struct address_learned *a, void *arg)
{
	(void)a;
	(void)arg;
	return 1;
}

static int
find_gone(const struct address_bounced *a, void *arg)
{
	struct gone	*g = arg;
	int		*units;

	if (strcmp(a->address, g->o->config->clerk) == 0 ||
	    roster_find_address(g->o->roster, a->address, g->arena,
	    &units) > 0 || address_each_learned(g->o->store, a->address,
	    is_known, NULL) != 0)
		return 0;
	g->address = arena_strdup(g->arena, a->address);
	return 1;
}

int
bounced_drop_gone(const struct office *o, time_t now)
{
	struct gone	 g = { o, arena_new(0), NULL };
	struct bounced_proof p = { .unit = "", .who = o->who,
		.why = "in no roster", .at = now };
	int		 rc;

	while ((rc = address_each_bounced(o->store, find_gone, &g)) == 1) {
		p.address = g.address;
		if (store_begin(o->store) == -1)
			break;
		if (bounced_clear(o, &p, now) == -1) {
			store_rollback(o->store);
			break;
		}
		if (store_commit(o->store) == -1)
			break;
	}
	arena_free(g.arena);
	return rc == 0 ? 0 : -1;
}
