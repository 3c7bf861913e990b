#ifndef DAEMON_OUTBOX_H
#define DAEMON_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "daemon/compose.h"
#include "daemon/template.h"

struct office;

/* Kinds of mails of ours, as outgoing rows and their rules know them. */
#define MAIL_RECEIPT "receipt"
#define MAIL_REMINDER "reminder"
#define MAIL_SUPPLEMENT "supplement"
#define MAIL_UNREADABLE "unreadable"
#define MAIL_RETURNED "returned"
#define MAIL_SUMMARY "summary"
#define MAIL_PREVIEW "preview"
#define MAIL_CALL_LIST "call-list"
#define MAIL_ESCALATION "escalation"
#define MAIL_UNKNOWN_SENDER "unknown-sender"
#define MAIL_SUPPLEMENT_LIST "supplement-list"
#define MAIL_TROUBLE "fetch-trouble"
#define MAIL_RECOVERED "fetch-recovered"
/* answers to the clerk: counted by themselves */
#define MAIL_DECISION "decision"	/* it was carried out */
#define MAIL_ANSWER "answer"		/* anything else */

/* One mail to be entered; all borrowed for the call. */
struct outbox_mail {
	enum template_id template;
	const struct values *values;
	const char	*kind;
	const char	*campaign; /* id, or NULL */
	const char	*step;	   /* or NULL */
	const char	*to;	   /* one address */
	const char *const *units; /* codes it speaks of */
	size_t		 n_units;
	int64_t		 mail;	   /* the mail it answers; 0 */
	const char	*in_reply_to; /* its Message-ID; NULL */
	bool		 is_reply;
	const struct compose_attachment *attachments;
	size_t		 n_attachments;
	const char	*postscript; /* a line below the text, or NULL */
	time_t		 not_before; /* 0 = at once */
};

enum outbox_result {
	OUTBOX_ADDED = 0,
	OUTBOX_CAPPED = 1,  /* the address has had enough today */
	OUTBOX_REFUSED = 2, /* no address or value we would send; logged */
	OUTBOX_FAILED = -1  /* the store; see store_error() */
};

/*
 * Fill, compose and enter a mail as pending, with its Message-ID fixed.
 * In the caller's transaction. *row is set with OUTBOX_ADDED.
 */
enum outbox_result outbox_add(const struct office *o,
    const struct outbox_mail *m, time_t now, int64_t *row);

#endif
