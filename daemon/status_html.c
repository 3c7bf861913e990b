/*
 * The status page of one campaign, and the index of all: one file each,
 * nothing loaded, readable without its script.
 */
#include "daemon/status_write.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/page_parts.h"
#include "daemon/status.h"
#include "daemon/status_html.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

void
html_word(struct strbuf *out, enum word w)
{
	html_text(out, text_word(w));
}

void
html_Word(struct strbuf *out, enum word w)
{
	struct arena	*a = arena_new(0);
	const char	*s = text_word(w);
	size_t		 n = 1;

	while ((s[n] & 0xc0) == 0x80)
		n++;
	html_text(out, text_upper(arena_strndup(a, s, n), a));
	html_text(out, s + n);
	arena_free(a);
}

struct strip
status_html_strip(const struct status *s, struct arena *arena)
{
	const struct outline	*o = s->campaign->outline;
	struct strip		 strip = { NULL, 0 };
	int			*nodes = arena_calloc(arena, o->n + 1,
				    sizeof(*nodes));
	unsigned		 level;
	size_t			 i, n;

	/* as many levels as fit */
	for (level = 1; level <= 9; level++) {
		for (i = 0, n = 0; i < o->n; i++)
			n += o->nodes[i].kind != NODE_GUIDANCE &&
			    o->nodes[i].level <= level;
		if (level > 1 && n > STRIP_MAX)
			break;
		for (i = 0, n = 0; i < o->n; i++)
			if (o->nodes[i].kind != NODE_GUIDANCE &&
			    o->nodes[i].level <= level)
				nodes[n++] = (int)i;
		strip.n = n;
	}
	strip.nodes = nodes;
	return strip;
}

static void
fetch_line(time_t last_fetch, time_t now, const struct status_page *page,
    struct arena *arena, struct strbuf *out)
{
	bool	is_stale;

	is_stale = last_fetch == 0 || (page->stale_s > 0 &&
	    now - last_fetch > (time_t)page->stale_s);
	strbuf_addf(out, "<p class=\"%s\">%s",
	    is_stale ? "alert" : "meta", is_stale ? "⚠ " : "");
	html_word(out, WORD_PAGE_LAST_FETCH);
	strbuf_adds(out, ": ");
	if (last_fetch == 0)
		html_word(out, WORD_PAGE_NEVER);
	else
		html_text(out, local_text(last_fetch, arena));
	if (is_stale) {
		strbuf_adds(out, " – ");
		html_word(out, WORD_PAGE_STALE);
	}
	strbuf_adds(out, "</p>\n");
	if (*page->trouble != '\0') {
		strbuf_adds(out, "<p class=\"alert\">⚠ ");
		html_text(out, page->trouble);
		strbuf_adds(out, "</p>\n");
	}
}

static void
office_line(const struct status_page *page, struct strbuf *out)
{
	strbuf_adds(out, "<p class=\"office\">");
	html_text(out, page->office);
	if (*page->receiver != '\0') {
		strbuf_adds(out, " · ");
		html_text(out, page->receiver);
	}
	strbuf_adds(out, "</p>\n");
}

/* The counts, which the eye is to find first; then the names. */
static void
leader_line(const struct status *s, struct arena *arena, struct strbuf *out)
{
	struct strbuf	counts = { 0 }, line = { 0 };

	text_line_counts(s, &counts, arena);
	status_line(s, 0, &line);
	strbuf_adds(out, "<p class=\"line\"><strong>");
	html_text(out, strbuf_get(&counts));
	strbuf_adds(out, "</strong>");
	html_text(out, strbuf_get(&line) + counts.len);
	strbuf_adds(out, "</p>\n");
	strbuf_clear(&counts);
	strbuf_clear(&line);
}

static void
head(const struct status *s, const struct status_page *page,
    struct arena *arena, struct strbuf *out)
{
	const struct campaign	*c = s->campaign;

	strbuf_adds(out, "<a class=\"skip\" href=\"#bang\">");
	html_word(out, WORD_PAGE_SKIP);
	strbuf_adds(out, "</a>\n<header>\n");
	office_line(page, out);
	strbuf_adds(out, "<h1>");
	html_word(out, WORD_PAGE_TITLE);
	strbuf_adds(out, " ");
	html_text(out, c->short_name);
	strbuf_adds(out, "</h1>\n<p class=\"meta\">");
	html_text(out, text_letter_ref(c, arena));
	strbuf_addc(out, ' ');
	html_word(out, WORD_PAGE_ABOUT);
	strbuf_addc(out, ' ');
	html_text(out, c->subject);
	strbuf_adds(out, "</p>\n");
	if (s->term.due != 0) {
		strbuf_adds(out, "<p class=\"meta\">");
		html_word(out, WORD_PAGE_TERM);
		strbuf_adds(out, ": <strong>");
		html_text(out, text_deadline(c, &s->term, arena));
		strbuf_adds(out, "</strong> (");
		html_word(out, WORD_PAGE_LAST_DAY);
		strbuf_adds(out, ": ");
		html_text(out, text_weekday(s->term.last_day));
		strbuf_adds(out, ", ");
		html_text(out, day_text(s->term.last_day, arena));
		strbuf_adds(out, ") · ");
		html_text(out, text_campaign_state(campaign_state_at(c,
		    s->now)));
		strbuf_adds(out, "</p>\n");
	}
	strbuf_adds(out, "</header>\n<main>\n");
	leader_line(s, arena, out);
	fetch_line(s->last_fetch, s->now, page, arena, out);
	strbuf_adds(out, "<p class=\"alert\" id=\"cu\" hidden>");
	html_word(out, WORD_PAGE_OLD);
	strbuf_adds(out, "</p>\n");
}

/* The outline with its names: what the strips' cells mean, for paper. */
static void
outline(const struct status *s, const struct strip *strip,
    struct strbuf *out)
{
	const struct outline_node	*node;
	size_t				 i;

	if (strip->n == 0)
		return;
	strbuf_adds(out, "<section aria-labelledby=\"h-muc\">\n"
	    "<h2 id=\"h-muc\">");
	html_word(out, WORD_PAGE_OUTLINE);
	strbuf_adds(out, "</h2>\n<ul class=\"outline\">\n");
	for (i = 0; i < strip->n; i++) {
		node = &s->campaign->outline->nodes[strip->nodes[i]];
		strbuf_addf(out, "<li class=\"d%d\"><b>",
		    node->level > 3 ? 3 : node->level);
		html_text(out, node->id);
		strbuf_adds(out, "</b> ");
		html_text(out, node->text);
		strbuf_adds(out, "</li>\n");
	}
	strbuf_adds(out, "</ul>\n</section>\n");
}

static void
foot(time_t now, const struct status_page *page, struct arena *arena,
    struct strbuf *out)
{
	strbuf_adds(out, "</main>\n<footer>\n<p>");
	html_word(out, WORD_PAGE_MADE);
	strbuf_addc(out, ' ');
	html_text(out, local_text(now, arena));
	if (*page->mailbox != '\0') {
		strbuf_adds(out, " · ");
		html_text(out, page->mailbox);
	}
	strbuf_adds(out, "</p>\n</footer>\n");
}

void
status_write_html(const struct status *s, const struct status_page *page,
    struct strbuf *out)
{
	struct arena	*arena = arena_new(0);
	struct strbuf	 style = { 0 };
	struct html_page p;
	struct strip	 strip;

	strip = status_html_strip(s, arena);
	strbuf_adds(&style, page_css);
	status_html_names(s, &strip, &style);
	p.title = arena_printf(arena, "%s %s", text_word(WORD_PAGE_TITLE),
	    s->campaign->short_name);
	p.style = strbuf_get(&style);
	p.script = page_js;
	p.made = s->now;
	html_begin(out, &p);
	head(s, page, arena, out);
	status_html_numbers(s, out);
	status_html_chart(s, arena, out);
	strbuf_adds(out, "</div>\n</section>\n");
	status_html_clerk(s, page, arena, out);
	status_html_table(s, &strip, arena, out);
	outline(s, &strip, out);
	foot(s->now, page, arena, out);
	html_end(out, &p);
	strbuf_clear(&style);
	arena_free(arena);
}

/* ---- index.html */

static void
index_row(const struct status_index *r, struct strbuf *out)
{
	strbuf_adds(out, "<li>\n<h3>");
	if (!r->is_draft) {
		strbuf_adds(out, "<a href=\"");
		html_text(out, r->id);
		strbuf_adds(out, ".html\">");
	}
	html_text(out, r->short_name);
	if (!r->is_draft)
		strbuf_adds(out, "</a>");
	strbuf_adds(out, "</h3>\n<p class=\"meta\">");
	html_text(out, r->subject);
	strbuf_adds(out, "</p>\n<p>");
	html_Word(out, WORD_PAGE_STATE);
	strbuf_adds(out, ": ");
	html_text(out, r->state);
	if (*r->term != '\0') {
		strbuf_adds(out, " · ");
		html_word(out, WORD_PAGE_TERM);
		strbuf_adds(out, ": ");
		html_text(out, r->term);
	}
	strbuf_adds(out, "</p>\n");
	if (*r->line != '\0') {
		strbuf_adds(out, "<p>");
		html_text(out, r->line);
		strbuf_adds(out, "</p>\n");
	}
	if (r->needs_clerk > 0) {
		strbuf_adds(out, "<p><span class=\"t q\">! ");
		html_word(out, WORD_PAGE_CLERK);
		strbuf_addf(out, ": %u</span></p>\n", r->needs_clerk);
	}
	strbuf_adds(out, "</li>\n");
}

void
status_write_index(const struct status_index *rows, size_t n,
    const struct status_page *page, time_t now, time_t last_fetch,
    struct strbuf *out)
{
	struct arena	*arena = arena_new(0);
	struct html_page p;
	size_t		 i;

	p.title = text_word(WORD_PAGE_TITLE);
	p.style = page_css;
	p.script = "";
	p.made = now;
	html_begin(out, &p);
	strbuf_adds(out, "<header>\n");
	office_line(page, out);
	strbuf_adds(out, "<h1>");
	html_word(out, WORD_PAGE_TITLE);
	strbuf_adds(out, "</h1>\n</header>\n<main>\n");
	fetch_line(last_fetch, now, page, arena, out);
	strbuf_adds(out, "<h2>");
	html_word(out, WORD_PAGE_INDEX);
	strbuf_adds(out, "</h2>\n");
	if (n == 0) {
		strbuf_adds(out, "<p>");
		html_word(out, WORD_PAGE_NO_CAMPAIGN);
		strbuf_adds(out, "</p>\n");
	} else {
		strbuf_adds(out, "<ul class=\"cards\">\n");
		for (i = 0; i < n; i++)
			index_row(&rows[i], out);
		strbuf_adds(out, "</ul>\n");
	}
	foot(now, page, arena, out);
	html_end(out, &p);
	arena_free(arena);
}
