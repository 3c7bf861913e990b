/*
 * Tables, and how an older database becomes a newer one. Partial indexes
 * hold only what is unfinished, so that their cost does not grow with the
 * history; a query uses one only if it repeats the index's condition.
 */
#include "spool/schema.h"

#include <stdio.h>

#include "spool/handle.h"
#include "spool/query.h"

static const char schema_1[] =
"CREATE TABLE kv (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"

/* mail.state: enum message_state; form: enum files_form */
"CREATE TABLE mail (mail INTEGER PRIMARY KEY,"
" sha256 TEXT NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE,"
" form INTEGER NOT NULL, file_name TEXT NOT NULL, size INTEGER NOT NULL,"
" received_utc INTEGER NOT NULL, taken_utc INTEGER NOT NULL,"
" account TEXT NOT NULL, folder TEXT NOT NULL,"
" is_backlog INTEGER NOT NULL, state INTEGER NOT NULL,"
" attempts INTEGER NOT NULL DEFAULT 0,"
" next_try_utc INTEGER NOT NULL DEFAULT 0,"
" trouble TEXT NOT NULL DEFAULT '', turn INTEGER NOT NULL DEFAULT 0,"
" from_address TEXT NOT NULL DEFAULT '',"
" from_name TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL DEFAULT '',"
" message_id TEXT NOT NULL DEFAULT '',"
" parser_version INTEGER NOT NULL DEFAULT 0);"
"CREATE INDEX mail_received ON mail(received_utc, mail);"
"CREATE INDEX mail_stored ON mail(mail) WHERE state = 1;"
"CREATE INDEX mail_parsed ON mail(turn, mail) WHERE state = 2;"
"CREATE INDEX mail_sender ON mail(from_address, turn) WHERE state = 2;"
"CREATE INDEX mail_deferred ON mail(next_try_utc, mail) WHERE state = 3;"
"CREATE INDEX mail_held ON mail(received_utc) WHERE state = 5;"
"CREATE INDEX mail_aside ON mail(received_utc) WHERE state = 6;"
"CREATE INDEX mail_purged ON mail(received_utc) WHERE state = 7;"
"CREATE INDEX mail_taken ON mail(taken_utc) WHERE state = 4;"
"CREATE TABLE parsed (mail INTEGER PRIMARY KEY, blob BLOB NOT NULL);"

"CREATE TABLE folder (account TEXT, name TEXT, uidvalidity INTEGER,"
" uidnext INTEGER, ok_utc INTEGER, PRIMARY KEY (account, name))"
" WITHOUT ROWID;"
"CREATE TABLE uid (account TEXT, folder TEXT, uidvalidity INTEGER,"
" uid INTEGER, state INTEGER NOT NULL, attempts INTEGER NOT NULL,"
" mail INTEGER NOT NULL DEFAULT 0,"
" is_marked INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL DEFAULT '',"
" PRIMARY KEY (account, folder, uidvalidity, uid)) WITHOUT ROWID;"
"CREATE INDEX uid_open ON uid(account, folder) WHERE state <> 2;"
"CREATE INDEX uid_unmarked ON uid(account, folder)"
" WHERE state = 2 AND is_marked = 0;"

"CREATE TABLE filing (mail INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
" campaign TEXT NOT NULL, units TEXT NOT NULL, basis INTEGER NOT NULL,"
" is_counted INTEGER NOT NULL, needs_clerk INTEGER NOT NULL,"
" is_quarantined INTEGER NOT NULL, reason TEXT NOT NULL,"
" guesses TEXT NOT NULL, evidence TEXT NOT NULL,"
" duplicate_of INTEGER NOT NULL, fitting INTEGER NOT NULL,"
" decided_utc INTEGER NOT NULL, decided_by TEXT NOT NULL);"
"CREATE INDEX filing_campaign ON filing(campaign, mail);"
"CREATE INDEX filing_clerk ON filing(mail) WHERE needs_clerk = 1;"
"CREATE TABLE attachment (mail INTEGER, idx INTEGER,"
" name TEXT NOT NULL, container TEXT NOT NULL, format TEXT NOT NULL,"
" role INTEGER NOT NULL, unit TEXT NOT NULL, sha256 TEXT NOT NULL,"
" size INTEGER NOT NULL, status INTEGER NOT NULL,"
" PRIMARY KEY (mail, idx)) WITHOUT ROWID;"
"CREATE INDEX attachment_sha256 ON attachment(sha256, mail);"

/* sha256 is NULL for a submission without a file */
"CREATE TABLE submission (submission INTEGER PRIMARY KEY,"
" campaign TEXT NOT NULL, unit TEXT NOT NULL, mail INTEGER NOT NULL,"
" attachment INTEGER NOT NULL, sha256 TEXT, name TEXT NOT NULL,"
" channel INTEGER NOT NULL, received_utc INTEGER NOT NULL,"
" number TEXT NOT NULL, doc_date TEXT NOT NULL, status INTEGER NOT NULL,"
" in_review INTEGER NOT NULL, review TEXT NOT NULL,"
" is_acceptable INTEGER NOT NULL, is_current INTEGER NOT NULL,"
" decision INTEGER NOT NULL, decision_event INTEGER NOT NULL,"
" return_until_utc INTEGER NOT NULL, outline_hash TEXT NOT NULL,"
" coverage BLOB, UNIQUE (campaign, unit, sha256));"
"CREATE INDEX submission_unit"
" ON submission(campaign, unit, received_utc, submission);"
"CREATE INDEX submission_mail ON submission(mail);"

"CREATE TABLE event (seq INTEGER PRIMARY KEY, time_utc INTEGER NOT NULL,"
" who TEXT NOT NULL, verb TEXT NOT NULL, campaign TEXT NOT NULL,"
" unit TEXT NOT NULL, mail INTEGER NOT NULL, detail TEXT NOT NULL,"
" reason TEXT NOT NULL, undoes INTEGER NOT NULL, hash TEXT NOT NULL);"
"CREATE INDEX event_verb ON event(verb, seq);"
"CREATE INDEX event_campaign ON event(campaign, verb, seq);"
"CREATE INDEX event_unit ON event(unit, verb, seq) WHERE unit <> '';"
"CREATE INDEX event_mail ON event(mail, seq) WHERE mail <> 0;"
"CREATE INDEX event_undoes ON event(undoes) WHERE undoes <> 0;"
/* which events are taken back, and by which undo in force */
"CREATE TABLE undone (seq INTEGER PRIMARY KEY, by INTEGER NOT NULL);"

/* start: the byte of status.log where the line begins */
"CREATE TABLE logline (start INTEGER PRIMARY KEY, line TEXT NOT NULL);"

"CREATE TABLE outgoing (outgoing INTEGER PRIMARY KEY,"
" message_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
" campaign TEXT NOT NULL, step TEXT NOT NULL, to_address TEXT NOT NULL,"
" units TEXT NOT NULL, mail INTEGER NOT NULL,"
" created_utc INTEGER NOT NULL, state INTEGER NOT NULL,"
" attempts INTEGER NOT NULL, next_try_utc INTEGER NOT NULL,"
" done_utc INTEGER NOT NULL, code INTEGER NOT NULL,"
" error TEXT NOT NULL);"
"CREATE INDEX outgoing_due ON outgoing(next_try_utc, outgoing)"
" WHERE state IN (1, 4);"
"CREATE INDEX outgoing_open ON outgoing(state)"
" WHERE state NOT IN (3, 7);"
"CREATE INDEX outgoing_to ON outgoing(to_address, created_utc);"
"CREATE INDEX outgoing_campaign ON outgoing(campaign, outgoing);"
"CREATE TABLE outgoing_raw (outgoing INTEGER PRIMARY KEY,"
" raw BLOB NOT NULL);"
"CREATE TABLE outgoing_unit (unit TEXT, created_utc INTEGER,"
" outgoing INTEGER, PRIMARY KEY (unit, created_utc, outgoing))"
" WITHOUT ROWID;"
"CREATE TABLE receipt (address TEXT, sha256 TEXT,"
" PRIMARY KEY (address, sha256)) WITHOUT ROWID;"

"CREATE TABLE step (campaign TEXT, unit TEXT, step TEXT,"
" due_utc INTEGER, outcome INTEGER NOT NULL, outgoing INTEGER NOT NULL,"
" time_utc INTEGER NOT NULL, reason TEXT NOT NULL,"
" PRIMARY KEY (campaign, unit, step, due_utc)) WITHOUT ROWID;"

"CREATE TABLE token (hash TEXT PRIMARY KEY, action TEXT NOT NULL,"
" object TEXT NOT NULL, address TEXT NOT NULL,"
" created_utc INTEGER NOT NULL, expires_utc INTEGER NOT NULL,"
" used_utc INTEGER NOT NULL) WITHOUT ROWID;"
"CREATE INDEX token_expires ON token(expires_utc);"

"CREATE TABLE learned (address TEXT, unit TEXT, who TEXT NOT NULL,"
" time_utc INTEGER NOT NULL, revoked_utc INTEGER NOT NULL,"
" PRIMARY KEY (address, unit)) WITHOUT ROWID;"
"CREATE TABLE bounced (address TEXT PRIMARY KEY, unit TEXT NOT NULL,"
" status TEXT NOT NULL, text TEXT NOT NULL, time_utc INTEGER NOT NULL,"
" outgoing INTEGER NOT NULL, cleared_utc INTEGER NOT NULL)"
" WITHOUT ROWID;";

/* How often all was said to the server and no answer came. */
static const char schema_2[] =
"ALTER TABLE outgoing ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0;";

/* Turns are given at arrival, by what tells senders apart. The expression
 * must be written as mail_pending() asks. */
static const char schema_3[] =
"ALTER TABLE mail ADD COLUMN sender INTEGER NOT NULL DEFAULT 0;"
"UPDATE mail SET turn = 0;"
"DROP INDEX mail_stored; DROP INDEX mail_parsed; DROP INDEX mail_sender;"
"CREATE INDEX mail_stored ON mail(turn / 64, received_utc, sha256)"
" WHERE state = 1;"
"CREATE INDEX mail_parsed ON mail(turn / 64, received_utc, sha256)"
" WHERE state = 2;"
"CREATE INDEX mail_sender ON mail(sender, turn) WHERE state IN (1, 2);"
"CREATE INDEX mail_message_id ON mail(message_id, received_utc, mail)"
" WHERE message_id <> '';";

/* What nobody asks any more. */
static const char schema_4[] =
"DROP INDEX filing_campaign; DROP INDEX attachment_sha256;"
"ALTER TABLE submission DROP COLUMN is_current;";

/* How many came from one sender in a day. */
static const char schema_5[] =
"CREATE INDEX mail_sender_day ON mail(sender, received_utc)"
" WHERE sender <> 0;";

const char *const schema_steps[] = { schema_1, schema_2, schema_3,
	schema_4, schema_5 };
const size_t schema_n_steps = sizeof(schema_steps) / sizeof(*schema_steps);

int
schema_version(struct store *st)
{
	struct query	q;
	int64_t		v;

	query_start_once(&q, st, "PRAGMA user_version");
	if (query_number(&q, 0, &v) == -1)
		return -1;
	return (int)v;
}

/* One step; another process may have been faster. */
static int
step_up(struct store *st, const char *sql, int version)
{
	char	pragma[64];
	int	now;

	if (store_begin(st) == -1)
		return -1;
	now = schema_version(st);
	if (now != version) {
		store_rollback(st);
		return now == -1 ? -1 : 0;
	}
	if (sqlite3_exec(st->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		(void)store_fail_db(st); /* always -1 */
		store_rollback(st);
		return -1;
	}
	(void)snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d",
	    version + 1);
	if (query_exec(st, pragma) == -1) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st);
}

int
schema_migrate(struct store *st, const char *const *steps, size_t n_steps)
{
	int	v;

	for (;;) {
		v = schema_version(st);
		if (v == -1)
			return -1;
		if ((size_t)v > n_steps)
			return store_fail(st, STORE_NEWER,
			    "tiepnhan.db: made by a newer tiepnhan (schema "
			    "%d, this one knows up to %zu): install that "
			    "version or restore an older backup", v,
			    n_steps);
		if ((size_t)v == n_steps)
			return 0;
		if (st->mode == STORE_READ)
			return store_fail(st, STORE_REFUSED,
			    "tiepnhan.db: schema %d is older than this "
			    "program's %zu: start the daemon once to bring "
			    "it up", v, n_steps);
		if (step_up(st, steps[v], v) == -1)
			return -1;
	}
}
