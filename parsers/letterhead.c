/*
 * The head of an office document, in the Party's layout and in the state's
 * (Nghị định 30/2020): left the bodies and the number, right the national
 * or the Party's title, place and date. Only the left side names the
 * issuer, often over several lines.
 */
#include "parsers/letterhead.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/label.h"
#include "parsers/lingo.h"
#include "parsers/text.h"
#include "parsers/words.h"

#define HEAD_PARAGRAPHS 60
#define LINE_WORDS 30		/* longer is no line of a letterhead */
#define BODY_WORDS 20
#define BODIES 16		/* lines of the left block */
#define KEY_DAY "ngay2"

size_t
title_words(const struct lingo *g, const struct line *l, struct arena *arena)
{
	const char	*text = text_unspaced(l->text, arena);
	struct words	 ws = *line_words(l);
	size_t		 n;

	/* letters set apart come back as one word: "B Á O   C Á O" */
	if (text != l->text)
		return strcmp(text, "BÁOCÁO") == 0 ? ws.n : 0;
	n = lingo_at(g, LINGO_KIND, &ws, 0);
	if (n == 0 || !text_is_capital(arena_strndup(arena, text,
	    ws.w[n - 1].end), 90))
		return 0;
	return n;
}

bool
is_salutation(const struct lingo *g, const struct words *ws)
{
	return lingo_at(g, LINGO_SALUTATION, ws, 0) > 0;
}

size_t
subject_offset(const struct lingo *g, const struct words *ws)
{
	size_t	n = lingo_at(g, LINGO_ABOUT, ws, 0), at;

	if (n == 0)
		return 0;
	at = ws->w[n - 1].end;
	return at + strspn(ws->text + at, " :.-");
}

/* ---- the parts of a line */

/* The text without a phrase of the set. */
static struct words
without(const struct lingo *g, enum lingo_set set, const struct words *ws,
    struct arena *arena)
{
	const char	*text = ws->text;
	size_t		 i, n;

	i = lingo_find(g, set, ws, 0, ws->n);
	if (i == ws->n)
		return *ws;
	n = lingo_at(g, set, ws, i);
	return words_of(text_clean(arena_printf(arena, "%.*s %s",
	    (int)ws->w[i].start, text, text + ws->w[i + n - 1].end), arena),
	    arena);
}

struct words
letterhead_left(const struct lingo *g, const struct words *line,
    struct arena *arena)
{
	struct words	all, left;

	all = without(g, LINGO_RIGHT_TITLE, line, arena);
	left = without(g, LINGO_UNION_TITLE, &all, arena);
	return *left.text == '\0' ? all : left;
}

/* Bytes of blanks as offices leave them: spaces, dots, ellipses, "_". */
static size_t
blank_span(const char *s)
{
	size_t	n = 0;

	for (;;) {
		if (strncmp(s + n, "…", 3) == 0)
			n += 3;
		else if (s[n] != '\0' && strchr(" ._", s[n]) != NULL)
			n++;
		else
			return n;
	}
}

static bool
is_separator(char c)
{
	return c == '/' || c == '-';
}

/* Is this one of the dashes that Word and people write for "-"? */
static bool
is_other_dash(const char *s)
{
	static const char *const	dashes[] = { "\u2010", "\u2011",
	    "\u2012", "\u2013", "\u2014", "\u2212" };
	size_t				i;

	for (i = 0; i < sizeof(dashes) / sizeof(*dashes); i++)
		if (strncmp(s, dashes[i], strlen(dashes[i])) == 0)
			return true;
	return false;
}

/* Every dash as "-", and no space around a dash or slash. */
static const char *
with_plain_dashes(const char *s, struct arena *arena)
{
	char	*out = arena_alloc(arena, strlen(s) + 1), *to = out;

	for (; *s != '\0'; s++) {
		if (is_other_dash(s)) {
			*to++ = '-';
			s += 2;
		} else if (*s != ' ' || !(is_separator(s[1]) ||
		    is_other_dash(s + 1) ||
		    (to > out && is_separator(to[-1])))) {
			*to++ = *s;
		}
	}
	return out;
}

/*
 * "Số 08-BC/CB", "Số: 45/BC-UBND", "Số -CV/ĐU": false when the line is no
 * number line. Sets *number ("" when blank) and what stands behind it.
 */
static bool
read_number(const struct words *line, struct arena *arena,
    const char **number, const char **rest)
{
	const char	*s, *digits, *code;
	size_t		 n_digits;

	if (words_match(line, 0, "sô1") != 1)
		return false;
	s = with_plain_dashes(line->text + line->w[0].end, arena);
	s += strspn(s, " :");
	s += blank_span(s);
	digits = s;
	n_digits = strspn(s, "0123456789");
	code = s + n_digits + blank_span(s + n_digits);
	if (!is_separator(*code))
		return false;
	s = code + strcspn(code, " ");
	*rest = s;
	while (s > code && strchr(".,;:", s[-1]) != NULL)
		s--;
	*number = n_digits == 0 ? "" : arena_printf(arena, "%.*s%.*s",
	    (int)n_digits, digits, (int)(s - code), code);
	return true;
}

/* "ngày … tháng … năm 2026": all but the year blank. */
static bool
year_only(const struct words *ws, size_t i, struct date *d)
{
	int	year;

	i += words_match(ws, i, "thang1");
	if (words_match(ws, i, "năm") == 0 || i + 2 < ws->n)
		return false;
	year = words_number(ws, i + 1);
	if (year < 1945 || year > 2199)
		return false;
	memset(d, 0, sizeof(*d));
	d->year = year;
	return true;
}

/* May what stands before "ngày" be a place? */
static bool
is_place(const char *s)
{
	size_t	len = strlen(s);

	if (len > 0 && (s[len - 1] == ',' || s[len - 1] == '.'))
		return text_words(s) <= 8;
	return text_words(s) <= 4;
}

/* "Thủy Nguyên, ngày 12 tháng 5 năm 2026" at the end of the line. */
static bool
read_date(const struct words *ws, struct arena *arena, struct letterhead *h)
{
	const char	*place;
	struct date	 d = {0};
	size_t		 i, n, len;

	for (i = 0; i < ws->n; i++) {
		if (words_match(ws, i, KEY_DAY) == 0)
			continue;
		n = date_at(ws, i + 1, &d);
		if (n == 0 ? !year_only(ws, i + 1, &d) : i + 1 + n < ws->n)
			continue;
		place = text_clean(arena_strndup(arena, ws->text,
		    ws->w[i].start), arena);
		if (!is_place(place))
			continue;
		len = strlen(place);
		while (len > 0 && strchr(" ,.", place[len - 1]) != NULL)
			len--;
		h->place = arena_strndup(arena, place, len);
		h->date = d;
		h->has_date_line = true;
		return true;
	}
	return false;
}

bool
is_date_line(const struct words *ws, struct arena *arena)
{
	struct letterhead	h;

	return read_date(ws, arena, &h);
}

bool
is_number_line(const struct words *ws, struct arena *arena)
{
	const char	*number, *rest;

	return read_number(ws, arena, &number, &rest);
}

/* ---- the bodies of the left block */

struct body {
	const char	*text;
	struct words	 words;
	bool		 bold;
};

struct reader {
	const struct lingo *g;
	struct letterhead *h;
	struct body	 bodies[BODIES];
	size_t		 n;
	bool		 open;	/* bodies may still come */
	struct arena	*arena;
};

/* Nothing but the kind of body, so that its name must follow. */
static bool
is_bare(const struct reader *r, const struct body *b)
{
	return lingo_at(r->g, LINGO_BODY, &b->words, 0) == b->words.n;
}

/* Does the line go on with the body of the line above? */
static bool
goes_on(const struct reader *r, const struct body *above,
    const struct body *b)
{
	size_t	n;

	if (lingo_at(r->g, LINGO_PLACE, &b->words, 0) > 0)
		return true;
	n = lingo_at(r->g, LINGO_CLOSING_BODY, &b->words, 0);
	if (n > 0 && n == b->words.n)
		return true;
	if (lingo_at(r->g, LINGO_BODY, &b->words, 0) == 0)
		return true;
	/* by the rules the upper body is upright and the issuer bold */
	if (b->bold && !above->bold)
		return false;
	return is_bare(r, above);
}

/* A line of the left block that belongs to a body's name. */
static bool
is_body_line(const struct reader *r, const struct line *l,
    const struct words *ws)
{
	/* the right column names nobody */
	if (l->p->table != 0 && l->p->row_cells > 1 && l->p->cell > 1)
		return false;
	if (ws->n == 0 || ws->n > BODY_WORDS ||
	    lingo_at(r->g, LINGO_NOTE, ws, 0) > 0)
		return false;
	return text_is_capital(ws->text, 60) ||
	    lingo_at(r->g, LINGO_BODY, ws, 0) > 0;
}

static void
add_body(struct reader *r, const struct line *l, const struct words *ws)
{
	struct body	 b = { ws->text, *ws, l->p->bold >= 50 };
	struct body	*above = r->n > 0 ? &r->bodies[r->n - 1] : NULL;

	if (above != NULL && goes_on(r, above, &b)) {
		above->text = arena_printf(r->arena, "%s %s", above->text,
		    b.text);
		above->words = words_of(above->text, r->arena);
	} else if (r->n < BODIES) {
		r->bodies[r->n++] = b;
	}
}

/* ---- all of it */

/* Does the head end before this line? */
static bool
is_past_head(const struct lingo *g, const struct line *l,
    struct arena *arena)
{
	struct label	label;

	if (is_salutation(g, line_words(l)) || title_words(g, l, arena) > 0)
		return true;
	if (*l->p->number != '\0' || line_words(l)->n > LINE_WORDS)
		return true;
	return label_parse(l->text, &label) && label.kind != LABEL_BULLET;
}

static void
read_line(struct reader *r, const struct line *l)
{
	struct letterhead	*h = r->h;
	const char		*rest;
	struct words		 ws;

	ws = letterhead_left(r->g, line_words(l), r->arena);
	if (!h->has_number_line &&
	    read_number(&ws, r->arena, &h->number, &rest)) {
		h->has_number_line = true;
		r->open = false;
		ws = words_of(text_clean(rest, r->arena), r->arena);
	}
	if (subject_offset(r->g, &ws) > 0) {
		r->open = false;
	} else if (!h->has_date_line && read_date(&ws, r->arena, h)) {
		return;
	} else if (r->open && is_body_line(r, l, &ws)) {
		add_body(r, l, &ws);
	}
}

struct letterhead *
letterhead_read(const struct document *doc, const struct lingo *g,
    struct arena *arena)
{
	struct letterhead	*h = arena_alloc(arena, sizeof(*h));
	struct reader		 r = { .g = g, .h = h, .open = true,
				    .arena = arena };
	size_t			 i;

	h->parent = h->issuer = h->number = h->place = "";
	h->lines = lines_of(doc, 0, HEAD_PARAGRAPHS, arena);
	for (i = 0; i < h->lines.n; i++) {
		if (is_past_head(g, &h->lines.l[i], arena))
			break;
		read_line(&r, &h->lines.l[i]);
	}
	h->past = i;
	if (r.n > 0)
		h->issuer = r.bodies[r.n - 1].text;
	if (r.n > 1)
		h->parent = r.bodies[r.n - 2].text;
	return h;
}
