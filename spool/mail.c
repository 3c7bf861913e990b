/*
 * Mails: their rows, their states, and the work to do on them.
 */
#include "spool/mail.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "spool/digest.h"
#include "spool/handle.h"
#include "spool/query.h"

#define COLUMNS "SELECT mail, sha256, id, form, file_name, size," \
	" received_utc, taken_utc, account, folder, is_backlog, state," \
	" attempts, next_try_utc, trouble, from_address, from_name," \
	" subject, message_id, parser_version FROM mail"

static void
read_row(struct query *q, struct mail *m)
{
	m->mail = query_get_int(q, 0);
	m->sha256 = query_get_text(q, 1);
	m->id = query_get_text(q, 2);
	m->form = (enum files_form)query_get_int(q, 3);
	m->file_name = query_get_text(q, 4);
	m->size = (uint64_t)query_get_int(q, 5);
	m->received_utc = query_get_int(q, 6);
	m->taken_utc = query_get_int(q, 7);
	m->account = query_get_text(q, 8);
	m->folder = query_get_text(q, 9);
	m->is_backlog = query_get_int(q, 10) != 0;
	m->state = (enum message_state)query_get_int(q, 11);
	m->attempts = (int)query_get_int(q, 12);
	m->next_try_utc = query_get_int(q, 13);
	m->trouble = query_get_text(q, 14);
	m->from_address = query_get_text(q, 15);
	m->from_name = query_get_text(q, 16);
	m->subject = query_get_text(q, 17);
	m->message_id = query_get_text(q, 18);
	m->parser_version = query_get_int(q, 19);
}

static struct mail *
pack(struct query *q)
{
	static const size_t texts[] = { offsetof(struct mail, sha256),
	    offsetof(struct mail, id), offsetof(struct mail, file_name),
	    offsetof(struct mail, account), offsetof(struct mail, folder),
	    offsetof(struct mail, trouble),
	    offsetof(struct mail, from_address),
	    offsetof(struct mail, from_name),
	    offsetof(struct mail, subject),
	    offsetof(struct mail, message_id) };
	static const struct query_shape shape = { sizeof(struct mail),
	    texts, sizeof(texts) / sizeof(*texts), 0 };
	struct mail	m;

	read_row(q, &m);
	return query_pack(&m, &shape, 0);
}

/* The one row of a query, and its end. */
static struct mail *
take_one(struct query *q)
{
	struct mail	*m = NULL;

	if (query_step(q) == 1)
		m = pack(q);
	(void)query_end(q); /* NULL says it */
	return m;
}

struct mail *
mail_find(struct store *st, int64_t mail)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE mail = ?");
	query_int(&q, mail);
	return take_one(&q);
}

struct mail *
mail_find_sha256(struct store *st, const char *sha256)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE sha256 = ?");
	query_text(&q, sha256);
	return take_one(&q);
}

/* Lower case hex digits without a leading #; false when it is none. */
static bool
clean_prefix(const char *s, char out[DIGEST_HEX])
{
	size_t	i;

	if (*s == '#')
		s++;
	for (i = 0; i < DIGEST_HEX - 1 && s[i] != '\0'; i++) {
		if (!isxdigit((unsigned char)s[i]))
			return false;
		out[i] = (char)tolower((unsigned char)s[i]);
	}
	out[i] = '\0';
	return i > 0 && s[i] == '\0';
}

struct mail *
mail_find_id(struct store *st, const char *prefix, int *n_found)
{
	struct mail	*m;
	struct query	 q;
	char		 low[DIGEST_HEX], high[DIGEST_HEX + 1];

	*n_found = 0;
	if (!clean_prefix(prefix, low))
		return NULL;
	/* An id stays good when later hashes begin alike. */
	query_start(&q, st, COLUMNS " WHERE id = ?");
	query_text(&q, low);
	m = take_one(&q);
	if (m != NULL) {
		*n_found = 1;
		return m;
	}
	(void)snprintf(high, sizeof(high), "%sg", low);
	query_start(&q, st, COLUMNS " WHERE sha256 >= ? AND sha256 < ?"
	    " ORDER BY sha256 LIMIT 2");
	query_text(&q, low);
	query_text(&q, high);
	if (query_step(&q) == 1) {
		m = pack(&q);
		*n_found = query_step(&q) == 1 ? 2 : 1;
	}
	if (query_end(&q) == -1 || *n_found == 2) {
		free(m);
		m = NULL;
	}
	return m;
}

int
mail_each(struct store *st, const struct mail_filter *f, mail_row row,
    void *arg)
{
	struct mail	 m;
	struct query	 q;
	char		 sql[1024], state[32] = "";
	const char	*down = f->is_newest_first ? " DESC" : "";
	int		 result = 0;

	/* The state as a literal, so that its partial index is used. */
	if (f->state != 0)
		(void)snprintf(state, sizeof(state), " AND state = %d",
		    (int)f->state);
	(void)snprintf(sql, sizeof(sql), COLUMNS " WHERE received_utc >= ?"
	    " AND received_utc < ?%s ORDER BY received_utc%s, mail%s LIMIT ?",
	    state, down, down);
	query_start_text(&q, st, sql);
	query_int(&q, f->from_utc == 0 ? INT64_MIN : f->from_utc);
	query_int(&q, f->until_utc == 0 ? INT64_MAX : f->until_utc);
	query_int(&q, f->limit == 0 ? -1 : (int64_t)f->limit);
	while (result == 0 && query_step(&q) == 1) {
		read_row(&q, &m);
		result = row(&m, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}

int
mail_same_id(struct store *st, const struct mail *m, int64_t *mails, int max)
{
	struct query	q;
	int		n = 0;

	query_start(&q, st, "SELECT mail FROM mail WHERE message_id = ?1"
	    " AND message_id <> '' AND received_utc = ?2 AND mail < ?3"
	    " ORDER BY mail LIMIT ?4");
	query_text(&q, m->message_id);
	query_int(&q, m->received_utc);
	query_int(&q, m->mail);
	query_int(&q, max);
	while (n < max && query_step(&q) == 1)
		mails[n++] = query_get_int(&q, 0);
	return query_end(&q) == -1 ? -1 : n;
}

int64_t
mail_count(struct store *st, enum message_state state)
{
	struct query	q;
	char		sql[64];
	int64_t		n;

	(void)snprintf(sql, sizeof(sql),
	    "SELECT count(*) FROM mail WHERE state = %d", (int)state);
	query_start_text(&q, st, sql);
	return query_number(&q, 0, &n) == -1 ? -1 : n;
}

int
mail_pending(struct store *st, enum message_state state, int64_t now,
    int64_t *mails, int max)
{
	struct query	q;
	int		n = 0;

	switch (state) {
	case MESSAGE_STORED:
		query_start(&q, st, "SELECT mail FROM mail WHERE state = 1"
		    " ORDER BY turn / 64, received_utc, sha256 LIMIT ?1");
		break;
	case MESSAGE_PARSED:
		/* those before the first that is still to be read; NULL
		 * where none is */
		query_start(&q, st, "SELECT mail FROM mail WHERE state = 2"
		    " AND coalesce((turn / 64, received_utc, sha256) <"
		    " (SELECT turn / 64, received_utc, sha256 FROM mail"
		    " WHERE state = 1 ORDER BY turn / 64, received_utc, sha256"
		    " LIMIT 1), 1)"
		    " ORDER BY turn / 64, received_utc, sha256 LIMIT ?1");
		break;
	case MESSAGE_DEFERRED:
		query_start(&q, st, "SELECT mail FROM mail WHERE state = 3"
		    " AND next_try_utc <= ?2 ORDER BY next_try_utc, mail"
		    " LIMIT ?1");
		break;
	default:
		return store_fail(st, STORE_REFUSED,
		    "mail: nothing is pending in state %s",
		    message_state_name(state));
	}
	query_int(&q, max);
	if (state == MESSAGE_DEFERRED)
		query_int(&q, now);
	while (n < max && query_step(&q) == 1)
		mails[n++] = query_get_int(&q, 0);
	return query_end(&q) == -1 ? -1 : n;
}

int64_t
mail_next_try(struct store *st)
{
	struct query	q;
	int64_t		t;

	query_start(&q, st, "SELECT min(next_try_utc) FROM mail"
	    " WHERE state = 3");
	return query_number(&q, 0, &t) == -1 ? 0 : t;
}

int
mail_attempt(struct store *st, const int64_t *mails, size_t n)
{
	struct query	q;
	size_t		i;

	if (store_begin_lazy(st) == -1)
		return -1;
	for (i = 0; i < n; i++) {
		query_start(&q, st, "UPDATE mail SET attempts = attempts + 1"
		    " WHERE mail = ?");
		query_int(&q, mails[i]);
		if (query_run(&q) == -1)
			break;
	}
	return store_commit(st);
}

int
mail_forget_attempts(struct store *st, int64_t mail)
{
	struct query	q;

	query_start(&q, st, "UPDATE mail SET attempts = 0 WHERE mail = ?");
	query_int(&q, mail);
	return query_run(&q);
}

/* May this mail go there? Within a transaction. */
static int
check_step(struct store *st, int64_t mail, enum message_state to)
{
	struct query	q;
	int64_t		from;

	query_start(&q, st, "SELECT state FROM mail WHERE mail = ?");
	query_int(&q, mail);
	if (query_number(&q, 0, &from) == -1)
		return -1;
	if (from == 0)
		return store_fail(st, STORE_REFUSED,
		    "mail %" PRId64 ": there is none", mail);
	if (!message_state_may((enum message_state)from, to))
		return store_fail(st, STORE_REFUSED,
		    "mail %" PRId64 ": is %s, cannot become %s", mail,
		    message_state_name((enum message_state)from),
		    message_state_name(to));
	return 0;
}

/*
 * The queue goes by 64 turns at a time, and among these by receipt: so a
 * flood delays only itself, and everybody else's mail is read and filed in
 * the order in which it came.
 */
int
mail_next_turn(struct store *st, int64_t sender, int64_t *turn)
{
	static const char stored[] = "SELECT turn / 64 * 64 FROM mail"
	    " WHERE state = 1"
	    " ORDER BY turn / 64, received_utc, sha256 LIMIT 1";
	static const char parsed[] = "SELECT turn / 64 * 64 FROM mail"
	    " WHERE state = 2"
	    " ORDER BY turn / 64, received_utc, sha256 LIMIT 1";
	struct query	q;
	int64_t		own = -1, a, b;

	query_start(&q, st, stored);
	if (query_number(&q, INT64_MAX, &a) == -1)
		return -1;
	query_start(&q, st, parsed);
	if (query_number(&q, INT64_MAX, &b) == -1)
		return -1;
	if (b < a)
		a = b;
	if (a == INT64_MAX)
		a = 0; /* nothing waits */
	if (sender != 0) {
		query_start(&q, st, "SELECT max(turn) FROM mail"
		    " WHERE sender = ? AND state IN (1, 2)");
		query_int(&q, sender);
		if (query_number(&q, -1, &own) == -1)
			return -1;
	}
	*turn = own + 1 > a ? own + 1 : a;
	return 0;
}

int
mail_set_parsed(struct store *st, int64_t mail, const struct mail_parsed *p)
{
	struct query	q;

	if (store_begin_lazy(st) == -1)
		return -1;
	if (check_step(st, mail, MESSAGE_PARSED) == -1) {
		store_rollback(st);
		return -1;
	}
	query_start(&q, st, "UPDATE mail SET state = 2,"
	    " from_address = ?, from_name = ?, subject = ?, message_id = ?,"
	    " parser_version = ?, attempts = 0, next_try_utc = 0,"
	    " trouble = '' WHERE mail = ?");
	query_text(&q, p->from_address);
	query_text(&q, p->from_name);
	query_text(&q, p->subject);
	query_text(&q, p->message_id);
	query_int(&q, p->parser_version);
	query_int(&q, mail);
	(void)query_run(&q); /* breaks the transaction */
	query_start(&q, st, "INSERT OR REPLACE INTO parsed (mail, blob)"
	    " VALUES (?, ?)");
	query_int(&q, mail);
	query_blob(&q, p->blob, p->len);
	(void)query_run(&q); /* breaks the transaction */
	return store_commit(st);
}

int
mail_forget_name(struct store *st, int64_t mail)
{
	struct query	q;

	query_start(&q, st, "UPDATE mail SET file_name = ''"
	    " WHERE mail = ? AND file_name <> ''");
	query_int(&q, mail);
	if (query_run(&q) == -1)
		return -1;
	/* the old page leaves the log too, unless a reader holds it */
	return query_exec(st, "PRAGMA wal_checkpoint(TRUNCATE)");
}

void *
mail_parsed_find(struct store *st, int64_t mail, size_t *len)
{
	struct query	 q;
	void		*copy = NULL;

	query_start(&q, st, "SELECT blob FROM parsed WHERE mail = ?");
	query_int(&q, mail);
	if (query_step(&q) == 1)
		copy = query_copy_blob(&q, 0, len);
	(void)query_end(&q); /* NULL says it */
	return copy;
}

int
mail_set_state(struct store *st, int64_t mail, enum message_state state,
    const char *trouble, int64_t next_try_utc)
{
	struct query	q;

	/* These two do more than this. */
	if (state == MESSAGE_PURGED || state == MESSAGE_STORED)
		return store_fail(st, STORE_REFUSED,
		    "mail %" PRId64 ": cannot simply become %s", mail,
		    message_state_name(state));
	if (store_begin(st) == -1)
		return -1;
	if (check_step(st, mail, state) == -1) {
		store_rollback(st);
		return -1;
	}
	query_start(&q, st, "UPDATE mail SET state = ?, trouble = ?,"
	    " next_try_utc = ? WHERE mail = ?");
	query_int(&q, state);
	query_text(&q, trouble);
	query_int(&q, state == MESSAGE_DEFERRED ? next_try_utc : 0);
	query_int(&q, mail);
	(void)query_run(&q); /* breaks the transaction */
	return store_commit(st);
}

int
mail_retry(struct store *st, int64_t mail)
{
	struct query	q;

	if (store_begin(st) == -1)
		return -1;
	if (check_step(st, mail, MESSAGE_STORED) == -1) {
		store_rollback(st);
		return -1;
	}
	query_start(&q, st, "UPDATE mail SET state = 1, attempts = 0,"
	    " trouble = '', next_try_utc = 0 WHERE mail = ?");
	query_int(&q, mail);
	(void)query_run(&q); /* breaks the transaction */
	return store_commit(st);
}

/* ---- many of one sender */

int
mail_is_beyond(struct store *st, const struct mail_rank *r, size_t most)
{
	struct query	q;
	int64_t		found;

	/* At the most `most` rows are looked at, however many there are. */
	query_start(&q, st, "SELECT 1 FROM mail WHERE sender = ?1"
	    " AND sender <> 0 AND received_utc >= ?2 AND received_utc < ?3"
	    " AND mail < ?4 LIMIT 1 OFFSET ?5");
	query_int(&q, r->sender);
	query_int(&q, r->from_utc);
	query_int(&q, r->until_utc);
	query_int(&q, r->mail);
	query_int(&q, (int64_t)most - 1);
	if (query_number(&q, 0, &found) == -1)
		return -1;
	return found == 1;
}

int
mail_each_waiting(struct store *st, const char *trouble,
    mail_waiting_row row, void *arg)
{
	struct mail_waiting w;
	struct query	q;
	int		result = 0;

	query_start(&q, st, "SELECT m.sender, ifnull((SELECT f.from_address"
	    " FROM mail AS f WHERE f.sender = m.sender AND f.sender <> 0"
	    " AND f.from_address <> '' LIMIT 1), '') FROM mail AS m"
	    " WHERE m.state = 3 AND m.trouble = ? GROUP BY m.sender");
	query_text(&q, trouble);
	while (result == 0 && query_step(&q) == 1) {
		w.sender = query_get_int(&q, 0);
		w.from_address = query_get_text(&q, 1);
		result = row(&w, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}
