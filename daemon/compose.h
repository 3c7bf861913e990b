#ifndef DAEMON_COMPOSE_H
#define DAEMON_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "parsers/bytes.h"

struct strbuf;

struct compose_attachment {
	const char	*name;	/* UTF-8 */
	const char	*media_type; /* "text/html; charset=utf-8" */
	struct bytes	 content;
};

/* One mail of ours. Every value is checked; none can add a header. */
struct compose {
	const char	*from_name; /* UTF-8 display name, or "" */
	const char	*from;	    /* addr-spec */
	const char	*to;	    /* one addr-spec */
	const char	*reply_to;  /* addr-spec or "" */
	const char	*subject;   /* UTF-8, one line */
	const char	*body;	    /* UTF-8, LF lines */
	const char	*message_id; /* without <> */
	const char	*in_reply_to; /* without <>, or "" */
	const char *const *references; /* without <> */
	size_t		 n_references;
	bool		 is_reply; /* Auto-Submitted: auto-replied, else
				      auto-generated */
	time_t		 date;
	const struct compose_attachment *attachments;
	size_t		 n_attachments;
};

/*
 * Write the mail (RFC 5322, 2045-2047, 2231): CRLF, lines of at most 78
 * columns, Date with +0700. 0, or -1 with *why naming the wrong value
 * (static text).
 */
int	 compose_mail(const struct compose *m, struct strbuf *out,
    const char **why);

/* An addr-spec we would put into a header or an SMTP command? */
bool	 address_is_valid(const char *address);

/* A new Message-ID (without <>): 128 random bits, domain of `from`. */
void	 compose_message_id(const char *from, struct strbuf *out);

#endif
