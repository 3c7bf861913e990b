#ifndef SPOOL_SUBMISSION_H
#define SPOOL_SUBMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

enum submission_channel { SUBMISSION_EMAIL = 1, SUBMISSION_PAPER,
	SUBMISSION_USB, SUBMISSION_ZALO, SUBMISSION_OTHER };
const char *submission_channel_name(enum submission_channel c);
/* 0 for a word that is none. */
enum submission_channel submission_channel_find(const char *name);

/* The clerk's word on one submission. */
enum submission_decision { DECISION_NONE = 0, DECISION_ACCEPTED,
	DECISION_RETURNED, DECISION_NOT_A_REPORT };

/* One file of one unit for one campaign: facts, no verdict. */
struct submission {
	int64_t		 submission; /* row number, > 0 */
	const char	*campaign;
	const char	*unit;
	int64_t		 mail;	     /* 0: none (paper) */
	const char	*mail_id;    /* of the mail's row, not written; "" */
	int		 mail_state; /* likewise, enum message_state; 0 */
	int		 attachment; /* index in the parsed message; -1: the
					body, or none */
	const char	*sha256;     /* of the file's bytes; "" without file */
	const char	*name;	     /* of the file; "" */
	enum submission_channel channel;
	int64_t		 received_utc;
	const char	*number;     /* of the document; "" */
	const char	*doc_date;   /* ISO; "" */
	int		 status;     /* the caller's parse status */
	bool		 in_review;  /* waits for the clerk's word */
	const char	*review;     /* why; "" */
	bool		 is_acceptable; /* could fix the time */
	enum submission_decision decision;
	int64_t		 decision_event;
	int64_t		 return_until_utc; /* with DECISION_RETURNED; 0 */
	const void	*coverage;   /* opaque; NULL when none */
	size_t		 coverage_len;
	const char	*outline_hash; /* the outline it was made for; "" */
};

/*
 * Enter one. The same bytes for the same campaign and unit are there
 * once: then *submission is the one that was first and *is_new false, and
 * nothing is changed. The row number in *s is ignored.
 */
int	 submission_add(struct store *st, const struct submission *s,
    int64_t *submission, bool *is_new);
/* Write all fields but the key (campaign, unit, sha256) of s->submission. */
int	 submission_update(struct store *st, const struct submission *s);
int	 submission_drop(struct store *st, int64_t submission);

/* On the heap, free(); NULL when there is none. */
struct submission *submission_find(struct store *st, int64_t submission);

typedef int (*submission_row)(const struct submission *s, void *arg);
/*
 * Walks; a callback's nonzero ends the walk and is returned; -1 on
 * failure. Of a campaign: by unit, then time of receipt. unit NULL = all.
 */
int	 submission_each(struct store *st, const char *campaign,
    const char *unit, submission_row row, void *arg);
int	 submission_each_mail(struct store *st, int64_t mail,
    submission_row row, void *arg);

#endif
