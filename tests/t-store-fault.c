/*
 * The way of a group of mails, from incoming/ to a sent receipt, with each
 * system call failing in turn: an error, a full disk, a kill, a torn
 * write, a power loss. Whatever happens, going on from what is on disk
 * leads to the same end, with nothing lost and nothing twice.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "spool/event.h"
#include "spool/filing.h"
#include "spool/folder.h"
#include "spool/handle.h"
#include "spool/logline.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/query.h"
#include "spool/step.h"
#include "spool/submission.h"
#include "spool/verify.h"
#include "tests/fault.h"
#include "tests/spool_box.h"

#define MAILS 4	   /* in the mailbox; the last two are the same bytes */
#define DISTINCT 3
#define STATUS_LOG "status.log"

static char	base[4000], state_dir[4100], outside[4100], shadow[4100];

/* ---- the world outside: what we have told it cannot be taken back */

static void
tell(const char *what, const char *which)
{
	FILE	*f = fopen(outside, "a");

	fprintf(f, "%s %s\n", what, which);
	fclose(f);
}

static int
was_told(const char *what, const char *which)
{
	char	 line[256], want[256];
	FILE	*f = fopen(outside, "r");
	int	 n = 0;

	snprintf(want, sizeof(want), "%s %s\n", what, which);
	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		n += strcmp(line, want) == 0;
	if (f != NULL)
		fclose(f);
	return n;
}

/* ---- the work, as the daemon does it */

static void
mail_text(int uid, char text[32])
{
	snprintf(text, 32, "mail number %d", uid < MAILS ? uid : MAILS - 1);
}

static int
forget_stored(const struct uid *u, void *arg)
{
	((bool *)arg)[u->uid] = false;
	return 0;
}

static int
fetch(struct store *st)
{
	struct folder	f = { "office", "INBOX", 1, MAILS + 1, BOX_NOW };
	struct arrival	a[MAILS];
	bool		wanted[MAILS + 1];
	char		text[32], sha256[MAILS][65];
	size_t		n = 0;
	int		uid;

	memset(wanted, true, sizeof(wanted));
	if (uid_each(st, "office", "INBOX", UID_STORED, forget_stored,
	    wanted) != 0)
		return -1;
	for (uid = 1; uid <= MAILS; uid++) {
		if (!wanted[uid])
			continue;
		mail_text(uid, text);
		if (files_write(st, text, strlen(text), FILES_MAIL,
		    sha256[n]) == -1)
			return -1;
		memset(&a[n], 0, sizeof(a[n]));
		a[n].sha256 = sha256[n];
		a[n].name = "";
		a[n].size = strlen(text);
		a[n].received_utc = BOX_NOW - 60;
		a[n].taken_utc = BOX_NOW;
		a[n].account = "office";
		a[n].folder = "INBOX";
		a[n].uidvalidity = 1;
		a[n++].uid = (uint64_t)uid;
	}
	if (n == 0)
		return 0;
	if (arrival_take(st, a, n) == -1 || folder_save(st, &f) == -1)
		return -1;
	for (n = 0; wanted[MAILS] && n < DISTINCT; n++)
		tell("taken", sha256[n]);
	return 0;
}

static int
parse(struct store *st)
{
	struct mail_parsed p = { "parsed", 6, 1, "u1@x.example", "", "", "" };
	int64_t	mails[MAILS];
	int	n, i, result = 0;

	n = mail_pending(st, MESSAGE_STORED, BOX_NOW, mails, MAILS);
	if (n == -1 || mail_attempt(st, mails, (size_t)n) == -1 ||
	    store_group_begin(st, STORE_GROUP_LAZY) == -1)
		return -1;
	for (i = 0; i < n; i++) {
		if (mail_set_parsed(st, mails[i], &p) == -1)
			result = -1;
	}
	return store_group_commit(st) == -1 ? -1 : result;
}

/* The one transaction of a decision. Within store_begin. */
static int
decide(struct store *st, const struct mail *m)
{
	const char	*unit = "U1";
	struct filing	 f = { .mail = m->mail, .kind = FILING_SUBMISSION,
	    .campaign = "c1", .units = &unit, .n_units = 1, .reason = "",
	    .evidence = "", .decided_by = "", .decided_utc = BOX_NOW };
	struct submission s = { .campaign = "c1", .unit = unit,
	    .mail = m->mail, .sha256 = m->sha256, .name = "a.docx",
	    .channel = SUBMISSION_EMAIL, .received_utc = m->received_utc,
	    .number = "", .doc_date = "", .review = "", .outline_hash = "" };
	struct event	 e = { .time_utc = BOX_NOW, .who = "daemon",
	    .verb = "file", .campaign = "c1", .unit = unit, .mail = m->mail,
	    .detail = "", .reason = "" };
	struct outgoing	 o = { .message_id = m->sha256, .kind = "receipt",
	    .campaign = "c1", .step = "", .to = "u1@x.example",
	    .units = &unit, .n_units = 1, .created_utc = BOX_NOW };
	struct step	 step = { "c1", unit, m->id, BOX_NOW, STEP_MAILED, 0,
	    BOX_NOW, "" };
	int64_t		 id;
	bool		 is_new;

	if (filing_put(st, &f, NULL, 0) == -1 ||
	    submission_add(st, &s, &id, &is_new) == -1 ||
	    event_append(st, &e, &id) == -1 ||
	    logline_add(st, m->sha256) == -1 ||
	    outgoing_add(st, &o, "raw", 3, &step.outgoing) == -1 ||
	    step_put(st, &step, &is_new) == -1)
		return -1;
	return mail_set_state(st, m->mail, MESSAGE_FILED, "", 0);
}

/* One of the group; a failure takes no other with it. */
static int
file_one(struct store *st, int64_t mail, char sha256[65])
{
	struct mail	*m = mail_find(st, mail);
	int		 result;

	if (m == NULL || store_begin(st) == -1) {
		free(m);
		return -1;
	}
	result = decide(st, m);
	if (result == -1)
		store_rollback(st);
	else
		result = store_commit(st);
	snprintf(sha256, 65, "%s", m->sha256);
	free(m);
	return result;
}

/* What is ready with one commit; only then it is told. */
static int
file(struct store *st)
{
	int64_t		 mails[MAILS];
	char		 sha256[MAILS][65];
	int		 n, i, done = 0, result = 0;

	n = mail_pending(st, MESSAGE_PARSED, BOX_NOW, mails, MAILS);
	if (n < 1)
		return n;
	if (store_group_begin(st, STORE_GROUP_SYNCED) == -1)
		return -1;
	while (done < n && result == 0) {
		result = file_one(st, mails[done], sha256[done]);
		done += result == 0;
	}
	if (store_group_commit(st) == -1)
		return -1;
	for (i = 0; i < done; i++)
		tell("filed", sha256[i]);
	return result;
}

static int
note_line(const char *line, void *arg)
{
	(void)arg;
	if (was_told("logged", line) == 0)
		tell("logged", line);
	return 0;
}

struct ids {
	int64_t	id[MAILS * 2];
	char	message_id[MAILS * 2][65];
	int	n;
};

static int
note_due(const struct outgoing *o, void *arg)
{
	struct ids	*ids = arg;

	snprintf(ids->message_id[ids->n], 65, "%s", o->message_id);
	ids->id[ids->n++] = o->outgoing;
	return 0;
}

static int
deliver(struct store *st)
{
	struct outgoing_result r = { .state = OUTGOING_SENT,
	    .time_utc = BOX_NOW, .error = "" };
	struct ids	due = { .n = 0 };
	bool		claimed[MAILS * 2];
	int		i, result = 0;

	if (outgoing_each_due(st, BOX_NOW, note_due, &due) != 0 ||
	    store_group_begin(st, STORE_GROUP_SYNCED) == -1)
		return -1;
	for (i = 0; i < due.n; i++)
		claimed[i] = outgoing_claim(st, due.id[i]) == 0;
	if (store_group_commit(st) == -1)
		return -1;
	for (i = 0; i < due.n; i++)
		if (claimed[i])
			tell("sent", due.message_id[i]);
	if (store_group_begin(st, STORE_GROUP_SYNCED) == -1)
		return -1;
	for (i = 0; i < due.n; i++)
		if (!claimed[i] ||
		    outgoing_settle(st, due.id[i], &r) == -1)
			result = -1;
	return store_group_commit(st) == -1 ? -1 : result;
}

static int
work(struct store *st)
{
	enum logline_flushed what;
	size_t	n;

	if (arrival_recover(st, BOX_NOW, &n) == -1 ||
	    outgoing_recover(st) == -1 || fetch(st) == -1 ||
	    parse(st) == -1 || file(st) == -1)
		return -1;
	if (logline_flush(st, store_dir_fd(st), STATUS_LOG, &what) == -1)
		return -1;
	if (what == LOGLINE_REPLACED)
		fault_exit(7);
	if (logline_each(st, 0, note_line, NULL) != 0)
		return -1;
	return deliver(st);
}

/*
 * All of it from opening on. When something fails, the same process tries
 * again, as the daemon does on its next turn; a fault that lasts ends by
 * then. Exits 0 when it came to the end.
 */
static void
run(enum fault_mode mode, int n)
{
	struct store	*st;
	int		 tries, syncs, calls;

	fault_arm(mode, n, shadow);
	for (tries = 0; tries < 3; tries++) {
		if (store_open(state_dir, STORE_DAEMON, &st) == 0 &&
		    (work(st) == 0 ||
		    (fault_disarm(NULL), work(st) == 0)))
			break;
		if (mode == FAULT_NONE)
			fprintf(stderr, "# %s\n", store_error(st));
		store_close(st);
		fault_disarm(NULL);
	}
	if (tries == 3)
		fault_exit(1);
	calls = fault_disarm(&syncs);
	if (mode == FAULT_NONE)
		fprintf(stdout, "# %d mails: %d calls, %d of them syncs\n",
		    MAILS, calls, syncs);
	store_close(st);
	fflush(stdout);
	/* 2: the n-th call never came */
	fault_exit(fault_is_past() ? 0 : 2);
}

static int
run_forked(enum fault_mode mode, int n)
{
	pid_t	pid;
	int	status;

	fflush(stdout);
	pid = fork();
	if (pid == 0)
		run(mode, n);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* ---- the end, which is always the same */

static int
nothing_found(enum verify_finding what, const char *name, void *arg)
{
	fprintf(stderr, "# verify: %d %s\n", (int)what, name);
	++*(int *)arg;
	return 0;
}

static int64_t
number(struct store *st, const char *sql)
{
	struct query	q;
	int64_t		n = -1;

	query_start_once(&q, st, sql);
	assert_int_equal(query_number(&q, -1, &n), 0);
	return n;
}

static void
check_log(void)
{
	char	*text, *line, *rest;
	size_t	 len;
	int	 n = 0;

	text = box_read(state_dir, STATUS_LOG, &len);
	assert_non_null(text);
	assert_int_equal(text[len - 1], '\n');
	for (line = strtok_r(text, "\n", &rest); line != NULL;
	    line = strtok_r(NULL, "\n", &rest)) {
		n++;
		assert_int_equal(was_told("logged", line), 1);
	}
	assert_int_equal(n, DISTINCT);
	free(text);
}

static int
is_whole(const struct mail *m, void *arg)
{
	/* what we said was done is done, and no receipt went twice */
	assert_int_equal(m->state, MESSAGE_FILED);
	assert_string_equal(m->account, "office");
	assert_int_equal(m->received_utc, BOX_NOW - 60);
	/* what came to its end is held against no mail */
	assert_int_equal(m->attempts, 0);
	assert_in_range(was_told("sent", m->sha256), 0, 1);
	assert_in_range(was_told("filed", m->sha256), 0, 1);
	++*(int *)arg;
	return 0;
}

static void
check_end(void)
{
	struct mail_filter	 all = { 0 };
	struct store		*st;
	enum event_fault	 fault;
	int64_t			 n_files, seq;
	int			 n = 0, findings = 0;

	assert_int_equal(store_open(state_dir, STORE_COMMAND, &st), 0);
	assert_int_equal(verify_spool(st, nothing_found, &findings,
	    &n_files), 0);
	assert_int_equal(findings, 0);
	assert_int_equal(n_files, DISTINCT);
	assert_int_equal(mail_each(st, &all, is_whole, &n), 0);
	assert_int_equal(n, DISTINCT);
	assert_int_equal(number(st, "SELECT count(*) FROM uid"
	    " WHERE state = 2 AND mail <> 0"), MAILS);
	assert_int_equal(number(st, "SELECT count(*) FROM submission"),
	    DISTINCT);
	assert_int_equal(number(st, "SELECT count(*) FROM event"), DISTINCT);
	assert_int_equal(number(st, "SELECT count(*) FROM step"), DISTINCT);
	assert_int_equal(number(st, "SELECT count(*) FROM outgoing"
	    " WHERE state IN (3, 6)"), DISTINCT);
	assert_int_equal(number(st, "SELECT count(*) FROM outgoing"),
	    DISTINCT);
	assert_int_equal(event_verify(st, NULL, &fault, &seq), 0);
	assert_int_equal(fault, EVENT_SOUND);
	check_log();
	store_close(st);
}

/* What we had told the outside before the fault must still be so. */
static void
check_promises(void)
{
	struct store	*st;
	struct mail	*m;
	char		 line[256], *sha256;
	FILE		*f = fopen(outside, "r");

	if (f == NULL)
		return;
	assert_int_equal(store_open(state_dir, STORE_COMMAND, &st), 0);
	while (fgets(line, sizeof(line), f) != NULL) {
		sha256 = strchr(line, ' ') + 1;
		sha256[64] = '\0';
		m = mail_find_sha256(st, sha256);
		assert_non_null(m);
		if (strncmp(line, "filed", 5) == 0)
			assert_int_equal(m->state, MESSAGE_FILED);
		if (strncmp(line, "logged", 6) == 0) {
			size_t	 len;
			char	*text = box_read(state_dir, STATUS_LOG, &len);

			assert_non_null(strstr(text, sha256));
			free(text);
		}
		free(m);
	}
	store_close(st);
	fclose(f);
}

static void
begin_round(void)
{
	box_remove(base);
	assert_int_equal(mkdir(base, 0700), 0);
	assert_int_equal(mkdir(shadow, 0700), 0);
}

/* The disk after the power came back. */
static void
lose_power(void)
{
	char	restored[4100];
	struct stat sb;

	if (stat(state_dir, &sb) == -1)
		return;
	snprintf(restored, sizeof(restored), "%s/restored", base);
	fault_restore(shadow, base, restored);
	box_remove(state_dir);
	snprintf(restored, sizeof(restored), "%s/restored/state", base);
	if (stat(restored, &sb) == 0)
		assert_int_equal(rename(restored, state_dir), 0);
}

/*
 * Every call, or, to be quick, every step-th one; FAULT_STEP in the
 * environment says otherwise.
 */
static void
every_call_in_turn(enum fault_mode mode, int step, const char *name)
{
	const char *wish = getenv("FAULT_STEP");
	int	 n, status, struck = 0;

	if (wish != NULL)
		step = (int)strtol(wish, NULL, 10);
	assert_in_range(step, 1, 1000);
	for (n = 1; ; n += step) {
		begin_round();
		status = run_forked(mode, n);
		assert_int_not_equal(status, 1);
		assert_int_not_equal(status, 7);
		if (status == 2)
			break;
		if (status == FAULT_EXIT) {
			if (mode == FAULT_POWER)
				lose_power();
			check_promises();
		}
		struck++;
		assert_int_equal(run_forked(FAULT_NONE, 0), 0);
		check_end();
	}
	printf("# %s: %d places tried (one in %d), each survived\n", name,
	    struck, step);
	assert_in_range(struck, mode == FAULT_POWER ? 20 / step : 250 / step,
	    100000);
}

static void
nothing_is_lost_or_doubled_by_an_error_of_any_call(void **state)
{
	(void)state;
	every_call_in_turn(FAULT_EIO, 3, "input/output error");
}

static void
nothing_is_lost_or_doubled_when_the_disk_fills_at_any_call(void **state)
{
	(void)state;
	every_call_in_turn(FAULT_FULL, 7, "disk full");
}

static void
nothing_is_lost_or_doubled_by_a_kill_at_any_call(void **state)
{
	(void)state;
	every_call_in_turn(FAULT_KILL, 3, "kill");
}

static void
nothing_is_lost_or_doubled_by_a_torn_write(void **state)
{
	(void)state;
	every_call_in_turn(FAULT_TORN, 7, "torn write");
}

static void
nothing_is_lost_or_doubled_by_a_power_loss_at_any_sync(void **state)
{
	(void)state;
	every_call_in_turn(FAULT_POWER, 1, "power loss");
}

static int
setup(void **state)
{
	const char	*tmp = getenv("TMPDIR");

	(void)state;
	snprintf(base, sizeof(base), "%s/t-fault.XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(base) == NULL)
		return -1;
	snprintf(state_dir, sizeof(state_dir), "%s/state", base);
	snprintf(outside, sizeof(outside), "%s/outside", base);
	snprintf(shadow, sizeof(shadow), "%s/shadow", base);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	box_remove(base);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    nothing_is_lost_or_doubled_by_an_error_of_any_call),
		cmocka_unit_test(
		    nothing_is_lost_or_doubled_when_the_disk_fills_at_any_call),
		cmocka_unit_test(
		    nothing_is_lost_or_doubled_by_a_kill_at_any_call),
		cmocka_unit_test(nothing_is_lost_or_doubled_by_a_torn_write),
		cmocka_unit_test(
		    nothing_is_lost_or_doubled_by_a_power_loss_at_any_sync),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
