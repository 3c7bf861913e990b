/*
 * Language knowledge read from data files: phrase sets, abbreviations,
 * words that name a kind of unit. Everything is compared on text keys.
 */
#include "parsers/lexicon.h"

#include <string.h>

#include "parsers/abbreviations.h"
#include "parsers/arena.h"
#include "parsers/data_lines.h"
#include "parsers/phrase_table.h"
#include "parsers/themes.h"
#include "parsers/word_memory.h"

const char *const lexicon_file_names[LEXICON_FILES] = {
	"phrases.txt", "abbreviations.txt", "audience.txt", "themes.txt",
};

struct rule {
	struct lexicon_named *named;
	size_t		 n;
};

struct lexicon {
	struct lexicon_words *words;
	struct phrase_table *sets;
	const char	**set_names; /* "" where it has none */
	size_t		 n_sets;
	struct phrase_table *audience;
	struct rule	*rules;
	size_t		 n_rules;
	struct abbreviations *abbreviations;
	struct themes	*themes;
};

/* "name: rest": the name, and *s moved past it; else "". */
static const char *
set_name(char **s)
{
	size_t	 len = strspn(*s, "abcdefghijklmnopqrstuvwxyz-");
	char	*name = *s;

	if (len == 0 || name[len] != ':')
		return "";
	name[len] = '\0';
	*s = name + len + 1;
	return name;
}

static int
phrases_load(struct lexicon *lx, struct data_lines *in)
{
	size_t	 cap = 0;
	char	*s, *part;

	while ((s = data_lines_next(in)) != NULL) {
		lx->set_names = arena_grow(in->arena, lx->set_names,
		    lx->n_sets, &cap, sizeof(*lx->set_names));
		lx->set_names[lx->n_sets] = set_name(&s);
		while ((part = data_part(&s, '=')) != NULL)
			if (phrase_table_add(lx->sets, part, (int)lx->n_sets,
			    in) == -1)
				return -1;
		lx->n_sets++;
	}
	return 0;
}

/* ---- audience */

static int
rule_load(struct rule *r, char *kinds, struct data_lines *in)
{
	size_t	 cap = 0;
	char	*part, *tag;

	while ((part = data_part(&kinds, ' ')) != NULL) {
		if (*part == '\0')
			continue;
		r->named = arena_grow(in->arena, r->named, r->n, &cap,
		    sizeof(*r->named));
		tag = strchr(part, '+');
		if (tag != NULL)
			*tag++ = '\0';
		r->named[r->n].kind = part;
		r->named[r->n].tag = tag == NULL ? "" : tag;
		if (*part == '\0' || (tag != NULL && *tag == '\0'))
			return data_wrong(in, "wants kind or kind+tag behind "
			    "the colon");
		r->n++;
	}
	if (r->n == 0)
		return data_wrong(in, "names no kind; write words : kind");
	return 0;
}

static int
audience_load(struct lexicon *lx, struct data_lines *in)
{
	size_t	 cap = 0;
	char	*s, *part, *kinds;

	while ((s = data_lines_next(in)) != NULL) {
		kinds = strrchr(s, ':');
		if (kinds == NULL)
			return data_wrong(in, "has no colon; write "
			    "words : kind");
		*kinds++ = '\0';
		lx->rules = arena_grow(in->arena, lx->rules, lx->n_rules,
		    &cap, sizeof(*lx->rules));
		if (rule_load(&lx->rules[lx->n_rules], kinds, in) == -1)
			return -1;
		while ((part = data_part(&s, ';')) != NULL)
			if (phrase_table_add(lx->audience, part,
			    (int)lx->n_rules, in) == -1)
				return -1;
		lx->n_rules++;
	}
	return 0;
}

static int
part_load(struct lexicon *lx, size_t i, struct data_lines *in)
{
	switch (i) {
	case 0:
		return phrases_load(lx, in);
	case 1:
		return abbreviations_load(lx->abbreviations, in);
	case 2:
		return audience_load(lx, in);
	default:
		return themes_load(lx->themes, in);
	}
}

struct lexicon *
lexicon_parse(const struct bytes files[LEXICON_FILES], struct arena *arena,
    const char **why)
{
	struct lexicon	*lx = arena_alloc(arena, sizeof(*lx));
	struct data_lines	 in = { .arena = arena, .why = why };
	size_t		 i;

	lx->words = lexicon_words_new(arena);
	lx->sets = phrase_table_new(lx->words, arena);
	lx->audience = phrase_table_new(lx->words, arena);
	lx->abbreviations = abbreviations_new(lx->words, arena);
	lx->themes = themes_new(lx->words, arena);
	for (i = 0; i < LEXICON_FILES; i++)
		if (data_lines_init(&in, lexicon_file_names[i],
		    files[i]) == -1 || part_load(lx, i, &in) == -1)
			return NULL;
	return lx;
}

const struct themes *
lexicon_themes(const struct lexicon *lx)
{
	return lx->themes;
}

static struct lexicon_text
text_of_key(const struct lexicon *lx, const char *key, struct arena *arena)
{
	struct lexicon_word	*w;
	size_t			 n;

	w = lexicon_words_of(lx->words, key, arena, &n);
	return lexicon_text_of(lx->words, w, n, arena);
}

const struct lexicon_words *
lexicon_all_words(const struct lexicon *lx)
{
	return lx->words;
}

struct lexicon_text
lexicon_text_from(const struct lexicon *lx, const struct lexicon_text *text,
    size_t i, struct arena *arena)
{
	return lexicon_text_of(lx->words, text->words + i, text->n - i, arena);
}

const struct lexicon_phrase *
lexicon_text_phrases(const struct lexicon *lx, const struct lexicon_text *text,
    struct arena *arena, size_t *n)
{
	return phrase_table_find(lx->sets, text, arena, n);
}

const struct lexicon_phrase *
lexicon_phrases(const struct lexicon *lx, const char *key,
    struct arena *arena, size_t *n)
{
	struct lexicon_text	text = text_of_key(lx, key, arena);

	return phrase_table_find(lx->sets, &text, arena, n);
}

size_t
lexicon_texts(const struct lexicon *lx, const struct word_memory *memory,
    const char *text, struct lexicon_text *out, size_t max)
{
	return abbreviations_texts(lx->abbreviations, memory, text, out, max);
}

/* The key of a text. */
static const char *
key_of_text(const struct lexicon_text *t, struct arena *arena)
{
	size_t	 i, len = 1;
	char	*key, *to;

	for (i = 0; i < t->n; i++)
		len += t->words[i].len + 1;
	key = to = arena_alloc(arena, len);
	for (i = 0; i < t->n; i++) {
		if (i > 0)
			*to++ = ' ';
		memcpy(to, t->words[i].key, t->words[i].len);
		to += t->words[i].len;
	}
	return key;
}

size_t
lexicon_readings(const struct lexicon *lx, const char *text,
    struct arena *arena, const char *out[LEXICON_READINGS])
{
	const struct word_memory none = { lx->words, arena, NULL };
	struct lexicon_text	t[LEXICON_READINGS];
	size_t			n, i;

	n = lexicon_texts(lx, &none, text, t, LEXICON_READINGS);
	for (i = 0; i < n; i++)
		out[i] = key_of_text(&t[i], arena);
	return n;
}

const char *
lexicon_reading(const struct lexicon *lx, const char *text,
    struct arena *arena)
{
	const struct word_memory none = { lx->words, arena, NULL };
	struct lexicon_text	t;

	(void)lexicon_texts(lx, &none, text, &t, 1);
	return key_of_text(&t, arena);
}

size_t
lexicon_sets(const struct lexicon *lx)
{
	return lx->n_sets;
}

int
lexicon_set_find(const struct lexicon *lx, const char *name)
{
	size_t	i;

	for (i = 0; i < lx->n_sets; i++)
		if (*name != '\0' && strcmp(lx->set_names[i], name) == 0)
			return (int)i;
	return -1;
}

/* ---- whom words name */

const struct lexicon_phrase *
lexicon_text_rules(const struct lexicon *lx, const struct lexicon_text *text,
    struct arena *arena, size_t *n)
{
	return phrase_table_find(lx->audience, text, arena, n);
}

size_t
lexicon_rules(const struct lexicon *lx)
{
	return lx->n_rules;
}

const struct lexicon_named *
lexicon_rule(const struct lexicon *lx, int rule, size_t *n)
{
	*n = lx->rules[rule].n;
	return lx->rules[rule].named;
}

static bool
is_among(const struct lexicon_named *all, size_t n,
    const struct lexicon_named *one)
{
	size_t	i;

	for (i = 0; i < n; i++)
		if (strcmp(all[i].kind, one->kind) == 0 &&
		    strcmp(all[i].tag, one->tag) == 0)
			return true;
	return false;
}

const struct lexicon_named *
lexicon_audience(const struct lexicon *lx, const char *key,
    struct arena *arena, size_t *n)
{
	struct lexicon_text	text = text_of_key(lx, key, arena);
	const struct lexicon_phrase *found;
	struct lexicon_named	*out = NULL;
	const struct rule	*r;
	size_t			 n_found, cap = 0, i, k;

	*n = 0;
	found = lexicon_text_rules(lx, &text, arena, &n_found);
	for (i = 0; i < n_found; i++) {
		r = &lx->rules[found[i].set];
		for (k = 0; k < r->n; k++) {
			if (is_among(out, *n, &r->named[k]))
				continue;
			out = arena_grow(arena, out, *n, &cap, sizeof(*out));
			out[(*n)++] = r->named[k];
		}
	}
	return out;
}

static bool
has_tag(const struct audience *unit, const char *tag)
{
	size_t	i;

	if (*tag == '\0')
		return true;
	for (i = 0; i < unit->n_tags; i++)
		if (strcmp(unit->tags[i], tag) == 0)
			return true;
	return false;
}

int
lexicon_names(const struct lexicon *lx, const char *heading,
    const struct audience *unit)
{
	const struct lexicon_named	*named;
	struct arena			*arena = arena_new(0);
	size_t				 n, i;
	int				 verdict;

	named = lexicon_audience(lx, lexicon_reading(lx, heading, arena),
	    arena, &n);
	verdict = n == 0 ? -1 : 0;
	for (i = 0; i < n; i++)
		if (strcmp(named[i].kind, unit->kind) == 0 &&
		    has_tag(unit, named[i].tag))
			verdict = 1;
	arena_free(arena);
	return verdict;
}
