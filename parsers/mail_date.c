/*
 * Dates of mail, word by word: each word is known by its shape, so that
 * "12 May 2026 09:14 +0700", "Tue May 12 09:14:03 2026" and ISO 8601 all
 * read.
 */
#include "parsers/mail_date.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define WORD_BYTES 40
#define WORDS_MOST 12

struct reading {
	int	year;	/* -1 while unknown, and so on */
	int	month;	/* 1.. */
	int	day;
	int	seconds; /* of the day */
	int	zone_s;	 /* east of UTC */
	bool	is_pm;
	bool	is_am;
};

static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
    "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

/* RFC 5322 §4.3; ICT is Indochina's. */
static const struct {
	const char	*name;
	int		 hours;
} zones[] = { { "UT", 0 }, { "UTC", 0 }, { "GMT", 0 }, { "Z", 0 },
    { "ICT", 7 }, { "EST", -5 }, { "EDT", -4 }, { "CST", -6 },
    { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 }, { "PST", -8 },
    { "PDT", -7 }, { "CET", 1 }, { "CEST", 2 }, { "JST", 9 } };

static bool
is_digits(const char *s, size_t n)
{
	return n > 0 && strspn(s, "0123456789") >= n;
}

static int
number(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

/* "9:14", "09:14:03", "09:14:03.5" */
static bool
take_time(struct reading *r, const char *s)
{
	char	*end;
	long	 part[3] = { 0, 0, 0 };
	size_t	 i;

	if (strchr(s, ':') == NULL || !is_digits(s, 1))
		return false;
	for (i = 0; i < 3; i++) {
		part[i] = strtol(s, &end, 10);
		if (end == s || part[i] < 0 || part[i] > 60)
			return false;
		if (*end != ':')
			break;
		s = end + 1;
	}
	if (i == 0 || part[0] > 23 || part[1] > 59)
		return false;
	r->seconds = (int)(part[0] * 3600 + part[1] * 60 + part[2]);
	return true;
}

/* "+0700", "-07:30", "+7" */
static bool
take_zone(struct reading *r, const char *s)
{
	int	sign, digits[4] = { 0, 0, 0, 0 };
	size_t	n = 0, i;

	for (i = 0; i < COUNT(zones); i++) {
		if (strcasecmp(s, zones[i].name) == 0) {
			r->zone_s = zones[i].hours * 3600;
			return true;
		}
	}
	if (*s != '+' && *s != '-')
		return false;
	sign = *s++ == '-' ? -1 : 1;
	for (; *s != '\0' && n < 4; s++)
		if (*s >= '0' && *s <= '9')
			digits[n++] = *s - '0';
		else if (*s != ':')
			return false;
	if (n < 3)
		r->zone_s = sign * 3600 *
		    (n == 2 ? digits[0] * 10 + digits[1] : digits[0]);
	else
		r->zone_s = sign * ((digits[0] * 10 + digits[1]) * 3600 +
		    (digits[2] * 10 + digits[3]) * 60);
	return true;
}

/* "2026-05-12" with or without "T09:14:03+07:00". */
static bool
take_iso(struct reading *r, const char *s)
{
	char	 time[WORD_BYTES];
	size_t	 n;

	if (!is_digits(s, 4) || s[4] != '-' || !is_digits(s + 5, 2) ||
	    s[7] != '-' || !is_digits(s + 8, 2))
		return false;
	r->year = number(s);
	r->month = number(s + 5);
	r->day = number(s + 8);
	if (s[10] != 'T')
		return true;
	s += 11;
	n = strcspn(s, "+-Zz");
	memcpy(time, s, n);
	time[n] = '\0';
	(void)take_time(r, time);
	(void)take_zone(r, s + n);
	return true;
}

static bool
take_month(struct reading *r, const char *s)
{
	size_t	i;

	for (i = 0; i < COUNT(months); i++) {
		if (strncasecmp(s, months[i], 3) == 0) {
			r->month = (int)i + 1;
			return true;
		}
	}
	return false;
}

static void
take_number(struct reading *r, const char *s)
{
	size_t	n = strlen(s);
	int	v;

	if (n > 4 || !is_digits(s, n))
		return;
	v = number(s);
	if (n <= 2 && r->day < 0) {
		r->day = v;
	} else if (r->year < 0) {
		/* RFC 5322 §4.3 */
		if (n == 2)
			v += v < 50 ? 2000 : 1900;
		else if (n == 3)
			v += 1900;
		r->year = v;
	}
}

static void
take_word(struct reading *r, const char *s)
{
	char	*dash;

	if (take_iso(r, s) || take_time(r, s) || take_zone(r, s))
		return;
	if (strcasecmp(s, "PM") == 0) {
		r->is_pm = true;
	} else if (strcasecmp(s, "AM") == 0) {
		r->is_am = true;
	} else if (is_digits(s, 1) && (dash = strchr(s, '-')) != NULL) {
		/* "12-May-2026" */
		*dash = '\0';
		take_number(r, s);
		take_word(r, dash + 1);
	} else if (is_digits(s, 1)) {
		take_number(r, s);
	} else if (take_month(r, s) && (dash = strchr(s, '-')) != NULL) {
		take_number(r, dash + 1);
	}
}

/* Days since 1970-01-01 of the Gregorian calendar. */
static int64_t
days_of(int year, int month, int day)
{
	int64_t	y = month <= 2 ? year - 1 : year;
	int64_t	era = y / 400, of_era = y - era * 400;
	int64_t	of_year;

	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

int64_t
mail_date(const char *s)
{
	struct reading	r = { -1, -1, -1, 0, 0, false, false };
	char		word[WORD_BYTES];
	size_t		n, words = 0;

	while (*s != '\0' && words++ < WORDS_MOST) {
		s += strspn(s, " \t\r\n,;");
		if (*s == '(') {
			s += strcspn(s, ")");
			s += *s == ')' ? 1 : 0;
			continue;
		}
		n = strcspn(s, " \t\r\n,;(");
		if (n > 0 && n < sizeof(word)) {
			memcpy(word, s, n);
			word[n] = '\0';
			take_word(&r, word);
		}
		s += n;
	}
	if (r.year < 1970 || r.year > 9999 || r.month < 1 || r.month > 12 ||
	    r.day < 1 || r.day > 31)
		return 0;
	if (r.is_pm && r.seconds < 12 * 3600)
		r.seconds += 12 * 3600;
	if (r.is_am && r.seconds >= 12 * 3600)
		r.seconds -= 12 * 3600;
	return days_of(r.year, r.month, r.day) * 86400 + r.seconds -
	    r.zone_s;
}
