/*
 * Several transactions with one commit, and statements that stay prepared:
 * what a group's members owe each other, and what it saves.
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

#include "spool/event.h"
#include "spool/handle.h"
#include "spool/kv.h"
#include "spool/mail.h"
#include "spool/query.h"
#include "tests/fault.h"
#include "tests/spool_box.h"

/* One member: two facts, whole or absent. */
static int
put_pair(struct store *st, const char *a, const char *b, bool fails)
{
	if (store_begin(st) == -1)
		return -1;
	if (kv_set_int(st, a, 1) == -1 || fails) {
		store_rollback(st);
		return -1;
	}
	(void)kv_set_int(st, b, 1);
	return store_commit(st);
}

static void
a_member_that_fails_takes_no_other_with_it(void **state)
{
	struct box	*b = *state;

	assert_int_equal(store_group_begin(b->st, STORE_GROUP_SYNCED), 0);
	assert_int_equal(put_pair(b->st, "a", "b", false), 0);
	assert_int_equal(put_pair(b->st, "c", "d", true), -1);
	assert_int_equal(put_pair(b->st, "e", "f", false), 0);
	assert_int_equal(store_group_commit(b->st), 0);
	box_reopen(b);
	assert_int_equal(kv_int(b->st, "a", 0) + kv_int(b->st, "b", 0), 2);
	assert_int_equal(kv_int(b->st, "c", 0) + kv_int(b->st, "d", 0), 0);
	assert_int_equal(kv_int(b->st, "e", 0) + kv_int(b->st, "f", 0), 2);
}

static void
a_member_is_broken_by_its_inner_transaction(void **state)
{
	struct box	*b = *state;

	assert_int_equal(store_group_begin(b->st, STORE_GROUP_SYNCED), 0);
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_int(b->st, "outer", 1), 0);
	assert_int_equal(put_pair(b->st, "in", "ner", true), -1);
	assert_int_equal(store_commit(b->st), -1);
	assert_int_equal(put_pair(b->st, "a", "b", false), 0);
	assert_int_equal(store_group_commit(b->st), 0);
	assert_int_equal(kv_int(b->st, "outer", 0), 0);
	assert_int_equal(kv_int(b->st, "a", 0), 1);
}

static void
a_failed_statement_breaks_only_its_member(void **state)
{
	struct box	*b = *state;

	assert_int_equal(store_group_begin(b->st, STORE_GROUP_SYNCED), 0);
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_int(b->st, "x", 1), 0);
	assert_int_equal(query_exec(b->st, "INSERT INTO nowhere"
	    " VALUES (1)"), -1);
	assert_int_equal(store_commit(b->st), -1);
	/* between the members too */
	assert_int_equal(query_exec(b->st, "DELETE FROM nowhere"), -1);
	assert_int_equal(store_group_commit(b->st), 0);
	assert_int_equal(kv_int(b->st, "x", 0), 0);
	/* and the next transaction is a usual one */
	assert_int_equal(put_pair(b->st, "a", "b", false), 0);
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(put_pair(b->st, "c", "d", true), -1);
	assert_int_equal(store_commit(b->st), -1);
}

/* The database may not grow any more: SQLite rolls all of it back. */
static void
what_sqlite_rolls_back_is_gone_for_the_whole_group(void **state)
{
	struct box	*b = *state;
	char		*long_text = malloc(1 << 20);

	memset(long_text, 'x', (1 << 20) - 1);
	long_text[(1 << 20) - 1] = '\0';
	assert_int_equal(query_exec(b->st, "PRAGMA max_page_count = 100"), 0);
	assert_int_equal(store_group_begin(b->st, STORE_GROUP_SYNCED), 0);
	assert_int_equal(put_pair(b->st, "a", "b", false), 0);
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_text(b->st, "long", long_text), -1);
	assert_int_equal(store_trouble(b->st), STORE_FULL);
	/* nothing more of it is written, as if it stood alone */
	assert_int_equal(kv_set_int(b->st, "after", 1), -1);
	assert_int_equal(store_commit(b->st), -1);
	assert_int_equal(put_pair(b->st, "c", "d", false), -1);
	assert_int_equal(store_group_commit(b->st), -1);
	assert_int_equal(store_trouble(b->st), STORE_FULL);
	assert_int_equal(kv_int(b->st, "a", 0), 0);
	assert_int_equal(kv_int(b->st, "after", 0), 0);
	assert_int_equal(kv_int(b->st, "c", 0), 0);
	assert_int_equal(put_pair(b->st, "c", "d", false), 0);
	free(long_text);
}

static void
a_group_that_ends_with_its_process_has_never_been(void **state)
{
	struct box	*b = *state;
	int		 status;
	pid_t		 pid;

	store_close(b->st);
	b->st = NULL;
	pid = fork();
	if (pid == 0) {
		struct store	*st;

		if (store_open(b->state, STORE_DAEMON, &st) == -1 ||
		    store_group_begin(st, STORE_GROUP_SYNCED) == -1 ||
		    put_pair(st, "a", "b", false) == -1 ||
		    put_pair(st, "c", "d", false) == -1)
			_exit(1);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
	assert_int_equal(kv_int(b->st, "a", 0) + kv_int(b->st, "d", 0), 0);
}

/* Syncs of forty transactions, in a group of that kind or (0) without. */
static int
syncs_of_forty(struct store *st, enum store_group kind)
{
	static int	all; /* each key is new: the same value writes nothing */
	char		key[32];
	int		i;

	fault_arm(FAULT_NONE, 0, NULL);
	if (kind != 0)
		assert_int_equal(store_group_begin(st, kind), 0);
	for (i = 0; i < 40; i++) {
		(void)snprintf(key, sizeof(key), "key %d", all++);
		assert_int_equal(put_pair(st, key, "b", false), 0);
	}
	if (kind != 0)
		assert_int_equal(store_group_commit(st), 0);
	(void)fault_disarm(&i);
	return i;
}

static void
a_group_needs_one_sync_and_a_lazy_one_none(void **state)
{
	struct box	*b = *state;
	struct query	 q;
	int64_t		 v;

	assert_int_equal(put_pair(b->st, "a", "b", false), 0);
	assert_true(syncs_of_forty(b->st, 0) >= 40);
	assert_int_equal(syncs_of_forty(b->st, STORE_GROUP_SYNCED), 1);
	assert_int_equal(syncs_of_forty(b->st, STORE_GROUP_LAZY), 0);
	/* the next usual commit puts it on disk */
	assert_int_equal(syncs_of_forty(b->st, STORE_GROUP_SYNCED), 1);
	query_start_once(&q, b->st, "PRAGMA synchronous");
	assert_int_equal(query_number(&q, 0, &v), 0);
	assert_int_equal(v, 2);
}

/* ---- statements */

static int
nested_row(const struct event *e, void *arg)
{
	struct event_filter f = { .verb = "nested", .after = e->seq };

	/* the same text while the outer walk goes on */
	return event_each(arg, &f, nested_row, arg);
}

static void
texts_put_together_stay_prepared_once(void **state)
{
	struct event	 e = { .who = "w", .verb = "nested", .campaign = "",
		.unit = "", .detail = "", .reason = "" };
	struct event_filter f = { .verb = "nested" };
	struct box	*b = *state;
	sqlite3_stmt	*s;
	int64_t		 seq;
	int		 i, n = 0, before = 0;

	for (i = 0; i < 3; i++)
		assert_int_equal(event_append(b->st, &e, &seq), 0);
	for (i = 0; i < 5; i++) {
		assert_int_equal(event_each(b->st, &f, nested_row, b->st),
		    0);
		(void)mail_count(b->st, MESSAGE_STORED);
		(void)mail_count(b->st, MESSAGE_PARSED);
		n = 0;
		for (s = sqlite3_next_stmt(b->st->db, NULL); s != NULL;
		    s = sqlite3_next_stmt(b->st->db, s))
			n++;
		if (i > 0)
			assert_int_equal(n, before);
		before = n;
	}
}

static void
more_texts_than_are_kept_work_too(void **state)
{
	struct box	*b = *state;
	struct query	 q;
	char		 sql[64];
	int64_t		 v;
	int		 i;

	for (i = 0; i < 1500; i++) {
		(void)snprintf(sql, sizeof(sql), "SELECT %d", i % 1000);
		query_start_text(&q, b->st, sql);
		assert_int_equal(query_number(&q, -1, &v), 0);
		assert_int_equal(v, i % 1000);
	}
	assert_int_equal(kv_set_int(b->st, "x", 7), 0);
	assert_int_equal(kv_int(b->st, "x", 0), 7);
}

static void
a_kept_statement_outlives_a_change_of_the_schema(void **state)
{
	struct box	*b = *state;

	assert_int_equal(kv_set_int(b->st, "x", 7), 0);
	assert_int_equal(kv_int(b->st, "x", 0), 7);
	box_sql(b, "ALTER TABLE kv ADD COLUMN more; CREATE TABLE new (a)");
	assert_int_equal(kv_int(b->st, "x", 0), 7);
	assert_int_equal(kv_set_int(b->st, "x", 8), 0);
	assert_int_equal(kv_int(b->st, "x", 0), 8);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_member_that_fails_takes_no_other_with_it),
		TEST(a_member_is_broken_by_its_inner_transaction),
		TEST(a_failed_statement_breaks_only_its_member),
		TEST(what_sqlite_rolls_back_is_gone_for_the_whole_group),
		TEST(a_group_that_ends_with_its_process_has_never_been),
		TEST(a_group_needs_one_sync_and_a_lazy_one_none),
		TEST(texts_put_together_stay_prepared_once),
		TEST(more_texts_than_are_kept_work_too),
		TEST(a_kept_statement_outlives_a_change_of_the_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
