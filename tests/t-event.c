/* The chain of events. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <ctype.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#include "spool/digest.h"
#include "spool/event.h"
#include "tests/spool_box.h"

static int64_t
append(struct store *st, const char *verb, const char *unit, int64_t undoes)
{
	struct event	e = { .time_utc = BOX_NOW, .who = "clerk",
	    .verb = verb, .campaign = "c1", .unit = unit, .detail = "{}",
	    .reason = "vì", .undoes = undoes };
	int64_t		seq;

	return event_append(st, &e, &seq) == -1 ? -1 : seq;
}

static int
count(const struct event *e, void *arg)
{
	int64_t	*last = arg;

	last[0]++;
	last[1] = e->seq;
	return 0;
}

static int64_t
active(struct box *b, const char *verb, const char *unit)
{
	struct event_filter f = { .verb = verb, .unit = unit,
	    .only_active = true };
	int64_t		 n[2] = { 0 };

	assert_int_equal(event_each(b->st, &f, count, n), 0);
	return n[0];
}

static void
the_chain_can_be_recomputed_by_anybody(void **state)
{
	struct box	*b = *state;
	char		 head[65], hex[65], text[256];
	int		 n;

	assert_int_equal(event_head(b->st, head), 0);
	assert_int_equal(strspn(head, "0"), 64);
	assert_int_equal(append(b->st, "extend", "U1", 0), 1);
	n = snprintf(text, sizeof(text), "%s1:1,10:1778000000,5:clerk,"
	    "6:extend,2:c1,2:U1,1:0,2:{},%zu:vì,1:0,", head, strlen("vì"));
	digest_bytes(text, (size_t)n, hex);
	assert_int_equal(event_head(b->st, head), 0);
	assert_string_equal(head, hex);
}

static void
an_undone_event_is_no_longer_active(void **state)
{
	struct box	*b = *state;
	int64_t		 first = append(b->st, "extend", "U1", 0), undo;
	struct event	*e;

	assert_int_equal(active(b, "extend", NULL), 1);
	undo = append(b->st, "undo", "U1", first);
	assert_true(undo > first);
	assert_int_equal(active(b, "extend", NULL), 0);
	assert_int_equal(active(b, NULL, "U1"), 0);
	e = event_find(b->st, first);
	assert_true(e->is_undone);
	assert_string_equal(e->reason, "vì");
	free(e);
	/* twice is refused, and so is what was never there */
	assert_int_equal(append(b->st, "undo", "", first), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(append(b->st, "undo", "", 99), -1);
	/* an undo undone brings the first one back */
	assert_true(append(b->st, "undo", "", undo) > 0);
	assert_int_equal(active(b, "extend", NULL), 1);
}

static void
events_are_found_by_what_they_are_about(void **state)
{
	struct box	*b = *state;
	struct event	 e = { .who = "d", .verb = "file", .campaign = "c2",
	    .unit = "U1", .mail = 7, .detail = "", .reason = "" };
	struct event_filter f = { .mail = 7 };
	int64_t		 seq, n[2] = { 0 };

	(void)append(b->st, "extend", "U1", 0);
	(void)append(b->st, "extend", "U2", 0);
	assert_int_equal(event_append(b->st, &e, &seq), 0);
	assert_int_equal(event_each(b->st, &f, count, n), 0);
	assert_int_equal(n[0], 1);
	assert_int_equal(n[1], seq);
	assert_int_equal(active(b, NULL, "U1"), 2);
	assert_int_equal(active(b, "extend", "U1"), 1);
	f = (struct event_filter){ .campaign = "c2" };
	assert_int_equal(event_each(b->st, &f, count, n), 0);
	assert_int_equal(n[0], 2);
	f = (struct event_filter){ .after = 1, .limit = 1 };
	assert_int_equal(event_each(b->st, &f, count, n), 0);
	assert_int_equal(n[1], 2);
	f = (struct event_filter){ .is_newest_first = true, .limit = 1 };
	assert_int_equal(event_each(b->st, &f, count, n), 0);
	assert_int_equal(n[1], 3);
}

static void
verify(struct box *b, const char *head, enum event_fault want, int64_t at)
{
	enum event_fault fault;
	int64_t		 seq;

	assert_int_equal(event_verify(b->st, head, &fault, &seq), 0);
	assert_int_equal(fault, want);
	assert_int_equal(seq, at);
}

static void
every_kind_of_tampering_is_found(void **state)
{
	static const struct {
		const char	 *sql;
		enum event_fault  fault;
		int64_t		  at;
	} cases[] = {
		{ "UPDATE event SET time_utc = 5 WHERE seq = 2",
		    EVENT_ALTERED, 2 },
		{ "UPDATE event SET who = 'x' WHERE seq = 3",
		    EVENT_ALTERED, 3 },
		/* the border between two fields moves */
		{ "UPDATE event SET verb = 'extendc', campaign = '1'"
		    " WHERE seq = 2", EVENT_ALTERED, 2 },
		{ "UPDATE event SET reason = 'khác' WHERE seq = 1",
		    EVENT_ALTERED, 1 },
		{ "UPDATE event SET hash = (SELECT hash FROM event"
		    " WHERE seq = 1) WHERE seq = 2", EVENT_ALTERED, 2 },
		{ "DELETE FROM event WHERE seq = 2", EVENT_MISSING, 2 },
		{ "DELETE FROM event WHERE seq = 1", EVENT_MISSING, 1 },
		{ "DELETE FROM event WHERE seq = 4", EVENT_MISSING, 4 },
		{ "DELETE FROM event WHERE seq = 2;"
		    "UPDATE event SET seq = seq - 1 WHERE seq > 2",
		    EVENT_ALTERED, 2 },
		{ "DELETE FROM undone", EVENT_ALTERED, 1 },
		{ "INSERT INTO undone VALUES (2, 3)", EVENT_ALTERED, 2 },
	};
	size_t	i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct box	*b;

		assert_int_equal(box_setup(state), 0);
		b = *state;
		(void)append(b->st, "extend", "U1", 0);
		(void)append(b->st, "extend", "U2", 0);
		(void)append(b->st, "extend", "U3", 0);
		(void)append(b->st, "undo", "U1", 1);
		verify(b, NULL, EVENT_SOUND, 0);
		box_sql(b, cases[i].sql);
		verify(b, NULL, cases[i].fault, cases[i].at);
		box_teardown(state);
	}
}

static void
a_head_noted_earlier_must_occur(void **state)
{
	struct box	*b = *state;
	char		 old[65], head[65];
	size_t		 i;

	(void)append(b->st, "extend", "U1", 0);
	assert_int_equal(event_head(b->st, old), 0);
	(void)append(b->st, "extend", "U2", 0);
	assert_int_equal(event_head(b->st, head), 0);
	verify(b, old, EVENT_SOUND, 0);
	verify(b, head, EVENT_SOUND, 0);
	/* as somebody copied it down: the beginning, in capitals */
	old[16] = '\0';
	for (i = 0; i < 16; i++)
		old[i] = (char)toupper(old[i]);
	verify(b, old, EVENT_SOUND, 0);
	head[0] = head[0] == '0' ? '1' : '0';
	verify(b, head, EVENT_HEAD_UNKNOWN, 2);
}

static void
daemon_and_command_append_to_one_chain(void **state)
{
	struct box	*b = *state;
	pid_t		 pid[3];
	int		 i, j, status;

	for (i = 0; i < 3; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			struct store *st;
			int	 bad = 0;

			bad = store_open(b->state, STORE_COMMAND, &st) != 0;
			for (j = 0; j < 40; j++)
				bad |= append(st, "extend", "U1", 0) == -1;
			_exit(bad);
		}
	}
	for (i = 0; i < 3; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(append(b->st, "extend", "U2", 0), 121);
	verify(b, NULL, EVENT_SOUND, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_chain_can_be_recomputed_by_anybody),
		TEST(an_undone_event_is_no_longer_active),
		TEST(events_are_found_by_what_they_are_about),
		cmocka_unit_test(every_kind_of_tampering_is_found),
		TEST(a_head_noted_earlier_must_occur),
		TEST(daemon_and_command_append_to_one_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
