/*
 * Abbreviations: reading their table, and the readings of a text with them
 * written out.
 */
#include "parsers/abbreviations.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/data_lines.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "parsers/words.h"

struct abbreviation {
	const char	*key;	/* its letters without gaps */
	const char	*bare;	/* the same in ASCII */
	const char	*split;	/* its own words: "ct xh" */
	bool		 like_syllable;
	const char	**options; /* keys; [0] is the default */
	size_t		 n_options;
	bool		 is_ambiguous; /* default: as written */
	struct abbreviation *next;
};

/* Those that begin with one byte, in the order of the whole list. */
struct initial {
	const struct abbreviation **list;
	size_t		 n;
	size_t		 cap;
	size_t		 longest; /* bytes of the longest key among them */
};

struct abbreviations {
	struct abbreviation *first;
	struct initial	 initials[256];
};

struct abbreviations *
abbreviations_new(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct abbreviations));
}

/* ---- the table */

static char *
without_gaps(const char *key, struct arena *arena)
{
	char	*out = arena_strdup(arena, key), *to = out;
	char	*from;

	for (from = out; *from != '\0'; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return out;
}

/* A meaning with or without what stands in parentheses, as a key. */
static const char *
meaning_key(const char *s, bool with, struct arena *arena)
{
	struct strbuf	 b = {0};
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
	return key;
}

/* The meanings behind "="; every abbreviation of the line shares them. */
static int
meanings_load(struct abbreviation *ab, char *s, struct data_lines *in)
{
	size_t	 cap = 0, meanings = 0;
	char	*part;
	int	 with;

	while ((part = data_part(&s, '|')) != NULL) {
		meanings++;
		for (with = 0; with <= (strchr(part, '(') != NULL ? 1 : 0);
		    with++) {
			ab->options = arena_grow(in->arena, ab->options,
			    ab->n_options, &cap, sizeof(*ab->options));
			ab->options[ab->n_options] = meaning_key(part,
			    with == 1, in->arena);
			if (*ab->options[ab->n_options++] == '\0')
				return data_wrong(in, "has an empty meaning");
		}
	}
	ab->is_ambiguous = meanings > 1;
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

/* Most words of a text begin like no abbreviation, or are too long. */
static void
make_initials(struct abbreviations *all, struct arena *arena)
{
	const struct abbreviation *ab;

	memset(all->initials, 0, sizeof(all->initials));
	for (ab = all->first; ab != NULL; ab = ab->next) {
		initial_add(&all->initials[(uint8_t)ab->key[0]], ab,
		    strlen(ab->key), arena);
		initial_add(&all->initials[(uint8_t)ab->bare[0]], ab,
		    strlen(ab->bare), arena);
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
		if (meanings_load(&shared, meanings, in) == -1)
			return -1;
		while ((part = data_part(&s, ',')) != NULL) {
			ab = arena_alloc(in->arena, sizeof(*ab));
			*ab = shared;
			ab->split = text_key(part, TEXT_KEY, in->arena);
			ab->key = without_gaps(ab->split, in->arena);
			ab->bare = without_gaps(text_key(part, TEXT_KEY_BARE,
			    in->arena), in->arena);
			if (*ab->key == '\0')
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

/* ---- writing them out */

/* A word of a text. */
struct token {
	const char	*key;
	const char	*written;
	size_t		 len;
};

/* How a word is written; asked for only where an abbreviation may be. */
struct token_look {
	bool	is_capital;
	bool	is_ascii;
};

/* A place in the text with its possible readings, [0] the default. */
struct slot {
	const char	**options;
	size_t		 n;
};

static struct token_look
token_look(const struct token *t)
{
	struct token_look look = { .is_ascii = true };
	ucs4_t		 uc;
	size_t		 i, upper = 0, letters = 0;
	int		 step;

	for (i = 0; i < t->len; i += (size_t)step) {
		step = u8_mbtoucr(&uc, (const uint8_t *)t->written + i,
		    t->len - i);
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

static struct token *
tokens_of(const char *text, struct arena *arena, size_t *n)
{
	struct words	 ws = words_of(text_clean(text, arena), arena);
	struct token	*all = arena_calloc(arena, ws.n, sizeof(*all));
	size_t		 i;

	for (i = 0; i < ws.n; i++)
		all[i] = (struct token){ ws.w[i].key,
		    ws.text + ws.w[i].start, ws.w[i].end - ws.w[i].start };
	*n = ws.n;
	return all;
}

/* Is the whole text in capitals, so that capitals tell nothing? */
static bool
all_capitals(const struct token *t, size_t n)
{
	size_t	i, words = 0, capital = 0;

	for (i = 0; i < n; i++) {
		if (t[i].key[0] >= '0' && t[i].key[0] <= '9')
			continue;
		words++;
		capital += token_look(&t[i]).is_capital;
	}
	return words > 1 && capital == words;
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
spelling_of(const struct token *t, size_t n, struct arena *arena)
{
	struct spelling	 sp = { .is_single = true, .is_capital = true,
			    .is_ascii = true };
	struct token_look look;
	struct strbuf	 b = {0};
	size_t		 i;

	for (i = 0; i < n; i++) {
		look = token_look(&t[i]);
		if (i > 0)
			strbuf_addc(&b, ' ');
		strbuf_adds(&b, t[i].key);
		sp.is_single = sp.is_single &&
		    u8_mbsnlen((const uint8_t *)t[i].key,
		    strlen(t[i].key)) == 1;
		sp.is_capital = sp.is_capital && look.is_capital;
		sp.is_ascii = sp.is_ascii && look.is_ascii;
	}
	sp.spaced = arena_strdup(arena, strbuf_get(&b));
	sp.gapless = without_gaps(sp.spaced, arena);
	strbuf_clear(&b);
	return sp;
}

/* Are the tokens, without gaps, just this key? */
static bool
are_together(const struct token *t, size_t n, const char *key)
{
	size_t	i, len;

	for (i = 0; i < n; i++) {
		len = strlen(t[i].key);
		if (strncmp(key, t[i].key, len) != 0)
			return false;
		key += len;
	}
	return *key == '\0';
}

/* A quick look, before anything is put together. */
static bool
may_be_one(const struct initial *in, const struct token *t, size_t n)
{
	size_t	i;

	for (i = 0; i < in->n; i++)
		if (are_together(t, n, in->list[i]->key) ||
		    are_together(t, n, in->list[i]->bare))
			return true;
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

static struct slot
slot_plain(const struct token *t, struct arena *arena)
{
	struct slot	slot;

	slot.options = arena_calloc(arena, 1, sizeof(*slot.options));
	slot.options[0] = t->key;
	slot.n = 1;
	return slot;
}

static struct slot
slot_expanded(const struct abbreviation *ab, const char *written,
    struct arena *arena)
{
	struct slot	slot = { .n = 0 };
	size_t		i;

	slot.options = arena_calloc(arena, ab->n_options + 1,
	    sizeof(*slot.options));
	if (ab->is_ambiguous)
		slot.options[slot.n++] = written;
	for (i = 0; i < ab->n_options; i++)
		slot.options[slot.n++] = ab->options[i];
	return slot;
}

#define ABBREVIATION_TOKENS 8

struct text_tokens {
	struct token	*t;
	size_t		 n;
	struct arena	*arena;
};

/*
 * The abbreviation that the tokens from t on begin with, the longest first;
 * its tokens are *taken, and *written is how it stands there.
 */
static const struct abbreviation *
abbreviation_at(const struct abbreviations *all, const struct text_tokens *tt,
    size_t at, struct spelling *written, size_t *taken)
{
	const struct token	  *t = tt->t + at;
	const struct initial	  *in = &all->initials[(uint8_t)t->key[0]];
	const struct abbreviation *ab;
	size_t			   k, len = 0;

	for (k = 0; at + k < tt->n && k < ABBREVIATION_TOKENS; k++) {
		len += strlen(t[k].key);
		if (len > in->longest)
			break;
	}
	for (; k > 0; k--) {
		if (!may_be_one(in, t, k))
			continue;
		*written = spelling_of(t, k, tt->arena);
		ab = abbreviation_find(in, written,
		    !all_capitals(tt->t, tt->n));
		if (ab != NULL) {
			*taken = k;
			return ab;
		}
	}
	return NULL;
}

static struct slot *
slots_of(const struct abbreviations *all, const char *text, struct arena *arena,
    size_t *n)
{
	const struct abbreviation	*ab;
	struct text_tokens		 tt = { .arena = arena };
	struct spelling			 sp;
	struct slot			*slots;
	size_t				 i, k;

	tt.t = tokens_of(text, arena, &tt.n);
	slots = arena_calloc(arena, tt.n + 1, sizeof(*slots));
	*n = 0;
	for (i = 0; i < tt.n; i += k) {
		ab = abbreviation_at(all, &tt, i, &sp, &k);
		if (ab != NULL) {
			slots[(*n)++] = slot_expanded(ab, sp.spaced, arena);
		} else {
			slots[(*n)++] = slot_plain(&tt.t[i], arena);
			k = 1;
		}
	}
	return slots;
}

/* The reading that takes option choice[i] of slot i. */
static const char *
reading(const struct slot *slots, const size_t *choice, size_t n,
    struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*out;
	size_t		 i;

	for (i = 0; i < n; i++) {
		if (i > 0)
			strbuf_addc(&b, ' ');
		strbuf_adds(&b, slots[i].options[choice[i]]);
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* Step to the next combination of choices; false after the last. */
static bool
next_choice(const struct slot *slots, size_t *choice, size_t n)
{
	size_t	i;

	for (i = 0; i < n; i++) {
		if (++choice[i] < slots[i].n)
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

const char *
abbreviations_reading(const struct abbreviations *all, const char *text,
    struct arena *arena)
{
	struct slot	*slots;
	size_t		 n;

	slots = slots_of(all, text, arena, &n);
	return reading(slots, arena_calloc(arena, n + 1, sizeof(size_t)), n,
	    arena);
}

/* Combinations looked at for further readings; more would cost too much. */
#define COMBINATIONS 4096

size_t
abbreviations_readings(const struct abbreviations *all, const char *text,
    struct arena *arena, const char *out[LEXICON_READINGS])
{
	struct slot	*slots;
	size_t		*choice, n_slots, i, k, n = 0, tried = 0;

	slots = slots_of(all, text, arena, &n_slots);
	choice = arena_calloc(arena, n_slots + 1, sizeof(*choice));
	out[n++] = reading(slots, choice, n_slots, arena);
	/* first each alternative alone, so that none is crowded out */
	for (i = 0; i < n_slots; i++) {
		for (k = 1; k < slots[i].n && n < LEXICON_READINGS; k++) {
			choice[i] = k;
			out[n++] = reading(slots, choice, n_slots, arena);
		}
		choice[i] = 0;
	}
	while (n < LEXICON_READINGS && tried++ < COMBINATIONS &&
	    next_choice(slots, choice, n_slots))
		if (choices_made(choice, n_slots) > 1)
			out[n++] = reading(slots, choice, n_slots, arena);
	return n;
}
