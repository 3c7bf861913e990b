#ifndef SPOOL_LISTING_H
#define SPOOL_LISTING_H

struct store;

/* What to do with an entry's name; other than 0 ends the listing. */
typedef int listing_entry(const char *name, void *arg);

/*
 * All entries of a folder but "." and "..", each once, in no order. what
 * names the folder in a reason. 0, what the function returned, or -1 with
 * the reason kept: a listing that breaks off is no shorter listing.
 */
int	 listing_each(struct store *st, int dir_fd, const char *what,
    listing_entry *entry, void *arg);

#endif
