#ifndef DAEMON_KEEPER_H
#define DAEMON_KEEPER_H

struct fetch_event;
struct fetch_session;
struct incoming;

/*
 * Makes fetched mails durable, several at once: while one waits for the
 * disk the next is already being read. Each is synced and renamed by
 * itself, and told to the daemon only then, in the order of keeper_add().
 */
struct keeper;

/* s is borrowed; it gets the events. */
struct keeper	*keeper_new(struct fetch_session *s);
void		 keeper_free(struct keeper *k); /* accepts NULL; waits */

/*
 * Take over a mail that is written; e is copied, its sha256 is filled in.
 * Waits while too many are on their way. 0, or -1 with errno once a mail
 * could not be kept: from then on nothing is told, until keeper_wait().
 */
int		 keeper_add(struct keeper *k, struct incoming *in,
    const struct fetch_event *e);
/* Tell this, which has no strings, once all before it is durable. */
void		 keeper_tell(struct keeper *k, const struct fetch_event *e);
/* Until all are durable and told. 0, or -1 with errno, told once. */
int		 keeper_wait(struct keeper *k);

#endif
