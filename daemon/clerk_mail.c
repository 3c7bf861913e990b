/*
 * What the clerk is told, and when.
 */
#include "daemon/clerk_mail.h"

#include <stdlib.h>

#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "parsers/arena.h"
#include "spool/kv.h"

/* Trouble with the mailbox: told once, and once when it is over. */
static int
tell_fetch(struct office *o, time_t now)
{
	struct store	*st = o->store;
	struct outbox_mail m = { .to = o->config->clerk };
	time_t		 trouble = kv_int(st, KV_FETCH_TROUBLE, 0);
	time_t		 told = kv_int(st, KV_FETCH_TOLD, 0);
	time_t		 ok = kv_int(st, KV_FETCH_OK, 0);
	char		*reason = NULL;
	struct values	*v;
	int64_t		 row;
	int		 rc = -1;

	if ((trouble != 0) == (told != 0) || o->config->clerk[0] == '\0')
		return 0;
	if (trouble != 0 && now - trouble < TROUBLE_TELL_S)
		return 0;
	v = mail_values_new(o, NULL, NULL);
	if (trouble != 0) {
		reason = kv_text(st, KV_FETCH_REASON);
		m.template = TEMPLATE_FETCH_TROUBLE;
		m.kind = MAIL_TROUBLE;
		if (ok != 0)
			mail_values_time(v, ok);
		values_set(v, VAR_SU_CO, reason != NULL ? reason : "");
	} else {
		m.template = TEMPLATE_FETCH_RECOVERED;
		m.kind = MAIL_RECOVERED;
		mail_values_time(v, now);
	}
	m.values = v;
	if (store_begin(st) == -1)
		goto free_values;
	if (outbox_add(o, &m, now, &row) == OUTBOX_FAILED ||
	    (trouble != 0 ? kv_set_int(st, KV_FETCH_TOLD, now) :
	    kv_drop(st, KV_FETCH_TOLD)) == -1)
		store_rollback(st);
	else
		rc = store_commit(st);
free_values:
	values_free(v);
	free(reason);
	return rc;
}

int
clerk_mail_decide(struct office *o, bool is_read, time_t now)
{
	(void)is_read;
	return tell_fetch(o, now);
}
