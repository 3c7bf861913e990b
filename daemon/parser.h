#ifndef DAEMON_PARSER_H
#define DAEMON_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/status.h"

struct strbuf;

/*
 * The only way to foreign bytes: tiepnhan-parse, a warm parent that forks
 * a jailed child per job. For the daemon and for the command. Not for
 * threads. SIGPIPE must be ignored by the caller.
 */
struct parser;

/* Part of the protocol with tiepnhan-parse. */
enum parser_job {
	PARSER_MAIL = 1,	/* a whole mail  -> message_decode() */
	PARSER_REPORT = 2,	/* a bare file   -> message_decode(): a
				   message with attachments only (more
				   than one for a zip) */
	PARSER_LETTER = 3,	/* a document    -> letter_decode() */
	PARSER_CONTENT = 4,	/* a document    -> document_decode() */
	PARSER_SHEET = 5,	/* a spreadsheet -> sheet_decode() */
	PARSER_EXTRACT = 6,	/* a document    -> its bytes as decoded */
	PARSER_SELFTEST = 7,	/* the jail itself; no input; the answer
				   says what it is made of, as text */
	PARSER_MAIL_CLOSED = 8,	/* like MAIL and REPORT, but no document is */
	PARSER_REPORT_CLOSED = 9, /* opened: each has PARSE_CRASHED. For one
				   that the other job has died of */
	PARSER_TEXT = 10,	/* text that a converter made: like REPORT */
	PARSER_TEXT_CONTENT = 11 /* the same: like CONTENT */
};

/* The document is the file itself, not an attachment of a mail in it. */
#define PARSER_WHOLE_FILE (-1)

struct parser_request {
	enum parser_job	 job;
	int		 in_fd;	/* a readable regular file; borrowed until
				   the job is finished; its offset is not
				   used. -1 for PARSER_SELFTEST */
	int		 index;	/* LETTER, CONTENT, SHEET, EXTRACT: which of
				   message.attachments of in_fd, or
				   PARSER_WHOLE_FILE. TEXT, TEXT_CONTENT:
				   enum format of what it was made of */
	bool		 is_bare; /* in_fd is no mail but a bare file, as for
				   REPORT: index counts what is in it */
};

/*
 * Start the worker. Never NULL: where it cannot be started each job
 * answers PARSE_UNAVAILABLE and parser_error() says why.
 */
struct parser	*parser_start(void);
/*
 * Kills the worker; accepts NULL. Tasks still under way are dropped, and
 * must not be touched any more.
 */
void		 parser_stop(struct parser *p);
/* How long a job begun from now on may take; LIMIT_JAIL_WALL_S if unset. */
void		 parser_set_wall(struct parser *p, int wall_ms);
/*
 * The folder for scratch files of large inputs (daemon/scratch.h); NULL,
 * as at first: none.
 */
void		 parser_set_scratch(struct parser *p, const char *folder);
/* Why the last job was PARSE_UNAVAILABLE; one line, never NULL. */
const char	*parser_error(const struct parser *p);

/*
 * One job from begin to end. answer is emptied first, and holds the
 * blob on PARSE_OK.
 *
 * Other returns: what the document's reader said (for PARSER_MAIL and
 * PARSER_REPORT that stands in each attachment, so PARSE_OK is usual);
 * PARSE_CRASHED, PARSE_TIMEOUT, PARSE_LIMIT when the child died of it;
 * PARSE_UNAVAILABLE: no worker or no jail, nothing was read, try later.
 */
enum parse_status parser_run(struct parser *p,
    const struct parser_request *rq, struct strbuf *answer);

/*
 * The same in pieces, for a poll loop; several may be under way.
 *   t = parser_begin(p, &rq);          never NULL
 *   poll parser_fd(t) for reading, until parser_due_ms(t) at the latest
 *   parser_step(t) after each          true once nothing more comes
 *   parser_finish(t, answer)           waits for the rest; frees t
 */
struct parser_task;
struct parser_task *parser_begin(struct parser *p,
    const struct parser_request *rq);
int		 parser_fd(const struct parser_task *t);
/* CLOCK_MONOTONIC in ms after which the job is killed. */
int64_t		 parser_due_ms(const struct parser_task *t);
bool		 parser_step(struct parser_task *t);
enum parse_status parser_finish(struct parser_task *t,
    struct strbuf *answer);

#endif
