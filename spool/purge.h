#ifndef SPOOL_PURGE_H
#define SPOOL_PURGE_H

#include <stdint.h>

struct store;
struct event;

/*
 * One mail for ever gone: blob, texts, names and file; its row stays as a
 * tombstone with hash, size and times. e tells it (verb, who, reason; mail
 * is set here). Its submissions keep their facts, without file names and
 * coverage (which may quote; submission_update() may put one back that
 * does not). Not within a transaction.
 * 0, or -1; a file that could not be removed after the commit is removed
 * at the next start.
 */
int	 purge_mail(struct store *st, int64_t mail, const struct event *e);

/*
 * Finished mails taken before that made no submission and that the clerk
 * need not see: to be purged. Fills up to max row numbers, returns how
 * many, -1 on failure.
 */
int	 purge_expired(struct store *st, int64_t taken_before_utc,
    int64_t *mails, int max);

/*
 * Before the ledger is made anew from raw mails and events: forgets what
 * was derived (parsed blobs, filings, submissions of mails); every mail that is
 * not purged becomes stored. Events, mails sent, steps, learned addresses
 * stay. One transaction.
 */
int	 purge_derived(struct store *st);

#endif
