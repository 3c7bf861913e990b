/*
 * The start of a round or of the service.
 */
#include "daemon/service_start.h"

#include "daemon/bounced.h"
#include "daemon/config.h"
#include "daemon/intake.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/statuslog.h"
#include "spool/arrival.h"
#include "spool/event.h"
#include "spool/kv.h"
#include "spool/outgoing.h"
#include "spool/purge.h"
#include "spool/token.h"

int
service_refresh(struct office *o, time_t now)
{
	size_t	 i;
	int	 changed = office_refresh(o, now);

	if (changed == -1) {
		log_error("campaigns: %s", store_error(o->store));
		return -1;
	}
	for (i = 0; i < o->n_all; i++) {
		struct office_campaign *oc = &o->campaigns[i];

		if (oc->trouble == NULL || oc->is_told)
			continue;
		log_warn("campaign: %s: not in force: %s", oc->id,
		    oc->trouble);
		oc->is_told = true;
	}
	if (bounced_drop_gone(o, now) == -1) {
		log_error("addresses: %s", store_error(o->store));
		return -1;
	}
	return changed == 0 ? 0 : intake_follow_campaigns(o, now);
}

void
service_purge(struct office *o, time_t now)
{
	struct event	 e = { .time_utc = now, .who = o->who,
		.verb = "purge", .campaign = "", .unit = "", .detail = "",
		.reason = "keep" };
	int64_t		 mails[PURGE_GROUP];
	int		 i, n;

	if (kv_int(o->store, "purge.day", 0) == day_of(now))
		return;
	do {
		n = purge_expired(o->store, now -
		    (time_t)o->config->keep_days * 86400, mails, PURGE_GROUP);
		for (i = 0; i < n; i++)
			if (purge_mail(o->store, mails[i], &e) == -1)
				n = -1;
	} while (n == PURGE_GROUP);
	if (n == -1 || token_drop_expired(o->store, now - TOKEN_KEPT_S) ==
	    -1 || kv_set_int(o->store, "purge.day", day_of(now)) == -1)
		log_error("purge: %s", store_error(o->store));
}

int
service_start(struct office *o, time_t now)
{
	struct store	*st = o->store;
	size_t		 n;

	if (kv_int(st, KV_FIRST_START, 0) == 0 &&
	    kv_set_int(st, KV_FIRST_START, now) == -1)
		goto fail;
	if (service_refresh(o, now) == -1)
		return -1;
	if (intake_follow_campaigns(o, now) == -1)
		return -1;
	if (arrival_recover(st, now, &n) == -1 ||
	    outgoing_recover(st) == -1)
		goto fail;
	if (n > 0)
		log_info("spool: took up %zu mails that a crash had left", n);
	return statuslog_flush(o);
fail:
	log_error("start: %s", store_error(st));
	return -1;
}
