#ifndef SPOOL_OUTGOING_H
#define SPOOL_OUTGOING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Where a mail of ours stands. Stored as numbers: append only. */
enum outgoing_state {
	OUTGOING_PENDING = 1,
	OUTGOING_SENDING = 2,	/* a worker has it */
	OUTGOING_SENT = 3,
	OUTGOING_LATER = 4,	/* temporary failure, tried again */
	OUTGOING_FAILED = 5,	/* refused for good */
	OUTGOING_UNCERTAIN = 6,	/* all was said, no answer came */
	OUTGOING_WITHDRAWN = 7	/* no longer true or lawful: not sent */
};
const char *outgoing_state_name(enum outgoing_state s);
bool	 outgoing_state_may(enum outgoing_state from,
    enum outgoing_state to);

/* A mail of ours. Its raw bytes are kept apart, until it is sent. */
struct outgoing {
	int64_t		 outgoing;   /* row number, > 0 */
	const char	*message_id; /* without <>; unique */
	const char	*kind;	     /* "receipt", "reminder", "summary", … */
	const char	*campaign;   /* "" */
	const char	*step;	     /* "" */
	const char	*to;	     /* one address, lower case */
	const char *const *units;    /* codes it speaks of */
	size_t		 n_units;
	int64_t		 mail;	     /* the mail it answers; 0 */
	int64_t		 created_utc; /* or when it was to go at first */
	enum outgoing_state state;
	int		 attempts;
	int		 uncertain;  /* of them: with an end unknown */
	int64_t		 next_try_utc;
	int64_t		 done_utc;   /* sent, failed, withdrawn; 0 */
	int		 code;	     /* last SMTP reply; 0 */
	const char	*error;	     /* last reply or reason; "" */
};

/* Enter as pending; *outgoing gets the row number. */
int	 outgoing_add(struct store *st, const struct outgoing *o,
    const void *raw, size_t len, int64_t *outgoing);
/* On the heap, free(); NULL when there is none. */
struct outgoing *outgoing_find(struct store *st, int64_t outgoing);
struct outgoing *outgoing_find_message_id(struct store *st,
    const char *message_id);
void	*outgoing_raw(struct store *st, int64_t outgoing, size_t *len);

typedef int (*outgoing_row)(const struct outgoing *o, void *arg);
/*
 * Walks by row number; a callback's nonzero ends the walk and is
 * returned; -1 on failure. Due: pending and later ones whose time has
 * come. state 0 = all.
 */
int	 outgoing_each_due(struct store *st, int64_t now, outgoing_row row,
    void *arg);
int	 outgoing_each(struct store *st, enum outgoing_state state,
    outgoing_row row, void *arg);
/* Refused for good; since then neither reached nor cleared. */
int	 outgoing_each_refused(struct store *st, const char *campaign,
    outgoing_row row, void *arg);
/* When the next one is due (pending counts by its next_try_utc); 0. */
int64_t	 outgoing_next_try(struct store *st);

/* Claim for a worker: → sending, attempts + 1. On disk before sending. */
int	 outgoing_claim(struct store *st, int64_t outgoing);

struct outgoing_result {
	enum outgoing_state state; /* sent, later, failed, uncertain,
				      withdrawn, pending */
	int64_t		 time_utc;
	int64_t		 next_try_utc; /* with later, pending */
	int		 code;
	const char	*error;
};
int	 outgoing_settle(struct store *st, int64_t outgoing,
    const struct outgoing_result *r);
/* After a crash: what a worker had becomes uncertain. */
int	 outgoing_recover(struct store *st);

/*
 * Mails to an address created in from ≤ t < until, but withdrawn ones.
 * kind NULL = any. -1 on failure.
 */
int	 outgoing_count(struct store *st, const char *to, const char *kind,
    int64_t from_utc, int64_t until_utc);
/* The same for a unit, over all addresses. */
int	 outgoing_count_unit(struct store *st, const char *unit,
    const char *kind, int64_t from_utc, int64_t until_utc);

/*
 * One receipt for one file and address, ever: true in *is_new when this
 * call was the first to claim it.
 */
int	 outgoing_claim_receipt(struct store *st, const char *address,
    const char *attachment_sha256, bool *is_new);

#endif
