#ifndef PARSERS_MIME_HEADER_H
#define PARSERS_MIME_HEADER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* One header line as received: unfolded, raw bytes, names as spelled. */
struct mail_header {
	const char	*name;
	const char	*value;
};

struct mail_headers {
	struct mail_header *h; /* top first */
	size_t		 n;
};

/* The first of this name, from the top; NULL when there is none. */
const char	*mail_headers_find(const struct mail_headers *list,
    const char *name);

/* Decoded and cleaned for showing on one line, at most `most` bytes. */
const char	*mime_decode_line(const char *raw, size_t most,
    struct arena *arena);

/*
 * The message ids "<…>" of a header, without the brackets, up to `most`
 * of them appended to ids; folding and junk between them are tolerated.
 */
size_t		 mime_ids(const char *raw, const char **ids, size_t most,
    struct arena *arena);

/* One mailbox out of an address header. */
struct mailbox {
	const char	*address; /* lower case addr-spec; "" if none */
	const char	*name;	  /* display name, decoded, cleaned; "" */
};

/*
 * The mailboxes of an address header (RFC 5322 §3.4, with groups), at most
 * `most`. Comments nested too deep end the reading.
 */
size_t		 mime_mailboxes(const char *raw, struct mailbox *out,
    size_t most, struct arena *arena);

#endif
