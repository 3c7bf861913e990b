/*
 * What a state holds, as JSON, for tests of the daemon:
 *   tool-ledger CONFIG [NOW]
 * "mails" as `list --json` has them, "outgoing", "steps", and the "counts"
 * of each campaign at NOW.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "parsers/arena.h"
#include "spool/filing.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/step.h"

static struct office *o;

static json_t *
strings(const char *const *s, size_t n)
{
	json_t	*a = json_array();
	size_t	 i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, json_string(s[i]));
	return a;
}

static int
attachment_row(const struct filing_attachment *f, void *arg)
{
	return json_array_append_new(arg, json_pack(
	    "{s:s,s:s,s:s,s:s,s:s,s:s}", "name", f->name, "in", f->in,
	    "format", f->format, "role", filing_role_name(f->role), "unit",
	    f->unit, "sha256", f->sha256));
}

static int
mail_row_json(const struct mail *m, void *arg)
{
	struct filing	*f = filing_find(o->store, m->mail);
	struct mail	*dup = NULL;
	json_t		*row, *a = json_array(), *g = json_array();
	size_t		 i;

	row = json_pack("{s:s,s:s,s:I,s:s,s:s,s:s}", "id", m->id, "sha256",
	    m->sha256, "received", (json_int_t)m->received_utc, "from",
	    m->from_address, "subject", m->subject, "state",
	    message_state_name(m->state));
	if (f != NULL) {
		if (f->duplicate_of != 0)
			dup = mail_find(o->store, f->duplicate_of);
		for (i = 0; i < f->n_guesses; i++)
			json_array_append_new(g,
			    json_string(f->guesses[i].unit));
		if (filing_each_attachment(o->store, m->mail, attachment_row,
		    a) == -1)
			return 1;
		json_object_update_new(row, json_pack(
		    "{s:s,s:s,s:o,s:s,s:b,s:b,s:b,s:s,s:s,s:o,s:o}", "kind",
		    filing_kind_name(f->kind), "campaign", f->campaign,
		    "units", strings(f->units, f->n_units), "basis",
		    filing_basis_name(f->basis), "counted", f->is_counted,
		    "needs_clerk", f->needs_clerk, "quarantined",
		    f->is_quarantined, "reason", f->reason, "duplicate_of",
		    dup != NULL ? dup->sha256 : "", "guesses", g,
		    "attachments", a));
	}
	free(dup);
	free(f);
	return json_array_append_new(arg, row);
}

static int
outgoing_row_json(const struct outgoing *out, void *arg)
{
	return json_array_append_new(arg, json_pack(
	    "{s:s,s:s,s:s,s:s,s:o,s:s,s:I}", "kind", out->kind, "campaign",
	    out->campaign, "step", out->step, "to", out->to, "units", strings(out->units,
	    out->n_units), "state", outgoing_state_name(out->state),
	    "created", (json_int_t)out->created_utc));
}

static int
step_row_json(const struct step *s, void *arg)
{
	return json_array_append_new(arg, json_pack(
	    "{s:s,s:s,s:I,s:s,s:s}", "unit", s->unit, "step", s->step, "due",
	    (json_int_t)s->due_utc, "outcome", step_outcome_name(s->outcome),
	    "reason", s->reason));
}

static json_t *
counts(const struct office_campaign *oc, time_t now)
{
	struct arena	*arena = arena_new(0);
	struct status	*s = status_load(o, oc, now, arena);
	const struct status_counts *c = &s->counts;
	json_t		*row = json_pack(
	    "{s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i}", "units",
	    c->units, "submitted", c->submitted, "not_submitted",
	    c->not_submitted, "excused", c->excused, "on_time", c->on_time,
	    "late", c->late, "complete", c->complete, "incomplete",
	    c->incomplete, "unreadable", c->unreadable, "in_review",
	    c->in_review, "needs_clerk", c->needs_clerk);
	json_t		*units = json_object();
	size_t		 i;

	for (i = 0; i < s->n_units; i++) {
		const struct status_unit *u = &s->units[i];

		json_object_set_new(units, u->unit->code, json_pack(
		    "{s:s,s:s,s:o,s:I,s:o}", "time",
		    time_class_name(u->verdict.time), "content",
		    content_class_name(u->verdict.content), "missing",
		    strings(u->verdict.missing, u->verdict.n_missing),
		    "received", (json_int_t)u->verdict.received, "bounced",
		    strings(u->facts->bounced, u->facts->n_bounced)));
	}
	json_object_set_new(row, "by_unit", units);
	arena_free(arena);
	return row;
}

int
main(int argc, char **argv)
{
	struct mail_filter all = { 0 };
	struct problems	 p;
	json_t		*top = json_object(), *mails = json_array();
	json_t		*out = json_array(), *steps = json_array();
	json_t		*campaigns = json_object();
	time_t		 now = 0;
	size_t		 i;

	problems_init(&p);
	if (argc < 2 || (argc > 2 && local_parse(argv[2], &now) == -1))
		return 64;
	o = office_load(argv[1], &p);
	if (o == NULL || office_open(o, STORE_READ) == -1 ||
	    office_refresh(o, now) == -1) {
		fprintf(stderr, "tool-ledger: %s\n", o == NULL ? p.lines[0] :
		    store_error(o->store));
		return 1;
	}
	if (mail_each(o->store, &all, mail_row_json, mails) != 0 ||
	    outgoing_each(o->store, 0, outgoing_row_json, out) != 0)
		return 1;
	for (i = 0; i < o->n_campaigns; i++) {
		if (step_each(o->store, o->campaigns[i].id, NULL,
		    step_row_json, steps) != 0)
			return 1;
		json_object_set_new(campaigns, o->campaigns[i].id,
		    counts(&o->campaigns[i], now));
	}
	json_object_set_new(top, "mails", mails);
	json_object_set_new(top, "outgoing", out);
	json_object_set_new(top, "steps", steps);
	json_object_set_new(top, "counts", campaigns);
	json_dumpf(top, stdout, JSON_INDENT(1) | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(top);
	office_free(o);
	problems_clear(&p);
	return 0;
}
