/*
 * What the store costs with a long history: no query of the daily work
 * walks a table, opening stays quick, and a group of mails needs two
 * syncs.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

#include "spool/address.h"
#include "spool/event.h"
#include "spool/filing.h"
#include "spool/folder.h"
#include "spool/handle.h"
#include "spool/kv.h"
#include "spool/logline.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/purge.h"
#include "spool/step.h"
#include "spool/submission.h"
#include "spool/token.h"
#include "tests/fault.h"
#include "tests/spool_box.h"

#define HISTORY "100000"
#define PART " WHERE mail <= 10000;" /* enough for plans */
#define MUST_OPEN_MS 50

/* Years of mail, all of it done; of the rest less. */
static const char history[] =
"PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;"
"BEGIN;"
"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
" WHERE i < " HISTORY ")"
"INSERT INTO mail (sha256, id, form, file_name, size, received_utc,"
" taken_utc, account, folder, is_backlog, state, from_address)"
" SELECT printf('%064x', i * 2654435761 % 4294967296),"
" printf('%08x', i * 2654435761 % 4294967296), 0, '', 40000,"
" 1700000000 + i, 1700000000 + i, 'office', 'INBOX', 0, 4,"
" 'u' || (i % 60) || '@x.example' FROM n;"
"INSERT INTO uid (account, folder, uidvalidity, uid, state, attempts, mail,"
" is_marked) SELECT 'office', 'INBOX', 1, mail, 2, 1, mail, 1 FROM mail;"
"INSERT INTO filing SELECT mail, 1, 'c' || (mail / 2000), 'U', 1, 1, 0, 0,"
" '', '', '', 0, 9, 1700000000, '' FROM mail" PART
"INSERT INTO attachment SELECT mail, 0, 'a.docx', '', 'docx', 1, 'U',"
" sha256, 9, 0 FROM mail" PART
"INSERT INTO submission SELECT mail, 'c' || (mail / 2000), 'U' ||"
" (mail % 60), mail, 0, sha256, '', 1, received_utc, '', '', 0, 0, '', 1,"
" 0, 0, 0, '', NULL FROM mail" PART
"INSERT INTO event SELECT mail, 1700000000, 'daemon', 'file', 'c' ||"
" (mail / 2000), 'U' || (mail % 60), mail, '', '', 0, sha256 FROM mail" PART
"INSERT INTO outgoing SELECT mail, sha256, 'receipt', 'c' || (mail / 2000),"
" '', from_address, 'U', mail, received_utc, 3, 1, 0, received_utc, 250, '',"
" 0 FROM mail" PART
"INSERT INTO outgoing_unit SELECT 'U' || (mail % 60), received_utc, mail"
" FROM mail" PART
"INSERT INTO step SELECT 'c' || (mail / 2000), 'U' || mail, 'first', 9, 2,"
" mail, 9, '' FROM mail" PART
"INSERT INTO receipt SELECT from_address, sha256 FROM mail" PART
"INSERT INTO token SELECT sha256, 'a', 'o', 'c', 0, received_utc, 1"
" FROM mail" PART
"INSERT INTO logline SELECT mail * 100, printf('%099d', mail) FROM mail" PART
"COMMIT;";

/* ---- every statement that was run */

struct heard {
	char	*sql[256];
	int	 n;
};

static int
hear(unsigned what, void *arg, void *stmt, void *nanoseconds)
{
	struct heard	*h = arg;
	const char	*sql = sqlite3_sql(stmt);
	int		 i;

	(void)what;
	(void)nanoseconds;
	for (i = 0; i < h->n; i++) {
		if (strcmp(h->sql[i], sql) == 0)
			return 0;
	}
	if (h->n < 256)
		h->sql[h->n++] = strdup(sql);
	return 0;
}

/*
 * A line of a plan that walks: SCAN of anything but a partial index (which
 * holds only what is unfinished), or the first row of an ordered one.
 */
static bool
is_walk(const char *sql, const char *detail)
{
	static const char *const small[] = { "mail_stored", "mail_parsed",
	    "mail_sender", "mail_deferred", "outgoing_due",
	    "outgoing_open", "filing_clerk", "mail_held" };
	size_t	i;

	if (strncmp(detail, "SCAN", 4) != 0 ||
	    strstr(detail, "CONSTANT ROW") != NULL)
		return false;
	for (i = 0; i < sizeof(small) / sizeof(*small); i++) {
		if (strstr(detail, small[i]) != NULL)
			return false;
	}
	return strstr(sql, "DESC LIMIT") == NULL;
}

static int
count_walks(struct box *b, const char *sql)
{
	sqlite3_stmt	*plan;
	char		*explain;
	int		 n = 0;

	assert_true(asprintf(&explain, "EXPLAIN QUERY PLAN %s", sql) > 0);
	assert_int_equal(sqlite3_prepare_v2(b->st->db, explain, -1, &plan,
	    NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *detail =
		    (const char *)sqlite3_column_text(plan, 3);

		if (is_walk(sql, detail)) {
			printf("# %s\n#   %s\n", detail, sql);
			n++;
		}
	}
	(void)sqlite3_finalize(plan);
	free(explain);
	return n;
}

static int ignore_mail(const struct mail *m, void *a)
{ (void)m; (void)a; return 0; }
static int ignore_uid(const struct uid *u, void *a)
{ (void)u; (void)a; return 0; }
static int ignore_filing(const struct filing *f, void *a)
{ (void)f; (void)a; return 0; }
static int ignore_attachment(const struct filing_attachment *f, void *a)
{ (void)f; (void)a; return 0; }
static int ignore_submission(const struct submission *s, void *a)
{ (void)s; (void)a; return 0; }
static int ignore_event(const struct event *e, void *a)
{ (void)e; (void)a; return 0; }
static int ignore_outgoing(const struct outgoing *o, void *a)
{ (void)o; (void)a; return 0; }
static int ignore_step(const struct step *s, void *a)
{ (void)s; (void)a; return 0; }
static int ignore_waiting(const struct mail_waiting *w, void *a)
{ (void)w; (void)a; return 0; }
static int ignore_line(const char *s, void *a)
{ (void)s; (void)a; return 0; }

/* What every mail passes through. */
static void
do_intake(struct box *b)
{
	struct mail_rank rank = { 9, 77, BOX_NOW - 86400, BOX_NOW };
	struct filing	 f = { .kind = 1, .campaign = "c1", .reason = "",
	    .evidence = "", .decided_by = "" };
	struct filing_attachment a = { .name = "", .in = "",
	    .format = "docx", .role = 1, .unit = "", .sha256 = "x" };
	struct submission s = { .campaign = "c1", .unit = "U1",
	    .sha256 = "x", .name = "", .number = "", .doc_date = "",
	    .review = "", .outline_hash = "" };
	struct uid	 u = { .account = "office", .folder = "INBOX",
	    .uidvalidity = 1, .uid = 100002 };
	struct folder	 folder = { "office", "INBOX", 1, 100002, 1 };
	int64_t		 mail = box_parsed(b, "new", "new@x"), mails[4], id;
	enum uid_state	 state;
	int		 n;
	bool		 is_new;
	size_t		 len;

	free(folder_find(b->st, "office", "INBOX"));
	assert_int_equal(folder_save(b->st, &folder), 0);
	assert_int_equal(uid_start(b->st, &u, &u.uid, 1), 0);
	assert_int_equal(uid_fail(b->st, &u, 0, "", &state), 0);
	assert_int_equal(uid_each_retry(b->st, "office", "INBOX", ignore_uid,
	    NULL), 0);
	assert_int_equal(uid_each_unmarked(b->st, "office", "INBOX",
	    ignore_uid, NULL), 0);
	assert_int_equal(uid_each(b->st, "office", "INBOX", UID_REFUSED,
	    ignore_uid, NULL), 0);
	for (n = MESSAGE_STORED; n <= MESSAGE_DEFERRED; n++)
		assert_true(mail_pending(b->st, n, BOX_NOW, mails, 4) >= 0);
	(void)mail_next_try(b->st);
	assert_int_equal(mail_is_beyond(b->st, &rank, 200), 0);
	assert_int_equal(mail_each_waiting(b->st, "many", ignore_waiting,
	    NULL), 0);
	assert_int_equal(mail_attempt(b->st, &mail, 1), 0);
	free(mail_parsed_find(b->st, mail, &len));
	free(mail_find_id(b->st, "abcd", &n));
	f.mail = mail;
	assert_int_equal(filing_put(b->st, &f, &a, 1), 0);
	assert_int_equal(submission_add(b->st, &s, &id, &is_new), 0);
	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_FILED, "", 0),
	    0);
}

/* What the round and its decisions ask. */
static void
do_round(struct box *b)
{
	struct event	 e = { .who = "", .verb = "v", .campaign = "",
	    .unit = "", .detail = "", .reason = "" };
	struct outgoing	 o = { .message_id = "new", .kind = "k",
	    .campaign = "c1", .step = "", .to = "t" };
	struct step	 step = { "c1", "U1", "x", 1, STEP_WAITING, 0, 1,
	    "" };
	struct event_filter filters[] = { { .verb = "extend" },
	    { .campaign = "c1", .only_active = true, .verb = "extend" },
	    { .unit = "U1", .verb = "extend" }, { .mail = 7 } };
	int64_t		 id, mails[4];
	bool		 is_new;
	size_t		 i;
	char		 head[65];

	assert_int_equal(event_append(b->st, &e, &id), 0);
	e.undoes = id;
	assert_int_equal(event_append(b->st, &e, &id), 0);
	assert_int_equal(event_head(b->st, head), 0);
	for (i = 0; i < sizeof(filters) / sizeof(*filters); i++)
		assert_int_equal(event_each(b->st, &filters[i], ignore_event,
		    NULL), 0);
	assert_int_equal(outgoing_add(b->st, &o, "", 0, &id), 0);
	assert_int_equal(outgoing_claim(b->st, id), 0);
	assert_int_equal(outgoing_recover(b->st), 0);
	free(outgoing_find_message_id(b->st, "new"));
	assert_int_equal(outgoing_each_due(b->st, BOX_NOW, ignore_outgoing,
	    NULL), 0);
	assert_int_equal(outgoing_each(b->st, OUTGOING_FAILED,
	    ignore_outgoing, NULL), 0);
	(void)outgoing_next_try(b->st);
	(void)outgoing_count(b->st, "t", "k", 1, 2);
	(void)outgoing_count_unit(b->st, "U1", NULL, 1, 2);
	assert_int_equal(outgoing_claim_receipt(b->st, "a", "b", &is_new),
	    0);
	assert_int_equal(step_put(b->st, &step, &is_new), 0);
	free(step_find(b->st, "c1", "U1", "x", 1));
	assert_int_equal(token_drop_expired(b->st, 5), 0);
	assert_int_equal(logline_add(b->st, "line"), 0);
	assert_int_equal(logline_each(b->st, 20, ignore_line, NULL), 0);
	(void)address_is_bounced(b->st, "a");
	assert_true(purge_expired(b->st, 5, mails, 4) >= 0);
}

/* What status and list ask. */
static void
do_status(struct box *b)
{
	struct mail_filter f = { .from_utc = 5, .until_utc = 6 };
	enum message_state s;

	assert_int_equal(mail_each(b->st, &f, ignore_mail, NULL), 0);
	for (s = MESSAGE_STORED; s <= MESSAGE_PURGED; s++) {
		f.state = s;
		assert_int_equal(mail_each(b->st, &f, ignore_mail, NULL), 0);
	}
	assert_int_equal(filing_each_needs_clerk(b->st, ignore_filing, NULL),
	    0);
	assert_int_equal(filing_each_attachment(b->st, 7, ignore_attachment,
	    NULL), 0);
	assert_int_equal(submission_each(b->st, "c1", NULL,
	    ignore_submission, NULL), 0);
	assert_int_equal(submission_each(b->st, "c1", "U1",
	    ignore_submission, NULL), 0);
	assert_int_equal(submission_each_mail(b->st, 7, ignore_submission,
	    NULL), 0);
	assert_int_equal(step_each(b->st, "c1", NULL, ignore_step, NULL), 0);
}

static void
no_query_of_the_daily_work_walks_a_table(void **state)
{
	struct box	*b = *state;
	struct heard	 heard = { .n = 0 };
	int		 i, walks = 0;

	assert_int_equal(sqlite3_trace_v2(b->st->db, SQLITE_TRACE_PROFILE,
	    hear, &heard), SQLITE_OK);
	do_intake(b);
	do_round(b);
	do_status(b);
	assert_int_equal(sqlite3_trace_v2(b->st->db, 0, NULL, NULL),
	    SQLITE_OK);
	printf("# %d different statements\n", heard.n);
	assert_in_range(heard.n, 60, 255);
	for (i = 0; i < heard.n; i++) {
		walks += count_walks(b, heard.sql[i]);
		free(heard.sql[i]);
	}
	assert_int_equal(walks, 0);
}

/* ---- steps of SQLite's machine */

#define STEPS_MAX 2000	/* for 16 mails; a walk takes 100,000 */

static int
count_steps(void *arg)
{
	*(int *)arg += 1;
	return 0;
}

static void
what_is_filed_next_is_found_as_fast_behind_a_backlog(void **state)
{
	struct box	*b = *state;
	int64_t		 mails[16];
	int		 steps = 0;

	box_sql(b, "UPDATE mail SET state = 1 WHERE mail <= 10000;"
	    "UPDATE mail SET state = 2 WHERE mail <= 20;");
	sqlite3_progress_handler(b->st->db, 1, count_steps, &steps);
	assert_int_equal(mail_pending(b->st, MESSAGE_PARSED, BOX_NOW, mails,
	    16), 16);
	sqlite3_progress_handler(b->st->db, 0, NULL, NULL);
	box_sql(b, "UPDATE mail SET state = 4 WHERE mail <= 10000;");
	printf("# %d steps\n", steps);
	assert_in_range(steps, 1, STEPS_MAX);
	assert_int_equal(mails[0], 1);
}

/* ---- time */

static double
now_ms(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1000 + (double)ts.tv_nsec / 1e6;
}

static double
open_and_ask(struct box *b)
{
	int64_t	mails[100];
	size_t	n;
	double	began;

	store_close(b->st);
	began = now_ms();
	assert_int_equal(store_open(b->state, STORE_DAEMON, &b->st), 0);
	assert_int_equal(arrival_recover(b->st, BOX_NOW, &n), 0);
	assert_int_equal(outgoing_recover(b->st), 0);
	assert_int_equal(mail_pending(b->st, MESSAGE_STORED, BOX_NOW, mails,
	    100), 0);
	assert_int_equal(outgoing_each_due(b->st, BOX_NOW, ignore_outgoing,
	    NULL), 0);
	free(folder_find(b->st, "office", "INBOX"));
	return now_ms() - began;
}

static void
opening_with_a_long_history_is_quick(void **state)
{
	struct box	*b = *state;
	double		 best = 1e9, ms;
	int		 i;

	for (i = 0; i < 5; i++) {
		ms = open_and_ask(b);
		if (ms < best)
			best = ms;
	}
	printf("# open, recover, ask, with " HISTORY " mails: %.1f ms\n",
	    best);
	assert_true(best <= MUST_OPEN_MS);
}

/* ---- syncs */

static int
syncs_of_taking(struct box *b, const char *what, int n)
{
	static struct arrival	a[ARRIVAL_GROUP];
	static char		sha256[ARRIVAL_GROUP][65];
	char			text[64];
	int			i, syncs;

	for (i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%s %d", what, i);
		box_arrival(b, text, &a[i], sha256[i]);
		a[i].uidvalidity = 1;
		a[i].uid = (uint64_t)i + 1;
	}
	fault_arm(FAULT_NONE, 0, NULL);
	assert_int_equal(arrival_take(b->st, a, (size_t)n), 0);
	(void)fault_disarm(&syncs);
	return syncs;
}

static void
a_group_of_mails_needs_two_syncs(void **state)
{
	struct box	*b = *state;
	int		 one, hundred;

	(void)syncs_of_taking(b, "warm", 1);
	one = syncs_of_taking(b, "one", 1);
	hundred = syncs_of_taking(b, "hundred", ARRIVAL_GROUP);
	printf("# syncs with the worker's own: %d a single mail, %.2f a mail"
	    " of %d\n", one + 1, (hundred + ARRIVAL_GROUP) /
	    (double)ARRIVAL_GROUP, ARRIVAL_GROUP);
	assert_int_equal(one, 2);
	assert_int_equal(hundred, 2);
}

static void
reading_a_mail_needs_no_sync_and_filing_it_one(void **state)
{
	struct box	*b = *state;
	struct mail_parsed p = { "x", 1, 1, "a@x", "", "", "" };
	int64_t		 mail = box_mail(b, "text");
	int		 parsed, filed;

	fault_arm(FAULT_NONE, 0, NULL);
	assert_int_equal(mail_attempt(b->st, &mail, 1), 0);
	assert_int_equal(mail_set_parsed(b->st, mail, &p), 0);
	(void)fault_disarm(&parsed);
	fault_arm(FAULT_NONE, 0, NULL);
	assert_int_equal(mail_set_state(b->st, mail, MESSAGE_FILED, "", 0),
	    0);
	(void)fault_disarm(&filed);
	assert_int_equal(parsed, 0);
	assert_int_equal(filed, 1);
}

static int
setup_history(void **state)
{
	struct box	*b;
	double		 began = now_ms();
	size_t		 n;

	if (box_setup(state) != 0)
		return -1;
	b = *state;
	box_sql(b, history);
	if (arrival_recover(b->st, BOX_NOW, &n) == -1)
		return -1;
	printf("# made a history in %.0f ms\n", now_ms() - began);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_query_of_the_daily_work_walks_a_table),
		cmocka_unit_test(
		    what_is_filed_next_is_found_as_fast_behind_a_backlog),
		cmocka_unit_test(opening_with_a_long_history_is_quick),
		cmocka_unit_test_setup_teardown(
		    a_group_of_mails_needs_two_syncs, box_setup,
		    box_teardown),
		cmocka_unit_test_setup_teardown(
		    reading_a_mail_needs_no_sync_and_filing_it_one,
		    box_setup, box_teardown),
	};

	return cmocka_run_group_tests(tests, setup_history, box_teardown);
}
