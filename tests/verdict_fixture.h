#ifndef TESTS_VERDICT_FIXTURE_H
#define TESTS_VERDICT_FIXTURE_H

#include "daemon/campaign.h"
#include "daemon/problems.h"
#include "daemon/verdict.h"
#include "tests/calendar_fixture.h"

struct roster;

/* A campaign over units T1 and T2 (tdp) and S1 (school); X is not asked. */
#define CONF(deadline) "[campaign]\nstate = open\nsubject = S\n" \
	"from = 2026-05-01\nnumber = 12-CV/ĐU\ndate = 2026-05-05\n" \
	"[deadline]\n" deadline \
	"[recipients]\nrecipients.1 = kind:school\n" \
	"recipients.2 = kind:tdp\n" \
	"[required]\nrequired.all = I II\nrequired.tdp = I II II.1\n"
#define BEFORE "day = 2026-05-14\nreading = before-day\n"

extern struct roster	*roster;
extern struct campaign	*campaign;
extern struct problems	 problems;

/* The roster, and a calendar without days off. */
int	 verdict_setup(void **state);
int	 verdict_teardown(void **state);

/* From now on this campaign, a CONF(). */
void	 use(const char *conf);
/*
 * A version of a report. states: its sections, one letter a node of the
 * outline, F E M, small when unsure; NULL when it is unreadable.
 */
struct version_facts	 version(const char *received, const char *states);
struct verdict	 judge(const char *code, const struct unit_facts *facts,
    const char *now);

#endif
