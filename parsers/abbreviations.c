/*
 * Abbreviations: the readings of a text with them written out.
 */
#include "parsers/abbreviations.h"

#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/abbreviation_table.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "parsers/word_memory.h"
#include "parsers/words.h"

#define SYLLABLE_BYTES 5	/* with the space behind it */

/* A text's words, and how they are written there. */
struct tokens {
	struct lexicon_word *words;
	size_t		 cap_words;
	struct fold_run	*runs;	/* as written */
	size_t		 cap_runs;
	size_t		 n;
	struct arena	*arena;
};

/* How a word is written; asked for only where an abbreviation may be. */
struct token_look {
	bool	is_capital;
	bool	is_ascii;
};

/* A place in the text and its readings: as written, or an abbreviation. */
struct slot {
	struct piece	 written;
	const struct abbreviation *ab; /* NULL: none */
};

static size_t
slot_options(const struct slot *s)
{
	return s->ab == NULL ? 1 : s->ab->n_meanings + s->ab->is_ambiguous;
}

/* Option 0 is the default. */
static const struct piece *
slot_option(const struct slot *s, size_t i)
{
	if (s->ab == NULL || (s->ab->is_ambiguous && i == 0))
		return &s->written;
	return &s->ab->meanings[i - s->ab->is_ambiguous];
}

static struct token_look
token_look(const struct tokens *t, size_t i)
{
	struct token_look look = { .is_ascii = true };
	const uint8_t	*s = (const uint8_t *)t->runs[i].start;
	const uint8_t	*end = (const uint8_t *)t->runs[i].end;
	ucs4_t		 uc;
	size_t		 upper = 0, letters = 0;
	int		 step;

	for (; s < end; s += step) {
		step = u8_mbtoucr(&uc, s, (size_t)(end - s));
		if (step <= 0)
			step = 1;
		upper += uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_Lu);
		letters += uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_L);
		look.is_ascii = look.is_ascii && uc < 0x80;
	}
	/* "TTr" counts as capitals too */
	look.is_capital = letters > 0 && upper * 2 > letters;
	return look;
}

/* No tokens yet, and room for those of a text of short syllables. */
static struct tokens
no_tokens(const char *text, struct arena *arena)
{
	struct tokens	t = { .n = 0, .arena = arena };

	t.cap_words = t.cap_runs = strlen(text) / SYLLABLE_BYTES + 1;
	t.words = arena_calloc(arena, t.cap_words, sizeof(*t.words));
	t.runs = arena_calloc(arena, t.cap_runs, sizeof(*t.runs));
	return t;
}

/* Room for one more. */
static void
grow_tokens(struct tokens *t)
{
	t->words = arena_grow(t->arena, t->words, t->n, &t->cap_words,
	    sizeof(*t->words));
	t->runs = arena_grow(t->arena, t->runs, t->n, &t->cap_runs,
	    sizeof(*t->runs));
}

/* A text of signs that are not all that simple. */
static struct tokens
tokens_of_any(const struct word_memory *memory, const char *text)
{
	struct tokens		t = no_tokens(text, memory->arena);
	struct words		ws;

	ws = words_of(text_clean(text, t.arena), t.arena);
	for (; t.n < ws.n; t.n++) {
		grow_tokens(&t);
		t.words[t.n] = lexicon_word_at(memory->words,
		    ws.w[t.n].key);
		t.runs[t.n].start = ws.text + ws.w[t.n].start;
		t.runs[t.n].end = ws.text + ws.w[t.n].end;
	}
	return t;
}

static struct tokens
tokens_of(const struct word_memory *memory, const char *text)
{
	struct tokens		t = no_tokens(text, memory->arena);
	const char		*at = text;
	enum fold		kind;

	for (;;) {
		grow_tokens(&t);
		kind = word_memory_next(memory, at, &t.runs[t.n],
		    &t.words[t.n]);
		if (kind == FOLD_END)
			return t;
		if (kind == FOLD_OTHER)
			return tokens_of_any(memory, text);
		at = t.runs[t.n++].end;
	}
}

/* The abbreviations that may begin with token i, NULL when none does. */
static const struct initial *
initial_of(const struct abbreviations *all, const struct tokens *t, size_t i)
{
	const struct lexicon_word *w = &t->words[i];
	const struct initial	  *in;
	size_t			   k;

	if (w->id >= all->n_initials || all->initials[w->id].n == 0)
		return NULL;
	in = &all->initials[w->id];
	for (k = 0; k < in->n; k++)
		if (in->list[k]->second == LEXICON_NO_WORD ||
		    (i + 1 < t->n && (in->list[k]->second == w[1].id ||
		    in->list[k]->second_bare == w[1].id)))
			return in;
	return NULL;
}

/* Is the whole text in capitals, so that capitals tell nothing? */
static bool
all_capitals(const struct tokens *t)
{
	size_t	i, words = 0;

	for (i = 0; i < t->n; i++) {
		if (t->words[i].key[0] >= '0' && t->words[i].key[0] <= '9')
			continue;
		if (!token_look(t, i).is_capital)
			return false;
		words++;
	}
	return words > 1;
}

/* Some tokens taken together, as an abbreviation may be written. */
struct spelling {
	const char	*gapless;
	const char	*spaced;
	bool		 is_single; /* letter by letter: U.B.N.D */
	bool		 is_capital;
	bool		 is_ascii;
};

static struct spelling
spelling_of(const struct tokens *t, size_t at, size_t n)
{
	struct spelling	 sp = { .is_single = true, .is_capital = true,
			    .is_ascii = true };
	const struct lexicon_word *w;
	struct token_look look;
	struct strbuf	 b = {0};
	size_t		 i;

	for (i = at; i < at + n; i++) {
		w = &t->words[i];
		look = token_look(t, i);
		if (i > at)
			strbuf_addc(&b, ' ');
		strbuf_add(&b, w->key, w->len);
		sp.is_single = sp.is_single &&
		    u8_mbsnlen((const uint8_t *)w->key, w->len) == 1;
		sp.is_capital = sp.is_capital && look.is_capital;
		sp.is_ascii = sp.is_ascii && look.is_ascii;
	}
	sp.spaced = arena_strdup(t->arena, strbuf_get(&b));
	sp.gapless = abbreviation_without_gaps(sp.spaced, t->arena);
	strbuf_clear(&b);
	return sp;
}

/* Are the words, without gaps, just this key? */
static bool
are_together(const struct lexicon_word *w, size_t n, const char *key)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		if (strncmp(key, w[i].key, w[i].len) != 0)
			return false;
		key += w[i].len;
	}
	return *key == '\0';
}

/* A quick look, before anything is put together. */
static bool
may_be_one(const struct initial *in, const struct lexicon_word *w, size_t n)
{
	const struct abbreviation	*ab;
	size_t				 i, len = 0;

	for (i = 0; i < n; i++)
		len += w[i].len;
	for (i = 0; i < in->n; i++) {
		ab = in->list[i];
		if ((ab->key_len == len && are_together(w, n, ab->key)) ||
		    (ab->bare_len == len && are_together(w, n, ab->bare)))
			return true;
	}
	return false;
}

static const struct abbreviation *
abbreviation_find(const struct initial *in, const struct spelling *sp,
    bool capitals_tell)
{
	const struct abbreviation	*ab, *bare = NULL;
	size_t				 i;
	bool				 apart;

	apart = strcmp(sp->gapless, sp->spaced) != 0 && !sp->is_single;
	for (i = 0; i < in->n; i++) {
		ab = in->list[i];
		if (ab->like_syllable && !(sp->is_capital && capitals_tell))
			continue;
		/* in pieces only where the data has the same pieces */
		if (apart && strcmp(sp->spaced, ab->split) != 0)
			continue;
		if (strcmp(sp->gapless, ab->key) == 0)
			return ab;
		if (sp->is_ascii && strcmp(sp->gapless, ab->bare) == 0)
			bare = ab;
	}
	return bare;
}

#define ABBREVIATION_TOKENS 8

/*
 * What the tokens from `at` on begin with: the longest abbreviation, or a
 * plain word.
 */
static struct slot
slot_at(const struct abbreviations *all, const struct tokens *t, size_t at,
    bool capitals_tell)
{
	const struct lexicon_word *w = t->words + at;
	const struct initial	  *in;
	struct slot		   slot = { .written = { w, 1 } };
	struct spelling		   sp;
	size_t			   k, len = 0;

	in = initial_of(all, t, at);
	if (in == NULL)
		return slot;
	for (k = 0; at + k < t->n && k < ABBREVIATION_TOKENS; k++) {
		len += w[k].len;
		if (len > in->longest)
			break;
	}
	for (; k > 0; k--) {
		if (!may_be_one(in, w, k))
			continue;
		sp = spelling_of(t, at, k);
		slot.ab = abbreviation_find(in, &sp, capitals_tell);
		if (slot.ab != NULL) {
			slot.written.n = k;
			break;
		}
	}
	return slot;
}

static struct slot *
slots_of(const struct abbreviations *all, const struct tokens *t, size_t *n)
{
	struct slot	*slots = arena_calloc(t->arena, t->n,
			    sizeof(*slots));
	const bool	 capitals_tell = !all_capitals(t);
	size_t		 i;

	*n = 0;
	for (i = 0; i < t->n; i += slots[(*n)++].written.n)
		slots[*n] = slot_at(all, t, i, capitals_tell);
	return slots;
}

/* Does any word begin an abbreviation? */
static bool
may_abbreviate(const struct abbreviations *all, const struct tokens *t)
{
	size_t	i;

	for (i = 0; i < t->n; i++)
		if (initial_of(all, t, i) != NULL)
			return true;
	return false;
}

/* The reading that takes option choice[i] of slot i. */
static struct lexicon_text
reading(const struct abbreviations *all, const struct slot *slots,
    const size_t *choice, size_t n, struct arena *arena)
{
	const struct piece	*p;
	struct lexicon_word	*words;
	size_t			 i, n_words = 0;

	for (i = 0; i < n; i++)
		n_words += slot_option(&slots[i], choice[i])->n;
	words = arena_calloc(arena, n_words, sizeof(*words));
	n_words = 0;
	for (i = 0; i < n; i++) {
		p = slot_option(&slots[i], choice[i]);
		memcpy(words + n_words, p->words, p->n * sizeof(*words));
		n_words += p->n;
	}
	return lexicon_text_of(all->words, words, n_words, arena);
}

/* Step to the next combination of choices; false after the last. */
static bool
next_choice(const struct slot *slots, size_t *choice, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		if (++choice[i] < slot_options(&slots[i]))
			return true;
		choice[i] = 0;
	}
	return false;
}

static size_t
choices_made(const size_t *choice, size_t n)
{
	size_t	i, made = 0;

	for (i = 0; i < n; i++)
		made += choice[i] != 0;
	return made;
}

/* Combinations looked at for further readings; more would cost too much. */
#define COMBINATIONS 4096

size_t
abbreviations_texts(const struct abbreviations *all,
    const struct word_memory *memory, const char *text,
    struct lexicon_text *out, size_t max)
{
	struct tokens	 t = tokens_of(memory, text);
	struct arena	*arena = memory->arena;
	struct slot	*slots;
	size_t		*choice, n_slots, i, k, n = 0, tried = 0;

	if (!may_abbreviate(all, &t)) {
		out[0] = lexicon_text_of(all->words, t.words, t.n, arena);
		return 1;
	}
	slots = slots_of(all, &t, &n_slots);
	choice = arena_calloc(arena, n_slots, sizeof(*choice));
	out[n++] = reading(all, slots, choice, n_slots, arena);
	/* first each alternative alone, so that none is crowded out */
	for (i = 0; i < n_slots; i++) {
		for (k = 1; k < slot_options(&slots[i]) && n < max; k++) {
			choice[i] = k;
			out[n++] = reading(all, slots, choice, n_slots,
			    arena);
		}
		choice[i] = 0;
	}
	while (n < max && tried++ < COMBINATIONS &&
	    next_choice(slots, choice, n_slots))
		if (choices_made(choice, n_slots) > 1)
			out[n++] = reading(all, slots, choice, n_slots,
			    arena);
	return n;
}
