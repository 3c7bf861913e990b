#ifndef DAEMON_ORDER_LINK_H
#define DAEMON_ORDER_LINK_H

#include <time.h>

struct arena;
struct office;
struct order;
struct strbuf;
struct values;

/* A mail to the clerk while its prepared links are made. */
struct offers {
	const struct office *office;
	struct arena	*arena;
	time_t		 now;
	struct values	*values; /* {lien_ket} is added to */
	size_t		 n;	 /* added so far */
};

/*
 * One line of {lien_ket}: "words: <mailto:…>". A decision's link carries a
 * new token, bound to verb, object and the clerk's address, good for seven
 * days and for one time; a question's carries none. An order that cannot
 * be carried out now is left out, and so is what is more than a mail
 * should hold. 0, or -1 when the store fails.
 */
int	 order_offer(struct offers *f, const char *words,
    struct order *order);
/* The same, and *token is what the link carries ("" with a question). */
int	 order_offer_token(struct offers *f, const char *words,
    struct order *order, const char **token);

#endif
