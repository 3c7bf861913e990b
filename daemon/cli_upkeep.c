/*
 * The administrator's verbs: inject, queue, retry, replay, verify, rebuild,
 * backup, purge.
 */
#include "daemon/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/config.h"
#include "daemon/intake.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/rehearsal.h"
#include "daemon/replay.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/arrival.h"
#include "spool/backup.h"
#include "spool/event.h"
#include "spool/files.h"
#include "spool/lock.h"
#include "spool/mail.h"
#include "spool/outgoing.h"
#include "spool/purge.h"
#include "spool/store.h"
#include "spool/verify.h"

#define OUT_PREFIX "out-"	/* how a mail of ours is named */

/* Read and file what waits, unless the daemon is there to do it. */
static int
take_in(struct cli *c)
{
	struct intake	*in;
	int		 left;

	if (store_daemon_pid(c->office->config->state) > 0)
		return 0;
	in = intake_new(c->office);
	left = intake_run(in, c->now);
	intake_free(in);
	if (left == -1)
		return cli_store_failed(c);
	return left > 0 ? EX_TEMPFAIL : 0;
}

/* ---- inject */

static int
inject_one(struct cli *c, size_t i, time_t received)
{
	struct arrival	 a = {.form = FILES_MAIL, .name = "",
		.received_utc = received, .taken_utc = c->now,
		.account = "inject", .folder = ""};
	struct mail	*m;
	char		 sha256[65];

	if (c->is_dry) {
		printf("%s\n", c->args.words[i]);
		return 0;
	}
	if (files_copy(c->office->store, c->inputs[i], FILES_MAIL, sha256,
	    &a.size) == -1)
		return cli_store_failed(c);
	a.sha256 = sha256;
	if (arrival_take(c->office->store, &a, 1) == -1)
		return cli_store_failed(c);
	m = mail_find(c->office->store, a.mail);
	printf("#%s %s%s\n", m != NULL ? m->id : sha256, c->args.words[i],
	    a.is_new ? "" : " (here already)");
	free(m);
	return 0;
}

int
cli_inject(struct cli *c)
{
	const char	*at = cli_value(&c->args, OPT_RECEIVED, NULL);
	time_t		 received = c->now;
	size_t		 i;
	int		 rc = 0, read_rc;

	if (at != NULL && local_parse(at, &received) == -1)
		return cli_fail(c, EX_USAGE, "--received %s: right would be "
		    "2026-05-12T08:00:00+07:00", at);
	for (i = 0; i < c->args.n_words && rc == 0; i++)
		rc = inject_one(c, i, received);
	if (rc != 0 || c->is_dry)
		return rc;
	read_rc = take_in(c);
	rc = cli_changed(c);
	return rc != 0 ? rc : read_rc;
}

/* ---- queue and retry */

static int
show_mail(const struct mail *m, void *arg)
{
	struct cli	*c = arg;

	if (m->state == MESSAGE_FILED || m->state == MESSAGE_HELD ||
	    m->state == MESSAGE_PURGED)
		return 0;
	printf("%-8s %-9s %s  tries %d  %s%s%s\n", m->id,
	    message_state_name(m->state),
	    local_stamp(m->received_utc, c->arena), m->attempts,
	    m->from_address, m->trouble[0] != '\0' ? ": " : "", m->trouble);
	return 0;
}

static int
show_outgoing(const struct outgoing *o, void *arg)
{
	struct cli	*c = arg;

	if (o->state == OUTGOING_SENT || o->state == OUTGOING_WITHDRAWN)
		return 0;
	printf(OUT_PREFIX "%-4lld %-9s %s  tries %d  %s to %s",
	    (long long)o->outgoing, outgoing_state_name(o->state),
	    local_stamp(o->created_utc, c->arena), o->attempts, o->kind,
	    o->to);
	if (o->state == OUTGOING_LATER)
		printf(", next try %s",
		    local_stamp(o->next_try_utc, c->arena));
	printf("%s%s\n", o->error[0] != '\0' ? ": " : "", o->error);
	return 0;
}

int
cli_queue(struct cli *c)
{
	struct mail_filter	f = {0};

	if (mail_each(c->office->store, &f, show_mail, c) == -1 ||
	    outgoing_each(c->office->store, 0, show_outgoing, c) == -1)
		return cli_store_failed(c);
	return 0;
}

static int
retry_outgoing(struct cli *c, const char *number)
{
	struct outgoing_result	 r = {.state = OUTGOING_PENDING,
		.time_utc = c->now, .next_try_utc = c->now, .error = ""};
	struct outgoing		*o;
	char			*end;
	long long		 id = strtoll(number, &end, 10);

	o = *end == '\0' ? outgoing_find(c->office->store, id) : NULL;
	if (o == NULL)
		return cli_fail(c, EX_NOINPUT, "no mail '" OUT_PREFIX "%s' "
		    "(tiepnhan queue shows them)", number);
	if (!outgoing_state_may(o->state, OUTGOING_PENDING)) {
		cli_fail(c, EX_DATAERR, OUT_PREFIX "%s is %s; it is not sent "
		    "again", number, outgoing_state_name(o->state));
		free(o);
		return EX_DATAERR;
	}
	free(o);
	if (!c->is_dry &&
	    outgoing_settle(c->office->store, id, &r) == -1)
		return cli_store_failed(c);
	return cli_changed(c);
}

int
cli_retry(struct cli *c)
{
	const char	*id = c->args.words[0];
	struct mail	*m = NULL;
	int64_t		 row;
	int		 rc, read_rc;

	if (strncmp(id, OUT_PREFIX, strlen(OUT_PREFIX)) == 0)
		return retry_outgoing(c, id + strlen(OUT_PREFIX));
	if ((rc = cli_mail(c, id, &m)) != 0)
		return rc;
	row = m->mail;
	free(m);
	if (c->is_dry)
		return 0;
	if (mail_retry(c->office->store, row) == -1)
		return cli_store_failed(c);
	read_rc = take_in(c);
	rc = cli_changed(c);
	return rc != 0 ? rc : read_rc;
}

/* ---- reading again */

int
cli_replay(struct cli *c)
{
	struct office_campaign	*only = NULL;
	const char		*name = cli_value(&c->args, OPT_CAMPAIGN, NULL);
	struct strbuf		 folder = {0};
	struct replay		*before;
	long			 changed;
	int			 rc;

	if (name != NULL && (rc = cli_campaign(c, name, &only)) != 0)
		return rc;
	before = replay_note(c->office, only != NULL ? only->id : NULL,
	    c->now, c->arena);
	if (before == NULL)
		return cli_store_failed(c);
	if (rehearsal_begin(c->office, &folder) == -1)
		return EX_TEMPFAIL;
	changed = replay_compare(c->office, before, c->now, stdout);
	rehearsal_end(c->office, &folder);
	if (changed == -1)
		return cli_fail(c, EX_TEMPFAIL, "the mails could not all be "
		    "read again");
	printf("%ld verdicts would change\n", changed);
	return 0;
}

int
cli_rebuild(struct cli *c)
{
	int	rc, read_rc;

	if (store_daemon_pid(c->office->config->state) > 0)
		return cli_fail(c, EX_TEMPFAIL, "tiepnhand is running; stop "
		    "it first");
	if (c->is_dry)
		return 0;
	if (purge_derived(c->office->store) == -1)
		return cli_store_failed(c);
	read_rc = take_in(c);
	rc = cli_changed(c);
	return rc != 0 ? rc : read_rc;
}

/* ---- verify, backup, purge */

static int
show_finding(enum verify_finding what, const char *name, void *arg)
{
	static const char *const words[] = {
		[VERIFY_FILE_MISSING] = "missing",
		[VERIFY_FILE_DAMAGED] = "damaged",
		[VERIFY_FILE_UNKNOWN] = "not in the ledger",
		[VERIFY_FILE_UNPURGED] = "purged, but still there",
		[VERIFY_DATABASE_DAMAGED] = "database damaged"
	};
	long	*n = arg;

	printf("%s: %s\n", name, words[what]);
	++*n;
	return 0;
}

static int
show_fault(struct cli *c, long *n)
{
	static const char *const words[] = {
		[EVENT_SOUND] = "", [EVENT_ALTERED] = "altered",
		[EVENT_MISSING] = "missing"
	};
	enum event_fault	fault;
	char			head[65];
	int64_t			seq;

	if (event_verify(c->office->store,
	    cli_value(&c->args, OPT_HEAD, NULL), &fault, &seq) == -1 ||
	    event_head(c->office->store, head) == -1)
		return cli_store_failed(c);
	if (fault == EVENT_HEAD_UNKNOWN)
		printf("the head given does not occur in the chain\n");
	else if (fault != EVENT_SOUND)
		printf("event %lld: %s\n", (long long)seq, words[fault]);
	*n += fault != EVENT_SOUND;
	printf("head %s\n", head);
	return 0;
}

int
cli_verify(struct cli *c)
{
	int64_t	files = 0;
	long	n = 0;
	int	rc;

	if (verify_spool(c->office->store, show_finding, &n, &files) == -1)
		return cli_store_failed(c);
	if ((rc = show_fault(c, &n)) != 0)
		return rc;
	printf("%lld files, %ld findings\n", (long long)files, n);
	return n == 0 ? 0 : EX_DATAERR;
}

int
cli_backup(struct cli *c)
{
	if (c->is_dry)
		return 0;
	if (backup_copy(c->office->store, c->args.words[0]) == -1)
		return cli_store_failed(c);
	printf("%s: a state folder of its own; to use it, name it as "
	    "[paths] state\n", c->args.words[0]);
	return 0;
}

int
cli_purge(struct cli *c)
{
	struct event	 e = {.time_utc = c->now, .who = c->who,
		.verb = "purge", .campaign = "", .unit = "", .detail = "",
		.reason = cli_value(&c->args, OPT_REASON, "")};
	struct mail	*m = NULL;
	int64_t		 row;
	int		 rc;

	if (e.reason[0] == '\0')
		return cli_fail(c, EX_USAGE, "--reason says why; it stays in "
		    "the ledger for ever");
	if ((rc = cli_mail(c, c->args.words[0], &m)) != 0)
		return rc;
	row = m->mail;
	free(m);
	if (c->is_dry)
		return 0;
	if (purge_mail(c->office->store, row, &e) == -1)
		return cli_store_failed(c);
	return cli_changed(c);
}
