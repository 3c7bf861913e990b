/*
 * A state that is not as it should be: tables that are gone, files that are
 * none, callers that ask for what may not be. Each is told with its reason
 * and changes nothing.
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
#include "spool/filing.h"
#include "spool/folder.h"
#include "spool/lock.h"
#include "spool/logline.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/purge.h"
#include "spool/step.h"
#include "spool/submission.h"
#include "spool/token.h"
#include "spool/verify.h"
#include "tests/spool_box.h"

static const struct event event = { .time_utc = BOX_NOW, .who = "daemon",
    .verb = "file", .campaign = "c1", .unit = "", .detail = "",
    .reason = "" };

/* It must be refused, and the reason must name the table. */
static void
fails_for(struct box *b, const char *table, int result)
{
	char	want[64];

	snprintf(want, sizeof(want), "no such table: %s", table);
	assert_int_equal(result, -1);
	assert_non_null(strstr(store_error(b->st), want));
	assert_int_equal(store_trouble(b->st), STORE_DISK);
}

static void
drop(struct box *b, const char *table)
{
	char	sql[64];

	snprintf(sql, sizeof(sql), "DROP TABLE %s", table);
	box_sql(b, sql);
}

static int
no_mail(const struct mail *m, void *arg)
{
	(void)m;
	(void)arg;
	return 0;
}

static int
no_uid(const struct uid *u, void *arg)
{
	(void)u;
	(void)arg;
	return 0;
}

static int
no_line(const char *line, void *arg)
{
	(void)line;
	(void)arg;
	return 0;
}

/* ---- tables that are gone */

static void
without_mails_nothing_is_taken_or_changed(void **state)
{
	struct mail_parsed parsed = { "x", 1, 1, "", "", "", "" };
	struct mail_filter all = { 0 };
	struct box	*b = *state;
	struct arrival	 a;
	struct event	 e = event;
	int64_t		 mail = box_mail(b, "one"), found[2], turn;
	char		 sha256[65];
	size_t		 n;

	box_arrival(b, "two", &a, sha256);
	drop(b, "mail");
	fails_for(b, "mail", arrival_take(b->st, &a, 1));
	fails_for(b, "mail", arrival_recover(b->st, BOX_NOW, &n));
	fails_for(b, "mail", mail_each(b->st, &all, no_mail, NULL));
	fails_for(b, "mail", mail_pending(b->st, MESSAGE_STORED, BOX_NOW,
	    found, 2));
	fails_for(b, "mail", mail_next_turn(b->st, 0, &turn));
	fails_for(b, "mail", mail_attempt(b->st, &mail, 1));
	fails_for(b, "mail", mail_set_parsed(b->st, mail, &parsed));
	fails_for(b, "mail", mail_set_state(b->st, mail, MESSAGE_ASIDE, "",
	    0));
	fails_for(b, "mail", mail_retry(b->st, mail));
	fails_for(b, "mail", mail_forget_name(b->st, mail));
	fails_for(b, "mail", purge_expired(b->st, BOX_NOW, found, 2));
	fails_for(b, "mail", purge_derived(b->st));
	assert_null(mail_find(b->st, mail));
	assert_int_equal(purge_mail(b->st, mail, &e), -1);
	/* the file waits for better times */
	assert_int_equal(faccessat(files_dir_fd(b->st), "incoming", F_OK, 0),
	    0);
	assert_int_equal(mkdirat(files_dir_fd(b->st), "incoming/x", 0700), 0);
}

static void
a_mail_whose_neighbour_tables_are_gone_is_not_half_taken(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	char		 sha256[65];

	box_arrival(b, "one", &a, sha256);
	a.uid = 7;
	drop(b, "uid");
	fails_for(b, "uid", arrival_take(b->st, &a, 1));
	fails_for(b, "uid", uid_each(b->st, "office", "INBOX", UID_FAILED,
	    no_uid, NULL));
	assert_null(mail_find_sha256(b->st, sha256));
}

static void
a_decision_with_a_table_gone_leaves_nothing_behind(void **state)
{
	struct filing_attachment part = { .index = 0, .name = "", .in = "",
	    .format = "docx", .role = ROLE_REPORT, .unit = "U1",
	    .sha256 = "f" };
	struct box	*b = *state;
	int64_t		 mail = box_parsed(b, "one", "a@x"), id;
	struct filing	 f = { .mail = mail, .kind = FILING_OTHER,
	    .campaign = "", .reason = "", .evidence = "", .decided_by = "" };
	struct submission s = { .campaign = "c1", .unit = "U1",
	    .sha256 = "f", .name = "", .channel = SUBMISSION_EMAIL,
	    .number = "", .doc_date = "", .review = "", .outline_hash = "" };
	struct event	 e = event;
	bool		 is_new;

	part.mail = mail;
	drop(b, "attachment");
	fails_for(b, "attachment", filing_put(b->st, &f, &part, 1));
	assert_null(filing_find(b->st, mail));
	fails_for(b, "attachment", purge_mail(b->st, mail, &e));
	drop(b, "submission");
	fails_for(b, "submission", submission_add(b->st, &s, &id, &is_new));
	assert_null(event_find(b->st, 1));
}

static void
without_events_no_chain_goes_on(void **state)
{
	struct box	*b = *state;
	struct event_filter all = { 0 };
	struct event	 e = event;
	enum event_fault fault;
	char		 head[65];
	int64_t		 seq;

	assert_int_equal(event_append(b->st, &e, &seq), 0);
	e.undoes = seq;
	drop(b, "undone");
	assert_int_equal(event_append(b->st, &e, &seq), -1);
	assert_int_equal(seq, 1);
	drop(b, "event");
	e.undoes = 0;
	fails_for(b, "event", event_append(b->st, &e, &seq));
	fails_for(b, "event", event_head(b->st, head));
	fails_for(b, "event", event_verify(b->st, NULL, &fault, &seq));
	fails_for(b, "event", event_each(b->st, &all, NULL, NULL));
}

static void
without_its_rows_no_mail_of_ours_goes_out(void **state)
{
	struct outgoing_result sent = { .state = OUTGOING_SENT,
	    .time_utc = BOX_NOW, .error = "" };
	const char	*unit = "U1";
	struct box	*b = *state;
	struct outgoing	 o = { .message_id = "1@x", .kind = "receipt",
	    .campaign = "", .step = "", .to = "a@x", .units = &unit,
	    .n_units = 1, .created_utc = BOX_NOW };
	int64_t		 id, other;
	bool		 is_new;

	assert_int_equal(outgoing_add(b->st, &o, "raw", 3, &id), 0);
	drop(b, "outgoing_unit");
	o.message_id = "2@x";
	fails_for(b, "outgoing_unit", outgoing_add(b->st, &o, "raw", 3,
	    &other));
	assert_null(outgoing_find_message_id(b->st, "2@x"));
	drop(b, "receipt");
	fails_for(b, "receipt", outgoing_claim_receipt(b->st, "a@x", "f",
	    &is_new));
	drop(b, "outgoing_raw");
	assert_int_equal(outgoing_claim(b->st, id), 0);
	fails_for(b, "outgoing_raw", outgoing_settle(b->st, id, &sent));
	drop(b, "outgoing");
	fails_for(b, "outgoing", outgoing_claim(b->st, id));
	fails_for(b, "outgoing", outgoing_recover(b->st));
}

static void
other_tables_that_are_gone_are_named_too(void **state)
{
	struct box	*b = *state;
	struct folder	 f = { "office", "INBOX", 1, 2, BOX_NOW };
	struct step	 s = { "c1", "U1", "first", BOX_NOW, STEP_WAITING, 0,
	    BOX_NOW, "" };
	struct token	*t = NULL;
	enum token_answer answer;
	enum logline_flushed what;
	bool		 is_new;

	drop(b, "folder");
	fails_for(b, "folder", folder_save(b->st, &f));
	drop(b, "step");
	fails_for(b, "step", step_put(b->st, &s, &is_new));
	drop(b, "token");
	fails_for(b, "token", token_use(b->st, "x", "a@x", BOX_NOW, &answer,
	    &t));
	assert_null(t);
	drop(b, "logline");
	fails_for(b, "logline", logline_add(b->st, "x"));
	fails_for(b, "logline", logline_each(b->st, 0, no_line, NULL));
	fails_for(b, "logline", logline_flush(b->st, store_dir_fd(b->st),
	    "status.log", &what));
}

/* ---- requests that may not be */

static void
illegal_changes_are_refused_and_change_nothing(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = box_mail(b, "one");
	struct mail	*m;
	struct arrival	 a = { .sha256 = "../etc/passwd" };

	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_PURGED, "", 0),
	    -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_STORED, "", 0),
	    -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(arrival_take(b->st, &a, 1), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(files_open(b->st, "../x", FILES_MAIL), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	m = mail_find(b->st, mail);
	assert_int_equal(m->state, MESSAGE_STORED);
	free(m);
}

static void
only_names_of_mails_are_taken_for_mails(void **state)
{
	static const char hash[] =
	    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	enum files_form	form;
	char		name[FILES_NAME + 8], sha256[65];

	(void)state;
	files_name(hash, FILES_BARE, name);
	assert_int_equal(files_name_parse(name, sha256, &form), 0);
	assert_string_equal(sha256, hash);
	assert_int_equal(form, FILES_BARE);
	snprintf(name, sizeof(name), "%s.tmp", hash);
	assert_int_equal(files_name_parse(name, sha256, &form), -1);
	assert_int_equal(files_name_parse(hash, sha256, &form), -1);
	assert_int_equal(files_name_parse("x.eml", sha256, &form), -1);
	snprintf(name, sizeof(name), "%.63sG.eml", hash);
	assert_int_equal(files_name_parse(name, sha256, &form), -1);
}

static void
a_bare_files_name_is_forgotten_for_good(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	struct mail	*m;
	char		 sha256[65];

	assert_int_equal(files_write(b->st, "text", 4, FILES_BARE, sha256),
	    0);
	memset(&a, 0, sizeof(a));
	a.sha256 = sha256;
	a.form = FILES_BARE;
	a.name = "Báo cáo.docx";
	a.account = "add";
	a.folder = "";
	a.size = 4;
	a.taken_utc = a.received_utc = BOX_NOW;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	m = mail_find(b->st, a.mail);
	assert_string_equal(m->file_name, "Báo cáo.docx");
	free(m);
	assert_int_equal(mail_forget_name(b->st, a.mail), 0);
	m = mail_find(b->st, a.mail);
	assert_string_equal(m->file_name, "");
	free(m);
}

/* ---- what else may lie in a state folder */

static void
a_backup_leaves_out_what_is_no_file_of_ours(void **state)
{
	struct box	*b = *state;
	struct stat	 sb;
	char		*dir, *path;

	assert_int_equal(mkdirat(store_dir_fd(b->st), "campaigns", 0700), 0);
	assert_int_equal(mkfifoat(store_dir_fd(b->st), "campaigns/fifo",
	    0600), 0);
	assert_int_equal(symlinkat("/etc/passwd", store_dir_fd(b->st),
	    "campaigns/link"), 0);
	assert_true(asprintf(&dir, "%s/copy", b->dir) > 0);
	assert_int_equal(backup_copy(b->st, dir), 0);
	assert_true(asprintf(&path, "%s/campaigns/link", dir) > 0);
	assert_int_equal(lstat(path, &sb), -1);
	free(path);
	assert_true(asprintf(&path, "%s/campaigns/fifo", dir) > 0);
	assert_int_equal(lstat(path, &sb), -1);
	free(path);
	free(dir);
	/* nor is it made where a file stands */
	assert_true(asprintf(&dir, "%s/tiepnhan.db", b->state) > 0);
	assert_int_equal(backup_copy(b->st, dir), -1);
	free(dir);
}

static int
count_damage(enum verify_finding what, const char *name, void *arg)
{
	(void)name;
	*(int *)arg += what == VERIFY_FILE_DAMAGED;
	return 0;
}

static void
a_link_in_place_of_a_mail_is_damage_and_never_followed(void **state)
{
	struct box	*b = *state;
	struct mail	*m = mail_find(b->st, box_mail(b, "one"));
	char		 name[FILES_NAME];
	int64_t		 n_files;
	size_t		 n;
	int		 damaged = 0;

	files_name(m->sha256, m->form, name);
	free(m);
	assert_int_equal(unlinkat(files_dir_fd(b->st), name, 0), 0);
	assert_int_equal(symlinkat("/etc/passwd", files_dir_fd(b->st), name),
	    0);
	assert_int_equal(verify_spool(b->st, count_damage, &damaged,
	    &n_files), 0);
	assert_int_equal(damaged, 1);
	/* nor is it entered when rows are lost */
	box_sql(b, "DELETE FROM mail; DELETE FROM kv");
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(n, 0);
}

static void
the_lock_tells_who_holds_it(void **state)
{
	struct box	*b = *state;
	struct store	*second;
	char		*other;

	assert_int_equal(store_daemon_pid(b->state), getpid());
	assert_int_equal(store_open(b->state, STORE_DAEMON, &second), -1);
	assert_int_equal(store_trouble(second), STORE_LOCKED);
	assert_int_equal(store_pid(second), getpid());
	store_close(second);
	/* a holder that has not written its number yet is one all the same */
	box_write(b->state, LOCK_NAME, "", 0);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &second), -1);
	assert_int_equal(store_trouble(second), STORE_LOCKED);
	store_close(second);
	assert_true(asprintf(&other, "%s/none", b->dir) > 0);
	assert_int_equal(store_daemon_pid(other), 0);
	assert_int_equal(mkdir(other, 0700), 0);
	assert_int_equal(store_daemon_pid(other), 0);
	free(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_mails_nothing_is_taken_or_changed),
		TEST(a_mail_whose_neighbour_tables_are_gone_is_not_half_taken),
		TEST(a_decision_with_a_table_gone_leaves_nothing_behind),
		TEST(without_events_no_chain_goes_on),
		TEST(without_its_rows_no_mail_of_ours_goes_out),
		TEST(other_tables_that_are_gone_are_named_too),
		TEST(illegal_changes_are_refused_and_change_nothing),
		cmocka_unit_test(only_names_of_mails_are_taken_for_mails),
		TEST(a_bare_files_name_is_forgotten_for_good),
		TEST(a_backup_leaves_out_what_is_no_file_of_ours),
		TEST(a_link_in_place_of_a_mail_is_damage_and_never_followed),
		TEST(the_lock_tells_who_holds_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
