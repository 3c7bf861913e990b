#ifndef DAEMON_FILE_MAIL_H
#define DAEMON_FILE_MAIL_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct office;

/* What became of filing one mail. */
enum filed {
	FILED_DONE = 0,
	FILED_AGAIN = 1, /* its kept blob is of another program: read anew */
	FILED_FAILED = -1 /* the store; see store_error() */
};

/*
 * Decide on a parsed mail and write it all in one transaction: filing,
 * attachments, submissions, event, log lines, receipts, state. again: it
 * was filed before; then it makes no event, and is told of only when it
 * counts now and did not before.
 */
enum filed	 file_mail(struct office *o, int64_t mail, time_t now,
    bool again);

#endif
