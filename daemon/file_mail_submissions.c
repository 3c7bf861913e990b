/*
 * Submissions of one mail: a row for each document and unit that counts.
 * The same file counts once, and the earlier mail keeps the place.
 */
#include "daemon/file_mail_submissions.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/calendar.h"
#include "daemon/decision_read.h"
#include "daemon/office.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/status_facts.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "spool/mail.h"
#include "spool/submission.h"

/* as: what the clerk entered, or NULL. */
static enum submission_channel
channel_of(const struct added *as)
{
	if (as == NULL)
		return SUBMISSION_EMAIL;
	switch (as->channel) {
	case CHANNEL_EMAIL:
		return SUBMISSION_EMAIL;
	case CHANNEL_PAPER:
		return SUBMISSION_PAPER;
	case CHANNEL_USB:
		return SUBMISSION_USB;
	case CHANNEL_ZALO:
		return SUBMISSION_ZALO;
	case CHANNEL_OTHER:
		break;
	}
	return SUBMISSION_OTHER;
}

static enum submission_decision
decision_of(const struct mail_word *w)
{
	if (w->is_returned)
		return DECISION_RETURNED;
	return w->is_accepted ? DECISION_ACCEPTED : DECISION_NONE;
}

/* The row for one document and one unit. */
static void
fill_submission(const struct filer *f, const struct ruled_document *d,
    int unit, struct submission *s)
{
	const struct mail_word *w = &f->facts.word;
	const struct added *as = w->is_added ? decision_added(w, unit) :
	    NULL;
	const struct attachment *a = d->index < 0 ? NULL :
	    &f->message->attachments[d->index];
	const struct report *rep = a != NULL ? a->report :
	    f->message->body_report;
	bool	 unsure = d->fit.kind == FIT_UNSURE ||
	    d->fit.kind == FIT_NO_TITLE;

	memset(s, 0, sizeof(*s));
	s->campaign = d->fit.campaign->id;
	s->unit = f->office->roster->units[unit].code;
	s->mail = f->mail->mail;
	s->attachment = d->index;
	s->sha256 = a != NULL ? a->sha256 : f->mail->sha256;
	s->name = a != NULL ? a->name : "";
	s->channel = channel_of(as);
	s->received_utc = as != NULL && as->received != 0 ? as->received :
	    f->mail->received_utc;
	s->number = rep != NULL ? rep->facts->number : "";
	s->doc_date = rep != NULL ? rep->facts->date : "";
	s->status = a != NULL ? (int)a->status : PARSE_OK;
	s->in_review = unsure && !w->is_accepted && !w->is_assigned;
	s->review = s->in_review ? reason_text(f->ruling.reason) : "";
	s->is_acceptable = d->fit.coverage != NULL;
	s->decision = decision_of(w);
	s->decision_event = w->event;
	if (w->is_returned && w->return_until != DAY_NONE)
		s->return_until_utc = day_end(w->return_until);
	s->outline_hash = d->fit.campaign->outline_hash;
}

/* Which of two mails came first? The earlier one keeps the place. */
static bool
came_before(const struct mail *a, const struct mail *b)
{
	if (a->received_utc != b->received_utc)
		return a->received_utc < b->received_utc;
	return strcmp(a->sha256, b->sha256) < 0;
}

static void
keep_submission(struct filer *f, int64_t submission)
{
	f->kept = arena_grow(f->arena, f->kept, f->n_kept, &f->kept_cap,
	    sizeof(*f->kept));
	f->kept[f->n_kept++] = submission;
	f->has_new = true;
}

/*
 * The same file is there already: ours from before, an earlier mail's
 * (then this one is the duplicate), or a later one's, which gives way.
 */
static int
meet_submission(struct filer *f, struct submission *s, int64_t there)
{
	struct store	*st = f->office->store;
	struct submission *other = submission_find(st, there);
	struct mail	*its_mail;
	bool		 is_new, ours, first;
	int		 rc = 0;

	if (other == NULL)
		return -1;
	ours = other->mail == s->mail;
	its_mail = other->mail > 0 ? mail_find(st, other->mail) : NULL;
	first = its_mail == NULL || came_before(its_mail, f->mail);
	if (ours) {
		s->submission = there;
		rc = submission_update(st, s);
		keep_submission(f, there);
	} else if (first || f->n_displaced == DISPLACED_MAX) {
		f->duplicate_of = other->mail;
	} else {
		f->displaced[f->n_displaced++] = other->mail;
		if (submission_drop(st, there) == -1 ||
		    submission_add(st, s, &there, &is_new) == -1)
			rc = -1;
		else
			keep_submission(f, there);
	}
	free(its_mail);
	free(other);
	return rc;
}

static int
put_submission(struct filer *f, const struct ruled_document *d, int unit)
{
	struct submission s;
	struct strbuf	 coverage = { 0 };
	int64_t		 row;
	bool		 is_new;
	int		 rc;

	fill_submission(f, d, unit, &s);
	if (d->fit.coverage != NULL) {
		coverage_store(d->fit.coverage,
		    d->fit.campaign->campaign->outline, &coverage);
		s.coverage = strbuf_get(&coverage);
		s.coverage_len = coverage.len;
	}
	rc = submission_add(f->office->store, &s, &row, &is_new);
	if (rc == 0 && is_new)
		keep_submission(f, row);
	else if (rc == 0)
		rc = meet_submission(f, &s, row);
	strbuf_clear(&coverage);
	return rc;
}

struct dropping {
	const struct filer *filer;
	int64_t		*rows;
	size_t		 n;
	size_t		 cap;
};

static int
stale_row(const struct submission *s, void *arg)
{
	struct dropping	*d = arg;
	size_t		 i;

	for (i = 0; i < d->filer->n_kept; i++)
		if (d->filer->kept[i] == s->submission)
			return 0;
	d->rows = arena_grow(d->filer->arena, d->rows, d->n, &d->cap,
	    sizeof(*d->rows));
	d->rows[d->n++] = s->submission;
	return 0;
}

int
file_mail_submissions(struct filer *f)
{
	const struct ruling *r = &f->ruling;
	struct dropping	 drop = { f, NULL, 0, 0 };
	size_t		 i, k;

	f->duplicate_of = f->facts.copy_of;
	for (i = 0; f->facts.copy_of == 0 && i < r->n_documents; i++)
		for (k = 0; k < r->documents[i].n_units; k++)
			if (put_submission(f, &r->documents[i],
			    r->documents[i].units[k]) == -1)
				return -1;
	if (submission_each_mail(f->office->store, f->mail->mail, stale_row,
	    &drop) == -1)
		return -1;
	for (i = 0; i < drop.n; i++)
		if (submission_drop(f->office->store, drop.rows[i]) == -1)
			return -1;
	return 0;
}
