/*
 * Phrases by key, and finding them in a text: the longest wins, "và"
 * counts for nothing, texts typed without marks are met too.
 */
#include "parsers/phrase_table.h"

#include <stdint.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/data_lines.h"
#include "parsers/lexicon_text.h"
#include "parsers/text.h"

#define PHRASE_WORDS 16		/* most words of a phrase */
#define FEW 8
#define ANY_WORD (LEXICON_NO_WORD - 1)

/* A run of words and what it stands for (set number, rule number). */
struct phrase {
	const uint32_t	*ids;	/* of its words without "và" */
	size_t		 n;
	uint32_t	 second; /* of them; ANY_WORD when it has but one */
	int		 value;
	int		 line;
	struct phrase	*next;	/* with the same first word */
};

/* Phrases by their first word. */
struct starts {
	struct phrase	**first;
	size_t		 n;
};

struct phrase_table {
	struct lexicon_words *words;
	struct starts	 full;
	struct starts	 bare;	/* for texts typed without marks */
};

struct phrase_table *
phrase_table_new(struct lexicon_words *words, struct arena *arena)
{
	struct phrase_table	*t = arena_alloc(arena, sizeof(*t));

	t->words = words;
	return t;
}

static struct phrase *
starts_with(const struct starts *s, uint32_t id)
{
	return id < s->n ? s->first[id] : NULL;
}

static void
starts_add(struct starts *s, struct phrase *p, struct arena *arena)
{
	struct phrase	**moved;
	size_t		  room = (size_t)p->ids[0] * 2 + 1;

	if (p->ids[0] >= s->n) {
		moved = arena_calloc(arena, room, sizeof(*moved));
		if (s->n > 0)
			memcpy(moved, s->first, s->n * sizeof(*moved));
		s->first = moved;
		s->n = room;
	}
	p->next = s->first[p->ids[0]];
	s->first[p->ids[0]] = p;
}

/* The phrase of the same words, NULL when there is none. */
static const struct phrase *
starts_find(const struct starts *s, const struct phrase *want)
{
	const struct phrase	*p;

	for (p = starts_with(s, want->ids[0]); p != NULL; p = p->next)
		if (p->n == want->n && memcmp(p->ids, want->ids,
		    p->n * sizeof(*p->ids)) == 0)
			return p;
	return NULL;
}

/* A phrase without "và"; new words get their numbers. */
static struct phrase *
make_phrase(struct phrase_table *t, const char *text, enum text_key which,
    int value, const struct data_lines *in)
{
	struct phrase		*p = arena_alloc(in->arena, sizeof(*p));
	const char		*key = text_key(text, which, in->arena);
	struct lexicon_text	 found;
	struct lexicon_word	*w;
	size_t			 n;

	lexicon_words_learn(t->words, key);
	w = lexicon_words_of(t->words, key, in->arena, &n);
	found = lexicon_text_of(t->words, w, n, in->arena);
	p->ids = found.ids;
	p->n = found.n_ids;
	p->second = p->n > 1 ? p->ids[1] : ANY_WORD;
	p->value = value;
	p->line = in->line;
	return p;
}

int
phrase_table_add(struct phrase_table *t, const char *text, int value,
    struct data_lines *in)
{
	struct phrase		*p, *bare;
	const struct phrase	*same;

	p = make_phrase(t, text, TEXT_KEY, value, in);
	if (p->n == 0)
		return data_wrong(in, "has an empty phrase; give words, or "
		    "take the sign before it away");
	if (p->n > PHRASE_WORDS)
		return data_wrong(in, "has a phrase of more than 16 words");
	same = starts_find(&t->full, p);
	if (same != NULL && same->value == value)
		return 0;
	if (same != NULL)
		return data_wrong(in, arena_printf(in->arena, "\"%s\" stands "
		    "in line %d already; a phrase stands in one line only",
		    text, same->line));
	starts_add(&t->full, p, in->arena);
	/* the first of its spelling counts for texts without marks */
	bare = make_phrase(t, text, TEXT_KEY_BARE, value, in);
	if (bare->n > 0 && starts_find(&t->bare, bare) == NULL)
		starts_add(&t->bare, bare, in->arena);
	return 0;
}

/* ---- finding */

struct found {
	const struct phrase *p;
	size_t		 at;	/* index into the text's ids */
};

/* Phrases that were found, growing; most texts have few. */
struct found_list {
	struct found	 few[FEW];
	struct found	*all;
	size_t		 n;
	size_t		 cap;
	size_t		 longest;
	struct arena	*arena;
};

/* Are the third and further words of the phrase those of the text? */
static bool
goes_on(const struct phrase *p, const struct lexicon_text *text, size_t at)
{
	size_t	i;

	if (text->n_ids - at < p->n)
		return false;
	for (i = 2; i < p->n; i++)
		if (p->ids[i] != text->ids[at + i])
			return false;
	return true;
}

static void
add_found(struct found_list *list, const struct phrase *p, size_t at)
{
	list->all = arena_grow(list->arena, list->all, list->n, &list->cap,
	    sizeof(*list->all));
	list->all[list->n].p = p;
	list->all[list->n++].at = at;
	if (p->n > list->longest)
		list->longest = p->n;
}

/* Those of the phrases from p on that stand in the text at `at`. */
static void
find_at(struct found_list *list, const struct phrase *p,
    const struct lexicon_text *text, size_t at)
{
	uint32_t	second = at + 1 < text->n_ids ? text->ids[at + 1] :
			    LEXICON_NO_WORD;

	for (; p != NULL; p = p->next)
		/* most have another second word */
		if ((p->second == second || p->second == ANY_WORD) &&
		    goes_on(p, text, at))
			add_found(list, p, at);
}

/* All phrases that stand in a text, by place. */
static void
find_all(const struct phrase_table *t, const struct lexicon_text *text,
    struct found_list *list)
{
	const struct starts	*of[] = { &t->full, &t->bare };
	const struct phrase	*p;
	size_t			 at, k, n = text->bare ? 2 : 1;

	for (at = 0; at < text->n_ids; at++)
		for (k = 0; k < n; k++) {
			p = starts_with(of[k], text->ids[at]);
			if (p != NULL)
				find_at(list, p, text, at);
		}
}

/* Does no phrase hold any of the words yet? */
static bool
is_free(const struct phrase *const *held, const struct found *f)
{
	size_t	i;

	for (i = f->at; i < f->at + f->p->n; i++)
		if (held[i] != NULL)
			return false;
	return true;
}

/*
 * By word, the phrase that holds it: the longest win, and the first of as
 * long ones. Returns how many there are.
 */
static size_t
hold_words(const struct found_list *list, const struct phrase **held)
{
	const struct found	*f;
	size_t			 len, i, k, n = 0;

	for (len = list->longest; len > 0; len--)
		for (i = 0; i < list->n; i++) {
			f = &list->all[i];
			if (f->p->n != len || !is_free(held, f))
				continue;
			for (k = f->at; k < f->at + len; k++)
				held[k] = f->p;
			n++;
		}
	return n;
}

/* Says where a phrase of the text's words from i on stands. */
static const struct lexicon_phrase *
place_phrase(const struct lexicon_text *text, const struct phrase *p,
    size_t i, struct lexicon_phrase *out)
{
	out->set = p->value;
	out->first = text->places[i];
	out->n = text->places[i + p->n - 1] - text->places[i] + 1;
	return out;
}

const struct lexicon_phrase *
phrase_table_find(const struct phrase_table *t,
    const struct lexicon_text *text, struct arena *arena, size_t *n)
{
	struct found_list	 list = { .cap = FEW, .arena = arena };
	const struct phrase	**held;
	struct lexicon_phrase	*out;
	size_t			 i, k = 0;

	list.all = list.few;
	find_all(t, text, &list);
	if (list.n <= 1) {
		*n = list.n;
		return list.n == 0 ? NULL : place_phrase(text, list.all[0].p,
		    list.all[0].at, arena_alloc(arena, sizeof(*out)));
	}
	held = arena_calloc(arena, text->n_ids, sizeof(*held));
	*n = hold_words(&list, held);
	out = arena_calloc(arena, *n, sizeof(*out));
	for (i = 0; k < *n; i += held[i] == NULL ? 1 : held[i]->n)
		if (held[i] != NULL)
			(void)place_phrase(text, held[i], i, &out[k++]);
	return out;
}
