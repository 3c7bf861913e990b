/*
 * A word's capital is taken over where its neighbours tell that the same is
 * meant: a row of capitals ("Thủy Nguyên") where all of it stands there; a
 * single one with the word behind it ("Nhân dân") or the two before it ("xây
 * dựng Đảng"). Where such places disagree it stays small.
 */
#include "daemon/text_case.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define WORDS_MAX 50000		/* learned from; more tell nothing new */
#define NUMBER_NEAR 4		/* words up to the number of a document */

enum shape { SHAPE_SMALL, SHAPE_CAPITAL, SHAPE_OTHER };

struct word {
	const char	*key;	/* folded */
	const char	*at;	/* in the text it is of */
	enum shape	 shape;
	bool		 starts; /* a sentence, so its capital says nothing */
	bool		 is_cut; /* from the word before it */
};

struct words {
	struct word	*w;
	size_t		 n, cap;
};

struct text_case {
	struct arena	*arena;
	struct words	 all;
	const struct word **by_key; /* sorted; NULL: to be made */
};

struct text_case *
text_case_new(struct arena *arena)
{
	struct text_case *t = arena_alloc(arena, sizeof(*t));

	t->arena = arena;
	return t;
}

/* ---- words of a text */

/* Bytes of the word at s: letters, digits, and dashes or dots within. */
static size_t
word_length(const char *s)
{
	const uint8_t	*p = (const uint8_t *)s;
	size_t		 len = 0, end = 0;
	ucs4_t		 uc;
	int		 step;

	while ((step = u8_strmbtouc(&uc, p + len)) > 0) {
		if (uc_is_property_alphabetic(uc) || (uc >= '0' &&
		    uc <= '9') || uc_is_general_category(uc, UC_CATEGORY_M))
			end = len + (size_t)step;
		else if (end == 0 || (uc != '-' && uc != '.' && uc != '/'))
			break;
		len += (size_t)step;
	}
	return end;
}

static enum shape
shape_of(const char *s, size_t len)
{
	const uint8_t	*p = (const uint8_t *)s, *end = p + len;
	size_t		 capitals = 0, small = 0;
	bool		 is_first = false;
	ucs4_t		 uc;

	for (; p < end; p += u8_mbtouc(&uc, p, (size_t)(end - p))) {
		(void)u8_mbtouc(&uc, p, (size_t)(end - p));
		if (uc_is_general_category(uc, UC_CATEGORY_Lu)) {
			is_first |= p == (const uint8_t *)s;
			capitals++;
		} else if (uc_is_general_category(uc, UC_CATEGORY_Ll)) {
			small++;
		}
	}
	if (capitals == 0 && small > 0)
		return SHAPE_SMALL;
	return capitals == 1 && is_first && small > 0 ? SHAPE_CAPITAL :
	    SHAPE_OTHER;
}

static void
add_words(struct words *all, const char *text, struct arena *arena)
{
	bool		 starts = true, is_cut = true;
	struct word	*w;
	size_t		 len;

	while (*text != '\0' && all->n < WORDS_MAX) {
		len = word_length(text);
		if (len == 0) { /* what parts words parts their meaning */
			is_cut |= *text != ' ';
			starts |= *text != ' ' && *text != ',';
			text++;
			continue;
		}
		all->w = arena_grow(arena, all->w, all->n, &all->cap,
		    sizeof(*all->w));
		w = &all->w[all->n++];
		w->key = text_key(arena_strndup(arena, text, len), TEXT_KEY,
		    arena);
		w->at = text;
		w->shape = shape_of(text, len);
		w->starts = starts;
		w->is_cut = is_cut;
		starts = is_cut = false;
		text += len;
	}
}

void
text_case_read(struct text_case *t, const char *text)
{
	const size_t	before = t->all.n;
	size_t		i, small = 0;

	add_words(&t->all, text, t->arena);
	for (i = before; i < t->all.n; i++)
		small += t->all.w[i].shape == SHAPE_SMALL;
	if (small == 0)
		t->all.n = before;
	t->by_key = NULL;
}

/* From behind: of ten thousand units few names end in a proper one. */
void
text_case_read_name(struct text_case *t, const char *name)
{
	size_t	from = strlen(name), at, end, n = 0;

	for (;; n++, from = at) {
		for (end = from; end > 0 && name[end - 1] == ' '; end--)
			;
		for (at = end; at > 0 && name[at - 1] != ' '; at--)
			;
		if (at == 0 || shape_of(name + at, end - at) !=
		    SHAPE_CAPITAL)
			break;
	}
	if (n < 2) /* a single word may be of any kind */
		return;
	add_words(&t->all, arena_printf(t->arena, "x %s", name + from),
	    t->arena);
	t->by_key = NULL;
}

/* ---- what was met */

/* A word's neighbour in its sentence; NULL for none. */
static const struct word *
before(const struct words *all, size_t i)
{
	return i == 0 || all->w[i].is_cut ? NULL : &all->w[i - 1];
}

static const struct word *
behind(const struct words *all, size_t i)
{
	return i + 1 >= all->n || all->w[i + 1].is_cut ? NULL :
	    &all->w[i + 1];
}

static bool
same(const struct word *a, const struct word *b)
{
	return a != NULL && b != NULL && strcmp(a->key, b->key) == 0;
}

static bool
is_capital(const struct word *w)
{
	return w != NULL && w->shape == SHAPE_CAPITAL && !w->starts;
}

/* Is it the kind of a document, written large for the number behind it? */
static bool
has_number(const struct words *all, size_t i)
{
	size_t	n;

	for (n = 0; n < NUMBER_NEAR && behind(all, i) != NULL; n++)
		if (all->w[++i].key[0] >= '0' && all->w[i].key[0] <= '9')
			return true;
	return false;
}

/* Do the words around i, as far as they are of the row, stand around k? */
static bool
same_row(const struct words *all, size_t i, const struct words *here,
    size_t k)
{
	size_t	a, b;

	for (a = i, b = k; is_capital(before(all, a)); a--, b--)
		if (!same(before(all, a), before(here, b)))
			return false;
	for (a = i, b = k; is_capital(behind(all, a)); a++, b++)
		if (!same(behind(all, a), behind(here, b)))
			return false;
	return true;
}

/* How much the capital at i tells of the word k: 0, 1, or 2 for sure. */
static int
tells_capital(const struct words *all, size_t i, const struct words *here,
    size_t k)
{
	const struct word *p = before(all, i), *n = behind(all, i);
	const bool	 is_before = same(p, before(here, k)),
			 is_behind = same(n, behind(here, k));

	if (has_number(all, i))
		return 0;
	if (is_capital(p) || is_capital(n))
		return same_row(all, i, here, k) ? 2 : 0;
	if (is_before && is_behind)
		return 2;
	return is_behind || (is_before && same(before(all, i - 1),
	    before(here, k - 1)));
}

static int
tells_small(const struct words *all, size_t i, const struct words *here,
    size_t k)
{
	return same(before(all, i), before(here, k)) +
	    same(behind(all, i), behind(here, k));
}

/* ---- restoring */

static int
by_key(const void *a, const void *b)
{
	const struct word *x = *(const struct word *const *)a;
	const struct word *y = *(const struct word *const *)b;
	const int	 c = strcmp(x->key, y->key);

	return c != 0 ? c : x < y ? -1 : x > y;
}

static void
sort(struct text_case *t)
{
	size_t	i;

	if (t->by_key != NULL)
		return;
	t->by_key = arena_calloc(t->arena, t->all.n + 1,
	    sizeof(*t->by_key));
	for (i = 0; i < t->all.n; i++)
		t->by_key[i] = &t->all.w[i];
	qsort(t->by_key, t->all.n, sizeof(*t->by_key), by_key);
}

/* The first of the sorted that is not before this key. */
static size_t
first_of(const struct text_case *t, const char *key)
{
	size_t	low = 0, high = t->all.n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(t->by_key[mid]->key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
wants_capital(const struct text_case *t, const struct words *here, size_t k)
{
	unsigned	 capital[3] = { 0 }, small[3] = { 0 };
	const char	*key = here->w[k].key;
	const struct word *w;
	size_t		 i, at;

	for (i = first_of(t, key); i < t->all.n &&
	    strcmp(t->by_key[i]->key, key) == 0; i++) {
		w = t->by_key[i];
		at = (size_t)(w - t->all.w);
		if (is_capital(w))
			capital[tells_capital(&t->all, at, here, k)]++;
		else if (w->shape == SHAPE_SMALL)
			small[tells_small(&t->all, at, here, k)]++;
	}
	if (capital[2] > 0 || small[2] > 0)
		return capital[2] > small[2];
	return capital[1] > 0 && small[1] == 0;
}

const char *
text_case_restore(struct text_case *t, const char *low, struct arena *arena)
{
	struct words	 here = { 0 };
	struct strbuf	 out = { 0 };
	const char	*done = low, *text;
	size_t		 k;
	ucs4_t		 uc;
	int		 step;

	sort(t);
	add_words(&here, low, arena);
	for (k = 0; k < here.n; k++) {
		if (here.w[k].shape != SHAPE_SMALL ||
		    !wants_capital(t, &here, k))
			continue;
		text = here.w[k].at;
		step = u8_strmbtouc(&uc, (const uint8_t *)text);
		if (step <= 0)
			continue;
		strbuf_add(&out, done, (size_t)(text - done));
		strbuf_adds(&out, text_upper(arena_strndup(arena, text,
		    (size_t)step), arena));
		done = text + step;
	}
	strbuf_adds(&out, done);
	text = arena_strdup(arena, strbuf_get(&out));
	strbuf_clear(&out);
	return text;
}
