/*
 * "Bảng theo dõi tình hình nộp báo cáo" as offices keep it: a title block,
 * rows grouped by the letter's Kính gửi lines, a sum for each group and
 * for all; ready to print on A4.
 */
#include "daemon/status_xlsx.h"

#include <string.h>

#include <xlsxwriter.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/status_write.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define FONT "Times New Roman"
#define PAPER_A4 9
#define LINE_BYTES 160		/* of the leader's sentence, on paper */
#define LINE_NAMES 50		/* in it; the table below has all */
#define LINE_POINTS 15.0
#define ROW_POINTS 409.0	/* no row may be higher */
#define LETTERS_PER_WIDTH 1.2	/* our font is narrower than Excel's own */
#define CELL_MAX 32000		/* bytes; a cell takes 32,767 characters */

enum look { LOOK_TITLE, LOOK_LINE, LOOK_HEAD, LOOK_GROUP, LOOK_TEXT,
	LOOK_CENTRE, LOOK_SUM, LOOK_GOOD, LOOK_LATE, LOOK_BAD, LOOK_ASK,
	LOOK_COUNT };

struct book {
	const struct status *s;
	struct arena	*arena;
	lxw_workbook	*wb;
	lxw_worksheet	*ws;
	lxw_format	*looks[LOOK_COUNT];
	lxw_row_t	 row;
	const struct column *columns; /* of the sheet */
	size_t		 n_columns;
	int		 lines;	/* of the tallest cell of the row */
};

struct column {
	enum word	 word;
	double		 width;	/* in letters */
};

static const struct column main_columns[] = {
	{ WORD_COL_NUMBER, 5 }, { WORD_COL_CODE, 10 },
	{ WORD_COL_UNIT, 38 }, { WORD_COL_RECEIVED, 16 },
	{ WORD_COL_DOC_NUMBER, 16 }, { WORD_COL_DOC_DATE, 12 },
	{ WORD_COL_TIME, 18 }, { WORD_COL_CHANNEL, 12 },
	{ WORD_COL_CONTENT, 24 }, { WORD_COL_FILE, 24 },
	{ WORD_COL_REMINDED, 16 }, { WORD_COL_NOTE, 24 }
};
#define N_MAIN (sizeof(main_columns) / sizeof(*main_columns))

static const struct column clerk_columns[] = {
	{ WORD_COL_NUMBER, 5 }, { WORD_COL_CODE, 10 },
	{ WORD_COL_RECEIVED, 16 }, { WORD_COL_FROM, 32 },
	{ WORD_COL_SUBJECT, 40 }, { WORD_COL_REASON, 40 },
	{ WORD_GUESSES, 30 }
};
#define N_CLERK (sizeof(clerk_columns) / sizeof(*clerk_columns))

static void
make_looks(struct book *b)
{
	static const struct {
		int		 size, bold, border, align;
		lxw_color_t	 fill;
	} rows[LOOK_COUNT] = {
		[LOOK_TITLE] = { 14, 1, 0, LXW_ALIGN_CENTER, 0 },
		[LOOK_LINE] = { 12, 0, 0, LXW_ALIGN_CENTER, 0 },
		[LOOK_HEAD] = { 11, 1, 1, LXW_ALIGN_CENTER, 0xDDE5EC },
		[LOOK_GROUP] = { 11, 1, 1, LXW_ALIGN_LEFT, 0xEEF2F6 },
		[LOOK_TEXT] = { 11, 0, 1, LXW_ALIGN_LEFT, 0 },
		[LOOK_CENTRE] = { 11, 0, 1, LXW_ALIGN_CENTER, 0 },
		[LOOK_SUM] = { 11, 1, 1, LXW_ALIGN_LEFT, 0 },
		[LOOK_GOOD] = { 11, 0, 1, LXW_ALIGN_LEFT, 0xE2F3E6 },
		[LOOK_LATE] = { 11, 0, 1, LXW_ALIGN_LEFT, 0xFFEBCC },
		[LOOK_BAD] = { 11, 0, 1, LXW_ALIGN_LEFT, 0xFFE3E6 },
		[LOOK_ASK] = { 11, 0, 1, LXW_ALIGN_LEFT, 0xEEE5FF }
	};
	lxw_format	*f;
	int		 i;

	for (i = 0; i < LOOK_COUNT; i++) {
		f = workbook_add_format(b->wb);
		format_set_font_name(f, FONT);
		format_set_font_size(f, rows[i].size);
		if (rows[i].bold)
			format_set_bold(f);
		if (rows[i].border)
			format_set_border(f, LXW_BORDER_THIN);
		format_set_align(f, (uint8_t)rows[i].align);
		format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
		format_set_text_wrap(f);
		if (rows[i].fill != 0)
			format_set_bg_color(f, rows[i].fill);
		b->looks[i] = f;
	}
}

/* Programs that do not fit rows to wrapped text are told how high it is. */
static void
count_lines(struct book *b, lxw_col_t col, const char *s)
{
	int	lines;

	if (col >= b->n_columns)
		return;
	lines = 1 + (int)(text_width(s) / (b->columns[col].width *
	    LETTERS_PER_WIDTH));
	if (lines > b->lines)
		b->lines = lines;
}

static void
set_height(struct book *b, double lines)
{
	double	points = LINE_POINTS * lines;

	worksheet_set_row(b->ws, b->row, points > ROW_POINTS ? ROW_POINTS :
	    points, NULL);
}

static void
end_row(struct book *b)
{
	if (b->lines > 1)
		set_height(b, b->lines);
	b->lines = 1;
	b->row++;
}

static void
put(struct book *b, lxw_col_t col, const char *s, enum look look)
{
	count_lines(b, col, s);
	if (strlen(s) > CELL_MAX)
		s = text_cut(s, CELL_MAX / 4, b->arena);
	if (*s == '\0')
		worksheet_write_blank(b->ws, b->row, col, b->looks[look]);
	else
		worksheet_write_string(b->ws, b->row, col, s,
		    b->looks[look]);
}

static void
put_number(struct book *b, lxw_col_t col, size_t n)
{
	worksheet_write_number(b->ws, b->row, col, (double)n,
	    b->looks[LOOK_CENTRE]);
}

/* A line over all columns. */
static void
put_line(struct book *b, size_t n, const char *s, enum look look)
{
	worksheet_merge_range(b->ws, b->row, 0, b->row, (lxw_col_t)(n - 1),
	    s, b->looks[look]);
	b->row++;
}

static void
begin_sheet(struct book *b, enum word name, const struct column *columns,
    size_t n)
{
	size_t	i;

	b->ws = workbook_add_worksheet(b->wb, text_word(name));
	b->row = 0;
	b->columns = columns;
	b->n_columns = n;
	b->lines = 1;
	worksheet_set_landscape(b->ws);
	worksheet_set_paper(b->ws, PAPER_A4);
	worksheet_set_margins(b->ws, 0.6, 0.4, 0.6, 0.6);
	worksheet_fit_to_pages(b->ws, 1, 0);
	worksheet_set_footer(b->ws, "&C&P/&N");
	for (i = 0; i < n; i++)
		worksheet_set_column(b->ws, (lxw_col_t)i, (lxw_col_t)i,
		    columns[i].width, NULL);
}

static void
head_row(struct book *b, const struct column *columns, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++)
		put(b, (lxw_col_t)i, text_word(columns[i].word), LOOK_HEAD);
	end_row(b);
	worksheet_freeze_panes(b->ws, b->row, 0);
	worksheet_repeat_rows(b->ws, b->row - 1, b->row - 1);
}

static void
title_block(struct book *b, const struct status_page *page)
{
	const struct campaign	*c = b->s->campaign;
	struct strbuf		 line = { 0 };
	size_t			 lines;

	put_line(b, N_MAIN, text_upper(page->office, b->arena), LOOK_LINE);
	put_line(b, N_MAIN, text_word(WORD_SHEET_TITLE), LOOK_TITLE);
	put_line(b, N_MAIN, arena_printf(b->arena, "(%s %s %s)",
	    text_letter_ref(c, b->arena), text_word(WORD_PAGE_ABOUT),
	    c->subject), LOOK_LINE);
	if (b->s->term.due != 0)
		put_line(b, N_MAIN, arena_printf(b->arena, "%s: %s",
		    text_word(WORD_PAGE_TERM), text_deadline(c,
		    &b->s->term, b->arena)), LOOK_LINE);
	status_line(b->s, LINE_NAMES, &line);
	lines = 1 + line.len / LINE_BYTES;
	set_height(b, (double)lines);
	put_line(b, N_MAIN, strbuf_get(&line), LOOK_LINE);
	strbuf_clear(&line);
	b->row++;
}

static void
unit_row(struct book *b, const struct status_unit *u, size_t number)
{
	static const enum look time_looks[] = {
		[TIME_NOT_DUE] = LOOK_TEXT, [TIME_ON_TIME] = LOOK_GOOD,
		[TIME_LATE] = LOOK_LATE, [TIME_OVERDUE] = LOOK_BAD,
		[TIME_EXCUSED] = LOOK_TEXT
	};
	static const enum look content_looks[] = {
		[CONTENT_NONE] = LOOK_TEXT, [CONTENT_COMPLETE] = LOOK_GOOD,
		[CONTENT_INCOMPLETE] = LOOK_BAD,
		[CONTENT_UNREADABLE] = LOOK_BAD,
		[CONTENT_IN_REVIEW] = LOOK_ASK
	};
	const struct verdict	*v = &u->verdict;

	put_number(b, 0, number);
	put(b, 1, u->unit->code, LOOK_TEXT);
	put(b, 2, u->unit->name, LOOK_TEXT);
	put(b, 3, row_time(v->received, b->arena), LOOK_CENTRE);
	put(b, 4, row_document_number(u), LOOK_TEXT);
	put(b, 5, row_document_date(u, b->arena), LOOK_CENTRE);
	put(b, 6, text_time(v, b->arena), time_looks[v->time]);
	put(b, 7, v->is_submitted ? text_channel(v->channel) : "",
	    LOOK_TEXT);
	put(b, 8, v->content == CONTENT_NONE ? "" :
	    text_content(v, b->arena), content_looks[v->content]);
	put(b, 9, row_file(u), LOOK_TEXT);
	put(b, 10, row_reminders(b->s, u, b->arena), LOOK_TEXT);
	put(b, 11, u->note, LOOK_TEXT);
	end_row(b);
}

/* "Cộng: 5/8 đơn vị đã nộp" of rows first..end-1. */
static void
sum_row(struct book *b, enum word w, size_t first, size_t end)
{
	size_t	i, submitted = 0, late = 0;

	for (i = first; i < end; i++) {
		submitted += b->s->units[i].verdict.is_submitted;
		late += b->s->units[i].verdict.is_submitted &&
		    b->s->units[i].verdict.time == TIME_LATE;
	}
	for (i = 0; i < N_MAIN; i++)
		put(b, (lxw_col_t)i, "", LOOK_SUM);
	put(b, 2, text_word(w), LOOK_SUM);
	put(b, 3, arena_printf(b->arena, "%zu/%zu", submitted, end - first),
	    LOOK_SUM);
	put(b, 6, arena_printf(b->arena, "%s: %zu", text_word(WORD_LATE),
	    late), LOOK_SUM);
	b->row++;
}

static void
main_sheet(struct book *b, const struct status_page *page)
{
	const struct status	*s = b->s;
	size_t			 i, first, group = 0;
	int			 line;

	begin_sheet(b, WORD_PAGE_TABLE, main_columns, N_MAIN);
	title_block(b, page);
	head_row(b, main_columns, N_MAIN);
	for (i = 0; i < s->n_units;) {
		first = i;
		line = s->units[i].recipient;
		put_line(b, N_MAIN, arena_printf(b->arena, "%s. %s",
		    row_roman(++group, b->arena), line > 0 &&
		    (size_t)line <= s->campaign->n_recipients ?
		    s->campaign->recipients[line - 1].text : ""),
		    LOOK_GROUP);
		for (; i < s->n_units && s->units[i].recipient == line; i++)
			unit_row(b, &s->units[i], i + 1);
		sum_row(b, WORD_SHEET_SUM, first, i);
	}
	sum_row(b, WORD_SHEET_TOTAL, 0, s->n_units);
	worksheet_print_area(b->ws, 0, 0, b->row - 1, N_MAIN - 1);
}

static void
clerk_sheet(struct book *b)
{
	const struct clerk_item	*item;
	struct strbuf		 guesses = { 0 };
	size_t			 i, j;

	begin_sheet(b, WORD_PAGE_CLERK, clerk_columns, N_CLERK);
	head_row(b, clerk_columns, N_CLERK);
	for (i = 0; i < b->s->n_clerk; i++) {
		item = &b->s->clerk[i];
		strbuf_reset(&guesses);
		for (j = 0; j < item->n_guesses; j++)
			strbuf_addf(&guesses, "%s%s", j > 0 ? "; " : "",
			    item->guesses[j].unit);
		put_number(b, 0, i + 1);
		put(b, 1, item->id, LOOK_TEXT);
		put(b, 2, row_time(item->received, b->arena), LOOK_CENTRE);
		put(b, 3, item->from, LOOK_TEXT);
		put(b, 4, item->subject, LOOK_TEXT);
		put(b, 5, item->reason, LOOK_TEXT);
		put(b, 6, strbuf_get(&guesses), LOOK_TEXT);
		end_row(b);
	}
	strbuf_clear(&guesses);
}

/* Units by sections, in signs. */
static void
matrix_sheet(struct book *b)
{
	static const enum look looks[] = {
		[ROW_SECTION_NOT_OWED] = LOOK_CENTRE,
		[ROW_SECTION_FILLED] = LOOK_GOOD,
		[ROW_SECTION_EMPTY] = LOOK_LATE,
		[ROW_SECTION_MISSING] = LOOK_BAD,
		[ROW_SECTION_UNSURE] = LOOK_ASK
	};
	const struct outline	*o = b->s->campaign->outline;
	enum row_section	 state;
	lxw_col_t		 col;
	size_t			 i, n;

	static const struct column columns[] = {
		{ WORD_COL_CODE, 12 }, { WORD_COL_UNIT, 38 }
	};

	begin_sheet(b, WORD_PAGE_OUTLINE, columns, 2);
	put(b, 0, text_word(WORD_COL_CODE), LOOK_HEAD);
	put(b, 1, text_word(WORD_COL_UNIT), LOOK_HEAD);
	for (i = 0, col = 2; i < o->n; i++)
		if (o->nodes[i].kind != NODE_GUIDANCE)
			put(b, col++, o->nodes[i].id, LOOK_HEAD);
	worksheet_freeze_panes(b->ws, ++b->row, 2);
	worksheet_repeat_rows(b->ws, 0, 0);
	for (n = 0; n < b->s->n_units; n++, b->row++) {
		put(b, 0, b->s->units[n].unit->code, LOOK_TEXT);
		put(b, 1, b->s->units[n].unit->name, LOOK_TEXT);
		for (i = 0, col = 2; i < o->n; i++) {
			if (o->nodes[i].kind == NODE_GUIDANCE)
				continue;
			state = row_section(&b->s->units[n].verdict, i);
			put(b, col++, row_section_sign(state), looks[state]);
		}
	}
}

int
status_write_xlsx(const struct status *s, const struct status_page *page,
    const char *path, const char **why)
{
	struct book	b = { .s = s, .arena = arena_new(0) };
	lxw_error	error;

	b.wb = workbook_new(path);
	if (b.wb == NULL)
		error = LXW_ERROR_CREATING_XLSX_FILE;
	else {
		make_looks(&b);
		main_sheet(&b, page);
		clerk_sheet(&b);
		matrix_sheet(&b);
		error = workbook_close(b.wb);
	}
	arena_free(b.arena);
	if (error == LXW_NO_ERROR)
		return 0;
	*why = lxw_strerror(error);
	return -1;
}
