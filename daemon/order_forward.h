#ifndef DAEMON_ORDER_FORWARD_H
#define DAEMON_ORDER_FORWARD_H

#include <stdbool.h>

struct clerk_letter;
struct ruling;
struct ruling_input;

/*
 * A report that the clerk forwards or attaches: it waits like any mail
 * from an unknown address, and the clerk is answered with links that enter
 * it for its unit.
 */

/* Would it count, were it known whose it is? */
bool	 order_forward_is(const struct clerk_letter *c,
    const struct ruling_input *in, struct ruling *out);
/* In the caller's transaction; 0 or -1. */
int	 order_forward_answer(const struct clerk_letter *c,
    const struct ruling *r);

#endif
