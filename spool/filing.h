#ifndef SPOOL_FILING_H
#define SPOOL_FILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* What became of a mail. Stored as numbers: append only. */
enum filing_kind { FILING_SUBMISSION = 1, FILING_BOUNCE, FILING_AUTO_REPLY,
	FILING_QUESTION, FILING_OTHER };
enum filing_basis { BASIS_NONE = 0, BASIS_ADDRESS, BASIS_LETTERHEAD,
	BASIS_REPLY, BASIS_SUBJECT, BASIS_FILE_NAME, BASIS_DISPLAY_NAME,
	BASIS_SIGNATURE, BASIS_CLERK };
enum filing_role { ROLE_REPORT = 1, ROLE_COMPANION, ROLE_IGNORED };

/* Words of `list --json`. */
const char *filing_kind_name(enum filing_kind k);
const char *filing_basis_name(enum filing_basis b);
const char *filing_role_name(enum filing_role r);

struct filing_guess {
	const char	*unit;
	const char	*why;
};

struct filing {
	int64_t		 mail;
	enum filing_kind kind;
	const char	*campaign; /* "" when it belongs to none */
	const char *const *units;  /* codes; none until placed */
	size_t		 n_units;
	enum filing_basis basis;
	bool		 is_counted;
	bool		 needs_clerk;
	bool		 is_quarantined;
	const char	*reason;   /* for the clerk; "" */
	const struct filing_guess *guesses;
	size_t		 n_guesses;
	const char	*evidence; /* text by the caller; "" */
	int64_t		 duplicate_of; /* mail; 0 */
	int		 fitting;  /* headings that fit the outline */
	int64_t		 decided_utc;
	const char	*decided_by; /* "" = the daemon, else who */
};

struct filing_attachment {
	int64_t		 mail;
	int		 index;	   /* into the parsed message */
	const char	*name;	   /* "" when none or quarantined */
	const char	*in;	   /* archive it stood in, or "" */
	const char	*format;   /* word of `list --json` */
	enum filing_role role;
	const char	*unit;	   /* "" */
	const char	*sha256;   /* of the decoded bytes */
	uint64_t	 size;
	int		 status;   /* the caller's parse status */
};

/*
 * Put, or replace on a new decision. The mail's state is the caller's to
 * set (mail_set_state), in the same transaction.
 */
int	 filing_put(struct store *st, const struct filing *f,
    const struct filing_attachment *attachments, size_t n);
/* On the heap, free(); NULL when there is none. */
struct filing *filing_find(struct store *st, int64_t mail);

typedef int (*filing_row)(const struct filing *f, void *arg);
typedef int (*filing_attachment_row)(const struct filing_attachment *a,
    void *arg);
/*
 * Walks, by mail; a callback's nonzero ends the walk and is returned; -1
 * on failure.
 */
int	 filing_each_needs_clerk(struct store *st, filing_row row, void *arg);
int	 filing_each_attachment(struct store *st, int64_t mail,
    filing_attachment_row row, void *arg);

#endif
