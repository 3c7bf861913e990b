#ifndef DAEMON_FILE_MAIL_SUBMISSIONS_H
#define DAEMON_FILE_MAIL_SUBMISSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/mail_facts.h"
#include "daemon/ruling.h"

struct arena;
struct mail;
struct message;
struct office;

/* Mails that lose their place to this one, and must be decided on again. */
#define DISPLACED_MAX 16

/* One mail on its way into the ledger. Private to file_mail*.c. */
struct filer {
	struct office	*office;
	struct arena	*arena;
	time_t		 now;
	const struct mail *mail;
	struct message	*message;
	struct mail_facts facts;
	struct ruling	 ruling;
	int64_t		*kept;	/* submissions of this mail that stay */
	size_t		 n_kept;
	size_t		 kept_cap;
	int64_t		 duplicate_of;
	bool		 has_new; /* something here is no duplicate */
	int64_t		 displaced[DISPLACED_MAX];
	size_t		 n_displaced;
};

/*
 * In the transaction: write what counts now, drop what an earlier decision
 * had entered. Fills kept, duplicate_of, has_new, displaced. 0 or -1.
 */
int	 file_mail_submissions(struct filer *f);

#endif
