/*
 * Which of a letter's dates is the deadline for the reports, and where the
 * reports go. Letters name many dates: of other papers, of meetings, of
 * the report that the office itself owes; the words around each weigh it.
 */
#include "parsers/letter_due.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/lines.h"
#include "parsers/lingo.h"
#include "parsers/text.h"
#include "parsers/words.h"

#define RIVAL_MARGIN 2		/* points that make another date a rival */
#define TALLY_WORDS 10		/* "số liệu tính từ ngày" before the date */
#define RECEIVER_WORDS 60	/* from "gửi" to "về Văn phòng" */
#define BODY_WORDS 30		/* words of a receiver's name */
#define KEY_REPORT "bao1 cao1"
#define KEY_THROUGH "qua"

/* A deadline with the text it stands in. */
struct candidate {
	struct words	 ws;
	struct deadline	 d;
	size_t		 from;	/* words of its sentence */
	size_t		 to;
	int		 points;
};

struct weigher {
	const struct lingo *g;
	const char	*issuer; /* words_key() of its name */
	struct date	 issued;
	struct arena	*arena;
	struct candidate *all;
	size_t		 n;
	size_t		 cap;
};

static void
find_sentence(struct candidate *c)
{
	c->from = c->d.first;
	while (c->from > 0 && !words_sentence_ends(&c->ws, c->from) &&
	    c->d.first - c->from < LIMIT_SENTENCE_WORDS)
		c->from--;
	c->to = c->d.end;
	while (c->to < c->ws.n && !words_sentence_ends(&c->ws, c->to) &&
	    c->to - c->d.end < LIMIT_SENTENCE_WORDS)
		c->to++;
}

/*
 * Points for what the words before the date say. previous: where the
 * deadline before it in the same sentence ends, or the sentence begins.
 */
static int
weigh_words(const struct weigher *w, const struct candidate *c,
    size_t previous)
{
	const struct words	*ws = &c->ws;
	size_t			 near, first = c->d.first;
	int			 points = 0;

	near = first > previous + TALLY_WORDS ? first - TALLY_WORDS :
	    previous;
	if (lingo_in(w->g, LINGO_SEND, ws, previous, first))
		points += 4;
	if (words_contain(ws, previous, c->d.end, KEY_REPORT))
		points += 2;
	if (lingo_in(w->g, LINGO_TERM, ws, previous, c->d.end))
		points += 2;
	if (lingo_in(w->g, LINGO_TALLY, ws, near, first))
		points -= 6;
	/* "chậm nhất ngày D để tổng hợp, báo cáo cấp trên trước ngày E" */
	if (previous > c->from &&
	    lingo_in(w->g, LINGO_PURPOSE, ws, previous, first))
		points -= 8;
	return points;
}

static void
weigh(struct weigher *w, struct candidate *c, size_t previous)
{
	static const int	lead_points[] = { 0, 2, 3 };

	find_sentence(c);
	if (previous < c->from)
		previous = c->from;
	c->points = lead_points[c->d.lead] + weigh_words(w, c, previous);
	if (previous > c->from)
		c->points--;
	/* what is governed by a later verb: "trước ngày D, gửi báo cáo" */
	if (lingo_in(w->g, LINGO_SEND, &c->ws, c->d.end, c->to) ||
	    words_contain(&c->ws, c->d.end, c->to, KEY_REPORT))
		c->points++;
	if (c->d.date.year != 0 && w->issued.year != 0 &&
	    date_compare(c->d.date, w->issued) < 0)
		c->points -= 8;
	w->all = arena_grow(w->arena, w->all, w->n, &w->cap,
	    sizeof(*w->all));
	w->all[w->n++] = *c;
}

static void
weigh_text(struct weigher *w, const char *text)
{
	struct candidate	 c = { .points = 0 };
	struct deadline		*d;
	size_t			 n, i, previous = 0;

	c.ws = words_of(text, w->arena);
	d = deadlines_find(&c.ws, w->issued, w->g, w->arena, &n);
	for (i = 0; i < n; i++) {
		c.d = d[i];
		weigh(w, &c, previous);
		previous = d[i].end;
	}
}

static bool
same_due(const struct deadline *a, const struct deadline *b)
{
	return date_compare(a->date, b->date) == 0 &&
	    a->minute == b->minute && a->reading == b->reading;
}

/* ---- where reports go */

/* Does a body's name end before word i? */
static bool
name_ends(const struct weigher *w, const struct words *ws, size_t i)
{
	const char	*s = ws->text + ws->w[i - 1].end;
	size_t		 len = ws->w[i].start - ws->w[i - 1].end;

	if (memchr(s, ',', len) != NULL || memchr(s, ';', len) != NULL ||
	    memchr(s, '(', len) != NULL || memchr(s, ')', len) != NULL ||
	    memchr(s, ':', len) != NULL || words_sentence_ends(ws, i))
		return true;
	return lingo_at(w->g, LINGO_NAME_ENDS, ws, i) > 0;
}

/* The name that begins at word i. Sets *end to the word behind it. */
static const char *
name_at(const struct weigher *w, const struct words *ws, size_t i,
    size_t *end)
{
	size_t	own = words_match(ws, i, w->issuer), k;

	/* "Phòng Kinh tế, Hạ tầng và Đô thị": a comma ends no known name */
	for (k = i + (own > 0 ? own : 1); k < ws->n && k < i + BODY_WORDS; k++)
		if (name_ends(w, ws, k))
			break;
	*end = k;
	return text_clean(arena_strndup(w->arena, ws->text + ws->w[i].start,
	    ws->w[k - 1].end - ws->w[i].start), w->arena);
}

/* Does a body's name, by its capital, begin at word i, before `to`? */
static bool
is_body_at(const struct weigher *w, const struct words *ws, size_t i,
    size_t to)
{
	return i < to && lingo_at(w->g, LINGO_BODY, ws, i) > 0 &&
	    text_starts_capital(ws->text + ws->w[i].start);
}

/* Where the name of who gets the reports begins; ws->n for nowhere. */
static size_t
find_receiver(const struct weigher *w, const struct words *ws, size_t from,
    size_t to)
{
	size_t	i, n, k;

	for (i = from; i < to; i++) {
		/* "báo cáo về Văn phòng", but "báo cáo về công tác …" */
		k = i + lingo_at(w->g, LINGO_REPORT_TO, ws, i);
		if (k > i && is_body_at(w, ws, k, to))
			return k;
		n = lingo_at(w->g, LINGO_SEND, ws, i);
		if (n == 0 || lingo_at(w->g, LINGO_ENCLOSED, ws, i) > 0)
			continue;
		for (k = i + n; k < to && k < i + RECEIVER_WORDS; k++) {
			n = lingo_at(w->g, LINGO_TOWARDS, ws, k);
			if (n > 0 && k + n < to &&
			    text_starts_capital(ws->text +
			    ws->w[k + n].start))
				return k + n;
			if (words_sentence_ends(ws, k))
				break;
		}
		/* "gửi Văn phòng Đảng ủy" */
		k = i + lingo_at(w->g, LINGO_SEND, ws, i);
		if (is_body_at(w, ws, k, to))
			return k;
	}
	return ws->n;
}

/* "hộp thư điện tử của Văn phòng" is the office's; keep its name. */
static size_t
skip_mailbox(const struct weigher *w, const struct words *ws, size_t i)
{
	size_t	n = lingo_at(w->g, LINGO_MAILBOX, ws, i);

	if (n == 0)
		return i;
	i += n;
	return i + words_match(ws, i, "cua3");
}

/* An e-mail address in a text, "" for none. */
static const char *
find_address(const char *text, struct arena *arena)
{
	static const char	stop[] = " ,;:()<>\"'[]";
	const char		*at, *start, *end;

	for (at = strchr(text, '@'); at != NULL; at = strchr(at + 1, '@')) {
		for (start = at; start > text &&
		    strchr(stop, start[-1]) == NULL; start--)
			continue;
		end = at + strcspn(at, stop);
		while (end > at && strchr("./", end[-1]) != NULL)
			end--;
		if (start < at && memchr(at, '.', (size_t)(end - at)) != NULL)
			return arena_strndup(arena, start,
			    (size_t)(end - start));
	}
	return "";
}

static void
find_receivers(const struct weigher *w, const struct words *ws, size_t from,
    size_t to, struct letter_due *due)
{
	size_t	i, end;

	i = find_receiver(w, ws, from, to);
	if (i == ws->n)
		return;
	due->report_to = name_at(w, ws, i, &end);
	/* "(qua Ban Xây dựng Đảng)", "qua hộp thư của Văn phòng" */
	if (words_match(ws, end, KEY_THROUGH) == 0)
		return;
	i = skip_mailbox(w, ws, end + 1);
	if (i < to && text_starts_capital(ws->text + ws->w[i].start) &&
	    strchr(ws->text + ws->w[i].start, '@') != ws->text + ws->w[i].end)
		due->send_to = name_at(w, ws, i, &end);
}

/* The address for the reports: near the deadline, else the only one. */
static void
find_send_to(const struct weigher *w, const char *const *texts, size_t n,
    struct letter_due *due)
{
	const char	*address = "";
	size_t		 i;

	if (due->found)
		address = find_address(due->sentence, w->arena);
	for (i = 0; i < n && *address == '\0'; i++) {
		struct words ws = words_of(texts[i], w->arena);

		if (lingo_in(w->g, LINGO_SEND, &ws, 0, ws.n) ||
		    lingo_in(w->g, LINGO_MAILBOX, &ws, 0, ws.n))
			address = find_address(texts[i], w->arena);
	}
	if (*address != '\0')
		due->send_to = address;
}

struct letter_due
letter_due_find(const char *const *texts, size_t n, struct date issued,
    const char *issuer, const struct lingo *g, struct arena *arena)
{
	struct weigher		 w = { .g = g, .issued = issued,
				    .issuer = words_key(issuer, arena),
				    .arena = arena };
	struct letter_due	 due = { .sentence = "", .report_to = "",
				    .send_to = "" };
	const struct candidate	*best = NULL;
	struct words		 ws;
	size_t			 i;

	for (i = 0; i < n; i++)
		weigh_text(&w, texts[i]);
	for (i = 0; i < w.n; i++)
		if (best == NULL || w.all[i].points > best->points)
			best = &w.all[i];
	if (best != NULL && best->points > 0) {
		due.found = true;
		due.deadline = best->d;
		due.sentence = text_clean(arena_strndup(arena,
		    best->ws.text + best->ws.w[best->from].start,
		    (best->to < best->ws.n ? best->ws.w[best->to].start :
		    strlen(best->ws.text)) - best->ws.w[best->from].start),
		    arena);
		find_receivers(&w, &best->ws, best->from, best->to, &due);
	}
	for (i = 0; i < w.n && due.found; i++)
		if (w.all[i].points + RIVAL_MARGIN >= best->points &&
		    !same_due(&w.all[i].d, &best->d))
			due.rival = true;
	for (i = 0; i < n && *due.report_to == '\0'; i++) {
		ws = words_of(texts[i], arena);
		find_receivers(&w, &ws, 0, ws.n, &due);
	}
	find_send_to(&w, texts, n, &due);
	return due;
}
