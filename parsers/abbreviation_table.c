/*
 * The table of abbreviations: reading it, and listing by word those that
 * may begin with it.
 */
#include "parsers/abbreviation_table.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/data_lines.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

struct abbreviations *
abbreviations_new(struct lexicon_words *words, struct arena *arena)
{
	struct abbreviations	*all = arena_alloc(arena, sizeof(*all));

	all->words = words;
	return all;
}

char *
abbreviation_without_gaps(const char *key, struct arena *arena)
{
	char	*out = arena_strdup(arena, key), *to = out;
	char	*from;

	for (from = out; *from != '\0'; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return out;
}

/* A meaning with or without what stands in parentheses. */
static struct piece
meaning_of(const char *s, bool with, struct lexicon_words *words,
    struct arena *arena)
{
	struct strbuf	 b = {0};
	struct piece	 meaning;
	bool		 inside = false;
	const char	*key;

	for (; *s != '\0'; s++) {
		if (*s == '(' || *s == ')')
			inside = *s == '(';
		if (with || !inside)
			strbuf_addc(&b, *s);
	}
	key = text_key(strbuf_get(&b), TEXT_KEY, arena);
	strbuf_clear(&b);
	lexicon_words_learn(words, key);
	meaning.words = lexicon_words_of(words, key, arena, &meaning.n);
	return meaning;
}

/* The meanings behind "="; every abbreviation of the line shares them. */
static int
meanings_load(struct abbreviation *ab, char *s, struct lexicon_words *words,
    struct data_lines *in)
{
	struct piece	 meaning;
	size_t		 cap = 0, parts = 0;
	char		*part;
	int		 with;

	while ((part = data_part(&s, '|')) != NULL) {
		parts++;
		for (with = 0; with <= (strchr(part, '(') != NULL ? 1 : 0);
		    with++) {
			meaning = meaning_of(part, with == 1, words,
			    in->arena);
			if (meaning.n == 0)
				return data_wrong(in, "has an empty meaning");
			ab->meanings = arena_grow(in->arena, ab->meanings,
			    ab->n_meanings, &cap, sizeof(*ab->meanings));
			ab->meanings[ab->n_meanings++] = meaning;
		}
	}
	ab->is_ambiguous = parts > 1;
	return 0;
}

static void
initial_add(struct initial *in, const struct abbreviation *ab,
    size_t len, struct arena *arena)
{
	if (len > in->longest)
		in->longest = len;
	if (in->n > 0 && in->list[in->n - 1] == ab)
		return;
	in->list = arena_grow(arena, in->list, in->n, &in->cap,
	    sizeof(*in->list));
	in->list[in->n++] = ab;
}

/* The words that letters may begin with: "u", "ub" … of "ubnd". */
static void
learn_prefixes(struct lexicon_words *words, const char *letters)
{
	size_t	len;

	for (len = 1; len <= strlen(letters); len++)
		(void)lexicon_words_add(words, letters, len);
}

/* Sets *second to the second word of a phrase; LEXICON_NO_WORD for others. */
static void
learn_phrase(struct lexicon_words *words, const char *text,
    uint32_t *second, struct arena *arena)
{
	struct lexicon_word	*w;
	size_t			 n;

	lexicon_words_learn(words, text);
	w = lexicon_words_of(words, text, arena, &n);
	*second = n < PHRASE_LEAST ? LEXICON_NO_WORD : w[1].id;
}

static void
add_prefixes(struct abbreviations *all, const struct abbreviation *ab,
    const char *letters, struct arena *arena)
{
	uint32_t	id;
	size_t		len, most = strlen(letters);

	for (len = 1; len <= most; len++) {
		id = lexicon_words_add(all->words, letters, len);
		initial_add(&all->initials[id], ab, most, arena);
	}
}

/* A phrase is looked for where its first word stands. */
static void
add_phrase(struct abbreviations *all, const struct abbreviation *ab,
    const char *text, struct arena *arena)
{
	uint32_t	id = lexicon_word_at(all->words, text).id;

	initial_add(&all->initials[id], ab, strlen(ab->key), arena);
}

/* Most words of a text begin no abbreviation. */
static void
make_initials(struct abbreviations *all, struct arena *arena)
{
	struct abbreviation	*ab;

	for (ab = all->first; ab != NULL; ab = ab->next) {
		learn_phrase(all->words, ab->split, &ab->second, arena);
		learn_phrase(all->words, ab->split_bare,
		    &ab->second_bare, arena);
		if (ab->second != LEXICON_NO_WORD)
			continue;
		learn_prefixes(all->words, ab->key);
		learn_prefixes(all->words, ab->bare);
	}
	all->n_initials = lexicon_words_count(all->words);
	all->initials = arena_calloc(arena, all->n_initials,
	    sizeof(*all->initials));
	for (ab = all->first; ab != NULL; ab = ab->next) {
		if (ab->second != LEXICON_NO_WORD) {
			add_phrase(all, ab, ab->split, arena);
			add_phrase(all, ab, ab->split_bare, arena);
			continue;
		}
		add_prefixes(all, ab, ab->key, arena);
		add_prefixes(all, ab, ab->bare, arena);
	}
}

int
abbreviations_load(struct abbreviations *all, struct data_lines *in)
{
	struct abbreviation	 shared, *ab;
	char			*s, *part, *meanings;

	while ((s = data_lines_next(in)) != NULL) {
		meanings = strchr(s, '=');
		if (meanings == NULL)
			return data_wrong(in, "has no \"=\"; write "
			    "UBND = words");
		*meanings++ = '\0';
		memset(&shared, 0, sizeof(shared));
		if (meanings_load(&shared, meanings, all->words, in) == -1)
			return -1;
		while ((part = data_part(&s, ',')) != NULL) {
			ab = arena_alloc(in->arena, sizeof(*ab));
			*ab = shared;
			ab->split = text_key(part, TEXT_KEY, in->arena);
			ab->key = abbreviation_without_gaps(ab->split,
			    in->arena);
			ab->split_bare = text_key(part, TEXT_KEY_BARE,
			    in->arena);
			ab->bare = abbreviation_without_gaps(ab->split_bare,
			    in->arena);
			ab->key_len = strlen(ab->key);
			ab->bare_len = strlen(ab->bare);
			if (ab->key_len == 0)
				return data_wrong(in, "has an empty "
				    "abbreviation");
			/* several syllables are no mere syllable */
			ab->like_syllable = strpbrk(ab->bare,
			    "aeiouy") != NULL &&
			    strchr(ab->split, ' ') == NULL;
			ab->next = all->first;
			all->first = ab;
		}
	}
	make_initials(all, in->arena);
	return 0;
}
