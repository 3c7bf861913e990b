/*
 * Themes: phrases and the themes that they belong to. A phrase stands once
 * in the table, with the list of its themes.
 */
#include "parsers/themes.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/data_lines.h"
#include "parsers/phrase_table.h"
#include "parsers/text.h"

/* A phrase of one theme, as it stands in the file. */
struct mention {
	const char	*key;
	const char	*text;
	int		 theme;
	int		 line;
};

struct themes {
	struct phrase_table *table; /* to the first mention of the phrase */
	struct mention	*mentions;  /* ordered by key */
	size_t		 n;
	size_t		 cap;
	const char	**names;    /* of the themes, by number */
	size_t		 count;
	size_t		 names_cap;
};

struct themes *
themes_new(struct lexicon_words *words, struct arena *arena)
{
	struct themes	*t = arena_alloc(arena, sizeof(*t));

	t->table = phrase_table_new(words, arena);
	return t;
}

static int
by_key(const void *a, const void *b)
{
	const struct mention	*x = a, *y = b;
	int			 d = strcmp(x->key, y->key);

	return d != 0 ? d : x->theme - y->theme;
}

static void
add_mention(struct themes *t, const char *text, const char *key, int theme,
    const struct data_lines *in)
{
	struct mention	*m;

	t->mentions = arena_grow(in->arena, t->mentions, t->n, &t->cap,
	    sizeof(*t->mentions));
	m = &t->mentions[t->n++];
	m->key = key;
	m->text = text;
	m->theme = theme;
	m->line = in->line;
}

/* The number of a theme, a new one for a name not met before. */
static int
theme_numbered(struct themes *t, const char *name, struct arena *arena)
{
	size_t	i;

	for (i = 0; i < t->count; i++)
		if (strcmp(t->names[i], name) == 0)
			return (int)i;
	t->names = arena_grow(arena, t->names, t->count, &t->names_cap,
	    sizeof(*t->names));
	t->names[t->count] = name;
	return (int)t->count++;
}

/* The same phrase twice in one theme counts once. */
static void
drop_repeats(struct themes *t)
{
	size_t	i, k = 0;

	for (i = 0; i < t->n; i++)
		if (i == 0 || t->mentions[i].theme != t->mentions[k - 1].theme
		    || strcmp(t->mentions[i].key, t->mentions[k - 1].key) != 0)
			t->mentions[k++] = t->mentions[i];
	t->n = k;
}

/* A line's phrases: of its theme, and of the wider ones that it names. */
static int
themes_load_line(struct themes *t, char *s, struct data_lines *in)
{
	char	*names = s, *part;
	size_t	 i, first = t->n, end;
	int	 theme;

	s = strchr(names, ':');
	if (s == NULL)
		return data_wrong(in, "has no colon; write "
		    "name: phrase; phrase");
	*s++ = '\0';
	theme = theme_numbered(t, data_part(&names, ','), in->arena);
	while ((part = data_part(&s, ';')) != NULL)
		add_mention(t, part, text_key(part, TEXT_KEY, in->arena),
		    theme, in);
	end = t->n;
	while ((part = data_part(&names, ',')) != NULL) {
		theme = theme_numbered(t, part, in->arena);
		for (i = first; i < end; i++)
			add_mention(t, t->mentions[i].text,
			    t->mentions[i].key, theme, in);
	}
	return 0;
}

int
themes_load(struct themes *t, struct data_lines *in)
{
	char	*s;
	size_t	 i;

	while ((s = data_lines_next(in)) != NULL)
		if (themes_load_line(t, s, in) == -1)
			return -1;
	if (t->n > 0)
		qsort(t->mentions, t->n, sizeof(*t->mentions), by_key);
	drop_repeats(t);
	for (i = 0; i < t->n; i++) {
		if (i > 0 && strcmp(t->mentions[i].key,
		    t->mentions[i - 1].key) == 0)
			continue;
		in->line = t->mentions[i].line;
		if (phrase_table_add(t->table, t->mentions[i].text, (int)i,
		    in) == -1)
			return -1;
	}
	return 0;
}

size_t
themes_count(const struct themes *t)
{
	return t->count;
}

const uint32_t *
themes_find(const struct themes *t, const struct lexicon_text *text,
    struct arena *arena, size_t *n)
{
	const struct lexicon_phrase	*found;
	const char			*first;
	uint32_t			*out = NULL;
	size_t				 n_found, cap = 0, i, k;

	*n = 0;
	found = phrase_table_find(t->table, text, arena, &n_found);
	for (i = 0; i < n_found; i++) {
		first = t->mentions[found[i].set].key;
		for (k = (size_t)found[i].set; k < t->n &&
		    strcmp(t->mentions[k].key, first) == 0; k++) {
			out = arena_grow(arena, out, *n, &cap, sizeof(*out));
			out[(*n)++] = (uint32_t)t->mentions[k].theme;
		}
	}
	return out;
}
