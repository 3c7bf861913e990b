#ifndef DAEMON_CALENDAR_H
#define DAEMON_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "daemon/localtime.h"

struct arena;
struct problems;

/* Days off, exchanged Saturdays and office hours, from holidays/ *.txt. */
struct calendar_day {
	long		 day;
	bool		 is_work; /* `work`; else `off` */
};

struct calendar_hours {
	long		 from;
	long		 to;
	int		 morning[2];	/* minutes of the day */
	int		 afternoon[2];
};

struct calendar {
	struct arena	*arena;
	struct calendar_day *days; /* sorted by day */
	size_t		 n_days;
	struct calendar_hours *hours;
	size_t		 n_hours;
};

/*
 * Every *.txt of the folder. Mistakes go to problems; NULL when there
 * were any. calendar_free() accepts NULL.
 */
struct calendar	*calendar_load(const char *folder,
    struct problems *problems);
/* Add one file's text; for tests and calendar_load(). */
struct calendar	*calendar_new(void);
void		 calendar_add(struct calendar *c, const char *text,
    const char *file, struct problems *problems);
void		 calendar_free(struct calendar *c);

/* Is anything known of that year? If not: weekends only, tell the clerk. */
bool	 calendar_has_year(const struct calendar *c, int year);
bool	 calendar_is_workday(const struct calendar *c, long day);
/* The day itself when it is a working day, else the next (previous) one. */
long	 calendar_workday_from(const struct calendar *c, long day);
long	 calendar_workday_until(const struct calendar *c, long day);
/*
 * The n-th working day after (n > 0) or before (n < 0) a day, the day
 * itself never counted; n == 0: calendar_workday_until().
 */
long	 calendar_add_workdays(const struct calendar *c, long day, int n);
/* Working days d with from < d <= to. */
int	 calendar_workdays_between(const struct calendar *c, long from,
    long to);
/* Office hours of a date; 07:30-11:30 13:30-17:00 where nothing is said. */
void	 calendar_hours(const struct calendar *c, long day,
    struct calendar_hours *out);
/* Between morning's begin and afternoon's end of a working day. */
bool	 calendar_in_office_hours(const struct calendar *c, time_t t);

#endif
