/* A campaign over three units, and reports to judge. */
#include "tests/verdict_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "daemon/calendar.h"
#include "daemon/roster.h"
#include "parsers/arena.h"

static const char outline_text[] = "I heading I. | MỘT\n"
    "II heading II. | HAI\n"
    "  II.1 heading 1. | Hai một\n"
    "  II.2 heading 2. | Hai hai\n"
    "III heading III. | KIẾN NGHỊ\n";

static const char units_text[] = "code,name,kind\n"
    "T1,Tổ 1,tdp\nS1,Trường 1,school\nT2,Tổ 2,tdp\nX,Khác,coop\n";

struct roster	*roster;
struct campaign	*campaign;
struct problems	 problems;

int
verdict_setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	calendar = calendar_new();
	roster = roster_parse(units_text, strlen(units_text), "u",
	    &problems);
	return roster == NULL ? -1 : 0;
}

int
verdict_teardown(void **state)
{
	(void)state;
	campaign_free(campaign);
	roster_free(roster);
	calendar_free(calendar);
	arena_free(arena);
	problems_clear(&problems);
	return 0;
}

void
use(const char *conf)
{
	campaign_free(campaign);
	campaign = campaign_parse(conf, outline_text, "c", roster,
	    &problems);
	if (campaign == NULL && problems.n > 0)
		print_error("%s\n", problems.lines[0]);
	assert_non_null(campaign);
}

static struct coverage *
covering(const char *states)
{
	struct coverage	*c = arena_alloc(arena, sizeof(*c));
	size_t		 i;

	c->n_sections = strlen(states);
	c->sections = arena_calloc(arena, c->n_sections,
	    sizeof(*c->sections));
	for (i = 0; i < c->n_sections; i++) {
		c->sections[i].node = (int)i;
		c->sections[i].sure = states[i] < 'a';
		c->sections[i].state = strchr("Ff", states[i]) != NULL ?
		    SECTION_FILLED : strchr("Ee", states[i]) != NULL ?
		    SECTION_EMPTY : SECTION_MISSING;
	}
	return c;
}

struct version_facts
version(const char *received, const char *states)
{
	struct version_facts	v = {
		.id = "x", .received = instant(received), .number = "",
		.file = "f.docx", .note = "",
		.is_readable = states != NULL,
		.coverage = states == NULL ? NULL : covering(states),
	};

	return v;
}

struct verdict
judge(const char *code, const struct unit_facts *facts, const char *now)
{
	struct judging	j = { campaign, roster, calendar, instant(now) };

	return verdict_of(&j, roster_find(roster, code), facts, arena);
}
