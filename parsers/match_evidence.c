/*
 * What a heading says, and what the text below it says, against one
 * section: everything but the place.
 */
#include "parsers/match_evidence.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/match_bag.h"
#include "parsers/match_theme.h"

#define TITLE_THEMES 0.50	/* share of what the title is about */
#define BODY_THEMES 0.32	/* … and the text below */
#define TOLD 0.6	/* … and those of its guidance */
#define BODY_LINES 24
#define BODY_BYTES 800
#define OTHER_KINDS 0.48	/* it names other units */
#define DIVIDES 0.46	/* the heading above is about it */
#define OTHER_FIELDS 0.4	/* it is what stands elsewhere */
#define FOREIGN_UNIT 1.0	/* … and the reporting unit is none of them */

void
match_read(struct match_job *j, const char *s, struct match_text *out,
    size_t max)
{
	size_t	len = strlen(s);

	j->is_cut = j->is_cut || j->bytes + len > LIMIT_MATCHED_BYTES;
	j->bytes += j->is_cut ? 0 : len;
	(void)match_texts(j->words, j->memory, j->is_cut ? "" : s, out, max);
}

static const struct match_text *
read_text(struct match_job *j, const char *s)
{
	struct match_text	*t = arena_calloc(j->arena, 2, sizeof(*t));

	match_read(j, s, t, 1);
	return t;
}

/* Adds what line i itself says to the texts of line l. */
static void
add_texts(struct match_job *j, struct match_line *l, size_t i, bool own)
{
	struct match_line	*x = &j->lines[i];

	/* a long candidate has not been read */
	l->texts[l->n_texts++] = x->text != NULL ? x->text :
	    read_text(j, x->h->title);
	if (!own || x->h->body[0] == '\0')
		return;
	if (x->own == NULL)
		x->own = read_text(j, x->h->body);
	l->texts[l->n_texts++] = x->own;
}

/*
 * Title and text of a heading, what follows, and titles of its parts; read
 * when they are first asked for, since most headings are clear without.
 */
static void
read_texts(struct match_job *j, size_t line)
{
	struct match_line	*l = &j->lines[line], *x;
	size_t			 i, bytes = 0;
	bool			 has_parts = false;

	if (l->texts != NULL || !l->is_sure || l->text == NULL)
		return;
	l->texts = arena_calloc(j->arena, BODY_LINES * 2,
	    sizeof(*l->texts));
	for (i = line; i < j->n_lines && i < line + BODY_LINES &&
	    bytes <= BODY_BYTES; i++) {
		x = &j->lines[i];
		if (i > line && x->is_sure) {
			if (i >= l->end)
				break;
			has_parts = true;
		}
		if (has_parts && !x->is_sure)
			continue;
		add_texts(j, l, i, !has_parts);
		bytes += strlen(x->h->title) + (has_parts ? 0 :
		    strlen(x->h->body));
	}
}

const struct match_profile *
match_below(struct match_job *j, size_t line)
{
	struct match_line	*l = &j->lines[line];

	if (l->below == NULL) {
		read_texts(j, line);
		l->below = match_themes_of(j->themes, l->texts, l->n_texts,
		    j->arena);
	}
	return l->below;
}

/* How much of each section the texts of a line tell, by node. */
static const float *
told_by(struct match_job *j, size_t line)
{
	struct match_line	*l = &j->lines[line];
	size_t			 i;

	/* words are weighed by how many of all texts have them */
	for (i = 0; i < j->n_lines && j->telling == NULL; i++)
		read_texts(j, i);
	if (j->telling == NULL)
		j->telling = match_bag_telling(j->bag, j);
	if (l->told == NULL)
		l->told = match_bag_told(j->bag, l, j->telling, j->arena);
	return l->told;
}

/* Do the headings above name other units than the section? */
static bool
is_foreign(const struct match_job *j, const struct match_line *l, int node)
{
	int	p;

	for (p = l->parent; p >= 0; p = j->lines[p].parent)
		if (j->lines[p].text != NULL && j->lines[p].text->kinds != 0)
			return (j->lines[p].text->kinds &
			    j->nodes[node].text.kinds) == 0;
	return false;
}

/* Is the heading above about this very section, more than the line is? */
static bool
is_told_above(const struct match_job *j, const struct match_line *l,
    int node, const struct match_pair *own)
{
	const struct match_line	*up;
	const struct match_pair	*p;

	if (l->parent < 0)
		return false;
	up = &j->lines[l->parent];
	if (up->text == NULL || j->nodes[node].level == 1)
		return false;
	if ((up->text->kinds & j->nodes[node].text.kinds) != 0)
		return true;
	p = match_pair_of(up, node);
	return p != NULL && p->s.both >= MATCH_GOOD &&
	    (own == NULL || own->s.both < p->s.both);
}

const struct match_profile *
match_title_about(struct match_job *j, size_t line)
{
	struct match_line	*l = &j->lines[line];

	if (l->about == NULL)
		l->about = match_themes_of(j->themes, &l->text, 1, j->arena);
	return l->about;
}

double
match_evidence(struct match_job *j, size_t line, int node)
{
	const struct match_line	*l = &j->lines[line];
	const struct match_pair	*p = match_pair_of(l, node);
	double			 e;

	e = (p == NULL ? 0 : p->s.both) +
	    TITLE_THEMES * match_themes_like(j->themes,
	    match_title_about(j, line), node) +
	    BODY_THEMES * match_themes_like(j->themes, match_below(j, line),
	    node) + TOLD * told_by(j, line)[node];
	/* a section about some units is theirs by their names */
	if (j->nodes[node].text.kinds != 0 && j->nodes[node].level > 1 &&
	    ((l->text->kinds | j->unit) & j->nodes[node].text.kinds) == 0)
		e -= j->unit != 0 || is_foreign(j, l, node) ? FOREIGN_UNIT :
		    OTHER_KINDS;
	if (is_told_above(j, l, node, p))
		e -= DIVIDES;
	/* "other fields" is what speaks of others */
	if (j->nodes[node].text.is_other && !l->text->is_other)
		e -= OTHER_FIELDS;
	return e;
}
