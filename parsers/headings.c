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
#include "parsers/heading_score.h"
#include "parsers/heading_skip.h"
#include "parsers/limits.h"

static void
read_lines(struct heading_lines *ls)
{
	struct heading_line	 l, *last;
	uint32_t		 i;

	for (i = 0; i < ls->doc->n && ls->n < LIMIT_HEADINGS; i++) {
		if (ls->zone[i] != ZONE_BODY ||
		    !heading_line_read(&l, ls->doc, i, ls->arena))
			continue;
		last = ls->n > 0 ? &ls->l[ls->n - 1] : NULL;
		if (last != NULL &&
		    heading_next_text(ls, last->last + 1) == i &&
		    heading_line_join(last, &l, ls->doc, ls->arena))
			continue;
		if (l.is_running)
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
resolve_ones(struct heading_lines *ls)
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

/* "i)" before "ii)" is a number, elsewhere the letter. */
static void
resolve_small_romans(struct heading_lines *ls)
{
	struct label	*l;
	const struct label *next;
	size_t		 i, k;

	for (i = 0; i < ls->n; i++) {
		l = &ls->l[i].label;
		if (l->kind != LABEL_LETTER || l->also != LABEL_SMALL_ROMAN)
			continue;
		for (k = i + 1; k < ls->n && ls->l[k].label.kind !=
		    LABEL_LETTER && ls->l[k].label.kind !=
		    LABEL_SMALL_ROMAN; k++)
			continue;
		next = k < ls->n ? &ls->l[k].label : l;
		if (next->kind != LABEL_SMALL_ROMAN ||
		    label_value(next) != l->also_value + 1)
			continue;
		l->kind = LABEL_SMALL_ROMAN;
		l->parts[0] = l->also_value;
	}
}

/*
 * A bare line may be a heading only where running text follows; else it
 * is an answer ("Không") or the end of something.
 */
static void
drop_bare_lines(struct heading_lines *ls)
{
	size_t	i, next, n = 0;
	bool	stays;

	for (i = 0; i < ls->n; i++) {
		next = heading_next_text(ls, ls->l[i].last + 1);
		stays = !heading_is_bare(&ls->l[i]) || (next < ls->doc->n &&
		    ls->zone[next] == ZONE_BODY &&
		    (i + 1 >= ls->n || ls->l[i + 1].first != next) &&
		    ls->doc->paragraphs[next].table ==
		    ls->doc->paragraphs[ls->l[i].last].table);
		if (stays)
			ls->l[n++] = ls->l[i];
	}
	ls->n = n;
}

/* ---- levels */

/* Levels of the sure ones; a weak one stands below the last sure one. */
static void
level_lines(struct heading_lines *ls)
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
is_body_text(const struct heading_lines *ls, size_t i)
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
			h->body = arena_join(arena, h->body, s, cut);
	}
	h->words += words;
}

static void
collect_text(const struct heading_lines *ls, size_t k, struct heading *h)
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
emit(const struct heading_lines *ls, size_t k, struct heading *h)
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
collect_ignorable(const struct heading_lines *ls, struct headings *out)
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
	struct heading_lines  ls = { .doc = doc, .arena = arena };
	size_t		 i;

	ls.zone = heading_zones(doc, arena);
	read_lines(&ls);
	resolve_ones(&ls);
	resolve_small_romans(&ls);
	drop_bare_lines(&ls);
	heading_score(&ls);
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
