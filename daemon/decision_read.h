#ifndef DAEMON_DECISION_READ_H
#define DAEMON_DECISION_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/verdict.h"

struct arena;
struct office;
struct office_campaign;

/* What the events in force say. */

/* A unit's exceptions in a campaign. Zeroed = none. */
struct exceptions {
	bool		 is_excused;
	const char *const *waived;
	size_t		 n_waived;
	long		 extension; /* DAY_NONE */
	bool		 is_held;   /* no unasked mail */
};
/* For every unit by roster index; in the arena. NULL on failure. */
struct exceptions *decision_exceptions(const struct office *o,
    const struct office_campaign *oc, struct arena *arena);

/* How a unit's report came, as the clerk entered it. */
struct added {
	int		 unit;	/* roster index */
	enum channel	 channel;
	time_t		 received; /* 0: not said */
};

/* What the clerk said of one mail. Zeroed = nothing. */
struct mail_word {
	bool		 is_assigned;
	const int	*units;	/* roster indexes */
	size_t		 n_units;
	const char	*campaign; /* of assign; "" */
	bool		 is_accepted;
	bool		 is_returned;
	long		 return_until; /* DAY_NONE */
	const char	*return_reason; /* "" */
	bool		 is_no_report;
	int64_t		 event;	   /* the last one */
	const char	*who;
	/* of `add`: */
	bool		 is_added;
	const struct added *added; /* in the order of the words */
	size_t		 n_added;
	/* it is itself an order of the clerk's: */
	bool		 is_order;
	bool		 is_suspect; /* and the clerk should see it */
	const char	*outcome; /* Vietnamese; "" */
};
/* Of that unit, else of the last one; NULL when nothing was added. */
const struct added *decision_added(const struct mail_word *w, int unit);
/* 0 or -1. */
int	 decision_of_mail(const struct office *o, int64_t mail,
    struct arena *arena, struct mail_word *out);

/* When the campaign was opened last; 0 when that is not known. */
time_t	 decision_opened(const struct office *o,
    const struct office_campaign *oc);
/* Has the clerk held this step, or all steps of its day? */
bool	 decision_holds_step(const struct office *o,
    const struct office_campaign *oc, const char *step, long day);

/* The request for missing sections that the clerk agreed to. */
struct agreed_supplement {
	int64_t	event;	/* 0: none */
	long	until;	/* day before which they are asked for; DAY_NONE */
};
/* The newest for each unit by roster index; NULL on failure. */
struct agreed_supplement *decision_supplements(const struct office *o,
    const struct office_campaign *oc, struct arena *arena);

#endif
