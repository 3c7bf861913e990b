/*
 * Older databases brought up, killed in the middle and by two at once; and
 * a backup while somebody writes.
 */
#include <sys/prctl.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "spool/backup.h"
#include "spool/handle.h"
#include "spool/kv.h"
#include "spool/query.h"
#include "spool/schema.h"
#include "tests/spool_box.h"

#define KILLS 30
#define COPIES 8

/* Each step long enough to be met in its middle: 3,000 rows and a table. */
#define STEP(n) "CREATE TABLE t" #n " (x INTEGER);" \
	"WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c " \
	"LIMIT 3000) INSERT INTO t" #n " SELECT i FROM c;" \
	"ALTER TABLE t" #n " ADD COLUMN y INTEGER NOT NULL DEFAULT " #n ";"

/* Far beyond this program's own steps, which then leave the file alone. */
#define FIRST 100
static const char *const steps[] = { [FIRST] = STEP(100), STEP(101),
    STEP(102), STEP(103), STEP(104), STEP(105), STEP(106), STEP(107) };
#define N_STEPS (sizeof(steps) / sizeof(steps[0]))

static int64_t
number(struct store *st, const char *sql)
{
	struct query	q;
	int64_t		v;

	query_start_once(&q, st, sql);
	assert_int_equal(query_number(&q, -1, &v), 0);
	return v;
}

/* Every table's columns and every index, one text; free(). */
static char *
describe(struct store *st)
{
	struct query	q;
	char		*text;

	query_start_once(&q, st, "SELECT group_concat(line, char(10)) FROM ("
	    "SELECT m.name || '.' || p.name || ' ' || p.type || ' ' || "
	    "p.\"notnull\" || ' ' || p.pk AS line FROM sqlite_master m, "
	    "pragma_table_info(m.name) p WHERE m.type = 'table' UNION ALL "
	    "SELECT m.tbl_name || ' ' || m.sql FROM sqlite_master m WHERE "
	    "m.type = 'index' AND m.sql IS NOT NULL ORDER BY 1)");
	assert_int_equal(query_step(&q), 1);
	text = strdup(query_get_text(&q, 0));
	assert_non_null(text);
	query_end(&q);
	return text;
}

/* As a program of that version has left it. */
static void
make_version(struct box *b, size_t version)
{
	char	*pragma;
	size_t	 i;

	for (i = 0; i < version; i++)
		box_sql(b, schema_steps[i]);
	assert_true(asprintf(&pragma, "PRAGMA user_version = %zu", version) >
	    0);
	box_sql(b, pragma);
	free(pragma);
	box_sql(b, "INSERT INTO kv VALUES ('kept', 17)");
}

static void
every_older_version_becomes_what_a_fresh_one_is(void **state)
{
	struct box	*b = *state;
	char		*fresh = describe(b->st), *upgraded, *path;
	size_t		 v;

	for (v = 1; v <= schema_n_steps; v++) {
		store_close(b->st);
		b->st = NULL;
		assert_true(asprintf(&path, "%s/tiepnhan.db", b->state) > 0);
		unlink(path);
		free(path);
		make_version(b, v);
		box_reopen(b);
		assert_int_equal(schema_version(b->st), schema_n_steps);
		assert_int_equal(kv_int(b->st, "kept", 0), 17);
		upgraded = describe(b->st);
		assert_string_equal(upgraded, fresh);
		free(upgraded);
	}
	free(fresh);
}

static void
assert_sound(struct store *st)
{
	assert_int_equal(number(st, "SELECT integrity_check = 'ok' FROM "
	    "pragma_integrity_check"), 1);
}

/* A step is there whole or not at all; what is counted is its version. */
static void
assert_whole(struct store *st)
{
	int64_t	v = number(st, "PRAGMA user_version");

	assert_int_equal(number(st, "SELECT count(*) FROM sqlite_master "
	    "WHERE name GLOB 't1[0-9][0-9]'"), v - FIRST);
	if (v > FIRST) {
		char	*sql;

		assert_true(asprintf(&sql, "SELECT count(y) FROM t%d",
		    (int)v - 1) > 0);
		assert_int_equal(number(st, sql), 3000);
		free(sql);
	}
	assert_sound(st);
}

static void
kill_nine_in_the_middle_leaves_the_old_or_the_new(void **state)
{
	struct box	*b = *state;
	struct store	*st;
	int		 i, met = 0, status;
	int64_t		 before, after;
	pid_t		 pid;

	box_sql(b, "PRAGMA user_version = 100");
	for (i = 0; i < KILLS; i++) {
		before = number(b->st, "PRAGMA user_version");
		store_close(b->st);
		b->st = NULL;
		pid = fork();
		if (pid == 0) {
			if (store_open(b->state, STORE_COMMAND, &st) == 0 ||
			    store_trouble(st) == STORE_NEWER)
				(void)schema_migrate(st, steps, N_STEPS);
			_exit(0);
		}
		/* at once first: that one cannot have ended */
		usleep((useconds_t)(i * 1500));
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		/* opened as it is, whatever this program's own version */
		(void)store_open(b->state, STORE_COMMAND, &b->st);
		assert_non_null(b->st->db);
		assert_whole(b->st);
		after = number(b->st, "PRAGMA user_version");
		assert_true(after >= before);
		met += WIFSIGNALED(status);
	}
	assert_true(met > 0);
	assert_int_equal(schema_migrate(b->st, steps, N_STEPS), 0);
	assert_int_equal(number(b->st, "PRAGMA user_version"), N_STEPS);
	assert_whole(b->st);
}

static void
two_at_once_bring_it_up_once(void **state)
{
	struct box	*b = *state;
	struct store	*st;
	int		 status;
	pid_t		 pid;

	box_sql(b, "PRAGMA user_version = 100");
	pid = fork();
	if (pid == 0) {
		if (store_open(b->state, STORE_COMMAND, &st) == -1 &&
		    store_trouble(st) != STORE_NEWER)
			_exit(1);
		_exit(schema_migrate(st, steps, N_STEPS) == 0 ? 0 : 2);
	}
	assert_int_equal(schema_migrate(b->st, steps, N_STEPS), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_whole(b->st);
}

/* Two facts that are always written together. */
static void
write_pairs(const char *dir)
{
	struct store	*st;
	int64_t		 i;

	if (store_open(dir, STORE_COMMAND, &st) == -1)
		_exit(1);
	for (i = 1;; i++) {
		if (store_begin(st) == -1 || kv_set_int(st, "one", i) == -1 ||
		    kv_set_int(st, "two", i) == -1 || store_commit(st) == -1)
			_exit(2);
	}
}

static void
a_backup_under_a_busy_writer_is_one_moment(void **state)
{
	struct box	*b = *state;
	struct store	*copy;
	char		*dir;
	int64_t		 last = 0, now;
	int		 i, status;
	pid_t		 pid;

	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		write_pairs(b->state);
	}
	while (kv_int(b->st, "two", 0) < 5)
		usleep(1000);
	for (i = 0; i < COPIES; i++) {
		assert_true(asprintf(&dir, "%s/copy%d", b->dir, i) > 0);
		if (backup_copy(b->st, dir) == -1)
			fail_msg("%s", store_error(b->st));
		assert_int_equal(store_open(dir, STORE_COMMAND, &copy), 0);
		now = kv_int(copy, "one", -1);
		assert_int_equal(kv_int(copy, "two", -2), now);
		assert_true(now > 0 && now >= last);
		assert_sound(copy);
		last = now;
		store_close(copy);
		free(dir);
	}
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_older_version_becomes_what_a_fresh_one_is),
		TEST(kill_nine_in_the_middle_leaves_the_old_or_the_new),
		TEST(two_at_once_bring_it_up_once),
		TEST(a_backup_under_a_busy_writer_is_one_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
