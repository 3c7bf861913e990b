#ifndef DAEMON_REMINDERS_H
#define DAEMON_REMINDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "daemon/unasked.h"
#include "daemon/verdict.h"

struct arena;
struct office;
struct office_campaign;

/*
 * Mails to units that nobody asked for: reminders by plan, requests for
 * missing sections that the clerk agreed to, notices about files that
 * cannot be read. Rows only; post.c sends. 0 or -1.
 */
int	 reminders_decide(struct office *o, bool is_read, time_t now);

/* One campaign while its mails are decided. */
struct asking {
	struct office	*office;
	struct office_campaign *campaign;
	struct arena	*arena;
	time_t		 now;
	struct unasked	 unasked;
	const struct unit_facts *facts; /* by roster index */
};
/* The verdict on a unit, now. */
struct verdict	 asking_verdict(const struct asking *a, int unit);
/*
 * May this step be asked of this unit now? Writes the step's row when it
 * waits or is over. 1 yes, 0 no, -1 on failure.
 */
int	 asking_gate(const struct asking *a, int unit, const char *step,
    time_t due);
/* It was asked, by this mail; in the transaction that adds it. */
int	 asking_done(const struct asking *a, int unit, const char *step,
    time_t due, int64_t outgoing);
/* It need not be asked any more. */
int	 asking_skip(const struct asking *a, int unit, const char *step,
    time_t due, const char *why);

/* Steps whose day is over; part of reminders_decide(), as the next. */
int	 lapse_decide(const struct asking *a);
/* Supplements, unreadable files, reports that were sent back. */
int	 requests_decide(const struct asking *a);

/* A step of the plan that would go to a unit, for previews. */
struct planned {
	int		 unit;
	const struct plan_step *step;
	time_t		 at;
	const char	*address; /* NULL: none */
	enum bar	 bar;	  /* what stands against it by then */
};
/*
 * What the plan would send to units on that day, as things stand; of the
 * bars that may lift only a hold and a mail in doubt are looked at. The
 * count, -1 on failure.
 */
long	 reminders_preview(const struct asking *a, long day,
    struct planned **out);

#endif
