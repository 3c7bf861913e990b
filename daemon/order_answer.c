/*
 * What the clerk hears after a mail of his own. RFC 3834: in reply to it,
 * marked automatic, never to anybody but the clerk.
 */
#include "daemon/order_answer.h"

#include <string.h>

#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/order_link.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "spool/mail.h"

int
order_answer(const struct clerk_letter *c, enum template_id id,
    const char *kind, const struct values *v, const struct outbox_mail *more)
{
	struct outbox_mail m = { 0 };
	int64_t		 row;

	if (c->office->config->outgoing.kind == ENDPOINT_NONE)
		return 0;
	if (more != NULL)
		m = *more;
	m.template = id;
	m.kind = kind;
	m.values = v;
	m.to = c->office->config->clerk;
	m.mail = c->mail->mail;
	m.in_reply_to = c->message->message_id;
	m.is_reply = true;
	return outbox_add(c->office, &m, c->now, &row) == OUTBOX_FAILED ?
	    -1 : 0;
}

static struct values *
values_for(const struct clerk_letter *c, const struct office_campaign *oc)
{
	struct term	 term = { 0 };
	struct values	*v;

	if (oc != NULL)
		term = campaign_term(oc->campaign, c->office->calendar,
		    DAY_NONE);
	v = mail_values_new(c->office, oc, &term);
	mail_values_time(v, c->mail->received_utc);
	return v;
}

static struct offers
offers_for(const struct clerk_letter *c, struct values *v)
{
	struct offers	 f = { c->office, c->arena, c->now, v, 0 };

	return f;
}

/* {dong_lanh_dao}, and with names in {ds_nhac} who owes. 0 or -1. */
static int
add_status(const struct clerk_letter *c, struct values *v,
    const struct office_campaign *oc)
{
	struct status	*s;
	struct strbuf	 line = { 0 };
	size_t		 i;

	if (oc == NULL)
		return 0;
	s = status_load(c->office, oc, c->now, c->arena);
	if (s == NULL)
		return -1;
	status_line(s, STATUS_LINE_NAMES, &line);
	values_set(v, VAR_DONG_LANH_DAO, strbuf_get(&line));
	strbuf_clear(&line);
	for (i = 0; i < s->n_units; i++)
		if (!s->units[i].verdict.is_submitted &&
		    !s->units[i].verdict.is_excused)
			values_add(v, VAR_DS_NHAC, s->units[i].unit->name);
	return 0;
}

int
order_answer_done(const struct clerk_letter *c, const struct decision *d,
    const struct office_campaign *oc)
{
	struct values	*v;
	struct offers	 f;
	struct order	 undo;
	int		 rc;

	if (oc == NULL)
		oc = office_only_open(c->office, c->now);
	v = values_for(c, oc);
	f = offers_for(c, v);

	values_set(v, VAR_TINH_TRANG, d->done);
	order_init(&undo, ORDER_UNDO);
	undo.event = d->first_event;
	undo.event_last = d->event;
	rc = add_status(c, v, oc);
	if (rc == 0)
		rc = order_offer(&f, text_word(WORD_LINK_UNDO), &undo);
	if (rc == 0)
		rc = order_answer(c, TEMPLATE_DECISION_DONE, MAIL_DECISION, v,
		    NULL);
	values_free(v);
	return rc;
}

int
order_answer_ask(const struct clerk_letter *c, struct order *o)
{
	struct values	*v = values_for(c, NULL);
	struct offers	 f = offers_for(c, v);
	const char	*token;
	int		 rc;

	rc = order_offer_token(&f, text_word(WORD_LINK_CONFIRM), o, &token);
	if (rc == 0) {
		/* The subject bears it too, for who answers. */
		values_set(v, VAR_TINH_TRANG, order_line(o, c->arena));
		values_set(v, VAR_MA, token);
		rc = order_answer(c, TEMPLATE_DECISION_ASK, MAIL_ANSWER, v,
		    NULL);
	}
	values_free(v);
	return rc;
}

int
order_answer_refused(const struct clerk_letter *c, const char *what,
    const char *why, struct order *order)
{
	struct values	*v = values_for(c, NULL);
	struct offers	 f = offers_for(c, v);
	struct order	 status;
	int		 rc = 0;

	values_set(v, VAR_TINH_TRANG, what);
	values_set(v, VAR_LY_DO, why);
	if (order != NULL)
		rc = order_offer(&f, order_line(order, c->arena), order);
	order_init(&status, ORDER_STATUS);
	if (rc == 0)
		rc = order_offer(&f, text_word(WORD_LINK_STATUS), &status);
	if (rc == 0)
		rc = order_answer(c, TEMPLATE_DECISION_REFUSED, MAIL_ANSWER,
		    v, NULL);
	values_free(v);
	return rc;
}

int
order_answer_question(const struct clerk_letter *c, const struct order *o,
    const struct order_aim *aim, const struct compose_attachment *files,
    size_t n)
{
	struct outbox_mail more = { .attachments = files,
		.n_attachments = n, .campaign = aim->oc->id };
	struct values	*v = values_for(c, aim->oc);
	int		 rc;

	values_set(v, VAR_TINH_TRANG, order_line(o, c->arena));
	if (n > 0)
		values_set(v, VAR_TEN_TEP, files[0].name);
	rc = add_status(c, v, aim->oc);
	if (rc == 0)
		rc = order_answer(c, TEMPLATE_CLERK_ANSWER, MAIL_ANSWER, v,
		    &more);
	values_free(v);
	return rc;
}
