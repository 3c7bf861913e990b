#ifndef DAEMON_ORDER_QUESTION_H
#define DAEMON_ORDER_QUESTION_H

#include "daemon/clerk_files.h"

struct clerk_letter;
struct order;
struct order_aim;

/*
 * The file that a question asks for, none for a plain one. Outside of any
 * transaction, as a child may be run for it. 0, or -1 with *why.
 */
int	 order_question_file(const struct clerk_letter *c,
    const struct order *o, const struct order_aim *aim,
    struct clerk_file *out, const char **why);

#endif
