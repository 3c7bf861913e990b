/* Mails on their way into the spool, folders and UIDs, after a crash too. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "spool/arrival.h"
#include "spool/digest.h"
#include "spool/folder.h"
#include "spool/mail.h"
#include "spool/purge.h"
#include "spool/event.h"
#include "spool/submission.h"
#include "tests/spool_box.h"

static int
count_files(struct box *b, const char *folder)
{
	char	*command;
	FILE	*p;
	int	 n = -1;

	assert_true(asprintf(&command, "find '%s/%s' -maxdepth 1 -type f"
	    " | wc -l", b->state, folder) > 0);
	p = popen(command, "r");
	assert_int_equal(fscanf(p, "%d", &n), 1);
	pclose(p);
	free(command);
	return n;
}

static void
a_taken_mail_is_in_the_spool_and_in_the_rows(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	struct mail	*m;
	struct stat	 sb;
	char		 sha256[65], buf[16];
	int		 fd;

	box_arrival(b, "From: a\n\nb", &a, sha256);
	a.is_backlog = true;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	assert_true(a.is_new);
	m = mail_find(b->st, a.mail);
	assert_non_null(m);
	assert_string_equal(m->sha256, sha256);
	assert_int_equal(strlen(m->id), 6);
	assert_memory_equal(m->id, sha256, 6);
	assert_int_equal(m->state, MESSAGE_STORED);
	assert_int_equal(m->size, 10);
	assert_int_equal(m->received_utc, BOX_NOW - 60);
	assert_string_equal(m->account, "office");
	assert_string_equal(m->folder, "INBOX");
	assert_true(m->is_backlog);
	free(m);
	fd = files_open(b->st, sha256, FILES_MAIL);
	assert_true(fd != -1);
	assert_int_equal(read(fd, buf, sizeof(buf)), 10);
	assert_int_equal(fstat(fd, &sb), 0);
	assert_int_equal(sb.st_mode & 07777, 0600);
	/* from which a lost database is made anew */
	assert_int_equal(sb.st_mtime, BOX_NOW - 60);
	close(fd);
	assert_int_equal(count_files(b, "spool/incoming"), 0);
	assert_int_equal(count_files(b, "spool/tmp"), 0);
}

static void
the_same_bytes_twice_are_one_mail_with_two_uids(void **state)
{
	struct box	*b = *state;
	struct arrival	 a[3];
	char		 sha256[3][65];
	int		 i;

	for (i = 0; i < 3; i++) {
		box_arrival(b, "same", &a[i], sha256[i]);
		a[i].uidvalidity = 1;
		a[i].uid = 10 + (uint64_t)i;
	}
	/* two in one group, the third later */
	assert_int_equal(arrival_take(b->st, a, 2), 0);
	assert_int_equal(files_write(b->st, "same", 4, FILES_MAIL,
	    sha256[2]), 0);
	assert_int_equal(arrival_take(b->st, &a[2], 1), 0);
	assert_true(a[0].is_new);
	assert_false(a[1].is_new);
	assert_false(a[2].is_new);
	assert_int_equal(a[1].mail, a[0].mail);
	assert_int_equal(a[2].mail, a[0].mail);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 1);
	assert_int_equal(count_files(b, "spool/incoming"), 0);
}

static void
nothing_is_registered_when_one_file_is_missing(void **state)
{
	struct box	*b = *state;
	struct arrival	 a[2];
	char		 sha256[2][65];

	box_arrival(b, "one", &a[0], sha256[0]);
	box_arrival(b, "two", &a[1], sha256[1]);
	memset(sha256[1], 'a', 64);
	assert_int_equal(arrival_take(b->st, a, 2), -1);
	assert_int_equal(store_trouble(b->st), STORE_ABSENT);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 0);
	assert_int_equal(count_files(b, "spool/incoming"), 2);
	assert_int_equal(arrival_take(b->st, a, 1), 0);
}

static void
a_link_or_a_wrong_size_in_incoming_is_not_taken(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	char		 sha256[65], *path;

	box_arrival(b, "text", &a, sha256);
	a.size = 5;
	assert_int_equal(arrival_take(b->st, &a, 1), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	a.size = 4;
	assert_true(asprintf(&path, "%s/spool/incoming/%s.eml", b->state,
	    sha256) > 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/etc/hostname", path), 0);
	assert_int_equal(arrival_take(b->st, &a, 1), -1);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 0);
	free(path);
}

static void
names_that_are_no_hash_never_become_paths(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	char		 sha256[65];

	box_arrival(b, "text", &a, sha256);
	a.sha256 = "../../../etc/passwd";
	assert_int_equal(arrival_take(b->st, &a, 1), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
	assert_int_equal(files_open(b->st, "../secret", FILES_MAIL), -1);
	assert_int_equal(store_trouble(b->st), STORE_REFUSED);
}

/* Texts whose hashes begin with the same six digits: by search. */
static void
find_twins(char one[32], char two[32])
{
	static unsigned	table[1 << 24];
	char		hex[65];
	unsigned	i, key;

	for (i = 1; ; i++) {
		snprintf(one, 32, "%u", i);
		digest_bytes(one, strlen(one), hex);
		key = (unsigned)strtoul((hex[6] = '\0', hex), NULL, 16);
		if (table[key] != 0) {
			snprintf(two, 32, "%u", table[key]);
			return;
		}
		table[key] = i;
	}
}

static void
ids_grow_only_as_far_as_they_must(void **state)
{
	struct box	*b = *state;
	struct mail	*first, *second, *found;
	char		 one[32], two[32];
	int		 n;

	find_twins(one, two);
	first = mail_find(b->st, box_mail(b, one));
	second = mail_find(b->st, box_mail(b, two));
	assert_int_equal(strlen(first->id), 6);
	assert_true(strlen(second->id) > 6);
	assert_memory_equal(first->id, second->id, 6);
	/* the older id stays good; what is shorter than both is not */
	found = mail_find_id(b->st, first->id, &n);
	assert_int_equal(found->mail, first->mail);
	free(found);
	found = mail_find_id(b->st, second->id, &n);
	assert_int_equal(found->mail, second->mail);
	free(found);
	assert_null(mail_find_id(b->st, (char[]){ '#', second->id[0],
	    second->id[1], second->id[2], '\0' }, &n));
	assert_int_equal(n, 2);
	free(first);
	free(second);
}

static void
a_mail_is_found_by_any_unique_prefix(void **state)
{
	struct box	*b = *state;
	struct mail	*m;
	char		 prefix[8], sha256[65];
	int		 n;

	(void)box_mail(b, "hello");
	digest_bytes("hello", 5, sha256);
	snprintf(prefix, sizeof(prefix), "#%.3s", sha256);
	prefix[1] = prefix[1] == 'a' ? 'A' : prefix[1];
	m = mail_find_id(b->st, prefix, &n);
	assert_int_equal(n, 1);
	assert_string_equal(m->sha256, sha256);
	free(m);
	assert_null(mail_find_id(b->st, "ffffff", &n));
	assert_int_equal(n, 0);
	assert_null(mail_find_id(b->st, "xyz", &n));
	assert_null(mail_find_id(b->st, "", &n));
	assert_null(mail_find_id(b->st, "'; DROP TABLE mail", &n));
}

static void
a_bare_file_keeps_its_name_and_form(void **state)
{
	struct box	*b = *state;
	struct arrival	 a = { .form = FILES_BARE, .name = "BC quý.docx",
	    .size = 4, .account = "add", .folder = "",
	    .received_utc = BOX_NOW, .taken_utc = BOX_NOW };
	struct mail	*m;
	char		 sha256[65];
	int		 fd;

	assert_int_equal(files_write(b->st, "PK\3\4", 4, FILES_BARE,
	    sha256), 0);
	a.sha256 = sha256;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	m = mail_find(b->st, a.mail);
	assert_int_equal(m->form, FILES_BARE);
	assert_string_equal(m->file_name, "BC quý.docx");
	fd = files_open(b->st, m->sha256, m->form);
	assert_true(fd != -1);
	close(fd);
	free(m);
}

static void
what_a_crash_left_in_incoming_is_taken_at_start(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	struct mail	*m;
	char		 sha256[65];
	size_t		 n;

	box_arrival(b, "left behind", &a, sha256);
	box_write(b->state, "spool/tmp/half", "ha", 2);
	box_write(b->state, "spool/incoming/notes.txt", "?", 1);
	box_reopen(b);
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(count_files(b, "spool/tmp"), 0);
	m = mail_find_sha256(b->st, sha256);
	assert_string_equal(m->account, "");
	free(m);
	/* fetched again: the same mail, now with its source and true time */
	assert_int_equal(files_write(b->st, "left behind", 11, FILES_MAIL,
	    sha256), 0);
	a.received_utc = BOX_NOW - 5000;
	a.uid = 9;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	assert_false(a.is_new);
	m = mail_find_sha256(b->st, sha256);
	assert_string_equal(m->account, "office");
	assert_int_equal(m->received_utc, BOX_NOW - 5000);
	free(m);
}

static void
a_file_that_is_not_what_its_name_says_is_not_entered(void **state)
{
	struct box	*b = *state;
	char		 name[] = "spool/incoming/"
	    "00000000000000000000000000000000"
	    "00000000000000000000000000000000.eml";
	size_t		 n;

	box_write(b->state, name, "torn", 4);
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 0);
}

static void
a_lost_database_is_made_anew_from_the_spool(void **state)
{
	struct box	*b = *state;
	char		 text[16], *path;
	size_t		 n;
	int		 i;
	struct mail	*m;
	char		 sha256[65];

	for (i = 0; i < 250; i++) {
		snprintf(text, sizeof(text), "mail %d", i);
		(void)box_mail(b, text);
	}
	store_close(b->st);
	b->st = NULL;
	assert_true(asprintf(&path, "rm '%s'/tiepnhan.db*", b->state) > 0);
	assert_int_equal(system(path), 0);
	free(path);
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(n, 250);
	digest_bytes("mail 7", 6, sha256);
	m = mail_find_sha256(b->st, sha256);
	assert_int_equal(m->received_utc, BOX_NOW - 60);
	free(m);
	/* and only once */
	box_reopen(b);
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(n, 0);
}

static void
a_damaged_spool_file_is_mended_by_a_second_copy(void **state)
{
	struct box	*b = *state;
	struct arrival	 a;
	char		 sha256[65], name[100], *text;
	size_t		 len;

	box_arrival(b, "whole text", &a, sha256);
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	snprintf(name, sizeof(name), "spool/%s.eml", sha256);
	box_write(b->state, name, "who", 3);
	box_arrival(b, "whole text", &a, sha256);
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	assert_false(a.is_new);
	text = box_read(b->state, name, &len);
	assert_string_equal(text, "whole text");
	free(text);
}

static void
a_purged_mail_that_comes_again_stays_purged(void **state)
{
	struct box	*b = *state;
	struct event	 e = { .who = "t", .verb = "purge", .campaign = "",
	    .unit = "", .detail = "", .reason = "r" };
	struct arrival	 a;
	struct mail	*m;
	char		 sha256[65];

	assert_int_equal(purge_mail(b->st, box_mail(b, "secret"), &e), 0);
	box_arrival(b, "secret", &a, sha256);
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	assert_false(a.is_new);
	m = mail_find(b->st, a.mail);
	assert_int_equal(m->state, MESSAGE_PURGED);
	free(m);
	assert_int_equal(count_files(b, "spool"), 0);
	assert_int_equal(count_files(b, "spool/incoming"), 0);
}

/* ---- folders and UIDs */

struct seen {
	uint64_t	uid[16];
	int		n;
	enum uid_state	state;
};

static int
note_uid(const struct uid *u, void *arg)
{
	struct seen	*s = arg;

	s->uid[s->n++] = u->uid;
	s->state = u->state;
	return 0;
}

static void
a_new_uidvalidity_forgets_the_uids_but_no_mail(void **state)
{
	struct box	*b = *state;
	struct folder	 f = { "office", "INBOX", 5, 100, BOX_NOW }, *found;
	struct arrival	 a;
	char		 sha256[65];
	struct seen	 s = { .n = 0 };

	assert_null(folder_find(b->st, "office", "INBOX"));
	assert_int_equal(folder_save(b->st, &f), 0);
	box_arrival(b, "text", &a, sha256);
	a.uidvalidity = 5;
	a.uid = 99;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	assert_int_equal(uid_each(b->st, "office", "INBOX", 0, note_uid,
	    &s), 0);
	assert_int_equal(s.n, 1);
	f.uidvalidity = 6;
	f.uidnext = 1;
	assert_int_equal(folder_save(b->st, &f), 0);
	found = folder_find(b->st, "office", "INBOX");
	assert_int_equal(found->uidvalidity, 6);
	assert_int_equal(found->uidnext, 1);
	free(found);
	s.n = 0;
	assert_int_equal(uid_each(b->st, "office", "INBOX", 0, note_uid,
	    &s), 0);
	assert_int_equal(s.n, 0);
	assert_int_equal(mail_count(b->st, MESSAGE_STORED), 1);
}

static void
a_uid_that_cannot_be_read_is_given_up_after_three_starts(void **state)
{
	static const uint64_t uids[] = { 7, UINT32_MAX };
	struct box	*b = *state;
	struct uid	 u = { .account = "office", .folder = "INBOX",
	    .uidvalidity = 1, .uid = 7 };
	struct seen	 s;
	enum uid_state	 now;
	int		 i;

	for (i = 0; i < UID_ATTEMPTS; i++) {
		memset(&s, 0, sizeof(s));
		assert_int_equal(uid_start(b->st, &u, uids, 2), 0);
		assert_int_equal(uid_fail(b->st, &u, 0, "cut", &now), 0);
		assert_int_equal(now, i < UID_ATTEMPTS - 1 ? UID_FAILED :
		    UID_REFUSED);
		assert_int_equal(uid_each_retry(b->st, "office", "INBOX",
		    note_uid, &s), 0);
		/* the second one was left fetching by a crash */
		assert_int_equal(s.n, i < UID_ATTEMPTS - 1 ? 2 : 0);
	}
	memset(&s, 0, sizeof(s));
	assert_int_equal(uid_each(b->st, "office", "INBOX", UID_REFUSED,
	    note_uid, &s), 0);
	assert_int_equal(s.n, 1);
	assert_int_equal(s.uid[0], 7);
}

static void
the_server_is_told_of_finished_mails_once(void **state)
{
	struct box	*b = *state;
	struct uid	 u = { .account = "office", .folder = "INBOX",
	    .uidvalidity = 1, .uid = 4 };
	struct mail_parsed p = { "", 0, 1, "a@b", "", "", "" };
	struct arrival	 a;
	char		 sha256[65];
	struct seen	 s = { .n = 0 };

	box_arrival(b, "text", &a, sha256);
	a.uidvalidity = 1;
	a.uid = 4;
	assert_int_equal(arrival_take(b->st, &a, 1), 0);
	assert_int_equal(uid_each_unmarked(b->st, "office", "INBOX",
	    note_uid, &s), 0);
	assert_int_equal(s.n, 0);
	assert_int_equal(mail_set_parsed(b->st, a.mail, &p), 0);
	assert_int_equal(mail_set_state(b->st, a.mail, MESSAGE_FILED, "",
	    0), 0);
	assert_int_equal(uid_each_unmarked(b->st, "office", "INBOX",
	    note_uid, &s), 0);
	assert_int_equal(s.n, 1);
	assert_int_equal(uid_mark(b->st, &u), 0);
	assert_int_equal(uid_each_unmarked(b->st, "office", "INBOX",
	    note_uid, &s), 0);
	assert_int_equal(s.n, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, box_setup, box_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_taken_mail_is_in_the_spool_and_in_the_rows),
		TEST(the_same_bytes_twice_are_one_mail_with_two_uids),
		TEST(nothing_is_registered_when_one_file_is_missing),
		TEST(a_link_or_a_wrong_size_in_incoming_is_not_taken),
		TEST(names_that_are_no_hash_never_become_paths),
		TEST(ids_grow_only_as_far_as_they_must),
		TEST(a_mail_is_found_by_any_unique_prefix),
		TEST(a_bare_file_keeps_its_name_and_form),
		TEST(what_a_crash_left_in_incoming_is_taken_at_start),
		TEST(a_file_that_is_not_what_its_name_says_is_not_entered),
		TEST(a_lost_database_is_made_anew_from_the_spool),
		TEST(a_damaged_spool_file_is_mended_by_a_second_copy),
		TEST(a_purged_mail_that_comes_again_stays_purged),
		TEST(a_new_uidvalidity_forgets_the_uids_but_no_mail),
		TEST(a_uid_that_cannot_be_read_is_given_up_after_three_starts),
		TEST(the_server_is_told_of_finished_mails_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
