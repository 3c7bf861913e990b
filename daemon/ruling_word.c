/*
 * The clerk's word over a ruling: a mail given to units, a report accepted
 * or sent back, something that is no report.
 */
#include "daemon/ruling_word.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/decision.h"
#include "daemon/decision_read.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/ruling.h"
#include "parsers/arena.h"
#include "parsers/facts.h"
#include "parsers/message.h"

static const int *
with_unit(const int *units, size_t *n, int unit, struct arena *arena)
{
	int	*grown;
	size_t	 i;

	for (i = 0; i < *n; i++)
		if (units[i] == unit)
			return units;
	grown = arena_calloc(arena, *n + 1, sizeof(*grown));
	if (*n > 0)
		memcpy(grown, units, *n * sizeof(*grown));
	grown[(*n)++] = unit;
	return grown;
}

void
ruling_add_unit(struct ruling *out, int unit, struct arena *arena)
{
	out->units = with_unit(out->units, &out->n_units, unit, arena);
}

void
ruling_place(struct ruling *out, struct ruled_document *d, int unit,
    struct arena *arena)
{
	d->units = with_unit(d->units, &d->n_units, unit, arena);
	ruling_add_unit(out, unit, arena);
}

/*
 * The document the clerk means: the best that could be a report; the mail's
 * own text when there is none.
 */
static struct ruled_document *
main_document(const struct ruling_input *in, struct ruling *out,
    struct arena *arena)
{
	struct ruled_document *d, *best = NULL;
	size_t	 i;

	for (i = 0; i < out->n_documents; i++) {
		d = &out->documents[i];
		if (d->grade < GRADE_WEAK)
			continue;
		if (best == NULL || d->grade > best->grade ||
		    (d->grade == best->grade &&
		    (d->fit.kind > best->fit.kind ||
		    (d->fit.kind == best->fit.kind &&
		    d->fit.score > best->fit.score))))
			best = d;
	}
	if (best != NULL)
		return best;
	/* a file that the clerk enters is meant, whatever it is */
	if (in->is_bare && in->message->n_attachments > 0)
		return &out->documents[0];
	/* One place more was kept for the body. */
	d = &out->documents[out->n_documents++];
	memset(d, 0, sizeof(*d));
	d->index = -1;
	d->identity.unit = -1;
	d->identity.letterhead = -1;
	d->grade = in->message->body_report != NULL ? GRADE_READ :
	    GRADE_WEAK;
	(void)arena;
	return d;
}

/*
 * The document that bears this unit's own letterhead, else the main one;
 * where that bears another's, a whole report that bears nobody's.
 */
static struct ruled_document *
document_for(struct ruling *out, int unit, struct ruled_document *main_one)
{
	struct ruled_document *d;
	size_t	 i;

	for (i = 0; i < out->n_documents; i++) {
		d = &out->documents[i];
		if (d->grade == GRADE_READ && d->identity.letterhead == unit)
			return d;
	}
	for (i = 0; main_one->identity.letterhead >= 0 &&
	    i < out->n_documents; i++) {
		d = &out->documents[i];
		if (d->grade == GRADE_READ && d->identity.letterhead < 0 &&
		    d->fit.kind == FIT_GOOD)
			return d;
	}
	return main_one;
}

static struct office_campaign *
campaign_for(const struct ruling_input *in, const struct ruling *out,
    const struct ruled_document *d, int unit)
{
	const struct office *o = in->office;
	struct office_campaign *oc;
	size_t	 i;

	if (in->word->campaign != NULL && in->word->campaign[0] != '\0')
		return office_find(o, in->word->campaign);
	if (d->fit.campaign != NULL)
		return d->fit.campaign;
	if (out->campaign != NULL)
		return out->campaign;
	for (i = 0; i < o->n_campaigns; i++) {
		oc = &o->campaigns[i];
		if (oc->campaign->state != CAMPAIGN_DRAFT &&
		    campaign_takes(oc->campaign, in->received) &&
		    campaign_line_of(oc->campaign, unit) > 0)
			return oc;
	}
	return NULL;
}

/* Hold the document against the outline for this very unit. */
static void
refit(const struct ruling_input *in, struct ruled_document *d, int unit,
    struct office_campaign *oc, struct arena *arena)
{
	struct fit_request rq = { in->office, in->received, unit, true, oc };
	const struct report *rep = d->index < 0 ?
	    in->message->body_report :
	    in->message->attachments[d->index].report;
	struct fit	 f;

	if (rep == NULL || rep->facts->secret) {
		d->fit.campaign = oc;
		d->fit.coverage = NULL;
		return;
	}
	fit_document(&rq, rep, arena, &f);
	if (f.campaign != NULL)
		d->fit = f;
	d->fit.campaign = oc;
}

static void
place_by_word(const struct ruling_input *in, const int *units, size_t n,
    struct arena *arena, struct ruling *out)
{
	struct ruled_document *main_one = main_document(in, out, arena), *d;
	struct office_campaign *oc;
	size_t		 i;

	for (i = 0; i < out->n_documents; i++) {
		out->documents[i].n_units = 0;
		if (out->documents[i].role == ROLE_REPORT)
			out->documents[i].role = ROLE_COMPANION;
	}
	out->kind = FILING_SUBMISSION;
	out->n_units = out->n_guesses = 0;
	for (i = 0; i < n; i++) {
		d = n > 1 ? document_for(out, units[i], main_one) : main_one;
		oc = campaign_for(in, out, d, units[i]);
		if (oc == NULL)
			continue;
		refit(in, d, units[i], oc, arena);
		d->role = ROLE_REPORT;
		ruling_place(out, d, units[i], arena);
		if (out->campaign == NULL || in->word->campaign[0] != '\0')
			out->campaign = oc;
		out->is_counted = true;
	}
	out->needs_clerk = false;
	out->reason = REASON_NONE;
}

/* Nothing of it is a report. */
static void
rule_out(struct ruling *out, enum filing_basis basis)
{
	size_t	 i;

	out->kind = FILING_OTHER;
	out->n_units = out->n_guesses = out->fitting = 0;
	out->is_counted = out->needs_clerk = false;
	out->reason = REASON_NONE;
	out->basis = basis;
	for (i = 0; i < out->n_documents; i++) {
		out->documents[i].role = ROLE_IGNORED;
		out->documents[i].n_units = 0;
	}
}

void
ruling_apply_word(const struct ruling_input *in, struct arena *arena,
    struct ruling *out)
{
	const struct mail_word *w = in->word;
	int		 guess;

	if (w->is_order && !w->is_assigned && !w->is_no_report) {
		rule_out(out, BASIS_NONE);
		out->needs_clerk = w->is_suspect;
		out->outcome = w->outcome;
		return;
	}
	if (w->is_no_report) {
		rule_out(out, BASIS_CLERK);
		return;
	}
	/* whoever entered it has taken that back: it asks nobody */
	if (in->is_bare && !w->is_assigned) {
		rule_out(out, BASIS_NONE);
		out->outcome = reason_text(REASON_TAKEN_BACK);
		return;
	}
	if (w->is_assigned) {
		place_by_word(in, w->units, w->n_units, arena, out);
		out->basis = BASIS_CLERK;
	} else if ((w->is_accepted || w->is_returned) && !out->is_counted &&
	    out->n_guesses == 1) {
		guess = out->guesses[0].unit;
		place_by_word(in, &guess, 1, arena, out);
	}
	if (w->is_accepted || w->is_returned) {
		out->needs_clerk = false;
		out->reason = REASON_NONE;
	}
	if (w->is_returned)
		out->is_counted = false;
}
