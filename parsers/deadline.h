#ifndef PARSERS_DEADLINE_H
#define PARSERS_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/dates.h"
#include "parsers/letter.h"

struct arena;
struct lingo;
struct words;

/* How plainly a date is a deadline. */
enum deadline_lead {
	LEAD_WEAK = 0,	/* "đến ngày D": may be the end of a period */
	LEAD_LOOSE = 1,	/* "Hạn nộp báo cáo của các đơn vị: D" */
	LEAD_STRICT = 2	/* "trước ngày D", "chậm nhất ngày D" */
};

/* A date that words like "trước ngày" make a deadline. */
struct deadline {
	struct date	 date;	/* a blank day or year is 0 */
	int		 minute; /* of the day, with READING_AT_TIME; or -1 */
	enum deadline_reading reading;
	enum deadline_lead lead;
	bool		 year_added; /* from the letter's own date */
	bool		 day_blank;  /* "trước ngày …/5/2026" */
	bool		 recurring;  /* "trước ngày 20 hằng tháng" */
	bool		 is_counted; /* "10 ngày kể từ …"; no date where it
					counts from a day not told here */
	bool		 weekday_wrong; /* "thứ Tư, ngày" of a Thursday */
	size_t		 first;	/* words first..end-1 are the phrase */
	size_t		 end;
};

/*
 * All deadlines in a text, in order, also those that are no deadline for a
 * report; who calls weighs them. issued: the letter's date, for years that
 * are left out. Sets *n; the array is in the arena.
 */
struct deadline *deadlines_find(const struct words *ws, struct date issued,
    const struct lingo *g, struct arena *arena, size_t *n);

#endif
