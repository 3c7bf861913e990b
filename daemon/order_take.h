#ifndef DAEMON_ORDER_TAKE_H
#define DAEMON_ORDER_TAKE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "daemon/file_mail.h"

struct office;
struct parser;

/*
 * File a parsed mail for the first time, and when it is an order of the
 * clerk's do with it what is to be done: carry it out where it bears a
 * good token, else answer to the clerk's address with one. Effect, used
 * token, answer and filing are one transaction; a mail that was filed once
 * never orders again.
 */
enum filed	 order_take(struct office *o, struct parser *parser,
    int64_t mail, time_t now);
/*
 * Must it be taken outside of any transaction? An order may start programs
 * that read what is committed.
 */
bool		 order_take_alone(const struct office *o, int64_t mail);

#endif
