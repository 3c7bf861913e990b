/*
 * What the clerk is told, and when: the frame. Each mail is a step row
 * without a unit, so that nothing is told twice.
 */
#include "daemon/clerk_mail.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/filing.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/step.h"

bool
telling_is_told(const struct telling *t, int unit, const char *step,
    time_t due)
{
	const struct office *o = t->asking.office;
	struct step	*s = step_find(o->store, t->asking.campaign->id,
		unit < 0 ? "" : o->roster->units[unit].code, step, due);
	bool		 told = s != NULL;

	free(s);
	return told;
}

struct values *
telling_values_of(const struct telling *t, const struct term *term)
{
	struct values	*v = mail_values_new(t->asking.office,
		t->asking.campaign, term);

	mail_values_time(v, t->asking.now);
	return v;
}

struct values *
telling_values(const struct telling *t)
{
	return telling_values_of(t, &t->status->term);
}

int
telling_tell(const struct telling *t, struct outbox_mail *m,
    struct values *v, const char *step, time_t due)
{
	const struct office *o = t->asking.office;
	int64_t		 row = 0;
	int		 rc = -1;

	m->values = v;
	m->to = o->config->clerk;
	m->campaign = t->asking.campaign->id;
	m->step = step;
	if (store_begin(o->store) == 0) {
		/* An address that is full today hears of it on the page. */
		rc = outbox_add(o, m, t->asking.now, &row) == OUTBOX_FAILED ?
		    -1 : asking_done(&t->asking, -1, step, due, row);
		if (rc == 0)
			rc = store_commit(o->store);
		else
			store_rollback(o->store);
	}
	values_free(v);
	return rc;
}

/* ---- lines */

const char *
telling_phone_line(const struct telling *t, int unit)
{
	struct arena	*a = t->asking.arena;
	const struct unit *u = &t->asking.office->roster->units[unit];
	const char	*why = u->no_mail ? text_word(WORD_NO_MAIL) :
	    u->n_emails == 0 ? text_word(WORD_NO_EMAIL) : "";

	return arena_printf(a, "%s%s%s%s: %s%s%s", u->name,
	    why[0] != '\0' ? " (" : "", why, why[0] != '\0' ? ")" : "",
	    u->phone, u->phone[0] != '\0' && u->contact_role[0] != '\0' ?
	    ", " : "", u->contact_role);
}

struct naming {
	struct arena	*arena;
	const char	*names;
};

static int
name_row(const struct filing_attachment *f, void *arg)
{
	struct naming	*n = arg;

	if (f->role == ROLE_REPORT && f->name[0] != '\0')
		n->names = arena_printf(n->arena, "%s, %s %s", n->names,
		    text_word(WORD_LINE_FILE),
		    template_defang(f->name, n->arena));
	return 0;
}

const char *
telling_item_line(const struct telling *t, const struct clerk_item *item)
{
	struct arena	*a = t->asking.arena;
	const struct office *o = t->asking.office;
	struct naming	 files = { a, "" };
	const char	*guesses = "";
	struct mail	*mail;
	size_t		 i;
	int		 unit, n;

	mail = mail_find_id(o->store, item->id, &n);
	if (mail != NULL) /* no name is no harm */
		(void)filing_each_attachment(o->store, mail->mail, name_row,
		    &files);
	free(mail);
	for (i = 0; i < item->n_guesses; i++) {
		unit = roster_find(o->roster, item->guesses[i].unit);
		if (unit >= 0)
			guesses = arena_printf(a, "%s%s%s", guesses,
			    i > 0 ? ", " : "", o->roster->units[unit].name);
	}
	if (item->event != 0)
		return arena_printf(a, "%s: %s (%s)",
		    local_text(item->received, a), item->reason, item->id);
	return arena_printf(a, "%s, %s %s%s%s: %s%s%s%s%s (#%s)",
	    local_text(item->received, a), text_word(WORD_LINE_FROM),
	    template_defang(item->from, a), item->subject[0] == '\0' ? "" :
	    arena_printf(a, ", “%s”", template_defang(item->subject, a)),
	    files.names, item->reason,
	    guesses[0] != '\0' ? "; " : "",
	    guesses[0] != '\0' ? text_word(WORD_GUESSES) : "",
	    guesses[0] != '\0' ? " " : "", guesses, item->id);
}

struct counting {
	time_t	since;
	size_t	n;
};

/* Mails that came in since then. */
static int
taken_row(const struct mail *m, void *arg)
{
	struct counting	*c = arg;

	c->n += m->taken_utc >= c->since;
	return 0;
}

static size_t
taken_since(const struct office *o, time_t since)
{
	/* Nothing taken in later was received long before: a month. */
	struct mail_filter f = { .from_utc = since - 30 * 86400 };
	struct counting	 c = { since, 0 };

	(void)mail_each(o->store, &f, taken_row, &c); /* told as 0 */
	return c.n;
}

/* ---- trouble with the mailbox: told once, and once when it is over */

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

	if ((trouble != 0) == (told != 0))
		return 0;
	if (trouble != 0 && now - ok < TROUBLE_TELL_S && ok <= now)
		return 0;
	v = mail_values_new(o, NULL, NULL);
	if (trouble != 0) {
		reason = kv_text(st, KV_FETCH_REASON);
		m.template = TEMPLATE_FETCH_TROUBLE;
		m.kind = MAIL_TROUBLE;
		mail_values_time(v, ok != 0 ? ok : trouble);
		values_set(v, VAR_SU_CO, reason != NULL ? reason : "");
	} else {
		m.template = TEMPLATE_FETCH_RECOVERED;
		m.kind = MAIL_RECOVERED;
		mail_values_time(v, now);
		mail_values_number(v, taken_since(o, told));
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

/* ---- all of it */

static int
decide_campaign(struct office *o, struct office_campaign *oc, bool is_read,
    time_t now)
{
	struct judging	 j = { oc->campaign, o->roster, o->calendar, now };
	struct telling	 t = { .asking = { .office = o, .campaign = oc,
		.now = now } };
	struct status_facts facts;
	int		 rc = -1;

	t.asking.arena = arena_new(0);
	if (unasked_load(o, oc, is_read, now, t.asking.arena,
	    &t.asking.unasked) == 0 &&
	    status_facts_load(o, oc, t.asking.arena, &facts) == 0) {
		t.asking.facts = facts.units;
		t.status = status_build(&j, &facts, t.asking.arena);
		rc = clerk_lists_decide(&t);
		if (rc == 0)
			rc = clerk_daily_decide(&t);
	}
	arena_free(t.asking.arena);
	return rc;
}

int
clerk_mail_decide(struct office *o, bool is_read, time_t now)
{
	size_t	 i;

	if (o->config->clerk[0] == '\0')
		return 0;
	if (tell_fetch(o, now) == -1)
		return -1;
	if (!calendar_in_office_hours(o->calendar, now))
		return 0;
	for (i = 0; i < o->n_campaigns; i++)
		if (campaign_state_at(o->campaigns[i].campaign, now) ==
		    CAMPAIGN_OPEN &&
		    decide_campaign(o, &o->campaigns[i], is_read, now) == -1)
			return -1;
	return 0;
}
