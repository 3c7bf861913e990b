/*
 * Filing what is ready by few commits: in order, whole or not at all, and
 * so that one mail's trouble stays its own, whether the store refuses it or
 * the daemon dies of it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deskbox.h"

#include "daemon/intake.h"
#include "daemon/limits.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/sender_cap.h"
#include "parsers/arena.h"
#include "spool/arrival.h"
#include "spool/event.h"
#include "spool/handle.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "tests/fault.h"

#define SUBJECT "kết quả công tác phòng cháy, chữa cháy quý I năm 2031"
#define MAILS 40
#define POISON 30 /* the daemon dies of this one */
#define CRASH 42

static int64_t		mails[MAILS]; /* by receipt */

/* Reports of two units in turn; each gets a receipt while it may. */
static int
setup(void **state)
{
	struct message	*m;
	int		 i;

	(void)desk_setup(state);
	for (i = 0; i < MAILS; i++) {
		m = desk_message(&desk, i % 2 == 0 ? "to1@p.example" :
		    "to2@p.example", "Báo cáo");
		desk_report(&desk, m, "", SUBJECT, "I II III IV V");
		mails[i] = desk_parse_mail(&desk, m, "INBOX", noon + i);
	}
	return 0;
}

/* Turns until nothing more is done. */
static void
take_turns(void)
{
	struct intake	*in = intake_new(desk.office);

	while (intake_turn(in, noon))
		continue;
	intake_free(in);
}

static bool
is_filed(int64_t mail)
{
	struct mail	*m = mail_find(desk.office->store, mail);
	bool		 filed = m->state == MESSAGE_FILED;

	assert_true(filed || m->state == MESSAGE_PARSED);
	free(m);
	return filed;
}

/* How many are filed; none is before one that came earlier. */
static int
filed_in_order(void)
{
	int	 i, n = 0;

	while (n < MAILS && is_filed(mails[n]))
		n++;
	for (i = n; i < MAILS; i++)
		assert_false(is_filed(mails[i]));
	return n;
}

struct ledger {
	int	 n;
	bool	 in_order;
};

static int
filed_event(const struct event *e, void *arg)
{
	struct ledger	*l = arg;

	l->in_order &= l->n < MAILS && e->mail == mails[l->n];
	l->n++;
	return 0;
}

/* Every mail once in the chain, in the order of receipt. */
static void
check_ledger(int n)
{
	struct event_filter f = { .verb = "file" };
	struct ledger	 l = { 0, true };
	enum event_fault fault;
	int64_t		 seq;

	assert_int_equal(event_each(desk.office->store, &f, filed_event, &l),
	    0);
	assert_int_equal(l.n, n);
	assert_true(l.in_order);
	assert_int_equal(event_verify(desk.office->store, NULL, &fault, &seq),
	    0);
	assert_int_equal(fault, EVENT_SOUND);
}

static int
count_receipt(const struct outgoing *o, void *arg)
{
	*(int *)arg += strcmp(o->kind, MAIL_RECEIPT) == 0;
	return 0;
}

static int
receipts(void)
{
	int	 n = 0;

	assert_int_equal(outgoing_each(desk.office->store, 0, count_receipt,
	    &n), 0);
	return n;
}

static void
behind_the_store(const char *sql)
{
	assert_int_equal(sqlite3_exec(desk.office->store->db, sql, NULL, NULL,
	    NULL), SQLITE_OK);
}

static void
what_is_ready_is_filed_by_few_commits(void **state)
{
	struct intake	*in = intake_new(desk.office);
	int		 syncs;

	(void)state;
	/* the first alone: nobody knows yet what it does to us */
	assert_true(intake_turn(in, noon));
	assert_int_equal(filed_in_order(), 1);
	fault_arm(FAULT_NONE, 0, NULL);
	while (intake_turn(in, noon))
		continue;
	(void)fault_disarm(&syncs);
	intake_free(in);
	assert_int_equal(filed_in_order(), MAILS);
	check_ledger(MAILS);
	assert_int_equal(receipts(), 2 * RECEIPTS_PER_ADDRESS_DAY);
	/* 2, 4, 8, 16 and the rest; the log may be copied back once */
	printf("# %d mails filed: %d syncs\n", MAILS - 1, syncs);
	assert_in_range(syncs, 5, 8);
}

static void
one_that_cannot_be_filed_holds_back_only_those_behind_it(void **state)
{
	(void)state;
	behind_the_store(arena_printf(desk.arena, "CREATE TRIGGER refuse"
	    " BEFORE INSERT ON filing WHEN new.mail = %d BEGIN"
	    " SELECT RAISE(ABORT, 'refused'); END", (int)mails[POISON]));
	take_turns();
	assert_int_equal(filed_in_order(), POISON);
	check_ledger(POISON);
	/* nothing of it is there: neither its event nor its submission */
	assert_string_equal(desk_filed(&desk, mails[POISON]), "none");
	behind_the_store("DROP TRIGGER refuse");
	take_turns();
	assert_int_equal(filed_in_order(), MAILS);
	check_ledger(MAILS);
}

static void
an_order_in_the_middle_keeps_its_place(void **state)
{
	struct message	*m = desk_message(&desk, "thuky@p.example",
		"Báo cáo tình hình");
	int64_t		 order = desk_parse_mail(&desk, m, "INBOX", noon + 9);
	struct mail	*row;

	(void)state;
	take_turns();
	assert_int_equal(filed_in_order(), MAILS);
	row = mail_find(desk.office->store, order);
	assert_true(row->state == MESSAGE_FILED ||
	    row->state == MESSAGE_HELD);
	free(row);
}

/* ---- the daemon dies */

static void
die(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)context;
	(void)n;
	(void)values;
	_exit(CRASH);
}

/* A daemon's life on what stands on disk. Its status. */
static int
live(int kill_at)
{
	pid_t	 pid;
	int	 status;

	/* no connection is taken over a fork */
	store_close(desk.office->store);
	desk.office->store = NULL;
	pid = fork();
	if (pid == 0) {
		desk_load(&desk);
		if (sqlite3_create_function(desk.office->store->db, "die", 0,
		    SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, die, NULL, NULL) !=
		    SQLITE_OK)
			_exit(1);
		if (kill_at > 0)
			fault_arm(FAULT_KILL, kill_at, NULL);
		take_turns();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	desk_load(&desk);
	return WEXITSTATUS(status);
}

/* From now on the daemon dies of that mail's filing. */
static void
poison(int i)
{
	behind_the_store(arena_printf(desk.arena, "CREATE TRIGGER poison"
	    " BEFORE INSERT ON filing WHEN new.mail = %d BEGIN"
	    " SELECT die(); END", (int)mails[i]));
}

static void
one_that_kills_the_daemon_is_soon_alone(void **state)
{
	int	 lives, before, now = 0;

	(void)state;
	poison(POISON);
	for (lives = 1; lives < 10; lives++) {
		before = now;
		assert_int_equal(live(0), CRASH);
		now = filed_in_order();
		if (now == POISON)
			break;
		assert_true(now > before);
	}
	printf("# %d mails before it are filed after %d starts\n", now,
	    lives);
	assert_int_equal(now, POISON);
	assert_in_range(lives, 2, 5);
	check_ledger(POISON);
}

static void
one_that_kills_the_daemon_thrice_alone_is_put_aside(void **state)
{
	struct mail	*m;
	int		 lives, i;

	(void)state;
	poison(POISON);
	for (lives = 1; live(0) == CRASH; lives++)
		assert_true(lives < 10);
	assert_in_range(lives, INTAKE_ATTEMPTS + 2, INTAKE_ATTEMPTS + 6);
	for (i = 0; i < MAILS; i++) {
		m = mail_find(desk.office->store, mails[i]);
		assert_int_equal(m->state, i == POISON ? MESSAGE_ASIDE :
		    MESSAGE_FILED);
		free(m);
	}
}

static void
lives_that_end_otherwise_are_not_held_against_a_mail(void **state)
{
	struct mail	*m;
	int		 i;

	(void)state;
	poison(0);
	for (i = 0; i < INTAKE_ATTEMPTS - 1; i++)
		assert_int_equal(live(0), CRASH);
	/* a store that refuses, for longer than that */
	behind_the_store("DROP TRIGGER poison; CREATE TRIGGER refuse"
	    " BEFORE INSERT ON filing BEGIN"
	    " SELECT RAISE(ABORT, 'refused'); END");
	for (i = 0; i < 2 * INTAKE_ATTEMPTS; i++)
		assert_int_equal(live(0), 0);
	m = mail_find(desk.office->store, mails[0]);
	assert_int_equal(m->state, MESSAGE_PARSED);
	assert_int_equal(m->attempts, 0);
	free(m);
}

static void
kills_between_lose_nothing_and_double_nothing(void **state)
{
	int	 kill_at, status = FAULT_EXIT, met = 0, before, i;

	(void)state;
	/* calls of opening are not yet those of filing */
	for (kill_at = 5; status != 0; kill_at += 7) {
		before = filed_in_order();
		status = live(kill_at);
		assert_true(status == 0 || status == FAULT_EXIT);
		met += status == FAULT_EXIT;
		assert_true(filed_in_order() >= before);
		check_ledger(filed_in_order());
		/* so many kills in a row look like the mail's fault */
		for (i = 0; i < MAILS; i++)
			assert_int_equal(mail_forget_attempts(
			    desk.office->store, mails[i]), 0);
	}
	printf("# %d kills\n", met);
	assert_true(met > 5);
	assert_int_equal(filed_in_order(), MAILS);
	check_ledger(MAILS);
	assert_int_equal(receipts(), 2 * RECEIPTS_PER_ADDRESS_DAY);
}

#define SENDER 77
#define BEYOND 20

static void
those_beyond_a_senders_cap_are_put_off_by_one_commit(void **state)
{
	struct store	*st = desk.office->store;
	struct arrival	 a[BEYOND];
	size_t		 cap = sender_cap(desk.office), i;
	char		 sql[1000];
	int		 syncs;

	(void)state;
	snprintf(sql, sizeof(sql), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
	    " SELECT i + 1 FROM n WHERE i < %zu) INSERT INTO mail (mail,"
	    " sha256, id, form, file_name, size, received_utc, taken_utc,"
	    " account, folder, is_backlog, state, sender) SELECT 1000 + i,"
	    " printf('%%064x', i), printf('s%%d', i), 0, '', 9, %lld, %lld,"
	    " 'a', 'INBOX', 0, 1, %d FROM n", cap + BEYOND, (long long)noon,
	    (long long)noon, SENDER);
	assert_int_equal(sqlite3_exec(st->db, sql, NULL, NULL, NULL),
	    SQLITE_OK);
	for (i = 0; i < BEYOND; i++)
		a[i] = (struct arrival){ .mail = 1001 + (int64_t)(cap + i),
		    .is_new = true, .sender = SENDER, .received_utc = noon,
		    .taken_utc = noon };
	a[0].mail = 1000 + (int64_t)cap; /* the last within it */
	fault_arm(FAULT_NONE, 0, NULL);
	assert_int_equal(sender_cap_apply(desk.office, a, BEYOND), 0);
	(void)fault_disarm(&syncs);
	assert_int_equal(mail_count(st, MESSAGE_DEFERRED), BEYOND - 1);
	assert_int_equal(syncs, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_ready_is_filed_by_few_commits),
		TEST(one_that_cannot_be_filed_holds_back_only_those_behind_it),
		TEST(an_order_in_the_middle_keeps_its_place),
		TEST(one_that_kills_the_daemon_is_soon_alone),
		TEST(one_that_kills_the_daemon_thrice_alone_is_put_aside),
		TEST(lives_that_end_otherwise_are_not_held_against_a_mail),
		TEST(kills_between_lose_nothing_and_double_nothing),
		TEST(those_beyond_a_senders_cap_are_put_off_by_one_commit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
