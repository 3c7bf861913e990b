#ifndef DAEMON_STATUS_WRITE_H
#define DAEMON_STATUS_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct arena;
struct status;
struct strbuf;

/*
 * Writers of the state of a campaign. All are pure: a struct status in,
 * text out; every byte that came with a mail is treated as text.
 */

/* What the page says besides the campaign. Strings are never NULL. */
struct status_page {
	const char	*office;   /* [office] name */
	const char	*receiver; /* [office] receiver */
	const char	*mailbox;  /* where the clerk's decisions go */
	const char	*trouble; /* one line; "" when all is well */
	unsigned	 stale_s;  /* a last fetch older than this is bad */
};

/* ID.html: self-contained, for a browser without a server, and paper. */
void	 status_write_html(const struct status *s,
    const struct status_page *page, struct strbuf *out);

/* One line of index.html. */
struct status_index {
	const char	*id;
	const char	*short_name;
	const char	*subject;
	const char	*state;	  /* Vietnamese: text_campaign_state() */
	const char	*term;	  /* Vietnamese: text_deadline() */
	const char	*line;	  /* the leader's sentence, "" for a draft */
	unsigned	 units;
	unsigned	 submitted;
	unsigned	 excused;
	unsigned	 needs_clerk;
	bool		 is_draft; /* has no page of its own */
};
/* index.html: the campaigns, in the order given. last_fetch 0: never. */
void	 status_write_index(const struct status_index *rows, size_t n,
    const struct status_page *page, time_t now, time_t last_fetch,
    struct strbuf *out);

/* ID.csv: UTF-8 with BOM, `;`, CRLF; no cell can become a formula. */
void	 status_write_csv(const struct status *s, struct strbuf *out);

/* For a terminal. */
struct status_terminal {
	int	 columns; /* 80 where nothing is known */
	bool	 colours;
};
void	 status_write_table(const struct status *s,
    const struct status_terminal *t, struct strbuf *out);

/* One cell of a CSV line: quoted where needed, never a formula. */
void	 csv_cell(struct strbuf *out, const char *s);

#endif
