#ifndef PARSERS_BOUNCE_H
#define PARSERS_BOUNCE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct bounce;

/* What delivery reports say, gathered from all parts of one mail. */
struct bounce_list {
	struct bounce	*b;
	size_t		 n;
	size_t		 cap;
	const char     **ids;	/* Message-IDs of the returned mail */
	size_t		 n_ids;
	size_t		 cap_ids;
	struct arena	*arena;
};

/*
 * The text of a message/delivery-status or disposition-notification part
 * (RFC 3464 §2, RFC 8098 §3): blocks of fields, with or without the blank
 * lines between them.
 */
void	 bounce_read_status(struct bounce_list *list, const char *text);
/* Message-ID lines of a returned header, or of one within any text. */
void	 bounce_read_ids(struct bounce_list *list, const char *text);
/*
 * A report in plain words, up to where the returned mail begins: the
 * failed addresses, unless some are known already, and the status of those
 * that have none. own: the address that the report was sent to.
 */
void	 bounce_read_words(struct bounce_list *list, const char *text,
    const char *own, bool is_delay);
/* Addresses that the X-Failed-Recipients header names. */
void	 bounce_read_failed(struct bounce_list *list, const char *value);

#endif
