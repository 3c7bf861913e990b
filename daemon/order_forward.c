/*
 * Reports that come by the clerk's hand.
 */
#include "daemon/order_forward.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_answer.h"
#include "daemon/order_link.h"
#include "daemon/roster.h"
#include "daemon/ruling.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "spool/mail.h"

#define OFFERED_MAX 8

bool
order_forward_is(const struct clerk_letter *c, const struct ruling_input *in,
    struct ruling *out)
{
	ruling_of(in, c->arena, out);
	return out->kind == FILING_SUBMISSION && !out->is_counted &&
	    !out->is_quarantined;
}

struct candidates {
	int	 units[OFFERED_MAX];
	size_t	 n;
};

static void
add(struct candidates *k, int unit)
{
	size_t	 i;

	for (i = 0; i < k->n; i++)
		if (k->units[i] == unit)
			return;
	if (k->n < OFFERED_MAX)
		k->units[k->n++] = unit;
}

/* Who sent it first, then whose it looks like. */
static void
find_candidates(const struct clerk_letter *c, const struct ruling *r,
    struct candidates *k)
{
	const struct message *m = c->message;
	size_t	 i, n;
	int	*units;

	for (i = 0; i < m->n_forwards; i++) {
		n = m->forwards[i].from_address[0] == '\0' ? 0 :
		    roster_find_address(c->office->roster,
		    m->forwards[i].from_address, c->arena, &units);
		while (n > 0)
			add(k, units[--n]);
	}
	for (i = 0; i < r->n_guesses; i++)
		add(k, r->guesses[i].unit);
}

/* When it came first, as far as the forwarded mail says; the clerk sees it
 * and may write another time. */
static time_t
first_received(const struct clerk_letter *c)
{
	const struct message *m = c->message;
	time_t	 t = c->mail->received_utc;

	if (m->n_forwards > 0 && m->forwards[0].date_utc > 0 &&
	    m->forwards[0].date_utc < t)
		t = m->forwards[0].date_utc;
	return t;
}

int
order_forward_answer(const struct clerk_letter *c, const struct ruling *r)
{
	const struct office_campaign *oc = r->campaign != NULL ?
		r->campaign : office_only_open(c->office, c->now);
	struct values	*v = mail_values_new(c->office, NULL, NULL);
	struct offers	 f = { c->office, c->arena, c->now, v, 0 };
	struct candidates k = { { 0 }, 0 };
	struct order	 o;
	size_t		 i;
	int		 rc = 0;

	mail_values_time(v, c->mail->received_utc);
	values_set(v, VAR_MA, c->mail->id);
	for (i = 0; i < r->n_documents; i++)
		if (r->documents[i].role == ROLE_REPORT &&
		    r->documents[i].index >= 0)
			values_add(v, VAR_DS_TEP, template_defang(c->message->
			    attachments[r->documents[i].index].name,
			    c->arena));
	order_init(&o, ORDER_ADD);
	o.mail = c->mail->id;
	o.campaign = oc != NULL ? oc->id : "";
	o.received = local_text(first_received(c), c->arena);
	o.channel = text_word(c->message->n_forwards > 0 ? WORD_EMAIL :
	    WORD_OTHER);
	find_candidates(c, r, &k);
	for (i = 0; rc == 0 && i < k.n; i++) {
		const struct unit *u = &c->office->roster->units[k.units[i]];

		o.units = u->code;
		rc = order_offer(&f, arena_printf(c->arena, "%s %s",
		    text_word(WORD_LINK_ADD), u->name), &o);
	}
	o.units = "";
	o.has_units_field = o.units_are_open = true;
	if (rc == 0)
		rc = order_offer(&f, text_word(WORD_LINK_ADD_OTHER), &o);
	order_init(&o, ORDER_NOT_A_REPORT);
	o.mail = c->mail->id;
	if (rc == 0)
		rc = order_offer(&f, arena_printf(c->arena, "%s #%s",
		    text_word(WORD_LINK_NOT_A_REPORT), o.mail), &o);
	if (rc == 0)
		rc = order_answer(c, TEMPLATE_FORWARD_UNDERSTOOD, MAIL_ANSWER,
		    v, NULL);
	values_free(v);
	return rc;
}
