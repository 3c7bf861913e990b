#ifndef DAEMON_OFFICE_H
#define DAEMON_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/campaign.h"
#include "spool/store.h"

struct arena;
struct config;
struct calendar;
struct lexicon;
struct matcher;
struct problems;
struct roster;
struct templates;

/* A campaign in force, with what was built from it once. */
struct office_campaign {
	char		*id;
	bool		 is_here; /* its folder was there at the last look */
	struct campaign	*campaign; /* the last good version */
	struct arena	*arena;	   /* of the matcher */
	struct matcher	*matcher;
	char		 version[65]; /* SHA-256 of campaign.conf and outline */
	char		 outline_hash[65]; /* SHA-256 of the outline alone */
	char		*trouble; /* why the files as they stand now are not
				     in force; NULL when they are */
	bool		 is_told;  /* of the trouble, in the log */
	bool		 is_finished; /* see decision_finish_openings() */
	struct office_stamp {
		int64_t	 mtime_ns;
		int64_t	 size;
		uint64_t inode;
	}		 stamps[2]; /* of the two files when last read */
};

/*
 * Everything one office has: what people wrote, and its state. One owner
 * of it all: the daemon or the command, for its whole life.
 */
struct office {
	const char	*who;	/* of events: "daemon", or the user */
	enum store_mode	 mode;	/* as given to office_open() */
	bool		 is_copy; /* of a rehearsal; not the real state */
	struct config	*config;
	struct roster	*roster;
	struct calendar	*calendar;
	struct templates *templates;
	struct arena	*lexicon_arena;
	struct lexicon	*lexicon;
	struct store	*store;	/* NULL until office_open() */
	struct office_campaign *campaigns; /* by id */
	size_t		 n_campaigns;
	size_t		 n_all; /* beyond n_campaigns: folders that never
				   held a right campaign; trouble says why */
};

/*
 * Configuration, units, calendar, templates, words. All mistakes go to
 * problems; NULL when there were any. Does not touch the state.
 */
struct office	*office_load(const char *config_file,
    struct problems *problems);
void		 office_free(struct office *o); /* accepts NULL */

/*
 * Read all files again into an opened office: 0, or -1 with problems and
 * everything as it was. The campaigns come back with office_refresh().
 */
int		 office_reload(struct office *o, const char *config_file,
    struct problems *problems);

/*
 * Open the state and the campaigns in it. 0, or -1: then o->store is set
 * and store_error() and store_trouble() say why.
 */
int		 office_open(struct office *o, enum store_mode mode);

/*
 * Look at the campaigns' folders again; what has changed and is right is
 * in force from now on. Unless the state is only read a change is an
 * event. A wrong file is told in `trouble`, and the last good version
 * (kept in the store) stays.
 *
 * Returns how many campaigns changed, came or went; -1 when the store
 * failed.
 */
int		 office_refresh(struct office *o, time_t now);

/* NULL when there is none. */
struct office_campaign *office_find(const struct office *o, const char *id);
/* A beginning of an id while unique; NULL none or several. */
struct office_campaign *office_find_short(const struct office *o,
    const char *id);
/* Open or paused, and not past its `close`. */
bool		 office_is_open(const struct office_campaign *oc, time_t now);
/* The only such one; where all are past it, the only one nobody has closed.
 * NULL none or several. */
struct office_campaign *office_only_open(const struct office *o, time_t now);

/*
 * Older mail is not looked at: what the configuration says, else the
 * earliest campaign, else 30 days before the first start.
 */
time_t		 office_since(const struct office *o, time_t now);

#endif
