#ifndef PARSERS_SIGNATURE_H
#define PARSERS_SIGNATURE_H

#include <stdbool.h>

struct arena;
struct document;
struct letterhead;
struct line;
struct lingo;

/* A line in capitals that begins a signature: "T/M CHI BỘ", "BÍ THƯ". */
bool	 is_signature(const struct lingo *g, const struct line *l);
/*
 * The last signature of the document behind its head, with the signer's
 * name, as one line; "" when there is none.
 */
const char *signature_find(const struct document *doc,
    const struct letterhead *h, const struct lingo *g, struct arena *arena);

#endif
