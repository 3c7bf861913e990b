/* Opening the state, its lock, transactions, migrations, small facts. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spool/handle.h"
#include "spool/kv.h"
#include "spool/query.h"
#include "spool/schema.h"
#include "tests/spool_box.h"

static mode_t
mode_of(struct box *b, const char *name)
{
	struct stat	sb;

	assert_int_equal(fstatat(store_dir_fd(b->st), name, &sb, 0), 0);
	return sb.st_mode & 07777;
}

static void
a_new_state_is_closed_to_others(void **state)
{
	struct box	*b = *state;

	assert_int_equal(mode_of(b, "tiepnhan.db"), 0600);
	assert_int_equal(mode_of(b, "tiepnhan.db-wal"), 0600);
	assert_int_equal(mode_of(b, "secret.key"), 0600);
	assert_int_equal(mode_of(b, "lock"), 0600);
	assert_int_equal(mode_of(b, "spool"), 0700);
	assert_int_equal(mode_of(b, "spool/tmp"), 0700);
	assert_int_equal(mode_of(b, "spool/incoming"), 0700);
	assert_int_equal(mode_of(b, ".") & 0007, 0);
}

static void
the_database_syncs_every_commit(void **state)
{
	struct box	*b = *state;
	struct query	 q;
	int64_t		 v;

	query_start_once(&q, b->st, "PRAGMA synchronous");
	assert_int_equal(query_number(&q, 0, &v), 0);
	assert_int_equal(v, 2);
	query_start_once(&q, b->st, "PRAGMA journal_mode");
	assert_int_equal(query_step(&q), 1);
	assert_string_equal(query_get_text(&q, 0), "wal");
	assert_int_equal(query_end(&q), 0);
}

static void
the_key_is_made_once_and_stays(void **state)
{
	struct box	*b = *state;
	uint8_t		 key[STORE_KEY_BYTES], zero[STORE_KEY_BYTES] = { 0 };

	memcpy(key, store_key(b->st), sizeof(key));
	assert_memory_not_equal(key, zero, sizeof(key));
	box_reopen(b);
	assert_memory_equal(key, store_key(b->st), sizeof(key));
}

static void
a_cut_key_is_named_and_not_replaced(void **state)
{
	struct box	*b = *state;
	struct store	*other;

	box_write(b->state, "secret.key", "short", 5);
	assert_int_equal(store_open(b->state, STORE_COMMAND, &other), -1);
	assert_int_equal(store_trouble(other), STORE_DAMAGED);
	assert_non_null(strstr(store_error(other), "secret.key"));
	store_close(other);
}

static void
a_second_daemon_is_refused_with_the_first_ones_pid(void **state)
{
	struct box	*b = *state;
	struct store	*other;
	char		 pid[24];

	assert_int_equal(store_open(b->state, STORE_DAEMON, &other), -1);
	assert_int_equal(store_trouble(other), STORE_LOCKED);
	assert_int_equal(store_pid(other), getpid());
	snprintf(pid, sizeof(pid), "pid %d", getpid());
	assert_non_null(strstr(store_error(other), pid));
	store_close(other);
	assert_int_equal(store_daemon_pid(b->state), getpid());
	store_close(b->st);
	b->st = NULL;
	assert_int_equal(store_daemon_pid(b->state), 0);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
}

static void
the_lock_dies_with_a_killed_daemon(void **state)
{
	struct box	*b = *state;
	pid_t		 pid;
	int		 status;

	store_close(b->st);
	b->st = NULL;
	pid = fork();
	if (pid == 0) {
		struct store *st;

		_exit(store_open(b->state, STORE_DAEMON, &st) == 0 ? 3 : 4);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 3);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
}

static void
the_command_works_beside_the_daemon(void **state)
{
	struct box	*b = *state;
	struct store	*command;
	int64_t		 before = store_version(b->st);

	assert_int_equal(store_open(b->state, STORE_COMMAND, &command), 0);
	assert_int_equal(kv_set_int(command, "x", 7), 0);
	assert_int_equal(kv_int(b->st, "x", 0), 7);
	assert_true(store_version(b->st) != before);
	store_close(command);
}

static void
reading_changes_nothing_and_wants_a_state(void **state)
{
	struct box	*b = *state;
	struct store	*reader;
	char		*nowhere;

	assert_int_equal(store_open(b->state, STORE_READ, &reader), 0);
	assert_int_equal(kv_set_int(reader, "x", 7), -1);
	assert_int_equal(store_trouble(reader), STORE_DENIED);
	store_close(reader);
	assert_true(asprintf(&nowhere, "%s/nowhere", b->dir) > 0);
	assert_int_equal(store_open(nowhere, STORE_READ, &reader), -1);
	assert_int_equal(store_trouble(reader), STORE_ABSENT);
	store_close(reader);
	assert_int_equal(access(nowhere, F_OK), -1);
	free(nowhere);
}

static void
a_newer_database_is_refused_and_left_alone(void **state)
{
	struct box	*b = *state;
	char		 back[64];

	store_close(b->st);
	b->st = NULL;
	box_sql(b, "PRAGMA user_version = 999");
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), -1);
	assert_int_equal(store_trouble(b->st), STORE_NEWER);
	assert_non_null(strstr(store_error(b->st), "999"));
	store_close(b->st);
	snprintf(back, sizeof(back), "PRAGMA user_version = %zu",
	    schema_n_steps);
	box_sql(b, back);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
}

static void
a_file_that_is_no_database_is_called_damaged(void **state)
{
	struct box	*b = *state;
	char		 junk[8192];

	store_close(b->st);
	b->st = NULL;
	memset(junk, 'x', sizeof(junk));
	box_write(b->state, "tiepnhan.db", junk, sizeof(junk));
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), -1);
	assert_int_equal(store_trouble(b->st), STORE_DAMAGED);
}

static void
migration_runs_each_missing_step_once_and_in_order(void **state)
{
	static const char *const steps[] = { "SELECT 1",
	    "CREATE TABLE a (x); INSERT INTO a VALUES (1)",
	    ("ALTER TABLE a ADD COLUMN y DEFAULT 5;"
	    "INSERT INTO a (x) VALUES (2)") };
	struct box	*b = *state;
	struct query	 q;
	int64_t		 sum;

	box_sql(b, "PRAGMA user_version = 1");
	assert_int_equal(schema_migrate(b->st, steps, 2), 0);
	assert_int_equal(schema_migrate(b->st, steps, 3), 0);
	assert_int_equal(schema_migrate(b->st, steps, 3), 0);
	assert_int_equal(schema_version(b->st), 3);
	query_start_once(&q, b->st, "SELECT sum(x * 10 + y) FROM a");
	assert_int_equal(query_number(&q, 0, &sum), 0);
	assert_int_equal(sum, 40);
}

static void
a_migration_that_fails_midway_leaves_no_trace(void **state)
{
	static const char *const steps[] = { "SELECT 1",
	    "CREATE TABLE a (x); INSERT INTO nowhere VALUES (1)" };
	static const char *const mended[] = { "SELECT 1",
	    "CREATE TABLE a (x)" };
	struct box	*b = *state;

	box_sql(b, "PRAGMA user_version = 1");
	assert_int_equal(schema_migrate(b->st, steps, 2), -1);
	assert_int_equal(schema_version(b->st), 1);
	assert_int_equal(schema_migrate(b->st, mended, 2), 0);
}

static void
a_broken_inner_transaction_undoes_the_outer_one(void **state)
{
	struct box	*b = *state;

	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_int(b->st, "outer", 1), 0);
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_int(b->st, "inner", 1), 0);
	store_rollback(b->st);
	assert_int_equal(store_commit(b->st), -1);
	assert_int_equal(kv_int(b->st, "outer", 0), 0);
	assert_int_equal(kv_int(b->st, "inner", 0), 0);
	/* and the next one starts clean */
	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_int(b->st, "outer", 2), 0);
	assert_int_equal(store_commit(b->st), 0);
	assert_int_equal(kv_int(b->st, "outer", 0), 2);
}

static void
a_failed_statement_breaks_the_transaction(void **state)
{
	struct box	*b = *state;

	assert_int_equal(store_begin(b->st), 0);
	assert_int_equal(kv_set_int(b->st, "x", 1), 0);
	assert_int_equal(query_exec(b->st, "INSERT INTO nowhere"
	    " VALUES (1)"), -1);
	assert_int_equal(store_commit(b->st), -1);
	assert_int_equal(kv_int(b->st, "x", 0), 0);
}

static void
values_are_set_read_and_dropped(void **state)
{
	struct box	*b = *state;
	char		*s;

	assert_int_equal(kv_int(b->st, "n", -3), -3);
	assert_null(kv_text(b->st, "t"));
	assert_int_equal(kv_set_int(b->st, "n", INT64_MAX), 0);
	assert_int_equal(kv_set_text(b->st, "t", "máy chủ"), 0);
	assert_int_equal(kv_set_text(b->st, "t", "máy chủ xa"), 0);
	box_reopen(b);
	assert_true(kv_int(b->st, "n", 0) == INT64_MAX);
	s = kv_text(b->st, "t");
	assert_string_equal(s, "máy chủ xa");
	free(s);
	assert_int_equal(kv_drop(b->st, "t"), 0);
	assert_null(kv_text(b->st, "t"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_state_is_closed_to_others),
		TEST(the_database_syncs_every_commit),
		TEST(the_key_is_made_once_and_stays),
		TEST(a_cut_key_is_named_and_not_replaced),
		TEST(a_second_daemon_is_refused_with_the_first_ones_pid),
		TEST(the_lock_dies_with_a_killed_daemon),
		TEST(the_command_works_beside_the_daemon),
		TEST(reading_changes_nothing_and_wants_a_state),
		TEST(a_newer_database_is_refused_and_left_alone),
		TEST(a_file_that_is_no_database_is_called_damaged),
		TEST(migration_runs_each_missing_step_once_and_in_order),
		TEST(a_migration_that_fails_midway_leaves_no_trace),
		TEST(a_broken_inner_transaction_undoes_the_outer_one),
		TEST(a_failed_statement_breaks_the_transaction),
		TEST(values_are_set_read_and_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
