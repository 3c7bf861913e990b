/*
 * How likely a line is a heading: by its label, its look, its shape and
 * its neighbours; then by what the author does elsewhere in the document.
 */
#include "parsers/heading_score.h"

#include <string.h>

#include "parsers/heading.h"
#include "parsers/heading_level.h"
#include "parsers/heading_skip.h"
#include "parsers/text.h"

#define BOLD 80			/* per cent that count as bold */
#define CAPS 80
#define LIKELY_SCORE 40		/* a bullet that structures its section */
#define POINTS_LEAST 3		/* numbered points that are a report */
#define LEAD_WORDS 12		/* of such a point, before its colon */
#define LEADS_LEAST 2		/* marked leads that are headings */
#define PLAIN_LEAD_WORDS 8	/* of "Kết quả cụ thể: …" */
#define PLAIN_LEAD_TEXT 8	/* words behind it that make it one */
#define SERIES_LEAST 3		/* headings that a series goes on with */
#define SERIES_SCORE 25		/* of what goes on with it */
#define SERIES_WORDS 12
#define BARE_LEAST 3		/* short plain lines that make headings */

/* Words that go on, or name a day, as leads: never a heading. */
static const char *const no_leads[] = {
	"trong do", "cu the", "cu the nhu sau", "ket qua nhu sau", "gom",
	"bao gom", "vi du", "chang han", "ghi chu", "chu y", "tom lai",
	"nhu sau", "ngoai ra", "rieng", "dac biet",
};

size_t
heading_next_text(const struct heading_lines *ls, size_t i)
{
	while (i < ls->doc->n && (ls->doc->paragraphs[i].text[0] == '\0' ||
	    ls->zone[i] == ZONE_MARK))
		i++;
	return i;
}

bool
heading_is_bare(const struct heading_line *l)
{
	return l->label.kind == LABEL_NONE && l->style_level == 0 &&
	    l->rest == SIZE_MAX && l->bold < BOLD && l->caps < CAPS &&
	    !l->emphasis;
}

/* "Trong đó: …", "Ngày 12/3: …" */
static bool
goes_on(const struct heading_line *l, struct arena *arena)
{
	const char	*key;
	size_t		 i;

	if (l->label.kind != LABEL_NONE || l->rest == SIZE_MAX ||
	    l->words > 4)
		return false;
	key = text_key(l->title, TEXT_KEY_BARE, arena);
	for (i = 0; i < sizeof(no_leads) / sizeof(no_leads[0]); i++)
		if (strcmp(key, no_leads[i]) == 0)
			return true;
	i = strncmp(key, "ngay ", 5) == 0 ? 5 :
	    strncmp(key, "thang ", 6) == 0 ? 6 : 0;
	return i > 0 && key[i] >= '0' && key[i] <= '9';
}

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
	case LABEL_SMALL_ROMAN:
		return 30;
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
		points -= strong ? 5 : l->words <= 6 ? 6 :
		    l->own_cell ? 8 : 20;
	if (l->numbers > 2)
		points -= strong ? 5 : 10 * (l->numbers - 2);
	return points;
}

/* Does b follow a at once, with nothing between? */
static bool
is_next_to(const struct heading_lines *ls, const struct heading_line *a,
    const struct heading_line *b)
{
	return a->rest == SIZE_MAX &&
	    heading_next_text(ls, a->last + 1) == b->first;
}

/* The last line before i with a label of its kind; NULL if none. */
static const struct heading_line *
previous_of_class(const struct heading_lines *ls, size_t i)
{
	size_t	k, tried = 0;

	for (k = i; k-- > 0 && tried++ < 200;)
		if (heading_same_class(&ls->l[k], &ls->l[i]))
			return &ls->l[k];
	return NULL;
}

static int
place_points(const struct heading_lines *ls, size_t i)
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

/*
 * May the line be one of several leads that head their paragraphs, or of
 * several bold lines behind bullets?
 */
static bool
is_lead(const struct heading_line *l)
{
	if (l->words > LEAD_WORDS ||
	    (l->title[0] >= '0' && l->title[0] <= '9'))
		return false;
	if (l->label.kind == LABEL_BULLET)
		return l->is_lead || (l->rest == SIZE_MAX && !l->stop &&
		    l->bold >= BOLD);
	return l->is_lead && l->label.kind == LABEL_NONE && !l->goes_on;
}

/*
 * "**Về chi bộ.** Chi bộ có …", "- __Thu chi__: …": once it is an emphasis,
 * several of one look are the author's way to mark headings.
 */
static void
raise_leads(struct heading_lines *ls)
{
	struct heading_line	*l;
	size_t			 i, k, n;

	for (i = 0; i < ls->n; i++) {
		l = &ls->l[i];
		if (!is_lead(l) || l->score >= HEADING_CONFIDENT)
			continue;
		for (k = n = 0; k < ls->n && n < LEADS_LEAST; k++)
			n += is_lead(&ls->l[k]) &&
			    heading_same_class(&ls->l[k], l);
		if (n >= LEADS_LEAST)
			l->score = HEADING_CONFIDENT + 2;
	}
}

static int
score_of(const struct heading_lines *ls, size_t i)
{
	const struct heading_line	*l = &ls->l[i];
	int				 points;

	if (l->goes_on)
		return 0;
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
brother_before(const struct heading_lines *ls, size_t i)
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
raise_brothers(struct heading_lines *ls)
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

/*
 * "6. Sắp tới" over "7. Đề nghị" alone looks like a list; where 3, 4 and 5
 * are headings of the same kind, so is what goes on with them.
 */
static void
raise_series(struct heading_lines *ls)
{
	const struct heading_line	*p;
	struct heading_line		*l;
	size_t				 i, sure;

	for (i = 0; i < ls->n; i++) {
		l = &ls->l[i];
		if (l->score >= HEADING_CONFIDENT || l->score < SERIES_SCORE ||
		    l->rest != SIZE_MAX || l->stop || l->cut ||
		    l->words > SERIES_WORDS || l->label.kind == LABEL_NONE ||
		    l->label.kind == LABEL_BULLET)
			continue;
		p = brother_before(ls, i);
		for (sure = 0; sure < SERIES_LEAST && p != NULL; sure++) {
			if (p->score < HEADING_CONFIDENT ||
			    label_value(&p->label) + (int)sure + 1 !=
			    label_value(&l->label))
				break;
			p = brother_before(ls, (size_t)(p - ls->l));
		}
		if (sure == SERIES_LEAST)
			l->score = HEADING_CONFIDENT + 2;
	}
}

/* A section that is nothing but "+ Ưu điểm: …", "+ Tồn tại: …". */
static void
raise_bullets(struct heading_lines *ls)
{
	size_t	i, k;

	for (i = 0; i < ls->n; i = k) {
		k = i + 1;
		if (ls->l[i].score < HEADING_CONFIDENT ||
		    ls->l[i].rest != SIZE_MAX || k >= ls->n ||
		    heading_next_text(ls, ls->l[i].last + 1) != ls->l[k].first)
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
raise_bare_lines(struct heading_lines *ls)
{
	size_t	i, sure = 0, bare = 0;

	for (i = 0; i < ls->n; i++) {
		sure += ls->l[i].score >= HEADING_CONFIDENT;
		bare += heading_is_bare(&ls->l[i]);
	}
	if (sure > 1 || bare < BARE_LEAST)
		return;
	for (i = 0; i < ls->n; i++)
		if (heading_is_bare(&ls->l[i]) && !ls->l[i].colon)
			ls->l[i].score = HEADING_CONFIDENT + 2;
}

/* "Tình hình chung: …", as plain as the rest. */
static bool
is_plain_lead(const struct heading_line *l)
{
	return l->label.kind == LABEL_NONE && l->rest != SIZE_MAX &&
	    l->colon && l->words <= PLAIN_LEAD_WORDS && !l->cut &&
	    !l->goes_on;
}

/*
 * A report that is nothing but such paragraphs: their leads are its
 * headings. Lines of a form ("Số hộ: 120") have no text behind them.
 */
static void
raise_plain_leads(struct heading_lines *ls)
{
	const char	*text;
	size_t		 i, sure = 0, leads = 0, told = 0;

	for (i = 0; i < ls->n; i++) {
		sure += ls->l[i].score >= HEADING_CONFIDENT;
		if (!is_plain_lead(&ls->l[i]))
			continue;
		leads++;
		text = ls->doc->paragraphs[ls->l[i].last].text +
		    ls->l[i].rest;
		told += heading_words(text, strlen(text)) >= PLAIN_LEAD_TEXT;
	}
	if (sure > 1 || leads < BARE_LEAST || told * 2 < leads)
		return;
	for (i = 0; i < ls->n; i++)
		if (is_plain_lead(&ls->l[i]) &&
		    ls->l[i].score < HEADING_CONFIDENT)
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
raise_points(struct heading_lines *ls)
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
raise_emphasised(struct heading_lines *ls)
{
	size_t	i, n = 0;

	for (i = 0; i < ls->n; i++)
		n += is_emphasised(&ls->l[i]);
	for (i = 0; i < ls->n && n >= BARE_LEAST; i++)
		if (is_emphasised(&ls->l[i]) &&
		    ls->l[i].score < HEADING_CONFIDENT)
			ls->l[i].score = HEADING_CONFIDENT + 2;
}

void
heading_score(struct heading_lines *ls)
{
	size_t	i;

	for (i = 0; i < ls->n; i++)
		ls->bold_arabic += ls->l[i].label.kind == LABEL_ARABIC &&
		    ls->l[i].bold >= BOLD;
	for (i = 0; i < ls->n; i++)
		ls->l[i].goes_on = goes_on(&ls->l[i], ls->arena);
	for (i = 0; i < ls->n; i++)
		ls->l[i].score = score_of(ls, i);
	raise_brothers(ls);
	raise_series(ls);
	raise_bullets(ls);
	raise_bare_lines(ls);
	raise_emphasised(ls);
	raise_points(ls);
	raise_leads(ls);
	raise_plain_leads(ls);
}
