#ifndef SPOOL_TOKEN_H
#define SPOOL_TOKEN_H

#include <stdint.h>

struct store;

/* A one-time right to one decision by mail; only its hash is stored. */
struct token {
	const char	*action;  /* "assign", "hold", … */
	const char	*object;  /* what it is about, with its arguments */
	const char	*address; /* the clerk's, lower case */
	int64_t		 created_utc;
	int64_t		 expires_utc;
};

/* secret: what stands in the link; at least 22 characters. */
int	 token_add(struct store *st, const char *secret,
    const struct token *t);

enum token_answer { TOKEN_GOOD = 1, TOKEN_UNKNOWN, TOKEN_USED,
	TOKEN_EXPIRED, TOKEN_OTHER_ADDRESS };
/*
 * Use it up, in the transaction of the decision. *answer says what it is
 * worth; *out (heap, free()) is set unless it is unknown. Only a good one
 * is used up. 0, or -1.
 */
int	 token_use(struct store *st, const char *secret, const char *address,
    int64_t now, enum token_answer *answer, struct token **out);
/* The same, and nothing is used up. */
int	 token_look(struct store *st, const char *secret,
    const char *address, int64_t now, enum token_answer *answer,
    struct token **out);
/* Forget those that expired before. */
int	 token_drop_expired(struct store *st, int64_t before_utc);

#endif
