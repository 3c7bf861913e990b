/*
 * Lists for the clerk: whom to call, who has had all reminders, whose
 * mails are in doubt, whose reports may lack sections.
 */
#include "daemon/clerk_mail.h"

#include <string.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/command_file.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/limits.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/plan.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/step.h"

/* ---- steps of the plan that go to the clerk */

/*
 * Units that have not handed in: all whose own term is about over, or, for
 * the day of an extension, those that have it.
 */
static size_t
add_owing(const struct telling *t, const struct term *term, struct values *v)
{
	const struct status *s = t->status;
	size_t	 i, n = 0;

	for (i = 0; i < s->n_units; i++) {
		const struct verdict *verdict = &s->units[i].verdict;

		if (verdict->is_submitted || verdict->is_excused ||
		    verdict->term.last_day > day_of(t->asking.now) ||
		    (term->is_extended && verdict->term.due != term->due))
			continue;
		values_add(v, VAR_DS_NHAC,
		    telling_phone_line(t, s->units[i].index));
		n++;
	}
	return n;
}

/* The draft of the letter that a person sends; none is no harm. */
static void
add_draft(const struct telling *t, struct values *v, struct outbox_mail *m,
    struct compose_attachment *file, struct strbuf *draft)
{
	const struct asking *a = &t->asking;
	const char	*words[] = { "remind", a->campaign->id, "--letter",
		NULL };

	if (command_file(a->office, words, "docx", a->now, draft) == -1)
		return;
	file->name = text_word(WORD_DOC_FOLLOW_UP_FILE);
	file->media_type = "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document";
	file->content.data = (const uint8_t *)strbuf_get(draft);
	file->content.len = draft->len;
	values_add(v, VAR_DS_TEP, file->name);
	m->attachments = file;
	m->n_attachments = 1;
}

static int
tell_step(const struct telling *t, const struct term *term,
    const struct due_step *ds)
{
	bool		 calls = ds->step->kind == STEP_CALL_LIST;
	struct outbox_mail m = { .template = calls ? TEMPLATE_CALL_LIST :
		TEMPLATE_ESCALATION, .kind = calls ? MAIL_CALL_LIST :
		MAIL_ESCALATION };
	struct compose_attachment file;
	struct strbuf	 line = { 0 }, draft = { 0 };
	struct values	*v = telling_values_of(t, term);
	size_t		 n = add_owing(t, term, v);
	int		 rc;

	if (n == 0) {
		values_free(v);
		return asking_skip(&t->asking, -1, ds->step->name, ds->due,
		    "nobody owes a report");
	}
	mail_values_number(v, n);
	status_line(t->status, STATUS_LINE_NAMES, &line);
	values_set(v, VAR_DONG_LANH_DAO, strbuf_get(&line));
	strbuf_clear(&line);
	if (!calls)
		add_draft(t, v, &m, &file, &draft);
	rc = telling_tell(t, &m, v, ds->step->name, ds->due);
	strbuf_clear(&draft);
	return rc;
}

static int
tell_term(const struct telling *t, const struct term *term)
{
	const struct asking *a = &t->asking;
	struct due_step	 ds;

	if (!plan_due_step(a->campaign->campaign, term,
	    a->office->calendar, decision_opened(a->office, a->campaign),
	    a->now, &ds) || step_is_to_units(ds.step->kind) ||
	    telling_is_told(t, -1, ds.step->name, ds.due))
		return 0;
	/* A list of who owes wants all mail read, as reminders do. */
	if (!a->unasked.is_fresh)
		return 0;
	return tell_step(t, term, &ds);
}

/* The campaign's term, then every extension once. */
static int
tell_plan(const struct telling *t)
{
	const struct status *s = t->status;
	size_t		 i, k;
	int		 rc = tell_term(t, &s->term);

	for (i = 0; rc == 0 && i < s->n_units; i++) {
		const struct term *term = &s->units[i].verdict.term;

		if (!term->is_extended)
			continue;
		for (k = 0; k < i; k++)
			if (s->units[k].verdict.term.due == term->due)
				break;
		if (k == i)
			rc = tell_term(t, term);
	}
	return rc;
}

/* ---- mails in doubt */

static const char *
doubt_step(const struct telling *t, const struct clerk_item *item)
{
	return arena_printf(t->asking.arena, "doubt-%s", item->id);
}

static bool
is_in_doubt(const struct telling *t, const struct clerk_item *item)
{
	static const enum reason reasons[] = { REASON_UNKNOWN_SENDER,
		REASON_SHARED_ADDRESS, REASON_CONFLICT, REASON_FORGED };
	size_t	 i;

	/* What the clerk forwards is answered at once. */
	if (strcmp(item->from, t->asking.office->config->clerk) == 0)
		return false;
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(item->reason, reason_text(reasons[i])) == 0)
			return !telling_is_told(t, -1, doubt_step(t, item),
			    0);
	return false;
}

static int
tell_doubts(const struct telling *t)
{
	struct outbox_mail m = { .template = TEMPLATE_UNKNOWN_SENDER,
		.kind = MAIL_UNKNOWN_SENDER };
	const struct status *s = t->status;
	const struct clerk_item *last = NULL, **items;
	struct values	*v = telling_values(t);
	size_t		 i, n = 0;

	items = arena_calloc(t->asking.arena, s->n_clerk + 1,
	    sizeof(*items));

	for (i = 0; i < s->n_clerk; i++) {
		if (!is_in_doubt(t, &s->clerk[i]))
			continue;
		values_add(v, VAR_DS_CAN_XEM,
		    telling_item_line(t, &s->clerk[i]));
		/* All but the last are noted here, the last with the mail:
		 * a crash between tells a mail twice at worst. */
		if (last != NULL && asking_skip(&t->asking, -1,
		    doubt_step(t, last), 0, "told") == -1)
			goto fail;
		last = items[n++] = &s->clerk[i];
	}
	if (last == NULL) {
		values_free(v);
		return 0;
	}
	if (telling_offer_items(t, v, items, n) == -1)
		goto fail;
	mail_values_number(v, n);
	return telling_tell(t, &m, v, doubt_step(t, last), 0);
fail:
	values_free(v);
	return -1;
}

/* ---- reports that may lack sections */

static const char *
lacking_step(const struct telling *t, const struct verdict *v)
{
	return arena_printf(t->asking.arena, "lacking-%s", v->newest->id);
}

/* "Chi bộ …: V. Nhiệm vụ …; VI. Kiến nghị ?": the unsure bear the mark. */
static const char *
lacking_line(const struct telling *t, const struct status_unit *u)
{
	struct arena	*a = t->asking.arena;
	const struct campaign *c = t->asking.campaign->campaign;
	const struct verdict *v = &u->verdict;
	const char	*line = "";
	size_t		 i;

	for (i = 0; i < v->n_missing; i++)
		line = arena_printf(a, "%s; %s", line, text_sections(c,
		    &v->missing[i], 1, a));
	for (i = 0; i < v->n_empty; i++)
		line = arena_printf(a, "%s; %s (%s)", line,
		    text_sections(c, &v->empty[i], 1, a),
		    text_word(WORD_SECTION_EMPTY));
	for (i = 0; i < v->n_unsure; i++)
		line = arena_printf(a, "%s; %s ?", line, text_sections(c,
		    &v->unsure[i], 1, a));
	return arena_printf(a, "%s: %s", u->unit->name,
	    line[0] != '\0' ? line + 2 : "");
}

static int
tell_lacking(const struct telling *t)
{
	struct outbox_mail m = { .template = TEMPLATE_SUPPLEMENT_LIST,
		.kind = MAIL_SUPPLEMENT_LIST };
	const struct asking *a = &t->asking;
	const struct status *s = t->status;
	const char	*last = NULL, *step;
	struct values	*v = telling_values(t);
	int		*units = arena_calloc(a->arena, s->n_units + 1,
	    sizeof(*units));
	size_t		 i, n = 0;
	long		 until = calendar_add_workdays(a->office->calendar,
	    day_of(a->now), SUPPLEMENT_WORKDAYS);
	int		 rc = 0;

	for (i = 0; rc == 0 && i < s->n_units; i++) {
		const struct verdict *verdict = &s->units[i].verdict;

		if (verdict->content != CONTENT_INCOMPLETE ||
		    verdict->newest == NULL)
			continue;
		step = lacking_step(t, verdict);
		if (telling_is_told(t, -1, step, 0))
			continue;
		values_add(v, VAR_DS_CAN_XEM, lacking_line(t, &s->units[i]));
		if (last != NULL)
			rc = asking_skip(a, -1, last, 0, "told");
		last = step;
		units[n++] = s->units[i].index;
	}
	if (rc == 0 && n > 0)
		rc = telling_offer_supplement(t, v, units, n, until);
	if (rc == -1 || n == 0) {
		values_free(v);
		return rc;
	}
	mail_values_number(v, n);
	values_set(v, VAR_HAN_BO_SUNG, text_day(until, a->arena));
	return telling_tell(t, &m, v, last, 0);
}

int
clerk_lists_decide(const struct telling *t)
{
	const struct campaign *c = t->asking.campaign->campaign;

	if (tell_plan(t) == -1 || tell_doubts(t) == -1)
		return -1;
	if (c->supplement == SUPPLEMENT_ASK &&
	    t->asking.now >= plan_summary_at(t->asking.office->calendar,
	    day_of(t->asking.now)) &&
	    tell_lacking(t) == -1)
		return -1;
	return 0;
}
