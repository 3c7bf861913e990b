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

struct lines
lines_of(const struct document *doc, size_t from, size_t to,
    struct arena *arena)
{
	const struct paragraph	*p;
	struct lines		 ls = {0};
	struct line		*l;
	size_t			 i, k, max = 0, start, end, len;

	if (to > doc->n)
		to = doc->n;
	for (i = from; i < to; i++)
		max += 1 + doc->paragraphs[i].n_breaks;
	l = arena_calloc(arena, max, sizeof(*l));
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
			l[ls.n].words = words_of(l[ls.n].text, arena);
			ls.n++;
			start = end;
		}
	}
	ls.l = l;
	return ls;
}

bool
text_is_capital(const char *s, int percent)
{
	size_t	letters = 0, capital = 0;
	ucs4_t	uc;
	int	len;

	while (*s != '\0') {
		len = u8_mbtoucr(&uc, (const uint8_t *)s, strnlen(s, 4));
		if (len <= 0)
			len = 1;
		else if (uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_L)) {
			letters++;
			capital += uc_is_general_category_withtable(uc,
			    UC_CATEGORY_MASK_Lu);
		}
		s += len;
	}
	return letters > 0 && capital * 100 > letters * (size_t)percent;
}

static bool
starts_with(const char *s, uc_general_category_t category)
{
	ucs4_t	uc;

	if (u8_mbtoucr(&uc, (const uint8_t *)s, strnlen(s, 4)) <= 0)
		return false;
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
	char		*out = arena_alloc(arena, strlen(s) + 1), *to = out;
	const char	*p = s;
	size_t		 singles = 0, tokens = 0, len;

	/* two spaces, or a word of one letter after the other */
	for (; *p != '\0'; p += len) {
		len = strcspn(p, " ");
		if (len == 0) {
			len = 1;
			continue;
		}
		tokens++;
		singles += u8_mbsnlen((const uint8_t *)p, len) == 1;
	}
	if (tokens < 3 || singles != tokens)
		return s;
	for (p = s; *p != '\0'; p++)
		if (*p != ' ')
			*to++ = *p;
	return out;
}
