/*
 * Headings of a document: candidates are read line by line, scored by their
 * label, look and neighbours, put into a tree, and given the text that
 * stands below them. Weak candidates are kept: the outline, which is not
 * known here, may promote them.
 */
#include "parsers/heading.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/heading_level.h"
#include "parsers/heading_line.h"
#include "parsers/heading_skip.h"
#include "parsers/limits.h"

#define BOLD 80			/* per cent that count as bold */
#define CAPS 80
#define LIKELY_SCORE 40		/* a bullet that structures its section */
#define POINTS_LEAST 3		/* numbered points that are a report */
#define LEAD_WORDS 12		/* of such a point, before its colon */
#define BARE_LEAST 3		/* short plain lines that make headings */

/* The lines of a document while they are judged. */
struct lines {
	struct heading_line	*l;
	size_t			 n;
	size_t			 cap;
	const struct document	*doc;
	const uint8_t		*zone;
	struct arena		*arena;
	size_t			 bold_arabic; /* bold lines labelled "1." */
};

/* Next paragraph from i on that holds body text; doc->n at the end. */
static size_t
next_text(const struct lines *ls, size_t i)
{
	while (i < ls->doc->n && (ls->doc->paragraphs[i].text[0] == '\0' ||
	    ls->zone[i] == ZONE_MARK))
		i++;
	return i;
}

static void
read_lines(struct lines *ls)
{
	struct heading_line	 l, *last;
	uint32_t		 i;

	for (i = 0; i < ls->doc->n && ls->n < LIMIT_HEADINGS; i++) {
		if (ls->zone[i] != ZONE_BODY ||
		    !heading_line_read(&l, ls->doc, i, ls->arena))
			continue;
		last = ls->n > 0 ? &ls->l[ls->n - 1] : NULL;
		if (last != NULL && next_text(ls, last->last + 1) == i &&
		    heading_line_join(last, &l, ls->doc, ls->arena))
			continue;
		ls->l = arena_grow(ls->arena, ls->l, ls->n, &ls->cap,
		    sizeof(*ls->l));
		ls->l[ls->n++] = l;
	}
}

/*
 * "l." is a capital I or a one; the next number of the sequence tells.
 */
static void
resolve_ones(struct lines *ls)
{
	struct heading_line	*l;
	const struct label	*next;
	size_t			 i, k;

	for (i = 0; i < ls->n; i++) {
		l = &ls->l[i];
		if (l->label.kind != LABEL_ROMAN ||
		    l->label.also != LABEL_LETTER)
			continue;
		for (k = i + 1; k < ls->n; k++) {
			next = &ls->l[k].label;
			if ((next->kind == LABEL_ROMAN ||
			    next->kind == LABEL_ARABIC) &&
			    (label_value(next) == 2 ||
			    next->also == LABEL_NONE))
				break;
		}
		if (k < ls->n && ls->l[k].label.kind == LABEL_ARABIC &&
		    label_value(&ls->l[k].label) == 2)
			l->label.kind = LABEL_ARABIC;
	}
}

/* Nothing marks the line but that it is short. */
static bool
is_bare(const struct heading_line *l)
{
	return l->label.kind == LABEL_NONE && l->style_level == 0 &&
	    l->rest == SIZE_MAX && l->bold < BOLD && l->caps < CAPS &&
	    !l->emphasis;
}

/*
 * A bare line may be a heading only where running text follows; else it
 * is an answer ("Không") or the end of something.
 */
static void
drop_bare_lines(struct lines *ls)
{
	size_t	i, next, n = 0;
	bool	stays;

	for (i = 0; i < ls->n; i++) {
		next = next_text(ls, ls->l[i].last + 1);
		stays = !is_bare(&ls->l[i]) || (next < ls->doc->n &&
		    ls->zone[next] == ZONE_BODY &&
		    (i + 1 >= ls->n || ls->l[i + 1].first != next) &&
		    ls->doc->paragraphs[next].table ==
		    ls->doc->paragraphs[ls->l[i].last].table);
		if (stays)
			ls->l[n++] = ls->l[i];
	}
	ls->n = n;
}

/* ---- scoring */

static int
label_points(const struct heading_line *l)
{
	int	bare = l->label.mark == ' ' ? 12 : 0;

	switch (l->label.kind) {
	case LABEL_PART:
		return 60;
	case LABEL_ROMAN:
		return 55 - bare;
	case LABEL_CAPITAL:
		return 35;
	case LABEL_ARABIC:
		return 35 - bare;
	case LABEL_MULTI:
		return 45 - bare;
	case LABEL_LETTER:
		return 30;
	case LABEL_SMALL_ROMAN:
		return 20;
	case LABEL_BULLET:
		return 8;
	default:
		return 0;
	}
}

static int
look_points(const struct heading_line *l)
{
	int	points = 0;
	bool	has_label = l->label.kind != LABEL_NONE;

	if (l->bold >= BOLD)
		points += l->label.kind == LABEL_BULLET ? 25 :
		    has_label ? 30 : 40;
	if (l->caps >= CAPS && l->words >= 2)
		points += has_label ? 20 : l->bold >= BOLD ? 25 : 38;
	if (l->underlined)
		points += has_label ? 12 : 35;
	else if (l->emphasis)
		points += has_label ? 12 : 20;
	if (!has_label && (l->centred || l->keep_next))
		points += 5;
	if (l->in_textbox)
		points -= 8;
	if (l->own_cell)
		points += 15;
	/* bold words at the head of a paragraph: an emphasis, no heading */
	if (!has_label && l->rest != SIZE_MAX && (!l->colon ||
	    (l->title[0] >= '0' && l->title[0] <= '9')))
		points -= 12;
	return points;
}

static int
shape_points(const struct heading_line *l)
{
	bool	strong = l->bold >= BOLD || l->caps >= CAPS;
	int	points = 0;

	if (l->words <= 12)
		points += 8;
	else if (l->words > 35)
		points -= strong ? 15 : 35;
	else if (l->words > 25)
		points -= strong ? 5 : 20;
	if (l->cut)
		points -= 60;
	if (l->rest != SIZE_MAX && l->bold < BOLD)
		points -= l->colon ? 12 : 20;
	if (l->stop)
		points -= strong ? 5 : l->words <= 6 ? 8 : 20;
	if (l->numbers > 2)
		points -= strong ? 5 : 10 * (l->numbers - 2);
	return points;
}

/* Does b follow a at once, with nothing between? */
static bool
is_next_to(const struct lines *ls, const struct heading_line *a,
    const struct heading_line *b)
{
	return a->rest == SIZE_MAX &&
	    next_text(ls, a->last + 1) == b->first;
}

/* The last line before i with a label of its kind; NULL if none. */
static const struct heading_line *
previous_of_class(const struct lines *ls, size_t i)
{
	size_t	k, tried = 0;

	for (k = i; k-- > 0 && tried++ < 200;)
		if (heading_same_class(&ls->l[k], &ls->l[i]))
			return &ls->l[k];
	return NULL;
}

static int
place_points(const struct lines *ls, size_t i)
{
	const struct heading_line	*l = &ls->l[i], *p;
	const struct heading_line	*next = i + 1 < ls->n ? l + 1 : NULL;
	const struct heading_line	*prev = i > 0 ? l - 1 : NULL;
	bool				 strong, beside_next, beside_prev;
	int				 points = 0, value;

	strong = l->bold >= BOLD || l->caps >= CAPS || l->style_level > 0;
	beside_next = next != NULL && is_next_to(ls, l, next) &&
	    heading_same_class(l, next);
	beside_prev = prev != NULL && is_next_to(ls, prev, l) &&
	    heading_same_class(l, prev);
	/* one-liners in a row are a list, not headings */
	if (!strong && (beside_next || beside_prev))
		points -= 15;
	else
		points += beside_next ? 4 : 8;
	if (l->label.kind == LABEL_BULLET && l->colon && l->words <= 14 &&
	    l->rest == SIZE_MAX && !beside_next)
		points += 15;
	if (l->label.kind == LABEL_NONE || l->label.kind == LABEL_BULLET)
		return points;
	value = label_value(&l->label);
	p = previous_of_class(ls, i);
	points += value == 1 || (p != NULL && value ==
	    label_value(&p->label) + 1) ? 5 : -8;
	/* the author marks headings of this kind in bold, but not this one */
	if (l->label.kind == LABEL_ARABIC && !strong && ls->bold_arabic >= 2)
		points -= 20;
	return points;
}

static int
score_of(const struct lines *ls, size_t i)
{
	const struct heading_line	*l = &ls->l[i];
	int				 points;

	points = label_points(l) + look_points(l) + shape_points(l) +
	    place_points(ls, i);
	if (l->style_level > 0) {
		points = points < 70 ? 80 : points;
		/* a whole paragraph of text in a heading style */
		if (l->cut || (l->stop && l->words > 30))
			points = 45;
	}
	return points < 0 ? 0 : points > 100 ? 100 : points;
}

/* Last line before i with a label of its kind, in the same section. */
static const struct heading_line *
brother_before(const struct lines *ls, size_t i)
{
	const struct heading_line	*p = previous_of_class(ls, i);
	size_t				 k;

	if (p == NULL)
		return NULL;
	for (k = (size_t)(p - ls->l) + 1; k < i; k++)
		if (ls->l[k].score >= HEADING_CONFIDENT &&
		    ls->l[k].label.kind != LABEL_NONE &&
		    ls->l[k].label.kind < ls->l[i].label.kind)
			return NULL;
	return p;
}

/*
 * Numbered lines that run on into text ("4/- Y tế: …") are headings where
 * the author numbers headings so.
 */
static void
raise_brothers(struct lines *ls)
{
	const struct heading_line	*p;
	struct heading_line		*l;
	size_t				 i, k, sure;

	for (i = 0; i < ls->n; i++) {
		l = &ls->l[i];
		if (l->score >= HEADING_CONFIDENT || l->rest == SIZE_MAX ||
		    !l->colon || l->words > 14 || l->cut ||
		    l->label.kind == LABEL_NONE ||
		    l->label.kind == LABEL_BULLET)
			continue;
		for (k = sure = 0; k < ls->n && sure < 2; k++)
			sure += ls->l[k].score >= HEADING_CONFIDENT &&
			    heading_same_class(&ls->l[k], l);
		p = brother_before(ls, i);
		if (p != NULL && p->score >= HEADING_CONFIDENT &&
		    label_value(&p->label) + 1 == label_value(&l->label))
			l->score = HEADING_CONFIDENT + 5;
		else if (sure >= 2)
			l->score += 10;
	}
}

/* A section that is nothing but "+ Ưu điểm: …", "+ Tồn tại: …". */
static void
raise_bullets(struct lines *ls)
{
	size_t	i, k;

	for (i = 0; i < ls->n; i = k) {
		k = i + 1;
		if (ls->l[i].score < HEADING_CONFIDENT ||
		    ls->l[i].rest != SIZE_MAX || k >= ls->n ||
		    next_text(ls, ls->l[i].last + 1) != ls->l[k].first)
			continue;
		while (k < ls->n && ls->l[k].label.kind == LABEL_BULLET &&
		    ls->l[k].rest != SIZE_MAX && ls->l[k].colon &&
		    ls->l[k].words <= 8)
			k++;
		if (k - i < 3 || (k < ls->n &&
		    ls->l[k].score < HEADING_CONFIDENT)) {
			k = i + 1;
			continue;
		}
		for (i++; i < k; i++)
			if (ls->l[i].score < LIKELY_SCORE)
				ls->l[i].score = LIKELY_SCORE;
	}
}

/*
 * A document without any mark of a heading still has some: its short lines
 * over running text, when there are several.
 */
static void
raise_bare_lines(struct lines *ls)
{
	size_t	i, sure = 0, bare = 0;

	for (i = 0; i < ls->n; i++) {
		sure += ls->l[i].score >= HEADING_CONFIDENT;
		bare += is_bare(&ls->l[i]);
	}
	if (sure > 1 || bare < BARE_LEAST)
		return;
	for (i = 0; i < ls->n; i++)
		if (is_bare(&ls->l[i]) && !ls->l[i].colon)
			ls->l[i].score = HEADING_CONFIDENT + 2;
}

/* Is the line numbered and, up to a colon, short? */
static bool
is_numbered_lead(const struct heading_line *l)
{
	return l->label.kind == LABEL_ARABIC && l->rest != SIZE_MAX &&
	    l->colon && l->words <= LEAD_WORDS && !l->cut;
}

/*
 * A report that is nothing but numbered points, "1/ Tình hình: …": their
 * leads are its headings.
 */
static void
raise_points(struct lines *ls)
{
	size_t	i, n = 0, sure = 0;

	for (i = 0; i < ls->n; i++) {
		sure += ls->l[i].score >= HEADING_CONFIDENT &&
		    ls->l[i].label.kind != LABEL_NONE;
		if (is_numbered_lead(&ls->l[i]) &&
		    label_value(&ls->l[i].label) == (int)n + 1)
			n++;
	}
	if (sure > 0 || n < POINTS_LEAST)
		return;
	for (i = n = 0; i < ls->n; i++) {
		if (!is_numbered_lead(&ls->l[i]) ||
		    label_value(&ls->l[i].label) != (int)n + 1)
			continue;
		n++;
		if (ls->l[i].score < HEADING_CONFIDENT)
			ls->l[i].score = HEADING_CONFIDENT + 2;
	}
}

/* Underlined or italic, alone over text that is not. */
static bool
is_emphasised(const struct heading_line *l)
{
	return l->label.kind == LABEL_NONE && l->style_level == 0 &&
	    l->rest == SIZE_MAX && l->emphasis && !l->centred && !l->stop;
}

/* Several such lines are the author's way to mark headings. */
static void
raise_emphasised(struct lines *ls)
{
	size_t	i, n = 0;

	for (i = 0; i < ls->n; i++)
		n += is_emphasised(&ls->l[i]);
	for (i = 0; i < ls->n && n >= BARE_LEAST; i++)
		if (is_emphasised(&ls->l[i]) &&
		    ls->l[i].score < HEADING_CONFIDENT)
			ls->l[i].score = HEADING_CONFIDENT + 2;
}

static void
score_lines(struct lines *ls)
{
	size_t	i;

	for (i = 0; i < ls->n; i++)
		ls->bold_arabic += ls->l[i].label.kind == LABEL_ARABIC &&
		    ls->l[i].bold >= BOLD;
	for (i = 0; i < ls->n; i++)
		ls->l[i].score = score_of(ls, i);
	raise_brothers(ls);
	raise_bullets(ls);
	raise_bare_lines(ls);
	raise_emphasised(ls);
	raise_points(ls);
}

/* Levels of the sure ones; a weak one stands below the last sure one. */
static void
level_lines(struct lines *ls)
{
	struct heading_line	**sure;
	size_t			  i, n = 0;
	uint8_t			  level = 0;

	sure = arena_calloc(ls->arena, ls->n + 1, sizeof(*sure));
	for (i = 0; i < ls->n; i++)
		if (ls->l[i].score >= HEADING_CONFIDENT)
			sure[n++] = &ls->l[i];
	heading_levels(sure, n);
	for (i = 0; i < ls->n; i++) {
		if (ls->l[i].score >= HEADING_CONFIDENT)
			level = ls->l[i].level;
		else
			ls->l[i].level = level < LIMIT_OUTLINE_LEVELS ?
			    (uint8_t)(level + 1) : level;
	}
}

/* ---- what stands below */

static bool
is_body_text(const struct lines *ls, size_t i)
{
	return ls->zone[i] == ZONE_BODY || ls->zone[i] == ZONE_DATA;
}

/* Bytes of s, at most max, that end at a word's end; 0 for none. */
static size_t
whole_words(const char *s, size_t max)
{
	size_t	cut = strlen(s);

	if (cut > max)
		for (cut = max; cut > 0 && s[cut] != ' '; cut--)
			continue;
	return cut;
}

/* Adds a piece of own text to a heading. */
static void
add_text(struct heading *h, const char *s, bool *has_signs,
    struct arena *arena)
{
	size_t		len = strlen(s), had = strlen(h->body), cut;
	uint32_t	words = heading_words(s, len);

	*has_signs = *has_signs || len > 0;
	/* "[nhập nội dung]": a place to fill, not yet filled */
	if (s[0] == '[' && len > 1 && s[len - 1] == ']')
		words = 0;
	if (words > 0 && had < HEADING_BODY_BYTES) {
		cut = whole_words(s, HEADING_BODY_BYTES - had);
		if (cut > 0)
			h->body = arena_printf(arena, "%s%s%.*s", h->body,
			    had > 0 ? " " : "", (int)cut, s);
	}
	h->words += words;
}

static void
collect_text(const struct lines *ls, size_t k, struct heading *h)
{
	const struct heading_line	*l = &ls->l[k];
	size_t				 end, i;
	bool				 has_signs = false;

	end = k + 1 < ls->n ? ls->l[k + 1].first : ls->doc->n;
	h->body = "";
	if (l->rest != SIZE_MAX)
		add_text(h, ls->doc->paragraphs[l->last].text + l->rest,
		    &has_signs, ls->arena);
	for (i = l->last + 1; i < end; i++)
		if (is_body_text(ls, i) ||
		    (ls->zone[i] == ZONE_MARK && h->words == 0))
			add_text(h, ls->doc->paragraphs[i].text, &has_signs,
			    ls->arena);
	h->placeholder = has_signs && h->words == 0;
}

static enum heading_source
source_of(const struct heading_line *l)
{
	if (l->style_level > 0)
		return HEADING_BY_STYLE;
	if (l->label.kind == LABEL_NONE)
		return HEADING_BY_LOOK;
	return l->automatic ? HEADING_BY_NUMBER : HEADING_BY_LABEL;
}

static void
emit(const struct lines *ls, size_t k, struct heading *h)
{
	const struct heading_line	*l = &ls->l[k];

	h->text = l->text;
	h->label = l->label_text;
	h->title = l->title;
	h->level = l->level;
	h->source = (uint8_t)source_of(l);
	h->confidence = (uint8_t)l->score;
	h->run_in = l->rest != SIZE_MAX;
	h->in_textbox = l->in_textbox;
	h->in_table = l->in_table;
	h->is_bullet = l->label.kind == LABEL_BULLET;
	h->paragraph = l->first;
	h->paragraph_end = h->run_in ? l->last : l->last + 1;
	collect_text(ls, k, h);
}

static void
collect_ignorable(const struct lines *ls, struct headings *out)
{
	const char	**list = NULL;
	size_t		 i, n = 0, cap = 0;

	for (i = 0; i < ls->doc->n && n < LIMIT_HEADINGS; i++) {
		if (ls->zone[i] != ZONE_TITLE)
			continue;
		list = arena_grow(ls->arena, list, n, &cap, sizeof(*list));
		list[n++] = ls->doc->paragraphs[i].text;
	}
	out->ignorable = list;
	out->n_ignorable = n;
}

struct headings *
headings_find(const struct document *doc, struct arena *arena)
{
	struct headings	*out = arena_alloc(arena, sizeof(*out));
	struct lines	 ls = { .doc = doc, .arena = arena };
	size_t		 i;

	ls.zone = heading_zones(doc, arena);
	read_lines(&ls);
	resolve_ones(&ls);
	drop_bare_lines(&ls);
	score_lines(&ls);
	level_lines(&ls);
	out->h = arena_calloc(arena, ls.n, sizeof(*out->h));
	out->n = ls.n;
	for (i = 0; i < ls.n; i++)
		emit(&ls, i, &out->h[i]);
	for (i = 0; i < doc->n; i++)
		out->words += heading_words(doc->paragraphs[i].text,
		    strlen(doc->paragraphs[i].text));
	collect_ignorable(&ls, out);
	return out;
}
