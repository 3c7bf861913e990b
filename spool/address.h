#ifndef SPOOL_ADDRESS_H
#define SPOOL_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

struct store;

/* An address that the clerk gave to a unit (`assign --remember`). */
struct address_learned {
	const char	*address; /* lower case */
	const char	*unit;
	const char	*who;
	int64_t		 time_utc;
};

typedef int (*address_learned_row)(const struct address_learned *a,
    void *arg);
/* Learn again after revoking is lawful; twice is once. */
int	 address_learn(struct store *st, const struct address_learned *a);
int	 address_revoke(struct store *st, const char *address,
    const char *unit, int64_t now);
/* Those in force. address NULL = all. Callback rules as everywhere. */
int	 address_each_learned(struct store *st, const char *address,
    address_learned_row row, void *arg);

/* An address of a unit that our mail bounced from. */
struct address_bounced {
	const char	*address; /* lower case */
	const char	*unit;	  /* "" */
	const char	*status;  /* "5.1.1" */
	const char	*text;	  /* diagnostic, one line */
	int64_t		 time_utc;
	int64_t		 outgoing; /* the mail that came back; 0 */
};

typedef int (*address_bounced_row)(const struct address_bounced *a,
    void *arg);
int	 address_bounce(struct store *st, const struct address_bounced *a);
int	 address_clear(struct store *st, const char *address, int64_t now);
/* Marked and not cleared. */
bool	 address_is_bounced(struct store *st, const char *address);
int	 address_each_bounced(struct store *st, address_bounced_row row,
    void *arg);

#endif
