/*
 * The chain of events: hash(n) = SHA-256(hash(n - 1) as 64 hex digits, then
 * the row as `LENGTH:TEXT,` for each of seq, time_utc, who, verb, campaign,
 * unit, mail, detail, reason, undoes; numbers in decimal). The first one
 * follows 64 zeros. The head is kept apart, so that rows missing at the end
 * are noticed too.
 */
#include "spool/event.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <nettle/sha2.h>

#include "spool/digest.h"
#include "spool/handle.h"
#include "spool/kv.h"
#include "spool/query.h"

#define KV_HEAD "event.head"

/* ---- hashing */

static void
hash_text(struct sha256_ctx *ctx, const char *s)
{
	char	head[24];
	size_t	len = strlen(s);

	sha256_update(ctx, (size_t)snprintf(head, sizeof(head), "%zu:", len),
	    (const uint8_t *)head);
	sha256_update(ctx, len, (const uint8_t *)s);
	sha256_update(ctx, 1, (const uint8_t *)",");
}

static void
hash_number(struct sha256_ctx *ctx, int64_t v)
{
	char	text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, v);
	hash_text(ctx, text);
}

/* hex: in the hash before, out that of this event. */
static void
hash_event(const struct event *e, char hex[DIGEST_HEX])
{
	struct sha256_ctx	ctx;
	uint8_t			digest[SHA256_DIGEST_SIZE];

	sha256_init(&ctx);
	sha256_update(&ctx, DIGEST_HEX - 1, (const uint8_t *)hex);
	hash_number(&ctx, e->seq);
	hash_number(&ctx, e->time_utc);
	hash_text(&ctx, e->who);
	hash_text(&ctx, e->verb);
	hash_text(&ctx, e->campaign);
	hash_text(&ctx, e->unit);
	hash_number(&ctx, e->mail);
	hash_text(&ctx, e->detail);
	hash_text(&ctx, e->reason);
	hash_number(&ctx, e->undoes);
	sha256_digest(&ctx, sizeof(digest), digest);
	digest_hex(digest, hex);
}

static void
zeros(char hex[DIGEST_HEX])
{
	memset(hex, '0', DIGEST_HEX - 1);
	hex[DIGEST_HEX - 1] = '\0';
}

/* ---- reading */

#define COLUMNS "SELECT e.seq, time_utc, who, verb, campaign, unit, mail," \
	" detail, reason, undoes, hash, undone.by IS NOT NULL" \
	" FROM event AS e LEFT JOIN undone ON undone.seq = e.seq"

static void
read_row(struct query *q, struct event *e)
{
	e->seq = query_get_int(q, 0);
	e->time_utc = query_get_int(q, 1);
	e->who = query_get_text(q, 2);
	e->verb = query_get_text(q, 3);
	e->campaign = query_get_text(q, 4);
	e->unit = query_get_text(q, 5);
	e->mail = query_get_int(q, 6);
	e->detail = query_get_text(q, 7);
	e->reason = query_get_text(q, 8);
	e->undoes = query_get_int(q, 9);
	e->hash = query_get_text(q, 10);
	e->is_undone = query_get_int(q, 11) != 0;
}

struct event *
event_find(struct store *st, int64_t seq)
{
	static const size_t texts[] = { offsetof(struct event, who),
	    offsetof(struct event, verb), offsetof(struct event, campaign),
	    offsetof(struct event, unit), offsetof(struct event, detail),
	    offsetof(struct event, reason), offsetof(struct event, hash) };
	static const struct query_shape shape = { sizeof(struct event),
	    texts, sizeof(texts) / sizeof(*texts), 0 };
	struct event	 e, *out = NULL;
	struct query	 q;

	query_start(&q, st, COLUMNS " WHERE e.seq = ?");
	query_int(&q, seq);
	if (query_step(&q) == 1) {
		read_row(&q, &e);
		out = query_pack(&e, &shape, 0);
	}
	(void)query_end(&q); /* NULL says it */
	return out;
}

/* Only what is asked for stands in the SQL, so that an index serves it. */
static void
filter_sql(const struct event_filter *f, char *sql, size_t size)
{
	const char	*unit = "";

	if (f->unit != NULL)
		unit = *f->unit == '\0' ? " AND unit = ?" :
		    " AND unit = ? AND unit <> ''";
	(void)snprintf(sql, size, COLUMNS
	    " WHERE e.seq > ?%s%s%s%s%s ORDER BY e.seq%s LIMIT ?",
	    f->verb == NULL ? "" : " AND verb = ?",
	    f->campaign == NULL ? "" : " AND campaign = ?", unit,
	    f->mail == 0 ? "" : " AND mail = ? AND mail <> 0",
	    f->only_active ? " AND undone.by IS NULL AND undoes = 0" : "",
	    f->is_newest_first ? " DESC" : "");
}

int
event_each(struct store *st, const struct event_filter *f, event_row row,
    void *arg)
{
	struct event	e;
	struct query	q;
	char		sql[1024];
	int		result = 0;

	filter_sql(f, sql, sizeof(sql));
	query_start_text(&q, st, sql);
	query_int(&q, f->after);
	if (f->verb != NULL)
		query_text(&q, f->verb);
	if (f->campaign != NULL)
		query_text(&q, f->campaign);
	if (f->unit != NULL)
		query_text(&q, f->unit);
	if (f->mail != 0)
		query_int(&q, f->mail);
	query_int(&q, f->limit == 0 ? -1 : (int64_t)f->limit);
	while (result == 0 && query_step(&q) == 1) {
		read_row(&q, &e);
		result = row(&e, arg);
	}
	return query_end(&q) == -1 ? -1 : result;
}

/* ---- appending */

/* Seq and hash of the last event; 0 and zeros while there is none. */
static int
read_head(struct store *st, int64_t *seq, char hex[DIGEST_HEX])
{
	struct query	q;

	*seq = 0;
	zeros(hex);
	query_start(&q, st, "SELECT seq, hash FROM event"
	    " ORDER BY seq DESC LIMIT 1");
	if (query_step(&q) == 1) {
		*seq = query_get_int(&q, 0);
		(void)snprintf(hex, DIGEST_HEX, "%s", query_get_text(&q, 1));
	}
	return query_end(&q);
}

/* Take an event back. An undo taken back puts its event in force again. */
static int
take_back(struct store *st, int64_t seq, int64_t by)
{
	struct query	 q;
	struct event	*e;
	int64_t		 undid;

	e = event_find(st, seq);
	if (e == NULL || e->is_undone) {
		(void)store_fail(st, STORE_REFUSED,
		    "event %" PRId64 ": %s", seq,
		    e == NULL ? "there is none" : "is undone already");
		free(e);
		return -1;
	}
	undid = e->undoes;
	free(e);
	if (undid != 0) {
		query_start(&q, st, "DELETE FROM undone WHERE seq = ?");
		query_int(&q, undid);
		if (query_run(&q) == -1)
			return -1;
	}
	query_start(&q, st, "INSERT INTO undone (seq, by) VALUES (?, ?)");
	query_int(&q, seq);
	query_int(&q, by);
	return query_run(&q);
}

static int
insert(struct store *st, const struct event *e)
{
	struct query	q;

	query_start(&q, st, "INSERT INTO event (seq, time_utc, who, verb,"
	    " campaign, unit, mail, detail, reason, undoes, hash)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	query_int(&q, e->seq);
	query_int(&q, e->time_utc);
	query_text(&q, e->who);
	query_text(&q, e->verb);
	query_text(&q, e->campaign);
	query_text(&q, e->unit);
	query_int(&q, e->mail);
	query_text(&q, e->detail);
	query_text(&q, e->reason);
	query_int(&q, e->undoes);
	query_text(&q, e->hash);
	return query_run(&q);
}

int
event_append(struct store *st, const struct event *e, int64_t *seq)
{
	struct event	row = *e;
	char		hex[DIGEST_HEX];

	if (store_begin(st) == -1)
		return -1;
	if (read_head(st, &row.seq, hex) == -1)
		goto rollback;
	row.seq++;
	hash_event(&row, hex);
	row.hash = hex;
	if (e->undoes != 0 && take_back(st, e->undoes, row.seq) == -1)
		goto rollback;
	if (insert(st, &row) == -1 || kv_set_text(st, KV_HEAD, hex) == -1)
		goto rollback;
	if (store_commit(st) == -1)
		return -1;
	*seq = row.seq;
	return 0;

rollback:
	store_rollback(st);
	return -1;
}

int
event_head(struct store *st, char hex[65])
{
	int64_t	seq;

	return read_head(st, &seq, hex);
}

/* ---- verifying */

struct check {
	char		 hex[DIGEST_HEX]; /* of the row before */
	int64_t		 seq;
	enum event_fault fault;
	const char	*head;		  /* must occur; or NULL */
};

/* People note it in part, and in capitals. */
static bool
is_head(const char *hex, const char *noted)
{
	return strncasecmp(hex, noted, strlen(noted)) == 0;
}

static int
check_row(const struct event *e, void *arg)
{
	struct check	*c = arg;

	if (c->head != NULL && is_head(c->hex, c->head))
		c->head = NULL;
	c->seq++;
	if (e->seq != c->seq) {
		c->fault = EVENT_MISSING;
		return 1;
	}
	hash_event(e, c->hex);
	if (strcmp(c->hex, e->hash) != 0) {
		c->fault = EVENT_ALTERED;
		return 1;
	}
	return 0;
}

/*
 * What is undone follows from the chain: each undo in force has its row,
 * each row its undo. The first one where that is not so, or 0.
 */
static int
check_undone(struct store *st, int64_t *seq)
{
	struct query	q;

	query_start_once(&q, st,
	    "SELECT min(seq) FROM (SELECT e.undoes AS seq FROM event AS e"
	    " WHERE e.undoes <> 0 AND NOT EXISTS"
	    " (SELECT 1 FROM undone AS u WHERE u.seq = e.seq) AND NOT EXISTS"
	    " (SELECT 1 FROM undone AS u WHERE u.seq = e.undoes"
	    " AND u.by = e.seq)"
	    " UNION ALL SELECT u.seq FROM undone AS u WHERE NOT EXISTS"
	    " (SELECT 1 FROM event AS e WHERE e.seq = u.by"
	    " AND e.undoes = u.seq AND NOT EXISTS"
	    " (SELECT 1 FROM undone AS v WHERE v.seq = e.seq)))");
	return query_number(&q, 0, seq);
}

int
event_verify(struct store *st, const char *head, enum event_fault *fault,
    int64_t *seq)
{
	struct event_filter	 all = { 0 };
	struct check		 c = { .head = head };
	char			*kept;
	int64_t			 wrong;

	zeros(c.hex);
	if (event_each(st, &all, check_row, &c) == -1)
		return -1;
	if (c.fault == EVENT_SOUND) {
		kept = kv_text(st, KV_HEAD);
		if (kept != NULL && strcmp(kept, c.hex) != 0) {
			c.fault = EVENT_MISSING;
			c.seq++;
		}
		free(kept);
	}
	if (c.fault == EVENT_SOUND) {
		if (check_undone(st, &wrong) == -1)
			return -1;
		if (wrong != 0) {
			c.fault = EVENT_ALTERED;
			c.seq = wrong;
		}
	}
	if (c.fault == EVENT_SOUND && c.head != NULL &&
	    !is_head(c.hex, c.head))
		c.fault = EVENT_HEAD_UNKNOWN;
	*fault = c.fault;
	*seq = c.fault == EVENT_SOUND ? 0 : c.seq;
	return 0;
}
