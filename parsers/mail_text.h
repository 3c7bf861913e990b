#ifndef PARSERS_MAIL_TEXT_H
#define PARSERS_MAIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct document;
struct forward;
struct strbuf;

/* Links found in a mail's texts: distinct, those to shared files first. */
struct link_list {
	const char     **url;
	size_t		 n;
	size_t		 n_files; /* on a known host for sharing files */
	size_t		 cap;
	struct arena	*arena;
};

/* The http(s) links that stand in plain text. */
void	 mail_text_links(const char *text, struct link_list *links);

/*
 * NFC, lines ended by '\n' without blanks before it, no controls or bidi
 * marks, at most LIMIT_BODY_BYTES. In the arena.
 */
const char	*mail_text_clean(const char *text, struct arena *arena);

/*
 * The last lines of what the sender wrote himself, above what he quotes:
 * who signs, for telling the unit. "" when there is nothing.
 */
const char	*mail_text_signature(const char *body, struct arena *arena);

/*
 * What the sender wrote himself, without quoted lines and without what
 * stands below "On … wrote:" and the like.
 */
const char	*mail_text_own(const char *body, struct arena *arena);

/* Append text of format=flowed (RFC 3676) with its soft breaks undone. */
void	 mail_text_unflow(const char *text, struct strbuf *out);

/*
 * The body as a document, a paragraph a line, with quoted lines left out
 * and wrapped lines joined.
 */
struct document	*mail_text_document(const char *body, struct arena *arena);

/*
 * The header that a mail program puts into the body when it forwards
 * ("From: … Subject: …", in English or Vietnamese). False when there is
 * none. subject: of the mail, which says whether it is a forward at all.
 */
bool	 mail_text_forward(const char *subject, const char *body,
    struct arena *arena, struct forward *out);

#endif
