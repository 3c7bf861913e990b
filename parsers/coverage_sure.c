/*
 * Whether we would tell the unit that a section is missing: only where
 * nothing in the report could be it, neither a heading nor a sentence.
 */
#include "parsers/coverage_state.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/match_evidence.h"
#include "parsers/match_theme.h"
#include "parsers/match_own.h"
#include "parsers/match_parts.h"

#define LIKE_SECTION 0.20	/* a heading that fits nothing else may be
				   the section */
#define LIKE_SECTION_WEAK 0.42	/* so may a candidate */
#define OWN_WORDS 15		/* of a parent's own text that may hold it */
#define DOUBTFUL_SCORE 0.35	/* of a heading that may be another's */
#define SPOKEN_OF 0.40		/* likeness of themes that may be the section */
#define TOLD_SHARE 0.5		/* of a section's words, where a sentence
				   begins */
#define TOLD_BYTES 40		/* of a sentence that say what it is about */
#define LEFT_SHARE 0.33		/* of a title that speaks of something else */
#define LEADS_MOST 400		/* sentences of a report that are looked at */

/* What is looked at for every missing section, made once. */
struct judge {
	struct match_job *j;
	const struct coverage *c;
	const struct match_text *leads; /* first words of sentences */
	size_t		 n_leads;
	bool		 has_leads;
};

/* Could a line that answers nothing be the section after all? */
static bool
may_be(const struct match_job *j, const struct match_line *l, int node)
{
	const struct match_pair	*p = match_pair_of(l, node);
	double			 like = p == NULL ? 0 : p->s.both;

	if (l->n_sections > 0 || l->text == NULL)
		return false;
	if (!l->is_sure)
		return like >= LIKE_SECTION_WEAK || (p != NULL &&
		    p->s.heading >= 0.8);
	return like >= LIKE_SECTION || (l->text->kinds &
	    j->nodes[node].text.kinds) != 0;
}

/* Does a heading that answers something else also speak of the section? */
static bool
is_hinted(const struct match_job *j, int node)
{
	const struct match_text	*t = &j->nodes[node].text;
	const struct match_line	*l;
	size_t			 i, k, from, to, found;

	match_topic(t, &from, &to);
	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (l->n_sections == 0 || l->text == NULL)
			continue;
		/* what it answers may itself hold these words */
		if (match_is_below(j, node, l->sections[0]) ||
		    match_is_below(j, l->sections[0], node))
			continue;
		for (k = from, found = 0; k < to; k++)
			found += match_text_has(l->text, &t->words[k]) &&
			    !match_text_has(&j->nodes[l->sections[0]].text,
			    &t->words[k]);
		if (found > 0 && found == to - from)
			return true;
	}
	return false;
}

/*
 * Is the parent told in one piece, or at length before its parts, so that
 * the part may be in there?
 */
static bool
is_in_one_piece(const struct match_job *j, const struct coverage *c,
    size_t at)
{
	int	parent = j->nodes[c->sections[at].node].parent;
	bool	has_brothers = false;
	size_t	i, inside = 0;

	if (parent < 0)
		return false;
	for (i = 0; i < j->n_lines; i++)
		inside += j->lines[i].n_sections > 0 &&
		    match_is_below(j, j->lines[i].node, parent);
	if (inside == 1)
		return true;	/* one heading for all of it */
	for (i = 0; i < c->n_sections; i++)
		has_brothers = has_brothers ||
		    (j->nodes[c->sections[i].node].parent == parent &&
		    c->sections[i].state != SECTION_MISSING);
	for (i = 0; i < j->n_lines; i++)
		if (match_answers(&j->lines[i], parent) &&
		    (!has_brothers || j->lines[i].h->words > OWN_WORDS))
			return true;
	return false;
}

/*
 * A heading nobody asked for beside what would be the section's place, or
 * one that answers something by its place alone.
 */
static bool
is_doubtful(const struct match_job *j, const struct match_line *l, int node)
{
	int	parent = j->nodes[node].parent, up = l->parent;

	if (!l->is_sure || (l->text != NULL && l->text->is_other))
		return false;
	if (l->n_sections > 0 && l->score >= DOUBTFUL_SCORE)
		return false;
	while (up >= 0 && j->lines[up].n_sections == 0)
		up = j->lines[up].parent;
	/* under a heading that answers something else: not this one */
	if (up >= 0)
		return parent >= 0 && match_answers(&j->lines[up], parent);
	return true;
}

/* Does any heading, or the text below one, speak of what node is about? */
static bool
is_spoken_of(struct match_job *j, int node)
{
	const struct match_line	*l;
	const struct match_profile *about;
	size_t			 i;

	for (i = 0; i < j->n_lines; i++) {
		l = &j->lines[i];
		if (!l->is_sure || l->text == NULL)
			continue;
		about = match_title_about(j, i);
		/* what it answers may be about the same */
		if (match_themes_like(j->themes, about, node) >= SPOKEN_OF &&
		    (l->n_sections == 0 || match_themes_like(j->themes,
		    about, l->node) < SPOKEN_OF))
			return true;
		if (l->n_sections == 0 && match_themes_like(j->themes,
		    match_below(j, i), node) >= SPOKEN_OF)
			return true;
	}
	return false;
}

/* ---- a section told without a heading */

/* Bytes of s up to the end of its first sentence, with its stop. */
static size_t
sentence_bytes(const char *s)
{
	const char	*c;

	for (c = s; *c != '\0'; c++)
		if ((*c == '.' || *c == ';' || *c == ':') && c[1] == ' ')
			return (size_t)(c - s) + 1;
	return (size_t)(c - s);
}

/* The first words of every sentence that stands below a heading. */
static void
read_leads(struct judge *g)
{
	struct match_text	*t;
	const char		*s;
	size_t			 i, len, cut;

	g->leads = t = arena_calloc(g->j->arena, LEADS_MOST, sizeof(*t));
	g->has_leads = true;
	for (i = 0; i < g->j->n_lines; i++)
		for (s = g->j->lines[i].h->body; *s != '\0' &&
		    g->n_leads < LEADS_MOST; s += len + strspn(s + len, " ")) {
			len = cut = sentence_bytes(s);
			while (cut > TOLD_BYTES || (cut > 0 && cut < len &&
			    s[cut] != ' '))
				cut--;
			(void)match_texts(g->j->words, g->j->memory,
			    arena_strndup(g->j->arena, s, cut),
			    &t[g->n_leads++], 1);
		}
}

/*
 * Does a sentence begin with the section's words? Who writes without
 * headings begins so: "Về đảng phí, …".
 */
static bool
is_told(struct judge *g, int node)
{
	size_t	i;

	if (!g->has_leads)
		read_leads(g);
	for (i = 0; i < g->n_leads; i++) {
		match_mark(g->j->marks, &g->leads[i]);
		if (match_compare(g->j->marks, &g->j->nodes[node].text).head >=
		    TOLD_SHARE)
			return true;
	}
	return false;
}

/* ---- a section in its neighbour's heading */

/* Does the title say something that the sections it answers do not? */
static bool
has_words_left(const struct match_job *j, const struct match_line *l)
{
	const struct match_word	*w;
	double			 left = 0;
	size_t			 i, k;
	bool			 found;

	for (i = 0; i < l->text->n; i++) {
		w = &l->text->words[i];
		for (k = 0, found = w->filler; k < l->n_sections; k++)
			found = found || match_text_has(
			    &j->nodes[l->sections[k]].text, w);
		left += found ? 0 : w->weight;
	}
	return left >= MATCH_OWN_WEIGHT && left >= LEFT_SHARE * l->text->total;
}

/* Do only missing sections stand between two siblings? */
static bool
is_beside(const struct coverage *c, const struct match_job *j, int a, int b)
{
	size_t	i;
	int	node;

	if (j->nodes[a].parent != j->nodes[b].parent)
		return false;
	for (i = 0; i < c->n_sections; i++) {
		node = c->sections[i].node;
		if (j->nodes[node].parent == j->nodes[a].parent &&
		    ((node > a && node < b) || (node > b && node < a)) &&
		    c->sections[i].state != SECTION_MISSING)
			return false;
	}
	return true;
}

/*
 * "Phương hướng và ý kiến" answers one of two neighbours by its first half;
 * the other half may be the missing one.
 */
static bool
may_be_merged(const struct judge *g, int node)
{
	const struct match_line	*l;
	size_t			 i, k;

	for (i = 0; i < g->j->n_lines; i++) {
		l = &g->j->lines[i];
		if (!l->is_sure || l->text == NULL || l->n_sections == 0 ||
		    !match_joins_things(l) || !has_words_left(g->j, l))
			continue;
		for (k = 0; k < l->n_sections; k++)
			if (is_beside(g->c, g->j, l->sections[k], node))
				return true;
	}
	return false;
}

/*
 * Where the answering headings have no numbers, smaller ones among them are
 * easily overlooked.
 */
static bool
is_mostly_unnumbered(const struct match_job *j)
{
	size_t	i, n = 0, numbered = 0;

	for (i = 0; i < j->n_lines; i++) {
		if (j->lines[i].n_sections == 0)
			continue;
		n++;
		numbered += *j->lines[i].h->label != '\0' &&
		    !j->lines[i].h->is_bullet;
	}
	return numbered * 2 < n;
}

static bool
is_surely_missing(struct judge *g, size_t at)
{
	struct match_job	*j = g->j;
	int			 node = g->c->sections[at].node;
	size_t			 i;

	if (g->c->fitting < FITTING_LEAST || is_in_one_piece(j, g->c, at) ||
	    is_hinted(j, node) || (j->nodes[node].parent >= 0 &&
	    is_mostly_unnumbered(j)))
		return false;
	for (i = 0; i < j->n_lines; i++)
		if (may_be(j, &j->lines[i], node) ||
		    is_doubtful(j, &j->lines[i], node))
			return false;
	return !is_spoken_of(j, node) && !may_be_merged(g, node) &&
	    !is_told(g, node);
}

void
coverage_judge_missing(struct match_job *j, struct coverage *c)
{
	struct judge	g = { .j = j, .c = c };
	size_t		i;

	for (i = 0; i < c->n_sections; i++)
		if (c->sections[i].state == SECTION_MISSING)
			c->sections[i].sure = !j->is_cut &&
			    is_surely_missing(&g, i);
}
