/*
 * What a document says of itself: letterhead, title, subject, period,
 * signer, secrecy stamp.
 */
#include "parsers/facts.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/letterhead.h"
#include "parsers/lingo.h"
#include "parsers/signature.h"
#include "parsers/subject.h"
#include "parsers/text.h"

#define PROSE_BYTES 300		/* running text has more in a line … */
#define PROSE_CAPS 30		/* … and fewer of its letters in capitals */

struct search {
	const struct document *doc;
	const struct lingo *g;
	const struct letterhead *h;
	struct arena	*arena;
};

/* ---- secrecy */

/* The whole line is a stamp: "MẬT", "TỐI MẬT", "* TUYỆT MẬT *". */
static bool
is_stamp(const struct search *s, const struct words *ws, bool capitals)
{
	const char	*joined;
	size_t		 n;

	if (capitals && !text_is_capital(ws->text, 90))
		return false;
	joined = text_unspaced(ws->text, s->arena);
	if (joined != ws->text)
		return strcmp(joined, "MẬT") == 0 ||
		    strcmp(joined, "TỐIMẬT") == 0 ||
		    strcmp(joined, "TUYỆTMẬT") == 0;
	n = words_match(ws, 0, "đô5 mât5");
	n += lingo_at(s->g, LINGO_STAMP, ws, n);
	if (n == 0 || words_match(ws, n - 1, "mât5") == 0)
		return false;
	/* another stamp may stand beside it: "MẬT - HỎA TỐC" */
	return n == ws->n || (lingo_at(s->g, LINGO_NOTE, ws, n) > 0 &&
	    text_is_capital(ws->text, 90));
}

/*
 * Running text. It begins with no stamp: even without the titles of a head,
 * which are a hundred bytes, it would not be in capitals.
 */
static bool
is_prose(const struct line *l)
{
	return strlen(l->text) > PROSE_BYTES && l->p->caps < PROSE_CAPS &&
	    l->p->n_breaks == 0;
}

static bool
is_secret(const struct search *s)
{
	const struct line	*l;
	struct words		 left;
	size_t			 i;
	bool			 head, table;

	for (i = 0; i < s->h->lines.n; i++) {
		l = &s->h->lines.l[i];
		head = i < s->h->past;
		table = l->p->table != 0 && l->p->row_cells > 1;
		/* behind the head a cell of a table is no stamp */
		if (!head && ((table && !l->p->in_textbox) || is_prose(l)))
			continue;
		left = letterhead_left(s->g, line_words(l), s->arena);
		if (is_stamp(s, &left, !head))
			return true;
	}
	return false;
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
	f->signer_block = signature_find(doc, s.h, s.g, arena);
	f->signed_part = (doc->remarks & REMARK_SIGNATURE_PART) != 0;
	f->secret = is_secret(&s);
	return f;
}
