/*
 * Filing: what was decided on a mail goes into the ledger in one
 * transaction. Everything is computed from the kept blob, the campaigns
 * and the events in force, so filing again is always lawful.
 */
#include "daemon/file_mail.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/bounced.h"
#include "daemon/detail.h"
#include "daemon/file_mail_log.h"
#include "daemon/file_mail_submissions.h"
#include "daemon/limits.h"
#include "daemon/mail_facts.h"
#include "daemon/office.h"
#include "daemon/receipts.h"
#include "daemon/roster.h"
#include "daemon/ruling.h"
#include "daemon/secrecy.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"

static const char **
unit_codes(const struct filer *f)
{
	const struct ruling *r = &f->ruling;
	const char	**codes = arena_calloc(f->arena, r->n_units + 1,
	    sizeof(*codes));
	size_t		 i;

	for (i = 0; i < r->n_units; i++)
		codes[i] = f->office->roster->units[r->units[i]].code;
	return codes;
}

static struct filing_guess *
guess_rows(const struct filer *f)
{
	const struct ruling *r = &f->ruling;
	struct filing_guess *g = arena_calloc(f->arena, r->n_guesses + 1,
	    sizeof(*g));
	size_t		 i;

	for (i = 0; i < r->n_guesses; i++) {
		g[i].unit = f->office->roster->units[
		    r->guesses[i].unit].code;
		g[i].why = reason_basis(r->guesses[i].basis);
	}
	return g;
}

/* Whose text came through a converter: "converted FORMAT NAME: what of it" */
static const char *
conversion_text(const struct filer *f)
{
	const struct attachment *a = f->message->attachments;
	const char	*text = "";
	size_t		 i;

	for (i = 0; i < f->message->n_attachments; i++, a++)
		if (a->report != NULL &&
		    (a->report->remarks & REMARK_FROM_CONVERTER) != 0)
			text = arena_printf(f->arena,
			    "%sconverted %s %s: %s\n", text,
			    format_name(a->format), a->name,
			    text_word(WORD_WARN_CONVERTED));
	return text;
}

/*
 * One line a sign: "BASIS UNIT WEIGHT what was seen"; then what there is
 * to say of how the documents were read.
 */
static const char *
evidence_text(const struct filer *f)
{
	const struct ruling *r = &f->ruling;
	const char	*text = "";
	size_t		 i, k;

	for (i = 0; i < r->n_documents; i++) {
		const struct identity *id = &r->documents[i].identity;

		for (k = 0; r->documents[i].role == ROLE_REPORT &&
		    k < id->n_evidence; k++)
			text = arena_printf(f->arena, "%s%s %s %d %s\n",
			    text, filing_basis_name(id->evidence[k].basis),
			    f->office->roster->units[
			    id->evidence[k].unit].code,
			    id->evidence[k].weight, id->evidence[k].seen);
	}
	return arena_printf(f->arena, "%s%s", text, conversion_text(f));
}

static struct filing_attachment *
attachment_rows(const struct filer *f)
{
	const struct message *m = f->message;
	struct filing_attachment *rows = arena_calloc(f->arena,
	    m->n_attachments + 1, sizeof(*rows));
	size_t	 i;

	for (i = 0; i < m->n_attachments; i++) {
		const struct attachment *a = &m->attachments[i];
		const struct ruled_document *d = &f->ruling.documents[i];

		rows[i].mail = f->mail->mail;
		rows[i].index = (int)i;
		rows[i].name = a->name;
		rows[i].in = a->in;
		rows[i].format = format_name(a->format);
		rows[i].role = d->role;
		rows[i].unit = d->n_units == 1 ?
		    f->office->roster->units[d->units[0]].code : "";
		rows[i].sha256 = a->sha256;
		rows[i].size = a->size;
		rows[i].status = (int)a->status;
	}
	return rows;
}

/* Does a document of the mail wait for the clerk? */
static bool
has_waiting(const struct ruling *r)
{
	size_t	 i;

	for (i = 0; i < r->n_documents; i++)
		if (r->documents[i].role == ROLE_REPORT &&
		    r->documents[i].n_units == 0 &&
		    r->documents[i].grade != GRADE_CONTAINER)
			return true;
	return false;
}

/* A mail that brings nothing new counts for nothing, and needs nobody. */
static void
settle_duplicate(struct filer *f)
{
	struct ruling	*r = &f->ruling;

	if (f->duplicate_of == 0 || f->has_new)
		return;
	r->is_counted = false;
	if (f->facts.copy_of == 0 && has_waiting(r))
		return;
	r->needs_clerk = false;
	r->reason = REASON_NONE;
	r->n_guesses = 0;
}

/* What is odd about its times, where nothing else is to be said. */
static void
flag_times(struct filer *f)
{
	time_t	 received = f->mail->received_utc, date = f->message->date_utc;

	if (f->ruling.reason != REASON_NONE || f->ruling.outcome[0] != '\0')
		return;
	if (received > f->now)
		f->ruling.reason = REASON_FUTURE;
	else if (date != 0 && (received - date > CLOCK_ODD_S ||
	    date - received > CLOCK_ODD_S))
		f->ruling.reason = REASON_CLOCK;
}

static int
put_filing(struct filer *f)
{
	const struct ruling *r = &f->ruling;
	struct filing	 row = { 0 };

	row.mail = f->mail->mail;
	row.kind = r->kind;
	row.campaign = r->campaign != NULL ? r->campaign->id : "";
	row.units = unit_codes(f);
	row.n_units = r->n_units;
	row.basis = r->basis;
	row.is_counted = r->is_counted;
	row.needs_clerk = r->needs_clerk;
	row.is_quarantined = r->is_quarantined;
	row.reason = ruling_reason(r);
	row.guesses = guess_rows(f);
	row.n_guesses = r->n_guesses;
	row.evidence = r->is_quarantined ? "" : evidence_text(f);
	row.duplicate_of = f->has_new ? 0 : f->duplicate_of;
	row.fitting = (int)r->fitting;
	row.decided_utc = f->now;
	row.decided_by = f->facts.word.who;
	if (filing_put(f->office->store, &row, attachment_rows(f),
	    f->message->n_attachments) == -1)
		return -1;
	return mail_set_state(f->office->store, f->mail->mail,
	    r->needs_clerk ? MESSAGE_HELD : MESSAGE_FILED, "", 0);
}

static int
put_event(struct filer *f)
{
	struct strbuf	 detail = { 0 };
	const char	**codes = unit_codes(f);
	struct event	 e = { .time_utc = f->now, .who = f->office->who,
		.verb = "file", .unit = "", .mail = f->mail->mail };
	int64_t		 seq;
	size_t		 i;
	int		 rc;

	strbuf_addf(&detail, "kind=%s counted=%d clerk=%d units=",
	    filing_kind_name(f->ruling.kind), f->ruling.is_counted,
	    f->ruling.needs_clerk);
	for (i = 0; i < f->ruling.n_units; i++)
		strbuf_addf(&detail, "%s%s", i > 0 ? "," : "", codes[i]);
	e.campaign = f->ruling.campaign != NULL ? f->ruling.campaign->id : "";
	e.detail = strbuf_get(&detail);
	e.reason = ruling_reason(&f->ruling);
	rc = event_append(f->office->store, &e, &seq);
	strbuf_clear(&detail);
	return rc;
}

/* What the ledger said of this mail before. */
struct past {
	struct arena	*arena;
	bool		 was_filed;
	bool		 was_counted;
};

static int
filed_row(const struct event *e, void *arg)
{
	struct past	*p = arg;

	p->was_filed = true;
	p->was_counted = strcmp(detail_get(e->detail, "counted", p->arena),
	    "1") == 0;
	return 0;
}

/* The filing, or where it was made anew the event of the first one. */
static int
look_back(const struct filer *f, struct past *p)
{
	struct event_filter filed = { .verb = "file",
		.mail = f->mail->mail };
	struct filing	*before;

	p->arena = f->arena;
	if (event_each(f->office->store, &filed, filed_row, p) == -1)
		return -1;
	before = filing_find(f->office->store, f->mail->mail);
	if (before != NULL)
		p->was_counted = before->is_counted;
	free(before);
	return 0;
}

/* Who sends us a report from an address has that address. */
static int
clear_sender(const struct filer *f)
{
	const struct ruling *r = &f->ruling;
	struct bounced_proof p = { f->message->from_address, "",
		f->mail->mail, f->office->who, "report",
		(time_t)f->mail->received_utc };

	if (r->kind != FILING_SUBMISSION || !r->is_counted ||
	    p.address[0] == '\0')
		return 0;
	return bounced_clear(f->office, &p, f->now);
}

static int
write_all(struct filer *f, bool again)
{
	struct judged	*judged = NULL;
	struct filed_log log = { f->office, f->arena, f->mail, &f->ruling,
		f->now, false, again, &judged };
	struct past	 past = { NULL, false, false };
	struct receipt_input receipt = { f->office, f->arena, f->mail,
		f->message, &f->facts, &f->ruling, f->now, &judged };

	if (look_back(f, &past) == -1 || file_mail_submissions(f) == -1)
		return -1;
	again |= past.was_filed;
	log.is_again = again;
	settle_duplicate(f);
	flag_times(f);
	if (put_filing(f) == -1)
		return -1;
	if (!again && (put_event(f) == -1 || (f->facts.copy_of == 0 &&
	    f->ruling.kind == FILING_BOUNCE && bounced_mark(f->office,
	    f->message, f->facts.bounced, f->now) == -1)))
		return -1;
	if (!past.was_counted && clear_sender(f) == -1)
		return -1;
	if (again && (past.was_counted || !f->ruling.is_counted))
		return 0;
	/* Taking over from a later copy is no news either. */
	log.is_duplicate = f->n_displaced > 0 ||
	    (f->duplicate_of != 0 && !f->has_new);
	return filed_log_add(&log) == -1 || receipts_add(&receipt) == -1 ?
	    -1 : 0;
}

/* Of a mail that no program could read: the clerk may decide on it. */
static struct message *
empty_message(struct arena *arena)
{
	struct message	*m = arena_alloc(arena, sizeof(*m));

	m->from_address = m->from_name = m->sender = m->reply_to = "";
	m->return_path = m->subject = m->message_id = "";
	m->auth_results = m->body = m->signature = m->trouble = "";
	return m;
}

/* A file that did not come by mail bears its name in the mail's row. */
static void
name_bare_file(struct message *m, const struct mail *mail,
    struct arena *arena)
{
	if (m->n_attachments > 0 && mail->file_name[0] != '\0' &&
	    !secrecy_found(m))
		m->attachments[0].name = text_clean(mail->file_name, arena);
}

/* Read what there is: the blob, and all that bears on it. */
static enum filed
load(struct filer *f, struct mail *mail)
{
	struct bytes	 blob;
	void		*kept;

	kept = mail_parsed_find(f->office->store, mail->mail, &blob.len);
	blob.data = kept;
	if (kept != NULL)
		f->message = message_decode(blob, f->arena);
	else if (mail->state == MESSAGE_ASIDE)
		f->message = empty_message(f->arena);
	free(kept);
	if (f->message == NULL)
		return FILED_AGAIN;
	name_bare_file(f->message, mail, f->arena);
	f->mail = mail;
	return mail_facts_load(f->office, mail, f->message, f->arena,
	    &f->facts) == -1 ? FILED_FAILED : FILED_DONE;
}

enum filed
file_mail(struct office *o, int64_t mail, time_t now, bool again)
{
	struct filer	 f = { .office = o, .now = now };
	struct mail	*row = mail_find(o->store, mail);
	enum filed	 rc = FILED_FAILED;
	size_t		 i;

	if (row == NULL)
		return FILED_FAILED;
	f.arena = arena_new(0);
	if (store_begin(o->store) == -1)
		goto free_all;
	rc = load(&f, row);
	if (rc != FILED_DONE) {
		store_rollback(o->store);
		goto free_all;
	}
	ruling_of(&f.facts.ruling, f.arena, &f.ruling);
	if (write_all(&f, again) == -1)
		rc = FILED_FAILED;
	for (i = 0; rc == FILED_DONE && i < f.n_displaced; i++)
		rc = file_mail(o, f.displaced[i], now, true);
	if (rc == FILED_DONE && store_commit(o->store) == -1)
		rc = FILED_FAILED;
	else if (rc != FILED_DONE)
		store_rollback(o->store);
free_all:
	arena_free(f.arena);
	free(row);
	return rc;
}
