#ifndef DAEMON_RULING_H
#define DAEMON_RULING_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "daemon/decision_read.h"
#include "daemon/fit.h"
#include "daemon/grade.h"
#include "daemon/identify.h"
#include "daemon/reason.h"
#include "spool/filing.h"

struct arena;
struct mail_word;
struct message;
struct office;
struct office_campaign;

/*
 * What a mail is: kind, whose, for which campaign, what counts, and what
 * the clerk must see. Pure: a function of the mail, the campaigns and
 * units in force, and what the clerk has said.
 */

/* What is known of a mail besides its own bytes. */
struct ruling_input {
	const struct office *office;
	const struct message *message;
	time_t		 received;
	bool		 is_junk;  /* came from a folder for junk */
	bool		 is_bare;  /* no mail: a file that was entered */
	bool		 is_own;   /* a mail of ours that came back to us */
	bool		 is_bounce_of_ours; /* names a mail that we sent */
	const int	*addressed; /* units of the From address */
	size_t		 n_addressed;
	const int	*answered; /* units of our mail that it answers */
	size_t		 n_answered;
	const int	*forwarded; /* units of senders of what it forwards */
	size_t		 n_forwarded;
	const struct mail_word *word; /* of the clerk; never NULL */
};

/* One document of the mail, in the order of message.attachments. */
struct ruled_document {
	int		 index;	  /* into message.attachments; -1: body */
	enum filing_role role;
	enum grade	 grade;
	struct identity	 identity;
	struct fit	 fit;
	const int	*units;	  /* placed: whose it counts for */
	size_t		 n_units;
};

struct ruling {
	enum filing_kind kind;
	struct office_campaign *campaign; /* of the first that fits; NULL */
	const int	*units;
	size_t		 n_units;
	enum filing_basis basis;
	bool		 is_counted;
	bool		 needs_clerk;
	bool		 is_quarantined;
	enum reason	 reason;
	const char	*outcome;  /* of an order, instead of a reason; "" */
	struct guess	 guesses[IDENTITY_GUESSES];
	size_t		 n_guesses;
	size_t		 fitting;
	struct ruled_document *documents; /* one an attachment, and the body
					     where it is a report */
	size_t		 n_documents;
};

/* What is told of it: the outcome of an order, else the reason. */
const char *ruling_reason(const struct ruling *r);
void	 ruling_of(const struct ruling_input *in, struct arena *arena,
    struct ruling *out);

#endif
