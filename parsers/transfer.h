#ifndef PARSERS_TRANSFER_H
#define PARSERS_TRANSFER_H

#include <stdbool.h>

#include "parsers/bytes.h"

struct pages;
struct strbuf;

/* Content-Transfer-Encoding (RFC 2045 §6), and uuencode. */
enum transfer {
	TRANSFER_NONE,	/* 7bit, 8bit, binary */
	TRANSFER_BASE64,
	TRANSFER_QUOTED,
	TRANSFER_UU
};

/* As labelled; what is unknown counts as none. */
enum transfer	 transfer_of(const char *label);
/*
 * As it really is: base64 of a document that is not labelled as such.
 */
enum transfer	 transfer_guess(struct bytes content, enum transfer labelled);

/*
 * Append the decoded content to out. Tolerant: junk lines, lines of any
 * length, missing padding, and footers behind the data are passed over.
 * pages: what either may stand in, or NULL.
 */
void		 transfer_decode(struct bytes content, enum transfer how,
    struct strbuf *out, struct pages *pages);

/*
 * The next file that is uuencoded within text, from *at on: its name as
 * spelled and the whole block with its begin line, both within text. *at
 * moves behind it. False when there is none.
 */
bool		 transfer_find_uu(struct bytes text, size_t *at,
    struct bytes *name, struct bytes *block, struct pages *pages);

#endif
