#ifndef DAEMON_STATUS_HTML_H
#define DAEMON_STATUS_HTML_H

#include "daemon/html.h"
#include "daemon/text.h"

struct arena;
struct status;
struct status_page;
struct strbuf;

/* The parts of the page; each a file. Private to daemon/status_html*.c. */

/* Most outline nodes that a strip shows; of more only the top levels. */
#define STRIP_MAX 48

/* Nodes of the outline that the strip shows, by index. */
struct strip {
	const int	*nodes;
	size_t		 n;
};
struct strip status_html_strip(const struct status *s, struct arena *arena);

/* Numbers, progress bar. */
void	 status_html_numbers(const struct status *s, struct strbuf *out);
/* Submissions over time against the deadline. */
void	 status_html_chart(const struct status *s, struct arena *arena,
    struct strbuf *out);
/* What waits for the clerk. */
void	 status_html_clerk(const struct status *s,
    const struct status_page *page, struct arena *arena, struct strbuf *out);
/* The table of units. */
void	 status_html_table(const struct status *s, const struct strip *strip,
    struct arena *arena, struct strbuf *out);
/* What the strip's cells and the phone's labels say, as CSS. */
void	 status_html_names(const struct status *s, const struct strip *strip,
    struct strbuf *out);

/* A word of the table, escaped. */
void	 html_word(struct strbuf *out, enum word w);
/* The same with a capital at its beginning. */
void	 html_Word(struct strbuf *out, enum word w);

#endif
