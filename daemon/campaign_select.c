/*
 * Selectors: who stands behind a Kính gửi line. Read from left to right,
 * each adding units or, with "-" before it, taking them away.
 */
#include "daemon/campaign.h"

#include <string.h>

#include "daemon/campaign_propose.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/text.h"

struct selecting {
	const struct roster *roster;
	struct arena	*arena;
	bool		*chosen;
	const char	*why;
};

static int
wrong(struct selecting *s, const char *why)
{
	s->why = why;
	return -1;
}

static bool
has_tag(const struct unit *u, const char *tag)
{
	size_t	i;

	for (i = 0; i < u->n_tags; i++)
		if (strcmp(u->tags[i], tag) == 0)
			return true;
	return false;
}

/* Does name begin with these words? Both are keys. */
static bool
begins(const char *name, const char *words)
{
	size_t	len = strlen(words);

	return strncmp(name, words, len) == 0 &&
	    (name[len] == '\0' || name[len] == ' ');
}

enum field { FIELD_KIND, FIELD_TAG, FIELD_GROUP, FIELD_NAME };

static const char *const field_names[] = { "kind", "tag", "group", "name" };

static bool
matches(struct selecting *s, const struct unit *u, enum field field,
    const char *value, const char *tag)
{
	switch (field) {
	case FIELD_KIND:
		return strcmp(u->kind, value) == 0 &&
		    (tag == NULL || has_tag(u, tag));
	case FIELD_TAG:
		return has_tag(u, value);
	case FIELD_GROUP:
		return strcmp(text_key(u->group, TEXT_KEY, s->arena),
		    value) == 0;
	case FIELD_NAME:
		return begins(text_key(u->name, TEXT_KEY, s->arena), value);
	}
	return false;
}

/* All kinds, or all tags, for guessing what was meant. */
static const char *
nearest(const struct selecting *s, enum field field, const char *value)
{
	const struct roster	*r = s->roster;
	const char		**list = NULL;
	size_t			  cap = 0, n = 0, i, k;

	for (i = 0; i < r->n; i++) {
		if (field == FIELD_KIND) {
			list = arena_grow(s->arena, list, n, &cap,
			    sizeof(*list));
			list[n++] = r->units[i].kind;
		}
		for (k = 0; field == FIELD_TAG && k < r->units[i].n_tags;
		    k++) {
			list = arena_grow(s->arena, list, n, &cap,
			    sizeof(*list));
			list[n++] = r->units[i].tags[k];
		}
	}
	list = arena_grow(s->arena, list, n, &cap, sizeof(*list));
	list[n] = NULL;
	return problems_nearest(value, list);
}

static int
nobody(struct selecting *s, enum field field, const char *value)
{
	const char	*guess = field == FIELD_KIND || field == FIELD_TAG ?
			    nearest(s, field, value) : NULL;

	if (guess != NULL && strcmp(guess, value) != 0)
		return wrong(s, arena_printf(s->arena, "no unit has the %s "
		    "\"%s\"; did you mean \"%s\"?", field_names[field],
		    value, guess));
	return wrong(s, arena_printf(s->arena, "no unit has the %s \"%s\"; "
	    "see units.csv", field_names[field], value));
}

static int
select_field(struct selecting *s, enum field field, const char *value,
    bool want)
{
	char		*v = arena_strdup(s->arena, value), *tag = NULL;
	const char	*key = v;
	size_t		 i;
	bool		 any = false;

	if (field == FIELD_GROUP || field == FIELD_NAME) {
		key = text_key(v, TEXT_KEY, s->arena);
	} else if (field == FIELD_KIND && (tag = strchr(v, '+')) != NULL) {
		*tag++ = '\0';
	}
	if (*key == '\0')
		return wrong(s, arena_printf(s->arena, "%s: says nothing; "
		    "write %s:VALUE", field_names[field],
		    field_names[field]));
	for (i = 0; i < s->roster->n; i++)
		if (matches(s, &s->roster->units[i], field, key, tag)) {
			s->chosen[i] = want;
			any = true;
		}
	return any ? 0 : nobody(s, field, value);
}

static int
select_code(struct selecting *s, const char *code, bool want)
{
	const char	*near;
	int		 i = roster_find(s->roster, code);

	if (i == -1) {
		i = roster_find_short(s->roster, code, s->arena, &near);
		if (i >= 0)
			near = s->roster->units[i].code;
		return wrong(s, arena_printf(s->arena, "\"%s\" is no unit's "
		    "code%s%s%s", code, *near == '\0' ? "" : i >= 0 ?
		    "; write " : i == -2 ? "; it could be " :
		    "; did you mean ", near, i == -1 && *near != '\0' ?
		    "?" : ""));
	}
	s->chosen[i] = want;
	return 0;
}

static int
select_term(struct selecting *s, const char *term)
{
	bool	want = *term != '-';
	size_t	i, len;

	if (*term == '+')
		return select_code(s, term + 1, true);
	if (*term == '-')
		term++;
	if (strcmp(term, "all") == 0) {
		for (i = 0; i < s->roster->n; i++)
			s->chosen[i] = want;
		return 0;
	}
	for (i = 0; i < 4; i++) {
		len = strlen(field_names[i]);
		if (strncmp(term, field_names[i], len) == 0 &&
		    term[len] == ':')
			return select_field(s, (enum field)i, term + len + 1,
			    want);
	}
	if (!want)
		return select_code(s, term, false);
	return wrong(s, arena_printf(s->arena, "\"%s\" is no selector; write "
	    "kind:…, tag:…, group:\"…\", name:\"…\", +CODE or -CODE", term));
}

/* The next term, its quotes taken off; NULL at the end or on a mistake. */
static const char *
next_term(struct selecting *s, const char **rest)
{
	const char	*from, *quote;
	char		*term;
	size_t		 head;

	*rest += strspn(*rest, " \t");
	from = *rest;
	if (*from == '\0')
		return NULL;
	head = strcspn(from, " \t\"");
	if (from[head] != '"') {
		*rest = from + head;
		return arena_strndup(s->arena, from, head);
	}
	quote = strchr(from + head + 1, '"');
	if (quote == NULL) {
		(void)wrong(s, "has no closing quote; write group:\"…\"");
		return NULL;
	}
	term = arena_printf(s->arena, "%.*s%.*s", (int)head, from,
	    (int)(quote - from - (long)head - 1), from + head + 1);
	*rest = quote + 1;
	return term;
}

long
campaign_select(const char *selectors, const struct roster *r,
    struct arena *arena, int **units, const char **why)
{
	struct selecting	 s = { .roster = r, .arena = arena };
	const char		*term;
	int			*list;
	long			 n = 0;
	size_t			 i;

	s.chosen = arena_calloc(arena, r->n, sizeof(*s.chosen));
	while ((term = next_term(&s, &selectors)) != NULL)
		if (select_term(&s, term) == -1)
			break;
	if (s.why != NULL) {
		*why = s.why;
		return -1;
	}
	list = arena_calloc(arena, r->n, sizeof(*list));
	for (i = 0; i < r->n; i++)
		if (s.chosen[i])
			list[n++] = (int)i;
	*units = list;
	return n;
}
