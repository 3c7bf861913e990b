#ifndef DAEMON_ORDER_ATTACHED_H
#define DAEMON_ORDER_ATTACHED_H

#include <stdbool.h>

#include "daemon/file_mail.h"

struct clerk_letter;
struct decision;
struct order;
struct order_aim;

/*
 * What the clerk sends without a word: a letter (công văn) to open a
 * campaign from, or a report that came another way. Answered with what was
 * understood and links that do it; the mail is filed as ever. 0 done, 1
 * there is nothing of the kind, -1 on failure.
 */
int	 order_attached(const struct clerk_letter *c, enum filed *filed);

/* Is it about what is attached to the mail it names? */
bool	 order_is_attached(const struct order *o);
/* Open a campaign from the letter in that mail. As order_run(). */
int	 order_run_attached(const struct clerk_letter *c,
    const struct order *o, struct order_aim *aim, struct decision *d);

#endif
