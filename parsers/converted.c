/*
 * What antiword, catdoc and pdftotext -layout write, read back as a
 * document. On a page laid out in signs a paragraph shows by the indent of
 * its first line, and a letterhead or signature block by two columns.
 */
#include "parsers/converted.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/charset.h"
#include "parsers/flow.h"
#include "parsers/label.h"
#include "parsers/limits.h"
#include "parsers/lines.h"

/* Spaces between two columns: more than justified text ever has. */
#define GAP_COLUMNS 6
/* How far a line of the right column may start left of the others. */
#define RIGHT_SLACK 10
/* Lines side by side that are taken as one block. */
#define BLOCK_LINES 40
/* A line this much shorter than the widest ends its paragraph, per cent. */
#define FULL_SHARE 80
/* Longest page number: "- 123 -". */
#define PAGE_NUMBER_BYTES 9

/* A line of the page, white space cut off. */
struct page_line {
	const char	*s;
	size_t		 len;	/* 0: blank */
	size_t		 indent; /* columns, as are the others */
	size_t		 end;
	size_t		 left_len; /* of the part before a gap; len: no gap */
	size_t		 right_at; /* byte where the part behind it starts */
	size_t		 right_column;
	bool		 starts_page;
	bool		 ends_page;
};

struct column {
	const char	*s[BLOCK_LINES];
	size_t		 len[BLOCK_LINES];
	size_t		 n;
};

struct reading {
	struct flow	 flow;
	struct story	 story;
	struct draft	 draft;
	size_t		 base;	/* the least indent of the text */
	size_t		 widest; /* the farthest end of a line */
	struct page_line last;	/* of the open paragraph; len 0: none */
	struct column	 left;
	struct column	 right;
	size_t		 split;	/* column where the right one starts */
	bool		 in_block;
	bool		 is_full; /* a limit was passed */
};

static const struct look	plain_look;

/* ---- lines */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Columns, indent and the widest gap of a line that is not blank. */
static void
measure(struct page_line *l, const char *start)
{
	const char	*p = start, *end = l->s + l->len, *gap = NULL;
	size_t		 column = 0, spaces = 0;

	l->left_len = l->len;
	for (; p < end; p++) {
		if (p == l->s)
			l->indent = column;
		if (is_blank(*p)) {
			gap = spaces == 0 ? p : gap;
			spaces += *p == '\t' ? 8 : 1;
			column += *p == '\t' ? 8 : 1;
			continue;
		}
		if (p > l->s && spaces >= GAP_COLUMNS &&
		    l->left_len == l->len) {
			l->left_len = (size_t)(gap - l->s);
			l->right_at = (size_t)(p - l->s);
			l->right_column = column;
		}
		spaces = 0;
		column += (*p & 0xc0) != 0x80;
	}
	l->end = column;
}

/* The next line from *at on; false at the end. */
static bool
next_line(const char **at, struct page_line *l)
{
	const char	*start = *at, *end;

	if (*start == '\0')
		return false;
	memset(l, 0, sizeof(*l));
	for (; *start == '\f'; start++)
		l->starts_page = true;
	end = start + strcspn(start, "\n\f");
	l->ends_page = *end == '\f' || (end[0] == '\n' && end[1] == '\f');
	*at = *end == '\n' ? end + 1 : end;
	for (l->s = start; l->s < end && is_blank(*l->s); l->s++)
		;
	while (end > l->s && is_blank(end[-1]))
		end--;
	l->len = (size_t)(end - l->s);
	if (l->len > 0)
		measure(l, start);
	return true;
}

static bool
is_page_number(const struct page_line *l)
{
	size_t	i, digits = 0;

	if (l->len > PAGE_NUMBER_BYTES || !(l->starts_page || l->ends_page))
		return false;
	for (i = 0; i < l->len; i++) {
		if (l->s[i] >= '0' && l->s[i] <= '9')
			digits++;
		else if (l->s[i] != '-' && l->s[i] != ' ')
			return false;
	}
	return digits > 0;
}

static bool
has_label(const struct page_line *l, struct arena *arena)
{
	struct label	label;

	return label_parse(arena_strndup(arena, l->s, l->len < 80 ? l->len :
	    80), &label);
}

static bool
starts_small(const struct page_line *l, struct arena *arena)
{
	return text_starts_small(arena_strndup(arena, l->s, l->len < 8 ?
	    l->len : 8));
}

/* ---- paragraphs */

static void
end_paragraph(struct reading *r)
{
	struct paragraph	p = { 0 };

	r->last.len = 0;
	if (draft_is_blank(&r->draft)) {
		draft_reset(&r->draft);
		return;
	}
	r->is_full |= flow_emit(&r->flow, &r->story, &r->draft, &p) == -1;
}

static void
add_text(struct reading *r, const char *s, size_t len)
{
	if (r->draft.text.len > 0)
		draft_add(&r->draft, plain_look, " ", 1);
	draft_add(&r->draft, plain_look, s, len);
}

/* ---- tables */

/* One word under a line that fills its column: the rest of that line. */
static bool
is_rest(const struct column *c, size_t i, struct arena *arena)
{
	size_t	k, widest = 0;

	if (i == 0)
		return false;
	for (k = 0; k < c->n; k++)
		if (c->len[k] > widest)
			widest = c->len[k];
	return memchr(c->s[i], ' ', c->len[i]) == NULL &&
	    !text_is_rule(arena_strndup(arena, c->s[i], c->len[i])) &&
	    c->len[i - 1] * 100 >= widest * FULL_SHARE;
}

static void
put_column(struct reading *r, struct column *c)
{
	size_t	i;

	flow_cell_start(&r->story);
	for (i = 0; i < c->n; i++) {
		if (!is_rest(c, i, r->flow.arena))
			end_paragraph(r);
		add_text(r, c->s[i], c->len[i]);
	}
	end_paragraph(r);
	c->n = 0;
}

/* Two columns side by side: one row of two cells. */
static void
end_block(struct reading *r)
{
	if (!r->in_block)
		return;
	r->in_block = false;
	flow_table_start(&r->flow, &r->story);
	flow_row_start(&r->story);
	put_column(r, &r->left);
	put_column(r, &r->right);
	flow_row_end(&r->story);
	flow_table_end(&r->story);
}

static void
column_add(struct column *c, const char *s, size_t len)
{
	c->s[c->n] = s;
	c->len[c->n++] = len;
}

/* Take a line into the block of two columns; false: it is not of it. */
static bool
block_takes(struct reading *r, const struct page_line *l)
{
	bool	has_gap = l->left_len < l->len;

	/* a heading with a tab in it is no letterhead */
	if (!r->in_block && (!has_gap || has_label(l, r->flow.arena)))
		return false;
	if (r->in_block && (r->left.n == BLOCK_LINES ||
	    r->right.n == BLOCK_LINES))
		return false;
	if (!r->in_block) {
		end_paragraph(r);
		r->in_block = true;
		r->split = l->right_column;
	}
	if (has_gap) {
		column_add(&r->left, l->s, l->left_len);
		column_add(&r->right, l->s + l->right_at,
		    l->len - l->right_at);
	} else if (l->indent + RIGHT_SLACK >= r->split) {
		column_add(&r->right, l->s, l->len);
	} else if (l->end <= r->split) {
		column_add(&r->left, l->s, l->len);
	} else {
		return false;
	}
	return true;
}

/* "|a |b |": the row of a table, as antiword draws it. */
static void
put_row(struct reading *r, const struct page_line *l)
{
	const char	*p = l->s + 1, *end = l->s + l->len, *bar;

	if (!r->in_block) {
		end_paragraph(r);
		r->in_block = true;
		flow_table_start(&r->flow, &r->story);
	}
	flow_row_start(&r->story);
	for (; p < end; p = bar + 1) {
		bar = memchr(p, '|', (size_t)(end - p));
		if (bar == NULL)
			bar = end;
		flow_cell_start(&r->story);
		add_text(r, p, (size_t)(bar - p));
		end_paragraph(r);
	}
	flow_row_end(&r->story);
}

/* ---- the two ways of writing */

static void
read_lines(struct reading *r, const char *text)
{
	struct page_line	l;

	while (!r->is_full && next_line(&text, &l)) {
		if (l.len > 1 && l.s[0] == '|') {
			put_row(r, &l);
			continue;
		}
		if (r->in_block)
			flow_table_end(&r->story);
		r->in_block = false;
		/* where a picture was */
		if (l.len == 5 && memcmp(l.s, "[pic]", 5) == 0)
			continue;
		add_text(r, l.s, l.len);
		end_paragraph(r);
	}
	if (r->in_block)
		flow_table_end(&r->story);
}

/* Does the line go on with the open paragraph? */
static bool
goes_on(const struct reading *r, const struct page_line *l)
{
	bool	was_full = r->last.end * 100 >= r->widest * FULL_SHARE;

	if (r->last.len == 0 || !was_full || l->indent > r->last.indent)
		return false;
	/* set in as a whole, or the first line of the next paragraph? */
	if (l->indent > r->base + 1 && (l->indent != r->last.indent ||
	    !starts_small(l, r->flow.arena)))
		return false;
	/* beneath each other at the margin a new point may start */
	return l->indent < r->last.indent ||
	    !has_label(l, r->flow.arena);
}

static void
measure_page(struct reading *r, const char *text)
{
	struct page_line	l;

	r->base = SIZE_MAX;
	while (next_line(&text, &l)) {
		if (l.len == 0 || is_page_number(&l))
			continue;
		if (l.indent < r->base)
			r->base = l.indent;
		if (l.end > r->widest && l.left_len == l.len)
			r->widest = l.end;
	}
}

static void
read_page(struct reading *r, const char *text)
{
	struct page_line	l;

	measure_page(r, text);
	while (!r->is_full && next_line(&text, &l)) {
		if (is_page_number(&l))
			continue;
		if (l.len == 0) {
			/* a page's end is no end of the paragraph */
			if (!l.starts_page && !l.ends_page)
				end_paragraph(r);
			end_block(r);
			continue;
		}
		if (block_takes(r, &l))
			continue;
		end_block(r);
		if (!goes_on(r, &l))
			end_paragraph(r);
		add_text(r, l.s, l.len);
		r->last = l;
	}
	end_block(r);
	end_paragraph(r);
}

enum parse_status
converted_read(struct bytes text, enum format from, struct arena *arena,
    struct document **out)
{
	struct reading	 r = { 0 };
	const char	*s = charset_import(text, "UTF-8", arena);
	struct document	*doc;
	bool		 is_full;

	flow_init(&r.flow, arena);
	r.story.to = &r.flow.body;
	if (from == FORMAT_PDF)
		read_page(&r, s);
	else
		read_lines(&r, s);
	is_full = r.is_full;
	doc = flow_finish(&r.flow);
	doc->remarks |= REMARK_FROM_CONVERTER;
	draft_clear(&r.draft);
	flow_clear(&r.flow);
	if (is_full)
		return PARSE_LIMIT;
	if (doc->n == 0)
		return PARSE_NO_TEXT;
	*out = doc;
	return PARSE_OK;
}
