/* The calendar of the sample office, and instants as tests write them. */
#include "tests/calendar_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "daemon/calendar.h"
#include "daemon/problems.h"
#include "parsers/arena.h"

struct calendar	*calendar;
struct arena	*arena;

int
calendar_setup(void **state)
{
	struct problems	problems;
	char		folder[4096];

	(void)state;
	problems_init(&problems);
	snprintf(folder, sizeof(folder), "%s/docs/examples/holidays",
	    getenv("SRC") != NULL ? getenv("SRC") : ".");
	calendar = calendar_load(folder, &problems);
	arena = arena_new(0);
	problems_clear(&problems);
	return calendar == NULL ? -1 : 0;
}

int
calendar_teardown(void **state)
{
	(void)state;
	calendar_free(calendar);
	arena_free(arena);
	return 0;
}

long
day(const char *s)
{
	long	d = DAY_NONE;

	assert_int_equal(day_parse(s, &d), 0);
	return d;
}

time_t
instant(const char *s)
{
	time_t	t = 0;

	assert_int_equal(local_parse(s, &t), 0);
	return t;
}
