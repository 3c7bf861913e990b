/*
 * Requests to units that have handed in: for sections that are missing,
 * once the clerk has agreed (or by policy, where we are sure), for a file
 * that can be read, and for another report where the clerk has sent one
 * back. The rules of unasked mail hold for them too.
 */
#include "daemon/decision_read.h"
#include "daemon/reminders.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/limits.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/document.h"
#include "spool/filing.h"
#include "spool/mail.h"


/* What is asked for: one mail to one unit about one version. */
struct request {
	int		 unit;
	const char	*step;
	enum template_id template;
	const char	*kind;
	long		 until;	/* to be named; DAY_NONE */
	const struct verdict *verdict;
	const struct version_facts *version;
	const char	*why;	/* the clerk's; NULL: that of the file */
};

/* The file in question, and why it cannot be read. */
struct file_found {
	const struct asking *asking;
	const char	*name;
	const char	*why;
};

static int
file_row(const struct filing_attachment *f, void *arg)
{
	struct file_found *found = arg;
	struct arena	*arena = found->asking->arena;
	int		 i;

	if (f->role != ROLE_REPORT || f->in[0] != '\0')
		return 0;
	found->name = arena_strdup(arena, f->name);
	for (i = FORMAT_OTHER; i <= FORMAT_IMAGE; i++)
		if (strcmp(format_name((enum format)i), f->format) == 0)
			found->why = text_parse_status(
			    (enum parse_status)f->status, (enum format)i);
	return 0;
}

static void
set_file(const struct asking *a, const struct version_facts *version,
    struct values *v)
{
	struct file_found found = { a, "", "" };
	struct mail	*mail;
	int		 n;

	mail = mail_find_id(a->office->store, version->id, &n);
	if (mail != NULL)
		(void)filing_each_attachment(a->office->store, mail->mail,
		    file_row, &found); /* no name is no harm */
	values_set(v, VAR_TEN_TEP, template_defang(found.name, a->arena));
	values_set(v, VAR_LY_DO, found.why);
	free(mail);
}

static int
ask(const struct asking *a, const struct request *r)
{
	const struct office *o = a->office;
	const char	*code = o->roster->units[r->unit].code;
	time_t		 due = r->verdict->term.due;
	struct outbox_mail m = { .template = r->template, .kind = r->kind,
		.campaign = a->campaign->id, .step = r->step,
		.units = &code, .n_units = 1 };
	struct values	*v;
	int64_t		 row;
	int		 rc;

	if ((rc = asking_gate(a, r->unit, r->step, due)) != 1)
		return rc;
	v = mail_values_new(o, a->campaign, &r->verdict->term);
	mail_values_units(v, o, &r->unit, 1);
	mail_values_time(v, r->version->received);
	mail_values_verdict(v, a->campaign, r->verdict);
	set_file(a, r->version, v);
	if (r->why != NULL)
		values_set(v, VAR_LY_DO, template_defang(r->why, a->arena));
	values_set(v, VAR_MA, r->version->id);
	if (r->until != DAY_NONE)
		values_set(v, VAR_HAN_BO_SUNG, text_day(r->until, a->arena));
	m.values = v;
	m.to = unasked_address(o, r->unit);
	rc = -1;
	if (store_begin(o->store) == 0) {
		switch (outbox_add(o, &m, a->now, &row)) {
		case OUTBOX_ADDED:
			rc = asking_done(a, r->unit, r->step, due, row);
			break;
		case OUTBOX_CAPPED:
			rc = 0;
			break;
		case OUTBOX_REFUSED:
			rc = asking_skip(a, r->unit, r->step, due,
			    "no mail can be made for this address");
			break;
		case OUTBOX_FAILED:
			break;
		}
		if (rc == 0)
			rc = store_commit(o->store);
		else
			store_rollback(o->store);
	}
	values_free(v);
	return rc;
}

/* Days that a unit is given where nobody named a day. */
static long
usual_until(const struct asking *a)
{
	return calendar_add_workdays(a->office->calendar, day_of(a->now),
	    SUPPLEMENT_WORKDAYS);
}

static int
ask_supplement(const struct asking *a, int unit, const struct verdict *v,
    const struct agreed_supplement *agreed)
{
	struct request	 r = { unit, NULL, TEMPLATE_INCOMPLETE,
		MAIL_SUPPLEMENT, agreed->until, v, v->newest, NULL };

	/* what came on paper or a stick is asked about by the clerk's word */
	if (agreed->event == 0 && v->newest->channel != CHANNEL_EMAIL)
		return 0;
	if (agreed->event != 0)
		r.step = arena_printf(a->arena, STEP_SUPPLEMENT "-%lld",
		    (long long)agreed->event);
	else if (a->campaign->campaign->supplement == SUPPLEMENT_AUTO &&
	    v->n_missing > 0)
		r.step = arena_printf(a->arena, STEP_SUPPLEMENT "-%s",
		    v->newest->id);
	else
		return 0;
	if (r.until == DAY_NONE)
		r.until = usual_until(a);
	return ask(a, &r);
}

/* The newest version, where it was sent back; NULL else. */
static const struct version_facts *
sent_back(const struct asking *a, int unit, const struct verdict *v)
{
	const struct unit_facts *f = &a->facts[unit];
	size_t		 i = f->n_versions;

	if ((v->remarks & VERDICT_RETURNED) == 0)
		return NULL;
	while (i > 0 && f->versions[i - 1].standing != STANDING_RETURNED)
		i--;
	return i > 0 ? &f->versions[i - 1] : NULL;
}

/* Another report, for the clerk's reason; one mail for each such word. */
static int
ask_again(const struct asking *a, int unit, const struct verdict *v,
    const struct version_facts *version)
{
	struct request	 r = { unit, NULL, TEMPLATE_RETURNED, MAIL_RETURNED,
		DAY_NONE, v, version, NULL };
	struct mail_word word = { 0 };
	struct mail	*mail;
	int		 n, rc;

	mail = mail_find_id(a->office->store, version->id, &n);
	if (mail == NULL)
		return 0;
	rc = decision_of_mail(a->office, mail->mail, a->arena, &word);
	free(mail);
	if (rc == -1 || !word.is_returned)
		return rc;
	r.step = arena_printf(a->arena, STEP_RETURNED "-%lld",
	    (long long)word.event);
	r.why = *word.return_reason != '\0' ? word.return_reason :
	    text_word(WORD_RETURNED_ASK);
	r.until = word.return_until != DAY_NONE ? word.return_until :
	    usual_until(a);
	return ask(a, &r);
}

int
requests_decide(const struct asking *a)
{
	const struct campaign *c = a->campaign->campaign;
	struct agreed_supplement *agreed;
	struct request	 r = { .template = TEMPLATE_UNREADABLE,
		.kind = MAIL_UNREADABLE, .until = DAY_NONE };
	const struct version_facts *back;
	struct verdict	 v;
	size_t		 i;
	int		 rc = 0;

	agreed = decision_supplements(a->office, a->campaign, a->arena);
	if (agreed == NULL)
		return -1;
	for (i = 0; rc == 0 && i < a->office->roster->n; i++) {
		if (campaign_line_of(c, (int)i) == 0)
			continue;
		v = asking_verdict(a, (int)i);
		if (v.is_excused)
			continue;
		back = sent_back(a, (int)i, &v);
		if (back != NULL)
			rc = ask_again(a, (int)i, &v, back);
		if (back != NULL || v.newest == NULL)
			continue;
		/* After the last step only what the clerk agreed to goes. */
		if (agreed[i].event == 0 && plan_is_over(c, &v.term,
		    a->office->calendar, a->now))
			continue;
		if (v.content == CONTENT_INCOMPLETE) {
			rc = ask_supplement(a, (int)i, &v, &agreed[i]);
		} else if (v.content == CONTENT_UNREADABLE &&
		    v.newest->channel == CHANNEL_EMAIL &&
		    !v.newest->is_purged) {
			r.unit = (int)i;
			r.verdict = &v;
			r.version = v.newest;
			r.step = arena_printf(a->arena, STEP_UNREADABLE "-%s",
			    v.newest->id);
			rc = ask(a, &r);
		}
	}
	return rc;
}
