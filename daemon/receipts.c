/*
 * Receipts: the unit learns at once that its report arrived, and what was
 * seen in it. RFC 3834: never to automatic mail, never twice for one file.
 */
#include "daemon/receipts.h"

#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mail_facts.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/roster.h"
#include "daemon/ruling.h"
#include "daemon/status_facts.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "spool/mail.h"
#include "spool/outgoing.h"

/*
 * Signs that forbid an answer. A list's mark alone does not: group
 * addresses of units bear it too.
 */
#define SIGNS_SILENT (SIGN_AUTO_SUBMITTED | SIGN_AUTO_REPLIED | SIGN_BULK | \
    SIGN_NULL_SENDER | SIGN_DAEMON_SENDER | SIGN_VACATION_SUBJECT | \
    SIGN_DSN | SIGN_MDN | SIGN_SUPPRESS | SIGN_MANY_FROM | SIGN_LOOP)

/* Too old to be answered now, whenever it was taken in. */
static bool
is_stale(const struct receipt_input *in)
{
	long	 day = calendar_add_workdays(in->office->calendar,
	    day_of(in->now), -MAILBOX_BACKLOG_WORKDAYS);

	return in->mail->is_backlog ||
	    in->mail->received_utc < day_start(day);
}

static bool
may_answer(const struct receipt_input *in)
{
	const struct message *m = in->message;
	const struct ruling_input *r = &in->facts->ruling;

	return in->office->config->outgoing.kind != ENDPOINT_NONE &&
	    !is_stale(in) && !r->is_junk && !r->is_own &&
	    !in->ruling->is_quarantined && in->ruling->is_counted &&
	    in->mail->form == FILES_MAIL &&
	    (m->signs & SIGNS_SILENT) == 0 &&
	    strcmp(m->return_path, "<>") != 0 &&
	    strcmp(m->from_address, in->office->config->from_address) != 0 &&
	    address_is_valid(m->from_address);
}

/* Is the From address one of the unit's? */
static bool
is_its_address(const struct receipt_input *in, int unit)
{
	const struct ruling_input *r = &in->facts->ruling;
	size_t	 i;

	for (i = 0; i < r->n_addressed; i++)
		if (r->addressed[i] == unit)
			return true;
	return false;
}

time_t
receipts_not_before(time_t now)
{
	int	 minute = local_minute(now);

	if (minute < RECEIPT_FROM_MINUTE)
		return day_at(day_of(now), RECEIPT_FROM_MINUTE);
	if (minute >= RECEIPT_UNTIL_MINUTE)
		return day_at(day_of(now) + 1, RECEIPT_FROM_MINUTE);
	return 0;
}

/* Files of the mail that count for the document's units. */
static void
add_files(const struct receipt_input *in, const struct ruled_document *d,
    struct values *v)
{
	const struct attachment *a;
	size_t	 i;

	for (i = 0; i < in->message->n_attachments; i++) {
		a = &in->message->attachments[i];
		if ((int)i == d->index ||
		    (in->ruling->n_units == d->n_units &&
		    in->ruling->documents[i].role == ROLE_COMPANION))
			values_add(v, VAR_DS_TEP,
			    template_defang(a->name, in->arena));
	}
}

/*
 * What is thought of each unit's part in the report, as values of the mail;
 * NULL on failure. Where their terms differ, the mail names the campaign's.
 */
static struct values *
judged_values(const struct receipt_input *in,
    const struct office_campaign *oc, const int *units, size_t n)
{
	const struct office *o = in->office;
	struct judged_unit *judged = arena_calloc(in->arena, n + 1,
	    sizeof(*judged));
	const struct term *first = NULL, *term;
	struct term	 common = campaign_term(oc->campaign, o->calendar,
	    DAY_NONE);
	struct values	*v;
	bool		 is_one_term = true;
	size_t		 i;

	for (i = 0; i < n; i++) {
		judged[i].name = o->roster->units[units[i]].name;
		judged[i].verdict = status_judge_unit(o, oc, units[i],
		    in->now, in->arena, in->known);
		if (judged[i].verdict == NULL)
			return NULL;
		term = &judged[i].verdict->term;
		first = i == 0 ? term : first;
		is_one_term &= term->due == first->due;
	}
	v = mail_values_new(o, oc, is_one_term ? first : &common);
	mail_values_verdicts(v, oc, judged, n);
	return v;
}

static int
enter(const struct receipt_input *in, const struct ruled_document *d,
    const int *units, size_t n)
{
	const struct office *o = in->office;
	const struct office_campaign *oc = d->fit.campaign;
	const char	**codes = arena_calloc(in->arena, n + 1,
	    sizeof(*codes));
	struct outbox_mail m = { .template = TEMPLATE_RECEIPT,
		.kind = MAIL_RECEIPT, .campaign = oc->id, .is_reply = true,
		.to = in->message->from_address, .mail = in->mail->mail,
		.in_reply_to = in->message->message_id, .n_units = n };
	struct values	*v;
	enum outbox_result rc;
	int64_t		 row;
	size_t		 i;

	for (i = 0; i < n; i++)
		codes[i] = o->roster->units[units[i]].code;
	v = judged_values(in, oc, units, n);
	if (v == NULL)
		return -1;
	mail_values_units(v, o, units, n);
	mail_values_time(v, in->mail->received_utc);
	values_set(v, VAR_MA, in->mail->id);
	add_files(in, d, v);
	m.values = v;
	m.units = codes;
	m.not_before = receipts_not_before(in->now);
	rc = outbox_add(o, &m, in->now, &row);
	values_free(v);
	/* An address that has had enough today, or one that we would not
	 * write to, gets none: the report counts all the same. */
	return rc == OUTBOX_FAILED ? -1 : 0;
}

static int
receipt_for(const struct receipt_input *in, const struct ruled_document *d)
{
	const struct office *o = in->office;
	const char	*to = in->message->from_address;
	const char	*sha256 = d->index < 0 ? in->mail->sha256 :
	    in->message->attachments[d->index].sha256;
	time_t		 goes = receipts_not_before(in->now);
	long		 day = day_of(goes != 0 ? goes : in->now);
	int		*units = arena_calloc(in->arena, d->n_units + 1,
	    sizeof(*units));
	enum campaign_state state = campaign_state_at(
	    d->fit.campaign->campaign, in->now);
	size_t		 i, k, n = 0;
	bool		 is_new;
	int		 today;

	for (i = 0; i < d->n_units; i++) { /* in roster order */
		if (!is_its_address(in, d->units[i]))
			continue;
		for (k = n++; k > 0 && units[k - 1] > d->units[i]; k--)
			units[k] = units[k - 1];
		units[k] = d->units[i];
	}
	if (n == 0 || (state != CAMPAIGN_OPEN && state != CAMPAIGN_PAUSED))
		return 0;
	today = outgoing_count(o->store, to, MAIL_RECEIPT, day_start(day),
	    day_start(day + 1));
	if (today == -1)
		return -1;
	if (today >= RECEIPTS_PER_ADDRESS_DAY)
		return 0;
	if (outgoing_claim_receipt(o->store, to, sha256, &is_new) == -1)
		return -1;
	return is_new ? enter(in, d, units, n) : 0;
}

int
receipts_add(const struct receipt_input *in)
{
	size_t	 i;

	if (!may_answer(in))
		return 0;
	for (i = 0; i < in->ruling->n_documents; i++)
		if (in->ruling->documents[i].n_units > 0 &&
		    receipt_for(in, &in->ruling->documents[i]) == -1)
			return -1;
	return 0;
}
