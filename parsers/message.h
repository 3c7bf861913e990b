#ifndef PARSERS_MESSAGE_H
#define PARSERS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"
#include "parsers/document.h"
#include "parsers/facts.h"
#include "parsers/heading.h"
#include "parsers/status.h"

struct arena;

/* A document read: what matching, identifying and showing need of it. */
struct report {
	struct headings	*headings;
	struct facts	*facts;
	unsigned	 remarks; /* enum document_remark */
};

struct attachment {
	const char	*name;	 /* NFC, safe to show; "" when it has none */
	const char	*in;	 /* name of the zip (or winmail.dat,
				    smime.p7m) it came from, or "" */
	const char	*media_type; /* as labelled, lower case */
	enum format	 format; /* by content */
	char		 sha256[65]; /* of the decoded bytes */
	uint64_t	 size;
	bool		 is_inline;
	uint8_t		 depth;	 /* message/rfc822 nesting, 0 = outer */
	enum parse_status status; /* PARSE_OK when report is set */
	struct report	*report; /* NULL unless read */
};

/* Signs of automatic mail: bits of message.signs (parsers/automail.c). */
enum mail_sign {
	SIGN_AUTO_SUBMITTED = 1 << 0,
	SIGN_AUTO_REPLIED = 1 << 1,
	SIGN_LIST = 1 << 2,
	SIGN_BULK = 1 << 3,
	SIGN_NULL_SENDER = 1 << 4,
	SIGN_DAEMON_SENDER = 1 << 5,
	SIGN_VACATION_SUBJECT = 1 << 6,
	SIGN_DSN = 1 << 7,	/* delivery report, RFC 3464 or likewise */
	SIGN_MDN = 1 << 8,	/* read receipt, RFC 8098 */
	SIGN_SUPPRESS = 1 << 9,	/* X-Auto-Response-Suppress */
	SIGN_SMIME_OPAQUE = 1 << 10,
	SIGN_TNEF = 1 << 11,
	SIGN_MANY_FROM = 1 << 12,
	SIGN_LOOP = 1 << 13
};

/* One recipient of a delivery report. */
struct bounce {
	const char	*address; /* Final-Recipient, lower case; "" */
	const char	*status;  /* "5.1.1" */
	const char	*action;  /* "failed", "delayed", … */
	const char	*diagnostic; /* one line */
};

/* A message inside the message: attached, or quoted by "Forward". */
struct forward {
	const char	*from_address; /* lower case; "" */
	const char	*from_name;
	const char	*subject;
	const char	*message_id;   /* without <>; "" when quoted */
	int64_t		 date_utc;     /* 0 when none or not understood */
	uint8_t		 depth;	       /* 1.. as attachment.depth; 0 quoted
					  in the body */
};

/* A mail, read in the jail. Strings are UTF-8, NFC, never NULL. */
struct message {
	const char	*from_address; /* lower case addr-spec, "" if none */
	const char	*from_name;
	const char	*sender;	/* Sender header's address */
	const char	*reply_to;
	const char	*return_path;	/* "<>" when empty, "" when absent */
	const char	*subject;
	const char	*message_id;	/* without <> */
	const char *const *references;	/* In-Reply-To first, then References */
	size_t		 n_references;
	int64_t		 date_utc;	/* Date header; 0 when none */
	int64_t		 top_received_utc; /* date of the top Received; 0 */
	const char	*auth_results;	/* topmost Authentication-Results
					   lines, unfolded, '\n' between */
	unsigned	 signs;		/* enum mail_sign */
	const char	*body;		/* text of the body, capped */
	const char	*signature;	/* its last lines, for the unit */
	struct report	*body_report;	/* the body itself as a report */
	const char *const *links;	/* http(s) links in the body */
	size_t		 n_links;
	size_t		 n_file_links;	/* the first so many are to a host
					   where people leave files */
	struct bounce	*bounces;	/* with SIGN_DSN */
	size_t		 n_bounces;
	const char *const *bounced_ids;	/* Message-IDs in the returned part */
	size_t		 n_bounced_ids;
	struct forward	*forwards;
	size_t		 n_forwards;
	struct attachment *attachments;
	size_t		 n_attachments;
	const char	*trouble;	/* limits passed and the like; "" */
};

/*
 * Read a whole mail (RFC 5322, MIME). Documents in it are read too.
 * raw borrowed for the call; all output in the arena; never NULL.
 */
struct message *message_read(struct bytes raw, struct arena *arena);

/*
 * A bare file as if it were the only attachment of a mail: all else in
 * the message is empty. name may be "".
 */
struct message *message_read_file(struct bytes file, const char *name,
    struct arena *arena);

/*
 * The same without opening any document, zip or report in the body: each
 * attachment has this status instead. For a mail that reading died of.
 */
struct message *message_read_closed(struct bytes raw,
    enum parse_status status, struct arena *arena);
struct message *message_read_file_closed(struct bytes file,
    enum parse_status status, struct arena *arena);

/*
 * The decoded bytes of attachments[index], as message_read() or
 * message_read_file() count them; in the arena.
 * PARSE_OK, or PARSE_DAMAGED when there is no such attachment.
 */
enum parse_status message_attachment(struct bytes raw, size_t index,
    struct arena *arena, struct bytes *out);
enum parse_status message_file_attachment(struct bytes file, size_t index,
    struct arena *arena, struct bytes *out);

/*
 * The stored form of a message (records of parsers/record.h), kept as a
 * blob so that nothing is parsed twice. decode returns NULL for bytes that
 * are not a message record of a version we know.
 */
struct strbuf;
void		 message_encode(const struct message *m, struct strbuf *out);
struct message	*message_decode(struct bytes blob, struct arena *arena);

#endif
