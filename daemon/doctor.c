/*
 * Findings, and the checks of the files that people write.
 */
#include "daemon/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/calendar.h"
#include "daemon/check.h"
#include "daemon/config.h"
#include "daemon/localtime.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "parsers/arena.h"

static void add(struct doctor *d, const struct finding *f, const char *fmt,
    va_list ap) __attribute__((format(printf, 3, 0)));

static void
add(struct doctor *d, const struct finding *f, const char *fmt, va_list ap)
{
	struct finding	*new;
	char		*text;

	if (vasprintf(&text, fmt, ap) == -1)
		abort();
	d->list = arena_grow(d->arena, d->list, d->n, &d->cap,
	    sizeof(*d->list));
	new = &d->list[d->n++];
	*new = *f;
	new->text = arena_strdup(d->arena, text);
	new->todo = arena_strdup(d->arena, f->todo);
	free(text);
}

void
doctor_fine(struct doctor *d, const char *check, const char *fmt, ...)
{
	struct finding	f = { check, FINDING_FINE, 0, "", "" };
	va_list		ap;

	va_start(ap, fmt);
	add(d, &f, fmt, ap);
	va_end(ap);
}

void
doctor_warn(struct doctor *d, const char *check, const char *todo,
    const char *fmt, ...)
{
	struct finding	f = { check, FINDING_WARN, 0, "", todo };
	va_list		ap;

	va_start(ap, fmt);
	add(d, &f, fmt, ap);
	va_end(ap);
}

void
doctor_fail(struct doctor *d, const struct finding *f, const char *fmt, ...)
{
	struct finding	failure = *f;
	va_list		ap;

	failure.level = FINDING_FAIL;
	va_start(ap, fmt);
	add(d, &failure, fmt, ap);
	va_end(ap);
}

int
doctor_code(const struct doctor *d)
{
	size_t	i;

	for (i = 0; i < d->n; i++)
		if (d->list[i].level == FINDING_FAIL)
			return d->list[i].code;
	return 0;
}

/* ---- the files that people write */

static void
check_units(struct doctor *d, const struct config *c)
{
	struct problems	 none;
	struct roster	*r;
	size_t		 i, without = 0;

	problems_init(&none);
	r = roster_load(c->units, &none);
	/* what is wrong with it was said with the configuration */
	for (i = 0; r != NULL && i < r->n; i++)
		without += r->units[i].n_emails == 0;
	if (r != NULL && without > 0)
		doctor_warn(d, "units", "add what is known to units.csv; a "
		    "unit without an address is placed by its letterhead "
		    "only, and cannot be reminded", "%zu units, %zu of them "
		    "without a mail address", r->n, without);
	else if (r != NULL)
		doctor_fine(d, "units", "%zu units, each with an address",
		    r->n);
	roster_free(r);
	problems_clear(&none);
}

static void
check_calendar(struct doctor *d, const struct config *c)
{
	struct problems	 none;
	struct calendar	*cal;
	int		 year = local_civil(d->now).year, missing = 0;

	problems_init(&none);
	cal = calendar_load(c->holidays, &none);
	if (cal != NULL && !calendar_has_year(cal, year))
		missing = year;
	else if (cal != NULL && !calendar_has_year(cal, year + 1))
		missing = year + 1;
	if (missing != 0)
		doctor_warn(d, "calendar", arena_printf(d->arena, "write the "
		    "days off of %d, once they are announced, into %s/%d.txt "
		    "(a line is: off %d-01-01 Tết Dương lịch)", missing,
		    c->holidays, missing, missing),
		    "nothing is known of %d: only Saturdays and Sundays count "
		    "as days off", missing);
	else if (cal != NULL)
		doctor_fine(d, "calendar", "days off of %d and %d are known",
		    year, year + 1);
	calendar_free(cal);
	problems_clear(&none);
}

void
doctor_files(struct doctor *d, const struct config *c)
{
	struct problems	p;
	struct finding	f = { .check = "configuration", .code = EX_CONFIG,
			    .todo = "mend it; tiepnhand -t tests it again" };
	size_t		i;

	problems_init(&p);
	if (check_everything(c->file, d->now, &p) == 0)
		doctor_fine(d, "configuration", "%s, units, templates and "
		    "campaigns are right", c->file);
	for (i = 0; i < p.n; i++)
		doctor_fail(d, &f, "%s", p.lines[i]);
	problems_clear(&p);
	check_units(d, c);
	check_calendar(d, c);
}
