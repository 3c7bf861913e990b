/*
 * Kind, subject and period of a document, from the lines of its head.
 */
#include "parsers/subject.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/dates.h"
#include "parsers/label.h"
#include "parsers/letterhead.h"
#include "parsers/lingo.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "parsers/words.h"

#define SUBJECT_LINES 8
#define SUBJECT_WORDS 60	/* of one line */
#define KIND_WORDS 5		/* "BÁO CÁO SƠ KẾT" is all kind */

/* ---- subject */

/* A line that cannot belong to the subject. */
static bool
ends_subject(const struct line *l, const struct lingo *g, struct arena *arena)
{
	struct label	 label;
	size_t		 len = strlen(l->text);

	if (text_is_rule(l->text) || *l->p->number != '\0' ||
	    line_words(l)->n > SUBJECT_WORDS || l->text[0] == '(' ||
	    strchr(":.", l->text[len - 1]) != NULL)
		return true;
	/* "KHẨN", "HỎA TỐC" */
	if (lingo_at(g, LINGO_NOTE, line_words(l), 0) == line_words(l)->n &&
	    text_is_capital(l->text, 80))
		return true;
	if (is_salutation(g, line_words(l)) ||
	    is_date_line(line_words(l), arena) ||
	    is_number_line(line_words(l), arena) ||
	    lingo_at(g, LINGO_RIGHT_TITLE, line_words(l), 0) > 0 ||
	    title_words(g, l, arena) > 0)
		return true;
	/* "9 THÁNG ĐẦU NĂM" is no label */
	return label_parse(l->text, &label) && label.mark != ' ';
}

/* Does the line look unlike the first line of the subject? */
static bool
looks_other(const struct line *first, const struct line *l)
{
	if (first->p->table != l->p->table || first->p->row != l->p->row ||
	    first->p->cell != l->p->cell)
		return true;
	if (first->p->centred && !l->p->centred)
		return true;
	return first->p->bold >= 50 && l->p->bold < 50;
}

/* Add the lines from i on that go on with the subject. */
static void
add_lines(struct strbuf *b, const struct letterhead *h, size_t i,
    const struct lingo *g, struct arena *arena)
{
	const struct line	*l, *first = NULL;
	size_t			 n;

	for (n = 0; i < h->lines.n && n < SUBJECT_LINES; i++, n++) {
		l = &h->lines.l[i];
		if (*l->text == '\0' && b->len == 0)
			continue;
		if (*l->text == '\0' || ends_subject(l, g, arena))
			return;
		if (first == NULL)
			first = l;
		if (looks_other(first, l))
			return;
		if (b->len > 0)
			strbuf_addc(b, ' ');
		strbuf_adds(b, l->text);
	}
}

/* Lines behind "V/v"; they stay in its cell. */
static void
add_about(struct strbuf *b, const struct letterhead *h, size_t i,
    const struct lingo *g, struct arena *arena)
{
	const struct line	*about = &h->lines.l[i], *l;
	size_t			 n;

	strbuf_adds(b, about->text + subject_offset(g, line_words(about)));
	for (n = 1; n < SUBJECT_LINES && ++i < h->lines.n; n++) {
		l = &h->lines.l[i];
		if (*l->text == '\0' || ends_subject(l, g, arena) ||
		    l->p->table != about->p->table ||
		    l->p->row != about->p->row ||
		    l->p->cell != about->p->cell)
			return;
		strbuf_addf(b, " %s", l->text);
	}
}

/* The words of the kind; the line may be longer, or letter by letter. */
static const char *
kind_of(const struct line *l, size_t n, const char **rest,
    struct arena *arena)
{
	const char	*unspaced = text_unspaced(l->text, arena);

	*rest = "";
	if (unspaced != l->text)
		return "BÁO CÁO";
	if (line_words(l)->n <= KIND_WORDS)
		return l->text;
	*rest = l->text + line_words(l)->w[n - 1].end;
	*rest += strspn(*rest, " :.-");
	return arena_strndup(arena, l->text, line_words(l)->w[n - 1].end);
}

static size_t
find_title(const struct letterhead *h, const struct lingo *g,
    struct arena *arena)
{
	size_t	i;

	for (i = 0; i < h->lines.n; i++)
		if (title_words(g, &h->lines.l[i], arena) > 0)
			return i;
	return i;
}

/* "V/v" above the title and any salutation; else `title`. */
static size_t
find_about(const struct letterhead *h, size_t title, const struct lingo *g)
{
	size_t	i;

	for (i = 0; i < title; i++) {
		if (subject_offset(g, line_words(&h->lines.l[i])) > 0)
			return i;
		if (is_salutation(g, line_words(&h->lines.l[i])))
			break;
	}
	return title;
}

/* "V/v" may also stand below a kind. */
static const char *
without_about(const char *text, const struct lingo *g, struct arena *arena)
{
	struct words	ws = words_of(text, arena);

	return text + subject_offset(g, &ws);
}

struct subject
subject_find(const struct letterhead *h, const struct lingo *g,
    struct arena *arena)
{
	struct subject	 s = { "", "", 0 };
	struct strbuf	 b = {0};
	const char	*rest;
	size_t		 about, len;

	s.title = find_title(h, g, arena);
	about = find_about(h, s.title, g);
	if (about < s.title) {
		s.title = h->lines.n;
		add_about(&b, h, about, g, arena);
	} else if (s.title < h->lines.n) {
		s.kind = kind_of(&h->lines.l[s.title], title_words(g,
		    &h->lines.l[s.title], arena), &rest, arena);
		strbuf_adds(&b, rest);
		add_lines(&b, h, s.title + 1, g, arena);
	}
	s.text = text_clean(strbuf_get(&b), arena);
	strbuf_clear(&b);
	s.text = without_about(s.text, g, arena);
	len = strlen(s.text);
	while (len > 0 && strchr(" .,;:-_*", s.text[len - 1]) != NULL)
		len--;
	s.text = arena_strndup(arena, s.text, len);
	return s;
}

/* ---- period */

/* A year, "năm 2026" or "/2026", at word i: the words it takes. */
static size_t
year_at(const struct words *ws, size_t i)
{
	size_t	skip = words_match(ws, i, "năm");
	int	n = words_number(ws, i + skip);

	if (n < 1945 || n > 2199)
		return 0;
	if (skip == 0 && (i == 0 || words_gap(ws, i - 1) != '/'))
		return 0;
	return skip + 1;
}

/* "2025 - 2026" at word i. */
static size_t
years_at(const struct words *ws, size_t i)
{
	int	a = words_number(ws, i), b = words_number(ws, i + 1);

	return a >= 1945 && a <= 2199 && b > a && b <= 2199 ? 2 : 0;
}

/* A number in figures, Roman ones or one of the words for 3, 6, 9. */
static size_t
count_at(const struct words *ws, size_t i)
{
	static const char *const names[] = { "ba", "sau1", "chin1" };
	size_t			 k;

	if (i >= ws->n)
		return 0;
	if (words_number(ws, i) >= 1 && words_number(ws, i) <= 12)
		return 1;
	for (k = 0; k < 3; k++)
		if (words_match(ws, i, names[k]) == 1)
			return 1;
	return text_roman(ws->w[i].key, strlen(ws->w[i].key)) > 0;
}

/* "6 tháng đầu năm 2026", "9 tháng năm 2026". */
static size_t
months_at(const struct words *ws, size_t i)
{
	size_t	n = count_at(ws, i), half;

	if (n == 0 || words_match(ws, i + 1, "thang1") == 0)
		return 0;
	half = words_match(ws, i + 2, "đâu2") +
	    words_match(ws, i + 2, "cuôi1");
	n = 2 + half;
	if (year_at(ws, i + n) > 0)
		return n + year_at(ws, i + n);
	return half == 0 ? 0 : n + words_match(ws, i + n, "năm");
}

/* "quý II năm 2026", "tháng 5/2026". */
static size_t
part_at(const struct words *ws, size_t i)
{
	bool	quarter = words_match(ws, i, "qui1") == 1;

	if (!quarter && words_match(ws, i, "thang1") == 0)
		return 0;
	if (count_at(ws, i + 1) == 0)
		return 0;
	if (year_at(ws, i + 2) > 0)
		return 2 + year_at(ws, i + 2);
	return 2;
}

/* "từ ngày 1/1/2026 đến (hết) ngày 30/6/2026" */
static size_t
span_at(const struct words *ws, size_t i)
{
	struct date	d;
	size_t		n, k = i;

	k += words_match(ws, k, "tư2");
	if (k == i)
		return 0;
	k += words_match(ws, k, "ngay2");
	n = date_at(ws, k, &d);
	k += n;
	if (n == 0 || words_match(ws, k, "đên1") == 0)
		return 0;
	k += 1 + words_match(ws, k + 1, "hêt1");
	k += words_match(ws, k, "ngay2");
	n = date_at(ws, k, &d);
	return n == 0 ? 0 : k + n - i;
}

/* "năm học 2025 - 2026", "giai đoạn 2021 - 2025", "năm 2026" */
static size_t
years_named_at(const struct words *ws, size_t i)
{
	static const char *const names[] = {
		"năm hoc5", "giai đoan5", "nhiêm5 ki2",
	};
	size_t			 k, n;

	for (k = 0; k < 3; k++) {
		n = words_match(ws, i, names[k]);
		if (n > 0 && years_at(ws, i + n) > 0)
			return n + 2;
	}
	return year_at(ws, i);
}

static size_t
period_at(const struct words *ws, size_t i)
{
	size_t	n;

	if ((n = span_at(ws, i)) > 0 || (n = months_at(ws, i)) > 0 ||
	    (n = part_at(ws, i)) > 0)
		return n;
	return years_named_at(ws, i);
}

/* Has the text from word `from` to `to` a year? */
static bool
has_year(const struct words *ws, size_t from, size_t to)
{
	for (; from < to; from++)
		if (words_number(ws, from) >= 1945)
			return true;
	return false;
}

const char *
period_find(const struct words *ws, struct arena *arena)
{
	const char	*text, *gap;
	size_t		 i, k, n = 0;
	int		 year;

	for (i = 0; i < ws->n && (n = period_at(ws, i)) == 0; i++)
		continue;
	if (n == 0)
		return "";
	text = arena_strndup(arena, ws->text + ws->w[i].start,
	    ws->w[i + n - 1].end - ws->w[i].start);
	if (has_year(ws, i, i + n))
		return text;
	for (k = i + n; k < ws->n; k++) {
		year = words_number(ws, k);
		if (year < 1945 || year > 2199)
			continue;
		gap = words_match(ws, i + n - 1, "năm") == 1 ? "" : "năm ";
		return arena_printf(arena, "%s %s%d", text, gap, year);
	}
	return text;
}
