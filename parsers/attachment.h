#ifndef PARSERS_ATTACHMENT_H
#define PARSERS_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/bytes.h"
#include "parsers/status.h"

struct arena;
struct attachment;
struct document;
struct report;
struct strbuf;

/*
 * The attachments of one mail while it is read. Either all of them are
 * read (wanted < 0), or only the bytes of one are looked for, or nothing
 * is opened (closed is not PARSE_OK, and becomes everybody's status).
 */
struct attachment_list {
	struct attachment *a;
	size_t		 n;
	size_t		 cap;
	long		 wanted;
	enum parse_status closed;
	bool		 is_found;
	struct bytes	 found;	/* of the wanted one: in the arena, or
				   pinned in its pages */
	struct arena	*arena;
	struct strbuf	*trouble; /* limits passed are noted here */
};

/* What is known of a file before it is opened. */
struct attachment_source {
	const char	*name;	/* cleaned */
	const char	*in;	/* container it comes from, "" if none */
	const char	*media_type;
	bool		 is_inline;
	uint8_t		 depth;
};

/*
 * Add a file by its content, and what stands in it when it is a zip or
 * winmail.dat (one level deep). content is borrowed for the call.
 */
void	 attachment_add(struct attachment_list *list,
    const struct attachment_source *source, struct bytes content);

/* What is kept of a document that was read; in the arena. */
struct report *attachment_report(const struct document *doc,
    struct arena *arena);

/* One line in the message's trouble, once. */
void	 attachment_trouble(struct strbuf *trouble, const char *what);

#endif
