/*
 * What waits for the clerk in a campaign: mails whose filing is in doubt,
 * those that no program could read, and those that were never got.
 */
#include "daemon/status_facts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/detail.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/status.h"
#include "daemon/unfetched.h"
#include "parsers/arena.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"

struct waiting {
	const struct office *office;
	const struct office_campaign *campaign;
	struct arena	*arena;
	struct clerk_item *items;
	size_t		 n;
	size_t		 cap;
};

static struct clerk_item *
new_item(struct waiting *w)
{
	struct clerk_item *item;

	w->items = arena_grow(w->arena, w->items, w->n, &w->cap,
	    sizeof(*item));
	item = &w->items[w->n++];
	memset(item, 0, sizeof(*item));
	return item;
}

static struct clerk_item *
add_item(struct waiting *w, const struct mail *mail)
{
	struct arena	*a = w->arena;
	struct clerk_item *item = new_item(w);

	item->id = arena_strdup(a, mail->id);
	item->from = arena_strdup(a, mail->from_address);
	item->subject = arena_strdup(a, mail->subject);
	item->received = mail->received_utc;
	return item;
}

static int
waiting_filing(const struct filing *f, void *arg)
{
	struct waiting	*w = arg;
	struct arena	*a = w->arena;
	struct clerk_guess *g;
	struct clerk_item *item;
	struct mail	*mail;
	size_t		 i;

	if (f->campaign[0] != '\0' && strcmp(f->campaign, w->campaign->id) != 0)
		return 0;
	mail = mail_find(w->office->store, f->mail);
	if (mail == NULL)
		return 0;
	item = add_item(w, mail);
	item->reason = arena_strdup(a, f->reason);
	if (f->is_quarantined)
		item->subject = "";
	g = arena_calloc(a, f->n_guesses + 1, sizeof(*g));
	for (i = 0; i < f->n_guesses; i++) {
		g[i].unit = arena_strdup(a, f->guesses[i].unit);
		g[i].why = arena_strdup(a, f->guesses[i].why);
	}
	item->guesses = g;
	item->n_guesses = f->n_guesses;
	free(mail);
	return 0;
}

static int
waiting_aside(const struct mail *mail, void *arg)
{
	add_item(arg, mail)->reason = reason_text(REASON_ASIDE);
	return 0;
}

/* Nobody knows whose it is: it waits in each campaign of that time. */
static int
waiting_unfetched(const struct event *e, void *arg)
{
	struct waiting	*w = arg;
	const struct campaign *c = w->campaign->campaign;
	struct arena	*a = w->arena;
	time_t		 received = e->time_utc;
	struct clerk_item *item;

	(void)local_parse(detail_get(e->detail, "received", a), &received);
	if (!campaign_takes(c, received) ||
	    (c->close != 0 && received >= c->close))
		return 0;
	item = new_item(w);
	item->id = arena_printf(a, "!%" PRId64, e->seq);
	item->event = e->seq;
	item->from = item->subject = "";
	item->received = received;
	item->reason = arena_strdup(a, e->reason);
	return 0;
}

static int
compare_items(const void *a, const void *b)
{
	const struct clerk_item *x = a, *y = b;

	if (x->received != y->received)
		return x->received < y->received ? -1 : 1;
	return strcmp(x->id, y->id);
}

int
status_waiting(const struct office *o, const struct office_campaign *oc,
    struct arena *arena, struct status_facts *out)
{
	struct event_filter unfetched = { .verb = UNFETCHED_VERB,
		.only_active = true };
	struct mail_filter aside = { .state = MESSAGE_ASIDE };
	struct waiting	 w = { o, oc, arena, NULL, 0, 0 };

	if (filing_each_needs_clerk(o->store, waiting_filing, &w) == -1 ||
	    mail_each(o->store, &aside, waiting_aside, &w) == -1 ||
	    event_each(o->store, &unfetched, waiting_unfetched, &w) == -1)
		return -1;
	if (w.n > 0)
		qsort(w.items, w.n, sizeof(*w.items), compare_items);
	out->clerk = w.items;
	out->n_clerk = w.n;
	return 0;
}
