/*
 * Whose address it is by the clerk's word: computed from the events in
 * force, so that taking back one of two words leaves the other.
 */
#include "daemon/decision_remember.h"

#include <stdbool.h>
#include <string.h>

#include "daemon/decision_act.h"
#include "daemon/detail.h"
#include "daemon/office.h"
#include "parsers/arena.h"
#include "spool/address.h"
#include "spool/event.h"

struct pair {
	const char	*address, *unit;
};

struct remembering {
	struct decision	*d;
	struct pair	*pairs; /* all that words on the mail name */
	size_t		 n, cap;
	const struct pair *asked;
};

static char *
units_of(const struct event *e, struct arena *arena)
{
	return arena_strdup(arena, detail_get(e->detail, "units", arena));
}

static bool
has_unit(const struct event *e, const char *unit, struct arena *arena)
{
	char	*rest = units_of(e, arena), *code;

	while ((code = strsep(&rest, ",")) != NULL)
		if (strcmp(code, unit) == 0)
			return true;
	return false;
}

static int
note_pairs(const struct event *e, void *arg)
{
	struct remembering *r = arg;
	struct arena	*arena = r->d->arena;
	const char	*address = detail_get(e->detail, "remember", arena);
	char		*rest = units_of(e, arena), *code;

	while (address[0] != '\0' && (code = strsep(&rest, ",")) != NULL) {
		r->pairs = arena_grow(arena, r->pairs, r->n, &r->cap,
		    sizeof(*r->pairs));
		r->pairs[r->n++] = (struct pair){ address, code };
	}
	return 0;
}

/* The newest word on whose a mail is: does it name the unit? */
static int
is_still_given(const struct event *e, void *arg)
{
	const struct remembering *r = arg;

	if (strcmp(e->verb, "assign") != 0)
		return 0;
	return has_unit(e, r->asked->unit, r->d->arena) ? 1 : 2;
}

/* 1 when this word makes the address the unit's. */
static int
is_said(const struct event *e, void *arg)
{
	struct remembering *r = arg;
	struct event_filter words = { .mail = e->mail, .only_active = true,
		.is_newest_first = true };
	int		 given;

	if (strcmp(detail_get(e->detail, "remember", r->d->arena),
	    r->asked->address) != 0 ||
	    !has_unit(e, r->asked->unit, r->d->arena))
		return 0;
	given = event_each(r->d->office->store, &words, is_still_given, r);
	return given == 2 ? 0 : given;
}

int
decision_remember(struct decision *d, int64_t mail)
{
	struct event_filter ever = { .verb = "assign", .mail = mail };
	struct event_filter in_force = { .verb = "assign",
		.only_active = true };
	struct remembering r = { .d = d };
	struct store	*st = d->office->store;
	size_t		 i;
	int		 said, rc;

	rc = event_each(st, &ever, note_pairs, &r);
	for (i = 0; rc == 0 && i < r.n; i++) {
		const struct address_learned a = { r.pairs[i].address,
			r.pairs[i].unit, d->who, d->now };

		r.asked = &r.pairs[i];
		said = event_each(st, &in_force, is_said, &r);
		rc = said == -1 ? -1 : said == 1 ? address_learn(st, &a) :
		    address_revoke(st, a.address, a.unit, d->now);
	}
	return rc == 0 ? 0 : act_failed(d);
}
