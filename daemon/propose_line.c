/*
 * Guess who stands behind a Kính gửi line: the roster's group of that
 * name; else, phrase by phrase, names and aliases, tags whose words it
 * has, kinds that its words name, names that begin like it. The office's
 * own tags come before the words that any office knows. What follows
 * "thuộc" or "trên địa bàn" only says where they are.
 */
#include "daemon/propose_line.h"

#include <stdbool.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/campaign_propose.h"
#include "daemon/roster.h"
#include "parsers/arena.h"
#include "parsers/lexicon.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define PHRASES 40

/* From these words on a phrase says only where or under whom. */
static const char *const qualifiers[] = {
	"thuộc", "trực thuộc", "trên địa bàn", "đóng trên địa bàn", "của",
	"có trụ sở", NULL
};

/* Words that a phrase may begin with and that name nobody. */
static const char *const articles[] = {
	"các", "những", "toàn thể", "đồng chí", NULL
};

struct proposing {
	const struct roster *roster;
	const struct lexicon *lexicon;
	struct arena	*arena;
	struct line_terms out;
};

/* Have the terms so far all of its units? */
static bool
is_known(const struct line_terms *terms, const struct line_term *t)
{
	size_t	i, k, m;
	bool	seen;

	for (i = 0; i < t->n_units; i++) {
		seen = false;
		for (k = 0; k < terms->n; k++)
			for (m = 0; m < terms->t[k].n_units; m++)
				seen = seen || terms->t[k].units[m] ==
				    t->units[i];
		if (!seen)
			return false;
	}
	return true;
}

/* A term that is none, names nobody, or nobody new, changes nothing. */
static void
add_term(struct proposing *p, struct line_terms *terms, const char *term)
{
	const char	*why;
	struct line_term t = { .term = term };
	long		 n;

	n = campaign_select(term, p->roster, p->arena, &t.units, &why);
	t.n_units = n < 0 ? 0 : (size_t)n;
	if (is_known(terms, &t))
		return;
	terms->t = arena_grow(p->arena, terms->t, terms->n, &terms->cap,
	    sizeof(t));
	terms->t[terms->n++] = t;
}

/* ---- phrases */

static const char *
key_of(const struct proposing *p, const char *s)
{
	return text_key(s, TEXT_KEY, p->arena);
}

/* Offset in key where the words stand as whole words, or -1. */
static long
find_words(const char *key, const char *words)
{
	size_t		 len = strlen(words);
	const char	*at = key;

	if (len == 0)
		return -1;
	while ((at = strstr(at, words)) != NULL) {
		if ((at == key || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ' '))
			return at - key;
		at++;
	}
	return -1;
}

/* Bytes of text that the article at its beginning takes, 0 for none. */
static size_t
article_at(const struct proposing *p, const char *text)
{
	const char	*head;
	size_t		 i, len;

	for (i = 0; articles[i] != NULL; i++) {
		/* their capitals have the same length in UTF-8 */
		len = strlen(articles[i]);
		if (strlen(text) <= len || text[len] != ' ')
			continue;
		head = arena_strndup(p->arena, text, len);
		if (strcmp(key_of(p, head), key_of(p, articles[i])) == 0)
			return len + 1;
	}
	return 0;
}

/* A phrase without articles before it and qualifiers behind. */
static const char *
core_of(const struct proposing *p, const char *phrase)
{
	const char	*text = text_clean(phrase, p->arena), *at;
	size_t		 i, skip, len;

	while ((skip = article_at(p, text)) > 0)
		text += skip;
	len = strlen(text);
	for (i = 0; qualifiers[i] != NULL; i++) {
		at = strstr(text, arena_printf(p->arena, " %s ",
		    qualifiers[i]));
		if (at != NULL && (size_t)(at - text) < len)
			len = (size_t)(at - text);
		skip = strlen(qualifiers[i]);
		if (strncmp(text, qualifiers[i], skip) == 0 &&
		    text[skip] == ' ')
			len = 0;
	}
	return arena_strndup(p->arena, text, len);
}

/* Cut the line at commas, semicolons and "và"; the count. */
static size_t
split_phrases(const struct proposing *p, const char *text,
    const char *out[PHRASES])
{
	static const char *const	joints[] = { ",", ";", " và ", NULL };
	const char			*next, *at;
	size_t				 i, n = 0, len, skip;

	while (*text != '\0' && n < PHRASES) {
		next = NULL;
		skip = 0;
		for (i = 0; joints[i] != NULL; i++) {
			at = strstr(text, joints[i]);
			if (at != NULL && (next == NULL || at < next)) {
				next = at;
				skip = strlen(joints[i]);
			}
		}
		len = next == NULL ? strlen(text) : (size_t)(next - text);
		out[n] = arena_strndup(p->arena, text, len);
		n += text_words(out[n]) > 0;
		text += len + skip;
	}
	return n;
}

/* ---- the signs */

static bool
by_group(struct proposing *p, const char *text)
{
	const char	*key = key_of(p, text);
	const struct unit *u;
	size_t		 n = 0, i;
	int		 last = 0;

	for (i = 0; i < p->roster->n; i++) {
		u = &p->roster->units[i];
		if (*u->group != '\0' && strcmp(key_of(p, u->group), key) ==
		    0) {
			last = (int)i;
			n++;
		}
	}
	if (n == 1) {
		add_term(p, &p->out, arena_printf(p->arena, "+%s",
		    p->roster->units[last].code));
	} else if (n > 1) {
		struct strbuf	b = {0};
		const char	*s;

		/* a quote cannot stand inside quotes, and tells nothing */
		for (s = p->roster->units[last].group; *s != '\0'; s++)
			strbuf_addc(&b, *s == '"' ? ' ' : *s);
		add_term(p, &p->out, arena_printf(p->arena, "group:\"%s\"",
		    b.s));
		strbuf_clear(&b);
	}
	return n > 0;
}

/*
 * The whole phrase is one unit's name: nothing but the place is left over
 * behind, nothing but an article before.
 */
static bool
by_name(struct proposing *p, const char *phrase)
{
	struct name_search	s = { p->roster, p->lexicon, p->arena };
	struct name_match	m;
	const char		*readings[LEXICON_READINGS];
	const char		*text = core_of(p, phrase);
	size_t			 words;
	int			 unit = roster_find_name(&s, text, &m);

	if (unit == -1)
		return false;
	words = text_words(text);
	if (p->lexicon != NULL && m.words > words) {
		(void)lexicon_readings(p->lexicon, text, p->arena, readings);
		words = text_words(readings[0]);
	}
	/* "phường" and the like may be left over */
	if (m.words + 1 < words)
		return false;
	add_term(p, &p->out, arena_printf(p->arena, "+%s",
	    p->roster->units[unit].code));
	return true;
}

/* Does the core hold the tag's words: "mam-non", "thcs"? */
static bool
has_tag_words(const struct proposing *p, const char *core, const char *tag)
{
	const char	*readings[LEXICON_READINGS], *bare;
	size_t		 i, n = 0;

	bare = text_key(core, TEXT_KEY_BARE, p->arena);
	if (find_words(bare, text_key(tag, TEXT_KEY_BARE, p->arena)) >=
	    0)
		return true;
	if (p->lexicon == NULL || strchr(tag, '-') != NULL)
		return false;
	n = lexicon_readings(p->lexicon, text_upper(tag, p->arena), p->arena,
	    readings);
	for (i = 0; i < n; i++)
		if (strchr(readings[i], ' ') != NULL &&
		    find_words(key_of(p, core), readings[i]) >= 0)
			return true;
	return false;
}

static bool
is_within(const struct line_term *a, const struct line_term *b)
{
	size_t	i, k = 0;

	for (i = 0; i < a->n_units; i++) {
		while (k < b->n_units && b->units[k] < a->units[i])
			k++;
		if (k == b->n_units || b->units[k] != a->units[i])
			return false;
	}
	return a->n_units < b->n_units;
}

static void
add_tag(const struct proposing *p, struct line_terms *found,
    const char *tag)
{
	const char	*why;
	struct line_term t = {
		.term = arena_printf(p->arena, "tag:%s", tag),
	};
	long		 n;
	size_t		 i;

	for (i = 0; i < found->n; i++)
		if (strcmp(found->t[i].term, t.term) == 0)
			return;
	n = campaign_select(t.term, p->roster, p->arena, &t.units, &why);
	t.n_units = n < 0 ? 0 : (size_t)n;
	found->t = arena_grow(p->arena, found->t, found->n, &found->cap,
	    sizeof(t));
	found->t[found->n++] = t;
}

/*
 * Tags of one phrase, of one word or of several; of two where one holds
 * the other, the narrower.
 */
static bool
by_tags(struct proposing *p, const char *phrase, bool of_several)
{
	struct line_terms	 found = {0};
	const struct unit	*u;
	const char		*core = core_of(p, phrase);
	size_t			 i, k;

	for (i = 0; i < p->roster->n; i++) {
		u = &p->roster->units[i];
		for (k = 0; k < u->n_tags; k++)
			if ((strchr(u->tags[k], '-') != NULL) == of_several &&
			    has_tag_words(p, core, u->tags[k]))
				add_tag(p, &found, u->tags[k]);
	}
	for (i = 0; i < found.n; i++) {
		for (k = 0; k < found.n; k++)
			if (is_within(&found.t[k], &found.t[i]))
				break;
		if (k == found.n)
			add_term(p, &p->out, found.t[i].term);
	}
	return found.n > 0;
}

static bool
by_audience(struct proposing *p, const char *phrase)
{
	const struct lexicon_named	*named;
	size_t				 i, n = 0;

	if (p->lexicon == NULL)
		return false;
	named = lexicon_audience(p->lexicon, lexicon_reading(p->lexicon,
	    core_of(p, phrase), p->arena), p->arena, &n);
	for (i = 0; i < n; i++)
		add_term(p, &p->out, arena_printf(p->arena,
		    *named[i].tag == '\0' ? "kind:%s%s" : "kind:%s+%s",
		    named[i].kind, named[i].tag));
	return n > 0;
}

/* Names that begin like the phrase: the longest beginning that any has. */
static bool
by_beginning(struct proposing *p, const char *phrase)
{
	char	*core = arena_strdup(p->arena, core_of(p, phrase)), *space;
	const char	*term, *why;
	int	*units;

	while (text_words(core) >= 2) {
		term = arena_printf(p->arena, "name:\"%s\"", core);
		/* a beginning that only one has says nothing of it */
		if (campaign_select(term, p->roster, p->arena, &units,
		    &why) > 1) {
			add_term(p, &p->out, term);
			return true;
		}
		space = strrchr(core, ' ');
		if (space == NULL)
			break;
		*space = '\0';
	}
	return false;
}

/* One phrase, by the surest sign that it has. */
static bool
by_any(struct proposing *p, const char *phrase)
{
	return by_name(p, phrase) || by_tags(p, phrase, true) ||
	    by_tags(p, phrase, false) || by_audience(p, phrase) ||
	    by_beginning(p, phrase);
}

struct line_terms
propose_terms(const char *text, const struct roster *r,
    const struct lexicon *lx, struct arena *arena)
{
	struct proposing	 p = { .roster = r, .lexicon = lx,
				    .arena = arena };
	const char		*phrases[PHRASES];
	size_t			 i, n;

	if (by_group(&p, text) || by_name(&p, text))
		return p.out;
	n = split_phrases(&p, text, phrases);
	for (i = 0; i < n; i++)
		(void)by_any(&p, phrases[i]); /* some phrases name nobody */
	/* words that only together name somebody */
	if (p.out.n == 0)
		(void)by_audience(&p, text);
	return p.out;
}
