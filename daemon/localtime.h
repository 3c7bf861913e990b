#ifndef DAEMON_LOCALTIME_H
#define DAEMON_LOCALTIME_H

#include <limits.h>
#include <stdbool.h>
#include <time.h>

struct arena;

/*
 * The one time zone: +07:00, no daylight saving (since June 1975). A day
 * is a count of civil days since 1970-01-01; an instant is a time_t.
 */
#define DAY_NONE LONG_MIN
#define LOCAL_OFFSET_S 25200

struct civil {
	int	year;
	int	month;	/* 1..12 */
	int	day;	/* 1..31 */
	int	hour;
	int	minute;
	int	second;
};

long	 day_from_civil(int year, int month, int day);
/* False for 31/2 and the like, and outside 1975..2999. */
bool	 day_is_valid(int year, int month, int day);
long	 day_of(time_t t);	/* the day it is here at t */
time_t	 day_start(long day);	/* 00:00:00 */
time_t	 day_end(long day);	/* 23:59:59 */
time_t	 day_at(long day, int minute); /* minute of the day */
int	 day_weekday(long day);	/* 0 Sunday … 6 Saturday */
struct civil day_civil(long day);
struct civil local_civil(time_t t);
int	 local_minute(time_t t); /* 0..1439 */

/* "2026-05-14", "14/5/2026", "14 tháng 5 năm 2026"; 0 or -1. */
int	 day_parse(const char *s, long *day);
/* "16:30" or "16 giờ 30"; minute of the day; 0 or -1. */
int	 local_parse_minute(const char *s, int *minute);
/*
 * "2026-05-12T08:00:00+07:00", "…Z", without offset (then here), seconds
 * optional, or a day alone (its start); 0 or -1.
 */
int	 local_parse(const char *s, time_t *t);

/* Texts in the arena. */
const char *day_iso(long day, struct arena *a);	     /* 2026-05-14 */
const char *day_text(long day, struct arena *a);     /* 08/5/2026 */
const char *day_text_full(long day, struct arena *a); /* 08/05/2026 */
const char *local_iso(time_t t, struct arena *a); /* …T08:00:00+07:00 */
const char *local_time_text(time_t t, struct arena *a); /* 08 giờ 00 */
/* 17 giờ 00 ngày 13/5/2026 */
const char *local_text(time_t t, struct arena *a);
/* 13/05/2026 09:14:03 */
const char *local_stamp(time_t t, struct arena *a);

#endif
