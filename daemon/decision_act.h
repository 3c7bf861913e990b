#ifndef DAEMON_DECISION_ACT_H
#define DAEMON_DECISION_ACT_H

#include <stdint.h>

#include "daemon/decision.h"
#include "daemon/decision_words.h"
#include "daemon/reason.h"
#include "daemon/text.h"

struct event;
struct mail;

/*
 * What all decisions share (files decision_*.c). A decision begins with
 * act_begin(), checks inside the transaction, and ends with act_end().
 */

/* 0, or -1 with d->why. */
int	 act_begin(struct decision *d);
/* Ends with rc: 0 commits (a dry run takes all back), -1 rolls back. */
int	 act_end(struct decision *d, int rc);
/* Gives -1 and says why. */
int	 act_refuse(struct decision *d, enum reason why);
/* The store failed: -1, its own words in d->why. */
int	 act_failed(struct decision *d);

/*
 * Append the event (who, when, why from d) and a line of status.log.
 * e needs verb, campaign, unit, mail, detail, undoes. 0 or -1.
 */
int	 act_record(struct decision *d, struct event *e, enum word label);

/* The mail, filed or put aside; NULL with d->why. free(). */
struct mail *act_mail(struct decision *d, int64_t mail);

/* What an event does, when it comes into force or is taken back. */
int	 act_effect(struct decision *d, const struct event *e,
    bool in_force);

#endif
