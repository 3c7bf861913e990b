/*
 * Comparing headings with outline nodes by words. A word weighs by how few
 * nodes hold it; phrases of one lexicon set count as nearly equal; words
 * behind "của", "tại" count less where they are not found.
 */
#include "parsers/match_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define BUCKETS 1024
#define AND_WORD "va2"		/* key of "và" */
#define FILLER_WEIGHT 0.1
#define UNKNOWN_WEIGHT 1.4	/* of a word that the outline has not */
#define DIGIT_SHARE 0.5		/* years and counts tell less */
#define BRACKET_SHARE 0.35	/* of words in brackets */
#define TAIL_SHARE 0.4		/* of a heading's tail that is not found */
#define SET_TRUST 0.85		/* equal by a phrase set, not by words */
#define TONELESS_TRUST 0.85
#define BARE_TRUST 0.75
#define LONE_TRUST 0.6		/* a syllable without its neighbours */
#define TAIL_MOST 3.0		/* an unexplained tail weighs no more */
#define HEAD_WORDS 2		/* words before "của" that make a head */
#define HEAD_PART 0.65		/* of the score of a heading without a tail */
#define NO_TOPIC 0.85		/* the node's first phrase is not there */
#define TOPIC_WORDS 3		/* words of a topic that is no known phrase */

struct entry {
	const char	*key;
	uint32_t	 id;
	double		 count;
	float		 weight;
	struct entry	*next;
};

struct table {
	struct entry	*buckets[BUCKETS];
};

struct vocabulary {
	const struct lexicon *lx;
	struct arena	*arena;
	struct table	 words;
	struct table	 toneless; /* to the id of the first such word */
	struct table	 bare;
	float		*weight;   /* by id */
	size_t		 n;
	double		 nodes;
	int		 filler;   /* sets of the lexicon, -1 absent */
	int		 joint;
	int		 other;
	int		 light;
	int		 results;
	const char	*kind[MATCH_KINDS];
	const char	*tag[MATCH_KINDS];
	size_t		 n_kinds;
};

static unsigned
hash(const char *s, size_t len)
{
	uint32_t	h = 2166136261u;
	size_t		i;

	for (i = 0; i < len; i++)
		h = (h ^ (uint8_t)s[i]) * 16777619u;
	return h % BUCKETS;
}

static struct entry *
table_find(const struct table *t, const char *s, size_t len)
{
	struct entry	*e;

	for (e = t->buckets[hash(s, len)]; e != NULL; e = e->next)
		if (strncmp(e->key, s, len) == 0 && e->key[len] == '\0')
			return e;
	return NULL;
}

static struct entry *
table_add(struct table *t, const char *s, size_t len, struct arena *arena)
{
	struct entry	*e = table_find(t, s, len);
	unsigned	 at = hash(s, len);

	if (e != NULL)
		return e;
	e = arena_alloc(arena, sizeof(*e));
	e->key = arena_strndup(arena, s, len);
	e->id = MATCH_NO_WORD;
	e->next = t->buckets[at];
	t->buckets[at] = e;
	return e;
}

struct vocabulary *
vocabulary_new(const struct lexicon *lx, struct arena *arena)
{
	struct vocabulary	*v = arena_alloc(arena, sizeof(*v));

	v->lx = lx;
	v->arena = arena;
	v->filler = lexicon_set_find(lx, "filler");
	v->joint = lexicon_set_find(lx, "joint");
	v->other = lexicon_set_find(lx, "other");
	v->light = lexicon_set_find(lx, "light");
	v->results = lexicon_set_find(lx, "results");
	return v;
}

/* ---- kinds of unit */

#define FOREIGN_KIND ((uint64_t)1 << (MATCH_KINDS - 1))

static uint64_t
kind_bit(const struct vocabulary *v, const char *kind, const char *tag)
{
	size_t	i;

	for (i = 0; i < v->n_kinds; i++)
		if (strcmp(v->kind[i], kind) == 0 &&
		    strcmp(v->tag[i], tag) == 0)
			return (uint64_t)1 << i;
	return 0;
}

/* The kinds that an outline's node names become known. */
static void
learn_kinds(struct vocabulary *v, const char *text)
{
	const struct lexicon_named	*named;
	size_t				 n, i;

	named = lexicon_audience(v->lx, text, v->arena, &n);
	for (i = 0; i < n && v->n_kinds < MATCH_KINDS - 1; i++) {
		if (kind_bit(v, named[i].kind, named[i].tag) != 0)
			continue;
		v->kind[v->n_kinds] = named[i].kind;
		v->tag[v->n_kinds++] = named[i].tag;
	}
}

/* Bits of the kinds named, and of the wider kinds that hold them. */
static uint64_t
kinds_of(const struct vocabulary *v, const char *text, struct arena *arena)
{
	const struct lexicon_named	*named;
	uint64_t			 bits = 0, bit;
	size_t				 n, i;

	named = lexicon_audience(v->lx, text, arena, &n);
	for (i = 0; i < n; i++) {
		bit = kind_bit(v, named[i].kind, named[i].tag) |
		    kind_bit(v, named[i].kind, "");
		bits |= bit == 0 ? FOREIGN_KIND : bit;
	}
	return bits;
}

uint64_t
match_unit_kinds(const struct vocabulary *v, const struct audience *unit)
{
	uint64_t	bits;
	size_t		i;

	if (unit == NULL)
		return 0;
	bits = kind_bit(v, unit->kind, "");
	for (i = 0; i < unit->n_tags; i++)
		bits |= kind_bit(v, unit->kind, unit->tags[i]);
	return bits == 0 ? FOREIGN_KIND : bits;
}

/* ---- words */

/* Without tones: the digits at a key word's end are its tones. */
static size_t
without_tone(const char *w, size_t len)
{
	while (len > 1 && w[len - 1] >= '1' && w[len - 1] <= '5' &&
	    !(w[0] >= '0' && w[0] <= '9'))
		len--;
	return len;
}

/* ASCII form of a key word. */
static size_t
bare_word(const char *w, size_t len, char out[64], struct arena *arena)
{
	char	*key = text_key(arena_strndup(arena, w, without_tone(w,
		    len)), TEXT_KEY_BARE, arena);
	size_t	 n = strlen(key);

	if (n > 63)
		n = 63;
	memcpy(out, key, n);
	return n;
}

void
vocabulary_count(struct vocabulary *v, const char *text, double share)
{
	const char	*readings[LEXICON_READINGS], *w;
	struct entry	*e, *f;
	char		 bare[64];
	size_t		 len;

	(void)lexicon_readings(v->lx, text, v->arena, readings);
	for (w = readings[0]; *w != '\0'; w += w[len] == ' ' ? len + 1 : len) {
		len = strcspn(w, " ");
		e = table_add(&v->words, w, len, v->arena);
		if (e->id == MATCH_NO_WORD) {
			e->id = (uint32_t)v->n++;
			f = table_add(&v->toneless, w, without_tone(w, len),
			    v->arena);
			if (f->id == MATCH_NO_WORD)
				f->id = e->id;
			f = table_add(&v->bare, bare,
			    bare_word(w, len, bare, v->arena), v->arena);
			if (f->id == MATCH_NO_WORD)
				f->id = e->id;
		}
		e->count += share;
	}
	v->nodes += share;
	learn_kinds(v, text);
}

void
vocabulary_finish(struct vocabulary *v)
{
	struct entry	*e;
	size_t		 i;
	double		 w;

	v->weight = arena_calloc(v->arena, v->n, sizeof(*v->weight));
	for (i = 0; i < BUCKETS; i++) {
		for (e = v->words.buckets[i]; e != NULL; e = e->next) {
			w = log((v->nodes + 1.5) / (e->count + 0.5));
			if (w < 0.15)
				w = 0.15;
			if (e->key[0] >= '0' && e->key[0] <= '9')
				w *= DIGIT_SHARE;
			v->weight[e->id] = (float)w;
		}
	}
}

size_t
vocabulary_size(const struct vocabulary *v)
{
	return v->n;
}

/* ---- texts */

/* Finds a word of a heading in the vocabulary, with or without marks. */
static void
look_up(const struct vocabulary *v, const char *w, size_t len,
    struct match_word *out, struct arena *arena)
{
	const struct entry	*e = table_find(&v->words, w, len);
	char			 bare[64];

	out->trust = 1;
	if (e == NULL) {
		out->trust = (float)TONELESS_TRUST;
		e = table_find(&v->toneless, w, without_tone(w, len));
	}
	if (e == NULL) {
		out->trust = (float)BARE_TRUST;
		e = table_find(&v->bare, bare,
		    bare_word(w, len, bare, arena));
	}
	out->id = e == NULL ? MATCH_NO_WORD : e->id;
	out->weight = e == NULL ? (float)UNKNOWN_WEIGHT : v->weight[e->id];
}

/* How a stretch of a text counts. */
enum stretch { STRETCH_PLAIN, STRETCH_QUOTED, STRETCH_BRACKETS, STRETCHES };

/* Adds the words of one key to a text. */
static void
add_words(struct match_text *t, const struct vocabulary *v, const char *key,
    enum stretch kind, struct arena *arena)
{
	const struct lexicon_phrase	*ph;
	struct match_word		*w;
	size_t				 n_ph, i = 0, k = 0, len, content = 0;
	bool				 tail = kind != STRETCH_PLAIN;

	ph = lexicon_phrases(v->lx, key, arena, &n_ph);
	for (; *key != '\0'; key += key[len] == ' ' ? len + 1 : len, i++) {
		len = strcspn(key, " ");
		w = &t->words[t->n++];
		look_up(v, key, len, w, arena);
		w->set = w->inner = -1;
		while (k < n_ph && ph[k].first + ph[k].n <= i)
			k++;
		if (k < n_ph && i >= ph[k].first)
			w->set = (int16_t)ph[k].set;
		t->is_other = t->is_other ||
		    (w->set >= 0 && w->set == v->other);
		if (w->set >= 0 && w->set == v->joint &&
		    content >= HEAD_WORDS)
			tail = true;
		if ((w->set >= 0 && (w->set == v->joint ||
		    w->set == v->filler)) || (len == strlen(AND_WORD) &&
		    memcmp(key, AND_WORD, len) == 0)) {
			w->filler = true;
			w->set = -1;
			w->weight *= (float)FILLER_WEIGHT;
		} else {
			/* "Thực hiện …" at the head is "Kết quả thực hiện …" */
			if (w->set >= 0 && w->set == v->light &&
			    content < HEAD_WORDS)
				w->set = (int16_t)v->results;
			content++;
		}
		if (kind == STRETCH_BRACKETS)
			w->weight *= (float)BRACKET_SHARE;
		w->tail = tail;
		t->total += w->weight;
		if (!tail)
			t->head += w->weight;
	}
}

/* Sorts a text's bytes by stretch: plain, in quotes, in brackets. */
static void
split_stretches(const char *s, struct strbuf out[STRETCHES])
{
	int	depth = 0, quotes = 0;

	for (; *s != '\0'; s++) {
		if (*s == '(' || *s == '[')
			depth++;
		else if (strncmp(s, "“", 3) == 0 || strncmp(s, "«", 2) == 0)
			quotes++;
		else if (quotes > 0 && (strncmp(s, "”", 3) == 0 ||
		    strncmp(s, "»", 2) == 0))
			quotes--;
		else if (*s == '"')
			quotes = !quotes;
		strbuf_addc(&out[depth > 0 ? STRETCH_BRACKETS : quotes > 0 ?
		    STRETCH_QUOTED : STRETCH_PLAIN], *s);
		if ((*s == ')' || *s == ']') && depth > 0)
			depth--;
	}
}

size_t
match_texts(const struct vocabulary *v, const char *text,
    struct arena *arena, struct match_text *out, size_t max)
{
	const char	*keys[STRETCHES][LEXICON_READINGS];
	struct strbuf	 part[STRETCHES] = { { 0 }, { 0 }, { 0 } };
	size_t		 n = 0, i, k, room = 2;

	split_stretches(text, part);
	for (k = STRETCHES; k-- > 0;) {
		keys[k][0] = "";
		n = 1;
		if (part[k].len > 0)
			n = lexicon_readings(v->lx, part[k].s, arena,
			    keys[k]);
		strbuf_clear(&part[k]);
		room += strlen(keys[k][0]) / 2 + 1;
	}
	if (n > max)
		n = max;
	for (i = 0; i < n; i++) {
		memset(&out[i], 0, sizeof(out[i]));
		out[i].words = arena_calloc(arena, room +
		    strlen(keys[0][i]), sizeof(*out[i].words));
		for (k = 0; k < STRETCHES; k++)
			add_words(&out[i], v, keys[k][k == 0 ? i : 0],
			    (enum stretch)k, arena);
		out[i].kinds = i > 0 ? out[0].kinds :
		    kinds_of(v, text, arena);
	}
	return n;
}

void
match_find_inner(const struct vocabulary *v, const char *text,
    struct arena *arena, struct match_text *t)
{
	const struct lexicon_phrase	*ph;
	const char			*keys[LEXICON_READINGS], *rest;
	struct strbuf			 part[STRETCHES] = { { 0 }, { 0 },
	    { 0 } };
	size_t				 i, k, n, len, last;

	split_stretches(text, part);
	(void)lexicon_readings(v->lx, strbuf_get(&part[STRETCH_PLAIN]), arena,
	    keys);
	for (k = 0; k < STRETCHES; k++)
		strbuf_clear(&part[k]);
	/* the plain stretch's words come first in t */
	for (i = 1; i < t->n; i++) {
		rest = text_key_word(keys[0], i, &len);
		if (rest == NULL)
			break;
		ph = lexicon_phrases(v->lx, rest, arena, &n);
		if (n == 0 || ph[0].first != 0 || ph[0].n < 2 ||
		    ph[0].set == t->words[i].set)
			continue;
		last = i + ph[0].n <= t->n ? i + ph[0].n : t->n;
		for (k = i; k < last; k++)
			if (t->words[k].inner == -1)
				t->words[k].inner = (int16_t)ph[0].set;
	}
}

void
match_topic(const struct match_text *t, size_t *from, size_t *to)
{
	size_t	i = 0;

	while (i < t->n && t->words[i].filler)
		i++;
	*from = i;
	if (i < t->n && t->words[i].set >= 0)
		while (i < t->n && t->words[i].set == t->words[*from].set)
			i++;
	else
		while (i < t->n && i < *from + TOPIC_WORDS &&
		    !t->words[i].filler && t->words[i].set < 0)
			i++;
	*to = i;
}

bool
match_text_has(const struct match_text *t, const struct match_word *w)
{
	size_t	i;

	for (i = 0; i < t->n; i++)
		if ((w->id != MATCH_NO_WORD && t->words[i].id == w->id) ||
		    (w->set >= 0 && t->words[i].set == w->set))
			return true;
	return false;
}

/* ---- comparing */

struct match_marks {
	const struct vocabulary *v;
	const struct match_text *heading;
	uint32_t	*stamp;	/* by word id: number of the heading */
	uint16_t	*place;	/* by word id: position in it */
	uint32_t	*set_stamp;
	uint32_t	 now;
	bool		*found;	/* words of the heading, while comparing */
	size_t		 found_cap;
	struct arena	*arena;
};

struct match_marks *
match_marks_new(const struct vocabulary *v, struct arena *arena)
{
	struct match_marks	*m = arena_alloc(arena, sizeof(*m));

	m->v = v;
	m->arena = arena;
	m->stamp = arena_calloc(arena, v->n + 1, sizeof(*m->stamp));
	m->place = arena_calloc(arena, v->n + 1, sizeof(*m->place));
	m->set_stamp = arena_calloc(arena, lexicon_sets(v->lx) + 1,
	    sizeof(*m->set_stamp));
	return m;
}

void
match_mark(struct match_marks *m, const struct match_text *heading)
{
	size_t	i;

	m->now++;
	m->heading = heading;
	if (heading->n > m->found_cap) {
		m->found_cap = heading->n * 2;
		m->found = arena_calloc(m->arena, m->found_cap,
		    sizeof(*m->found));
	}
	for (i = heading->n; i-- > 0;) {
		if (heading->words[i].set >= 0)
			m->set_stamp[heading->words[i].set] = m->now;
		if (heading->words[i].id == MATCH_NO_WORD)
			continue;
		m->stamp[heading->words[i].id] = m->now;
		m->place[heading->words[i].id] = (uint16_t)i;
	}
}

bool
match_has(const struct match_marks *m, uint32_t id)
{
	return id != MATCH_NO_WORD && m->stamp[id] == m->now;
}

bool
match_has_set(const struct match_marks *m, int set)
{
	return set >= 0 && m->set_stamp[set] == m->now;
}

/* Does word i of the node stand beside the same neighbour in the heading? */
static bool
has_neighbour(const struct match_marks *m, const struct match_text *node,
    size_t i)
{
	size_t	at = m->place[node->words[i].id];

	if (i > 0 && match_has(m, node->words[i - 1].id) &&
	    m->place[node->words[i - 1].id] + 1u == at)
		return true;
	return i + 1 < node->n && match_has(m, node->words[i + 1].id) &&
	    m->place[node->words[i + 1].id] == at + 1;
}

/* Share of the heading's weight that the node explains. */
static double
explained(const struct match_marks *m, const struct match_text *node)
{
	const struct match_text	*h = m->heading;
	double			 sum = 0, hit = 0, tail = 0, w, t;
	size_t			 i, k;

	for (i = 0; i < h->n; i++) {
		w = h->words[i].weight;
		t = m->found[i] ? h->words[i].trust : 0;
		if (t == 0 && h->words[i].set >= 0)
			for (k = 0; k < node->n && t == 0; k++)
				if (node->words[k].set == h->words[i].set ||
				    node->words[k].inner == h->words[i].set)
					t = SET_TRUST;
		if (t == 0 && h->words[i].tail)
			tail += w * TAIL_SHARE;
		else
			sum += w;
		hit += w * t;
	}
	sum += tail < TAIL_MOST ? tail : TAIL_MOST;
	return sum > 0 ? hit / sum : 0;
}

/* Is the first phrase of the node in the heading, by words or set? */
static bool
has_topic(const struct match_marks *m, const struct match_text *node)
{
	size_t	from, to, i;

	match_topic(node, &from, &to);
	for (i = from; i < to; i++)
		if (match_has(m, node->words[i].id) ||
		    match_has_set(m, node->words[i].set))
			return true;
	return from == to;
}

struct match_score
match_compare(const struct match_marks *m, const struct match_text *node)
{
	struct match_score	s = { 0, 0, 0, 0 };
	const struct match_word	*w;
	double			 hit = 0, head = 0, t;
	size_t			 i;

	memset(m->found, 0, m->heading->n * sizeof(*m->found));
	for (i = 0; i < node->n; i++) {
		w = &node->words[i];
		t = 0;
		if (match_has(m, w->id)) {
			t = m->heading->words[m->place[w->id]].trust;
			if (w->filler || has_neighbour(m, node, i))
				m->found[m->place[w->id]] = true;
			else
				t *= LONE_TRUST;
		}
		if (t < SET_TRUST && (match_has_set(m, w->set) ||
		    match_has_set(m, w->inner)))
			t = SET_TRUST;
		hit += w->weight * t;
		if (!w->tail)
			head += w->weight * t;
	}
	if (hit <= 0)
		return s;
	s.node = hit / node->total;
	s.head = node->head > 0 ? head / node->head : s.node;
	s.heading = explained(m, node);
	/* a heading cut short leaves out what follows "của" */
	if (m->heading->head >= m->heading->total || node->is_general)
		s.node = HEAD_PART * s.head + (1 - HEAD_PART) * s.node;
	s.both = s.node + s.heading > 0 ?
	    2 * s.node * s.heading / (s.node + s.heading) : 0;
	if (!has_topic(m, node))
		s.both *= NO_TOPIC;
	return s;
}
