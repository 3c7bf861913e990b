/*
 * How far each folder of the mailbox has been read, and what became of
 * each UID. Keys are (account, folder, UIDVALIDITY, UID), RFC 3501 §2.3.1.
 */
#include "spool/folder.h"

#include <string.h>

#include "spool/handle.h"
#include "spool/query.h"

struct folder *
folder_find(struct store *st, const char *account, const char *name)
{
	static const size_t texts[] = { offsetof(struct folder, account),
	    offsetof(struct folder, name) };
	static const struct query_shape shape = { sizeof(struct folder),
	    texts, 2, 0 };
	struct folder	 f = { .account = account, .name = name };
	struct folder	*out = NULL;
	struct query	 q;

	query_start(&q, st, "SELECT uidvalidity, uidnext, ok_utc"
	    " FROM folder WHERE account = ? AND name = ?");
	query_text(&q, account);
	query_text(&q, name);
	if (query_step(&q) == 1) {
		f.uidvalidity = (uint32_t)query_get_int(&q, 0);
		f.uidnext = (uint32_t)query_get_int(&q, 1);
		f.ok_utc = query_get_int(&q, 2);
		out = query_pack(&f, &shape, 0);
	}
	(void)query_end(&q); /* NULL says it */
	return out;
}

int
folder_save(struct store *st, const struct folder *f)
{
	struct query	q;

	if (store_begin_lazy(st) == -1)
		return -1;
	query_start(&q, st, "INSERT INTO folder (account, name, uidvalidity,"
	    " uidnext, ok_utc) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
	    " SET uidvalidity = excluded.uidvalidity,"
	    " uidnext = excluded.uidnext, ok_utc = excluded.ok_utc");
	query_text(&q, f->account);
	query_text(&q, f->name);
	query_int(&q, f->uidvalidity);
	query_int(&q, f->uidnext);
	query_int(&q, f->ok_utc);
	(void)query_run(&q); /* breaks the transaction */
	/* two ranges, so that the key is used and nothing is walked */
	query_start(&q, st, "DELETE FROM uid WHERE account = ?1"
	    " AND folder = ?2 AND uidvalidity < ?3");
	query_text(&q, f->account);
	query_text(&q, f->name);
	query_int(&q, f->uidvalidity);
	(void)query_run(&q); /* breaks the transaction */
	query_start(&q, st, "DELETE FROM uid WHERE account = ?1"
	    " AND folder = ?2 AND uidvalidity > ?3");
	query_text(&q, f->account);
	query_text(&q, f->name);
	query_int(&q, f->uidvalidity);
	(void)query_run(&q); /* breaks the transaction */
	return store_commit(st);
}

static void
bind_key(struct query *q, const struct uid *u, uint64_t uid)
{
	query_text(q, u->account);
	query_text(q, u->folder);
	query_int(q, u->uidvalidity);
	query_int(q, (int64_t)uid);
}

int
uid_start(struct store *st, const struct uid *u, const uint64_t *uids,
    size_t n)
{
	struct query	q;
	size_t		i;

	if (store_begin_lazy(st) == -1)
		return -1;
	for (i = 0; i < n; i++) {
		query_start(&q, st, "INSERT INTO uid (account, folder,"
		    " uidvalidity, uid, state, attempts)"
		    " VALUES (?, ?, ?, ?, 1, 1) ON CONFLICT DO UPDATE SET"
		    " state = CASE state WHEN 2 THEN 2 ELSE 1 END,"
		    " attempts = attempts + 1");
		bind_key(&q, u, uids[i]);
		if (query_run(&q) == -1)
			break;
	}
	return store_commit(st);
}

int
uid_fail(struct store *st, const struct uid *u, int is_final,
    const char *text, enum uid_state *state)
{
	struct query	q;
	int64_t		now = 0;

	query_start(&q, st, "INSERT INTO uid (account, folder, uidvalidity,"
	    " uid, state, attempts, text)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT DO UPDATE SET"
	    " state = CASE WHEN state = 2 THEN 2 WHEN attempts >= ?7 THEN 4"
	    " ELSE ?5 END, text = ?6 RETURNING state");
	bind_key(&q, u, u->uid);
	query_int(&q, is_final ? UID_REFUSED : UID_FAILED);
	query_text(&q, text);
	query_int(&q, UID_ATTEMPTS);
	if (query_number(&q, 0, &now) == -1)
		return -1;
	*state = (enum uid_state)now;
	return 0;
}

int
uid_mark(struct store *st, const struct uid *u)
{
	struct query	q;

	query_start(&q, st, "UPDATE uid SET is_marked = 1"
	    " WHERE account = ? AND folder = ? AND uidvalidity = ?"
	    " AND uid = ? AND state = 2");
	bind_key(&q, u, u->uid);
	return query_run(&q);
}

#define COLUMNS "SELECT uid.account, uid.folder, uidvalidity, uid," \
	" uid.state, uid.attempts, uid.mail, is_marked, text FROM uid"

static int
walk(struct query *q, uid_row row, void *arg)
{
	struct uid	u;
	int		result = 0;

	while (result == 0 && query_step(q) == 1) {
		u.account = query_get_text(q, 0);
		u.folder = query_get_text(q, 1);
		u.uidvalidity = (uint32_t)query_get_int(q, 2);
		u.uid = (uint64_t)query_get_int(q, 3);
		u.state = (enum uid_state)query_get_int(q, 4);
		u.attempts = (int)query_get_int(q, 5);
		u.mail = query_get_int(q, 6);
		u.is_marked = query_get_int(q, 7) != 0;
		u.text = query_get_text(q, 8);
		result = row(&u, arg);
	}
	return query_end(q) == -1 ? -1 : result;
}

int
uid_each(struct store *st, const char *account, const char *folder,
    enum uid_state state, uid_row row, void *arg)
{
	struct query	q;

	if (state == 0 || state == UID_STORED) {
		query_start(&q, st, COLUMNS " WHERE account = ?1"
		    " AND folder = ?2 AND (?3 = 0 OR state = ?3)"
		    " ORDER BY uidvalidity, uid");
	} else {
		query_start(&q, st, COLUMNS " WHERE account = ?1"
		    " AND folder = ?2 AND state <> 2 AND state = ?3"
		    " ORDER BY uidvalidity, uid");
	}
	query_text(&q, account);
	query_text(&q, folder);
	query_int(&q, state);
	return walk(&q, row, arg);
}

int
uid_each_retry(struct store *st, const char *account, const char *folder,
    uid_row row, void *arg)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE account = ? AND folder = ?"
	    " AND state <> 2 AND state IN (1, 3) AND attempts < ?"
	    " ORDER BY uidvalidity, uid");
	query_text(&q, account);
	query_text(&q, folder);
	query_int(&q, UID_ATTEMPTS);
	return walk(&q, row, arg);
}

int
uid_each_unmarked(struct store *st, const char *account, const char *folder,
    uid_row row, void *arg)
{
	struct query	q;

	query_start(&q, st, COLUMNS " JOIN mail ON mail.mail = uid.mail"
	    " WHERE uid.account = ? AND uid.folder = ? AND uid.state = 2"
	    " AND is_marked = 0 AND mail.state IN (4, 5, 6, 7)"
	    " ORDER BY uidvalidity, uid");
	query_text(&q, account);
	query_text(&q, folder);
	return walk(&q, row, arg);
}
