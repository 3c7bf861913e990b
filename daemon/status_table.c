/*
 * The state of a campaign for a terminal: fits 80 columns, uses the room
 * of wider ones for names. Colours repeat what the words say.
 */
#include "daemon/status_write.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define COLUMNS_LEAST 60
#define WIDTH_CODE 9
#define WIDTH_TIME 11		/* 12/05 09:14 */
#define WIDTH_STATE 15		/* trễ hạn 12 ngày */
#define WIDTH_CONTENT 17		/* chưa đọc được tệp */
#define WIDTH_NAME_LEAST 12

static const char *const colours[] = {
	[TIME_NOT_DUE] = "", [TIME_ON_TIME] = "\033[32m",
	[TIME_LATE] = "\033[33m", [TIME_OVERDUE] = "\033[31m",
	[TIME_EXCUSED] = "\033[2m"
};
static const char *const content_colours[] = {
	[CONTENT_NONE] = "", [CONTENT_COMPLETE] = "\033[32m",
	[CONTENT_INCOMPLETE] = "\033[31m",
	[CONTENT_UNREADABLE] = "\033[31m", [CONTENT_IN_REVIEW] = "\033[35m"
};
#define COLOUR_OFF "\033[0m"
#define BOLD "\033[1m"

struct table {
	const struct status_terminal *t;
	struct arena	*arena;
	struct strbuf	*out;
	int		 name_width;
};

/* One cell, cut and filled up to its width, and a blank. */
static void
cell(const struct table *tb, const char *s, int width, const char *colour)
{
	const char	*cut = text_cut(text_clean(s, tb->arena), width,
			    tb->arena);
	const bool	 coloured = tb->t->colours && *colour != '\0' &&
			    *cut != '\0';
	int		 w = text_width(cut);

	if (coloured)
		strbuf_adds(tb->out, colour);
	strbuf_adds(tb->out, cut);
	if (coloured)
		strbuf_adds(tb->out, COLOUR_OFF);
	for (; w <= width; w++)
		strbuf_addc(tb->out, ' ');
}

static void
end_line(const struct table *tb)
{
	while (tb->out->len > 0 && tb->out->s[tb->out->len - 1] == ' ')
		tb->out->s[--tb->out->len] = '\0';
	strbuf_addc(tb->out, '\n');
}

/* A sentence, broken at blanks; `used` columns of its line are taken. */
static void
wrap(const struct table *tb, const char *s, const char *indent, int used)
{
	const char	*word = text_clean(s, tb->arena), *end;
	const char	*piece;
	const int	 start = used;
	int		 w;

	while (*word != '\0') {
		end = word + strcspn(word, " ");
		piece = text_cut(arena_strndup(tb->arena, word,
		    (size_t)(end - word)), tb->t->columns - 4, tb->arena);
		w = text_width(piece);
		if (used > start && used + 1 + w > tb->t->columns) {
			strbuf_addf(tb->out, "\n%s", indent);
			used = text_width(indent);
		} else if (used > start) {
			strbuf_addc(tb->out, ' ');
			used++;
		}
		strbuf_adds(tb->out, piece);
		used += w;
		word = end + strspn(end, " ");
	}
	strbuf_addc(tb->out, '\n');
}

static void
header_row(const struct table *tb)
{
	const char	*b = BOLD;

	cell(tb, text_word(WORD_COL_CODE), WIDTH_CODE, b);
	cell(tb, text_word(WORD_COL_UNIT), tb->name_width, b);
	cell(tb, text_word(WORD_COL_RECEIVED), WIDTH_TIME, b);
	cell(tb, text_word(WORD_COL_TIME), WIDTH_STATE, b);
	cell(tb, text_word(WORD_COL_CONTENT), WIDTH_CONTENT, b);
	end_line(tb);
}

/* "12/05 09:14" of "12/05/2026 09:14:03". */
static const char *
short_time(time_t t, struct arena *arena)
{
	const char	*stamp;

	if (t == 0)
		return "";
	stamp = local_stamp(t, arena);
	return arena_printf(arena, "%.5s %.5s", stamp, stamp + 11);
}

/* Names differ at their ends: what is too long loses its middle. */
static const char *
cut_middle(const struct table *tb, const char *name, int width)
{
	const char	*clean = text_clean(name, tb->arena);
	const char	*tail = clean + strlen(clean), *at = tail;

	if (text_width(clean) <= width)
		return clean;
	while (at > clean && text_width(at) <= width / 2) {
		if (*at == ' ')
			tail = at;
		do
			at--;
		while (at > clean && (*at & 0xc0) == 0x80);
	}
	return arena_printf(tb->arena, "%s%s", text_cut(clean, width -
	    text_width(tail), tb->arena), tail);
}

static void
unit_row(const struct table *tb, const struct status_unit *u)
{
	const struct verdict	*v = &u->verdict;

	cell(tb, u->unit->code, WIDTH_CODE, "");
	cell(tb, cut_middle(tb, u->unit->name, tb->name_width),
	    tb->name_width, "");
	cell(tb, short_time(v->received, tb->arena), WIDTH_TIME, "");
	cell(tb, v->time == TIME_OVERDUE ? text_word(WORD_OVERDUE_SHORT) :
	    text_time(v, tb->arena), WIDTH_STATE, colours[v->time]);
	cell(tb, v->content == CONTENT_NONE ? "" :
	    text_content(v, tb->arena), WIDTH_CONTENT,
	    content_colours[v->content]);
	end_line(tb);
}

static void
group_row(const struct table *tb, const struct status *s, int line)
{
	const char	*name = "";

	if (line > 0 && (size_t)line <= s->campaign->n_recipients)
		name = s->campaign->recipients[line - 1].text;
	cell(tb, name, tb->t->columns - 1, BOLD);
	end_line(tb);
}

static void
clerk_rows(const struct table *tb, const struct status *s)
{
	const struct clerk_item	*item;
	struct strbuf		 line = { 0 };
	size_t			 i, j;

	if (s->n_clerk == 0)
		return;
	strbuf_addf(tb->out, "\n%s (%zu):\n", text_word(WORD_PAGE_CLERK),
	    s->n_clerk);
	for (i = 0; i < s->n_clerk; i++) {
		item = &s->clerk[i];
		strbuf_reset(&line);
		strbuf_addf(&line, "%s %s%s%s: %s",
		    row_item(item, tb->arena),
		    short_time(item->received, tb->arena),
		    *item->from != '\0' ? " " : "", item->from,
		    item->reason);
		for (j = 0; j < item->n_guesses; j++)
			strbuf_addf(&line, "%s %s", j > 0 ? "," :
			    arena_printf(tb->arena, "; %s:",
			    text_word(WORD_GUESSES)),
			    item->guesses[j].unit);
		strbuf_adds(tb->out, "  ");
		wrap(tb, strbuf_get(&line), "    ", 2);
	}
	strbuf_clear(&line);
}

void
status_write_table(const struct status *s, const struct status_terminal *t,
    struct strbuf *out)
{
	struct status_terminal	 term = *t;
	struct table		 tb = { &term, arena_new(0), out, 0 };
	struct strbuf		 line = { 0 };
	size_t			 i;

	if (term.columns < COLUMNS_LEAST)
		term.columns = COLUMNS_LEAST;
	tb.name_width = term.columns - WIDTH_CODE - WIDTH_TIME -
	    WIDTH_STATE - WIDTH_CONTENT - 5;
	if (tb.name_width < WIDTH_NAME_LEAST)
		tb.name_width = WIDTH_NAME_LEAST;
	status_line(s, 5, &line);
	wrap(&tb, strbuf_get(&line), "  ", 0);
	strbuf_clear(&line);
	strbuf_addf(out, "%s: %s\n\n", text_word(WORD_PAGE_LAST_FETCH),
	    s->last_fetch == 0 ? text_word(WORD_PAGE_NEVER) :
	    local_text(s->last_fetch, tb.arena));
	header_row(&tb);
	for (i = 0; i < s->n_units; i++) {
		if (i == 0 || s->units[i].recipient !=
		    s->units[i - 1].recipient)
			group_row(&tb, s, s->units[i].recipient);
		unit_row(&tb, &s->units[i]);
	}
	clerk_rows(&tb, s);
	arena_free(tb.arena);
}
