/*
 * The table of units, grouped by the Kính gửi lines. Written for ten
 * thousand rows: names of sections and of the phone's labels stand once,
 * in the style sheet; a row holds only what is its own.
 */
#include "daemon/status_html.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

static const enum word columns[] = {
	WORD_COL_NUMBER, WORD_COL_UNIT, WORD_COL_TIME, WORD_COL_CONTENT,
	WORD_COL_SECTIONS, WORD_COL_RECEIVED, WORD_COL_DOC_NUMBER,
	WORD_COL_FILE, WORD_COL_REMINDED, WORD_COL_NOTE
};
#define N_COLUMNS (sizeof(columns) / sizeof(*columns))

/* Filters: class of the row, and its word. */
static const struct {
	const char	*class;
	enum word	 word;
} filters[] = {
	{ "", WORD_PAGE_FILTER_ALL },
	{ "k-no", WORD_NOT_SUBMITTED },
	{ "k-yes", WORD_SUBMITTED },
	{ "k-late", WORD_LATE },
	{ "k-part", WORD_INCOMPLETE },
	{ "k-look", WORD_IN_REVIEW },
};

/* ---- the style sheet's part */

static const char cell_classes[] = "femun";
static const enum word cell_words[] = {
	WORD_SECTION_FILLED, WORD_SECTION_EMPTY, WORD_SECTION_MISSING,
	WORD_SECTION_UNSURE, WORD_PAGE_NOT_OWED
};

void
status_html_names(const struct status *s, const struct strip *strip,
    struct strbuf *out)
{
	const struct outline_node	*node;
	struct strbuf			 name = { 0 };
	size_t				 i;

	for (i = 0; i < strip->n; i++) {
		node = &s->campaign->outline->nodes[strip->nodes[i]];
		strbuf_reset(&name);
		strbuf_addf(&name, "%s %s: ", node->id, node->text);
		strbuf_addf(out, ".s>:nth-child(%zu){--n:", i + 1);
		html_css_string(out, strbuf_get(&name));
		strbuf_adds(out, "}\n");
	}
	for (i = 0; cell_classes[i] != '\0'; i++) {
		strbuf_addf(out, ".s .%c::after{content:var(--n) ",
		    cell_classes[i]);
		html_css_string(out, text_word(cell_words[i]));
		strbuf_adds(out, "}\n");
	}
	strbuf_adds(out, "@media screen and (max-width:760px){\n");
	for (i = 2; i < N_COLUMNS; i++) {
		strbuf_reset(&name);
		strbuf_addf(&name, "%s: ", text_word(columns[i]));
		strbuf_addf(out, ".r td:nth-child(%zu)::before{content:",
		    i + 1);
		html_css_string(out, strbuf_get(&name));
		strbuf_adds(out, "}\n");
	}
	strbuf_adds(out, "}\n");
	strbuf_clear(&name);
}

/* ---- one row */

/* By enum row_section: class of the cell. */
static char
cell_class(const struct verdict *v, int node)
{
	return "nfemu"[row_section(v, (size_t)node)];
}

static void
strip_cell(const struct verdict *v, const struct strip *strip,
    struct strbuf *out)
{
	char	 class;
	size_t	 i, filled = 0;
	char	 cell[] = "<li class=?>";

	strbuf_adds(out, "<td>");
	if (v->is_submitted && v->states != NULL && strip->n > 0) {
		for (i = 0; i < strip->n; i++)
			filled += cell_class(v, strip->nodes[i]) == 'f';
		strbuf_adds(out, "<ol class=s tabindex=0 aria-label=\"");
		html_word(out, WORD_SECTION_FILLED);
		strbuf_addf(out, ": %zu/%zu\">", filled, strip->n);
		for (i = 0; i < strip->n; i++) {
			class = cell_class(v, strip->nodes[i]);
			cell[sizeof(cell) - 3] = class;
			strbuf_add(out, cell, sizeof(cell) - 1);
		}
		strbuf_adds(out, "</ol>");
	}
	strbuf_adds(out, "</td>");
}

/* Sign and colour of the two axes; the words say the same. */
static void
chip(struct strbuf *out, const char *class, const char *sign,
    const char *words)
{
	strbuf_addf(out, "<span class=\"t %s\">%s ", class, sign);
	html_text(out, words);
	strbuf_adds(out, "</span>");
}

static void
time_cell(const struct verdict *v, struct arena *arena, struct strbuf *out)
{
	static const struct { const char *class, *sign; } looks[] = {
		[TIME_NOT_DUE] = { "", "–" }, [TIME_ON_TIME] = { "g", "✓" },
		[TIME_LATE] = { "l", "!" }, [TIME_OVERDUE] = { "b", "✕" },
		[TIME_EXCUSED] = { "", "○" }
	};
	const char	*words = text_time(v, arena);

	strbuf_addf(out, "<td data-v=\"%d\">", (int)v->time * 1000 +
	    v->days_late);
	if (!v->is_submitted && !v->is_excused && v->time == TIME_NOT_DUE)
		words = arena_printf(arena, "%s, %s",
		    text_word(WORD_NOT_SUBMITTED), words);
	chip(out, arena_printf(arena, "%s w", looks[v->time].class),
	    looks[v->time].sign, words);
	if (v->term.is_extended) {
		strbuf_adds(out, "<br><small>");
		html_word(out, WORD_PAGE_TERM);
		strbuf_addf(out, ": %s</small>",
		    day_text(v->term.last_day, arena));
	}
	strbuf_adds(out, "</td>");
}

static void
content_cell(const struct verdict *v, struct arena *arena,
    struct strbuf *out)
{
	static const struct { const char *class, *sign; } looks[] = {
		[CONTENT_NONE] = { "", "" }, [CONTENT_COMPLETE] = { "g", "✓" },
		[CONTENT_INCOMPLETE] = { "b w", "✕" },
		[CONTENT_UNREADABLE] = { "b w", "✕" },
		[CONTENT_IN_REVIEW] = { "q w", "?" }
	};

	strbuf_addf(out, "<td data-v=\"%d\">", (int)v->content);
	if (v->content != CONTENT_NONE)
		chip(out, looks[v->content].class, looks[v->content].sign,
		    text_content(v, arena));
	strbuf_adds(out, "</td>");
}

static void
received_cell(const struct verdict *v, struct arena *arena,
    struct strbuf *out)
{
	strbuf_addf(out, "<td class=n data-v=\"%lld\">",
	    (long long)v->received);
	if (v->received != 0)
		strbuf_adds(out, row_time(v->received, arena));
	if (v->is_submitted && v->channel != CHANNEL_EMAIL) {
		strbuf_adds(out, "<br><small>");
		html_text(out, text_channel(v->channel));
		strbuf_adds(out, "</small>");
	}
	strbuf_adds(out, "</td>");
}

static void
file_cell(const struct verdict *v, struct strbuf *out)
{
	strbuf_adds(out, "<td class=\"w file\">");
	if (v->newest != NULL)
		html_text(out, v->newest->file);
	if (v->newest != NULL && v->newest->id != NULL &&
	    *v->newest->id != '\0') {
		strbuf_adds(out, " <small class=n>#");
		html_text(out, v->newest->id);
		if (v->versions > 1)
			strbuf_addf(out, " (×%zu)", v->versions);
		strbuf_adds(out, "</small>");
	}
	strbuf_adds(out, "</td>");
}

static void
row(const struct status *s, const struct status_unit *u, size_t number,
    const struct strip *strip, struct arena *arena, struct strbuf *out)
{
	const struct verdict	*v = &u->verdict;

	strbuf_addf(out, "<tr class=\"%s%s%s%s\"><td>%zu</td><th scope=row>",
	    v->is_submitted ? "k-yes" : v->is_excused ? "k-off" : "k-no",
	    v->time == TIME_LATE ? " k-late" : "",
	    v->content == CONTENT_INCOMPLETE ? " k-part" : "",
	    v->content == CONTENT_IN_REVIEW ||
	    v->content == CONTENT_UNREADABLE ? " k-look" : "", number);
	html_text(out, u->unit->name);
	strbuf_adds(out, " <small>");
	html_text(out, u->unit->code);
	strbuf_adds(out, "</small></th>");
	time_cell(v, arena, out);
	content_cell(v, arena, out);
	strip_cell(v, strip, out);
	received_cell(v, arena, out);
	strbuf_adds(out, strlen(row_document_number(u)) < 16 ?
	    "<td class=n>" : "<td class=w>");
	html_text(out, row_document_number(u));
	strbuf_adds(out, "</td>");
	file_cell(v, out);
	strbuf_adds(out, "<td>");
	html_text(out, row_reminders(s, u, arena));
	strbuf_adds(out, "</td><td class=w>");
	html_text(out, u->note);
	strbuf_adds(out, "</td></tr>\n");
}

/* ---- groups and the frame */

static void
group_head(const struct status *s, size_t first, size_t end,
    struct strbuf *out)
{
	const int	line = s->units[first].recipient;
	size_t		i, submitted = 0;

	for (i = first; i < end; i++)
		submitted += s->units[i].verdict.is_submitted;
	strbuf_addf(out, "<tr class=grp><th colspan=%zu scope=rowgroup>",
	    N_COLUMNS);
	if (line > 0 && (size_t)line <= s->campaign->n_recipients)
		html_text(out, s->campaign->recipients[line - 1].text);
	strbuf_addf(out, " <small>%zu/%zu</small></th></tr>\n", submitted,
	    end - first);
}

static void
tools(struct strbuf *out)
{
	size_t	i;

	strbuf_adds(out, "<div class=\"tools\" id=\"loc\" hidden>\n"
	    "<fieldset><legend>");
	html_word(out, WORD_PAGE_FILTER);
	strbuf_adds(out, ":</legend>\n");
	for (i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
		strbuf_addf(out, "<button type=\"button\" data-k=\"%s\" "
		    "aria-pressed=\"%s\">", filters[i].class,
		    i == 0 ? "true" : "false");
		html_word(out, filters[i].word);
		strbuf_adds(out, "</button>\n");
	}
	strbuf_adds(out, "</fieldset>\n<label>");
	html_word(out, WORD_PAGE_SEARCH);
	strbuf_adds(out, ": <input type=\"search\" id=\"tim\" "
	    "autocomplete=\"off\"></label>\n<span aria-live=\"polite\">");
	html_word(out, WORD_PAGE_SHOWN);
	strbuf_adds(out, ": <output id=\"so\"></output></span>\n</div>\n");
}

static void
legend(struct strbuf *out)
{
	size_t	i;

	strbuf_adds(out, "<div class=\"keys\">");
	html_word(out, WORD_PAGE_LEGEND);
	strbuf_adds(out, ":");
	for (i = 0; cell_classes[i] != '\0'; i++) {
		strbuf_addf(out, " <span><span class=s>"
		    "<i class=%c></i></span> ", cell_classes[i]);
		html_word(out, cell_words[i]);
		strbuf_adds(out, "</span>");
	}
	strbuf_adds(out, "</div>\n");
}

void
status_html_table(const struct status *s, const struct strip *strip,
    struct arena *arena, struct strbuf *out)
{
	size_t	i, end;

	strbuf_adds(out, "<section aria-labelledby=\"h-bang\">\n"
	    "<h2 id=\"h-bang\">");
	html_word(out, WORD_PAGE_TABLE);
	strbuf_adds(out, "</h2>\n");
	if (s->n_units == 0) {
		strbuf_adds(out, "<p>");
		html_word(out, WORD_PAGE_NO_UNITS);
		strbuf_adds(out, "</p>\n");
	}
	tools(out);
	if (strip->n > 0)
		legend(out);
	strbuf_adds(out, "<div class=\"wrap\">\n<table class=\"r\" "
	    "id=\"bang\" aria-labelledby=\"h-bang\" data-sort=\"");
	html_word(out, WORD_PAGE_SORT);
	strbuf_adds(out, "\">\n<thead><tr>");
	for (i = 0; i < N_COLUMNS; i++) {
		strbuf_adds(out, "<th scope=col>");
		html_word(out, columns[i]);
		strbuf_adds(out, "</th>");
	}
	strbuf_adds(out, "</tr></thead>\n");
	for (i = 0; i < s->n_units; i = end) {
		for (end = i; end < s->n_units && s->units[end].recipient ==
		    s->units[i].recipient; end++)
			;
		strbuf_adds(out, "<tbody>\n");
		group_head(s, i, end, out);
		for (; i < end; i++)
			row(s, &s->units[i], i + 1, strip, arena, out);
		strbuf_adds(out, "</tbody>\n");
	}
	strbuf_adds(out, "</table>\n</div>\n</section>\n");
}
