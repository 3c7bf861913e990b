/*
 * The figures at the head of the page: numbers, progress bar, and a small
 * chart of submissions over time against the deadline (SVG 1.1; no inline
 * styles, the policy forbids them).
 */
#include "daemon/status_html.h"

#include <stdlib.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/status.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define BAR_WIDTH 1000
#define CHART_WIDTH 720
#define CHART_HEIGHT 240
#define CHART_LEFT 44
#define CHART_RIGHT 12
#define CHART_TOP 22
#define CHART_BOTTOM 30
#define CHART_LABELS 8
#define CHART_TEXT 16		/* height of a line of text */
#define DAY_S 86400

/* ---- numbers and bar */

static void
tile(struct strbuf *out, const char *class, enum word w, unsigned n)
{
	strbuf_addf(out, "<div%s%s%s><dt>", *class ? " class=\"" : "", class,
	    *class ? "\"" : "");
	html_Word(out, w);
	strbuf_addf(out, "</dt><dd>%u</dd></div>\n", n);
}

static void
segment(struct strbuf *out, const char *class, unsigned *from, unsigned n,
    unsigned whole)
{
	const unsigned	a = whole == 0 ? 0 : *from * BAR_WIDTH / whole;
	unsigned	b;

	*from += n;
	b = whole == 0 ? 0 : *from * BAR_WIDTH / whole;
	if (b > a)
		strbuf_addf(out, "<rect class=\"%s\" x=\"%u\" width=\"%u\" "
		    "height=\"26\"/>", class, a, b - a);
}

static void
key(struct strbuf *out, const char *class, enum word w, unsigned n)
{
	strbuf_addf(out, "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
	    "<rect class=\"%s\" width=\"10\" height=\"10\"/></svg>", class);
	html_word(out, w);
	strbuf_addf(out, ": %u</li>", n);
}

static void
bar(const struct status_counts *k, struct strbuf *out)
{
	unsigned	from = 0;

	strbuf_adds(out, "<figure>\n<figcaption>");
	html_word(out, WORD_PAGE_PROGRESS);
	strbuf_addf(out, "</figcaption>\n<svg class=\"bar\" viewBox=\"0 0 %u "
	    "26\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"",
	    BAR_WIDTH);
	html_Word(out, WORD_SUBMITTED);
	strbuf_addf(out, " %u/%u ", k->submitted, k->units);
	html_word(out, WORD_PAGE_OF_UNITS);
	strbuf_adds(out, "\">");
	strbuf_addf(out, "<rect class=\"rest\" width=\"%u\" height=\"26\"/>",
	    BAR_WIDTH);
	segment(out, "g", &from, k->on_time, k->units);
	segment(out, "l", &from, k->late, k->units);
	segment(out, "x", &from, k->excused, k->units);
	strbuf_adds(out, "</svg>\n<ul class=\"key\">");
	key(out, "g", WORD_ON_TIME, k->on_time);
	key(out, "l", WORD_LATE, k->late);
	key(out, "x", WORD_EXCUSED, k->excused);
	key(out, "rest", WORD_NOT_SUBMITTED, k->not_submitted);
	strbuf_adds(out, "</ul>\n</figure>\n");
}

void
status_html_numbers(const struct status *s, struct strbuf *out)
{
	const struct status_counts	*k = &s->counts;

	strbuf_adds(out, "<section aria-labelledby=\"h-so\">\n"
	    "<h2 id=\"h-so\">");
	html_word(out, WORD_PAGE_OVERVIEW);
	strbuf_adds(out, "</h2>\n<dl class=\"tiles\">\n<div class=\"g\"><dt>");
	html_Word(out, WORD_SUBMITTED);
	strbuf_addf(out, "</dt><dd>%u<small>/%u</small></dd></div>\n",
	    k->submitted, k->units);
	tile(out, "", WORD_NOT_SUBMITTED, k->not_submitted);
	tile(out, "", WORD_EXCUSED, k->excused);
	tile(out, "g", WORD_ON_TIME, k->on_time);
	tile(out, "l", WORD_LATE, k->late);
	tile(out, "g", WORD_COMPLETE, k->complete);
	tile(out, "b", WORD_INCOMPLETE, k->incomplete);
	tile(out, "b", WORD_UNREADABLE, k->unreadable);
	tile(out, "q", WORD_IN_REVIEW, k->in_review);
	strbuf_adds(out, "</dl>\n<div class=\"two\">\n<div>\n");
	bar(k, out);
}

/* ---- the chart */

struct chart {
	time_t	*times;	/* of receipt, sorted */
	size_t	 n;
	unsigned whole;	/* height of the axis */
	time_t	 from, until;
};

static int
by_time(const void *a, const void *b)
{
	const time_t	x = *(const time_t *)a, y = *(const time_t *)b;

	return x < y ? -1 : x > y;
}

static long
chart_x(const struct chart *c, time_t t)
{
	const long	width = CHART_WIDTH - CHART_LEFT - CHART_RIGHT;

	if (t <= c->from)
		return CHART_LEFT;
	if (t >= c->until)
		return CHART_LEFT + width;
	return CHART_LEFT + (long)((double)(t - c->from) * (double)width /
	    (double)(c->until - c->from));
}

static long
chart_y(const struct chart *c, size_t n)
{
	const long	height = CHART_HEIGHT - CHART_TOP - CHART_BOTTOM;

	if (c->whole == 0)
		return CHART_TOP + height;
	return CHART_TOP + height - (long)n * height / (long)c->whole;
}

static void
chart_collect(const struct status *s, struct arena *arena, struct chart *c)
{
	time_t	last;
	size_t	i;

	c->times = arena_calloc(arena, s->n_units + 1, sizeof(*c->times));
	c->n = 0;
	c->whole = s->counts.units;
	for (i = 0; i < s->n_units; i++)
		if (s->units[i].verdict.is_submitted &&
		    s->units[i].verdict.received != 0)
			c->times[c->n++] = s->units[i].verdict.received;
	qsort(c->times, c->n, sizeof(*c->times), by_time);
	c->from = s->campaign->from;
	if (c->n > 0 && (c->from == 0 || c->times[0] < c->from))
		c->from = c->times[0];
	if (c->from == 0 || c->from > s->now)
		c->from = s->now;
	last = s->now;
	if (s->term.tolerated_until > last)
		last = s->term.tolerated_until;
	c->from = day_start(day_of(c->from));
	c->until = day_end(day_of(last)) + 1;
}

/* Days along the foot, as many as fit. */
static void
chart_axes(const struct chart *c, struct strbuf *out)
{
	const long	first = day_of(c->from);
	const long	days = day_of(c->until) - first;
	const long	step = days / CHART_LABELS + 1;
	struct civil	date;
	long		d, x, y;
	unsigned	i, n;

	for (i = 0; i <= 4; i++) {
		n = c->whole * i / 4;
		if (i > 0 && n == c->whole * (i - 1) / 4)
			continue;
		y = chart_y(c, n);
		strbuf_addf(out, "<path class=\"%s\" d=\"M%d %ldH%d\"/>"
		    "<text x=\"%d\" y=\"%ld\" text-anchor=\"end\">%u</text>",
		    i == 4 ? "all" : "grid", CHART_LEFT, y,
		    CHART_WIDTH - CHART_RIGHT, CHART_LEFT - 6, y + 4, n);
	}
	for (d = 0; d < days; d += step) {
		x = chart_x(c, c->from + d * DAY_S);
		date = day_civil(first + d);
		strbuf_addf(out, "<path class=\"grid\" d=\"M%ld %dv5\"/>"
		    "<text x=\"%ld\" y=\"%d\">%d/%d</text>", x,
		    CHART_HEIGHT - CHART_BOTTOM, x,
		    CHART_HEIGHT - CHART_BOTTOM + 19, date.day, date.month);
	}
}

/*
 * A mark across the chart with its word at height y, kept inside the
 * picture.
 */
static void
chart_mark(const struct chart *c, time_t t, const char *class, enum word w,
    int y, struct strbuf *out)
{
	const long	x = chart_x(c, t);
	const bool	right = x > CHART_WIDTH / 2;

	strbuf_addf(out, "<path class=\"%s\" d=\"M%ld %dV%d\"/>"
	    "<text class=\"%st\" x=\"%ld\" y=\"%d\"%s>", class, x, CHART_TOP,
	    CHART_HEIGHT - CHART_BOTTOM, class, right ? x - 5 : x + 5,
	    y, right ? " text-anchor=\"end\"" : "");
	html_word(out, w);
	strbuf_adds(out, "</text>");
}

static void
chart_steps(const struct chart *c, time_t now, struct strbuf *out)
{
	struct strbuf	path = { 0 };
	const long	floor = chart_y(c, 0);
	long		x;
	size_t		i;

	strbuf_addf(&path, "M%d %ld", CHART_LEFT, floor);
	for (i = 0; i < c->n; i++) {
		x = chart_x(c, c->times[i]);
		/* one step for all that fall on one pixel */
		if (i + 1 < c->n && chart_x(c, c->times[i + 1]) == x)
			continue;
		strbuf_addf(&path, "H%ldV%ld", x, chart_y(c, i + 1));
	}
	strbuf_addf(&path, "H%ld", chart_x(c, now));
	strbuf_addf(out, "<path class=\"area\" d=\"%sV%ldZ\"/>"
	    "<path class=\"step\" d=\"%s\"/>", strbuf_get(&path), floor,
	    strbuf_get(&path));
	strbuf_clear(&path);
}

/* The same as a table, for those who do not see it. */
static void
chart_days(const struct chart *c, struct arena *arena, struct strbuf *out)
{
	size_t	i, j;
	long	day;

	if (c->n == 0)
		return;
	strbuf_adds(out, "<details><summary>");
	html_word(out, WORD_PAGE_BY_DAY);
	strbuf_adds(out, "</summary>\n<table><thead><tr><th>");
	html_word(out, WORD_PAGE_DAY);
	strbuf_adds(out, "</th><th>");
	html_word(out, WORD_PAGE_CAME);
	strbuf_adds(out, "</th><th>");
	html_word(out, WORD_PAGE_SO_FAR);
	strbuf_adds(out, "</th></tr></thead><tbody>\n");
	for (i = 0; i < c->n; i = j) {
		day = day_of(c->times[i]);
		for (j = i; j < c->n && day_of(c->times[j]) == day; j++)
			;
		strbuf_addf(out, "<tr><td>%s</td><td>%zu</td><td>%zu</td>"
		    "</tr>\n", day_text(day, arena), j - i, j);
	}
	strbuf_adds(out, "</tbody></table></details>\n");
}

void
status_html_chart(const struct status *s, struct arena *arena,
    struct strbuf *out)
{
	struct chart	c;

	chart_collect(s, arena, &c);
	chart_days(&c, arena, out);
	strbuf_adds(out, "</div>\n<figure>\n<figcaption>");
	html_word(out, WORD_PAGE_CHART);
	strbuf_addf(out, "</figcaption>\n<svg class=\"chart\" "
	    "viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", CHART_WIDTH,
	    CHART_HEIGHT);
	html_word(out, WORD_PAGE_CHART);
	strbuf_addf(out, ": %zu/%u\">", c.n, c.whole);
	chart_axes(&c, out);
	chart_steps(&c, s->now, out);
	if (s->now < c.until)
		chart_mark(&c, s->now, "now", WORD_PAGE_CHART_NOW,
		    CHART_TOP - 8, out);
	if (s->term.due != 0)
		chart_mark(&c, s->term.due, "due", WORD_PAGE_CHART_DUE,
		    CHART_TOP + CHART_TEXT, out);
	strbuf_adds(out, "</svg>\n</figure>\n");
}
