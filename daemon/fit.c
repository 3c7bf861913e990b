/*
 * Which campaign is a document for? Its subject and period are held
 * against the campaign's own, its headings against the outline. Knows no
 * subject and no outline by itself.
 */
#include "daemon/fit.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/facts.h"
#include "parsers/message.h"
#include "parsers/text.h"

/* In a mail's subject or a file name less is enough to speak of it. */
#define NEAR_SUBJECT 0.2

/* A report calls itself so; without marks and case. */
static const char *const report_words[] = { "bao cao", "bc" };

/* What people ask an office like this about; and how asking looks. */
static const char *const matter_words[] = { "bao cao", "de cuong",
	"cong van", "thoi han", "han nop", "gia han" };
static const char *const asking_words[] = { "hoi", "xin", "cho biet",
	"chua nhan duoc", "nhu the nao", "khi nao" };

static bool
has_word(const char *text, const char *const *words, size_t n,
    struct arena *arena)
{
	const char	*key = text_key(text, TEXT_KEY_BARE, arena);
	const char	*padded = arena_printf(arena, " %s ", key);
	size_t		 i;

	for (i = 0; i < n; i++)
		if (strstr(padded, arena_printf(arena, " %s ", words[i])) !=
		    NULL)
			return true;
	return false;
}
#define HAS_WORD(text, words, arena) \
	has_word(text, words, sizeof(words) / sizeof((words)[0]), arena)

/* Does the text speak of a report? */
static bool
says_report(const char *text, struct arena *arena)
{
	return HAS_WORD(text, report_words, arena);
}

bool
fit_asks(const char *text, struct arena *arena)
{
	return HAS_WORD(text, matter_words, arena) &&
	    (strchr(text, '?') != NULL ||
	    HAS_WORD(text, asking_words, arena));
}

/* May mail of that time and unit belong to the campaign? */
static bool
may_take(const struct fit_request *rq, const struct office_campaign *oc)
{
	if (rq->only != NULL)
		return oc == rq->only;
	return oc->campaign->state != CAMPAIGN_DRAFT &&
	    campaign_takes(oc->campaign, rq->received);
}

static bool
is_listed(const struct fit_request *rq, const struct office_campaign *oc)
{
	return rq->unit < 0 ||
	    campaign_line_of(oc->campaign, rq->unit) > 0;
}

/* Do enough headings fit, for an outline of this length? */
static bool
has_enough(const struct outline *o, const struct coverage *cover)
{
	size_t	 i, main_headings = 0, enough;

	for (i = 0; i < o->n; i++)
		main_headings += o->nodes[i].level == 1;
	enough = (main_headings + 1) / 2;
	return cover->fitting > 0 &&
	    cover->fitting >= (enough < FIT_HEADINGS ? enough :
	    FIT_HEADINGS);
}

/*
 * Headings, and next to nothing below them: an outline (or the letter it
 * came with) sent back, not a report.
 */
static bool
is_unfilled(const struct coverage *cover)
{
	size_t	 i, empty = 0, filled = 0;

	for (i = 0; i < cover->n_sections; i++) {
		filled += cover->sections[i].state == SECTION_FILLED;
		empty += cover->sections[i].state == SECTION_EMPTY;
	}
	return cover->is_unfilled_outline || 4 * filled < empty;
}

/* What a document says of itself, against one campaign. */
struct comparison {
	const struct facts *facts;
	const struct coverage *cover;
	double		 subject;
	enum period_fit	 period;
	bool		 is_titled; /* calls itself a report */
	bool		 has_headings;
};

/* What subject and headings say together. */
static enum fit_kind
kind_of(const struct fit_request *rq, const struct comparison *c)
{
	const struct coverage *cover = c->cover;
	bool	 has_subject = c->facts->subject[0] != '\0';
	bool	 same = has_subject && c->subject >= FIT_SAME_SUBJECT;
	bool	 has_headings = c->has_headings;

	if (is_unfilled(cover))
		return FIT_UNFILLED;
	if (!c->is_titled && !has_headings)
		return rq->is_answer && cover->fitting > 0 ? FIT_GOOD :
		    FIT_NONE;
	if (c->period == PERIOD_OTHER)
		return same || has_headings ? FIT_OTHER_PERIOD :
		    FIT_OTHER_SUBJECT;
	if (has_subject && !same)
		return rq->is_answer && cover->fitting > 0 ? FIT_GOOD :
		    FIT_OTHER_SUBJECT;
	if (!has_subject)
		return has_headings ? FIT_NO_TITLE : FIT_UNSURE;
	return has_headings || rq->is_answer ? FIT_GOOD : FIT_UNSURE;
}

/* Better kind, then a campaign that lists the unit, then more words. */
static bool
is_better(const struct fit *a, const struct fit *b)
{
	if (a->is_listed != b->is_listed &&
	    (a->kind >= FIT_UNSURE) == (b->kind >= FIT_UNSURE))
		return a->is_listed;
	if (a->kind != b->kind)
		return a->kind > b->kind;
	return a->score > b->score;
}

void
fit_document(const struct fit_request *rq, const struct report *rep,
    struct arena *arena, struct fit *out)
{
	const struct office *o = rq->office;
	const struct facts *facts = rep->facts;
	struct comparison c = { .facts = facts,
		.is_titled = says_report(facts->title, arena) };
	struct audience	 audience;
	struct fit	 f;
	size_t		 i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < o->n_campaigns; i++) {
		struct office_campaign *oc = &o->campaigns[i];

		if (!may_take(rq, oc))
			continue;
		if (rq->unit >= 0)
			audience = roster_audience(&o->roster->units[rq->unit]);
		f.campaign = oc;
		f.coverage = matcher_cover(oc->matcher, rep->headings,
		    rq->unit >= 0 ? &audience : NULL, arena);
		if ((rep->remarks & REMARK_FROM_CONVERTER) != 0)
			coverage_doubt(f.coverage);
		f.fitting = f.coverage->fitting;
		f.is_listed = is_listed(rq, oc);
		c.cover = f.coverage;
		c.subject = subject_fit(o->lexicon, oc->campaign->subject,
		    facts->subject);
		c.period = period_compare(oc->campaign->subject,
		    facts->subject[0] != '\0' ? facts->subject :
		    facts->period);
		c.has_headings = has_enough(oc->campaign->outline,
		    f.coverage);
		f.kind = kind_of(rq, &c);
		f.score = 2 * c.subject + (double)c.period +
		    (double)(f.fitting < 10 ? f.fitting : 10) / 10;
		if (f.kind != FIT_NONE &&
		    (out->kind == FIT_NONE || is_better(&f, out)))
			*out = f;
	}
}

void
fit_text(const struct fit_request *rq, const char *text,
    struct arena *arena, struct fit *out)
{
	const struct office *o = rq->office;
	bool		 says = says_report(text, arena);
	bool		 is_tied = false;
	struct fit	 f;
	double		 subject;
	size_t		 i;

	memset(out, 0, sizeof(*out));
	memset(&f, 0, sizeof(f));
	for (i = 0; i < o->n_campaigns; i++) {
		struct office_campaign *oc = &o->campaigns[i];

		if (!may_take(rq, oc))
			continue;
		f.campaign = oc;
		f.is_listed = is_listed(rq, oc);
		subject = subject_fit(o->lexicon, oc->campaign->subject,
		    text);
		f.score = subject;
		if (period_compare(oc->campaign->subject, text) ==
		    PERIOD_OTHER)
			f.kind = FIT_OTHER_PERIOD;
		else if (says || subject >= NEAR_SUBJECT || rq->is_answer)
			f.kind = FIT_UNREADABLE;
		else
			f.kind = FIT_UNSURE;
		is_tied |= out->kind == f.kind &&
		    out->is_listed == f.is_listed && out->score == f.score;
		if (out->kind == FIT_NONE || is_better(&f, out)) {
			*out = f;
			is_tied = false;
		}
	}
	/* Nothing tells the campaigns apart: the clerk does. */
	if (is_tied && out->kind == FIT_UNREADABLE)
		out->kind = FIT_UNSURE;
}
