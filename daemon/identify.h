#ifndef DAEMON_IDENTIFY_H
#define DAEMON_IDENTIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "spool/filing.h"

struct arena;
struct attachment;
struct message;
struct roster;

/* Why nobody was named. Stored as numbers: append only. */
enum doubt {
	DOUBT_NONE = 0,
	DOUBT_UNKNOWN_SENDER = 1, /* address on no unit's list */
	DOUBT_SHARED_ADDRESS = 2, /* several units, nothing tells which */
	DOUBT_CONFLICT = 3,	/* the evidence names different units */
	DOUBT_AUTHENTICATION = 4 /* our server says the sender is forged */
};

/* One sign that points to one unit. */
struct evidence {
	enum filing_basis basis;
	int		 unit;	/* roster index */
	int		 weight;
	const char	*seen;	/* the name or address; from the roster */
	bool		 is_told; /* stands only in what the mail forwards:
				     anybody could have written it */
};

#define IDENTITY_GUESSES 3

struct guess {
	int		 unit;
	enum filing_basis basis;	/* its strongest evidence */
};

/* Everything that may speak for a unit. */
struct identity_input {
	const struct roster *roster;
	const struct message *message;
	const struct attachment *document; /* NULL: the mail by itself */
	const int	*addressed; /* units of the From address, also those
				       learned from the clerk */
	size_t		 n_addressed;
	const int	*answered; /* units of our mail that it answers */
	size_t		 n_answered;
	const int	*forwarded; /* units whose mail is forwarded in it */
	size_t		 n_forwarded;
	bool		 is_forged; /* authres_says_forged() */
	const struct lexicon *lexicon; /* abbreviations; may be NULL */
};

struct identity {
	int		 unit;	/* roster index, or -1 */
	enum filing_basis basis;	/* of the unit, or of the first guess */
	enum doubt	 doubt;	/* DOUBT_NONE exactly when unit >= 0 */
	struct guess	 guesses[IDENTITY_GUESSES]; /* best first; the unit
						       itself when placed */
	size_t		 n_guesses;
	int		 letterhead; /* unit of the document's issuer, -1 */
	struct evidence	*evidence;
	size_t		 n_evidence;
};

/*
 * Whose is it? Pure: the evidence is weighed by one table. Agreement
 * places; conflict and doubt give guesses. Never guesses when a document's
 * letterhead speaks against the sender's address.
 */
void	 identify(const struct identity_input *in, struct arena *arena,
    struct identity *out);

#endif
