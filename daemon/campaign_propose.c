/*
 * A draft campaign from what a letter says and what the roster knows. All
 * of it is a proposal: the clerk confirms it.
 */
#include "daemon/campaign_propose.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/propose_line.h"
#include "daemon/propose_words.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/required.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define OPEN_AFTER_TERM_DAYS 30	/* `close` this long after the term */

/* ---- recipients */

static const char *
join_terms(const struct line_terms *terms, struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*out;
	size_t		 i;

	for (i = 0; i < terms->n; i++)
		strbuf_addf(&b, "%s%s", i > 0 ? " " : "", terms->t[i].term);
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

const char *
campaign_propose_line(const char *text, const struct roster *r,
    const struct lexicon *lx, struct arena *arena)
{
	struct line_terms	terms = propose_terms(text, r, lx, arena);

	return join_terms(&terms, arena);
}

static bool
holds(const struct line_term *t, int unit)
{
	size_t	i;

	for (i = 0; i < t->n_units; i++)
		if (t->units[i] == unit)
			return true;
	return false;
}

/* Units of the narrowest term of the line that has this unit; 0 = none. */
static size_t
narrowest(const struct line_terms *line, int unit)
{
	size_t	i, best = 0;

	for (i = 0; i < line->n; i++)
		if (holds(&line->t[i], unit) &&
		    (best == 0 || line->t[i].n_units < best))
			best = line->t[i].n_units;
	return best;
}

/* Does the term name a unit that the line has by a wider term only? */
static bool
is_narrower(const struct line_term *t, const struct line_terms *line)
{
	size_t	i;

	for (i = 0; i < t->n_units; i++)
		if (narrowest(line, t->units[i]) > t->n_units)
			return true;
	return false;
}

/* The line's selectors, without those whom another line names closer. */
static const char *
apart_from_others(const struct line_terms *lines, size_t n, size_t at,
    struct arena *arena)
{
	struct strbuf		 b = {0};
	const struct line_term	*t;
	const char		*out;
	size_t			 i, k;

	strbuf_adds(&b, join_terms(&lines[at], arena));
	for (i = 0; i < n; i++)
		for (k = 0; i != at && k < lines[i].n; k++) {
			t = &lines[i].t[k];
			if (is_narrower(t, &lines[at]))
				strbuf_addf(&b, " -%s", *t->term == '+' ?
				    t->term + 1 : t->term);
		}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* What an older campaign says of the same line; NULL when it has none. */
static const char *
like_line(const struct campaign *like, const char *text, struct arena *arena)
{
	const char	*key = text_key(text, TEXT_KEY, arena);
	size_t		 i;

	for (i = 0; like != NULL && i < like->n_recipients; i++)
		if (strcmp(text_key(like->recipients[i].text, TEXT_KEY,
		    arena), key) == 0)
			return arena_strdup(arena,
			    like->recipients[i].selectors);
	return NULL;
}

static void
propose_recipients(struct campaign *c, const struct proposal *p)
{
	const struct letter	*l = p->letter;
	struct line_terms	*lines;
	struct recipient_line	*line;
	const char		*like, *why;
	int			*units;
	long			 n;
	size_t			 i, k;

	c->n_recipients = l->n_recipients;
	c->recipients = arena_calloc(c->arena, l->n_recipients,
	    sizeof(*c->recipients));
	c->n_units = p->roster->n;
	c->line_of = arena_calloc(c->arena, c->n_units, sizeof(*c->line_of));
	lines = arena_calloc(c->arena, l->n_recipients, sizeof(*lines));
	for (i = 0; i < l->n_recipients; i++)
		lines[i] = propose_terms(l->recipients[i], p->roster,
		    p->lexicon, c->arena);
	for (i = 0; i < l->n_recipients; i++) {
		line = &c->recipients[i];
		line->text = text_clean(l->recipients[i], c->arena);
		like = like_line(p->like, line->text, c->arena);
		if (p->selectors != NULL && p->selectors[i] != NULL)
			like = arena_strdup(c->arena, p->selectors[i]);
		line->selectors = like != NULL ? like :
		    apart_from_others(lines, l->n_recipients, i, c->arena);
		n = campaign_select(line->selectors, p->roster, c->arena,
		    &units, &why);
		if (n < 0)
			continue; /* an older line, other roster: see check */
		line->units = units;
		line->n_units = (size_t)n;
		for (k = 0; k < line->n_units; k++)
			if (c->line_of[units[k]] == 0)
				c->line_of[units[k]] = (int)i + 1;
	}
}

/* ---- what is owed */

/* Sections that a unit so addressed owes; not those in `besides`. */
static struct required_kind
owed_by(const struct campaign *c, const struct lexicon *lx,
    const struct audience *a, const struct required_kind *besides)
{
	const struct outline	*o = c->outline;
	struct required_kind	 q = {
		.kind = arena_strdup(c->arena, a->kind),
		.tag = arena_strdup(c->arena, a->n_tags > 0 ? a->tags[0] :
		    ""),
	};
	size_t			 i, k;

	q.ids = arena_calloc(c->arena, o->n, sizeof(*q.ids));
	q.nodes = arena_calloc(c->arena, o->n, sizeof(*q.nodes));
	for (i = 0; i < o->n; i++) {
		if (!outline_required(o, lx, *a->kind == '\0' ? NULL : a,
		    (int)i))
			continue;
		for (k = 0; besides != NULL && k < besides->n; k++)
			if (besides->nodes[k] == (int)i)
				break;
		if (besides != NULL && k < besides->n)
			continue;
		q.ids[q.n] = o->nodes[i].id;
		q.nodes[q.n++] = (int)i;
	}
	return q;
}

static bool
is_said(const struct campaign *c, const char *kind, const char *tag)
{
	size_t	i;

	for (i = 0; i < c->n_required; i++)
		if (strcmp(c->required[i].kind, kind) == 0 &&
		    strcmp(c->required[i].tag, tag) == 0)
			return true;
	return false;
}

static void
require_unit(struct campaign *c, const struct proposal *p,
    const struct unit *u)
{
	struct audience		a = { .kind = u->kind };
	struct required_kind	plain, tagged;
	size_t			i;

	plain = owed_by(c, p->lexicon, &a, NULL);
	if (!is_said(c, u->kind, ""))
		c->required[c->n_required++] = plain;
	a.n_tags = 1;
	for (i = 0; i < u->n_tags; i++) {
		a.tags = &u->tags[i];
		if (is_said(c, u->kind, u->tags[i]))
			continue;
		tagged = owed_by(c, p->lexicon, &a, &plain);
		if (tagged.n > 0)
			c->required[c->n_required++] = tagged;
	}
}

static void
propose_required(struct campaign *c, const struct proposal *p)
{
	struct audience		nobody = { .kind = "" };
	size_t			i, most = 1;

	if (p->lexicon == NULL)
		return;
	for (i = 0; i < p->roster->n; i++)
		most += 1 + p->roster->units[i].n_tags;
	c->required = arena_calloc(c->arena, most, sizeof(*c->required));
	c->required[0] = owed_by(c, p->lexicon, &nobody, NULL);
	c->required[0].kind = "all";
	c->n_required = 1;
	for (i = 0; i < p->roster->n; i++)
		if (c->line_of[i] != 0)
			require_unit(c, p, &p->roster->units[i]);
}

/* ---- the rest */

/* First and last instant of mail that may belong to it. */
static void
propose_window(struct campaign *c, const struct proposal *p)
{
	struct civil	now = local_civil(p->now);
	long		day;

	if (day_parse(c->date, &day) == -1 &&
	    day_parse(arena_printf(c->arena, "%s-01", c->date), &day) == -1)
		day = day_from_civil(now.year, now.month, 1);
	c->from = day_start(day);
	if (c->deadline_day != DAY_NONE && c->deadline_day >= day)
		c->close = day_end(c->deadline_day + OPEN_AFTER_TERM_DAYS);
}

static void
propose_deadline(struct campaign *c, const struct proposal *p)
{
	const struct letter	*l = p->letter;

	c->deadline_day = DAY_NONE;
	if (day_parse(l->deadline_date, &c->deadline_day) == -1)
		c->deadline_day = DAY_NONE;
	c->reading = l->reading;
	if (local_parse_minute(l->deadline_time, &c->deadline_minute) == -1)
		c->deadline_minute = -1;
	if (c->reading == READING_AT_TIME && c->deadline_minute == -1)
		c->reading = READING_BEFORE_DAY;
	c->office_close = -1;
	c->roll = true;
	c->tolerance = c->reading == READING_BEFORE_DAY ?
	    TOLERANCE_NAMED_DAY : TOLERANCE_NONE;
}

/* What the office settled the last time. */
static void
propose_like(struct campaign *c, const struct campaign *like)
{
	struct plan_step	*steps;
	size_t			 i;

	c->plan = *plan_default();
	if (like == NULL)
		return;
	c->supplement = like->supplement;
	c->office_close = like->office_close;
	c->roll = like->roll;
	if (like->tolerance == TOLERANCE_NONE)
		c->tolerance = TOLERANCE_NONE;
	if (*c->report_to == '\0')
		c->report_to = arena_strdup(c->arena, like->report_to);
	steps = arena_calloc(c->arena, like->plan.n, sizeof(*steps));
	for (i = 0; i < like->plan.n; i++) {
		steps[i] = like->plan.steps[i];
		steps[i].name = arena_strdup(c->arena,
		    like->plan.steps[i].name);
	}
	c->plan.steps = steps;
	c->plan.n = like->plan.n;
}

/* The letter's outline, so that the campaign stands alone. */
static struct outline *
copy_outline(const struct outline *o, struct arena *arena)
{
	struct outline	*copy = arena_alloc(arena, sizeof(*copy));
	size_t		 i;

	copy->n = o->n;
	copy->nodes = arena_calloc(arena, o->n, sizeof(*copy->nodes));
	for (i = 0; i < o->n; i++) {
		copy->nodes[i] = o->nodes[i];
		copy->nodes[i].id = arena_strdup(arena, o->nodes[i].id);
		copy->nodes[i].label = arena_strdup(arena,
		    o->nodes[i].label);
		copy->nodes[i].text = arena_strdup(arena, o->nodes[i].text);
	}
	return copy;
}

struct campaign *
campaign_propose(const struct proposal *p)
{
	const struct letter	*l = p->letter;
	struct arena		*arena = arena_new(0);
	struct campaign		*c = arena_alloc(arena, sizeof(*c));

	c->arena = arena;
	c->dir = "";
	c->state = CAMPAIGN_DRAFT;
	c->issuer = text_clean(l->issuer, arena);
	c->number = text_clean(*p->number != '\0' ? p->number : l->number,
	    arena);
	c->date = arena_strdup(arena, *p->date != '\0' ? p->date : l->date);
	c->subject = text_clean(l->subject, arena);
	c->short_name = propose_short_name(c->subject, arena);
	c->report_to = text_clean(l->report_to, arena);
	c->outline = copy_outline(l->outline, arena);
	propose_deadline(c, p);
	propose_window(c, p);
	propose_like(c, p->like);
	propose_recipients(c, p);
	c->headings = text_headings(c, p->roster);
	propose_required(c, p);
	c->id = *p->id != '\0' ? arena_strdup(arena, p->id) :
	    propose_id(c->short_name, c->deadline_day != DAY_NONE ?
	    c->deadline_day : day_of(c->from), arena);
	return c;
}
