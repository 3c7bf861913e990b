/*
 * The roster's names as runs of words, found by their first word.
 */
#include "daemon/roster_index.h"

#include <stdint.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/text.h"

#define BUCKETS 4096
#define NAME_WORDS 40		/* longer names are not looked for */
#define DERIVED_WORDS 3		/* shorter ones say too little */
#define NUMBER_WORD_BARE "so"

/*
 * What stands before the name of the body whose Party organisation reports:
 * "Chi bộ Trường Mầm non Hoa Sen" also answers to "Trường Mầm non Hoa Sen".
 */
static const char *const heads[] = {
	"chi bộ", "đảng bộ", "đảng ủy", NULL
};

/* What stands after it and is often left out: "Chi bộ Trạm Y tế phường". */
static const char *const tails[] = {
	"phường", "xã", "thị trấn", "đặc khu", NULL
};

/* Organs that every body may have: they do not say whose report it is. */
static const char *const organs[] = {
	"chi bộ", "đảng bộ", "đảng ủy", "chi ủy", "công đoàn",
	"công đoàn cơ sở", "chi đoàn", "ban chấp hành", "ban thường vụ",
	"ban thường trực", "thường trực", "bch", "btv", "btt", NULL
};

/* ---- words */

static int
class_of(ucs4_t uc)
{
	if (uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_N))
		return 2;
	return uc_is_general_category_withtable(uc,
	    UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

static bool
is_capitals(const char *s, size_t len)
{
	ucs4_t	uc;
	size_t	i;
	int	step;

	for (i = 0; i < len; i += (size_t)step) {
		step = u8_mbtoucr(&uc, (const uint8_t *)s + i, len - i);
		if (step <= 0)
			return false;
		if (uc_is_general_category_withtable(uc, UC_CATEGORY_MASK_L) &&
		    !uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_Lu))
			return false;
	}
	return true;
}

static bool
is_number(const char *key)
{
	return *key >= '0' && *key <= '9';
}

static void
add_word(struct words *ws, struct word w)
{
	if (*w.key == '\0')
		return;
	if (is_number(w.key)) {
		while (*w.key == '0' && w.key[1] != '\0')
			w.key++;
		w.bare = w.key;
		if (ws->n > 0 && strcmp(ws->w[ws->n - 1].bare,
		    NUMBER_WORD_BARE) == 0)
			ws->n--;
	} else {
		ws->is_plain = ws->is_plain && strcmp(w.key, w.bare) == 0;
		ws->is_shouted = ws->is_shouted && w.is_capital;
	}
	ws->w[ws->n++] = w;
}

/* Room for the words of that many bytes, but not for more than most. */
static struct words
words_new(size_t bytes, size_t most, struct arena *arena)
{
	struct words	ws = { .is_plain = true, .is_shouted = true };

	ws.w = arena_calloc(arena, bytes < most ? bytes + 1 : most,
	    sizeof(*ws.w));
	return ws;
}

static struct word
word_of(const char *s, size_t len, struct arena *arena)
{
	const char	*text = arena_strndup(arena, s, len);
	struct word	 w = {
		.key = text_key(text, TEXT_KEY, arena),
		.bare = text_key(text, TEXT_KEY_BARE, arena),
		.is_capital = is_capitals(s, len),
	};

	return w;
}

struct words
words_split(const char *text, size_t most, struct arena *arena)
{
	const char	*s = text_clean(text, arena), *start = s;
	struct words	 ws = words_new(strlen(s), most, arena);
	ucs4_t		 uc;
	int		 was = 0, is, step;

	for (;; s += step) {
		step = u8_mbtoucr(&uc, (const uint8_t *)s, strnlen(s, 4));
		if (step <= 0)
			step = 1;
		is = *s == '\0' ? 0 : class_of(uc);
		if (is != was && was != 0)
			add_word(&ws, word_of(start, (size_t)(s - start),
			    arena));
		if (is != was)
			start = s;
		was = is;
		if (*s == '\0' || ws.n == most)
			return ws;
	}
}

struct words
words_of_key(const char *key, size_t most, struct arena *arena)
{
	struct words	 ws = words_new(strlen(key), most, arena);
	struct word	 w = {0};
	size_t		 len, letters;

	for (; *key != '\0' && ws.n < most; key += len + (key[len] == ' ')) {
		len = strcspn(key, " ");
		w.key = arena_strndup(arena, key, len);
		/* tone digits belong to a key, not to a bare key */
		for (letters = len; letters > 0 && !is_number(key) &&
		    is_number(key + letters - 1);)
			letters--;
		w.bare = text_key(arena_strndup(arena, key, letters),
		    TEXT_KEY_BARE, arena);
		add_word(&ws, w);
	}
	ws.is_shouted = false;
	return ws;
}

/* Phrases split into words. */
struct phrases {
	struct words	*p;
	size_t		 n;
};

static struct phrases
phrases_of(const char *const *list, struct arena *arena)
{
	struct phrases	out = {0};

	while (list[out.n] != NULL)
		out.n++;
	out.p = arena_calloc(arena, out.n, sizeof(*out.p));
	for (out.n = 0; list[out.n] != NULL; out.n++)
		out.p[out.n] = words_split(list[out.n], NAME_WORDS, arena);
	return out;
}

static bool
phrase_stands(const struct words *p, const struct words *ws, size_t at)
{
	size_t	i;

	if (p->n > ws->n - at)
		return false;
	for (i = 0; i < p->n; i++)
		if (strcmp(p->w[i].key, ws->w[at + i].key) != 0)
			return false;
	return true;
}

/* Words of the longest phrase that stands at `at`, 0 for none. */
static size_t
phrase_at(const struct phrases *list, const struct words *ws, size_t at)
{
	size_t	i, best = 0;

	for (i = 0; i < list->n; i++)
		if (list->p[i].n > best &&
		    phrase_stands(&list->p[i], ws, at))
			best = list->p[i].n;
	return best;
}

enum organ
words_organ(const struct words *ws, struct arena *arena)
{
	struct phrases	organ = phrases_of(organs, arena);
	struct phrases	tail = phrases_of(tails, arena);
	size_t		at = 0, n;

	while (at < ws->n && (n = phrase_at(&organ, ws, at)) > 0)
		at += n;
	if (at == 0)
		return ORGAN_NONE;
	if (at == ws->n)
		return ORGAN_ALONE;
	return phrase_at(&tail, ws, at) > 0 ? ORGAN_OF_PLACE : ORGAN_NONE;
}

/* ---- the index */

struct name_index {
	struct name	*buckets[BUCKETS]; /* by the first word */
	struct name	*whole[BUCKETS];   /* by all words */
	struct phrases	 heads;
	struct phrases	 tails;
};

/* FNV-1a, a word after the other. */
static uint32_t
hash_word(uint32_t h, const char *word)
{
	for (; *word != '\0'; word++)
		h = (h ^ (uint8_t)*word) * 16777619u;
	return h * 31;
}

static unsigned
bucket_of(const char *word)
{
	return hash_word(2166136261u, word) % BUCKETS;
}

const struct name *
name_index_first(const struct name_index *ix, const char *bare)
{
	return ix->buckets[bucket_of(bare)];
}

static bool
same_words(const struct name *a, const struct name *b)
{
	size_t	i;

	if (a->hash != b->hash || a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++)
		if (strcmp(a->words[i].key, b->words[i].key) != 0)
			return false;
	return true;
}

/* Said already by this unit; or a derived name that rivals a real one. */
static bool
is_superfluous(const struct name_index *ix, const struct name *name)
{
	const struct name	*q;

	for (q = ix->whole[name->hash % BUCKETS]; q != NULL;
	    q = q->next_whole)
		if (same_words(q, name) && (q->unit == name->unit ||
		    q->derived < name->derived))
			return true;
	return false;
}

static void
add_name(struct name_index *ix, const struct name *name,
    struct arena *arena)
{
	struct name	*copy, hashed = *name;
	unsigned	 at;
	size_t		 i;

	if (name->n == 0 || (name->n == 1 && is_number(name->words[0].key)))
		return;
	hashed.hash = 2166136261u;
	for (i = 0; i < name->n; i++)
		hashed.hash = hash_word(hashed.hash, name->words[i].key);
	if (is_superfluous(ix, &hashed))
		return;
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = hashed;
	at = bucket_of(copy->words[0].bare);
	copy->next = ix->buckets[at];
	ix->buckets[at] = copy;
	at = copy->hash % BUCKETS;
	copy->next_whole = ix->whole[at];
	ix->whole[at] = copy;
}

static void
add_written(struct name_index *ix, int unit, const char *text,
    struct arena *arena)
{
	struct words	ws = words_split(text, NAME_WORDS, arena);
	struct name	name = {
		.shown = text, .unit = unit, .words = ws.w, .n = ws.n,
		.is_acronym = ws.n == 1 && ws.w[0].is_capital,
	};

	add_name(ix, &name, arena);
}

/* Words at the end that are often left out. */
static size_t
tail_words(const struct phrases *list, const struct words *ws)
{
	size_t	i, n;

	for (i = 0; i < list->n; i++) {
		n = list->p[i].n;
		if (n <= ws->n && phrase_stands(&list->p[i], ws, ws->n - n))
			return n;
	}
	return 0;
}

/* The name without its first and last words, if enough is left. */
static void
add_part(struct name_index *ix, const struct name *whole, size_t head,
    size_t tail, struct arena *arena)
{
	struct name	name = *whole;

	if (head + tail == 0 || head + tail + DERIVED_WORDS > whole->n)
		return;
	name.words += head;
	name.n -= head + tail;
	add_name(ix, &name, arena);
}

static void
add_derived(struct name_index *ix, int unit, const char *text, int derived,
    struct arena *arena)
{
	struct words	 ws = words_split(text, NAME_WORDS, arena);
	struct name	 whole = {
		.shown = text, .unit = unit, .derived = derived,
		.words = ws.w, .n = ws.n,
	};
	size_t		 head = phrase_at(&ix->heads, &ws, 0);
	size_t		 tail = tail_words(&ix->tails, &ws);

	if (derived == 1) {
		add_part(ix, &whole, 0, tail, arena);
	} else if (head > 0) {
		add_part(ix, &whole, head, 0, arena);
		add_part(ix, &whole, head, tail, arena);
	}
}

struct name_index *
name_index_new(const struct roster *r)
{
	struct name_index	*ix = arena_alloc(r->arena, sizeof(*ix));
	size_t			 i, k;

	ix->heads = phrases_of(heads, r->arena);
	ix->tails = phrases_of(tails, r->arena);
	for (i = 0; i < r->n; i++) {
		add_written(ix, (int)i, r->units[i].name, r->arena);
		for (k = 0; k < r->units[i].n_aliases; k++)
			add_written(ix, (int)i, r->units[i].aliases[k],
			    r->arena);
	}
	/* after all that is better, which they must not rival */
	for (i = 0; i < r->n; i++) {
		add_derived(ix, (int)i, r->units[i].name, 1, r->arena);
		for (k = 0; k < r->units[i].n_aliases; k++)
			add_derived(ix, (int)i, r->units[i].aliases[k], 1,
			    r->arena);
	}
	for (i = 0; i < r->n; i++)
		add_derived(ix, (int)i, r->units[i].name, 2, r->arena);
	return ix;
}
