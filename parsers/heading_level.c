/*
 * The tree of a document's headings. A stack holds the headings that are
 * open; a new one goes on with an open sequence of its own kind of label,
 * or opens a deeper one. Authors restart, skip and mis-number, so a number
 * is only a hint.
 */
#include "parsers/heading_level.h"

#include "parsers/limits.h"

#define LOOKAHEAD 400		/* lines looked through for a sequence */

static bool
has_bracket(const struct label *l)
{
	return l->mark == ')' || l->mark == '(';
}

bool
heading_same_class(const struct heading_line *a, const struct heading_line *b)
{
	if (a->label.kind != b->label.kind)
		return false;
	if (a->label.kind == LABEL_NONE)
		return a->style_level == b->style_level &&
		    (a->caps >= 80) == (b->caps >= 80);
	if (a->label.kind == LABEL_MULTI)
		return a->label.n_parts == b->label.n_parts;
	if (a->label.kind == LABEL_BULLET)
		return a->label.mark == b->label.mark;
	/* "1)" is no brother of "1.", nor is "1/" */
	return has_bracket(&a->label) == has_bracket(&b->label) &&
	    (a->label.mark == '/') == (b->label.mark == '/');
}

/* Order of the kinds from the outermost inwards. */
static int
rank_of(const struct heading_line *l)
{
	switch (l->label.kind) {
	case LABEL_PART:
		return 10;
	case LABEL_CAPITAL:
		return 20;
	case LABEL_ROMAN:
		return 30;
	case LABEL_ARABIC:
		return has_bracket(&l->label) ? 44 : 40;
	case LABEL_MULTI:
		return 48 + l->label.n_parts;
	case LABEL_LETTER:
		return 60;
	case LABEL_SMALL_ROMAN:
		return 65;
	case LABEL_BULLET:
		return l->label.mark == '-' ? 80 :
		    l->label.mark == '+' ? 85 : 82;
	default:
		return l->caps >= 80 ? 35 : 70;
	}
}

/* Open headings, the outermost first. */
struct stack {
	const struct heading_line *open[LIMIT_OUTLINE_LEVELS];
	size_t			 n;
};

/*
 * A sequence that begins inside the open heading e, although its kind is
 * an outer one ("II. … A. … B. … III."): does e's sequence go on later
 * without having begun anew?
 */
static bool
goes_on(const struct heading_line *e, struct heading_line **rest, size_t n)
{
	size_t	i;

	for (i = 0; i < n && i < LOOKAHEAD; i++) {
		if (!heading_same_class(e, rest[i]))
			continue;
		return label_value(&rest[i]->label) ==
		    label_value(&e->label) + 1;
	}
	return false;
}

/* Is x outside of, or beside, the open heading e by its style or list? */
static bool
style_closes(const struct heading_line *x, const struct heading_line *e)
{
	return x->style_level > 0 && e->style_level >= x->style_level;
}

/* "1.2" belongs under an open "1", or beside an open "1.1". */
static bool
is_own_child(const struct heading_line *x, const struct heading_line *e)
{
	size_t	i;

	if (x->label.kind != LABEL_MULTI ||
	    e->label.n_parts >= x->label.n_parts ||
	    e->label.kind == LABEL_BULLET || e->label.kind == LABEL_NONE)
		return false;
	for (i = 0; i < e->label.n_parts; i++)
		if (e->label.parts[i] != x->label.parts[i])
			return false;
	return true;
}

/* Position in the stack at which x stands. */
static size_t
place_of(const struct heading_line *x, const struct stack *st,
    struct heading_line **rest, size_t n)
{
	const struct heading_line	*e;
	size_t				 i, k;

	for (i = st->n; i-- > 0;)
		if (is_own_child(x, st->open[i]))
			return i + 1;
	for (i = st->n; i-- > 0;) {
		e = st->open[i];
		if (!heading_same_class(x, e))
			continue;
		/* levels of one list or of styles tell two apart */
		if (x->style_level > 0 && e->style_level > 0 &&
		    x->style_level != e->style_level)
			break;
		if (x->list > 0 && x->list == e->list &&
		    x->list_level != e->list_level)
			break;
		return i;
	}
	if (x->style_level > 0) {
		for (k = 0; k < st->n; k++)
			if (style_closes(x, st->open[k]))
				return k;
		if (st->n > 0 && st->open[st->n - 1]->style_level > 0)
			return st->n;
	}
	for (k = st->n; k > 0; k--) {
		e = st->open[k - 1];
		if (x->list > 0 && x->list == e->list) {
			if (e->list_level < x->list_level)
				return k;
			continue;
		}
		if (rank_of(e) < rank_of(x))
			return k;
		if (label_value(&x->label) == 1 && rank_of(e) > rank_of(x) &&
		    label_value(&e->label) > 0 && goes_on(e, rest, n))
			return k;
	}
	return 0;
}

void
heading_levels(struct heading_line **lines, size_t n)
{
	struct stack	st = { .n = 0 };
	size_t		i, at;

	for (i = 0; i < n; i++) {
		at = place_of(lines[i], &st, lines + i + 1, n - i - 1);
		if (at >= LIMIT_OUTLINE_LEVELS)
			at = LIMIT_OUTLINE_LEVELS - 1;
		st.open[at] = lines[i];
		st.n = at + 1;
		lines[i]->level = (uint8_t)(at + 1);
	}
}
