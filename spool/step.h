#ifndef SPOOL_STEP_H
#define SPOOL_STEP_H

#include <stdbool.h>
#include <stdint.h>

struct store;

/* What became of a reminder step. Stored as numbers: append only. */
enum step_outcome {
	STEP_WAITING = 1, /* its time has come, something holds it */
	STEP_MAILED = 2,  /* the outgoing row says how far */
	STEP_LAPSED = 3,  /* its working day ended before it could run */
	STEP_SKIPPED = 4, /* the unit no longer owes, or may not be mailed */
	STEP_HELD = 5	  /* held by the clerk */
};
const char *step_outcome_name(enum step_outcome o);

/* One step for one unit: never two with the same four keys. */
struct step {
	const char	*campaign;
	const char	*unit;
	const char	*step;	  /* "first", "last", … */
	int64_t		 due_utc; /* the due instant it speaks of */
	enum step_outcome outcome;
	int64_t		 outgoing; /* with STEP_MAILED; 0 */
	int64_t		 time_utc; /* of the outcome */
	const char	*reason;   /* "" */
};

/*
 * Record an outcome. A row that is waiting or held may change; one that
 * is mailed, lapsed or skipped is final: then *is_new is false and nothing
 * is changed. Do this in the transaction that adds the outgoing row.
 */
int	 step_put(struct store *st, const struct step *s, bool *is_new);
/*
 * The mail did not go after all: its steps wait again (withdrawn), or are
 * over (refused). Do this in the transaction that settles it.
 */
int	 step_amend(struct store *st, const char *campaign, int64_t outgoing,
    enum step_outcome outcome, int64_t now, const char *reason);
/* On the heap, free(); NULL when there is none. */
struct step *step_find(struct store *st, const char *campaign,
    const char *unit, const char *step, int64_t due_utc);

typedef int (*step_row)(const struct step *s, void *arg);
/*
 * Of a campaign, by unit, then time; unit NULL = all. A callback's
 * nonzero ends the walk and is returned; -1 on failure.
 */
int	 step_each(struct store *st, const char *campaign, const char *unit,
    step_row row, void *arg);

#endif
