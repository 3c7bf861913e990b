/*
 * Small facts by key.
 */
#include "spool/kv.h"

#include "spool/handle.h"
#include "spool/query.h"

int64_t
kv_int(struct store *st, const char *key, int64_t fallback)
{
	struct query	q;
	int64_t		v;

	query_start(&q, st, "SELECT value FROM kv WHERE key = ?");
	query_text(&q, key);
	return query_number(&q, fallback, &v) == -1 ? fallback : v;
}

char *
kv_text(struct store *st, const char *key)
{
	struct query	 q;
	char		*s = NULL;

	query_start(&q, st, "SELECT value FROM kv WHERE key = ?");
	query_text(&q, key);
	if (query_step(&q) == 1)
		s = store_strdup(query_get_text(&q, 0));
	(void)query_end(&q); /* NULL says it */
	return s;
}

static const char set_sql[] =
    "INSERT INTO kv (key, value) VALUES (?1, ?2)"
    " ON CONFLICT (key) DO UPDATE SET value = ?2";

int
kv_set_int(struct store *st, const char *key, int64_t value)
{
	struct query	q;

	query_start(&q, st, set_sql);
	query_text(&q, key);
	query_int(&q, value);
	return query_run(&q);
}

int
kv_set_text(struct store *st, const char *key, const char *value)
{
	struct query	q;

	query_start(&q, st, set_sql);
	query_text(&q, key);
	query_text(&q, value);
	return query_run(&q);
}

int
kv_drop(struct store *st, const char *key)
{
	struct query	q;

	query_start(&q, st, "DELETE FROM kv WHERE key = ?");
	query_text(&q, key);
	return query_run(&q);
}
