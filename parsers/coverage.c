/*
 * What stands under each section of the outline. A section is filled by
 * text below any heading that answers it, or by a filled part of it.
 */
#include "parsers/coverage.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/coverage_state.h"
#include "parsers/heading_skip.h"

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

	for (; *s != '\0' && n <= max; s++)
		n += *s == ' ';
	return n + 1;
}

/* ---- text below headings */

/* Does line k answer something, and nothing inside node? */
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

/* What one line says for node: its words and, first, its excerpt. */
static void
add_line(const struct match_line *l, bool own_title,
    struct section_cover *s)
{
	const char	*title = l->h->title;

	/* an unconfirmed candidate is text of the heading above */
	if (own_title) {
		s->words += heading_words(title, strlen(title));
		if (s->evidence[0] == '\0')
			s->evidence = title;
	}
	s->words += l->h->words;
	if (s->evidence[0] == '\0')
		s->evidence = l->h->excerpt;
}

/* Everything below line i that speaks for node. */
static void
add_below(const struct match_job *j, size_t i, int node,
    struct section_cover *s)
{
	const struct match_line	*l;
	size_t			 k, end = j->lines[i].end;

	add_line(&j->lines[i], false, s);
	/* candidates that follow are text, up to the next heading */
	if (!j->lines[i].is_sure)
		for (end = i + 1; end < j->n_lines &&
		    !j->lines[end].is_sure &&
		    j->lines[end].n_sections == 0; end++)
			continue;
	for (k = i + 1; k < end;) {
		l = &j->lines[k];
		if (is_elsewhere(j, l, node)) {
			k = l->is_sure ? l->end : k + 1;
			continue;
		}
		add_line(l, !l->is_sure && l->n_sections == 0, s);
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
			if (s[k].state > s[i].state)
				s[i].state = s[k].state;
			if (s[i].words == 0 && s[k].words > 0) {
				s[i].words = s[k].words;
				s[i].evidence = s[k].evidence;
			}
		}
	}
}

void
coverage_states(const struct match_job *j, struct coverage *c)
{
	size_t	i;

	c->sections = arena_calloc(j->arena, j->n_nodes,
	    sizeof(*c->sections));
	for (i = 0; i < j->n_nodes; i++)
		if (j->nodes[i].is_target)
			cover_node(j, (int)i,
			    &c->sections[c->n_sections++]);
	lift_parts(j, c->sections, c->n_sections);
}
