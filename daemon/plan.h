#ifndef DAEMON_PLAN_H
#define DAEMON_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct arena;
struct calendar;
struct campaign;
struct strbuf;
struct term;

/* What a step sends: the template of that name. */
enum step_kind {
	STEP_REMINDER_FIRST = 1,
	STEP_REMINDER_LAST = 2,
	STEP_CALL_LIST = 3,	/* to the clerk */
	STEP_OVERDUE = 4,
	STEP_ESCALATION = 5	/* to the clerk; mailing ends */
};

enum step_anchor {
	ANCHOR_DUE = 0,		/* the day of `due` */
	ANCHOR_NAMED = 1	/* the day written in the letter */
};

/* One line of a plan: "overdue, 3 working days after named-day, 08:30". */
struct plan_step {
	const char	*name;	/* "first", "last", "overdue-1", … */
	enum step_kind	 kind;
	enum step_anchor anchor;
	int		 workdays; /* before < 0 < after; 0: the day itself */
	int		 minute; /* of the day */
};

struct plan {
	struct plan_step *steps;
	size_t		 n;
};

/* "reminder-first", … "escalation": also the template's name. */
const char *step_kind_name(enum step_kind k);
/* Does the step go to units (and not to the clerk)? */
bool	 step_is_to_units(enum step_kind k);

/*
 * Steps to a unit outside of the plan; "-" and what each is about follow.
 */
#define STEP_SUPPLEMENT "supplement"
#define STEP_UNREADABLE "unreadable"
#define STEP_RETURNED "returned"

/*
 * The text after "step.NAME =". 0, or -1 with *why (in the arena) saying
 * what is wrong and what would be right. name is kept, not copied.
 */
int	 plan_parse_step(const char *name, const char *text,
    struct arena *arena, struct plan_step *out, const char **why);
void	 plan_write_step(const struct plan_step *s, struct strbuf *out);
/* The plan of the office's practice, for a new campaign. */
const struct plan *plan_default(void);

/* A step at its hour, for one term (the campaign's, or an extension's). */
struct due_step {
	const struct plan_step *step;
	time_t		 at;	/* when it is to run */
	time_t		 lapses; /* end of its working day's office hours */
	time_t		 due;	/* of the term: part of the step's key */
};

/* When a step is to run for this term. Always on a working day. */
struct due_step plan_step_at(const struct plan_step *s,
    const struct term *term, const struct calendar *cal);

/*
 * Steps of the campaign that may run now for this term: at <= now <=
 * lapses and at > since (pass 0 for no lower bound); nothing in a campaign
 * that is not open, nor before the letter's day plus one working day.
 * Of several at once only the latest is given: never two steps at once.
 * Returns true with *out set when there is one.
 */
bool	 plan_due_step(const struct campaign *c, const struct term *term,
    const struct calendar *cal, time_t since, time_t now,
    struct due_step *out);
/* Is a step lawful at its hour: campaign open, letter out a working day? */
bool	 plan_may_run(const struct campaign *c, const struct calendar *cal,
    const struct due_step *d);
/* The first step after now, for waking up and for the preview. */
bool	 plan_next_step(const struct campaign *c, const struct term *term,
    const struct calendar *cal, time_t now, struct due_step *out);
/* Has the last step to units and clerk lapsed or run its hour? */
bool	 plan_is_over(const struct campaign *c, const struct term *term,
    const struct calendar *cal, time_t now);

/* 16:30 of the working day `day`; half an hour before the office closes
 * where that is earlier. */
time_t	 plan_summary_at(const struct calendar *cal, long day);
/* 07:30: a list that changed since the preview is shown again. */
time_t	 plan_preview_again_at(long day);

#endif
