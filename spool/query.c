/*
 * Prepared statements, kept by the address of their text or, where that
 * is put together, by the text itself; values in and out. Everything that
 * talks to SQLite in spool/ goes through here, so that no failure is lost:
 * it breaks the transaction and leaves its reason in the handle.
 */
#include "spool/query.h"

#include <stdlib.h>
#include <string.h>

#include "spool/handle.h"

#define STATEMENTS 512 /* a power of two, well above their number */
#define STATEMENTS_KEPT 384 /* beyond that none is kept */

struct statement {
	const char	*sql;
	char		*text; /* ours, for a text that was put together */
	sqlite3_stmt	*stmt;
};

struct statements {
	struct statement all[STATEMENTS];
	size_t		 n;
};

/*
 * The place of this text, or the free one where it would stand; there is
 * always one.
 */
static struct statement *
statement_find(struct store *st, const char *sql, bool by_text)
{
	struct statement *s;
	const char	*p;
	size_t		 at = (uintptr_t)sql >> 3;

	if (st->statements == NULL)
		st->statements = store_alloc(sizeof(*st->statements));
	if (by_text)
		for (at = 0, p = sql; *p != '\0'; p++)
			at = at * 31 + (unsigned char)*p;
	at *= 2654435761u;
	for (;; at++) {
		s = &st->statements->all[at & (STATEMENTS - 1)];
		if (s->sql == NULL || (by_text ? s->text != NULL &&
		    strcmp(s->text, sql) == 0 : s->sql == sql))
			return s;
	}
}

static void
statement_keep(struct store *st, struct statement *s, const char *sql,
    bool by_text, sqlite3_stmt *stmt)
{
	if (by_text)
		s->text = store_strdup(sql);
	s->sql = by_text ? s->text : sql;
	s->stmt = stmt;
	st->statements->n++;
}

static void
fail(struct query *q)
{
	if (!q->has_failed)
		(void)store_fail_db(q->store); /* always -1 */
	q->has_failed = true;
	if (q->store->depth > 0)
		q->store->is_broken = true;
}

static void
prepare(struct query *q, const char *sql, unsigned flags)
{
	if (sqlite3_prepare_v3(q->store->db, sql, -1, flags, &q->stmt,
	    NULL) != SQLITE_OK)
		fail(q);
}

void
query_start_once(struct query *q, struct store *st, const char *sql)
{
	memset(q, 0, sizeof(*q));
	q->store = st;
	prepare(q, sql, 0);
}

static void
start(struct query *q, struct store *st, const char *sql, bool by_text)
{
	struct statement *s = statement_find(st, sql, by_text);

	/* A walk whose callback starts the same walk needs a second one. */
	if (s->stmt != NULL ? sqlite3_stmt_busy(s->stmt) :
	    st->statements->n == STATEMENTS_KEPT) {
		query_start_once(q, st, sql);
		return;
	}
	memset(q, 0, sizeof(*q));
	q->store = st;
	q->is_kept = true;
	q->stmt = s->stmt;
	if (s->stmt != NULL)
		return;
	prepare(q, sql, SQLITE_PREPARE_PERSISTENT);
	if (q->stmt != NULL)
		statement_keep(st, s, sql, by_text, q->stmt);
}

void
query_start(struct query *q, struct store *st, const char *sql)
{
	start(q, st, sql, false);
}

void
query_start_text(struct query *q, struct store *st, const char *sql)
{
	start(q, st, sql, true);
}

void
query_forget(struct store *st)
{
	size_t	i;

	if (st->statements == NULL)
		return;
	for (i = 0; i < STATEMENTS; i++) {
		/* its result repeats what step had said */
		(void)sqlite3_finalize(st->statements->all[i].stmt);
		free(st->statements->all[i].text);
	}
	free(st->statements);
	st->statements = NULL;
}

static void
bound(struct query *q, int rc)
{
	if (rc != SQLITE_OK)
		fail(q);
}

void
query_int(struct query *q, int64_t v)
{
	if (!q->has_failed)
		bound(q, sqlite3_bind_int64(q->stmt, ++q->n_bound, v));
}

void
query_text(struct query *q, const char *s)
{
	if (!q->has_failed)
		bound(q, sqlite3_bind_text(q->stmt, ++q->n_bound, s, -1,
		    SQLITE_STATIC));
}

void
query_blob(struct query *q, const void *p, size_t len)
{
	if (!q->has_failed)
		bound(q, sqlite3_bind_blob64(q->stmt, ++q->n_bound, p, len,
		    SQLITE_STATIC));
}

int
query_step(struct query *q)
{
	if (q->has_failed)
		return -1;
	/* SQLite has rolled back by itself: nothing more of that */
	if (q->store->depth > 0 && sqlite3_get_autocommit(q->store->db)) {
		q->store->is_broken = q->has_failed = true;
		return -1;
	}
	switch (sqlite3_step(q->stmt)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		fail(q);
		return -1;
	}
}

int
query_end(struct query *q)
{
	if (q->stmt != NULL && q->is_kept) {
		/* both repeat what step had said, or cannot fail */
		(void)sqlite3_reset(q->stmt);
		(void)sqlite3_clear_bindings(q->stmt);
	} else {
		(void)sqlite3_finalize(q->stmt);
	}
	q->stmt = NULL;
	return q->has_failed ? -1 : 0;
}

int
query_run(struct query *q)
{
	while (query_step(q) == 1)
		continue;
	return query_end(q);
}

int
query_number(struct query *q, int64_t fallback, int64_t *out)
{
	int64_t	v = fallback;

	if (query_step(q) == 1 &&
	    sqlite3_column_type(q->stmt, 0) != SQLITE_NULL)
		v = sqlite3_column_int64(q->stmt, 0);
	if (query_end(q) == -1)
		return -1;
	*out = v;
	return 0;
}

int64_t
query_get_int(struct query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const char *
query_get_text(struct query *q, int column)
{
	const unsigned char *s = sqlite3_column_text(q->stmt, column);

	return s == NULL ? "" : (const char *)s;
}

const void *
query_get_blob(struct query *q, int column, size_t *len)
{
	const void	*p = sqlite3_column_blob(q->stmt, column);

	*len = (size_t)sqlite3_column_bytes(q->stmt, column);
	return p;
}

void *
query_copy_blob(struct query *q, int column, size_t *len)
{
	size_t		 n;
	const void	*p = query_get_blob(q, column, &n);
	char		*copy = store_alloc(n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	*len = n;
	return copy;
}

int
query_exec_kept(struct store *st, const char *sql)
{
	struct query	q;

	query_start(&q, st, sql);
	return query_run(&q);
}

int
query_exec(struct store *st, const char *sql)
{
	struct query	q;

	query_start_once(&q, st, sql);
	return query_run(&q);
}

/* Move what a pointer field of the block points to behind the block. */
static char *
take_along(char *block, size_t offset, char *at, size_t len)
{
	const void	*from;
	const void	*to = at;

	memcpy(&from, block + offset, sizeof(from));
	memcpy(at, from, len);
	memcpy(block + offset, &to, sizeof(to));
	return at + len;
}

void *
query_pack(const void *row, const struct query_shape *shape,
    size_t blob_len)
{
	size_t		 i, need = shape->size + blob_len;
	const char	*s;
	char		*block, *at;

	for (i = 0; i < shape->n_texts; i++) {
		memcpy(&s, (const char *)row + shape->texts[i], sizeof(s));
		need += strlen(s) + 1;
	}
	block = store_alloc(need);
	memcpy(block, row, shape->size);
	at = block + shape->size;
	for (i = 0; i < shape->n_texts; i++) {
		memcpy(&s, block + shape->texts[i], sizeof(s));
		at = take_along(block, shape->texts[i], at, strlen(s) + 1);
	}
	if (shape->blob != 0 && blob_len > 0)
		(void)take_along(block, shape->blob, at, blob_len);
	return block;
}
