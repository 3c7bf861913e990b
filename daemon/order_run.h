#ifndef DAEMON_ORDER_RUN_H
#define DAEMON_ORDER_RUN_H

struct decision;
struct order;
struct order_aim;

/*
 * Carry out a decision that was ordered by mail, by the very functions of
 * the command. 0 with d->done naming the units too, or -1 with d->why. In
 * the caller's transaction.
 */
int	 order_run(struct decision *d, const struct order *o,
    const struct order_aim *aim);

#endif
