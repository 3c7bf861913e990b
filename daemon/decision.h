#ifndef DAEMON_DECISION_H
#define DAEMON_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/verdict.h"

struct arena;
struct campaign;
struct office;
struct office_campaign;

/*
 * What the clerk decides. Each is one event with who, when and why, and
 * its effects, in one BEGIN IMMEDIATE; what it changes is computed from
 * the events in force, so that undoing is just another event.
 *
 * Every function gives 0 with d->event set, or -1 with d->why: Vietnamese,
 * one line, in the arena. A dry run checks everything and changes nothing.
 */
struct decision {
	struct office	*office;
	struct arena	*arena;
	const char	*who;	 /* user, or the clerk's address */
	time_t		 now;
	const char	*reason; /* "" */
	bool		 is_dry;
	int64_t		 event;	 /* out */
	int64_t		 first_event; /* out: the first of several */
	const char	*why;	 /* out */
	const char	*done;	 /* out: what was done, Vietnamese */
};

/*
 * An unplaced mail to a unit, or to several (nộp chung). oc says for which
 * campaign where none was found; may be NULL.
 */
int	 decide_assign(struct decision *d, int64_t mail,
    const struct office_campaign *oc, const int *units, size_t n,
    bool remember);
int	 decide_accept(struct decision *d, int64_t mail);
/* until: day by which a better one is asked for, or DAY_NONE. */
int	 decide_return(struct decision *d, int64_t mail, long until);
int	 decide_not_a_report(struct decision *d, int64_t mail);

/* What came another way. */
struct addition {
	const struct office_campaign *campaign;
	int		 unit;
	time_t		 received;
	enum channel	 channel;
	int		 fd;	/* the file, or -1: paper without a copy */
	const char	*name;	/* its name; "" */
};
/* Entered, parsed and filed like a mail. Of what has come by now only. */
int	 decide_add(struct decision *d, const struct addition *a);

/* A mail that is here already, of units that sent it another way. */
int	 decide_add_mail(struct decision *d, int64_t mail,
    const struct addition *a, const int *units, size_t n);

/* section: outline id, or "" for the whole report. */
int	 decide_excuse(struct decision *d, const struct office_campaign *oc,
    int unit, const char *section);
int	 decide_extend(struct decision *d, const struct office_campaign *oc,
    int unit, long until);
/* The step of that name; or one unit; or ("" and -1) the next step day. */
int	 decide_hold(struct decision *d, const struct office_campaign *oc,
    const char *step, int unit);
/* The day of the next step; DAY_NONE when there is none any more. */
long	 decision_step_day(const struct office *o,
    const struct office_campaign *oc, time_t now);
/* All steps of that day, which must not be before that one. */
int	 decide_hold_day(struct decision *d, const struct office_campaign *oc,
    long day);
/*
 * What stands against opening, each on a line of its own with where it is
 * to be written, in Vietnamese; "" = nothing.
 */
const char *decision_open_lines(const struct campaign *c,
    struct arena *arena);
/* The same in one line, the reasons alone. */
const char *decision_open_lacks(const struct campaign *c,
    struct arena *arena);
/* Campaign states: draft → open → paused → open → closed. */
int	 decide_open(struct decision *d, struct office_campaign *oc,
    bool no_number);
/*
 * Opening writes the folder before its event is on disk. Does the folder
 * say open, and no event in force does? Opening it again finishes it.
 */
bool	 decision_is_half_open(const struct office *o,
    const struct office_campaign *oc);
/*
 * Finish what was a draft and was opened so, once all mail is filed: an
 * order that was cut short is carried out again before. 0 or -1.
 */
int	 decision_finish_openings(struct office *o, time_t now);
int	 decide_pause(struct decision *d, struct office_campaign *oc);
int	 decide_resume(struct decision *d, struct office_campaign *oc);
int	 decide_close(struct decision *d, struct office_campaign *oc);
/*
 * Agree to the requests for missing sections; until: the day before which
 * they are asked for, DAY_NONE = three working days from now.
 */
int	 decide_supplement(struct decision *d,
    const struct office_campaign *oc, const int *units, size_t n,
    long until);
int	 decide_undo(struct decision *d, int64_t event);

#endif
