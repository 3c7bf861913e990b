/*
 * A document as lines: paragraphs cut at their line breaks, since offices
 * write letterheads, lists and signatures both ways.
 */
#include "parsers/lines.h"

#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/text.h"
#include "parsers/utf8.h"

const char *
line_text(const char *s, size_t len, struct arena *arena)
{
	if (len > LIMIT_LINE_TEXT) {
		len = LIMIT_LINE_TEXT;
		/* not inside a sign */
		while (len > 0 && ((uint8_t)s[len] & 0xC0) == 0x80)
			len--;
	}
	return text_clean(arena_strndup(arena, s, len), arena);
}

const struct words *
line_words(const struct line *l)
{
	if (l->words->text == NULL)
		*l->words = words_of(l->text, l->arena);
	return l->words;
}

struct lines
lines_of(const struct document *doc, size_t from, size_t to,
    struct arena *arena)
{
	const struct paragraph	*p;
	struct lines		 ls = {0};
	struct line		*l;
	struct words		*words;
	size_t			 i, k, max = 0, start, end, len;

	if (to > doc->n)
		to = doc->n;
	for (i = from; i < to; i++)
		max += 1 + doc->paragraphs[i].n_breaks;
	l = arena_calloc(arena, max, sizeof(*l));
	words = arena_calloc(arena, max, sizeof(*words));
	for (i = from; i < to; i++) {
		p = &doc->paragraphs[i];
		len = strlen(p->text);
		start = 0;
		for (k = 0; k <= p->n_breaks; k++) {
			end = k < p->n_breaks ? p->breaks[k] : len;
			if (end > len || end < start)
				end = len;
			l[ls.n].p = p;
			l[ls.n].paragraph = (uint32_t)i;
			l[ls.n].part = (uint32_t)k;
			l[ls.n].text = line_text(p->text + start,
			    end - start, arena);
			l[ls.n].words = &words[ls.n];
			l[ls.n].arena = arena;
			ls.n++;
			start = end;
		}
	}
	ls.l = l;
	return ls;
}

/* The character at s, or 0 where none is; returns its bytes, at least 1. */
static size_t
character_at(const char *s, ucs4_t *uc)
{
	const uint8_t	*p = (const uint8_t *)s;
	int		 len;

	if (utf8_is_common(p))
		return utf8_get(p, uc);
	len = u8_mbtoucr(uc, p, strnlen(s, 4));
	if (len > 0)
		return (size_t)len;
	*uc = 0;
	return 1;
}

bool
text_is_capital(const char *s, int percent)
{
	size_t	letters = 0, capital = 0;
	ucs4_t	uc;

	while (*s != '\0') {
		s += character_at(s, &uc);
		if (uc < 0x80) {
			letters += (uc | 0x20) >= 'a' && (uc | 0x20) <= 'z';
			capital += uc >= 'A' && uc <= 'Z';
		} else if (uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_L)) {
			letters++;
			capital += uc_is_general_category_withtable(uc,
			    UC_CATEGORY_MASK_Lu);
		}
	}
	return letters > 0 && capital * 100 > letters * (size_t)percent;
}

static bool
starts_with(const char *s, uc_general_category_t category)
{
	ucs4_t	uc;

	(void)character_at(s, &uc);
	return uc_is_general_category(uc, category);
}

bool
text_starts_small(const char *s)
{
	return starts_with(s, UC_LOWERCASE_LETTER);
}

bool
text_starts_capital(const char *s)
{
	return starts_with(s, UC_UPPERCASE_LETTER);
}

bool
text_is_rule(const char *s)
{
	return text_words(s) == 0;
}

const char *
text_unspaced(const char *s, struct arena *arena)
{
	const char	*p = s;
	char		*out, *to;
	size_t		 tokens = 0, len;

	/* two spaces, or a word of one letter after the other */
	for (; *p != '\0'; p += len) {
		len = strcspn(p, " ");
		if (len == 0) {
			len = 1;
			continue;
		}
		if (u8_mbsnlen((const uint8_t *)p, len) != 1)
			return s;
		tokens++;
	}
	if (tokens < 3)
		return s;
	out = to = arena_alloc(arena, (size_t)(p - s) + 1);
	for (p = s; *p != '\0'; p++)
		if (*p != ' ')
			*to++ = *p;
	return out;
}
