/*
 * What stands under each section of the outline. A section is filled by
 * text below any heading that answers it, or by a filled part of it; the
 * outline's own words, copied, are no text.
 */
#include "parsers/coverage.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/coverage_state.h"
#include "parsers/heading_skip.h"

#define SURE_SCORE 0.55		/* of a match we would speak of */
#define EVIDENCE_BYTES 160	/* of the text that is shown */
#define UNFILLED_WORDS 30	/* of text in an unfilled outline, at most */

const char *
section_state_name(enum section_state s)
{
	static const char *const	names[] = {
		"missing", "empty", "filled",
	};

	return (unsigned)s < 3 ? names[s] : "missing";
}

size_t
text_words_at_most(const char *s, size_t max)
{
	size_t	n = 0;

	for (; n <= max && (s = strchr(s, ' ')) != NULL; s++)
		n++;
	return n + 1;
}

/* ---- text below headings */

/* Does the line answer something, and nothing that has to do with node? */
static bool
is_elsewhere(const struct match_job *j, const struct match_line *l, int node)
{
	size_t	i;

	for (i = 0; i < l->n_sections; i++)
		if (match_is_below(j, l->sections[i], node) ||
		    match_is_below(j, node, l->sections[i]))
			return false;
	return l->n_sections > 0;
}

/* An unconfirmed candidate: text of the heading above. */
static bool
is_text(const struct match_line *l)
{
	return !l->is_sure && l->n_sections == 0;
}

/* Words that a line brings, without what it copies from the outline. */
static uint32_t
words_of_line(const struct match_line *l)
{
	uint32_t	n = l->h->words;

	if (is_text(l) || (l->copy >= 0 && !l->copy_below))
		n += l->words;
	return n > l->copied ? n - l->copied : 0;
}

/* The first words of a text, with a mark where it goes on. */
static const char *
first_words(const char *s, struct arena *arena)
{
	size_t	cut = strlen(s);

	if (cut <= EVIDENCE_BYTES)
		return s;
	for (cut = EVIDENCE_BYTES; cut > 0 && s[cut] != ' '; cut--)
		continue;
	return cut == 0 ? s : arena_printf(arena, "%.*s…", (int)cut, s);
}

static void
add_line(const struct match_line *l, struct section_cover *s,
    struct arena *arena)
{
	uint32_t	words = words_of_line(l);

	s->words += words;
	if (words > 0 && s->evidence[0] == '\0')
		s->evidence = first_words(is_text(l) && l->copy < 0 ?
		    l->h->title : l->h->body, arena);
}

/* Everything below line i that speaks for node. */
static void
add_below(const struct match_job *j, size_t i, int node,
    struct section_cover *s)
{
	const struct match_line	*l;
	size_t			 k, end = j->lines[i].end;

	add_line(&j->lines[i], s, j->arena);
	/* candidates that follow are text, up to the next heading */
	if (!j->lines[i].is_sure)
		for (end = i + 1; end < j->n_lines &&
		    is_text(&j->lines[end]); end++)
			continue;
	for (k = i + 1; k < end;) {
		l = &j->lines[k];
		if (is_elsewhere(j, l, node)) {
			k = l->is_sure ? l->end : k + 1;
			continue;
		}
		add_line(l, s, j->arena);
		k++;
	}
}

static void
cover_node(const struct match_job *j, int node, struct section_cover *s)
{
	size_t	i;

	s->node = node;
	s->evidence = "";
	for (i = 0; i < j->n_lines; i++) {
		if (!match_answers(&j->lines[i], node))
			continue;
		s->state = SECTION_EMPTY;
		s->sure = s->sure || (j->lines[i].is_sure &&
		    j->lines[i].score >= SURE_SCORE);
		add_below(j, i, node, s);
	}
	if (s->words > 0)
		s->state = SECTION_FILLED;
}

/* A section is at least what its best part is. */
static void
lift_parts(const struct match_job *j, struct section_cover *s, size_t n)
{
	size_t	i, k;

	for (i = n; i-- > 0;) {
		for (k = i + 1; k < n; k++) {
			if (j->nodes[s[k].node].parent != s[i].node)
				continue;
			if (s[k].state > s[i].state) {
				s[i].state = s[k].state;
				s[i].sure = s[k].sure;
			}
			if (s[i].words == 0 && s[k].words > 0) {
				s[i].words = s[k].words;
				s[i].evidence = s[k].evidence;
			}
		}
	}
}

/* ---- the outline sent back */

static bool
is_unfilled(const struct match_job *j, const struct coverage *c)
{
	uint32_t	words = 0;
	size_t		i, copies = 0, guidance = 0, there = 0;
	bool		begun = false;

	for (i = 0; i < j->n_lines; i++) {
		/* before it stands, perhaps, the letter that it came with */
		begun = begun || j->lines[i].n_sections > 0;
		words += begun ? words_of_line(&j->lines[i]) : 0;
		copies += j->lines[i].copy >= 0;
	}
	for (i = 0; i < j->n_nodes; i++)
		guidance += !j->nodes[i].is_target;
	for (i = 0; i < c->n_sections; i++)
		there += c->sections[i].state != SECTION_MISSING;
	return there >= FITTING_LEAST && there * 10 >= c->n_sections * 6 &&
	    words <= UNFILLED_WORDS &&
	    (copies * 2 >= guidance || copies == 0);
}

void
coverage_states(struct match_job *j, struct coverage *c)
{
	size_t	i;

	c->sections = arena_calloc(j->arena, j->n_nodes,
	    sizeof(*c->sections));
	for (i = 0; i < j->n_nodes; i++)
		if (j->nodes[i].is_target)
			cover_node(j, (int)i,
			    &c->sections[c->n_sections++]);
	lift_parts(j, c->sections, c->n_sections);
	coverage_judge_missing(j, c);
	c->is_unfilled_outline = is_unfilled(j, c);
	/* what little stands there is the letter's own */
	for (i = 0; i < c->n_sections && c->is_unfilled_outline; i++)
		if (c->sections[i].state == SECTION_FILLED)
			c->sections[i].state = SECTION_EMPTY;
}

void
coverage_doubt(struct coverage *c)
{
	size_t	i;

	for (i = 0; i < c->n_sections; i++)
		c->sections[i].sure = false;
}
