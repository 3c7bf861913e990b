#ifndef DAEMON_UNASKED_H
#define DAEMON_UNASKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/verdict.h"

struct arena;
struct office;
struct office_campaign;

/*
 * The rules that hold for every mail nobody asked for (SPEC: without
 * exception).
 */

/* What stands against writing to a unit. */
enum bar {
	BAR_NONE = 0,
	/* not now; perhaps later today */
	BAR_NOT_FRESH,	 /* no complete fetch in time, or unread mail */
	BAR_OFFICE_HOURS,
	BAR_DOUBT,	 /* an unplaced mail may be this unit's */
	BAR_DOUBT_ALL,	 /* one may be anybody's */
	BAR_ONE_A_DAY,
	BAR_CLERK,	 /* held by the clerk */
	/* never */
	BAR_NO_MAIL,	 /* the clerk calls */
	BAR_NO_ADDRESS
};
const char *bar_text(enum bar b); /* English, for rows and log */
/* The same for the clerk; text may be any reason of a row. */
const char *bar_words(const char *text);
bool	 bar_may_lift(enum bar b); /* later today? */

/* What is true of a campaign and this moment for all units. */
struct unasked {
	const struct office *office;
	struct office_campaign *campaign;
	time_t		 now;
	bool		 is_fresh;
	bool		 in_hours;
	bool		 holds_all; /* a fitting mail nobody is guessed for */
	const bool	*held;	    /* by roster index: guessed, or by clerk */
	const bool	*held_by_clerk;
};
/* 0 or -1. Lives in the arena. */
int	 unasked_load(const struct office *o, struct office_campaign *oc,
    bool is_read, time_t now, struct arena *arena, struct unasked *out);
enum bar unasked_bar(const struct unasked *u, int unit);
/* The same, but for the mails the unit has had today. */
enum bar unasked_standing_bar(const struct unasked *u, int unit);
/*
 * The one address for unasked mail to a unit: its own before a shared one,
 * none that bounced; NULL when there is none. Borrowed from the roster.
 */
const char *unasked_address(const struct office *o, int unit);

/* Is a mail of this kind one that nobody asked for? */
bool	 unasked_is_kind(const char *kind);

#endif
