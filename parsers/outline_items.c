/*
 * The lines of an outline, each with its label, wherever they stand: in
 * paragraphs, numbered by hand or automatically, or in the rows of a table.
 * Notes, signatures and annexes around them are left out.
 */
#include "parsers/outline_items.h"

#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/deadline.h"
#include "parsers/letterhead.h"
#include "parsers/limits.h"
#include "parsers/lingo.h"
#include "parsers/signature.h"
#include "parsers/text.h"

#define LABEL_BYTES 12		/* of a table cell that holds a label */
#define TITLE_WORDS 40
#define TITLE_LEAD 6		/* words before "đề cương" in a title */
#define HEADING_WORDS 30
#define CAPTION_LINES 4		/* below a title, with "(Kèm theo …)" */
#define CAPTIONS_BY_LOOK 2	/* the same where nothing tells their end */
#define ASK_WORDS 12		/* a body's name, and what it asks */
#define CLOSED_MARKS ".;:!?"

struct gatherer {
	const struct lines *ls;
	const struct lingo *g;
	struct arena	*arena;
	size_t		 to;
	bool		 in_body;
	bool		 in_tables; /* the outline stands in tables */
	bool		 in_note;   /* behind "Lưu ý:" */
	bool		 has_before; /* the line above the first one is the
					item of the letter that holds all */
	struct label	 before;
	bool		 waiting; /* a label stood alone in its line */
	struct outline_item alone;
	struct outline_items out;
	size_t		 cap;
};

/* ---- titles and ends */

static bool
stands_out(const struct line *l)
{
	return l->p->centred || l->p->bold >= 80 || l->p->is_title ||
	    l->p->page_break_before;
}

/* Are words i..i+n-1 in capitals? */
static bool
words_are_capital(const struct line *l, size_t i, size_t n)
{
	const struct word	*w = line_words(l)->w;
	size_t			 k, len;
	char			 word[64];

	for (k = i; k < i + n; k++) {
		len = w[k].end - w[k].start;
		if (len >= sizeof(word))
			return false;
		memcpy(word, l->text + w[k].start, len);
		word[len] = '\0';
		if (!text_is_capital(word, 90))
			return false;
	}
	return true;
}

static bool
ends_in(const char *s, const char *marks)
{
	size_t	len = strlen(s);

	return len > 0 && strchr(marks, s[len - 1]) != NULL;
}

bool
is_annex_title(const struct lingo *g, const struct line *l)
{
	size_t	n = lingo_at(g, LINGO_ANNEX, line_words(l), 0);

	if (n == 0 || line_words(l)->n > TITLE_WORDS || *l->p->number != '\0' ||
	    ends_in(l->text, "."))
		return false;
	return words_are_capital(l, 0, n) || stands_out(l);
}

bool
is_outline_title(const struct lingo *g, const struct line *l)
{
	size_t	i, n, lead;

	if (line_words(l)->n > TITLE_WORDS || *l->p->number != '\0' ||
	    ends_in(l->text, ".;,"))
		return false;
	lead = line_words(l)->n < TITLE_LEAD + 2 ? line_words(l)->n :
	    TITLE_LEAD + 2;
	i = lingo_find(g, LINGO_OUTLINE, line_words(l), 0, lead);
	if (i == lead) {
		n = lingo_at(g, LINGO_OUTLINE_LIKE, line_words(l), 0);
		return n > 0 && words_are_capital(l, 0, n);
	}
	n = lingo_at(g, LINGO_OUTLINE, line_words(l), i);
	return words_are_capital(l, i, n) || (i == 0 && stands_out(l));
}

/* "… gửi về Văn phòng trước ngày 20/6" */
static bool
sets_deadline(const struct gatherer *gt, const struct words *ws)
{
	const struct deadline	*d;
	struct date		 none = {0};
	size_t			 n, i;

	if (!lingo_in(gt->g, LINGO_SEND, ws, 0, ws->n))
		return false;
	d = deadlines_find(ws, none, gt->g, gt->arena, &n);
	for (i = 0; i < n; i++)
		if (d[i].lead != LEAD_WEAK)
			return true;
	return false;
}

/* What a letter says behind the outline in its body. */
static bool
is_closing(const struct gatherer *gt, const struct line *l)
{
	size_t	len;

	if (sets_deadline(gt, line_words(l)))
		return true;
	/* "./." ends a letter */
	len = strlen(l->text);
	if (gt->in_body && len > 3 && strcmp(l->text + len - 3, "./.") == 0)
		return true;
	/* "Ban Thường vụ yêu cầu các chi bộ …" */
	if (gt->in_body && lingo_at(gt->g, LINGO_BODY, line_words(l), 0) > 0 &&
	    ends_in(l->text, ".") && lingo_in(gt->g, LINGO_ASK,
	    line_words(l), 0, ASK_WORDS))
		return true;
	if (lingo_at(gt->g, LINGO_CLOSING, line_words(l), 0) == 0)
		return false;
	return gt->in_body || ends_in(l->text, "/") ||
	    lingo_in(gt->g, LINGO_SEND, line_words(l), 0, line_words(l)->n);
}

static bool
same_look(const struct paragraph *a, const struct paragraph *b)
{
	return a->bold == b->bold && a->italic == b->italic &&
	    a->centred == b->centred &&
	    a->font_half_points == b->font_half_points;
}

/* The item above, when an unmarked line goes on with it; else NULL. */
static struct outline_item *
goes_on(const struct gatherer *gt, const struct outline_item *item)
{
	struct outline_item	*above;

	if (gt->out.n == 0 || item->label.kind != LABEL_NONE)
		return NULL;
	above = &gt->out.items[gt->out.n - 1];
	if (item->p->table != above->p->table ||
	    ends_in(above->text, CLOSED_MARKS) ||
	    strlen(above->text) > LIMIT_JOINED_BYTES)
		return NULL;
	if (text_starts_small(item->text) || ends_in(above->text, ",-"))
		return above;
	/* a heading in capitals, broken over two lines */
	if ((item->p == above->p || (above->label.kind != LABEL_NONE &&
	    same_look(item->p, above->p))) &&
	    text_is_capital(above->text, 80) &&
	    text_is_capital(item->text, 80))
		return above;
	return NULL;
}

/* Does the outline end before this line, now that it has begun? */
static bool
is_end(const struct gatherer *gt, const struct line *l,
    const struct outline_item *item)
{
	const struct lingo	*g = gt->g;
	struct words		 ws = words_of(item->text, gt->arena);

	if (lingo_at(g, LINGO_RECEIVERS, &ws, 0) > 0 || is_signature(g, l))
		return true;
	/* a line behind a lone "Phần thứ nhất" is its title */
	if (item->label.kind != LABEL_NONE || gt->waiting)
		return false;
	return is_annex_title(g, l) || is_outline_title(g, l) ||
	    is_salutation(g, line_words(l)) ||
	    (item->heading > 0 ? sets_deadline(gt, line_words(l)) :
	    is_closing(gt, l)) ||
	    lingo_at(g, LINGO_RIGHT_TITLE, line_words(l), 0) > 0 ||
	    (l->p->centred && text_is_capital(l->text, 80) &&
	    goes_on(gt, item) == NULL);
}

/* ---- items */

/* A label from an automatic number that no typed label looks like. */
static void
odd_number(struct outline_item *item, const struct paragraph *p)
{
	const char	*digit = p->number + strcspn(p->number, "0123456789");
	int		 value = 0;

	memset(&item->label, 0, sizeof(item->label));
	item->label.n_parts = 1;
	item->label.mark = p->is_bullet ? '*' : ' ';
	item->label.kind = p->is_bullet ? LABEL_BULLET : LABEL_ARABIC;
	for (; *digit >= '0' && *digit <= '9' && value < 100; digit++)
		value = value * 10 + (*digit - '0');
	item->label.parts[0] = (uint8_t)value;
}

/* The line as an item: label, automatic or typed, and text. */
static struct outline_item
item_of(const struct gatherer *gt, size_t line)
{
	const struct line	*l = &gt->ls->l[line];
	struct outline_item	 item = { .line = line, .p = l->p,
				    .label_text = "", .text = l->text };
	const char		*s;

	if (*l->p->number != '\0' && l->part == 0) {
		item.label_text = l->p->number;
		s = arena_printf(gt->arena, "%s %s", l->p->number, l->text);
		if (!label_parse(s, &item.label))
			odd_number(&item, l->p);
		return item;
	}
	if (label_parse(l->text, &item.label)) {
		item.label_text = arena_strndup(gt->arena, l->text,
		    item.label.len);
		item.text = l->text + item.label.title;
	}
	return item;
}

static bool
is_numbered(const struct outline_item *item)
{
	return item->label.kind != LABEL_NONE &&
	    item->label.kind != LABEL_BULLET;
}

static void
add_item(struct gatherer *gt, struct outline_item item)
{
	struct outline_item	*above;

	/* "Phần thứ nhất" and its title in the next line */
	if (*item.text == '\0') {
		gt->waiting = item.label.kind != LABEL_NONE;
		gt->alone = item;
		return;
	}
	if (gt->waiting && item.label.kind == LABEL_NONE) {
		gt->alone.text = item.text;
		item = gt->alone;
	}
	gt->waiting = false;
	if (gt->out.n == LIMIT_OUTLINE_NODES)
		return;
	gt->out.end = item.line + 1;
	above = goes_on(gt, &item);
	if (above != NULL) {
		above->text = arena_printf(gt->arena, "%s %s", above->text,
		    item.text);
		return;
	}
	gt->out.items = arena_grow(gt->arena, gt->out.items, gt->out.n,
	    &gt->cap, sizeof(*gt->out.items));
	gt->out.items[gt->out.n++] = item;
	gt->out.numbered += is_numbered(&item);
}

/* Does a numbered line carry on where the outline was before a note? */
static bool
resumes(const struct gatherer *gt, const struct outline_item *item)
{
	const struct outline_item	*other;
	size_t				 i;

	for (i = gt->out.n; i > 0; i--) {
		other = &gt->out.items[i - 1];
		if (other->label.kind == item->label.kind &&
		    other->label.mark == item->label.mark)
			return label_value(&item->label) ==
			    label_value(&other->label) + 1;
	}
	return false;
}

/* The letter's own next number: "3." behind the "2." that holds all. */
static bool
is_letters_own(const struct gatherer *gt, const struct outline_item *item)
{
	struct words	ws;

	if (!gt->in_body || !is_numbered(item))
		return false;
	/* "3. Gửi báo cáo về … trước ngày …" */
	ws = words_of(item->text, gt->arena);
	if (sets_deadline(gt, &ws))
		return true;
	return gt->has_before && item->label.kind == gt->before.kind &&
	    item->label.mark == gt->before.mark &&
	    item->label.n_parts == gt->before.n_parts &&
	    label_value(&item->label) == label_value(&gt->before) + 1 &&
	    (gt->out.n == 0 || gt->out.items[0].label.kind !=
	    item->label.kind || !resumes(gt, item));
}

/* Take a line; false when the outline ends before it. */
static bool
take_line(struct gatherer *gt, struct outline_item item)
{
	const struct line	*l = &gt->ls->l[item.line];
	struct words		 ws;

	if (text_is_rule(l->text) && *l->p->number == '\0')
		return true;
	if (is_letters_own(gt, &item))
		return false;
	if (is_end(gt, l, &item))
		return gt->out.n == 0 && !is_signature(gt->g, l);
	if (gt->in_note && is_numbered(&item) && resumes(gt, &item))
		gt->in_note = false;
	ws = words_of(item.text, gt->arena);
	if (!is_numbered(&item) && lingo_at(gt->g, LINGO_ENDING, &ws, 0) > 0)
		gt->in_note = true;
	/* captions and notes stand before the first heading */
	if (gt->in_note || (gt->out.n == 0 && !gt->waiting &&
	    item.label.kind == LABEL_NONE && item.heading == 0))
		return true;
	add_item(gt, item);
	return true;
}

/* ---- rows of a table */

/* Does the cell hold nothing but a label: "I", "1.", "a)", "-"? */
static bool
label_cell(const char *text, struct label *label, struct arena *arena)
{
	size_t	len = strlen(text);

	if (len == 0 || len > LABEL_BYTES)
		return false;
	if (strcmp(text, "-") == 0 || strcmp(text, "+") == 0)
		return label_parse(arena_printf(arena, "%s X", text), label);
	if (!label_parse(arena_printf(arena, "%s X", text), label) ||
	    label->len != len) {
		if (!label_parse(arena_printf(arena, "%s. X", text), label))
			return false;
		return label->len == len + 1;
	}
	return true;
}

static bool
same_row(const struct line *a, const struct line *b)
{
	return a->p->table == b->p->table && a->p->row == b->p->row;
}

/* Is the column of this cell one of guidance, by its head? */
static bool
is_guide_column(const struct gatherer *gt, const struct line *cell)
{
	const struct line	*l;
	size_t			 i;

	for (i = 0; i < gt->ls->n; i++) {
		l = &gt->ls->l[i];
		if (l->p->table == cell->p->table && l->p->row == 1 &&
		    l->p->cell == cell->p->cell &&
		    lingo_in(gt->g, LINGO_GUIDE_COLUMN, line_words(l), 0,
		    line_words(l)->n))
			return true;
	}
	return false;
}

/* One row of the table, lines i..end-1. False when the outline ends. */
static bool
take_row(struct gatherer *gt, size_t i, size_t end)
{
	const struct line	*first = &gt->ls->l[i], *l;
	struct label		 label = {0};
	struct outline_item	 item;
	const char		*label_text = first->text;
	uint32_t		 main_cell = first->p->cell;
	bool			 pending;

	pending = label_cell(first->text, &label, gt->arena);
	if (pending || *first->text == '\0')
		main_cell++;
	/* the row of heads: "STT | Nội dung" */
	else if (first->p->row == 1 && !label_parse(first->text, &label))
		return true;
	for (i += pending; i < end; i++) {
		l = &gt->ls->l[i];
		if (l->p->cell > main_cell && !is_guide_column(gt, l))
			continue;
		item = item_of(gt, i);
		if (pending && *l->text != '\0') {
			item.label = label;
			item.label_text = label_text;
			item.text = l->text;
			pending = false;
		}
		if (!take_line(gt, item))
			return false;
	}
	return true;
}

/* ---- all of it */

/* Levels of unmarked headings, for an outline without any number. */
static uint8_t
heading_level(const struct line *l)
{
	if (line_words(l)->n == 0 || line_words(l)->n > HEADING_WORDS ||
	    ends_in(l->text, ".;"))
		return 0;
	if (l->p->style_level > 0)
		return l->p->style_level;
	if (text_is_capital(l->text, 80))
		return 1;
	return l->p->bold >= 80 ? 2 : 0;
}

/* Numbers in the lines, in tables of columns or outside them. */
static size_t
count_numbered(const struct gatherer *gt, size_t from, bool in_tables)
{
	const struct line	*l;
	struct outline_item	 item;
	struct label		 label;
	size_t			 i, n = 0;

	for (i = from; i < gt->to; i++) {
		l = &gt->ls->l[i];
		if ((l->p->table != 0 && l->p->row_cells > 1) != in_tables)
			continue;
		item = item_of(gt, i);
		n += is_numbered(&item) ||
		    (in_tables && label_cell(l->text, &label, gt->arena));
	}
	return n;
}

static void
gather(struct gatherer *gt, size_t from, bool by_look)
{
	const struct line	*l;
	struct outline_item	 item;
	size_t			 i, end;

	for (i = from; i < gt->to; i = end) {
		l = &gt->ls->l[i];
		end = i + 1;
		if (l->p->table != 0 && l->p->row_cells > 1) {
			while (end < gt->to && same_row(l, &gt->ls->l[end]))
				end++;
			if (gt->in_tables && !take_row(gt, i, end))
				return;
			continue;
		}
		item = item_of(gt, i);
		if (by_look && item.label.kind == LABEL_NONE)
			item.heading = heading_level(l);
		if (!take_line(gt, item))
			return;
	}
}

/* Lines below the title, down to "(Kèm theo Công văn …)", are its own. */
static size_t
behind_captions(const struct gatherer *gt, size_t from)
{
	const struct line	*l;
	struct outline_item	 item;
	size_t			 i;

	for (i = from; i < gt->to && i < from + CAPTION_LINES; i++) {
		l = &gt->ls->l[i];
		item = item_of(gt, i);
		if (is_numbered(&item))
			break;
		if (*l->text == '(' &&
		    lingo_at(gt->g, LINGO_ENCLOSURE, line_words(l), 0) > 0)
			return i + 1;
	}
	return from;
}

/*
 * By look, what stands above the first heading of the highest level is no
 * heading: a line or two that go on with the title.
 */
static void
drop_captions(struct outline_items *out)
{
	size_t	i, first = 0;

	for (i = 1; i < out->n; i++)
		if (out->items[i].heading > 0 &&
		    out->items[i].heading < out->items[first].heading)
			first = i;
	if (first == 0 || first > CAPTIONS_BY_LOOK)
		return;
	out->items += first;
	out->n -= first;
}

struct outline_items
outline_items_of(const struct lines *ls, size_t from, size_t to,
    bool in_body, const struct lingo *g, struct arena *arena)
{
	struct gatherer		gt = { .ls = ls, .g = g, .arena = arena,
				    .to = to, .in_body = in_body };
	struct outline_item	before;
	size_t			numbers;

	gt.out.end = from;
	if (in_body && from > 0) {
		before = item_of(&gt, from - 1);
		gt.has_before = is_numbered(&before);
		gt.before = before.label;
	}
	numbers = count_numbered(&gt, from, false);
	if (numbers < 2) {
		gt.in_tables = count_numbered(&gt, from, true) >= 2;
		numbers += gt.in_tables;
	}
	gather(&gt, behind_captions(&gt, from), numbers == 0);
	if (numbers == 0)
		drop_captions(&gt.out);
	return gt.out;
}
