#ifndef TESTS_CALENDAR_FIXTURE_H
#define TESTS_CALENDAR_FIXTURE_H

#include <time.h>

struct arena;
struct calendar;

extern struct calendar	*calendar;
extern struct arena	*arena;

/* The calendar of docs/examples/holidays. */
int	 calendar_setup(void **state);
int	 calendar_teardown(void **state);

/* "2026-05-14", "2026-05-14T09:00"; what is none fails the test. */
long	 day(const char *s);
time_t	 instant(const char *s);

#endif
