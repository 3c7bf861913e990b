/*
 * One-time rights for decisions by mail. Only the SHA-256 of what stands
 * in the link is kept, so that reading the database gives nobody a right.
 */
#include "spool/token.h"

#include <stdlib.h>
#include <string.h>

#include "spool/digest.h"
#include "spool/handle.h"
#include "spool/query.h"

#define SECRET_MIN 22 /* 128 bits in base64 */

int
token_add(struct store *st, const char *secret, const struct token *t)
{
	struct query	q;
	char		hash[DIGEST_HEX];

	if (strlen(secret) < SECRET_MIN)
		return store_fail(st, STORE_REFUSED,
		    "token: shorter than %d characters", SECRET_MIN);
	digest_bytes(secret, strlen(secret), hash);
	query_start(&q, st, "INSERT INTO token (hash, action, object,"
	    " address, created_utc, expires_utc, used_utc)"
	    " VALUES (?, ?, ?, ?, ?, ?, 0)");
	query_text(&q, hash);
	query_text(&q, t->action);
	query_text(&q, t->object);
	query_text(&q, t->address);
	query_int(&q, t->created_utc);
	query_int(&q, t->expires_utc);
	return query_run(&q);
}

/* Look it up; *used_utc tells whether it still is worth anything. */
static struct token *
find(struct store *st, const char *hash, int64_t *used_utc)
{
	static const size_t texts[] = { offsetof(struct token, action),
	    offsetof(struct token, object),
	    offsetof(struct token, address) };
	static const struct query_shape shape = { sizeof(struct token),
	    texts, sizeof(texts) / sizeof(*texts), 0 };
	struct token	 t, *out = NULL;
	struct query	 q;

	query_start(&q, st, "SELECT action, object, address, created_utc,"
	    " expires_utc, used_utc FROM token WHERE hash = ?");
	query_text(&q, hash);
	if (query_step(&q) == 1) {
		t.action = query_get_text(&q, 0);
		t.object = query_get_text(&q, 1);
		t.address = query_get_text(&q, 2);
		t.created_utc = query_get_int(&q, 3);
		t.expires_utc = query_get_int(&q, 4);
		*used_utc = query_get_int(&q, 5);
		out = query_pack(&t, &shape, 0);
	}
	if (query_end(&q) == -1) {
		free(out);
		out = NULL;
	}
	return out;
}

static enum token_answer
worth(const struct token *t, const char *address, int64_t used_utc,
    int64_t now)
{
	if (t == NULL)
		return TOKEN_UNKNOWN;
	if (strcmp(t->address, address) != 0)
		return TOKEN_OTHER_ADDRESS;
	if (used_utc != 0)
		return TOKEN_USED;
	return now >= t->expires_utc ? TOKEN_EXPIRED : TOKEN_GOOD;
}

int
token_look(struct store *st, const char *secret, const char *address,
    int64_t now, enum token_answer *answer, struct token **out)
{
	char	 hash[DIGEST_HEX];
	int64_t	 used_utc = 0;

	digest_bytes(secret, strlen(secret), hash);
	*out = find(st, hash, &used_utc);
	*answer = worth(*out, address, used_utc, now);
	return 0;
}

int
token_use(struct store *st, const char *secret, const char *address,
    int64_t now, enum token_answer *answer, struct token **out)
{
	struct token	*t;
	struct query	 q;
	char		 hash[DIGEST_HEX];
	int64_t		 used_utc = 0;

	digest_bytes(secret, strlen(secret), hash);
	if (store_begin(st) == -1)
		return -1;
	t = find(st, hash, &used_utc);
	*answer = worth(t, address, used_utc, now);
	if (*answer == TOKEN_GOOD) {
		query_start(&q, st, "UPDATE token SET used_utc = ?"
		    " WHERE hash = ?");
		query_int(&q, now);
		query_text(&q, hash);
		(void)query_run(&q); /* breaks the transaction */
	}
	if (store_commit(st) == -1) {
		free(t);
		return -1;
	}
	*out = t;
	return 0;
}

int
token_drop_expired(struct store *st, int64_t before_utc)
{
	struct query	q;

	query_start(&q, st, "DELETE FROM token WHERE expires_utc < ?");
	query_int(&q, before_utc);
	return query_run(&q);
}
