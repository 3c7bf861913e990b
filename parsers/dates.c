/*
 * Days written in Vietnamese papers. No clock: a year that is left out
 * stays out.
 */
#include "parsers/dates.h"

#include <stdio.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/words.h"

#define YEAR_FIRST 1945
#define YEAR_LAST 2199
#define KEY_MONTH "thang1"
#define KEY_YEAR "năm"

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
date_days_in_month(int year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};

	if (month < 1 || month > 12)
		return 0;
	/* without a year, 29/2 may be right */
	if (month == 2 && (year == 0 || is_leap(year)))
		return 29;
	return days[month - 1];
}

struct date
date_later(struct date d, int days)
{
	int	left;

	for (; days > 0; days -= left) {
		left = date_days_in_month(d.year, d.month) - d.day + 1;
		if (days < left) {
			d.day += days;
			break;
		}
		d.day = 1;
		d.year += d.month == 12;
		d.month = d.month % 12 + 1;
	}
	return d;
}

static bool
is_date(struct date d)
{
	if (d.month < 1 || d.month > 12)
		return false;
	if (d.year != 0 && (d.year < YEAR_FIRST || d.year > YEAR_LAST))
		return false;
	return d.day >= 0 && d.day <= date_days_in_month(d.year, d.month);
}

static bool
is_separator(int sign)
{
	return sign == '/' || sign == '-' || sign == '.';
}

/* A year at word i, of four digits, or of two where a short one may be. */
static int
year_at(const struct words *ws, size_t i, bool may_be_short)
{
	int	n = words_number(ws, i);

	if (n >= YEAR_FIRST && n <= YEAR_LAST)
		return n;
	if (may_be_short && n >= 0 && n <= 99 && strlen(ws->w[i].key) == 2)
		return 2000 + n;
	return 0;
}

/* The year behind a month that ends at word i-1: how many words it takes. */
static size_t
year_after(const struct words *ws, size_t i, struct date *d)
{
	int	gap = i > 0 ? words_gap(ws, i - 1) : 0;

	if (is_separator(gap)) {
		d->year = year_at(ws, i, gap == '/');
		return d->year != 0;
	}
	if (words_match(ws, i, KEY_YEAR) == 1) {
		d->year = year_at(ws, i + 1, false);
		return d->year != 0 ? 2 : 0;
	}
	return 0;
}

/* "tháng 5 năm 2026", from the word tháng on. */
static size_t
month_at(const struct words *ws, size_t i, struct date *d)
{
	if (words_match(ws, i, KEY_MONTH) == 0)
		return 0;
	d->month = words_number(ws, i + 1);
	if (d->month < 1 || d->month > 12)
		return 0;
	return 2 + year_after(ws, i + 2, d);
}

/* A slash before the word whose left side holds no number: "…/5/2026". */
static bool
day_is_blank(const struct words *ws, size_t i)
{
	size_t	at = ws->w[i].start;
	bool	slash = false;

	while (at > 0 && strchr(" /.\xE2\x80\xA6_", ws->text[at - 1]) != NULL) {
		slash = slash || ws->text[at - 1] == '/';
		at--;
	}
	return slash && (at == 0 || ws->text[at - 1] < '0' ||
	    ws->text[at - 1] > '9');
}

size_t
date_at(const struct words *ws, size_t i, struct date *out)
{
	struct date	d = {0};
	size_t		n = 0, more;
	int		first = words_number(ws, i), gap = words_gap(ws, i);

	if (first == -1) {
		n = month_at(ws, i, &d);
	} else if (words_match(ws, i + 1, KEY_MONTH) == 1) {
		d.day = first;
		more = month_at(ws, i + 1, &d);
		n = more == 0 || first == 0 ? 0 : 1 + more;
	} else if (is_separator(gap) && day_is_blank(ws, i)) {
		d.month = first;
		d.year = year_at(ws, i + 1, false);
		n = d.year != 0 ? 2 : 0;
	} else if (is_separator(gap) && first > 0) {
		d.day = first;
		d.month = words_number(ws, i + 1);
		more = year_after(ws, i + 2, &d);
		/* without a year only the slash makes a date */
		n = more > 0 || gap == '/' ? 2 + more : 0;
	}
	if (n == 0 || !is_date(d))
		return 0;
	*out = d;
	return n;
}

char *
date_iso(struct date d, struct arena *arena)
{
	if (d.year == 0)
		return arena_strdup(arena, "");
	if (d.month == 0)
		return arena_printf(arena, "%04d", d.year);
	if (d.day == 0)
		return arena_printf(arena, "%04d-%02d", d.year, d.month);
	return arena_printf(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct date
date_from_iso(const char *s)
{
	struct date	d = {0}, none = {0};
	int		used = 0;

	if (strspn(s, "0123456789-") != strlen(s) || strlen(s) > 10)
		return none;
	if (sscanf(s, "%4d-%2d-%2d%n", &d.year, &d.month, &d.day, &used) < 1)
		return none;
	if (d.month != 0 && !is_date(d))
		return none;
	return d;
}

int
date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month && a.month != 0 && b.month != 0)
		return a.month < b.month ? -1 : 1;
	if (a.day != b.day && a.day != 0 && b.day != 0)
		return a.day < b.day ? -1 : 1;
	return 0;
}

int
date_weekday(struct date d)
{
	static const int shift[] = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 };
	int		 y = d.year - (d.month < 3);

	return (y + y / 4 - y / 100 + y / 400 + shift[d.month - 1] + d.day) %
	    7;
}
