#ifndef SPOOL_MAIL_H
#define SPOOL_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/files.h"
#include "spool/message_state.h"

struct store;

/* One mail (or bare file) taken in. */
struct mail {
	int64_t		 mail;	    /* row number, > 0 */
	const char	*sha256;    /* 64 hex digits */
	const char	*id;	    /* intake id: shortest prefix of sha256
				       that was unique when it came, >= 6 */
	enum files_form	 form;
	const char	*file_name; /* of a bare file, or "" */
	uint64_t	 size;
	int64_t		 received_utc;
	int64_t		 taken_utc;
	const char	*account;
	const char	*folder;
	bool		 is_backlog;
	enum message_state state;
	int		 attempts;  /* parses begun; of a parsed one filings */
	int64_t		 next_try_utc; /* deferred: not before; else 0 */
	const char	*trouble;   /* why deferred or aside; "" */
	/* known once parsed, "" before and after purging: */
	const char	*from_address; /* lower case */
	const char	*from_name;
	const char	*subject;
	const char	*message_id;
	int64_t		 parser_version; /* of the kept blob; 0 none */
};

/* Found mails are on the heap: free(). NULL: none, or see store_error(). */
struct mail	*mail_find(struct store *st, int64_t mail);
struct mail	*mail_find_sha256(struct store *st, const char *sha256);
/*
 * By intake id or any prefix of the hash (case does not matter, a leading
 * # is allowed). *n_found: 0, 1, or 2 for more than one (then NULL).
 */
struct mail	*mail_find_id(struct store *st, const char *prefix,
    int *n_found);

struct mail_filter {
	enum message_state state; /* 0 = any */
	int64_t		 from_utc, until_utc; /* received; 0 = open; until
						 is not included */
	size_t		 limit;	    /* 0 = all */
	bool		 is_newest_first;
};

typedef int (*mail_row)(const struct mail *m, void *arg);
/*
 * Each mail by time of receipt. A callback's nonzero ends the walk and is
 * returned; -1 on failure. The callback must not change mails.
 */
int	 mail_each(struct store *st, const struct mail_filter *f,
    mail_row row, void *arg);
/*
 * Mails that stand before this one, with its Message-ID and time of
 * receipt: fills up to max row numbers, returns how many, -1 on failure.
 */
int	 mail_same_id(struct store *st, const struct mail *m, int64_t *mails,
    int max);
/* Number of mails in a state, -1 on failure. Cheap for unfinished ones. */
int64_t	 mail_count(struct store *st, enum message_state state);

/*
 * Work to do: stored ones in the order of receipt, deferred ones that are
 * due, parsed ones in the order of receipt too, but that a sender of many
 * waits behind the others. A parsed one is not named while one that came
 * earlier is still to be parsed, so that the ledger does not depend on who
 * was read first. Fills up to max row numbers, returns how many, -1 on
 * failure.
 */
int	 mail_pending(struct store *st, enum message_state state, int64_t now,
    int64_t *mails, int max);
/*
 * The turn of a mail that is being taken in: behind those of its sender
 * that wait, beside the first of everybody else's. Where the sender is 0
 * (not known) it waits behind nobody.
 */
int	 mail_next_turn(struct store *st, int64_t sender, int64_t *turn);
/* A mail among those of its sender, received in from ≤ t < until. */
struct mail_rank {
	int64_t		 mail;
	int64_t		 sender; /* not 0 */
	int64_t		 from_utc, until_utc;
};
/* Did `most` of them come before it? 1, 0, -1 on failure. */
int	 mail_is_beyond(struct store *st, const struct mail_rank *r,
    size_t most);
/* What one sender has deferred for one reason. */
struct mail_waiting {
	int64_t		 sender;
	const char	*from_address; /* "" while none of his is parsed */
};
typedef int (*mail_waiting_row)(const struct mail_waiting *w, void *arg);
/*
 * Each sender of deferred mails with that trouble. A callback's nonzero
 * ends the walk and is returned; -1 on failure. It may write, but must not
 * change mails.
 */
int	 mail_each_waiting(struct store *st, const char *trouble,
    mail_waiting_row row, void *arg);
/* When the first deferred mail is due; 0 when none is. */
int64_t	 mail_next_try(struct store *st);

/*
 * Count a try of each before the parse, or the filing, begins: it is still
 * known when that ends this process. A mail that was parsed begins anew.
 */
int	 mail_attempt(struct store *st, const int64_t *mails, size_t n);

/* They came to an end: only they are forgotten. */
int	 mail_forget_attempts(struct store *st, int64_t mail);

struct mail_parsed {
	const void	*blob;	/* opaque */
	size_t		 len;
	int64_t		 parser_version;
	const char	*from_address;
	const char	*from_name;
	const char	*subject;
	const char	*message_id;
};

/* stored, deferred → parsed: keep what the parser made. */
int	 mail_set_parsed(struct store *st, int64_t mail,
    const struct mail_parsed *p);
/* Forget what a bare file is called, for ever; not in a transaction. */
int	 mail_forget_name(struct store *st, int64_t mail);
/* The kept blob, on the heap; NULL when there is none. */
void	*mail_parsed_find(struct store *st, int64_t mail, size_t *len);
/*
 * A step of the transition table. trouble: why (deferred, aside), else "";
 * next_try_utc only for deferred. An illegal step gives STORE_REFUSED.
 */
int	 mail_set_state(struct store *st, int64_t mail,
    enum message_state state, const char *trouble, int64_t next_try_utc);
/* Begin again: any state but purged → stored, attempts 0. */
int	 mail_retry(struct store *st, int64_t mail);

#endif
