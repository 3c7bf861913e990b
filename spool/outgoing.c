/*
 * Mails of ours: entered with their Message-ID and bytes before the first
 * try, claimed before a worker sees them, settled after.
 */
#include "spool/outgoing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "spool/handle.h"
#include "spool/query.h"
#include "spool/wordlist.h"

#define TO(s) (1u << OUTGOING_##s)

static const struct {
	const char	*name;
	unsigned	 next;
} states[] = {
	[OUTGOING_PENDING] = { "pending", TO(SENDING) | TO(WITHDRAWN) |
	    TO(PENDING) | TO(FAILED) },
	[OUTGOING_SENDING] = { "sending", TO(SENT) | TO(LATER) | TO(FAILED) |
	    TO(UNCERTAIN) | TO(PENDING) | TO(WITHDRAWN) },
	[OUTGOING_SENT] = { "sent", 0 },
	[OUTGOING_LATER] = { "later", TO(SENDING) | TO(WITHDRAWN) |
	    TO(FAILED) | TO(LATER) },
	[OUTGOING_FAILED] = { "failed", TO(PENDING) | TO(WITHDRAWN) },
	/* once more with the same Message-ID, or given up, or it came */
	[OUTGOING_UNCERTAIN] = { "uncertain", TO(SENDING) | TO(FAILED) |
	    TO(SENT) | TO(WITHDRAWN) | TO(PENDING) },
	[OUTGOING_WITHDRAWN] = { "withdrawn", 0 },
};

static bool
is_state(enum outgoing_state s)
{
	return s >= OUTGOING_PENDING && s <= OUTGOING_WITHDRAWN;
}

const char *
outgoing_state_name(enum outgoing_state s)
{
	return is_state(s) ? states[s].name : "none";
}

bool
outgoing_state_may(enum outgoing_state from, enum outgoing_state to)
{
	return is_state(from) && is_state(to) &&
	    (states[from].next & (1u << to)) != 0;
}

/* ---- entering */

static int
insert(struct store *st, const struct outgoing *o)
{
	struct wordlist	units = { 0 };
	struct query	q;
	size_t		i;
	int		result;

	for (i = 0; i < o->n_units; i++)
		wordlist_add(&units, o->units[i], '\n');
	query_start(&q, st, "INSERT INTO outgoing (message_id, kind,"
	    " campaign, step, to_address, units, mail, created_utc, state,"
	    " attempts, next_try_utc, done_utc, code, error)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, ?, 0, 0, '')");
	query_text(&q, o->message_id);
	query_text(&q, o->kind);
	query_text(&q, o->campaign);
	query_text(&q, o->step);
	query_text(&q, o->to);
	query_text(&q, wordlist_get(&units));
	query_int(&q, o->mail);
	query_int(&q, o->created_utc);
	query_int(&q, o->next_try_utc);
	result = query_run(&q);
	free(units.text);
	return result;
}

int
outgoing_add(struct store *st, const struct outgoing *o, const void *raw,
    size_t len, int64_t *outgoing)
{
	struct query	q;
	int64_t		id;
	size_t		i;

	if (store_begin(st) == -1)
		return -1;
	if (insert(st, o) == -1)
		return store_commit(st); /* it is broken: -1 */
	id = sqlite3_last_insert_rowid(st->db);
	query_start(&q, st, "INSERT INTO outgoing_raw (outgoing, raw)"
	    " VALUES (?, ?)");
	query_int(&q, id);
	query_blob(&q, len == 0 ? "" : raw, len);
	(void)query_run(&q); /* breaks the transaction */
	for (i = 0; i < o->n_units; i++) {
		query_start(&q, st, "INSERT OR IGNORE INTO outgoing_unit"
		    " (unit, created_utc, outgoing) VALUES (?, ?, ?)");
		query_text(&q, o->units[i]);
		query_int(&q, o->created_utc);
		query_int(&q, id);
		(void)query_run(&q); /* breaks the transaction */
	}
	if (store_commit(st) == -1)
		return -1;
	*outgoing = id;
	return 0;
}

int
outgoing_claim_receipt(struct store *st, const char *address,
    const char *attachment_sha256, bool *is_new)
{
	struct query	q;

	query_start(&q, st, "INSERT OR IGNORE INTO receipt (address, sha256)"
	    " VALUES (?, ?)");
	query_text(&q, address);
	query_text(&q, attachment_sha256);
	if (query_run(&q) == -1)
		return -1;
	*is_new = sqlite3_changes(st->db) == 1;
	return 0;
}

/* ---- reading */

#define COLUMNS "SELECT outgoing, message_id, kind, campaign, step," \
	" to_address, units, mail, created_utc, state, attempts," \
	" next_try_utc, done_utc, code, error, uncertain FROM outgoing"

/* One block: the struct, the array of units, then all texts. */
static struct outgoing *
read_row(struct query *q)
{
	static const int	  columns[] = { 1, 2, 3, 4, 5, 6, 14 };
	struct outgoing		 *o;
	const char		**units;
	char			 *at, *list;
	size_t			  i, n, need;

	n = wordlist_count(query_get_text(q, 6));
	need = sizeof(*o) + n * sizeof(*units);
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		need += strlen(query_get_text(q, columns[i])) + 1;
	o = store_alloc(need);
	units = (const char **)(o + 1);
	at = (char *)(units + n);
	o->outgoing = query_get_int(q, 0);
	o->message_id = wordlist_put(&at, query_get_text(q, 1));
	o->kind = wordlist_put(&at, query_get_text(q, 2));
	o->campaign = wordlist_put(&at, query_get_text(q, 3));
	o->step = wordlist_put(&at, query_get_text(q, 4));
	o->to = wordlist_put(&at, query_get_text(q, 5));
	list = wordlist_put(&at, query_get_text(q, 6));
	for (i = 0; i < n; i++)
		units[i] = wordlist_next(&list, '\n');
	o->units = units;
	o->n_units = n;
	o->mail = query_get_int(q, 7);
	o->created_utc = query_get_int(q, 8);
	o->state = (enum outgoing_state)query_get_int(q, 9);
	o->attempts = (int)query_get_int(q, 10);
	o->next_try_utc = query_get_int(q, 11);
	o->done_utc = query_get_int(q, 12);
	o->code = (int)query_get_int(q, 13);
	o->error = wordlist_put(&at, query_get_text(q, 14));
	o->uncertain = (int)query_get_int(q, 15);
	return o;
}

static struct outgoing *
take_one(struct query *q)
{
	struct outgoing	*o = NULL;

	if (query_step(q) == 1)
		o = read_row(q);
	(void)query_end(q); /* NULL says it */
	return o;
}

struct outgoing *
outgoing_find(struct store *st, int64_t outgoing)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE outgoing = ?");
	query_int(&q, outgoing);
	return take_one(&q);
}

struct outgoing *
outgoing_find_message_id(struct store *st, const char *message_id)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE message_id = ?");
	query_text(&q, message_id);
	return take_one(&q);
}

void *
outgoing_raw(struct store *st, int64_t outgoing, size_t *len)
{
	struct query	 q;
	void		*copy = NULL;

	query_start(&q, st, "SELECT raw FROM outgoing_raw"
	    " WHERE outgoing = ?");
	query_int(&q, outgoing);
	if (query_step(&q) == 1)
		copy = query_copy_blob(&q, 0, len);
	(void)query_end(&q); /* NULL says it */
	return copy;
}

static int
walk(struct query *q, outgoing_row row, void *arg)
{
	struct outgoing	*o;
	int		 result = 0;

	while (result == 0 && query_step(q) == 1) {
		o = read_row(q);
		result = row(o, arg);
		free(o);
	}
	return query_end(q) == -1 ? -1 : result;
}

int
outgoing_each_due(struct store *st, int64_t now, outgoing_row row,
    void *arg)
{
	struct query	q;

	query_start(&q, st, COLUMNS " WHERE state IN (1, 4)"
	    " AND next_try_utc <= ? ORDER BY next_try_utc, outgoing");
	query_int(&q, now);
	return walk(&q, row, arg);
}

int
outgoing_each(struct store *st, enum outgoing_state state, outgoing_row row,
    void *arg)
{
	struct query	q;

	if (state == 0) {
		query_start(&q, st, COLUMNS " ORDER BY outgoing");
	} else if (state == OUTGOING_SENT || state == OUTGOING_WITHDRAWN) {
		query_start(&q, st, COLUMNS " WHERE state = ?"
		    " ORDER BY outgoing");
		query_int(&q, state);
	} else {
		/* repeats the condition of its index */
		query_start(&q, st, COLUMNS " WHERE state NOT IN (3, 7)"
		    " AND state = ? ORDER BY outgoing");
		query_int(&q, state);
	}
	return walk(&q, row, arg);
}

int
outgoing_each_refused(struct store *st, const char *campaign,
    outgoing_row row, void *arg)
{
	struct query	q;

	/* repeats the condition of its index */
	query_start(&q, st, COLUMNS " AS o WHERE state NOT IN (3, 7)"
	    " AND state = 5 AND campaign = ? AND NOT EXISTS (SELECT 1"
	    " FROM outgoing AS later WHERE later.to_address = o.to_address"
	    " AND later.created_utc > o.created_utc AND later.state = 3)"
	    " AND NOT EXISTS (SELECT 1 FROM bounced"
	    " WHERE address = o.to_address AND cleared_utc >= o.created_utc)"
	    " ORDER BY outgoing");
	query_text(&q, campaign);
	return walk(&q, row, arg);
}

int64_t
outgoing_next_try(struct store *st)
{
	struct query	q;
	int64_t		t;

	query_start(&q, st, "SELECT min(next_try_utc) FROM outgoing"
	    " WHERE state IN (1, 4)");
	return query_number(&q, 0, &t) == -1 ? 0 : t;
}

/* ---- going through the states */

static int
check_step(struct store *st, int64_t outgoing, enum outgoing_state to)
{
	struct query	q;
	int64_t		from;

	query_start(&q, st, "SELECT state FROM outgoing WHERE outgoing = ?");
	query_int(&q, outgoing);
	if (query_number(&q, 0, &from) == -1)
		return -1;
	if (outgoing_state_may((enum outgoing_state)from, to))
		return 0;
	return store_fail(st, STORE_REFUSED,
	    "outgoing %" PRId64 ": is %s, cannot become %s", outgoing,
	    outgoing_state_name((enum outgoing_state)from),
	    outgoing_state_name(to));
}

int
outgoing_claim(struct store *st, int64_t outgoing)
{
	struct query	q;

	if (store_begin(st) == -1)
		return -1;
	if (check_step(st, outgoing, OUTGOING_SENDING) == -1) {
		store_rollback(st);
		return -1;
	}
	query_start(&q, st, "UPDATE outgoing SET state = 2,"
	    " attempts = attempts + 1 WHERE outgoing = ?");
	query_int(&q, outgoing);
	(void)query_run(&q); /* breaks the transaction */
	return store_commit(st);
}

int
outgoing_settle(struct store *st, int64_t outgoing,
    const struct outgoing_result *r)
{
	struct query	q;
	bool		is_done = r->state == OUTGOING_SENT ||
	    r->state == OUTGOING_FAILED || r->state == OUTGOING_WITHDRAWN;

	if (store_begin(st) == -1)
		return -1;
	if (check_step(st, outgoing, r->state) == -1) {
		store_rollback(st);
		return -1;
	}
	query_start(&q, st, "UPDATE outgoing SET state = ?1, done_utc = ?,"
	    " next_try_utc = ?, code = ?, error = ?,"
	    " uncertain = uncertain + (?1 = 6) WHERE outgoing = ?");
	query_int(&q, r->state);
	query_int(&q, is_done ? r->time_utc : 0);
	query_int(&q, r->next_try_utc);
	query_int(&q, r->code);
	query_text(&q, r->error);
	query_int(&q, outgoing);
	(void)query_run(&q); /* breaks the transaction */
	/* Its text may hold tokens that are good still. */
	if (r->state == OUTGOING_SENT || r->state == OUTGOING_WITHDRAWN) {
		query_start(&q, st, "DELETE FROM outgoing_raw"
		    " WHERE outgoing = ?");
		query_int(&q, outgoing);
		(void)query_run(&q);
	}
	return store_commit(st);
}

int
outgoing_recover(struct store *st)
{
	struct query	q;

	query_start(&q, st, "UPDATE outgoing SET state = 6, code = 0,"
	    " uncertain = uncertain + 1,"
	    " error = 'interrupted while sending'"
	    " WHERE state NOT IN (3, 7) AND state = 2");
	return query_run(&q);
}

/* ---- counting */

int
outgoing_count(struct store *st, const char *to, const char *kind,
    int64_t from_utc, int64_t until_utc)
{
	struct query	q;
	int64_t		n;

	query_start(&q, st, "SELECT count(*) FROM outgoing"
	    " WHERE to_address = ?1 AND created_utc >= ?2"
	    " AND created_utc < ?3 AND (?4 IS NULL OR kind = ?4)"
	    " AND state <> 7");
	query_text(&q, to);
	query_int(&q, from_utc);
	query_int(&q, until_utc);
	query_text(&q, kind);
	return query_number(&q, 0, &n) == -1 ? -1 : (int)n;
}

int
outgoing_count_unit(struct store *st, const char *unit, const char *kind,
    int64_t from_utc, int64_t until_utc)
{
	struct query	q;
	int64_t		n;

	query_start(&q, st, "SELECT count(*) FROM outgoing_unit AS u"
	    " JOIN outgoing AS o ON o.outgoing = u.outgoing"
	    " WHERE u.unit = ?1 AND u.created_utc >= ?2"
	    " AND u.created_utc < ?3 AND (?4 IS NULL OR o.kind = ?4)"
	    " AND o.state <> 7");
	query_text(&q, unit);
	query_int(&q, from_utc);
	query_int(&q, until_utc);
	query_text(&q, kind);
	return query_number(&q, 0, &n) == -1 ? -1 : (int)n;
}
