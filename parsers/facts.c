/*
 * What a document says of itself: letterhead, title, subject, period,
 * signer, secrecy stamp.
 */
#include "parsers/facts.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/label.h"
#include "parsers/letterhead.h"
#include "parsers/lingo.h"
#include "parsers/strbuf.h"
#include "parsers/subject.h"
#include "parsers/text.h"

#define SIGNER_WORDS 8		/* of a line of the signer's block */
#define SIGNER_BYTES 160
#define SIGNER_LINES 12

struct search {
	const struct document *doc;
	const struct lingo *g;
	const struct letterhead *h;
	struct arena	*arena;
};

/* ---- secrecy */

/* The whole line is a stamp: "MẬT", "TỐI MẬT", "* TUYỆT MẬT *". */
static bool
is_stamp(const struct search *s, const char *text, bool capitals)
{
	const char	*joined = text_unspaced(text, s->arena);
	struct words	 ws;
	size_t		 n;

	if (capitals && !text_is_capital(text, 90))
		return false;
	if (joined != text)
		return strcmp(joined, "MẬT") == 0 ||
		    strcmp(joined, "TỐIMẬT") == 0 ||
		    strcmp(joined, "TUYỆTMẬT") == 0;
	ws = words_of(text, s->arena);
	n = words_match(&ws, 0, "đô5 mât5");
	n += lingo_at(s->g, LINGO_STAMP, &ws, n);
	if (n == 0 || words_match(&ws, n - 1, "mât5") == 0)
		return false;
	/* another stamp may stand beside it: "MẬT - HỎA TỐC" */
	return n == ws.n || (lingo_at(s->g, LINGO_NOTE, &ws, n) > 0 &&
	    text_is_capital(text, 90));
}

static bool
is_secret(const struct search *s)
{
	const struct line	*l;
	const char		*text;
	size_t			 i;
	bool			 head, table;

	for (i = 0; i < s->h->lines.n; i++) {
		l = &s->h->lines.l[i];
		head = i < s->h->past;
		table = l->p->table != 0 && l->p->row_cells > 1;
		/* behind the head a cell of a table is no stamp */
		if (!head && table && !l->p->in_textbox)
			continue;
		text = letterhead_left(s->g, l->text, s->arena);
		if (is_stamp(s, text, !head))
			return true;
	}
	return false;
}

/* ---- signer */

/* "T/M CHI BỘ", "KT. CHỦ TỊCH", "TM BAN THƯỜNG VỤ" */
static bool
is_power(const struct search *s, const struct words *ws)
{
	size_t	n = lingo_at(s->g, LINGO_POWER, ws, 0);

	if (n == 0 || n == ws->n)
		return false;
	return n > 1 || ws->text[ws->w[0].end] == '.' ||
	    ws->text[ws->w[0].end] == '/' ||
	    lingo_at(s->g, LINGO_BODY, ws, n) > 0 ||
	    lingo_at(s->g, LINGO_POST, ws, n) > 0;
}

/* A line in capitals that begins a signature. */
static bool
is_signature(const struct search *s, const struct line *l)
{
	if (l->words.n == 0 || l->words.n > SIGNER_WORDS ||
	    !text_is_capital(l->text, 80))
		return false;
	return is_power(s, &l->words) ||
	    lingo_at(s->g, LINGO_POST, &l->words, 0) > 0;
}

static bool
same_cell(const struct line *a, const struct line *b)
{
	return a->p->table == b->p->table && a->p->row == b->p->row &&
	    a->p->cell == b->p->cell;
}

/* The signature that begins at line i, up to and with the name. */
static const char *
signer_block(const struct search *s, const struct lines *ls, size_t i)
{
	struct strbuf		 b = {0};
	const struct line	*l, *first = &ls->l[i];
	struct label		 label;
	const char		*out;
	size_t			 n;
	bool			 named;

	for (n = 0; i < ls->n && n < SIGNER_LINES; i++, n++) {
		l = &ls->l[i];
		if (text_is_rule(l->text))
			continue;
		if (!same_cell(first, l) || l->words.n > SIGNER_WORDS ||
		    label_parse(l->text, &label) ||
		    lingo_at(s->g, LINGO_ENDING, &l->words, 0) > 0)
			break;
		if (b.len > 0)
			strbuf_addc(&b, ' ');
		strbuf_adds(&b, l->text);
		named = !text_is_capital(l->text, 80);
		if (named)
			break;
	}
	out = arena_strdup(s->arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* The last signature of the document, behind its head. */
static const char *
find_signer(const struct search *s)
{
	const struct paragraph	*p;
	struct lines		 ls;
	size_t			 i, k, first, head = 0;

	if (s->h->past < s->h->lines.n)
		head = s->h->lines.l[s->h->past].paragraph;
	for (i = s->doc->n; i > head; i--) {
		p = &s->doc->paragraphs[i - 1];
		/* capitals and short, else not worth a look */
		if (p->caps < 30 || strlen(p->text) > SIGNER_BYTES)
			continue;
		ls = lines_of(s->doc, i - 1, i - 1 + SIGNER_LINES, s->arena);
		if (!is_signature(s, &ls.l[0]))
			continue;
		/* the block may begin some lines above */
		first = i - 1;
		for (k = first; k > head && first - k < 3; k--) {
			ls = lines_of(s->doc, k - 1, k, s->arena);
			if (!is_signature(s, &ls.l[0]))
				break;
			first = k - 1;
		}
		ls = lines_of(s->doc, first, first + SIGNER_LINES, s->arena);
		return signer_block(s, &ls, 0);
	}
	return "";
}

struct facts *
facts_find(const struct document *doc, struct arena *arena)
{
	struct facts	*f = arena_alloc(arena, sizeof(*f));
	struct search	 s = { .doc = doc, .arena = arena };
	struct subject	 subject;
	struct words	 ws;

	s.g = lingo_new(arena);
	s.h = letterhead_read(doc, s.g, arena);
	subject = subject_find(s.h, s.g, arena);
	ws = words_of(subject.text, arena);
	f->parent = s.h->parent;
	f->issuer = s.h->issuer;
	f->number = s.h->number;
	f->place = s.h->place;
	f->date = date_iso(s.h->date, arena);
	f->title = subject.kind;
	f->subject = subject.text;
	f->period = period_find(&ws, arena);
	f->signer_block = find_signer(&s);
	f->signed_part = (doc->remarks & REMARK_SIGNATURE_PART) != 0;
	f->secret = is_secret(&s);
	return f;
}
