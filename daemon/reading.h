#ifndef DAEMON_READING_H
#define DAEMON_READING_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct office;
struct parser;

/*
 * From the spool to the parsed blob. Mails wait in places, their try
 * counted on disk already, so that a child that ends makes room for the
 * next at once, whatever the store is doing. What the children answer is
 * gathered and kept by one transaction, which counts the tries of those
 * that come next too.
 */
struct reading;

struct reading	*reading_new(struct office *o);
void		 reading_free(struct reading *r); /* kills what runs */
/* Its parser; borrowed. */
struct parser	*reading_parser(struct reading *r);

/* Let the children go on. The store is not touched. */
void		 reading_feed(struct reading *r);
/*
 * Is it time for reading_keep()? While mail waits to be read, what was
 * read is gathered, not much and not for long.
 */
bool		 reading_is_ripe(const struct reading *r);
/*
 * Keep what was read and take what comes next. True when anything was
 * done. *failed is what the store refused, NULL when nothing; no mail is
 * lost then.
 */
bool		 reading_keep(struct reading *r, time_t now,
    const char **failed);

/* Descriptors to poll for reading; at most INTAKE_CHILDREN. */
size_t		 reading_fds(const struct reading *r, struct pollfd *fds);
/* CLOCK_MONOTONIC ms of the next deadline, or -1. */
int64_t		 reading_due_ms(const struct reading *r);
/* Is any mail in a place? */
bool		 reading_is_busy(const struct reading *r);

#endif
