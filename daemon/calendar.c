/*
 * Working days and office hours, from files that the office keeps: only
 * that Saturday and Sunday are off is fixed here.
 */
#include "daemon/calendar.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/limits.h"
#include "daemon/problems.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"

static const struct calendar_hours usual_hours = {
	.morning = { 7 * 60 + 30, 11 * 60 + 30 },
	.afternoon = { 13 * 60 + 30, 17 * 60 },
};

struct calendar *
calendar_new(void)
{
	struct arena	*arena = arena_new(0);
	struct calendar	*c = arena_alloc(arena, sizeof(*c));

	c->arena = arena;
	return c;
}

void
calendar_free(struct calendar *c)
{
	if (c != NULL)
		arena_free(c->arena);
}

/* ---- reading */

struct reader {
	struct calendar	*calendar;
	const char	*file;
	unsigned	 line;
	struct problems	*problems;
};

static int
by_day(const void *a, const void *b)
{
	long	x = ((const struct calendar_day *)a)->day;
	long	y = ((const struct calendar_day *)b)->day;

	return (x > y) - (x < y);
}

static const struct calendar_day *
find_day(const struct calendar *c, long day)
{
	struct calendar_day	key = { .day = day };

	if (c->n_days == 0)
		return NULL;
	return bsearch(&key, c->days, c->n_days, sizeof(key), by_day);
}

/* Cut the next word off *s; "" when there is none. */
static char *
next_word(char **s)
{
	char	*word;

	*s += strspn(*s, " \t");
	word = *s;
	*s += strcspn(*s, " \t");
	if (**s != '\0')
		*(*s)++ = '\0';
	return word;
}

/* What follows the day is its name, for people. */
static void
read_day(struct reader *r, char *rest, bool is_work)
{
	struct calendar			*c = r->calendar;
	const struct calendar_day	*known;
	struct calendar_day		*d, *more;
	const char			*word = next_word(&rest);
	long				 day;

	if (day_parse(word, &day) == -1) {
		problems_add(r->problems, r->file, r->line, "\"%s\" is no "
		    "day; write one like 2026-04-30", word);
		return;
	}
	known = find_day(c, day);
	if (known != NULL) {
		problems_add(r->problems, r->file, r->line, "%s stands "
		    "already in the calendar (%s); keep one of the two lines",
		    word, known->is_work ? "work" : "off");
		return;
	}
	if (is_work && day_weekday(day) != 0 && day_weekday(day) != 6) {
		problems_add(r->problems, r->file, r->line, "%s is a working "
		    "day anyway; `work` is for an exchanged Saturday or "
		    "Sunday", word);
		return;
	}
	more = arena_calloc(c->arena, c->n_days + 1, sizeof(*more));
	if (c->n_days > 0)
		memcpy(more, c->days, c->n_days * sizeof(*more));
	c->days = more;
	d = &c->days[c->n_days++];
	d->day = day;
	d->is_work = is_work;
	qsort(c->days, c->n_days, sizeof(*d), by_day);
}

/* "07:30-11:30" */
static int
parse_span(const char *s, int span[2], struct arena *arena)
{
	const char	*dash = strchr(s, '-');
	int		 from, to;

	if (dash == NULL ||
	    local_parse_minute(arena_strndup(arena, s, (size_t)(dash - s)),
	    &from) == -1 || local_parse_minute(dash + 1, &to) == -1 ||
	    from >= to)
		return -1;
	span[0] = from;
	span[1] = to;
	return 0;
}

static int
parse_hours(struct reader *r, char *rest, struct calendar_hours *h)
{
	char	*days = next_word(&rest), *morning = next_word(&rest),
		*afternoon = next_word(&rest), *to = strstr(days, "..");

	if (to != NULL)
		*to = '\0';
	if (to == NULL || day_parse(days, &h->from) == -1 ||
	    day_parse(to + 2, &h->to) == -1 || h->from > h->to) {
		problems_add(r->problems, r->file, r->line, "wants two days; "
		    "write `hours 2026-01-01..2026-04-15 07:30-11:30 "
		    "13:30-17:00`");
		return -1;
	}
	if (parse_span(morning, h->morning, r->calendar->arena) == -1 ||
	    parse_span(afternoon, h->afternoon, r->calendar->arena) == -1 ||
	    h->morning[1] > h->afternoon[0] || *next_word(&rest) != '\0') {
		problems_add(r->problems, r->file, r->line, "wants morning "
		    "and afternoon; write 07:30-11:30 13:30-17:00 after the "
		    "days");
		return -1;
	}
	return 0;
}

static void
read_hours(struct reader *r, char *rest)
{
	struct calendar		*c = r->calendar;
	struct calendar_hours	 h = {0}, *more;
	size_t			 i;

	if (parse_hours(r, rest, &h) == -1)
		return;
	for (i = 0; i < c->n_hours; i++)
		if (h.from <= c->hours[i].to && c->hours[i].from <= h.to) {
			problems_add(r->problems, r->file, r->line, "has "
			    "hours for days that another line has already; "
			    "let %s..%s begin or end elsewhere",
			    day_iso(h.from, c->arena),
			    day_iso(h.to, c->arena));
			return;
		}
	more = arena_calloc(c->arena, c->n_hours + 1, sizeof(*more));
	if (c->n_hours > 0)
		memcpy(more, c->hours, c->n_hours * sizeof(*more));
	more[c->n_hours++] = h;
	c->hours = more;
}

static void
read_line(struct reader *r, char *s)
{
	static const char *const words[] = { "off", "work", "hours", NULL };
	const char	*word = next_word(&s), *nearest;

	if (strcmp(word, "off") == 0 || strcmp(word, "work") == 0) {
		read_day(r, s, *word == 'w');
	} else if (strcmp(word, "hours") == 0) {
		read_hours(r, s);
	} else {
		nearest = problems_nearest(word, words);
		problems_add(r->problems, r->file, r->line, "\"%s\" is not "
		    "known; %s%s%s", word, nearest != NULL ? "did you mean `" :
		    "a line begins with off, work or hours",
		    nearest != NULL ? nearest : "",
		    nearest != NULL ? "`?" : "");
	}
}

void
calendar_add(struct calendar *c, const char *text, const char *file,
    struct problems *problems)
{
	struct reader	 r = { .calendar = c, .file = file,
			    .problems = problems };
	size_t		 len;
	char		*s;

	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	while (*text != '\0') {
		r.line++;
		len = strcspn(text, "\n");
		s = arena_strndup(c->arena, text, len);
		text += len + (text[len] == '\n');
		s[strcspn(s, "\r")] = '\0';
		s += strspn(s, " \t");
		if (*s != '\0' && *s != '#')
			read_line(&r, s);
	}
}

static int
is_calendar_file(const struct dirent *e)
{
	const char	*dot = strrchr(e->d_name, '.');

	return e->d_name[0] != '.' && dot != NULL && strcmp(dot, ".txt") == 0;
}

struct calendar *
calendar_load(const char *folder, struct problems *problems)
{
	struct calendar	 *c;
	struct dirent	**files;
	const char	 *path, *text;
	size_t		  before = problems->n;
	int		  i, n;

	n = scandir(folder, &files, is_calendar_file, alphasort);
	if (n == -1) {
		problems_add(problems, folder, 0, "the calendar cannot be "
		    "read: %s", strerror(errno));
		return NULL;
	}
	c = calendar_new();
	if (n > CALENDAR_FILES)
		problems_add(problems, folder, 0, "holds more than %d "
		    "calendar files", CALENDAR_FILES);
	for (i = 0; i < n; i++) {
		path = arena_printf(c->arena, "%s/%s", folder,
		    files[i]->d_name);
		text = i >= CALENDAR_FILES ? NULL :
		    textfile_read(path, c->arena, problems);
		if (text != NULL)
			calendar_add(c, text, path, problems);
		free(files[i]);
	}
	free(files);
	if (problems->n == before)
		return c;
	calendar_free(c);
	return NULL;
}

/* ---- asking */

bool
calendar_has_year(const struct calendar *c, int year)
{
	size_t	i;

	for (i = 0; i < c->n_days; i++)
		if (day_civil(c->days[i].day).year == year)
			return true;
	for (i = 0; i < c->n_hours; i++)
		if (day_civil(c->hours[i].from).year == year ||
		    day_civil(c->hours[i].to).year == year)
			return true;
	return false;
}

bool
calendar_is_workday(const struct calendar *c, long day)
{
	const struct calendar_day	*d = find_day(c, day);
	int				 weekday = day_weekday(day);

	if (d != NULL)
		return d->is_work;
	return weekday != 0 && weekday != 6;
}

/* The first working day in one direction, the day itself included. */
static long
workday_towards(const struct calendar *c, long day, int step)
{
	size_t	tries;

	/* days off in a row: at most the lines, with weekends between */
	for (tries = 0; tries < 2 * c->n_days + 8; tries++) {
		if (calendar_is_workday(c, day))
			break;
		day += step;
	}
	return day;
}

long
calendar_workday_from(const struct calendar *c, long day)
{
	return workday_towards(c, day, 1);
}

long
calendar_workday_until(const struct calendar *c, long day)
{
	return workday_towards(c, day, -1);
}

long
calendar_add_workdays(const struct calendar *c, long day, int n)
{
	int	step = n < 0 ? -1 : 1;

	if (n == 0)
		return calendar_workday_until(c, day);
	for (; n != 0; n -= step)
		day = workday_towards(c, day + step, step);
	return day;
}

int
calendar_workdays_between(const struct calendar *c, long from, long to)
{
	long	day;
	int	n = 0;

	for (day = from + 1; day <= to; day++)
		n += calendar_is_workday(c, day);
	return n;
}

void
calendar_hours(const struct calendar *c, long day,
    struct calendar_hours *out)
{
	size_t	i;

	*out = usual_hours;
	out->from = out->to = day;
	for (i = 0; i < c->n_hours; i++)
		if (day >= c->hours[i].from && day <= c->hours[i].to) {
			*out = c->hours[i];
			return;
		}
}

bool
calendar_in_office_hours(const struct calendar *c, time_t t)
{
	struct calendar_hours	h;
	int			minute = local_minute(t);

	if (!calendar_is_workday(c, day_of(t)))
		return false;
	calendar_hours(c, day_of(t), &h);
	return minute >= h.morning[0] && minute < h.afternoon[1];
}
