/*
 * The daily summary with page and table, and the preview of what goes out
 * on the next working day.
 */
#include "daemon/clerk_mail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/clerk_files.h"
#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/limits.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "daemon/trouble.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/address.h"
#include "spool/event.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/outgoing.h"

#define STEP_SUMMARY "summary"
#define STEP_PREVIEW "preview"

/* ---- what will be sent */

/* "Chi bộ … (lần cuối): cb.tdp09@…" or whom to call instead. */
static const char *
planned_line(const struct telling *t, const struct planned *p)
{
	const struct unit *u = &t->asking.office->roster->units[p->unit];
	struct arena	*a = t->asking.arena;

	if (p->address == NULL || p->bar == BAR_NO_MAIL)
		return telling_phone_line(t, p->unit);
	if (p->bar != BAR_NONE)
		return arena_printf(a, "%s: %s", u->name, p->bar ==
		    BAR_CLERK ? text_word(WORD_HELD) :
		    bar_words(bar_text(p->bar)));
	return arena_printf(a, "%s (%s): %s", u->name,
	    text_step(p->step->kind), p->address);
}

/* Does another unit before it share its mail? */
static bool
is_shared(const struct planned *list, long i)
{
	long	 k;

	for (k = 0; k < i; k++)
		if (list[k].bar == BAR_NONE && list[k].address != NULL &&
		    strcmp(list[k].address, list[i].address) == 0 &&
		    list[k].step == list[i].step)
			return true;
	return false;
}

/*
 * Everything planned for a day as one text, to see whether it changed; the
 * count of mails and the first hour go along.
 */
static const char *
plan_of_day(const struct telling *t, long day, struct values *v, size_t *n,
    time_t *at)
{
	struct planned	*list;
	const char	*text = day_iso(day, t->asking.arena), *line;
	long		 i, count;

	*n = 0;
	*at = 0;
	count = reminders_preview(&t->asking, day, &list);
	for (i = 0; i < count; i++) {
		line = planned_line(t, &list[i]);
		values_add(v, VAR_DS_NHAC, line);
		text = arena_printf(t->asking.arena, "%s\n%s", text, line);
		*n += list[i].address != NULL && list[i].bar == BAR_NONE &&
		    !is_shared(list, i);
		if (*at == 0 || list[i].at < *at)
			*at = list[i].at;
	}
	return text;
}

static const char *
preview_key(const struct telling *t)
{
	return arena_printf(t->asking.arena, "preview.%s",
	    t->asking.campaign->id);
}

/* ---- the summary */

static const char *
summary_key(const struct telling *t)
{
	return arena_printf(t->asking.arena, "%s.%s", KV_SUMMARY,
	    t->asking.campaign->id);
}

static const char *
trouble_of(const struct telling *t)
{
	return trouble_text(t->asking.office, t->asking.campaign->campaign,
	    t->asking.now, t->asking.arena);
}

static void
add_new_ones(const struct telling *t, struct values *v, time_t since)
{
	const struct office *o = t->asking.office;
	struct arena	*a = t->asking.arena;
	const struct status *s = t->status;
	struct mail	*mail;
	size_t		 i, k;
	int		 n;

	for (i = 0; i < s->n_units; i++) {
		const struct unit_facts *f = s->units[i].facts;

		for (k = 0; k < f->n_versions; k++) {
			mail = mail_find_id(o->store, f->versions[k].id, &n);
			if (mail != NULL && mail->taken_utc > since)
				values_add(v, VAR_DS_MOI, arena_printf(a,
				    "%s: %s, %s",
				    local_text(mail->received_utc, a),
				    s->units[i].unit->name,
				    text_state(&s->units[i].verdict, a)));
			free(mail);
		}
	}
}

struct returning {
	const struct telling *telling;
	struct values	*values;
};

static int
returned_row(const struct address_bounced *b, void *arg)
{
	struct returning *r = arg;
	const struct roster *roster = r->telling->asking.office->roster;
	struct arena	*a = r->telling->asking.arena;
	const char	*name = "";
	int		*units;
	size_t		 n = roster_find_address(roster, b->address, a,
		&units);

	if (n > 0)
		name = arena_printf(a, " (%s)",
		    roster->units[units[0]].name);
	values_add(r->values, VAR_DS_TRA_LAI, arena_printf(a, "%s%s: %s",
	    b->address, name, template_defang(b->text[0] != '\0' ? b->text :
	    b->status, a)));
	return 0;
}

/* Mails of ours that the server refused, or of which nobody knows. */
struct failing {
	struct returning returning;
	time_t		 since;
};

static int
failed_row(const struct outgoing *out, void *arg)
{
	struct failing	*f = arg;
	struct arena	*a = f->returning.telling->asking.arena;
	struct store	*st = f->returning.telling->asking.office->store;
	bool		 is_failed = out->state == OUTGOING_FAILED;
	struct address_bounced b = { .address = out->to };

	if (is_failed ? address_is_bounced(st, out->to) :
	    out->uncertain < 2 || out->created_utc <= f->since)
		return 0;
	b.text = !is_failed ? text_word(WORD_UNCERTAIN) :
	    arena_printf(a, "%s: %s", text_word(WORD_SERVER_REFUSED),
	    out->error);
	return returned_row(&b, &f->returning);
}

static int
add_returned(const struct telling *t, struct values *v, time_t since)
{
	struct store	*st = t->asking.office->store;
	struct failing	 f = { { t, v }, since };

	if (address_each_bounced(st, returned_row, &f.returning) == -1 ||
	    outgoing_each_refused(st, t->asking.campaign->id, failed_row,
	    &f) == -1 ||
	    outgoing_each(st, OUTGOING_UNCERTAIN, failed_row, &f) == -1)
		return -1;
	return 0;
}

static int
fill_summary(const struct telling *t, struct values *v)
{
	const struct asking *a = &t->asking;
	const struct office *o = a->office;
	struct strbuf	 line = { 0 };
	time_t		 since = kv_int(o->store, summary_key(t), 0);
	size_t		 i;

	status_line(t->status, STATUS_LINE_NAMES, &line);
	values_set(v, VAR_DONG_LANH_DAO, strbuf_get(&line));
	strbuf_clear(&line);
	values_set(v, VAR_SU_CO, trouble_of(t));
	for (i = 0; i < t->status->n_clerk; i++)
		values_add(v, VAR_DS_CAN_XEM,
		    telling_item_line(t, &t->status->clerk[i]));
	add_new_ones(t, v, since);
	values_set(v, VAR_NGAY_MOI, text_day(calendar_add_workdays(
	    o->calendar, day_of(a->now), 1), a->arena));
	return add_returned(t, v, since);
}

/* Reports that lack sections, and no request agreed to yet. */
static int
offer_supplement(const struct telling *t, struct values *v)
{
	const struct asking *a = &t->asking;
	const struct status *s = t->status;
	struct agreed_supplement *agreed = decision_supplements(a->office,
	    a->campaign, a->arena);
	int		*units = arena_calloc(a->arena, s->n_units + 1,
	    sizeof(*units));
	size_t		 i, n = 0;

	if (agreed == NULL)
		return -1;
	for (i = 0; i < s->n_units; i++)
		if (s->units[i].verdict.content == CONTENT_INCOMPLETE &&
		    agreed[s->units[i].index].event == 0)
			units[n++] = s->units[i].index;
	if (n == 0 || a->campaign->campaign->supplement != SUPPLEMENT_ASK)
		return 0;
	return telling_offer_supplement(t, v, units, n,
	    calendar_add_workdays(a->office->calendar, day_of(a->now),
	    SUPPLEMENT_WORKDAYS));
}

/* What may be done about all that the summary tells. */
static int
offer_ways(const struct telling *t, struct values *v, long next_day)
{
	const struct status *s = t->status;
	const struct clerk_item **items = arena_calloc(t->asking.arena,
	    s->n_clerk + 1, sizeof(*items));
	size_t		 i;

	for (i = 0; i < s->n_clerk; i++)
		items[i] = &s->clerk[i];
	if (telling_offer_items(t, v, items, s->n_clerk) == -1 ||
	    telling_offer_holds(t, v, next_day, false) == -1 ||
	    offer_supplement(t, v) == -1)
		return -1;
	return telling_offer_sheet(t, v);
}

/* Then no mail either, but the first: it says that all is in place. */
static bool
is_nothing_new(const struct telling *t, const struct values *v)
{
	return values_is_empty(v, VAR_DS_CAN_XEM) &&
	    values_is_empty(v, VAR_DS_MOI) &&
	    values_is_empty(v, VAR_DS_NHAC) &&
	    values_is_empty(v, VAR_DS_TRA_LAI) &&
	    values_is_empty(v, VAR_SU_CO) &&
	    kv_int(t->asking.office->store, summary_key(t), 0) != 0;
}

static int
tell_summary(const struct telling *t, time_t at)
{
	const struct asking *a = &t->asking;
	struct store	*st = a->office->store;
	struct outbox_mail m = { .template = TEMPLATE_DAILY_SUMMARY,
		.kind = MAIL_SUMMARY };
	struct compose_attachment files[2];
	struct clerk_file page = { 0 }, table = { 0 };
	struct values	*v = telling_values(t);
	char		 head[65];
	const char	*plan;
	size_t		 n;
	time_t		 first;
	long		 next = calendar_add_workdays(a->office->calendar,
	    day_of(a->now), 1);
	int		 rc = -1;

	if (fill_summary(t, v) == -1 || event_head(st, head) == -1) {
		values_free(v);
		return -1;
	}
	plan = plan_of_day(t, next, v, &n, &first);
	if (is_nothing_new(t, v)) {
		values_free(v);
		return asking_skip(a, -1, STEP_SUMMARY, at, "nothing new");
	}
	if (offer_ways(t, v, next) == -1) {
		values_free(v);
		return -1;
	}
	mail_values_number(v, n);
	clerk_file_page(a->office, t->status, trouble_of(t), a->arena,
	    &page);
	clerk_file_table(a->office, t->status, a->arena, &table);
	files[0] = page.attachment;
	files[1] = table.attachment;
	m.attachments = files;
	m.n_attachments = 2;
	m.postscript = arena_printf(a->arena, "%s: %s",
	    text_word(WORD_CHAIN_HEAD), head);
	if (store_begin(st) == -1) {
		values_free(v);
		goto clear;
	}
	rc = telling_tell(t, &m, v, STEP_SUMMARY, at);
	if (rc == 0 && (kv_set_text(st, preview_key(t), plan) == -1 ||
	    kv_set_int(st, summary_key(t), a->now) == -1))
		rc = -1;
	if (rc == 0)
		rc = store_commit(st);
	else
		store_rollback(st);
clear:
	clerk_file_clear(&page);
	clerk_file_clear(&table);
	return rc;
}

/* ---- the preview by itself */

/*
 * On the morning of a step: the list once more when it is not what the
 * summary showed, or when there was none.
 */
static int
tell_preview(const struct telling *t, long day, time_t at)
{
	const struct asking *a = &t->asking;
	struct outbox_mail m = { .template = TEMPLATE_PREVIEW,
		.kind = MAIL_PREVIEW };
	struct values	*v = telling_values(t);
	char		*shown = kv_text(a->office->store, preview_key(t));
	const char	*plan;
	size_t		 n;
	time_t		 first;
	bool		 same;

	plan = plan_of_day(t, day, v, &n, &first);
	same = shown != NULL && strcmp(shown, plan) == 0;
	free(shown);
	if (n == 0 || same || a->now >= first) {
		values_free(v);
		return 0;
	}
	mail_values_number(v, n);
	mail_values_time(v, first);
	values_set(v, VAR_NGAY_MOI, text_day(day, a->arena));
	if (telling_offer_holds(t, v, day, true) == -1) {
		values_free(v);
		return -1;
	}
	return telling_tell(t, &m, v, STEP_PREVIEW, at);
}

int
clerk_daily_decide(const struct telling *t)
{
	long	 day = day_of(t->asking.now);
	time_t	 summary = plan_summary_at(t->asking.office->calendar, day);
	time_t	 again = plan_preview_again_at(day);

	if (t->asking.now >= again && t->asking.now < summary &&
	    !telling_is_told(t, -1, STEP_PREVIEW, again))
		return tell_preview(t, day, again);
	if (t->asking.now >= summary &&
	    !telling_is_told(t, -1, STEP_SUMMARY, summary))
		return tell_summary(t, summary);
	return 0;
}
