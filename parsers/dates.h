#ifndef PARSERS_DATES_H
#define PARSERS_DATES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct words;

/* A day as Vietnamese papers write it; 0 for a part that is left blank. */
struct date {
	int	year;
	int	month;
	int	day;
};

/*
 * Read a date that begins at word i: 14/5/2026, 14-5-2026, 14.5.2026,
 * 14 tháng 5 năm 2026, 14/5; or one whose day is blank: tháng 5 năm 2026,
 * …/5/2026. Returns how many words it covers, 0 when none is there.
 * A date that no calendar has (31/2) is none.
 */
size_t date_at(const struct words *ws, size_t i, struct date *out);
/* "2026-05-14", "2026-05" without a day, "2026" without a month, "". */
char *date_iso(struct date d, struct arena *arena);
/* The other way; anything else gives an empty date. */
struct date date_from_iso(const char *s);
/* Before, same, after: -1, 0, 1. Compares only what both have. */
int date_compare(struct date a, struct date b);
/* 0 Sunday .. 6 Saturday, of a whole date. */
int date_weekday(struct date d);
int date_days_in_month(int year, int month);
/* So many days later, 0 or more, than a whole date. */
struct date date_later(struct date d, int days);

#endif
