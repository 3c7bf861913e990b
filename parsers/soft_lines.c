/*
 * Paragraphs that are several, parted by line breaks. A line that begins
 * with a label, or looks another way than its neighbours and is short, is
 * a paragraph of its own; so is the text that follows it.
 */
#include "parsers/soft_lines.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/heading_skip.h"
#include "parsers/label.h"
#include "parsers/paragraph_look.h"

#define TITLE_WORDS 25		/* a heading is no longer */
#define TEXT_WORDS 12		/* a text under one is longer */
#define LEAST_WORDS 3		/* … under one that looks like a heading */
#define SAME_LOOK 80		/* per cent of letters that make a look */

/* One line of a paragraph. */
struct piece {
	size_t	 from;
	size_t	 to;
	uint32_t words;
	uint8_t	 bold;
	uint8_t	 italic;
	uint8_t	 underline;
	bool	 has_label;
};

static uint8_t
share_of(size_t part, size_t whole)
{
	return whole == 0 ? 0 : (uint8_t)(part * 100 / whole);
}

/* The looks of the bytes from..to of a paragraph. */
static void
look_of(struct piece *x, const struct paragraph *p)
{
	size_t		 at = 0, a, b, bold = 0, italic = 0, underline = 0;
	uint32_t	 i;

	x->bold = p->bold;
	x->italic = p->italic;
	x->underline = p->underline;
	for (i = 0; i < p->n_spans; i++) {
		a = at > x->from ? at : x->from;
		at += p->spans[i].len;
		b = at < x->to ? at : x->to;
		if (b <= a)
			continue;
		bold += p->spans[i].bold ? b - a : 0;
		italic += p->spans[i].italic ? b - a : 0;
		underline += p->spans[i].underline ? b - a : 0;
	}
	if (p->n_spans == 0)
		return;
	x->bold = share_of(bold, x->to - x->from);
	x->italic = share_of(italic, x->to - x->from);
	x->underline = share_of(underline, x->to - x->from);
}

/* The lines of a paragraph; returns how many have text. */
static size_t
pieces_of(const struct paragraph *p, struct piece *out, struct arena *arena)
{
	struct label	 label;
	size_t		 n = 0, from = 0, to, len = strlen(p->text);
	uint32_t	 i;

	for (i = 0; i <= p->n_breaks; i++) {
		to = i < p->n_breaks ? p->breaks[i] : len;
		while (from < to && p->text[from] == ' ')
			from++;
		memset(&out[n], 0, sizeof(out[n]));
		out[n].from = from;
		out[n].to = to;
		while (out[n].to > from && p->text[out[n].to - 1] == ' ')
			out[n].to--;
		from = to;
		if (out[n].to <= out[n].from)
			continue;
		out[n].words = heading_words(p->text + out[n].from,
		    out[n].to - out[n].from);
		out[n].has_label = label_parse(arena_strndup(arena,
		    p->text + out[n].from, out[n].to - out[n].from),
		    &label) && label.mark != ' ' && !(label.tight &&
		    (label.kind == LABEL_CAPITAL ||
		    label.kind == LABEL_LETTER));
		look_of(&out[n], p);
		n++;
	}
	return n;
}

static bool
is_marked(const struct piece *x)
{
	return x->bold >= SAME_LOOK || x->italic >= SAME_LOOK ||
	    x->underline >= SAME_LOOK;
}

static bool
is_title(const struct piece *x)
{
	return x->words <= TITLE_WORDS && (x->has_label || is_marked(x));
}

/* Does a paragraph end between the lines a and b? */
static bool
ends_between(const struct piece *a, const struct piece *b)
{
	if (b->has_label)
		return true;
	if (is_title(b) && is_marked(b) && !is_marked(a))
		return true;
	return is_title(a) && !is_marked(b) &&
	    b->words > (is_marked(a) ? LEAST_WORDS : TEXT_WORDS);
}

/*
 * The notes marked in the lines from..to-1; a mark between two lines is of
 * the first. Zeros stand behind the last line.
 */
static void
take_notes(struct paragraph *q, const struct piece *from,
    const struct piece *to, struct arena *arena)
{
	const size_t	 len = to[-1].to - from->from;
	const struct note_mark *all = q->notes;
	struct note_mark *mine;
	size_t		 at;
	uint16_t	 i, n = q->n_notes;

	q->notes = mine = arena_calloc(arena, n + 1U, sizeof(*mine));
	q->n_notes = 0;
	for (i = 0; i < n; i++) {
		at = all[i].at;
		if ((from->from > 0 && at <= from->from) ||
		    (to->from > 0 && at > to->from))
			continue;
		at = at < from->from ? 0 : at - from->from;
		mine[q->n_notes++] = (struct note_mark){
		    (uint32_t)(at < len ? at : len), all[i].note };
	}
}

/* Lines from..to-1 of p as a paragraph of their own. */
static struct paragraph
join_pieces(const struct paragraph *p, const struct piece *x, size_t from,
    size_t to, struct arena *arena)
{
	struct paragraph	 q = *p;
	struct piece		 all = { .from = x[from].from,
				    .to = x[to - 1].to };
	struct span		*spans;
	uint32_t		*breaks, capitals, letters, i;
	size_t			 at = 0, a, b;

	if (q.n_notes > 0)
		take_notes(&q, &x[from], &x[to], arena);
	q.text = arena_strndup(arena, p->text + all.from, all.to - all.from);
	q.number = from == 0 ? p->number : "";
	q.n_breaks = q.n_spans = 0;
	q.breaks = breaks = arena_calloc(arena, to - from,
	    sizeof(*breaks));
	for (; from + 1 < to; from++)
		breaks[q.n_breaks++] = (uint32_t)(x[from + 1].from -
		    all.from - 1);
	q.spans = spans = arena_calloc(arena, p->n_spans + 1,
	    sizeof(*spans));
	for (i = 0; i < p->n_spans; i++) {
		a = at > all.from ? at : all.from;
		at += p->spans[i].len;
		b = at < all.to ? at : all.to;
		if (b <= a)
			continue;
		spans[q.n_spans] = p->spans[i];
		spans[q.n_spans++].len = (uint32_t)(b - a);
	}
	look_of(&all, p);
	q.bold = all.bold;
	q.italic = all.italic;
	q.underline = all.underline;
	if (q.n_spans == 1)
		q.n_spans = 0;
	letters = letters_count(q.text, strlen(q.text), &capitals);
	q.caps = share_of(capitals, letters);
	if (*q.number == '\0') {
		q.is_bullet = false;
		q.list = 0;
		q.list_level = 0;
	}
	return q;
}

/* Adds the paragraphs that p really is to out; returns how many. */
static size_t
split_one(const struct paragraph *p, struct paragraph *out,
    struct arena *arena)
{
	struct piece	*x;
	size_t		 n, i, from = 0, made = 0;

	x = arena_calloc(arena, p->n_breaks + 2, sizeof(*x));
	n = pieces_of(p, x, arena);
	memset(&x[n], 0, sizeof(x[n])); /* of a line without text */
	for (i = 1; i <= n; i++) {
		if (i < n && !ends_between(&x[i - 1], &x[i]))
			continue;
		out[made++] = join_pieces(p, x, from, i, arena);
		from = i;
	}
	if (made == 1)
		out[0] = *p;
	return made;
}

static bool
may_split(const struct paragraph *p)
{
	return p->n_breaks > 0 && p->style_level == 0 && !p->is_title &&
	    !p->is_toc;
}

void
document_split_soft_lines(struct document *doc, struct arena *arena)
{
	struct paragraph	*out;
	size_t			 i, n = 0, room = doc->n;

	for (i = 0; i < doc->n; i++)
		if (may_split(&doc->paragraphs[i]))
			room += doc->paragraphs[i].n_breaks;
	if (room == doc->n)
		return;
	out = arena_calloc(arena, room, sizeof(*out));
	for (i = 0; i < doc->n; i++) {
		if (may_split(&doc->paragraphs[i]))
			n += split_one(&doc->paragraphs[i], out + n, arena);
		else
			out[n++] = doc->paragraphs[i];
	}
	doc->paragraphs = out;
	doc->n = n;
}
