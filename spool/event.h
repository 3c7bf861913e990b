#ifndef SPOOL_EVENT_H
#define SPOOL_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Every change, in a chain of SHA-256 hashes; never altered. */
struct event {
	int64_t		 seq;	  /* 1, 2, … without a gap */
	int64_t		 time_utc;
	const char	*who;	  /* "daemon", a user, the clerk's address */
	const char	*verb;	  /* "file", "assign", "extend", … */
	const char	*campaign; /* "" */
	const char	*unit;	  /* "" */
	int64_t		 mail;	  /* 0 */
	const char	*detail;  /* JSON by the caller; "" */
	const char	*reason;  /* "" */
	int64_t		 undoes;  /* seq of the event taken back; 0 */
	bool		 is_undone; /* read only */
	const char	*hash;	  /* 64 hex digits; read only */
};

/*
 * Append; seq, is_undone and hash are ours. Opens a transaction if there
 * is none. With `undoes` set the named event must exist and not be undone
 * (STORE_REFUSED); undoing an undo brings the first one back.
 */
int	 event_append(struct store *st, const struct event *e, int64_t *seq);
/* On the heap, free(); NULL when there is none. */
struct event *event_find(struct store *st, int64_t seq);

struct event_filter {
	const char	*verb;	  /* NULL = any, in all four */
	const char	*campaign;
	const char	*unit;
	int64_t		 mail;	  /* 0 = any */
	bool		 only_active; /* not undone, and no undo itself */
	int64_t		 after;	  /* seq > after */
	size_t		 limit;	  /* 0 = all */
	bool		 is_newest_first;
};

typedef int (*event_row)(const struct event *e, void *arg);
/* By seq. A callback's nonzero ends the walk and is returned. */
int	 event_each(struct store *st, const struct event_filter *f,
    event_row row, void *arg);

/* Head of the chain: 64 hex digits and NUL (zeros while empty). */
int	 event_head(struct store *st, char hex[65]);

enum event_fault { EVENT_SOUND = 0, EVENT_ALTERED, EVENT_MISSING,
	EVENT_HEAD_UNKNOWN };
/*
 * Walk the whole chain. On a fault *seq is the first wrong or missing
 * row. head: a head noted earlier, or its beginning, that must occur in the
 * chain; or NULL.
 * 0 with *fault set; -1 when it cannot be read.
 */
int	 event_verify(struct store *st, const char *head,
    enum event_fault *fault, int64_t *seq);

#endif
