/* Purging, expiry, rebuilding, verifying, backup. */
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
#include "spool/digest.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/mail.h"
#include "spool/purge.h"
#include "spool/submission.h"
#include "spool/verify.h"
#include "tests/spool_box.h"

static const struct event purging = { .time_utc = BOX_NOW, .who = "admin",
    .verb = "purge", .campaign = "", .unit = "", .detail = "",
    .reason = "sent by mistake" };

static int
is_there(const struct submission *s, void *arg)
{
	(void)s;
	(void)arg;
	return 1;
}

/* A filed mail with a submission, full of texts that must go. */
static int64_t
file_mail(struct box *b, const char *text, bool is_submission)
{
	int64_t		 mail = box_parsed(b, text, "sender-secret@x");
	char		 sha256[65];
	struct filing	 f = { .mail = mail, .kind = FILING_SUBMISSION,
	    .campaign = "c1", .reason = "reason-secret",
	    .evidence = "evidence-secret", .decided_by = "" };
	struct filing_attachment a = { .mail = mail, .name = "name-secret",
	    .in = "", .format = "docx", .role = ROLE_REPORT, .unit = "U1",
	    .sha256 = "f" };
	struct submission s = { .campaign = "c1", .unit = "U1", .mail = mail,
	    .sha256 = sha256, .name = "name-secret", .number = "",
	    .doc_date = "", .review = "", .channel = SUBMISSION_EMAIL,
	    .coverage = "coverage-secret", .coverage_len = 15,
	    .outline_hash = "", .received_utc = BOX_NOW };
	int64_t		 id;
	bool		 is_new;

	digest_bytes(text, strlen(text), sha256);
	assert_int_equal(filing_put(b->st, &f, &a, 1), 0);
	if (is_submission)
		assert_int_equal(submission_add(b->st, &s, &id, &is_new), 0);
	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_FILED, "", 0),
	    0);
	return mail;
}

static int
contains(struct box *b, const char *file, const char *what)
{
	char	*command;
	int	 rc;

	assert_true(asprintf(&command, "grep -q '%s' '%s/%s' 2>/dev/null",
	    what, b->state, file) > 0);
	rc = system(command);
	free(command);
	return rc == 0;
}

static void
a_purged_mail_leaves_a_tombstone_and_an_event_only(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = file_mail(b, "body-secret", true), seq;
	struct mail	*m;
	struct event	*e;
	struct filing	*f;
	enum event_fault fault;
	size_t		 len;

	assert_int_equal(purge_mail(b->st, mail, &purging), 0);
	m = mail_find(b->st, mail);
	assert_int_equal(m->state, MESSAGE_PURGED);
	assert_string_equal(m->from_address, "");
	assert_int_equal(m->size, 11);
	assert_int_equal(m->received_utc, BOX_NOW - 60);
	assert_int_equal(files_open(b->st, m->sha256, m->form), -1);
	free(m);
	assert_null(mail_parsed_find(b->st, mail, &len));
	f = filing_find(b->st, mail);
	assert_string_equal(f->reason, "");
	assert_string_equal(f->campaign, "c1");
	free(f);
	e = event_find(b->st, 1);
	assert_int_equal(e->mail, mail);
	assert_string_equal(e->reason, "sent by mistake");
	free(e);
	assert_int_equal(event_verify(b->st, NULL, &fault, &seq), 0);
	assert_int_equal(fault, EVENT_SOUND);
	/* nor does its text lie about in freed pages or the log */
	assert_false(contains(b, "tiepnhan.db", "-secret"));
	assert_false(contains(b, "tiepnhan.db-wal", "-secret"));
	assert_int_equal(purge_mail(b->st, mail, &purging), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
}

static void
a_file_that_survived_its_purge_goes_at_the_next_start(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = file_mail(b, "text", false);
	struct mail	*m = mail_find(b->st, mail);
	char		 name[100];
	size_t		 n, len;

	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(purge_mail(b->st, mail, &purging), 0);
	snprintf(name, sizeof(name), "spool/%s.eml", m->sha256);
	free(m);
	box_write(b->state, name, "text", 4);
	box_reopen(b);
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(n, 0);
	assert_null(box_read(b->state, name, &len));
}

static void
only_finished_mails_that_are_no_submission_expire(void **state)
{
	struct box	*b = *state;
	int64_t		 plain = file_mail(b, "question", false);
	int64_t		 found[4];

	(void)file_mail(b, "report", true);
	(void)box_mail(b, "unread");
	assert_int_equal(purge_expired(b->st, BOX_NOW, found, 4), 0);
	assert_int_equal(purge_expired(b->st, BOX_NOW + 1, found, 4), 1);
	assert_int_equal(found[0], plain);
}

static void
what_was_derived_is_forgotten_and_the_rest_stays(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = file_mail(b, "report", true), gone, seq;
	struct submission paper = { .campaign = "c1", .unit = "U9",
	    .sha256 = "", .name = "", .channel = SUBMISSION_PAPER,
	    .number = "", .doc_date = "", .review = "", .outline_hash = "" };
	struct event	 e = purging;
	struct mail	*m;
	struct submission *s;
	struct filing	*f;
	int64_t		 id;
	bool		 is_new;

	gone = file_mail(b, "gone", true);
	assert_int_equal(purge_mail(b->st, gone, &purging), 0);
	assert_int_equal(submission_add(b->st, &paper, &id, &is_new), 0);
	assert_int_equal(event_append(b->st, &e, &seq), 0);
	assert_int_equal(purge_derived(b->st), 0);
	m = mail_find(b->st, mail);
	assert_int_equal(m->state, MESSAGE_STORED);
	free(m);
	m = mail_find(b->st, gone);
	assert_int_equal(m->state, MESSAGE_PURGED);
	free(m);
	assert_null(filing_find(b->st, mail));
	s = submission_find(b->st, id);
	assert_string_equal(s->unit, "U9");
	free(s);
	/* nothing could file these again */
	f = filing_find(b->st, gone);
	assert_string_equal(f->campaign, "c1");
	free(f);
	assert_int_equal(submission_each_mail(b->st, gone, is_there, NULL),
	    1);
	free(event_find(b->st, seq));
	assert_int_equal(seq, 2);
}

/* ---- verifying */

struct found {
	int	n[6];
};

static int
note(enum verify_finding what, const char *name, void *arg)
{
	assert_true(*name != '\0');
	((struct found *)arg)->n[what]++;
	return 0;
}

static void
verify_finds_each_kind_of_damage(void **state)
{
	struct box	*b = *state;
	struct found	 f = { { 0 } };
	struct mail	*m;
	int64_t		 n_files, mails[4];
	char		 name[100];
	int		 i;

	for (i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "mail %d", i);
		mails[i] = file_mail(b, name, false);
	}
	assert_int_equal(verify_spool(b->st, note, &f, &n_files), 0);
	assert_int_equal(n_files, 4);
	for (i = 0; i < 6; i++)
		assert_int_equal(f.n[i], 0);

	m = mail_find(b->st, mails[0]);
	assert_int_equal(unlinkat(files_dir_fd(b->st), (snprintf(name,
	    sizeof(name), "%s.eml", m->sha256), name), 0), 0);
	free(m);
	m = mail_find(b->st, mails[1]);
	snprintf(name, sizeof(name), "spool/%s.eml", m->sha256);
	box_write(b->state, name, "mail X", 6);
	free(m);
	m = mail_find(b->st, mails[2]);
	assert_int_equal(purge_mail(b->st, mails[2], &purging), 0);
	snprintf(name, sizeof(name), "spool/%s.eml", m->sha256);
	box_write(b->state, name, "mail 2", 6);
	free(m);
	box_write(b->state, "spool/stray.txt", "?", 1);
	assert_int_equal(verify_spool(b->st, note, &f, &n_files), 0);
	assert_int_equal(f.n[VERIFY_FILE_MISSING], 1);
	assert_int_equal(f.n[VERIFY_FILE_DAMAGED], 1);
	assert_int_equal(f.n[VERIFY_FILE_UNPURGED], 1);
	assert_int_equal(f.n[VERIFY_FILE_UNKNOWN], 1);
	assert_int_equal(f.n[VERIFY_DATABASE_DAMAGED], 0);
}

/* ---- backup */

static void
a_backup_is_a_state_of_its_own(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = file_mail(b, "report", true), n_files;
	struct found	 f = { { 0 } };
	struct store	*copy;
	struct stat	 sb;
	char		*dir, *text;
	size_t		 len;

	assert_int_equal(mkdirat(store_dir_fd(b->st), "campaigns", 0700), 0);
	assert_int_equal(mkdirat(store_dir_fd(b->st), "campaigns/c1", 0700),
	    0);
	box_write(b->state, "campaigns/c1/outline.txt", "I heading", 9);
	assert_true(asprintf(&dir, "%s/copy", b->dir) > 0);
	assert_int_equal(backup_copy(b->st, dir), 0);
	assert_int_equal(stat(dir, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0700);
	/* what comes after is not in it */
	(void)box_mail(b, "later");

	assert_int_equal(store_open(dir, STORE_DAEMON, &copy), 0);
	assert_int_equal(mail_count(copy, MESSAGE_FILED), 1);
	assert_int_equal(mail_count(copy, MESSAGE_STORED), 0);
	assert_memory_equal(store_key(copy), store_key(b->st),
	    STORE_KEY_BYTES);
	assert_int_equal(verify_spool(copy, note, &f, &n_files), 0);
	assert_int_equal(n_files, 1);
	assert_int_equal(f.n[VERIFY_FILE_MISSING], 0);
	free(mail_find(copy, mail));
	text = box_read(dir, "campaigns/c1/outline.txt", &len);
	assert_string_equal(text, "I heading");
	free(text);
	store_close(copy);
	assert_int_equal(backup_copy(b->st, dir), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	free(dir);
}

static void
a_twin_shares_the_files_but_goes_its_own_way(void **state)
{
	struct box	*b = *state;
	int64_t		 mail = file_mail(b, "report", true), n_files;
	struct mail	*m = mail_find(b->st, mail);
	struct found	 f = { { 0 } };
	struct store	*twin;
	struct stat	 ours, its;
	char		*dir, name[FILES_NAME];

	assert_true(asprintf(&dir, "%s/twin", b->dir) > 0);
	assert_int_equal(backup_twin(b->st, dir), 0);
	assert_int_equal(store_open(dir, STORE_DAEMON, &twin), 0);
	files_name(m->sha256, m->form, name);
	assert_int_equal(fstatat(files_dir_fd(b->st), name, &ours, 0), 0);
	assert_int_equal(fstatat(files_dir_fd(twin), name, &its, 0), 0);
	assert_int_equal(ours.st_ino, its.st_ino);
	assert_int_equal(purge_mail(twin, mail, &purging), 0);
	store_close(twin);
	assert_int_equal(verify_spool(b->st, note, &f, &n_files), 0);
	assert_int_equal(n_files, 1);
	assert_int_equal(f.n[VERIFY_FILE_MISSING], 0);
	free(m);
	free(dir);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_purged_mail_leaves_a_tombstone_and_an_event_only),
		TEST(a_file_that_survived_its_purge_goes_at_the_next_start),
		TEST(only_finished_mails_that_are_no_submission_expire),
		TEST(what_was_derived_is_forgotten_and_the_rest_stays),
		TEST(verify_finds_each_kind_of_damage),
		TEST(a_backup_is_a_state_of_its_own),
		TEST(a_twin_shares_the_files_but_goes_its_own_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
