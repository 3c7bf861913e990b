/*
 * Reading a letter (công văn) that asks for reports: who wrote it, to
 * whom, by when, and the outline that the reports follow.
 */
#include "parsers/letter.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/letter_due.h"
#include "parsers/letterhead.h"
#include "parsers/limits.h"
#include "parsers/lines.h"
#include "parsers/lingo.h"
#include "parsers/outline_build.h"
#include "parsers/outline_items.h"
#include "parsers/recipients.h"
#include "parsers/signature.h"
#include "parsers/subject.h"
#include "parsers/text.h"

#define KEY_AFTER "sau"
#define LEAST_NODES 2		/* of what is an outline */
#define LEAST_HEADINGS 3	/* of one that nothing but its shape tells */
#define ITEM_WORDS 5		/* "2. Nội dung báo cáo" and its like */
#define LEAD_END_WORDS 4	/* at the end of a line: "như sau" */
#define HEADING_WORDS 25	/* a task is longer than a heading */

struct reading {
	const struct document *doc;
	const struct lingo *g;
	struct arena	*arena;
	struct lines	 lines;
	struct letterhead *head;
	struct recipients to;
	size_t		 body;	/* first line of the body */
	size_t		 signature; /* first line of it; lines.n for none */
	struct outline_built outline;
	size_t		 tries;	/* at building it */
	struct letter	*letter;
	const char	**doubts;
	size_t		 cap;
};

static void
doubt(struct reading *r, const char *text)
{
	r->doubts = arena_grow(r->arena, r->doubts, r->letter->n_doubts,
	    &r->cap, sizeof(*r->doubts));
	r->doubts[r->letter->n_doubts++] = text;
	r->letter->doubts = r->doubts;
}

/* ---- where the outline stands */

/* A line of the body after which an outline follows. */
static bool
announces_outline(const struct reading *r, const struct line *l)
{
	const struct words	*ws = line_words(l);
	size_t			 len = strlen(l->text), outline, report;
	bool			 colon;

	if (ws->n == 0)
		return false;
	colon = l->text[len - 1] == ':';
	outline = lingo_find(r->g, LINGO_OUTLINE, ws, 0, ws->n);
	if (outline < ws->n)
		return colon || words_contain(ws, ws->n - 1, ws->n,
		    KEY_AFTER);
	report = lingo_find(r->g, LINGO_REPORT_ON, ws, 0, ws->n);
	/* "2. Nội dung báo cáo": an item of the letter that holds it */
	return report < ws->n && (colon || ws->n <= ITEM_WORDS);
}

/* "… báo cáo kết quả 6 tháng theo những nội dung dưới đây:" */
static bool
announces_something(const struct reading *r, const struct line *l)
{
	const struct words	*ws = line_words(l);
	size_t			 end;

	if (ws->n == 0 || !lingo_in(r->g, LINGO_REPORT, ws, 0, ws->n))
		return false;
	end = ws->n > LEAD_END_WORDS ? ws->n - LEAD_END_WORDS : 0;
	return l->text[strlen(l->text) - 1] == ':' ||
	    lingo_in(r->g, LINGO_BELOW, ws, end, ws->n);
}

static bool
try_outline(struct reading *r, size_t from, size_t to, bool in_body)
{
	struct outline_built	b;

	if (r->tries++ == LIMIT_OUTLINE_TRIES) {
		r->tries--;
		return false;
	}
	b = outline_build(&r->lines, from, to, in_body, r->g, r->arena);
	if (b.outline->n < LEAST_NODES)
		return false;
	r->outline = b;
	return true;
}

/* Behind a title "ĐỀ CƯƠNG BÁO CÁO". */
static bool
outline_by_title(struct reading *r)
{
	struct outline_built	 first;
	size_t			 i, n = 0;

	memset(&first, 0, sizeof(first));
	for (i = r->body; i < r->lines.n; i++) {
		if (!is_outline_title(r->g, &r->lines.l[i]) ||
		    (n > 0 && i < r->outline.end) ||
		    !try_outline(r, i + 1, r->lines.n, i < r->signature))
			continue;
		if (n++ == 0)
			first = r->outline;
	}
	if (n == 0)
		return false;
	r->outline = first;
	if (n > 1)
		doubt(r, "the letter has several outlines; only the first "
		    "one was taken");
	return true;
}

/* In an annex without that title. */
static bool
outline_in_annex(struct reading *r)
{
	size_t	i;

	for (i = r->signature; i < r->lines.n; i++)
		if (is_annex_title(r->g, &r->lines.l[i]) &&
		    try_outline(r, i + 1, r->lines.n, false) &&
		    r->outline.headings >= LEAST_NODES)
			return true;
	return false;
}

static bool
outline_in_body(struct reading *r)
{
	size_t	i;

	for (i = r->body; i < r->signature; i++)
		if (announces_outline(r, &r->lines.l[i]) &&
		    try_outline(r, i + 1, r->signature, true))
			return true;
	return false;
}

/* The signature's own lines, its "Nơi nhận" and the name are past. */
static size_t
behind_signature(const struct reading *r)
{
	size_t	i, last = r->signature;

	for (i = r->signature; i < r->lines.n; i++)
		if (is_signature(r->g, &r->lines.l[i]) ||
		    lingo_at(r->g, LINGO_RECEIVERS, line_words(&r->lines.l[i]),
		    0) > 0)
			last = i + 1;
	return last;
}

/* Whatever is numbered behind the signature. */
static bool
outline_behind_signature(struct reading *r)
{
	size_t	from = behind_signature(r);

	return from < r->lines.n && try_outline(r, from, r->lines.n, false)
	    && r->outline.headings > LEAST_NODES;
}

/* Are the nodes headings rather than tasks, which are sentences? */
static bool
is_outline_shaped(const struct outline *o)
{
	const struct outline_node	*node;
	size_t				 i, n = 0, fit = 0;
	char				 last;

	for (i = 0; i < o->n; i++) {
		node = &o->nodes[i];
		if (node->kind == NODE_GUIDANCE)
			continue;
		n++;
		last = node->text[strlen(node->text) - 1];
		/* the last one of a list ends in a full stop */
		fit += (i + 1 == o->n || (last != '.' &&
		    (last != ';' || node->kind == NODE_HEADING))) &&
		    text_words(node->text) <= HEADING_WORDS;
	}
	return n >= LEAST_HEADINGS && fit * 4 >= n * 3;
}

/*
 * Headings in the body under a line that speaks of the report, in words of
 * its own. Tasks are announced so too: only the shape tells them apart.
 */
static bool
outline_by_shape(struct reading *r)
{
	struct outline_built	before = r->outline;
	size_t			i;

	for (i = r->body; i < r->signature; i++) {
		if (!announces_something(r, &r->lines.l[i]) ||
		    !try_outline(r, i + 1, r->signature, true))
			continue;
		if (is_outline_shaped(r->outline.outline)) {
			doubt(r, "no line says that the outline follows; "
			    "check that it is one");
			return true;
		}
		r->outline = before;
	}
	return false;
}

static void
find_outline(struct reading *r)
{
	if (!outline_by_title(r) && !outline_in_annex(r) &&
	    !outline_in_body(r) && !outline_behind_signature(r) &&
	    !outline_by_shape(r)) {
		r->outline.outline = arena_alloc(r->arena,
		    sizeof(*r->outline.outline));
		r->outline.first = r->outline.end = r->lines.n;
		doubt(r, "no outline was found in the letter");
	}
	if (r->outline.repeated)
		doubt(r, "a label stands twice in the outline; check its "
		    "ids");
	if (r->outline.outline->n >= LIMIT_OUTLINE_NODES)
		doubt(r, "the outline is too long and was cut");
	r->letter->outline = r->outline.outline;
}

/* ---- the deadline */

/* A cell behind another one of its row, which it goes on with. */
static bool
is_in_row(const struct paragraph *above, const struct paragraph *p)
{
	return above != NULL && p->table != 0 && above->table == p->table &&
	    above->row == p->row && above->cell < p->cell;
}

/*
 * The paragraphs of the letter that are not the outline's, those that a
 * page break cut put together, and the cells of a row. Sets *n.
 */
static const char **
body_texts(const struct reading *r, size_t *n)
{
	const char		**texts, *text, *above;
	const struct paragraph	 *p, *last = NULL;
	size_t			  i;
	bool			  cut;

	*n = 0;
	texts = arena_calloc(r->arena, r->lines.n + 1, sizeof(*texts));
	for (i = r->body; i < r->lines.n; i++) {
		p = r->lines.l[i].p;
		if ((i >= r->outline.first && i < r->outline.end) ||
		    p == last)
			continue;
		text = line_text(p->text, strlen(p->text), r->arena);
		if (text_is_rule(text))
			continue;
		above = *n == 0 ? "." : texts[*n - 1];
		cut = text_starts_small(text) && *p->number == '\0' &&
		    strchr(".;:!?", above[strlen(above) - 1]) == NULL;
		if ((cut || is_in_row(last, p)) &&
		    strlen(above) <= LIMIT_JOINED_BYTES)
			texts[*n - 1] = arena_printf(r->arena, cut ?
			    "%s %s" : "%s | %s", above, text);
		else
			texts[(*n)++] = text;
		last = p;
	}
	return texts;
}

static void
find_deadline(struct reading *r)
{
	struct letter		*l = r->letter;
	struct letter_due	 due;
	const char		**texts;
	size_t			 n;

	texts = body_texts(r, &n);
	due = letter_due_find(texts, n, r->head->date, r->head->issuer, r->g,
	    r->arena);
	l->report_to = due.report_to;
	l->send_to = due.send_to;
	if (!due.found) {
		doubt(r, "no deadline was found in the letter");
		return;
	}
	l->deadline_text = due.sentence;
	l->reading = due.deadline.reading;
	l->deadline_date = due.deadline.date.day == 0 ? "" :
	    date_iso(due.deadline.date, r->arena);
	if (due.deadline.minute != -1)
		l->deadline_time = arena_printf(r->arena, "%02d:%02d",
		    due.deadline.minute / 60, due.deadline.minute % 60);
	if (due.deadline.recurring)
		doubt(r, "the deadline recurs (\"hằng tháng\"); enter the "
		    "date");
	else if (due.deadline.is_counted)
		doubt(r, *l->deadline_date == '\0' ?
		    "the deadline counts from another day; enter the date" :
		    "the deadline counts from the letter's day; check it");
	else if (*l->deadline_date == '\0')
		doubt(r, "the day of the deadline is blank or has no year");
	if (due.deadline.year_added && *l->deadline_date != '\0')
		doubt(r, "the deadline has no year; the letter's was taken");
	if (due.deadline.weekday_wrong)
		doubt(r, "the deadline's weekday does not fit its date");
	if (due.rival)
		doubt(r, "the letter has several deadlines; check which one "
		    "is meant");
}

/* ---- all of it */

static void
read_head(struct reading *r)
{
	struct letter	*l = r->letter;

	l->issuer = r->head->issuer;
	l->number = r->head->number;
	l->date = date_iso(r->head->date, r->arena);
	l->subject = subject_find(r->head, r->g, r->arena).text;
	if (*l->issuer == '\0')
		doubt(r, "the issuing body was not found");
	if (*l->number == '\0')
		doubt(r, "the letter's number is blank");
	if (r->head->date.day == 0)
		doubt(r, r->head->date.year == 0 ?
		    "the letter's date was not found" :
		    "the day of the letter's date is blank");
	if (*l->subject == '\0')
		doubt(r, "the letter's subject was not found");
}

/* "Nơi nhận:" or who signs, whichever stands first. */
static bool
ends_body(const struct reading *r, const struct line *l)
{
	size_t	n = lingo_at(r->g, LINGO_RECEIVERS, line_words(l), 0);

	return is_signature(r->g, l) || (n > 0 &&
	    lingo_at(r->g, LINGO_REPORT, line_words(l), n) == 0);
}

static void
read_recipients(struct reading *r)
{
	r->to = recipients_find(&r->lines, r->g, r->arena);
	r->body = r->to.salutation < r->lines.n ? r->to.end : r->head->past;
	r->letter->recipients = r->to.names;
	r->letter->n_recipients = r->to.n;
	if (r->to.n == 0)
		doubt(r, "no \"Kính gửi\" line was found");
	for (r->signature = r->body; r->signature < r->lines.n;
	    r->signature++)
		if (ends_body(r, &r->lines.l[r->signature]))
			break;
}

struct letter *
letter_read(const struct document *doc, struct arena *arena)
{
	struct reading	r = { .doc = doc, .arena = arena };

	r.letter = arena_alloc(arena, sizeof(*r.letter));
	r.letter->deadline_date = r.letter->deadline_time = "";
	r.letter->deadline_text = "";
	r.g = lingo_new(arena);
	r.lines = lines_of(doc, 0, LIMIT_LETTER_PARAGRAPHS, arena);
	r.head = letterhead_read(doc, r.g, arena);
	if (doc->n > LIMIT_LETTER_PARAGRAPHS)
		doubt(&r, "the letter is too long and was read in part");
	read_head(&r);
	read_recipients(&r);
	find_outline(&r);
	find_deadline(&r);
	return r.letter;
}
