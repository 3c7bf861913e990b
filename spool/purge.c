/*
 * Forgetting: one mail for good, or everything that can be derived again.
 */
#include "spool/purge.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "spool/event.h"
#include "spool/files.h"
#include "spool/handle.h"
#include "spool/mail.h"
#include "spool/query.h"
#include "spool/stamp.h"

/* Statements about one mail; each has one parameter, the row number. */
static const char *const forget[] = {
	"DELETE FROM parsed WHERE mail = ?",
	"UPDATE filing SET reason = '', guesses = '', evidence = '',"
	    " needs_clerk = 0 WHERE mail = ?",
	"UPDATE attachment SET name = '', container = '' WHERE mail = ?",
	"UPDATE submission SET name = '', coverage = NULL,"
	    " outline_hash = '' WHERE mail = ?",
	"UPDATE mail SET state = 7, file_name = '', trouble = '',"
	    " from_address = '', from_name = '', subject = '',"
	    " message_id = '', parser_version = 0, next_try_utc = 0"
	    " WHERE mail = ?",
};

static int
forget_rows(struct store *st, int64_t mail, const struct event *e,
    bool *is_ours)
{
	struct event	event = *e;
	struct query	q;
	size_t		i;
	int64_t		seq;

	event.mail = mail;
	if (store_begin(st) == -1)
		return -1;
	for (i = 0; i < sizeof(forget) / sizeof(*forget); i++) {
		query_start(&q, st, forget[i]);
		query_int(&q, mail);
		if (query_run(&q) == -1)
			break;
	}
	/* without a stamp the next start looks for the file */
	*is_ours = stamp_is_ours(st);
	if (stamp_drop(st) == -1 || event_append(st, &event, &seq) == -1) {
		store_rollback(st);
		return -1;
	}
	return store_commit(st);
}

static int
forget_file(struct store *st, const char *name, bool is_ours)
{
	if (store_begin(st) == -1)
		return -1;
	(void)unlinkat(st->incoming_fd, name, 0); /* usually not there */
	if (unlinkat(st->spool_fd, name, 0) == -1 && errno != ENOENT) {
		(void)store_fail_errno(st, name); /* always -1 */
		goto rollback;
	}
	if (fsync(st->spool_fd) == -1) {
		(void)store_fail_errno(st, "spool"); /* always -1 */
		goto rollback;
	}
	if (is_ours && stamp_put(st) == -1)
		goto rollback;
	return store_commit(st);

rollback:
	store_rollback(st);
	return -1;
}

int
purge_mail(struct store *st, int64_t mail, const struct event *e)
{
	struct mail	*m;
	char		 name[FILES_NAME];
	bool		 is_ours = false;

	m = mail_find(st, mail);
	if (m == NULL || !message_state_may(m->state, MESSAGE_PURGED)) {
		(void)store_fail(st, STORE_REFUSED, "mail %" PRId64 ": %s",
		    mail, m == NULL ? "there is none" : "is purged already");
		free(m);
		return -1;
	}
	files_name(m->sha256, m->form, name);
	free(m);
	if (forget_rows(st, mail, e, &is_ours) == -1 ||
	    forget_file(st, name, is_ours) == -1)
		return -1;
	/* the old pages leave the log too, unless a reader holds them */
	return query_exec(st, "PRAGMA wal_checkpoint(TRUNCATE)");
}

int
purge_expired(struct store *st, int64_t taken_before_utc, int64_t *mails,
    int max)
{
	struct query	q;
	int		n = 0;

	query_start(&q, st, "SELECT mail FROM mail AS m WHERE state = 4"
	    " AND taken_utc < ? AND NOT EXISTS (SELECT 1 FROM submission"
	    " AS s WHERE s.mail = m.mail) AND NOT EXISTS (SELECT 1"
	    " FROM filing AS f WHERE f.mail = m.mail AND f.needs_clerk = 1)"
	    " ORDER BY taken_utc, mail LIMIT ?");
	query_int(&q, taken_before_utc);
	query_int(&q, max);
	while (n < max && query_step(&q) == 1)
		mails[n++] = query_get_int(&q, 0);
	return query_end(&q) == -1 ? -1 : n;
}

int
purge_derived(struct store *st)
{
	/* what came without a mail, or whose mail is purged, is not derived */
#define DERIVED " WHERE mail IN (SELECT mail FROM mail WHERE state <> 7)"
	static const char *const wipe[] = {
		"DELETE FROM parsed",
		"DELETE FROM filing" DERIVED,
		"DELETE FROM attachment" DERIVED,
		"DELETE FROM submission" DERIVED,
		("UPDATE mail SET state = 1, turn = 0, attempts = 0,"
		    " next_try_utc = 0, trouble = '', parser_version = 0"
		    " WHERE state <> 7"),
	};
	size_t	i;

	if (store_begin(st) == -1)
		return -1;
	for (i = 0; i < sizeof(wipe) / sizeof(*wipe); i++) {
		if (query_exec(st, wipe[i]) == -1)
			break;
	}
	return store_commit(st);
}
