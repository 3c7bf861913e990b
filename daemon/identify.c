/*
 * Whose report is it? Each sign that points to a unit is one row of
 * evidence with a weight; a unit is named when it leads clearly, when the
 * mail itself vouches for it (its address, or an answer to our mail), and
 * when no letterhead or other name speaks against it. Everything else is
 * for the clerk, with at most three guesses.
 */
#include "daemon/identify.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/facts.h"
#include "parsers/message.h"
#include "parsers/text.h"

/*
 * What each sign weighs: for one unit alone, and shared among several.
 * `vouches`: somebody who only knows the unit's name cannot make it.
 */
static const struct weighing {
	int		 alone;
	int		 shared;
	bool		 vouches;
} weighings[] = {
	[BASIS_NONE] = { 0, 0, false },
	[BASIS_ADDRESS] = { 60, 40, true },
	[BASIS_LETTERHEAD] = { 60, 30, false },
	[BASIS_REPLY] = { 60, 30, true },
	[BASIS_SUBJECT] = { 20, 10, false },
	[BASIS_FILE_NAME] = { 20, 10, false },
	[BASIS_DISPLAY_NAME] = { 15, 8, false },
	[BASIS_SIGNATURE] = { 15, 8, false },
	[BASIS_CLERK] = { 0, 0, false }
};

/* The sender of a mail inside this one, for one unit and among several. */
#define FORWARDED_ALONE 30
#define FORWARDED_SHARED 15
/* A name read without its accents is worth so much of the full weight. */
#define BARE_PERCENT 75
/* The number's sign ("45/BC-UBND") beside the issuer line. */
#define NUMBER_PERCENT 50
/* To be named a unit needs this much, and this much more than the next. */
#define NAMED_WEIGHT 55
#define NAMED_MARGIN 7
/* A guess below this is noise. */
#define GUESS_WEIGHT 8

struct weighed {
	struct arena	*arena;
	const struct roster *roster;
	const struct lexicon *lexicon;
	struct evidence	*rows;
	size_t		 n;
	size_t		 cap;
};

static void
add_row(struct weighed *w, enum filing_basis basis, int unit, int weight,
    const char *seen)
{
	struct evidence	*e;

	w->rows = arena_grow(w->arena, w->rows, w->n, &w->cap,
	    sizeof(*w->rows));
	e = &w->rows[w->n++];
	e->basis = basis;
	e->unit = unit;
	e->weight = weight;
	e->seen = seen;
	e->is_told = false;
}

static void
add_units(struct weighed *w, enum filing_basis basis, const int *units,
    size_t n, const char *seen)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		add_row(w, basis, units[i], n == 1 ? weighings[basis].alone :
		    weighings[basis].shared, seen);
}

static void
add_forwarded(struct weighed *w, const struct identity_input *in)
{
	size_t	 i;

	for (i = 0; i < in->n_forwarded; i++) {
		add_row(w, BASIS_ADDRESS, in->forwarded[i],
		    in->n_forwarded == 1 ? FORWARDED_ALONE : FORWARDED_SHARED,
		    "");
		w->rows[w->n - 1].is_told = true;
	}
}

static bool
vouches(const struct evidence *e)
{
	return weighings[e->basis].vouches && !e->is_told;
}

/*
 * Units named in a text. When the best is not told apart from the next,
 * and in texts that name several, each counts as shared.
 */
static void
add_names(struct weighed *w, enum filing_basis basis, const char *text,
    int percent)
{
	struct name_search s = { w->roster, w->lexicon, w->arena };
	struct name_match *found;
	size_t		 i, n;
	int		 weight;

	if (text == NULL || text[0] == '\0')
		return;
	n = roster_find_names(&s, text, &found);
	for (i = 0; i < n && i < 2 * IDENTITY_GUESSES; i++) {
		weight = n == 1 ? weighings[basis].alone :
		    weighings[basis].shared;
		weight = weight * percent / 100;
		if (found[i].is_bare)
			weight = weight * BARE_PERCENT / 100;
		add_row(w, basis, found[i].unit, weight, found[i].alias);
	}
}

/*
 * The document's own words: its issuer; the number's sign where the issuer
 * line is bare or silent.
 */
static int
add_letterhead(struct weighed *w, const struct facts *facts)
{
	struct name_search s = { w->roster, w->lexicon, w->arena };
	struct name_match *found, head;
	const char	*sign;
	size_t		 n;

	/* Its upper body, where the issuer is but an organ of it. */
	if (roster_find_letterhead(&s, facts->parent, facts->issuer,
	    &head) != -1) {
		add_row(w, BASIS_LETTERHEAD, head.unit,
		    weighings[BASIS_LETTERHEAD].alone, head.alias);
		return head.unit;
	}
	n = roster_find_names(&s, facts->issuer, &found);
	/* The best name of an issuer line is the issuer; what else is named
	 * there ("… và các tổ chức …") only goes along. */
	if (n > 0 && (n == 1 || found[0].score > found[1].score)) {
		add_row(w, BASIS_LETTERHEAD, found[0].unit,
		    weighings[BASIS_LETTERHEAD].alone, found[0].alias);
		return found[0].unit;
	}
	add_names(w, BASIS_LETTERHEAD, facts->issuer, 100);
	sign = strpbrk(facts->number, "/-");
	if (sign != NULL && n == 0)
		add_names(w, BASIS_LETTERHEAD, sign + 1, NUMBER_PERCENT);
	return -1;
}

static int
total_of(const struct weighed *w, int unit)
{
	size_t	 i;
	int	 sum = 0;

	for (i = 0; i < w->n; i++)
		if (w->rows[i].unit == unit)
			sum += w->rows[i].weight;
	return sum;
}

static bool
is_vouched(const struct weighed *w, int unit)
{
	size_t	 i;

	for (i = 0; i < w->n; i++)
		if (w->rows[i].unit == unit && vouches(&w->rows[i]))
			return true;
	return false;
}

/* Names in this place: does it name units, and this unit among them? */
static bool
names_only_others(const struct weighed *w, enum filing_basis basis, int unit)
{
	size_t	 i;
	bool	 any = false;

	for (i = 0; i < w->n; i++) {
		if (w->rows[i].basis != basis)
			continue;
		if (w->rows[i].unit == unit)
			return false;
		any = true;
	}
	return any;
}

/* Was it sent on for others, and not for this unit? */
static bool
forwards_only_others(const struct identity_input *in, int unit)
{
	size_t	 i;

	for (i = 0; i < in->n_forwarded; i++)
		if (in->forwarded[i] == unit)
			return false;
	return in->n_forwarded > 0;
}

/*
 * What decided for the unit: its own address or our mail where that is
 * enough, else the heaviest other sign.
 */
static enum filing_basis
basis_of(const struct weighed *w, int unit)
{
	enum filing_basis best = BASIS_NONE;
	int		 weight = 0;
	size_t		 i;
	const struct evidence *e;

	for (i = 0; i < w->n; i++) {
		e = &w->rows[i];
		if (e->unit != unit)
			continue;
		if (vouches(e) && e->weight >= NAMED_WEIGHT)
			return e->basis;
		if (!vouches(e) && e->weight > weight) {
			best = e->basis;
			weight = e->weight;
		}
	}
	if (best != BASIS_NONE)
		return best;
	return is_vouched(w, unit) ? BASIS_ADDRESS : BASIS_NONE;
}

struct ranked {
	int	unit;
	int	weight;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Every unit with evidence, heaviest first; the count. */
static size_t
rank(const struct weighed *w, struct ranked **out)
{
	struct ranked	*r = arena_calloc(w->arena, w->n + 1, sizeof(*r));
	size_t		 i, k, n = 0;

	for (i = 0; i < w->n; i++) {
		for (k = 0; k < n && r[k].unit != w->rows[i].unit; k++)
			continue;
		if (k < n)
			continue;
		r[n].unit = w->rows[i].unit;
		r[n++].weight = total_of(w, w->rows[i].unit);
	}
	qsort(r, n, sizeof(*r), compare_ranked);
	*out = r;
	return n;
}

static enum doubt
doubt_about(const struct weighed *w, const struct ranked *r, size_t n,
    const struct identity *id, const struct identity_input *in)
{
	int	 unit = r[0].unit;
	bool	 own_letterhead = id->letterhead == unit;

	if (in->n_addressed == 0 && in->n_answered == 0)
		return DOUBT_UNKNOWN_SENDER;
	if (id->letterhead >= 0 && (!own_letterhead || !is_vouched(w, unit)))
		return DOUBT_CONFLICT;
	/* A subject, file name or forwarded sender that tells another unit,
	 * and no letterhead to settle it. */
	if (!own_letterhead &&
	    (forwards_only_others(in, unit) ||
	    names_only_others(w, BASIS_SUBJECT, unit) ||
	    names_only_others(w, BASIS_FILE_NAME, unit) ||
	    names_only_others(w, BASIS_LETTERHEAD, unit)))
		return DOUBT_CONFLICT;
	if (!is_vouched(w, unit) || r[0].weight < NAMED_WEIGHT ||
	    (n > 1 && r[0].weight - r[1].weight < NAMED_MARGIN))
		return DOUBT_SHARED_ADDRESS;
	if (in->is_forged)
		return DOUBT_AUTHENTICATION;
	return DOUBT_NONE;
}

void
identify(const struct identity_input *in, struct arena *arena,
    struct identity *out)
{
	struct weighed	 w = { arena, in->roster, in->lexicon, NULL, 0, 0 };
	const struct message *m = in->message;
	struct ranked	*r;
	size_t		 i, n;

	memset(out, 0, sizeof(*out));
	out->unit = out->letterhead = -1;
	add_units(&w, BASIS_ADDRESS, in->addressed, in->n_addressed,
	    m->from_address);
	add_units(&w, BASIS_REPLY, in->answered, in->n_answered, "");
	add_forwarded(&w, in);
	if (in->document != NULL && in->document->report != NULL)
		out->letterhead = add_letterhead(&w,
		    in->document->report->facts);
	else if (in->document == NULL && m->body_report != NULL)
		out->letterhead = add_letterhead(&w, m->body_report->facts);
	if (in->document != NULL) {
		add_names(&w, BASIS_FILE_NAME, in->document->name, 100);
		add_names(&w, BASIS_FILE_NAME, in->document->in, 100);
	}
	add_names(&w, BASIS_SUBJECT, m->subject, 100);
	add_names(&w, BASIS_DISPLAY_NAME, m->from_name, 100);
	add_names(&w, BASIS_SIGNATURE, m->signature, 100);

	out->evidence = w.rows;
	out->n_evidence = w.n;
	n = rank(&w, &r);
	if (n == 0) {
		out->doubt = DOUBT_UNKNOWN_SENDER;
		return;
	}
	out->doubt = doubt_about(&w, r, n, out, in);
	if (out->doubt == DOUBT_NONE)
		out->unit = r[0].unit;
	out->basis = basis_of(&w, r[0].unit);
	for (i = 0; i < n && out->n_guesses < IDENTITY_GUESSES; i++) {
		if (r[i].weight < GUESS_WEIGHT)
			break;
		out->guesses[out->n_guesses].unit = r[i].unit;
		out->guesses[out->n_guesses++].basis =
		    basis_of(&w, r[i].unit);
	}
}
