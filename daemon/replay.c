/*
 * What reading everything again would change.
 */
#include "daemon/replay.h"

#include <string.h>

#include "daemon/intake.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_facts.h"
#include "parsers/arena.h"
#include "spool/purge.h"

struct noted {
	const char	*campaign;
	const char	*unit;
	const char	*verdict; /* one line */
};

struct replay {
	struct noted	*rows;
	size_t		 n;
	size_t		 cap;
};

static const char *
join(const char *const *ids, size_t n, const char *label, struct arena *a)
{
	const char	*s = "";
	size_t		 i;

	for (i = 0; i < n; i++)
		s = arena_printf(a, "%s%s%s", s, i == 0 ? label : ",",
		    ids[i]);
	return s;
}

/* The verdict in words that two runs can be compared by. */
static const char *
verdict_text(const struct verdict *v, struct arena *a)
{
	if (!v->is_submitted)
		return v->is_excused ? "excused" : "not submitted";
	return arena_printf(a, "%s, %s%s%s", time_class_name(v->time),
	    content_class_name(v->content),
	    join(v->missing, v->n_missing, ", missing ", a),
	    join(v->empty, v->n_empty, ", empty ", a));
}

static int
note_campaign(const struct office *o, const struct office_campaign *oc,
    time_t now, struct arena *arena, struct replay *r)
{
	struct status	*s = status_load(o, oc, now, arena);
	size_t		 i;

	if (s == NULL)
		return -1;
	for (i = 0; i < s->n_units; i++) {
		r->rows = arena_grow(arena, r->rows, r->n, &r->cap,
		    sizeof(*r->rows));
		r->rows[r->n++] = (struct noted){
			.campaign = arena_strdup(arena, oc->id),
			.unit = arena_strdup(arena, s->units[i].unit->code),
			.verdict = verdict_text(&s->units[i].verdict, arena)};
	}
	return 0;
}

struct replay *
replay_note(const struct office *o, const char *campaign, time_t now,
    struct arena *arena)
{
	struct replay	*r = arena_alloc(arena, sizeof(*r));
	size_t		 i;

	for (i = 0; i < o->n_campaigns; i++) {
		if (campaign != NULL &&
		    strcmp(campaign, o->campaigns[i].id) != 0)
			continue;
		if (note_campaign(o, &o->campaigns[i], now, arena, r) == -1)
			return NULL;
	}
	return r;
}

static const char *
noted_verdict(const struct replay *r, const struct noted *key)
{
	size_t	i;

	for (i = 0; i < r->n; i++)
		if (strcmp(r->rows[i].campaign, key->campaign) == 0 &&
		    strcmp(r->rows[i].unit, key->unit) == 0)
			return r->rows[i].verdict;
	return "not on the list";
}

/* Forget what was derived and read it all again. 0 or -1. */
static int
read_again(struct office *o, time_t now)
{
	struct intake	*in;
	int		 left;

	if (purge_derived(o->store) == -1)
		return -1;
	in = intake_new(o);
	left = intake_run(in, now, NULL, NULL);
	intake_free(in);
	return left == 0 ? 0 : -1;
}

long
replay_compare(struct office *o, const struct replay *before, time_t now,
    FILE *out)
{
	struct arena	*arena = arena_new(0);
	struct replay	*after = NULL;
	const char	*new;
	long		 changed = -1;
	size_t		 i;

	if (read_again(o, now) == 0)
		after = replay_note(o, NULL, now, arena);
	if (after != NULL) {
		changed = 0;
		for (i = 0; i < before->n; i++) {
			new = noted_verdict(after, &before->rows[i]);
			if (strcmp(new, before->rows[i].verdict) == 0)
				continue;
			fprintf(out, "%s %s: %s -> %s\n",
			    before->rows[i].campaign, before->rows[i].unit,
			    before->rows[i].verdict, new);
			changed++;
		}
	}
	arena_free(arena);
	return changed;
}
