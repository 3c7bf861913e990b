/*
 * What becomes of a unit: three axes, computed from facts alone. Nothing
 * here is stored; another deadline re-judges everything.
 */
#include "daemon/verdict.h"

#include <string.h>

#include "daemon/calendar.h"
#include "daemon/roster.h"
#include "parsers/arena.h"

#define BORDERLINE_S (15 * 60)

/* ---- names */

static const char *const channels[] = {
	"email", "paper", "usb", "zalo", "other"
};
static const char *const times[] = {
	"not-due", "on-time", "late", "overdue", "excused"
};
static const char *const contents[] = {
	"none", "complete", "incomplete", "unreadable", "in-review"
};

const char *
channel_name(enum channel c)
{
	return channels[c];
}

int
channel_parse(const char *s, enum channel *out)
{
	size_t	i;

	for (i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
		if (strcmp(channels[i], s) == 0) {
			*out = (enum channel)i;
			return 0;
		}
	return -1;
}

const char *
time_class_name(enum time_class t)
{
	return times[t];
}

const char *
content_class_name(enum content_class c)
{
	return contents[c];
}

/* ---- which versions count */

bool
version_counts(const struct version_facts *v)
{
	return v->standing != STANDING_RETURNED &&
	    v->standing != STANDING_NOT_COUNTED;
}

/* The first that counts fixes the time, the newest the content. */
static void
choose_versions(const struct unit_facts *facts, struct verdict *v)
{
	const struct version_facts	*last = NULL, *f;
	size_t				 i;

	for (i = 0; i < facts->n_versions; i++) {
		f = &facts->versions[i];
		if (f->standing != STANDING_NOT_COUNTED)
			last = f;
		if (!version_counts(f))
			continue;
		v->versions++;
		if (v->first == NULL || f->received < v->first->received)
			v->first = f;
		if (v->newest == NULL || f->received >= v->newest->received)
			v->newest = f;
	}
	if (last != NULL && last->standing == STANDING_RETURNED)
		v->remarks |= VERDICT_RETURNED;
}

/*
 * A newer version that cannot be read does not take away what an older one
 * showed: the clerk has both, the unit is asked for the file.
 */
static const struct version_facts *
newest_readable(const struct unit_facts *facts)
{
	const struct version_facts	*best = NULL, *f;
	size_t				 i;

	for (i = 0; i < facts->n_versions; i++) {
		f = &facts->versions[i];
		if (version_counts(f) && f->is_readable &&
		    f->coverage != NULL &&
		    (best == NULL || f->received >= best->received))
			best = f;
	}
	return best;
}

/* ---- time */

static void
judge_time(struct verdict *v, time_t now)
{
	const struct term	*t = &v->term;
	long long		 off_due, off_limit;

	if (v->is_excused) {
		v->time = TIME_EXCUSED;
		return;
	}
	if (v->first == NULL) {
		v->time = t->due != 0 && now > t->tolerated_until ?
		    TIME_OVERDUE : TIME_NOT_DUE;
		if (v->time == TIME_OVERDUE)
			v->days_late = (int)(day_of(now) -
			    day_of(t->tolerated_until));
		return;
	}
	v->time = TIME_ON_TIME;
	if (t->due == 0)
		return;
	if (v->received > t->tolerated_until) {
		v->time = TIME_LATE;
		v->days_late = (int)(day_of(v->received) -
		    day_of(t->tolerated_until));
	} else if (v->received > t->due) {
		v->remarks |= VERDICT_WITHIN_DAY;
	}
	off_due = (long long)v->received - t->due;
	off_limit = (long long)v->received - t->tolerated_until;
	if ((off_due >= -BORDERLINE_S && off_due <= BORDERLINE_S) ||
	    (off_limit >= -BORDERLINE_S && off_limit <= BORDERLINE_S))
		v->remarks |= VERDICT_BORDERLINE;
}

/* ---- content */

/* A unit's sections on the way to its verdict. */
struct sections {
	const struct outline *outline;
	int8_t	*states;
	bool	*sure;
	bool	*required;
};

static void
take_coverage(struct sections *s, const struct coverage *c, bool adds)
{
	const struct section_cover	*q;
	size_t				 i;

	for (i = 0; i < c->n_sections; i++) {
		q = &c->sections[i];
		if (q->node < 0 || (size_t)q->node >= s->outline->n)
			continue;
		if (adds && s->states[q->node] >= (int8_t)q->state)
			continue;
		s->states[q->node] = (int8_t)q->state;
		s->sure[q->node] = q->sure;
	}
}

/*
 * The sections of a version; those of one that only adds to the version
 * before it, together with that one's.
 */
static void
cover(struct sections *s, const struct unit_facts *facts,
    const struct version_facts *v)
{
	const struct version_facts	*f, *base = NULL;
	size_t				 i;

	if (v->is_supplement)
		for (i = 0; i < facts->n_versions; i++) {
			f = &facts->versions[i];
			if (f == v || !version_counts(f) ||
			    f->coverage == NULL || f->received > v->received)
				continue;
			if (base == NULL || f->received >= base->received)
				base = f;
		}
	if (base != NULL && base < v)
		cover(s, facts, base);
	take_coverage(s, v->coverage, base != NULL && base < v);
}

static bool
is_waived(const struct unit_facts *facts, const char *id)
{
	size_t	i, len;

	for (i = 0; i < facts->n_waived; i++) {
		len = strlen(facts->waived[i]);
		/* with a section goes what stands below it */
		if (strncmp(facts->waived[i], id, len) == 0 &&
		    (id[len] == '\0' || id[len] == '.'))
			return true;
	}
	return false;
}

static void
require_sections(const struct judging *j, int unit,
    const struct unit_facts *facts, struct sections *s, struct arena *arena)
{
	int	*nodes;
	size_t	 i, n;

	n = campaign_required(j->campaign, j->roster, unit, arena, &nodes);
	for (i = 0; i < n; i++)
		s->required[nodes[i]] = !is_waived(facts,
		    s->outline->nodes[nodes[i]].id);
}

/* Sort the required sections that are not filled into three lists. */
static void
list_gaps(struct verdict *v, const struct sections *s, struct arena *arena)
{
	const char	**missing, **empty, **unsure, *id;
	size_t		  i;

	missing = arena_calloc(arena, s->outline->n, sizeof(*missing));
	empty = arena_calloc(arena, s->outline->n, sizeof(*empty));
	unsure = arena_calloc(arena, s->outline->n, sizeof(*unsure));
	for (i = 0; i < s->outline->n; i++) {
		if (!s->required[i] || s->states[i] == SECTION_FILLED)
			continue;
		id = s->outline->nodes[i].id;
		if (s->states[i] == -1 || !s->sure[i])
			unsure[v->n_unsure++] = id;
		else if (s->states[i] == SECTION_EMPTY)
			empty[v->n_empty++] = id;
		else
			missing[v->n_missing++] = id;
	}
	v->missing = missing;
	v->empty = empty;
	v->unsure = unsure;
}

/* Entered by the clerk without a file: there is nothing to read. */
static bool
is_on_paper(const struct version_facts *v)
{
	return v->channel != CHANNEL_EMAIL &&
	    (v->file == NULL || *v->file == '\0');
}

/*
 * Only what is surely missing or surely empty makes a report incomplete;
 * what we are not sure of is for the clerk's eye.
 */
static void
judge_content(struct verdict *v, const struct unit_facts *facts,
    struct sections *s, struct arena *arena)
{
	const struct version_facts	*readable;

	if (v->newest == NULL) {
		v->content = CONTENT_NONE;
		return;
	}
	readable = newest_readable(facts);
	if (readable != NULL) {
		cover(s, facts, readable);
		if (v->newest->standing != STANDING_ACCEPTED)
			list_gaps(v, s, arena);
	}
	if (v->newest->standing == STANDING_ACCEPTED)
		v->content = CONTENT_COMPLETE;
	else if (v->newest->standing == STANDING_REVIEW)
		v->content = CONTENT_IN_REVIEW;
	else if (readable == NULL)
		v->content = is_on_paper(v->newest) ? CONTENT_COMPLETE :
		    CONTENT_UNREADABLE;
	else
		v->content = v->n_missing + v->n_empty > 0 ?
		    CONTENT_INCOMPLETE : CONTENT_COMPLETE;
}

struct verdict
verdict_of(const struct judging *j, int unit, const struct unit_facts *facts,
    struct arena *arena)
{
	static const struct unit_facts	nothing;
	struct verdict			v = {0};
	struct sections			s = {0};

	if (facts == NULL)
		facts = &nothing;
	v.term = campaign_term(j->campaign, j->calendar,
	    facts->has_extension ? facts->extension : DAY_NONE);
	choose_versions(facts, &v);
	/* a report that came in spite of an excuse is a report */
	v.is_submitted = v.first != NULL;
	v.is_excused = facts->is_excused && !v.is_submitted;
	if (v.first != NULL) {
		v.received = v.first->received;
		v.channel = v.first->channel;
	}
	judge_time(&v, j->now);

	s.outline = j->campaign->outline;
	s.states = arena_alloc(arena, s.outline->n);
	memset(s.states, -1, s.outline->n);
	s.sure = arena_calloc(arena, s.outline->n, sizeof(*s.sure));
	s.required = arena_calloc(arena, s.outline->n, sizeof(*s.required));
	require_sections(j, unit, facts, &s, arena);
	v.states = s.states;
	v.sure = s.sure;
	v.required = s.required;
	judge_content(&v, facts, &s, arena);
	return v;
}

bool
verdict_still_owes(const struct verdict *v, bool *is_incomplete)
{
	*is_incomplete = v->is_submitted &&
	    v->content == CONTENT_INCOMPLETE;
	return !v->is_excused && (!v->is_submitted || *is_incomplete);
}
