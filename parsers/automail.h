#ifndef PARSERS_AUTOMAIL_H
#define PARSERS_AUTOMAIL_H

#include <stdbool.h>

struct arena;
struct mail_headers;

/*
 * Signs that nobody wrote this mail by hand: bits of enum mail_sign
 * (parsers/message.h). They silence our answers; they never drop a mail.
 *
 * headers        top first, as received
 * subject        decoded
 * from_address   lower case addr-spec, "" when there is none
 */
unsigned	 automail_signs(const struct mail_headers *headers,
    const char *subject, const char *from_address, struct arena *arena);

/*
 * Is this one of the many delivery reports that do not follow RFC 3464?
 * signs is what automail_signs() found: a person who writes of a mailbox
 * that is full sends no bounce. body: the start of it is enough.
 */
bool		 automail_is_bounce(unsigned signs, const char *subject,
    const char *body, struct arena *arena);

/* Does the report say that the mail is still being tried? */
bool		 automail_is_delay(const char *subject, const char *body,
    struct arena *arena);

#endif
