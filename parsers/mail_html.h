#ifndef PARSERS_MAIL_HTML_H
#define PARSERS_MAIL_HTML_H

#include "parsers/bytes.h"

struct arena;
struct link_list;
struct strbuf;

/*
 * The words of an HTML body (UTF-8), a line per block, appended to out;
 * the targets of its links go to links.
 */
void	 mail_html_text(const char *html, struct strbuf *out,
    struct link_list *links);

/* The charset that the page itself names; "" when it names none. */
const char	*mail_html_charset(struct bytes html, struct arena *arena);

#endif
