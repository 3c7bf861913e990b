/*
 * Language knowledge read from data files: phrase sets, abbreviations,
 * words that name a kind of unit. Everything is compared on text keys.
 */
#include "parsers/lexicon.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define BUCKETS 512
#define PHRASE_WORDS 16		/* most words of a phrase or abbreviation */
#define AND_WORD "va2"		/* key of "và" */
#define AND_BARE "va"

/* A run of words and what it stands for (set number, rule number). */
struct phrase {
	const char	*words;	/* a key without "và" */
	size_t		 n;
	int		 value;
	int		 line;
	struct phrase	*next;	/* of the bucket of its first word */
};

struct phrase_table {
	struct phrase	*buckets[BUCKETS];
	struct phrase	*bare[BUCKETS];	/* for texts typed without marks */
};

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

struct rule {
	struct lexicon_named *named;
	size_t		 n;
};

struct lexicon {
	struct phrase_table sets;
	const char	**set_names; /* "" where it has none */
	size_t		 n_sets;
	struct phrase_table audience;
	struct rule	*rules;
	size_t		 n_rules;
	struct abbreviation *abbreviations;
};

/* ---- reading the files */

/* One line after the other of a data file. */
struct lines {
	const char	*file;
	const char	*rest;
	int		 line;
	struct arena	*arena;
	const char	**why;
};

static int
wrong(struct lines *in, const char *what)
{
	*in->why = arena_printf(in->arena, "%s:%d: %s", in->file, in->line,
	    what);
	return -1;
}

static int
lines_init(struct lines *in, const char *file, struct bytes b)
{
	in->file = file;
	in->line = 0;
	in->rest = "";
	if (!text_is_utf8(b))
		return wrong(in, "is not UTF-8 text; save it as UTF-8");
	in->rest = arena_strndup(in->arena, (const char *)b.data, b.len);
	return 0;
}

static char *
trim(char *s)
{
	size_t	len;

	s += strspn(s, " \t\r");
	len = strlen(s);
	while (len > 0 && strchr(" \t\r", s[len - 1]) != NULL)
		s[--len] = '\0';
	return s;
}

/* The next line that says something, NULL at the end. */
static char *
lines_next(struct lines *in)
{
	char	*s;
	size_t	 len;

	while (*in->rest != '\0') {
		len = strcspn(in->rest, "\n");
		s = arena_strndup(in->arena, in->rest, len);
		in->rest += len;
		in->rest += *in->rest == '\n';
		if (in->line++ == 0 && strncmp(s, "\xEF\xBB\xBF", 3) == 0)
			s += 3;
		s = trim(s);
		if (*s != '\0' && *s != '#')
			return s;
	}
	return NULL;
}

/* Cut *s at the next sep; NULL when nothing is left. */
static char *
next_part(char **s, char sep)
{
	char	*part = *s, *end;

	if (part == NULL)
		return NULL;
	end = strchr(part, sep);
	if (end != NULL)
		*end++ = '\0';
	*s = end;
	return trim(part);
}

/* ---- phrases */

static unsigned
bucket_of(const char *word, size_t len)
{
	uint32_t	h = 2166136261u;
	size_t		i;

	for (i = 0; i < len; i++)
		h = (h ^ (uint8_t)word[i]) * 16777619u;
	return h % BUCKETS;
}

static bool
is_and(const char *w, size_t len, bool bare)
{
	const char	*and = bare ? AND_BARE : AND_WORD;

	return len == strlen(and) && memcmp(w, and, len) == 0;
}

/* The key of words without "và". Sets *n to the number of its words. */
static char *
phrase_key(const char *text, enum text_key which, struct arena *arena,
    size_t *n)
{
	const char	*key = text_key(text, which, arena), *w;
	struct strbuf	 b = {0};
	size_t		 i, len;
	char		*out;

	*n = 0;
	for (i = 0; (w = text_key_word(key, i, &len)) != NULL; i++) {
		if (is_and(w, len, which == TEXT_KEY_BARE))
			continue;
		if ((*n)++ > 0)
			strbuf_addc(&b, ' ');
		strbuf_add(&b, w, len);
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return out;
}

/* The same phrase for texts without marks; the first of its spelling. */
static void
table_add_bare(struct phrase_table *t, const char *text, int value,
    struct lines *in)
{
	struct phrase	*p, *q;
	unsigned	 at;

	p = arena_alloc(in->arena, sizeof(*p));
	p->words = phrase_key(text, TEXT_KEY_BARE, in->arena, &p->n);
	p->value = value;
	p->line = in->line;
	if (p->n == 0)
		return;
	at = bucket_of(p->words, strcspn(p->words, " "));
	for (q = t->bare[at]; q != NULL; q = q->next)
		if (strcmp(q->words, p->words) == 0)
			return;
	p->next = t->bare[at];
	t->bare[at] = p;
}

static int
table_add(struct phrase_table *t, const char *text, int value,
    struct lines *in)
{
	struct phrase	*p, *q;
	unsigned	 at;

	p = arena_alloc(in->arena, sizeof(*p));
	p->words = phrase_key(text, TEXT_KEY, in->arena, &p->n);
	p->value = value;
	p->line = in->line;
	if (p->n == 0)
		return wrong(in, "has an empty phrase; give words, or take "
		    "the sign before it away");
	if (p->n > PHRASE_WORDS)
		return wrong(in, "has a phrase of more than 16 words");
	at = bucket_of(p->words, strcspn(p->words, " "));
	for (q = t->buckets[at]; q != NULL; q = q->next) {
		if (strcmp(q->words, p->words) != 0)
			continue;
		if (q->value == value)
			return 0;
		return wrong(in, arena_printf(in->arena, "\"%s\" stands in "
		    "line %d already; a phrase stands in one line only",
		    text, q->line));
	}
	p->next = t->buckets[at];
	t->buckets[at] = p;
	table_add_bare(t, text, value, in);
	return 0;
}

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
phrases_load(struct lexicon *lx, struct lines *in)
{
	size_t	 cap = 0;
	char	*s, *part;

	while ((s = lines_next(in)) != NULL) {
		lx->set_names = arena_grow(in->arena, lx->set_names,
		    lx->n_sets, &cap, sizeof(*lx->set_names));
		lx->set_names[lx->n_sets] = set_name(&s);
		while ((part = next_part(&s, '=')) != NULL)
			if (table_add(&lx->sets, part, (int)lx->n_sets,
			    in) == -1)
				return -1;
		lx->n_sets++;
	}
	return 0;
}

/* ---- audience */

static int
rule_load(struct rule *r, char *kinds, struct lines *in)
{
	size_t	 cap = 0;
	char	*part, *tag;

	while ((part = next_part(&kinds, ' ')) != NULL) {
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
			return wrong(in, "wants kind or kind+tag behind the "
			    "colon");
		r->n++;
	}
	if (r->n == 0)
		return wrong(in, "names no kind; write words : kind");
	return 0;
}

static int
audience_load(struct lexicon *lx, struct lines *in)
{
	size_t	 cap = 0;
	char	*s, *part, *kinds;

	while ((s = lines_next(in)) != NULL) {
		kinds = strrchr(s, ':');
		if (kinds == NULL)
			return wrong(in, "has no colon; write words : kind");
		*kinds++ = '\0';
		lx->rules = arena_grow(in->arena, lx->rules, lx->n_rules,
		    &cap, sizeof(*lx->rules));
		if (rule_load(&lx->rules[lx->n_rules], kinds, in) == -1)
			return -1;
		while ((part = next_part(&s, ';')) != NULL)
			if (table_add(&lx->audience, part, (int)lx->n_rules,
			    in) == -1)
				return -1;
		lx->n_rules++;
	}
	return 0;
}

/* ---- abbreviations */

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
meanings_load(struct abbreviation *ab, char *s, struct lines *in)
{
	size_t	 cap = 0, meanings = 0;
	char	*part;
	int	 with;

	while ((part = next_part(&s, '|')) != NULL) {
		meanings++;
		for (with = 0; with <= (strchr(part, '(') != NULL); with++) {
			ab->options = arena_grow(in->arena, ab->options,
			    ab->n_options, &cap, sizeof(*ab->options));
			ab->options[ab->n_options] = meaning_key(part,
			    with == 1, in->arena);
			if (*ab->options[ab->n_options++] == '\0')
				return wrong(in, "has an empty meaning");
		}
	}
	ab->is_ambiguous = meanings > 1;
	return 0;
}

static int
abbreviations_load(struct lexicon *lx, struct lines *in)
{
	struct abbreviation	 shared, *ab;
	char			*s, *part, *meanings;

	while ((s = lines_next(in)) != NULL) {
		meanings = strchr(s, '=');
		if (meanings == NULL)
			return wrong(in, "has no \"=\"; write UBND = words");
		*meanings++ = '\0';
		memset(&shared, 0, sizeof(shared));
		if (meanings_load(&shared, meanings, in) == -1)
			return -1;
		while ((part = next_part(&s, ',')) != NULL) {
			ab = arena_alloc(in->arena, sizeof(*ab));
			*ab = shared;
			ab->split = text_key(part, TEXT_KEY, in->arena);
			ab->key = without_gaps(ab->split, in->arena);
			ab->bare = without_gaps(text_key(part, TEXT_KEY_BARE,
			    in->arena), in->arena);
			if (*ab->key == '\0')
				return wrong(in, "has an empty abbreviation");
			/* several syllables are no mere syllable */
			ab->like_syllable = strpbrk(ab->bare,
			    "aeiouy") != NULL &&
			    strchr(ab->split, ' ') == NULL;
			ab->next = lx->abbreviations;
			lx->abbreviations = ab;
		}
	}
	return 0;
}

struct lexicon *
lexicon_parse(struct bytes phrases, struct bytes abbreviations,
    struct bytes audience, struct arena *arena, const char **why)
{
	struct lexicon	*lx = arena_alloc(arena, sizeof(*lx));
	struct lines	 in = { .arena = arena, .why = why };

	if (lines_init(&in, "phrases.txt", phrases) == -1 ||
	    phrases_load(lx, &in) == -1 ||
	    lines_init(&in, "abbreviations.txt", abbreviations) == -1 ||
	    abbreviations_load(lx, &in) == -1 ||
	    lines_init(&in, "audience.txt", audience) == -1 ||
	    audience_load(lx, &in) == -1)
		return NULL;
	return lx;
}

/* ---- finding phrases */

struct key_words {
	const char	**word;	/* without "và" */
	size_t		*len;
	size_t		*at;	/* number of the word in the key */
	size_t		 n;
	bool		 bare;	/* typed without any mark */
};

/* Has a word of a key neither tone nor any other mark? */
static bool
is_bare_word(const char *w, size_t len)
{
	size_t	i;

	for (i = 0; i < len; i++)
		if ((unsigned char)w[i] >= 0x80)
			return false;
	/* the digit behind letters is a tone */
	return len < 2 || w[len - 1] > '9' || w[0] <= '9';
}

/*
 * Does a key come from a text typed without marks? Of real Vietnamese
 * hardly a third of the words has none; expanded abbreviations bring some.
 */
static bool
is_bare_key(const struct key_words *kw)
{
	size_t	i, bare = 0;

	for (i = 0; i < kw->n; i++)
		bare += is_bare_word(kw->word[i], kw->len[i]);
	return bare * 10 >= kw->n * 6;
}

static struct key_words
split_key(const char *key, struct arena *arena)
{
	struct key_words	kw = {0};
	size_t			max = strlen(key) / 2 + 1, i, len;

	kw.word = arena_calloc(arena, max, sizeof(*kw.word));
	kw.len = arena_calloc(arena, max, sizeof(*kw.len));
	kw.at = arena_calloc(arena, max, sizeof(*kw.at));
	for (i = 0; *key != '\0' && kw.n < max; i++) {
		len = strcspn(key, " ");
		if (!is_and(key, len, false) && !is_and(key, len, true)) {
			kw.word[kw.n] = key;
			kw.len[kw.n] = len;
			kw.at[kw.n++] = i;
		}
		key += len;
		key += *key == ' ';
	}
	kw.bare = is_bare_key(&kw);
	return kw;
}

/* Do the words from i on begin with the phrase? */
static bool
phrase_at(const struct phrase *p, const struct key_words *kw, size_t i)
{
	const char	*w = p->words;
	size_t		 k, len;

	if (kw->n - i < p->n)
		return false;
	for (k = 0; k < p->n; k++) {
		len = strcspn(w, " ");
		if (len != kw->len[i + k] ||
		    memcmp(w, kw->word[i + k], len) != 0)
			return false;
		w += len;
		w += *w == ' ';
	}
	return true;
}

struct found {
	const struct phrase *p;
	size_t		 i;	/* index into the key_words */
};

/* The longest first, then in order of place. */
static int
by_length(const void *a, const void *b)
{
	const struct found	*x = a, *y = b;

	if (x->p->n != y->p->n)
		return x->p->n > y->p->n ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

static int
by_place(const void *a, const void *b)
{
	const struct lexicon_phrase	*x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

/* Phrases that were found, growing. */
struct found_list {
	struct found	*all;
	size_t		 n;
	size_t		 cap;
	struct arena	*arena;
};

static void
find_at(struct found_list *out, const struct phrase *p,
    const struct key_words *kw, size_t i)
{
	for (; p != NULL; p = p->next) {
		if (!phrase_at(p, kw, i))
			continue;
		out->all = arena_grow(out->arena, out->all, out->n, &out->cap,
		    sizeof(*out->all));
		out->all[out->n].p = p;
		out->all[out->n++].i = i;
	}
}

/* All phrases of the table that stand in the words. */
static struct found *
find_all(const struct phrase_table *t, const struct key_words *kw,
    struct arena *arena, size_t *n)
{
	struct found_list	out = { .arena = arena };
	unsigned		at;
	size_t			i;

	for (i = 0; i < kw->n; i++) {
		at = bucket_of(kw->word[i], kw->len[i]);
		find_at(&out, t->buckets[at], kw, i);
		if (kw->bare)
			find_at(&out, t->bare[at], kw, i);
	}
	*n = out.n;
	return out.all;
}

static struct lexicon_phrase *
table_find(const struct phrase_table *t, const char *key,
    struct arena *arena, size_t *n)
{
	struct key_words	 kw = split_key(key, arena);
	struct lexicon_phrase	*out;
	struct found		*all;
	size_t			 n_all, i, k, last;
	bool			*taken, is_free;

	*n = 0;
	all = find_all(t, &kw, arena, &n_all);
	if (n_all == 0)
		return NULL;
	qsort(all, n_all, sizeof(*all), by_length);
	taken = arena_calloc(arena, kw.n, sizeof(*taken));
	out = arena_calloc(arena, n_all, sizeof(*out));
	for (i = 0; i < n_all; i++) {
		is_free = true;
		for (k = 0; k < all[i].p->n; k++)
			is_free = is_free && !taken[all[i].i + k];
		if (!is_free)
			continue;
		memset(taken + all[i].i, true, all[i].p->n);
		last = all[i].i + all[i].p->n - 1;
		out[*n].set = all[i].p->value;
		out[*n].first = kw.at[all[i].i];
		out[*n].n = kw.at[last] - kw.at[all[i].i] + 1;
		(*n)++;
	}
	qsort(out, *n, sizeof(*out), by_place);
	return out;
}

const struct lexicon_phrase *
lexicon_phrases(const struct lexicon *lx, const char *key,
    struct arena *arena, size_t *n)
{
	return table_find(&lx->sets, key, arena, n);
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

/* ---- writing abbreviations out */

/* A run of letters or of digits of a text. */
struct token {
	const char	*key;	/* may hold a gap when it is no plain word */
	bool		 is_capital;
	bool		 is_ascii;
};

/* A place in the text with its possible readings, [0] the default. */
struct slot {
	const char	**options;
	size_t		 n;
};

static bool
is_upper(ucs4_t uc)
{
	return uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_Lu);
}

/* What a character belongs to: 0 nothing, 1 a word, 2 a number. */
static int
class_of(ucs4_t uc)
{
	if (uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_N))
		return 2;
	return uc_is_general_category_withtable(uc,
	    UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

static struct token
token_make(const char *s, size_t len, struct arena *arena)
{
	struct token	 tok = { .is_capital = true, .is_ascii = true };
	const uint8_t	*p = (const uint8_t *)s;
	ucs4_t		 uc;
	size_t		 i, upper = 0, letters = 0;
	int		 step;

	for (i = 0; i < len; i += (size_t)step) {
		step = u8_mbtoucr(&uc, p + i, len - i);
		if (step <= 0)
			step = 1;
		upper += is_upper(uc);
		letters += class_of(uc) == 1;
		tok.is_ascii = tok.is_ascii && uc < 0x80;
	}
	/* "TTr" counts as capitals too */
	tok.is_capital = letters > 0 && upper * 2 > letters;
	tok.key = text_key(arena_strndup(arena, s, len), TEXT_KEY, arena);
	return tok;
}

static struct token *
tokens_of(const char *text, struct arena *arena, size_t *n)
{
	const char	*s = text_clean(text, arena), *start = s;
	struct token	*all = NULL;
	size_t		 cap = 0;
	ucs4_t		 uc = 0;
	int		 was = 0, is, step;

	*n = 0;
	for (;; s += step) {
		step = u8_mbtoucr(&uc, (const uint8_t *)s, strnlen(s, 4));
		if (step <= 0)
			step = 1;
		is = *s == '\0' ? 0 : class_of(uc);
		if (is != was && was != 0) {
			all = arena_grow(arena, all, *n, &cap, sizeof(*all));
			all[*n] = token_make(start, (size_t)(s - start),
			    arena);
			*n += *all[*n].key != '\0';
		}
		if (is != was)
			start = s;
		was = is;
		if (*s == '\0')
			return all;
	}
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
		capital += t[i].is_capital;
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
	struct strbuf	 b = {0};
	size_t		 i;

	for (i = 0; i < n; i++) {
		strbuf_addf(&b, "%s%s", i > 0 ? " " : "", t[i].key);
		sp.is_single = sp.is_single &&
		    u8_mbsnlen((const uint8_t *)t[i].key,
		    strlen(t[i].key)) == 1;
		sp.is_capital = sp.is_capital && t[i].is_capital;
		sp.is_ascii = sp.is_ascii && t[i].is_ascii;
	}
	sp.spaced = arena_strdup(arena, strbuf_get(&b));
	sp.gapless = without_gaps(sp.spaced, arena);
	strbuf_clear(&b);
	return sp;
}

static const struct abbreviation *
abbreviation_find(const struct lexicon *lx, const struct spelling *sp,
    bool capitals_tell)
{
	const struct abbreviation	*ab, *bare = NULL;
	bool				 apart;

	apart = strcmp(sp->gapless, sp->spaced) != 0 && !sp->is_single;
	for (ab = lx->abbreviations; ab != NULL; ab = ab->next) {
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

static struct slot *
slots_of(const struct lexicon *lx, const char *text, struct arena *arena,
    size_t *n)
{
	const struct abbreviation	*ab = NULL;
	struct spelling			 sp;
	struct token			*t;
	struct slot			*slots;
	size_t				 n_tokens, i, k;
	bool				 capitals_tell;

	t = tokens_of(text, arena, &n_tokens);
	capitals_tell = !all_capitals(t, n_tokens);
	slots = arena_calloc(arena, n_tokens + 1, sizeof(*slots));
	*n = 0;
	for (i = 0; i < n_tokens; i += k) {
		k = n_tokens - i < ABBREVIATION_TOKENS ? n_tokens - i :
		    ABBREVIATION_TOKENS;
		for (ab = NULL; k > 0 && ab == NULL; k -= ab == NULL) {
			sp = spelling_of(t + i, k, arena);
			ab = abbreviation_find(lx, &sp, capitals_tell);
		}
		if (ab != NULL) {
			slots[(*n)++] = slot_expanded(ab, sp.spaced, arena);
		} else {
			slots[(*n)++] = slot_plain(&t[i], arena);
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

	for (i = 0; i < n; i++)
		strbuf_addf(&b, "%s%s", i > 0 ? " " : "",
		    slots[i].options[choice[i]]);
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

/* Combinations looked at for further readings; more would cost too much. */
#define COMBINATIONS 4096

size_t
lexicon_readings(const struct lexicon *lx, const char *text,
    struct arena *arena, const char *out[LEXICON_READINGS])
{
	struct slot	*slots;
	size_t		*choice, n_slots, i, k, n = 0, tried = 0;

	slots = slots_of(lx, text, arena, &n_slots);
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

/* ---- whom words name */

const struct lexicon_named *
lexicon_audience(const struct lexicon *lx, const char *heading,
    struct arena *arena, size_t *n)
{
	const char		*readings[LEXICON_READINGS];
	struct lexicon_phrase	*found;
	struct lexicon_named	*out = NULL;
	const struct rule	*r;
	size_t			 n_found, cap = 0, i, k, j;

	*n = 0;
	(void)lexicon_readings(lx, heading, arena, readings);
	found = table_find(&lx->audience, readings[0], arena, &n_found);
	for (i = 0; i < n_found; i++) {
		r = &lx->rules[found[i].set];
		for (k = 0; k < r->n; k++) {
			for (j = 0; j < *n; j++)
				if (strcmp(out[j].kind, r->named[k].kind) == 0
				    && strcmp(out[j].tag, r->named[k].tag) == 0)
					break;
			if (j < *n)
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

	named = lexicon_audience(lx, heading, arena, &n);
	verdict = n == 0 ? -1 : 0;
	for (i = 0; i < n; i++)
		if (strcmp(named[i].kind, unit->kind) == 0 &&
		    has_tag(unit, named[i].tag))
			verdict = 1;
	arena_free(arena);
	return verdict;
}
