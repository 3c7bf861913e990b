#ifndef DAEMON_DECISION_REMEMBER_H
#define DAEMON_DECISION_REMEMBER_H

#include <stdint.h>

struct decision;

/*
 * A word on this mail came into force or was taken back: learn or forget
 * the addresses that such words ever told to remember. An address is a
 * unit's while a word in force says so and no later one gives that mail to
 * other units; words on other mails stand beside it, as units may share an
 * address. In the decision's transaction. 0, or -1 with d->why.
 */
int	 decision_remember(struct decision *d, int64_t mail);

#endif
