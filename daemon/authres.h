#ifndef DAEMON_AUTHRES_H
#define DAEMON_AUTHRES_H

#include <stdbool.h>

/*
 * Does our own server say outright that the sender is forged (RFC 8601)?
 *
 * results      the Authentication-Results lines, topmost first, unfolded,
 *              '\n' between
 * authserv_id  whose word we take; "" takes nobody's
 * from         the From address, for alignment (relaxed)
 *
 * True for dmarc=fail; or, without any dmarc result, for spf=fail or
 * dkim=fail while no aligned method passes. Only the lines from the top on
 * that bear authserv_id are believed, and only the first of them when it
 * speaks for the sender: a forger can add lines of his own below ours.
 */
bool	 authres_says_forged(const char *results, const char *authserv_id,
    const char *from);

#endif
