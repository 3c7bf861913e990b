#ifndef DAEMON_FILE_MAIL_LOG_H
#define DAEMON_FILE_MAIL_LOG_H

#include <stdbool.h>
#include <time.h>

struct arena;
struct judged;
struct mail;
struct office;
struct ruling;

/* The lines of status.log about one mail just filed. */
struct filed_log {
	const struct office *office;
	struct arena	*arena;
	const struct mail *mail;
	const struct ruling *ruling;
	time_t		 now;
	bool		 is_duplicate;
	bool		 is_again; /* what waits was told already */
	struct judged	**known; /* see status_judge_unit() */
};

/* In the transaction, after the submissions are written. 0 or -1. */
int	 filed_log_add(const struct filed_log *l);

#endif
