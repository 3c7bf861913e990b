/*
 * Decisions on single mails: whose, whether it counts, and what came
 * another way.
 */
#include "daemon/decision_act.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/detail.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/arrival.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"

/* "A, B" and "A,B" of the units' codes. */
static const char *
codes_of(struct decision *d, const int *units, size_t n, const char *between)
{
	const char	*text = "";
	size_t		 i;

	for (i = 0; i < n; i++)
		text = arena_printf(d->arena, "%s%s%s", text,
		    i > 0 ? between : "", d->office->roster->units[
		    units[i]].code);
	return text;
}

static const char *
about_mail(struct decision *d, enum done what, const struct mail *m)
{
	return arena_printf(d->arena, "%s #%s", done_word(what), m->id);
}

/* ---- assign */

static bool
takes(const struct office_campaign *oc, const struct mail *m, int unit)
{
	return oc->campaign->state != CAMPAIGN_DRAFT &&
	    campaign_takes(oc->campaign, m->received_utc) &&
	    campaign_line_of(oc->campaign, unit) > 0;
}

/*
 * For which campaign: the one said, the one the mail was filed for, or the
 * only one that would take it from this unit.
 */
static const struct office_campaign *
campaign_for(struct decision *d, const struct office_campaign *oc,
    const struct mail *m, int unit)
{
	const struct office *o = d->office;
	struct filing	*f;
	size_t		 i, n = 0;

	if (oc == NULL) {
		f = filing_find(o->store, m->mail);
		if (f != NULL && f->campaign[0] != '\0')
			oc = office_find(o, f->campaign);
		free(f);
	}
	for (i = 0; oc == NULL && i < o->n_campaigns; i++)
		n += takes(&o->campaigns[i], m, unit);
	for (i = 0; n == 1 && i < o->n_campaigns; i++)
		if (takes(&o->campaigns[i], m, unit))
			oc = &o->campaigns[i];
	if (oc == NULL) {
		(void)act_refuse(d, REASON_NO_CAMPAIGN);
		return NULL;
	}
	if (campaign_line_of(oc->campaign, unit) == 0) {
		(void)act_refuse(d, REASON_UNIT_NOT_LISTED);
		return NULL;
	}
	return oc;
}

static int
assign(struct decision *d, const struct mail *m,
    const struct office_campaign *oc, const int *units, size_t n,
    bool remember)
{
	struct event	 e = { .verb = "assign", .mail = m->mail };
	struct strbuf	 detail = { 0 };
	size_t		 i;
	int		 rc = -1;

	for (i = 0; i < n; i++)
		if ((oc = campaign_for(d, oc, m, units[i])) == NULL)
			return -1;
	detail_add(&detail, "units", codes_of(d, units, n, ","));
	if (remember && m->from_address[0] != '\0')
		detail_add(&detail, "remember", m->from_address);
	e.campaign = oc->id;
	e.unit = n == 1 ? d->office->roster->units[units[0]].code : "";
	e.detail = strbuf_get(&detail);
	d->done = arena_printf(d->arena, "%s %s %s",
	    about_mail(d, DONE_ASSIGN, m), done_word(DONE_TO),
	    codes_of(d, units, n, ", "));
	if (act_record(d, &e, WORD_LOG_DECISION) == 0)
		rc = act_effect(d, &e, true);
	strbuf_clear(&detail);
	return rc;
}

int
decide_assign(struct decision *d, int64_t mail,
    const struct office_campaign *oc, const int *units, size_t n,
    bool remember)
{
	struct mail	*m;
	int		 rc;

	if (act_begin(d) == -1)
		return -1;
	m = act_mail(d, mail);
	if (m == NULL)
		rc = -1;
	else if (n == 0)
		rc = act_refuse(d, REASON_NO_UNIT_YET);
	else
		rc = assign(d, m, oc, units, n, remember);
	free(m);
	return act_end(d, rc);
}

/* ---- the clerk's verdict */

/* Does the mail have a unit, or one plain guess? */
static int
check_has_unit(struct decision *d, const struct filing *f)
{
	if (f == NULL)
		return act_refuse(d, REASON_NO_UNIT_YET);
	if (f->n_units == 0 && f->n_guesses != 1)
		return act_refuse(d, REASON_NO_UNIT_YET);
	if (f->kind == FILING_BOUNCE || f->kind == FILING_AUTO_REPLY)
		return act_refuse(d, REASON_NO_REPORT_IN_IT);
	if (f->campaign[0] == '\0')
		return act_refuse(d, REASON_NO_CAMPAIGN);
	return 0;
}

static const char *
unit_of(const struct filing *f)
{
	if (f == NULL)
		return "";
	if (f->n_units == 1)
		return f->units[0];
	return f->n_units == 0 && f->n_guesses == 1 ? f->guesses[0].unit : "";
}

/* An older version was accepted: say by which the unit goes on to be
 * judged. */
static void
tell_newer(struct decision *d, const struct mail *m)
{
	struct filing	*f = filing_find(d->office->store, m->mail);
	const struct office_campaign *oc = f == NULL ? NULL :
	    office_find(d->office, f->campaign);
	const int	 unit = f == NULL || f->n_units == 0 ? -1 :
			    roster_find(d->office->roster, f->units[0]);
	const struct verdict *v = oc == NULL || unit < 0 ? NULL :
	    status_judge_unit(d->office, oc, unit, d->now, d->arena, NULL);

	if (v != NULL && v->newest != NULL && *v->newest->id != '\0' &&
	    strcmp(v->newest->id, m->id) != 0)
		d->done = arena_printf(d->arena, "%s; %s (#%s)", d->done,
		    done_word(DONE_NEWER), v->newest->id);
	free(f);
}

static int
judge(struct decision *d, int64_t mail, struct event *e, enum done what)
{
	struct filing	*f = NULL;
	struct mail	*m;
	int		 rc = -1;

	if (act_begin(d) == -1)
		return -1;
	if ((m = act_mail(d, mail)) == NULL)
		goto end;
	f = filing_find(d->office->store, mail);
	if (what != DONE_NOT_A_REPORT && check_has_unit(d, f) == -1)
		goto end;
	e->mail = mail;
	e->campaign = f != NULL ? f->campaign : "";
	e->unit = unit_of(f);
	d->done = arena_printf(d->arena, "%s%s%s", about_mail(d, what, m),
	    d->done[0] != '\0' ? ", " : "", d->done);
	if (act_record(d, e, WORD_LOG_DECISION) == 0)
		rc = act_effect(d, e, true);
	if (rc == 0 && what == DONE_ACCEPT)
		tell_newer(d, m);
end:
	free(f);
	free(m);
	return act_end(d, rc);
}

int
decide_accept(struct decision *d, int64_t mail)
{
	struct event	 e = { .verb = "accept", .detail = "" };

	d->done = "";
	return judge(d, mail, &e, DONE_ACCEPT);
}

int
decide_return(struct decision *d, int64_t mail, long until)
{
	struct event	 e = { .verb = "return" };
	struct strbuf	 detail = { 0 };
	int		 rc;

	/* the unit is told that day */
	if (until != DAY_NONE && until < day_of(d->now))
		return act_refuse(d, REASON_UNTIL_PAST);
	if (until != DAY_NONE)
		detail_add(&detail, "until", day_iso(until, d->arena));
	e.detail = strbuf_get(&detail);
	rc = judge(d, mail, &e, DONE_RETURN);
	if (rc == 0 && until != DAY_NONE)
		d->done = arena_printf(d->arena, "%s, %s %s", d->done,
		    done_word(DONE_UNTIL), day_text(until, d->arena));
	strbuf_clear(&detail);
	return rc;
}

int
decide_not_a_report(struct decision *d, int64_t mail)
{
	struct event	 e = { .verb = "not-a-report", .detail = "" };

	return judge(d, mail, &e, DONE_NOT_A_REPORT);
}

/* ---- what came another way */

/*
 * Nothing is entered that has not come yet, nor from before the campaign:
 * a slip in the year would make it early; nor where nothing may come.
 */
static int
check_addition(struct decision *d, const struct addition *a)
{
	if (a->campaign->campaign->state == CAMPAIGN_DRAFT)
		return act_refuse(d, REASON_NOT_OPEN);
	if (!campaign_takes(a->campaign->campaign, a->received))
		return act_refuse(d, REASON_BEFORE_FROM);
	return a->received > d->now ?
	    act_refuse(d, REASON_NOT_COME_YET) : 0;
}

/* Take the file into the spool, as a worker would. The mail, or 0. */
static int64_t
take_file(struct decision *d, const struct addition *a)
{
	struct arrival	 r = { .form = FILES_BARE, .name = a->name,
		.received_utc = a->received, .taken_utc = d->now,
		.account = "add", .folder = "" };
	char		 sha256[65];

	if (files_copy(d->office->store, a->fd, FILES_BARE, sha256,
	    &r.size) == -1)
		return 0;
	r.sha256 = sha256;
	return arrival_take(d->office->store, &r, 1) == -1 ? 0 : r.mail;
}

/* The event of a mail or file; units are this campaign's. */
static int
record_addition(struct decision *d, const struct addition *a,
    struct event *e, const char *units)
{
	struct strbuf	 detail = { 0 };

	e->verb = "add";
	e->campaign = a->campaign->id;
	detail_add(&detail, "units", units);
	detail_add(&detail, "channel", channel_name(a->channel));
	detail_add(&detail, "received", local_iso(a->received, d->arena));
	e->detail = arena_strdup(d->arena, strbuf_get(&detail));
	strbuf_clear(&detail);
	return act_record(d, e, WORD_LOG_DECISION);
}

static int
add(struct decision *d, const struct addition *a)
{
	const struct unit *u = &d->office->roster->units[a->unit];
	struct event	 e = { .unit = u->code };
	struct mail	*m = NULL;
	int		 rc = 0;

	/* a file in the spool would stay when the rehearsal is taken back */
	if (a->fd != -1 && !d->is_dry && (e.mail = take_file(d, a)) == 0)
		return act_failed(d);
	d->done = arena_printf(d->arena, "%s %s", done_word(DONE_ADD),
	    text_channel(a->channel));
	if (record_addition(d, a, &e, u->code) == -1)
		return -1;
	e.seq = d->event;
	if (e.mail != 0)
		m = mail_find(d->office->store, e.mail);
	/* A new file is filed once it is parsed; the event stands by then. */
	if (m == NULL || m->state == MESSAGE_FILED ||
	    m->state == MESSAGE_HELD)
		rc = act_effect(d, &e, true);
	free(m);
	return rc;
}

static int
add_mail(struct decision *d, int64_t mail, const struct addition *a,
    const int *units, size_t n)
{
	struct event	 e = { .mail = mail };
	struct mail	*m = act_mail(d, mail);
	size_t		 i;
	int		 rc;

	if (m == NULL)
		return -1;
	for (i = 0; i < n; i++)
		if (campaign_line_of(a->campaign->campaign, units[i]) == 0) {
			free(m);
			return act_refuse(d, REASON_UNIT_NOT_LISTED);
		}
	e.unit = n == 1 ? d->office->roster->units[units[0]].code : "";
	d->done = arena_printf(d->arena, "%s %s: #%s %s %s",
	    done_word(DONE_ADD), text_channel(a->channel), m->id,
	    done_word(DONE_TO), codes_of(d, units, n, ", "));
	rc = record_addition(d, a, &e, codes_of(d, units, n, ","));
	free(m);
	e.seq = d->event;
	return rc == -1 ? -1 : act_effect(d, &e, true);
}

int
decide_add_mail(struct decision *d, int64_t mail, const struct addition *a,
    const int *units, size_t n)
{
	int	 rc;

	if (act_begin(d) == -1)
		return -1;
	rc = check_addition(d, a);
	if (rc == 0)
		rc = add_mail(d, mail, a, units, n);
	return act_end(d, rc);
}

int
decide_add(struct decision *d, const struct addition *a)
{
	int	 rc;

	if (act_begin(d) == -1)
		return -1;
	if (campaign_line_of(a->campaign->campaign, a->unit) == 0)
		rc = act_refuse(d, REASON_UNIT_NOT_LISTED);
	else
		rc = check_addition(d, a);
	if (rc == 0)
		rc = add(d, a);
	return act_end(d, rc);
}
