#ifndef TESTS_STATUS_FIXTURE_H
#define TESTS_STATUS_FIXTURE_H

#include <stddef.h>

struct arena;
struct calendar;
struct campaign;
struct roster;
struct status;

/*
 * A campaign over n invented units in which everything occurs: reports on
 * time, within the day, late, other channels, missing and empty sections,
 * unreadable files, mail that waits for the clerk. The same for equal n.
 * foreign: text used as file name, note, sender, subject.
 */
struct status_fixture {
	struct arena	*arena;
	struct roster	*roster;
	struct calendar	*calendar;
	struct campaign	*campaign;
	struct status	*status;
};

void	 status_fixture_new(struct status_fixture *f, size_t n,
    const char *foreign);
void	 status_fixture_free(struct status_fixture *f);

#endif
