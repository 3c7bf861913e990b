/*
 * A document as one HTML file that can be pasted into Word.
 */
#include "daemon/paper.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/html.h"
#include "parsers/document.h"
#include "parsers/strbuf.h"

static const char style[] =
"body{max-width:170mm;margin:20mm auto;padding:0 4mm;"
"font:14pt/1.3 \"Times New Roman\",Times,serif;color:#000;background:#fff}\n"
"p{margin:3pt 0;text-align:justify;text-indent:10mm}\n"
"h1,h2,h3,h4,h5{font-size:14pt;margin:9pt 0 3pt;text-indent:10mm}\n"
"h4,h5{font-style:italic}h5{font-weight:400}\n"
".title,.subtitle,.centred,.remark,.source{text-indent:0}\n"
".title,.subtitle,.centred,.remark{text-align:center}\n"
".title{font-size:15pt;font-weight:700}.subtitle{font-weight:700}\n"
".remark{font-style:italic}.group{font-weight:700}\n"
".frame td{border:0}.break{break-before:page}\n"
".unit{font-weight:700;font-style:italic}\n"
".source{text-align:right;font-size:10pt;font-style:italic;color:#595959}\n"
".note{font-size:13pt;font-style:italic}\n"
".footnote{font-size:10pt;text-indent:0}sup a{text-decoration:none}\n"
"table{border-collapse:collapse;width:100%;margin:3pt 0}\n"
"td,th{border:1px solid #000;padding:2pt 4pt;vertical-align:top;"
"font-size:11pt}\n"
"td p,th p{text-indent:0;text-align:left;margin:1pt 0}\n"
"th p{text-align:center;font-weight:700}\n"
"thead{display:table-header-group}.wide{break-before:page}\n"
"@page{size:A4;margin:20mm 15mm 20mm 30mm}\n"
"@media print{body{margin:0;max-width:none;padding:0}}\n";

struct html {
	struct paper	 paper;	/* first: is one */
	char		*title;
	struct strbuf	 out;
	struct strbuf	 notes;	/* at the end */
	unsigned	 n_notes;
	bool		 is_header;
	bool		 is_wide;
};

static struct html *
html_of(struct paper *p)
{
	return (struct html *)(void *)p;
}

static const struct { const char *tag, *class; } looks[PAPER_STYLES] = {
	[PAPER_BODY] = { "p", "" }, [PAPER_TITLE] = { "p", "title" },
	[PAPER_SUBTITLE] = { "p", "subtitle" },
	[PAPER_CENTRED] = { "p", "centred" },
	[PAPER_HEADING1] = { "h2", "" }, [PAPER_HEADING2] = { "h3", "" },
	[PAPER_HEADING3] = { "h4", "" }, [PAPER_HEADING4] = { "h5", "" },
	[PAPER_UNIT] = { "p", "unit" }, [PAPER_SOURCE] = { "p", "source" },
	[PAPER_NOTE] = { "p", "note" }, [PAPER_CELL] = { "p", "" },
	[PAPER_CELL_HEAD] = { "p", "" }, [PAPER_CELL_GROUP] = { "p", "group" },
	[PAPER_REMARK] = { "p", "remark" },
	[PAPER_FOOTNOTE] = { "p", "footnote" }
};

/* Text of n bytes, line breaks kept. */
static void
put(struct strbuf *out, const char *s, size_t n)
{
	char	*copy = strndup(s, n), *rest = copy, *line;

	if (copy == NULL)
		abort();
	while ((line = strsep(&rest, "\n")) != NULL) {
		html_text(out, line);
		if (rest != NULL)
			strbuf_adds(out, "<br>");
	}
	free(copy);
}

static void
html_text_of(struct paper *p, enum paper_style s, const char *text)
{
	struct strbuf	*out = &html_of(p)->out;

	strbuf_addf(out, "<%s", looks[s].tag);
	if (*looks[s].class != '\0')
		strbuf_addf(out, " class=\"%s\"", looks[s].class);
	strbuf_addc(out, '>');
	put(out, text, strlen(text));
	strbuf_addf(out, "</%s>\n", looks[s].tag);
}

static void
put_span(struct strbuf *out, const struct span *look, const char *s, size_t n)
{
	strbuf_addf(out, "%s%s%s", look->bold ? "<b>" : "",
	    look->italic ? "<i>" : "", look->underline ? "<u>" : "");
	put(out, s, n);
	strbuf_addf(out, "%s%s%s", look->underline ? "</u>" : "",
	    look->italic ? "</i>" : "", look->bold ? "</b>" : "");
}

/* The mark of a note, and the note itself for the end. */
static void
put_note(struct html *h, const char *text)
{
	if (*text == '\0')
		return;
	h->n_notes++;
	strbuf_addf(&h->out, "<sup><a id=\"m%u\" href=\"#n%u\">[%u]</a>"
	    "</sup>", h->n_notes, h->n_notes, h->n_notes);
	strbuf_addf(&h->notes, "<p class=\"footnote\" id=\"n%u\">"
	    "<a href=\"#m%u\">[%u]</a> ", h->n_notes, h->n_notes,
	    h->n_notes);
	put(&h->notes, text, strlen(text));
	strbuf_adds(&h->notes, "</p>\n");
}

/* The paragraph's text with its line breaks as "\n". */
static char *
broken_text(const struct paragraph *p)
{
	char		*s = strdup(p->text);
	const size_t	 len = strlen(p->text);
	uint32_t	 i;

	if (s == NULL)
		abort();
	for (i = 0; i < p->n_breaks; i++)
		if (p->breaks[i] < len && s[p->breaks[i]] == ' ')
			s[p->breaks[i]] = '\n';
	return s;
}

static void
html_paragraph(struct paper *paper, const struct document *d,
    const struct paragraph *p)
{
	struct html	*h = html_of(paper);
	struct span	 whole = { .bold = p->bold == 100,
			    .italic = p->italic == 100,
			    .underline = p->underline == 100 };
	const struct span *look = p->n_spans > 0 ? p->spans : &whole;
	char		*s = broken_text(p);
	size_t		 len = strlen(s), at = 0, end, look_end;
	uint32_t	 i = 0, k = 0;

	strbuf_adds(&h->out, p->centred ? "<p class=\"centred\">" : "<p>");
	if (*p->number != '\0') {
		put_span(&h->out, &whole, p->number, strlen(p->number));
		strbuf_addc(&h->out, ' ');
	}
	look_end = p->n_spans > 0 ? look->len : len;
	for (;;) {
		for (; k < p->n_notes && p->notes[k].at <= at; k++)
			put_note(h, d->notes[p->notes[k].note]);
		if (at >= len)
			break;
		while (at >= look_end && i + 1 < p->n_spans)
			look_end += (look = &p->spans[++i])->len;
		end = look_end > at && look_end < len ? look_end : len;
		if (k < p->n_notes && p->notes[k].at < end)
			end = p->notes[k].at;
		put_span(&h->out, look, s + at, end - at);
		at = end;
	}
	strbuf_adds(&h->out, "</p>\n");
	free(s);
}

static void
begin_table(struct paper *p, const unsigned *percents, size_t n,
    const char *tag)
{
	struct strbuf	*out = &html_of(p)->out;
	size_t		 i;

	strbuf_addf(out, "%s<colgroup>", tag);
	for (i = 0; i < n; i++)
		strbuf_addf(out, "<col width=\"%u%%\">", percents[i]);
	strbuf_adds(out, "</colgroup>\n");
}

static void
html_table_begin(struct paper *p, const unsigned *percents, size_t n)
{
	begin_table(p, percents, n, "<table>");
}

static void
html_frame_begin(struct paper *p, const unsigned *percents, size_t n)
{
	begin_table(p, percents, n, "<table class=\"frame\">");
}

static void
html_row_begin(struct paper *p, bool is_header)
{
	struct html	*h = html_of(p);

	h->is_header = is_header;
	strbuf_adds(&h->out, is_header ? "<thead><tr>" : "<tr>");
}

static void
html_cell_begin(struct paper *p, unsigned span)
{
	struct html	*h = html_of(p);

	strbuf_adds(&h->out, h->is_header ? "<th" : "<td");
	if (span > 1)
		strbuf_addf(&h->out, " colspan=\"%u\"", span);
	strbuf_addc(&h->out, '>');
}

static void
html_cell_end(struct paper *p)
{
	struct html	*h = html_of(p);

	strbuf_adds(&h->out, h->is_header ? "</th>" : "</td>");
}

static void
html_row_end(struct paper *p)
{
	struct html	*h = html_of(p);

	strbuf_adds(&h->out, h->is_header ? "</tr></thead>\n" : "</tr>\n");
}

static void
html_table_end(struct paper *p)
{
	strbuf_adds(&html_of(p)->out, "</table>\n");
}

static void
html_landscape(struct paper *p)
{
	struct html	*h = html_of(p);

	if (!h->is_wide)
		strbuf_adds(&h->out, "<div class=\"wide\">\n");
	h->is_wide = true;
}

static void
html_page_break(struct paper *p)
{
	strbuf_adds(&html_of(p)->out, "<div class=\"break\"></div>\n");
}

static int
html_finish(struct paper *p, struct strbuf *out, const char **why)
{
	struct html		*h = html_of(p);
	const struct html_page	 page = { .title = h->title, .style = style,
				    .script = "" };

	(void)why; /* nothing can go wrong here */
	html_begin(out, &page);
	strbuf_add(out, strbuf_get(&h->out), h->out.len);
	if (h->is_wide)
		strbuf_adds(out, "</div>\n");
	if (h->n_notes > 0)
		strbuf_addf(out, "<hr>\n%s", strbuf_get(&h->notes));
	html_end(out, &page);
	return 0;
}

static void
html_free(struct paper *p)
{
	struct html	*h = html_of(p);

	strbuf_clear(&h->out);
	strbuf_clear(&h->notes);
	free(h->title);
	free(h);
}

static const struct paper_kind html_kind = {
	.text = html_text_of,
	.paragraph = html_paragraph,
	.table_begin = html_table_begin,
	.frame_begin = html_frame_begin,
	.row_begin = html_row_begin,
	.cell_begin = html_cell_begin,
	.cell_end = html_cell_end,
	.row_end = html_row_end,
	.table_end = html_table_end,
	.landscape = html_landscape,
	.page_break = html_page_break,
	.finish = html_finish,
	.free = html_free
};

struct paper *
paper_html(const char *title)
{
	struct html	*h = calloc(1, sizeof(*h));

	if (h == NULL || (h->title = strdup(title)) == NULL)
		abort();
	h->paper.kind = &html_kind;
	return &h->paper;
}
