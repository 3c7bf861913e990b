/*
 * What a mail is, and what becomes of it. The order of the questions: one
 * of ours or a bounce; a report among its documents; a report or a link in
 * its text; an automatic answer; a question. At the end the clerk's word
 * goes over everything.
 */
#include "daemon/ruling.h"

#include <string.h>

#include "daemon/authres.h"
#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/grade.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/ruling_word.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/facts.h"
#include "parsers/message.h"
#include "parsers/text.h"

/* Words by which a report says that it is for more than its issuer. */
static const char *const joint_words[] = { "bao cao chung", "nop chung",
	"va cac to chuc", "va cac doan the", "va cac hoi" };

static const enum reason reason_of_doubt[] = {
	[DOUBT_NONE] = REASON_NONE,
	[DOUBT_UNKNOWN_SENDER] = REASON_UNKNOWN_SENDER,
	[DOUBT_SHARED_ADDRESS] = REASON_SHARED_ADDRESS,
	[DOUBT_CONFLICT] = REASON_CONFLICT,
	[DOUBT_AUTHENTICATION] = REASON_FORGED
};

static const enum reason reason_of_fit[] = {
	[FIT_NONE] = REASON_NONE,
	[FIT_OTHER_SUBJECT] = REASON_OTHER_SUBJECT,
	[FIT_OTHER_PERIOD] = REASON_OTHER_PERIOD,
	[FIT_UNFILLED] = REASON_UNFILLED_OUTLINE,
	[FIT_UNSURE] = REASON_UNSURE_REPORT,
	[FIT_NO_TITLE] = REASON_NO_TITLE,
	[FIT_UNREADABLE] = REASON_UNREADABLE,
	[FIT_GOOD] = REASON_NONE
};

struct rule {
	const struct ruling_input *in;
	struct arena	*arena;
	struct ruling	*out;
	bool		 is_forged;
	bool		 quotes_outline; /* in its text, with nothing in it */
};

static void
identify_part(const struct rule *r, const struct attachment *document,
    struct identity *out)
{
	struct identity_input ii = { r->in->office->roster, r->in->message,
		document, r->in->addressed, r->in->n_addressed,
		r->in->answered, r->in->n_answered, r->in->forwarded,
		r->in->n_forwarded, r->is_forged, r->in->office->lexicon };

	identify(&ii, r->arena, out);
}

static struct fit_request
request_of(const struct rule *r, const struct identity *id)
{
	struct fit_request rq = { r->in->office, r->in->received, id->unit,
		r->in->n_answered > 0, NULL };

	if (rq.unit < 0 && id->n_guesses > 0)
		rq.unit = id->guesses[0].unit;
	return rq;
}

/* Each attachment: what it may be, whose, for what. */
static void
judge_documents(struct rule *r)
{
	const struct message *m = r->in->message;
	struct ruling	*out = r->out;
	size_t		 i;

	out->documents = arena_calloc(r->arena, m->n_attachments + 1,
	    sizeof(*out->documents));
	out->n_documents = m->n_attachments;
	for (i = 0; i < m->n_attachments; i++) {
		const struct attachment *a = &m->attachments[i];
		struct ruled_document *d = &out->documents[i];
		struct fit_request rq;

		d->index = (int)i;
		d->grade = grade_of(m, a);
		d->role = d->grade == GRADE_IGNORED ? ROLE_IGNORED :
		    ROLE_COMPANION;
		if (d->grade < GRADE_WEAK)
			continue;
		identify_part(r, a, &d->identity);
		rq = request_of(r, &d->identity);
		if (d->grade == GRADE_READ) {
			fit_document(&rq, a->report, r->arena, &d->fit);
			out->is_quarantined |= a->report->facts->secret;
			continue;
		}
		fit_text(&rq, arena_printf(r->arena, "%s %s %s", m->subject,
		    a->name, a->in), r->arena, &d->fit);
		/* From a stranger only what is called a report. */
		if (d->identity.doubt == DOUBT_UNKNOWN_SENDER &&
		    (d->fit.kind != FIT_UNREADABLE || mail_is_bulk(m)))
			d->fit.kind = FIT_NONE;
	}
}

/*
 * A mailbox that several share: a whole report that tells nobody is hardly
 * of the one unit whose own lies beside it.
 */
static bool
may_be_anothers(const struct ruled_document *d,
    const struct ruled_document *known)
{
	return known->identity.unit >= 0 && known->fit.kind == FIT_GOOD &&
	    d->identity.unit < 0 && d->fit.kind == FIT_GOOD &&
	    d->identity.doubt == DOUBT_SHARED_ADDRESS &&
	    d->identity.n_guesses > 1;
}

/* Documents of one unit for one campaign compete; of nobody, by guess. */
static bool
is_rival(const struct ruled_document *a, const struct ruled_document *b)
{
	int	 x = a->identity.unit, y = b->identity.unit;

	if (may_be_anothers(a, b) || may_be_anothers(b, a))
		return false;
	if (x < 0 && a->identity.n_guesses > 0)
		x = a->identity.guesses[0].unit;
	if (y < 0 && b->identity.n_guesses > 0)
		y = b->identity.guesses[0].unit;
	if (x != y)
		return false;
	/* A report for something else goes along with the right one. */
	return a->fit.campaign == b->fit.campaign ||
	    a->fit.kind < FIT_UNSURE || b->fit.kind < FIT_UNSURE;
}

static bool
beats(const struct ruled_document *a, const struct ruled_document *b)
{
	if (a->fit.kind != b->fit.kind)
		return a->fit.kind > b->fit.kind;
	if (a->grade != b->grade)
		return a->grade > b->grade;
	if (a->fit.score != b->fit.score)
		return a->fit.score > b->fit.score;
	return a->index < b->index;
}

/*
 * Which documents are the reports: the best of each unit and campaign.
 * What cannot be read is one only where nothing readable is.
 */
static size_t
choose_reports(struct rule *r)
{
	struct ruled_document *d = r->out->documents;
	size_t		 i, k, n = r->out->n_documents, chosen = 0;
	enum grade	 least = GRADE_WEAK;

	for (i = 0; i < n; i++)
		if (d[i].fit.kind != FIT_NONE && d[i].grade > least)
			least = d[i].grade;
	for (i = 0; i < n; i++) {
		if (d[i].fit.kind == FIT_NONE || d[i].grade < least)
			continue;
		for (k = 0; k < n; k++)
			if (k != i && d[k].fit.kind != FIT_NONE &&
			    d[k].grade >= least && is_rival(&d[i], &d[k]) &&
			    beats(&d[k], &d[i]))
				break;
		if (k == n) {
			d[i].role = ROLE_REPORT;
			chosen++;
		}
	}
	return chosen;
}

/* An archive is a report when something in it is. */
static void
mark_containers(struct rule *r)
{
	const struct message *m = r->in->message;
	struct ruled_document *d = r->out->documents;
	size_t		 i, k;

	for (i = 0; i < m->n_attachments; i++)
		for (k = 0; d[i].grade == GRADE_CONTAINER &&
		    k < m->n_attachments; k++)
			if (d[k].role == ROLE_REPORT && strcmp(
			    m->attachments[k].in, m->attachments[i].name) == 0)
				d[i].role = ROLE_REPORT;
}

/* Does it say that it speaks for others of its Kính gửi line too? */
static bool
is_joint(const struct rule *r, const struct ruled_document *d)
{
	const struct campaign *c = d->fit.campaign->campaign;
	const struct facts *f;
	const char	*key, *line_key;
	int		 line;
	size_t		 i;

	line = campaign_line_of(c, d->identity.unit);
	if (d->grade != GRADE_READ || line == 0 ||
	    c->recipients[line - 1].n_units < 2)
		return false;
	f = d->index < 0 ? r->in->message->body_report->facts :
	    r->in->message->attachments[d->index].report->facts;
	key = arena_printf(r->arena, " %s ", text_key(arena_printf(r->arena,
	    "%s %s", f->issuer, f->subject), TEXT_KEY_BARE, r->arena));
	line_key = arena_printf(r->arena, " %s ",
	    text_key(c->recipients[line - 1].text, TEXT_KEY_BARE, r->arena));
	if (strstr(key, line_key) != NULL)
		return true;
	for (i = 0; i < sizeof(joint_words) / sizeof(joint_words[0]); i++)
		if (strstr(key, arena_printf(r->arena, " %s ",
		    joint_words[i])) != NULL)
			return true;
	return false;
}

static void
add_guess(struct ruling *out, const struct guess *g)
{
	size_t	 i;

	for (i = 0; i < out->n_guesses; i++)
		if (out->guesses[i].unit == g->unit)
			return;
	if (out->n_guesses < IDENTITY_GUESSES)
		out->guesses[out->n_guesses++] = *g;
}

static void
add_guesses(struct ruling *out, const struct identity *id)
{
	size_t	 i;

	for (i = 0; i < id->n_guesses; i++) {
		add_guess(out, &id->guesses[i]);
		if (id->unit >= 0) /* the unit itself is the only guess */
			break;
	}
}

/* The first reason is the one that is told. */
static void
ask_clerk(struct ruling *out, enum reason why)
{
	out->needs_clerk = true;
	if (out->reason == REASON_NONE)
		out->reason = why;
}

static bool
may_count(const struct ruled_document *d)
{
	if (d->identity.unit < 0 || !d->fit.is_listed)
		return false;
	return d->fit.kind >= FIT_NO_TITLE ||
	    (d->fit.kind == FIT_UNSURE && d->grade == GRADE_READ);
}

/* One document that is a report: place it, or leave it to the clerk. */
static void
rule_report(struct rule *r, struct ruled_document *d)
{
	struct ruling	*out = r->out;

	if (out->campaign == NULL)
		out->campaign = d->fit.campaign;
	if (out->basis == BASIS_NONE)
		out->basis = d->identity.basis;
	if (d->fit.fitting > out->fitting)
		out->fitting = d->fit.fitting;
	if (may_count(d)) {
		ruling_place(out, d, d->identity.unit, r->arena);
		out->is_counted = true;
		if (d->fit.kind == FIT_GOOD && is_joint(r, d))
			ask_clerk(out, REASON_JOINT);
		else if (d->fit.kind != FIT_GOOD)
			ask_clerk(out, reason_of_fit[d->fit.kind]);
		return;
	}
	add_guesses(out, &d->identity);
	if (d->identity.doubt != DOUBT_NONE)
		ask_clerk(out, reason_of_doubt[d->identity.doubt]);
	else if (!d->fit.is_listed)
		ask_clerk(out, REASON_NOT_LISTED);
	else
		ask_clerk(out, d->grade == GRADE_READ ||
		    d->fit.kind != FIT_UNSURE ? reason_of_fit[d->fit.kind] :
		    REASON_UNSURE_REPORT);
}

static void
rule_reports(struct rule *r)
{
	struct ruled_document *d = r->out->documents;
	size_t		 i;

	r->out->kind = FILING_SUBMISSION;
	for (i = 0; i < r->out->n_documents; i++)
		if (d[i].role == ROLE_REPORT)
			rule_report(r, &d[i]);
	mark_containers(r);
}

/* Nothing of it is to be read on: only who sent it may be known. */
static void
rule_secret(struct rule *r)
{
	struct ruling	*out = r->out;
	struct identity	 id;
	size_t		 i;

	out->kind = FILING_SUBMISSION;
	for (i = 0; i < out->n_documents; i++) {
		if (out->documents[i].grade < GRADE_WEAK)
			continue;
		out->documents[i].role = ROLE_REPORT;
		if (out->campaign == NULL)
			out->campaign = out->documents[i].fit.campaign;
	}
	identify_part(r, NULL, &id);
	out->basis = id.basis;
	add_guesses(out, &id);
	ask_clerk(out, REASON_SECRET);
}

/* ---- mails without a document that is a report */

/* A delivery report: whose address was it? */
static void
rule_bounce(struct rule *r)
{
	const struct message *m = r->in->message;
	struct ruling	*out = r->out;
	bool		 failed = m->n_bounces == 0;
	size_t		 i, k, n;
	int		*units;

	out->kind = FILING_BOUNCE;
	for (i = 0; i < m->n_bounces; i++) {
		failed |= strcmp(m->bounces[i].action, "delayed") != 0 &&
		    strcmp(m->bounces[i].action, "delivered") != 0 &&
		    strcmp(m->bounces[i].action, "relayed") != 0;
		n = roster_find_address(r->in->office->roster,
		    m->bounces[i].address, r->arena, &units);
		for (k = 0; k < n; k++) {
			struct guess g = { units[k], BASIS_ADDRESS };

			add_guess(out, &g);
		}
	}
	if (failed)
		ask_clerk(out, r->in->is_bounce_of_ours ?
		    REASON_BOUNCE_OURS : REASON_BOUNCE_OTHER);
}

/* The report stands in the text of the mail itself. */
static bool
rule_body(struct rule *r, const struct identity *id)
{
	const struct report *body = r->in->message->body_report;
	struct ruling	*out = r->out;
	struct fit_request rq = request_of(r, id);
	struct ruled_document *d = &out->documents[out->n_documents];

	if (body == NULL)
		return false;
	fit_document(&rq, body, r->arena, &d->fit);
	if (d->fit.kind == FIT_NONE || d->fit.fitting < FIT_HEADINGS)
		return false;
	/* an answer with our letter below it is no report */
	r->quotes_outline = d->fit.kind == FIT_UNFILLED && !body->facts->secret;
	if (r->quotes_outline)
		return false;
	d->index = -1;
	d->grade = GRADE_READ;
	d->role = ROLE_REPORT;
	d->identity = *id;
	out->n_documents++;
	out->kind = FILING_SUBMISSION;
	out->campaign = d->fit.campaign;
	out->fitting = d->fit.fitting;
	out->is_quarantined = body->facts->secret;
	ask_clerk(out, out->is_quarantined ? REASON_SECRET : REASON_IN_BODY);
	return true;
}

/* Does a mail without a report concern us at all? */
static bool
concerns_us(struct rule *r, const struct identity *id, struct fit *fit)
{
	const struct message *m = r->in->message;
	struct fit_request rq = request_of(r, id);
	const char	*text = arena_printf(r->arena, "%s %.400s",
	    m->subject, m->body);

	rq.is_answer = false;
	fit_text(&rq, text, r->arena, fit);
	if (id->doubt != DOUBT_UNKNOWN_SENDER)
		return true;
	if (mail_is_bulk(m) || fit->kind == FIT_NONE)
		return false;
	return (fit->kind == FIT_UNREADABLE &&
	    (id->n_guesses > 0 || fit->score > 0)) ||
	    fit_asks(text, r->arena);
}

static void
rule_question(struct ruling *out)
{
	out->kind = FILING_QUESTION;
	ask_clerk(out, REASON_QUESTION);
}

static void
rule_plain(struct rule *r)
{
	const struct message *m = r->in->message;
	struct ruling	*out = r->out;
	struct identity	 id;
	struct fit	 fit;
	bool		 concerns;

	identify_part(r, NULL, &id);
	out->basis = id.basis;
	if (mail_is_auto_reply(m)) {
		out->kind = FILING_AUTO_REPLY;
		if (id.unit >= 0)
			ruling_add_unit(out, id.unit, r->arena);
		return;
	}
	out->kind = FILING_OTHER;
	concerns = concerns_us(r, &id, &fit);
	if (!concerns) {
		out->basis = BASIS_NONE;
		if (rule_body(r, &id))
			add_guesses(out, &id);
		else if (r->quotes_outline && !mail_is_bulk(m))
			rule_question(out);
		return;
	}
	add_guesses(out, &id);
	if (fit.kind >= FIT_UNREADABLE || id.doubt != DOUBT_UNKNOWN_SENDER)
		out->campaign = fit.campaign;
	if (rule_body(r, &id))
		return;
	if (m->n_links > 0) {
		ask_clerk(out, REASON_LINK_ONLY);
	} else if (mail_is_bulk(m)) {
		out->n_guesses = 0;
	} else {
		rule_question(out);
	}
}

/* Junk is taken up only from a known address, or with a fitting report. */
static void
rule_junk(struct rule *r)
{
	struct ruling	*out = r->out;

	if (r->in->n_addressed == 0 && r->in->n_answered == 0 &&
	    (out->kind != FILING_SUBMISSION || out->fitting < FIT_HEADINGS)) {
		out->kind = out->kind == FILING_BOUNCE ? out->kind :
		    FILING_OTHER;
		out->needs_clerk = false;
		out->reason = REASON_NONE;
		out->n_guesses = 0;
		return;
	}
	ask_clerk(out, REASON_JUNK);
}

const char *
ruling_reason(const struct ruling *r)
{
	return r->outcome[0] != '\0' ? r->outcome : reason_text(r->reason);
}

void
ruling_of(const struct ruling_input *in, struct arena *arena,
    struct ruling *out)
{
	const struct message *m = in->message;
	struct rule	 r = { in, arena, out, false, false };
	size_t		 i;

	memset(out, 0, sizeof(*out));
	out->outcome = "";
	r.is_forged = authres_says_forged(m->auth_results,
	    in->office->config->authserv_id, m->from_address);
	judge_documents(&r);
	if (in->is_own) {
		out->kind = FILING_OTHER;
	} else if (m->signs & SIGN_DSN) {
		rule_bounce(&r);
	} else if (out->is_quarantined) {
		rule_secret(&r);
	} else if (!(m->signs & SIGN_MDN) && choose_reports(&r) > 0) {
		rule_reports(&r);
	} else {
		rule_plain(&r);
	}
	if (out->kind != FILING_SUBMISSION)
		for (i = 0; i < out->n_documents; i++)
			out->documents[i].role = ROLE_IGNORED;
	if (in->is_junk)
		rule_junk(&r);
	ruling_apply_word(in, arena, out);
}
