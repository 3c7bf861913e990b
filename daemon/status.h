#ifndef DAEMON_STATUS_H
#define DAEMON_STATUS_H

#include <stddef.h>
#include <time.h>

#include "daemon/verdict.h"

struct arena;
struct roster;
struct strbuf;

/* A mail that waits for the clerk. Strings are never NULL. */
struct clerk_guess {
	const char	*unit;	/* code */
	const char	*why;	/* Vietnamese, short */
};

struct clerk_item {
	const char	*id;	/* of the mail; "!12": it stands in the
				   mailbox, and that event tells of it */
	int64_t		 event;	/* … which is taken back; 0 */
	const char	*from;
	const char	*subject; /* "" when quarantined */
	time_t		 received;
	const char	*reason; /* Vietnamese */
	const struct clerk_guess *guesses;
	size_t		 n_guesses;
};

struct status_counts {
	unsigned units, submitted, not_submitted, excused;
	unsigned on_time, late;
	unsigned complete, incomplete, unreadable, in_review;
	unsigned needs_clerk;
};

struct status_unit {
	int		 index;	/* into the roster */
	const struct unit *unit;
	int		 recipient; /* 1.. Kính gửi line */
	const struct unit_facts *facts;
	struct verdict	 verdict;
	const char	*note;	/* Vietnamese, "" */
};

/* The state of a campaign at one moment. */
struct status {
	const struct campaign *campaign;
	const struct roster *roster;
	struct term	 term;	/* of the campaign */
	time_t		 now;
	time_t		 last_fetch; /* 0 = never */
	struct status_counts counts;
	struct status_unit *units; /* in the order of the Kính gửi lines */
	size_t		 n_units;
	const struct clerk_item *clerk;
	size_t		 n_clerk;
};

/* What the store knows, for status_build(). */
struct status_facts {
	const struct unit_facts *units; /* by roster index */
	const struct clerk_item *clerk;
	size_t		 n_clerk;
	time_t		 last_fetch;
};

/* Never NULL; everything in the arena, facts borrowed. */
struct status *status_build(const struct judging *j,
    const struct status_facts *facts, struct arena *arena);

/*
 * The leader's sentence. At most max_names of those that have not
 * submitted are named (0 = all); the rest as "và N đơn vị khác".
 */
void	 status_line(const struct status *s, size_t max_names,
    struct strbuf *out);

#endif
