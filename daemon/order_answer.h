#ifndef DAEMON_ORDER_ANSWER_H
#define DAEMON_ORDER_ANSWER_H

#include <stdint.h>
#include <time.h>

#include "daemon/outbox.h"

struct arena;
struct decision;
struct letter;
struct mail;
struct message;
struct office;
struct office_campaign;
struct order;
struct order_aim;
struct parser;

/* A mail of the clerk while it is answered. */
struct clerk_letter {
	struct office	*office;
	struct parser	*parser; /* for what is attached; NULL: none */
	struct arena	*arena;
	time_t		 now;
	const struct mail *mail;
	const struct message *message;
};

/*
 * Answers, always to the clerk's own address; each enters a row in the
 * caller's transaction. Too many on one day are not sent. 0, or -1 when
 * the store fails.
 */

/* It was carried out; with a link to take it back. */
int	 order_answer_done(const struct clerk_letter *c,
    const struct decision *d, const struct office_campaign *oc);
/* It was understood; a link carries it out. */
int	 order_answer_ask(const struct clerk_letter *c, struct order *o);
/*
 * It has no effect, and why (Vietnamese). order: what would be right to
 * ask again, or NULL.
 */
int	 order_answer_refused(const struct clerk_letter *c, const char *what,
    const char *why, struct order *order);
/* What was asked, with files. */
int	 order_answer_question(const struct clerk_letter *c,
    const struct order *o, const struct order_aim *aim,
    const struct compose_attachment *files, size_t n);

/* The frame of them all: template and values to the clerk. */
int	 order_answer(const struct clerk_letter *c, enum template_id id,
    const char *kind, const struct values *v, const struct outbox_mail *more);

#endif
