/*
 * The signer's block: power ("T/M CHI BỘ", "KT. CHỦ TỊCH"), post, name.
 */
#include "parsers/signature.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/label.h"
#include "parsers/letterhead.h"
#include "parsers/lingo.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define BLOCK_WORDS 8		/* of a line of the block */
#define BLOCK_BYTES 160
#define BLOCK_LINES 12
#define LINES_ABOVE 3		/* of the block above its last post */

/* "T/M CHI BỘ", "KT. CHỦ TỊCH", "TM BAN THƯỜNG VỤ" */
static bool
is_power(const struct lingo *g, const struct words *ws)
{
	size_t	n = lingo_at(g, LINGO_POWER, ws, 0);

	if (n == 0 || n == ws->n)
		return false;
	return n > 1 || ws->text[ws->w[0].end] == '.' ||
	    ws->text[ws->w[0].end] == '/' ||
	    lingo_at(g, LINGO_BODY, ws, n) > 0 ||
	    lingo_at(g, LINGO_POST, ws, n) > 0;
}

bool
is_signature(const struct lingo *g, const struct line *l)
{
	if (line_words(l)->n == 0 || line_words(l)->n > BLOCK_WORDS ||
	    !text_is_capital(l->text, 80))
		return false;
	return is_power(g, line_words(l)) ||
	    lingo_at(g, LINGO_POST, line_words(l), 0) > 0;
}

static bool
same_cell(const struct line *a, const struct line *b)
{
	return a->p->table == b->p->table && a->p->row == b->p->row &&
	    a->p->cell == b->p->cell;
}

/* The block that begins with the first line, up to and with the name. */
static const char *
block_text(const struct lingo *g, const struct lines *ls,
    struct arena *arena)
{
	struct strbuf		 b = {0};
	const struct line	*l;
	struct label		 label;
	const char		*out;
	size_t			 i;

	for (i = 0; i < ls->n && i < BLOCK_LINES; i++) {
		l = &ls->l[i];
		if (text_is_rule(l->text))
			continue;
		if (!same_cell(&ls->l[0], l) ||
		    line_words(l)->n > BLOCK_WORDS ||
		    label_parse(l->text, &label) ||
		    lingo_at(g, LINGO_ENDING, line_words(l), 0) > 0)
			break;
		if (b.len > 0)
			strbuf_addc(&b, ' ');
		strbuf_adds(&b, l->text);
		/* the name is the first line not in capitals */
		if (!text_is_capital(l->text, 80))
			break;
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* Does paragraph i begin with a line of a signature? */
static bool
is_signature_paragraph(const struct document *doc, const struct lingo *g,
    size_t i, struct arena *arena)
{
	const struct paragraph	*p = &doc->paragraphs[i];
	struct lines		 ls;

	/* short and with capitals, else not worth a look */
	if (p->caps < 30 || strlen(p->text) > BLOCK_BYTES)
		return false;
	ls = lines_of(doc, i, i + 1, arena);
	return ls.n > 0 && is_signature(g, &ls.l[0]);
}

const char *
signature_find(const struct document *doc, const struct letterhead *h,
    const struct lingo *g, struct arena *arena)
{
	struct lines	ls;
	size_t		i, first, head = 0;

	if (h->past < h->lines.n)
		head = h->lines.l[h->past].paragraph;
	for (i = doc->n; i > head; i--)
		if (is_signature_paragraph(doc, g, i - 1, arena))
			break;
	if (i <= head)
		return "";
	/* the power stands above the post */
	for (first = i - 1; first > head && i - 1 - first < LINES_ABOVE;
	    first--)
		if (!is_signature_paragraph(doc, g, first - 1, arena))
			break;
	ls = lines_of(doc, first, first + BLOCK_LINES, arena);
	return block_text(g, &ls, arena);
}
