#ifndef DAEMON_HTML_H
#define DAEMON_HTML_H

#include <stddef.h>

struct strbuf;

/*
 * Text for HTML content and quoted attributes: escaped; control and
 * bidirectional characters, and what is not UTF-8, shown as U+FFFD.
 */
void	 html_text(struct strbuf *out, const char *s);
/* A quoted CSS string for a <style> block; the same care. */
void	 html_css_string(struct strbuf *out, const char *s);

/* What an own page consists of besides its body. */
struct html_page {
	const char	*title;
	const char	*style;	 /* CSS, all of it */
	const char	*script; /* "" for none */
	long long	 made;	 /* data-made of the body, seconds */
};
/*
 * From the doctype to <body>. The policy (CSP) names style and script by
 * their hash and forbids everything else.
 */
void	 html_begin(struct strbuf *out, const struct html_page *p);
void	 html_end(struct strbuf *out, const struct html_page *p);

#endif
