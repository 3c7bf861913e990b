#ifndef DAEMON_ORDER_LETTER_H
#define DAEMON_ORDER_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/bytes.h"

struct campaign;
struct clerk_letter;
struct decision;
struct letter;
struct mail;
struct message;
struct office_campaign;
struct order;

/* A letter (công văn) that the clerk sent. In the arena. */
struct sent_letter {
	struct letter	*letter;
	struct bytes	 file;	/* its DOCX */
	const char	*name;	/* of the file */
};

/*
 * The first letter among a mail's documents: it has a Kính gửi list and an
 * outline. Read in the jail. True when there is one.
 */
bool	 order_letter_find(const struct clerk_letter *c,
    const struct mail *mail, const struct message *message,
    struct sent_letter *out);
/* The same of a mail taken in before. */
bool	 order_letter_load(const struct clerk_letter *c, int64_t mail,
    struct sent_letter *out);

/* Tell what was understood, with a link that opens the campaign. 0, -1. */
int	 order_letter_answer(const struct clerk_letter *c,
    const struct sent_letter *sent);

/*
 * Make the campaign, with what the clerk filled in, and open it. *oc is it.
 * 0, or -1 with d->why and no campaign left behind.
 */
int	 order_letter_open(const struct clerk_letter *c,
    const struct order *o, const struct sent_letter *sent,
    struct decision *d, struct office_campaign **oc);

#endif
