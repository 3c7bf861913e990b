#ifndef DAEMON_INTAKE_H
#define DAEMON_INTAKE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct office;

/*
 * From the spool to the ledger: every stored mail is parsed in the jail
 * (two at once), and every parsed one decided on and filed in one
 * transaction; those that are ready reach the disk together. Each step
 * starts from disk and may be repeated.
 */
struct intake;

#define INTAKE_CHILDREN 2

struct intake	*intake_new(struct office *o);
void		 intake_free(struct intake *in); /* kills what runs */

/* Does the jail work here? 0, or -1 after logging why not. */
int		 intake_selftest(struct intake *in);

/*
 * For a poll loop: begin what may be begun, and file what is parsed. True
 * when something was done that others may care about (status files, mail).
 */
bool		 intake_turn(struct intake *in, time_t now);
/* The same, but nothing is filed: while more of a round is to come. */
void		 intake_read(struct intake *in, time_t now);
/* Descriptors to poll for reading; at most INTAKE_CHILDREN. */
size_t		 intake_fds(const struct intake *in, struct pollfd *fds);
/* CLOCK_MONOTONIC ms of the next deadline, or -1. */
int64_t		 intake_due_ms(const struct intake *in);
/* Is anything unread or unfiled, deferred mail not counted? */
bool		 intake_is_busy(const struct intake *in);

/*
 * For one round: until nothing is left to do now. `between`, which may be
 * NULL, is called each time that some are filed and more may come. Returns
 * how many mails had to be left for later (deferred), -1 when the store
 * fails.
 */
int		 intake_run(struct intake *in, time_t now,
		    void (*between)(void *), void *arg);

/*
 * Decide anew on one mail that is parsed: after a decision of the clerk,
 * a new campaign, or new units. In the caller's transaction. 0 or -1.
 */
int		 intake_refile(struct office *o, int64_t mail, time_t now);
/*
 * The same for every mail received from `from` on that no campaign has
 * taken, or that waits for the clerk. 0 or -1.
 */
int		 intake_refile_open(struct office *o, time_t from, time_t now);

/*
 * After office_refresh(): what is filed is looked at again for campaigns
 * that opened or changed, once for each version. 0 or -1.
 */
int		 intake_follow_campaigns(struct office *o, time_t now);

#endif
