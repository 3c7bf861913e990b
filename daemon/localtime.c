/*
 * Civil days and texts of the one time zone, +07:00. Nothing here asks the
 * system for its zone; the arithmetic is that of the proleptic Gregorian
 * calendar.
 */
#include "daemon/localtime.h"

#include <stdio.h>
#include <string.h>

#include "parsers/arena.h"

#define DAY_S 86400
#define YEAR_MIN 1975
#define YEAR_MAX 2999

/* Days from 1970-01-01; years are counted from March. */
long
day_from_civil(int year, int month, int day)
{
	long	y = month <= 2 ? (long)year - 1 : year, era, of_era, of_year;

	era = (y >= 0 ? y : y - 399) / 400;
	of_era = y - era * 400;
	of_year = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
	    day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

struct civil
day_civil(long day)
{
	struct civil	c = {0};
	long		z = day + 719468, era, of_era, y, of_year, m;

	era = (z >= 0 ? z : z - 146096) / 146097;
	of_era = z - era * 146097;
	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	c.day = (int)(of_year - (153 * m + 2) / 5 + 1);
	c.month = (int)(m < 10 ? m + 3 : m - 9);
	c.year = (int)(y + era * 400 + (c.month <= 2));
	return c;
}

bool
day_is_valid(int year, int month, int day)
{
	struct civil	c;

	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 ||
	    day < 1 || day > 31)
		return false;
	c = day_civil(day_from_civil(year, month, day));
	return c.month == month && c.day == day;
}

long
day_of(time_t t)
{
	long	s = (long)t + LOCAL_OFFSET_S;

	return s >= 0 ? s / DAY_S : (s - DAY_S + 1) / DAY_S;
}

time_t
day_start(long day)
{
	return (time_t)(day * DAY_S - LOCAL_OFFSET_S);
}

time_t
day_end(long day)
{
	return day_start(day) + DAY_S - 1;
}

time_t
day_at(long day, int minute)
{
	return day_start(day) + (time_t)minute * 60;
}

int
day_weekday(long day)
{
	return (int)(((day + 4) % 7 + 7) % 7);
}

struct civil
local_civil(time_t t)
{
	struct civil	c = day_civil(day_of(t));
	long		s = (long)(t - day_start(day_of(t)));

	c.hour = (int)(s / 3600);
	c.minute = (int)(s / 60 % 60);
	c.second = (int)(s % 60);
	return c;
}

int
local_minute(time_t t)
{
	return (int)((t - day_start(day_of(t))) / 60);
}

/* ---- reading */

/* A number of min..max digits; *s moves past it. -1 when it is none. */
static int
number(const char **s, int min, int max)
{
	int	n = 0, digits = 0;

	while (**s >= '0' && **s <= '9' && digits < max) {
		n = n * 10 + (**s - '0');
		(*s)++;
		digits++;
	}
	return digits >= min ? n : -1;
}

static bool
literal(const char **s, const char *text)
{
	size_t	len = strlen(text);

	if (strncmp(*s, text, len) != 0)
		return false;
	*s += len;
	return true;
}

/* "20/5/2026", "20.5.2026", "20 tháng 5 năm 2026", from the month on. */
static int
month_and_year(const char **s, int *m, int *y)
{
	const bool	 is_spelled = literal(s, " tháng ");
	const char	 sep = **s;

	if (!is_spelled && sep != '/' && sep != '.' && sep != '-')
		return -1;
	*s += !is_spelled;
	*m = number(s, 1, 2);
	if (*m == -1 || (is_spelled ? !literal(s, " năm ") : **s != sep))
		return -1;
	*s += !is_spelled;
	*y = number(s, 4, 4);
	return *y == -1 ? -1 : 0;
}

static int
parse_day(const char **s, long *day)
{
	const char	*p = *s;
	int		 d, m, y = number(&p, 4, 4);

	if (y != -1) {
		if (!literal(&p, "-") || (m = number(&p, 2, 2)) == -1 ||
		    !literal(&p, "-") || (d = number(&p, 2, 2)) == -1)
			return -1;
	} else {
		p = *s;
		d = number(&p, 1, 2);
		if (d == -1 || month_and_year(&p, &m, &y) == -1)
			return -1;
	}
	if (!day_is_valid(y, m, d))
		return -1;
	*day = day_from_civil(y, m, d);
	*s = p;
	return 0;
}

int
day_parse(const char *s, long *day)
{
	long	d;

	s += strspn(s, " \t");
	if (parse_day(&s, &d) == -1 || s[strspn(s, " \t")] != '\0')
		return -1;
	*day = d;
	return 0;
}

int
local_parse_minute(const char *s, int *minute)
{
	int	h, m = 0;

	s += strspn(s, " \t");
	h = number(&s, 1, 2);
	if (h == -1 || h > 24)
		return -1;
	if (literal(&s, ":") || literal(&s, "h") || literal(&s, " giờ ")) {
		if (*s != '\0' && (m = number(&s, 2, 2)) == -1)
			return -1;
		(void)literal(&s, " phút");
	} else if (!literal(&s, " giờ")) {
		return -1;
	}
	if (m > 59 || h * 60 + m > 24 * 60 || s[strspn(s, " \t")] != '\0')
		return -1;
	*minute = h * 60 + m;
	return 0;
}

/* "+07:00", "-0500", "Z"; seconds east of Greenwich. */
static int
parse_offset(const char **s, long *offset)
{
	int	sign, h, m;

	if (literal(s, "Z") || literal(s, "z")) {
		*offset = 0;
		return 0;
	}
	sign = **s == '-' ? -1 : 1;
	if (**s != '+' && **s != '-')
		return -1;
	(*s)++;
	h = number(s, 2, 2);
	(void)literal(s, ":");
	m = number(s, 2, 2);
	if (h == -1 || m == -1 || h > 14 || m > 59)
		return -1;
	*offset = sign * (h * 3600L + m * 60L);
	return 0;
}

int
local_parse(const char *s, time_t *t)
{
	long	day, offset = LOCAL_OFFSET_S;
	int	h, m, sec = 0;

	s += strspn(s, " \t");
	if (parse_day(&s, &day) == -1)
		return -1;
	if (s[strspn(s, " \t")] == '\0') {
		*t = day_start(day);
		return 0;
	}
	if (!literal(&s, "T") && !literal(&s, "t") && !literal(&s, " "))
		return -1;
	h = number(&s, 1, 2);
	if (h == -1 || !literal(&s, ":") || (m = number(&s, 2, 2)) == -1)
		return -1;
	if (literal(&s, ":") && (sec = number(&s, 2, 2)) == -1)
		return -1;
	s += strspn(s, " \t");
	if (*s != '\0' && parse_offset(&s, &offset) == -1)
		return -1;
	if (h > 23 || m > 59 || sec > 60 || s[strspn(s, " \t")] != '\0')
		return -1;
	*t = (time_t)(day * DAY_S + h * 3600L + m * 60L + sec - offset);
	return 0;
}

/* ---- writing */

const char *
day_iso(long day, struct arena *a)
{
	struct civil	c = day_civil(day);

	return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* Official style: 0 before days below 10 and months 1 and 2 only. */
const char *
day_text(long day, struct arena *a)
{
	struct civil	c = day_civil(day);

	return arena_printf(a, "%02d/%0*d/%d", c.day, c.month < 3 ? 2 : 1,
	    c.month, c.year);
}

const char *
day_text_full(long day, struct arena *a)
{
	struct civil	c = day_civil(day);

	return arena_printf(a, "%02d/%02d/%d", c.day, c.month, c.year);
}

const char *
local_iso(time_t t, struct arena *a)
{
	struct civil	c = local_civil(t);

	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", c.year,
	    c.month, c.day, c.hour, c.minute, c.second);
}

const char *
local_time_text(time_t t, struct arena *a)
{
	struct civil	c = local_civil(t);

	return arena_printf(a, "%02d giờ %02d", c.hour, c.minute);
}

const char *
local_text(time_t t, struct arena *a)
{
	return arena_printf(a, "%s ngày %s", local_time_text(t, a),
	    day_text(day_of(t), a));
}

const char *
local_stamp(time_t t, struct arena *a)
{
	struct civil	c = local_civil(t);

	return arena_printf(a, "%02d/%02d/%d %02d:%02d:%02d", c.day, c.month,
	    c.year, c.hour, c.minute, c.second);
}
