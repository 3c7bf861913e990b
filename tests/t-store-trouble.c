/*
 * What the daemon and the command ask of the store, with each of its
 * system calls failing in turn: the trouble is told with its reason, and
 * the same request, made again, comes to its end with nothing missing.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/backup.h"
#include "spool/event.h"
#include "spool/folder.h"
#include "spool/logline.h"
#include "spool/mail.h"
#include "spool/purge.h"
#include "spool/verify.h"
#include "tests/fault.h"
#include "tests/spool_box.h"

#define CALLS_MAX 1000
#define STATUS_LOG "status.log"
#define OUTLINE "campaigns/c1/outline.txt"
#define LATER "a mail that waits"

static const struct event purging = { .time_utc = BOX_NOW, .who = "admin",
    .verb = "purge", .campaign = "", .unit = "", .detail = "",
    .reason = "sent by mistake" };

/* What is asked for, and what must then be so. */
struct request {
	const char	*name;
	void		(*prepare)(struct box *b); /* NULL: nothing */
	int		(*ask)(struct box *b);
	int		(*again)(struct box *b); /* NULL: the same */
	void		(*check)(struct box *b);
	int		step;	/* to be quick, one call in so many */
};

/* ---- helpers */

static int
count_finding(enum verify_finding what, const char *name, void *arg)
{
	(void)name;
	((int *)arg)[what]++;
	return 0;
}

static void
is_sound(struct store *st, int64_t want_files)
{
	int	 found[VERIFY_DATABASE_DAMAGED + 1] = { 0 }, i;
	int64_t	 n_files;

	assert_int_equal(verify_spool(st, count_finding, found, &n_files), 0);
	assert_int_equal(n_files, want_files);
	for (i = 0; i <= VERIFY_DATABASE_DAMAGED; i++)
		assert_int_equal(found[i], 0);
}

static char *
below(const struct box *b, const char *name)
{
	char	*path;

	assert_true(asprintf(&path, "%s/%s", b->dir, name) > 0);
	return path;
}

/* Two mails, the first of them parsed; a campaign's folder; a log line. */
static void
fill(struct box *b)
{
	(void)box_parsed(b, "one", "a@x.example");
	(void)box_mail(b, "two");
	assert_int_equal(mkdirat(store_dir_fd(b->st), "campaigns", 0700), 0);
	assert_int_equal(mkdirat(store_dir_fd(b->st), "campaigns/c1", 0700),
	    0);
	box_write(b->state, OUTLINE, "I heading", 9);
	assert_int_equal(logline_add(b->st, "first"), 0);
	box_write(b->dir, "letter.eml", LATER, strlen(LATER));
}

static void
has_outline(const char *dir)
{
	size_t	 len;
	char	*text = box_read(dir, OUTLINE, &len);

	assert_non_null(text);
	assert_string_equal(text, "I heading");
	free(text);
}

/* ---- the requests */

static int
open_again(struct box *b)
{
	store_close(b->st);
	return store_open(b->state, STORE_DAEMON, &b->st);
}

static void
has_both(struct box *b)
{
	assert_int_equal(mail_count(b->st, MESSAGE_PARSED), 1);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 1);
	is_sound(b->st, 2);
}

static int
open_new(struct box *b)
{
	store_close(b->st);
	box_remove(b->state);
	return store_open(b->state, STORE_DAEMON, &b->st);
}

/* A half-made state is gone on with, not begun again. */
static void
is_empty_state(struct box *b)
{
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 0);
	box_reopen(b);
	(void)box_mail(b, "the first one");
	is_sound(b->st, 1);
}

static int
recover(struct box *b)
{
	size_t	n;

	return arrival_recover(b->st, BOX_NOW, &n);
}

/* Rows are lost, and a crash left a mail in incoming/. */
static void
lose_a_row(struct box *b)
{
	char	sha256[65];

	box_sql(b, "DELETE FROM kv WHERE key = 'spool.stamp'");
	box_sql(b, "DELETE FROM mail WHERE state = 1");
	assert_int_equal(files_write(b->st, LATER, strlen(LATER), FILES_MAIL,
	    sha256), 0);
}

static void
has_three(struct box *b)
{
	assert_int_equal(mail_count(b->st, MESSAGE_PARSED), 1);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 2);
	is_sound(b->st, 3);
}

/* As `inject` does it. */
static int
take_copy(struct box *b)
{
	struct arrival	 a = { .name = "", .account = "inject", .folder = "",
	    .received_utc = BOX_NOW, .taken_utc = BOX_NOW, .uid = 7,
	    .sender = 5 };
	char		 sha256[65], *path = below(b, "letter.eml");
	FILE		*f = fopen(path, "r");
	int		 rc = -1;

	free(path);
	assert_non_null(f);
	a.sha256 = sha256;
	if (files_copy(b->st, fileno(f), FILES_MAIL, sha256, &a.size) == 0)
		rc = arrival_take(b->st, &a, 1);
	fclose(f);
	return rc;
}

static int
purge_first(struct box *b)
{
	return purge_mail(b->st, 1, &purging);
}

/* What a purge did not finish is finished by the next start. */
static int
finish_purge(struct box *b)
{
	struct mail	*m = mail_find(b->st, 1);
	bool		 is_purged = m->state == MESSAGE_PURGED;

	free(m);
	if (!is_purged)
		return purge_first(b);
	box_reopen(b);
	return recover(b);
}

static void
is_purged_once(struct box *b)
{
	enum event_fault fault;
	int64_t		 seq;

	assert_int_equal(mail_count(b->st, MESSAGE_PURGED), 1);
	is_sound(b->st, 1);
	assert_int_equal(event_verify(b->st, NULL, &fault, &seq), 0);
	assert_int_equal(fault, EVENT_SOUND);
	free(event_find(b->st, 1));
	assert_null(event_find(b->st, 2));
}

static int
back_up(struct box *b)
{
	char	*dir = below(b, "copy");
	int	 rc;

	box_remove(dir);
	rc = backup_copy(b->st, dir);
	free(dir);
	return rc;
}

static int
make_twin(struct box *b)
{
	char	*dir = below(b, "copy");
	int	 rc;

	box_remove(dir);
	rc = backup_twin(b->st, dir);
	free(dir);
	return rc;
}

static void
copy_is_whole(struct box *b)
{
	struct store	*copy;
	char		*dir = below(b, "copy");

	assert_int_equal(store_open(dir, STORE_DAEMON, &copy), 0);
	assert_int_equal(mail_count(copy, MESSAGE_PARSED), 1);
	assert_int_equal(mail_count(copy, MESSAGE_STORED), 1);
	is_sound(copy, 2);
	store_close(copy);
	has_outline(dir);
	free(dir);
}

static int
flush(struct box *b)
{
	enum logline_flushed what;

	return logline_flush(b->st, store_dir_fd(b->st), STATUS_LOG, &what);
}

/* The file was cut within its last line. */
static void
cut_log(struct box *b)
{
	assert_int_equal(logline_add(b->st, "second"), 0);
	box_write(b->state, STATUS_LOG, "first\nsec", 9);
}

/* Something else stands where the log should. */
static void
replace_log(struct box *b)
{
	box_write(b->state, STATUS_LOG, "x", 1);
}

static void
expect_log(struct box *b, const char *want)
{
	size_t	 len;
	char	*text = box_read(b->state, STATUS_LOG, &len);

	assert_non_null(text);
	assert_string_equal(text, want);
	free(text);
}

static void
log_has_first(struct box *b)
{
	expect_log(b, "first\n");
}

static void
log_has_both(struct box *b)
{
	expect_log(b, "first\nsecond\n");
}

/* ---- each call in turn */

static const char *const mode_names[] = { [FAULT_EIO] = "an error",
	[FAULT_READ] = "a read error", [FAULT_FULL] = "a full disk" };

static void
expect_reason(struct box *b, enum fault_mode mode)
{
	enum store_trouble t = store_trouble(b->st);
	const char	*text = store_error(b->st);

	assert_string_not_equal(text, "");
	if (mode == FAULT_FULL && t == STORE_FULL)
		return;
	/* SQLite calls a page damaged that cannot be read, and opens for
	   reading what it cannot open for writing */
	if ((mode == FAULT_READ && t == STORE_DAMAGED) ||
	    (mode != FAULT_READ && t == STORE_DENIED))
		assert_ptr_equal(strstr(text, "tiepnhan.db: "), text);
	else
		assert_int_equal(t, STORE_DISK);
}

/* One round with the n-th call failing. Was there an n-th? */
static bool
round_of(const struct request *r, enum fault_mode mode, int n, int *told)
{
	struct box	*b;
	void		*state;
	bool		 is_past;
	int		 rc;

	assert_int_equal(box_setup(&state), 0);
	b = state;
	fill(b);
	if (r->prepare != NULL)
		r->prepare(b);
	fault_arm(mode, n, NULL);
	rc = r->ask(b);
	is_past = fault_is_past();
	(void)fault_disarm(NULL);
	if (rc != 0) {
		assert_true(is_past);
		expect_reason(b, mode);
		++*told;
		rc = r->again == NULL ? r->ask(b) : r->again(b);
		if (rc != 0)
			print_message("%s\n", store_error(b->st));
		assert_int_equal(rc, 0);
	}
	r->check(b);
	assert_int_equal(box_teardown(&state), 0);
	return is_past;
}

/* FAULT_STEP in the environment says how many are tried, as 1: all. */
static void
each_call(const struct request *r)
{
	const char	*wish = getenv("FAULT_STEP");
	int		 step = wish == NULL ? r->step : atoi(wish);
	enum fault_mode	 mode;
	int		 n, told;

	assert_in_range(step, 1, CALLS_MAX);
	for (mode = FAULT_EIO; mode <= FAULT_FULL; mode++) {
		told = 0;
		for (n = 1; n < CALLS_MAX; n += step) {
			if (!round_of(r, mode, n, &told))
				break;
		}
		print_message("# %s, %s: some %d calls, one in %d failing:"
		    " %d refusals\n", r->name, mode_names[mode], n - 1,
		    step, told);
		assert_in_range(n, 2, CALLS_MAX - 1);
		/* some calls may fail: not the few of a long step only */
		assert_in_range(told, step <= r->step, n - 1);
	}
}

static void
opening_a_state_goes_on_after_any_failure(void **state)
{
	static const struct request old = { "open", NULL, open_again, NULL,
	    has_both, 3 };
	static const struct request new = { "make", NULL, open_new,
	    open_again, is_empty_state, 7 };

	(void)state;
	each_call(&old);
	each_call(&new);
}

static void
mail_is_taken_in_whole_or_not_at_all(void **state)
{
	static const struct request copied = { "copy and take", NULL,
	    take_copy, NULL, has_three, 1 };
	static const struct request left = { "recover", lose_a_row, recover,
	    NULL, has_three, 1 };

	(void)state;
	each_call(&copied);
	each_call(&left);
}

static void
a_purge_that_failed_is_finished(void **state)
{
	static const struct request purge = { "purge", NULL, purge_first,
	    finish_purge, is_purged_once, 2 };

	(void)state;
	each_call(&purge);
}

static void
a_backup_is_whole_or_refused(void **state)
{
	static const struct request copy = { "backup", NULL, back_up, NULL,
	    copy_is_whole, 2 };
	static const struct request twin = { "twin", NULL, make_twin, NULL,
	    copy_is_whole, 2 };

	(void)state;
	each_call(&copy);
	each_call(&twin);
}

static void
the_log_is_written_once(void **state)
{
	static const struct request new = { "log", NULL, flush, NULL,
	    log_has_first, 1 };
	static const struct request cut = { "cut log", cut_log, flush, NULL,
	    log_has_both, 3 };
	static const struct request foreign = { "foreign log", replace_log,
	    flush, NULL, log_has_first, 1 };

	(void)state;
	each_call(&new);
	each_call(&cut);
	each_call(&foreign);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opening_a_state_goes_on_after_any_failure),
		cmocka_unit_test(mail_is_taken_in_whole_or_not_at_all),
		cmocka_unit_test(a_purge_that_failed_is_finished),
		cmocka_unit_test(a_backup_is_whole_or_refused),
		cmocka_unit_test(the_log_is_written_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
