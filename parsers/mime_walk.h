#ifndef PARSERS_MIME_WALK_H
#define PARSERS_MIME_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/attachment.h"
#include "parsers/bounce.h"
#include "parsers/bytes.h"
#include "parsers/mail_text.h"
#include "parsers/strbuf.h"

struct forward;

/* What a mail's parts hold, gathered in one walk over them. */
struct mime_walk {
	struct arena	*arena;
	struct attachment_list attachments;
	struct bounce_list bounces;
	struct link_list links;
	struct strbuf	 body;	/* UTF-8, not cleaned */
	struct strbuf	 inner;	/* bodies of messages within */
	struct strbuf	 trouble;
	struct forward	*forwards;
	size_t		 n_forwards;
	size_t		 cap_forwards;
	unsigned	 signs;	/* bits of enum mail_sign */
	unsigned	 parts;
};

/* Ready to read everything; change attachments.wanted, .closed if not. */
void	 mime_walk_init(struct mime_walk *w, struct arena *arena);
/*
 * Walk all parts of the mail. has_header: false when all of it is body.
 * raw is borrowed for the call.
 */
void	 mime_walk_run(struct mime_walk *w, struct bytes raw,
    bool has_header);
void	 mime_walk_clear(struct mime_walk *w);

#endif
