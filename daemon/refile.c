/*
 * Deciding anew on mails that are filed: after a decision of the clerk, or
 * when campaigns have opened or changed.
 */
#include "daemon/intake.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/file_mail.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/filing.h"
#include "spool/kv.h"
#include "spool/mail.h"

int
intake_refile(struct office *o, int64_t mail, time_t now)
{
	switch (file_mail(o, mail, now, true)) {
	case FILED_DONE:
		return 0;
	case FILED_AGAIN:
		/* No blob, or one of another program: it is read again and
		 * filed then. */
		return mail_retry(o->store, mail);
	case FILED_FAILED:
		break;
	}
	return -1;
}

struct listing {
	const struct office *office;
	struct arena	*arena;
	int64_t		*mails;
	size_t		 n;
	size_t		 cap;
};

/* No campaign has it, or it waits for the clerk. */
static int
open_row(const struct mail *m, void *arg)
{
	struct listing	*l = arg;
	struct filing	*f;
	bool		 is_open;

	if (m->state != MESSAGE_FILED && m->state != MESSAGE_HELD)
		return 0;
	f = filing_find(l->office->store, m->mail);
	is_open = f != NULL && (f->needs_clerk || f->campaign[0] == '\0');
	free(f);
	if (!is_open)
		return 0;
	l->mails = arena_grow(l->arena, l->mails, l->n, &l->cap,
	    sizeof(*l->mails));
	l->mails[l->n++] = m->mail;
	return 0;
}

int
intake_refile_open(struct office *o, time_t from, time_t now)
{
	struct mail_filter f = { .from_utc = from };
	struct listing	 l = { o, arena_new(0), NULL, 0, 0 };
	size_t		 i;
	int		 rc = 0;

	if (mail_each(o->store, &f, open_row, &l) == -1)
		rc = -1;
	for (i = 0; rc == 0 && i < l.n; i++)
		rc = intake_refile(o, l.mails[i], now);
	arena_free(l.arena);
	return rc;
}

/* Look again for one campaign, unless that was done for this version. */
static int
follow(struct office *o, const struct office_campaign *oc, time_t now)
{
	struct strbuf	 key = { 0 };
	char		*done;
	int		 rc = 0;

	strbuf_addf(&key, "campaign.%s.followed", oc->id);
	done = kv_text(o->store, strbuf_get(&key));
	if (done == NULL || strcmp(done, oc->version) != 0) {
		if (oc->campaign->state != CAMPAIGN_DRAFT)
			rc = intake_refile_open(o, oc->campaign->from, now);
		if (rc == 0)
			rc = kv_set_text(o->store, strbuf_get(&key),
			    oc->version);
	}
	free(done);
	strbuf_clear(&key);
	return rc;
}

int
intake_follow_campaigns(struct office *o, time_t now)
{
	size_t	 i;

	for (i = 0; i < o->n_campaigns; i++)
		if (follow(o, &o->campaigns[i], now) == -1) {
			log_error("intake: %s: %s", o->campaigns[i].id,
			    store_error(o->store));
			return -1;
		}
	return 0;
}
