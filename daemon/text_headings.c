/*
 * Headings of a letter's outline as a sentence has them: many are written
 * in capitals alone, which in a mail would shout.
 */
#include "daemon/text.h"

#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/outline.h"
#include "parsers/strbuf.h"
#include "parsers/syllable.h"
#include "parsers/text.h"

#define SECTION_COLUMNS 100

/* Words that keep their capital in a heading that was all capitals. */
static const char *const capitals[] = {
	"Việt Nam", "Hồ Chí Minh", "Mặt trận Tổ quốc", "Hội đồng nhân dân",
	"Ủy ban nhân dân", "Đảng ủy", "Đảng bộ", "xây dựng Đảng",
	"Đảng và Nhà nước", "Trung ương", "Quốc hội", "Chính phủ", NULL
};

static bool
is_shouted(const char *s)
{
	const uint8_t	*p = (const uint8_t *)s;
	size_t		 upper = 0, lower = 0;
	ucs4_t		 uc;
	int		 step;

	for (; (step = u8_strmbtouc(&uc, p)) > 0; p += step) {
		upper += uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_Lu);
		lower += uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_Ll);
	}
	return upper > 2 && upper > 9 * lower;
}

/* Roman numerals and what is no Vietnamese word (QCDC, UBND) stay. */
static bool
stays(const char *word, size_t len, struct arena *arena)
{
	const char	*bare = text_key(arena_strndup(arena, word, len),
			    TEXT_KEY_BARE, arena);

	return strpbrk(bare, "aeiouy") == NULL ||
	    syllables_count(text_lower(word, len, arena)) == -1 ||
	    (len > 1 && text_roman(word, len) > 0);
}

static const char *
sentence_case(const char *s, struct arena *arena)
{
	struct strbuf	 b = {0};
	char		*out, *at, *low;
	size_t		 i, len;
	int		 first;
	ucs4_t		 uc;

	if (!is_shouted(s))
		return s;
	while (*s != '\0') {
		len = strcspn(s, " ");
		if (stays(s, len, arena))
			strbuf_add(&b, s, len);
		else
			strbuf_adds(&b, text_lower(s, len, arena));
		s += len;
		for (; *s == ' '; s++)
			strbuf_addc(&b, ' ');
	}
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	for (i = 0; capitals[i] != NULL; i++) {
		low = text_lower(capitals[i], strlen(capitals[i]), arena);
		for (at = out; (at = strstr(at, low)) != NULL; at++)
			memcpy(at, capitals[i], strlen(low));
	}
	first = u8_strmbtouc(&uc, (const uint8_t *)out);
	if (first <= 0)
		return out;
	return arena_printf(arena, "%s%s", text_upper(arena_strndup(arena,
	    out, (size_t)first), arena), out + first);
}

/* Without the list in brackets behind it: whom it is for, "nếu có". */
static const char *
without_brackets(const char *s, struct arena *arena)
{
	const char	*open = strstr(s, " (");

	return open == NULL || strchr(open, ')') == NULL ? s :
	    arena_strndup(arena, s, (size_t)(open - s));
}

/* Cut between words. */
static const char *
cut_words(const char *s, struct arena *arena)
{
	const char	*cut = text_cut(s, SECTION_COLUMNS, arena), *space;

	space = strrchr(cut, ' ');
	if (strcmp(cut, s) == 0 || space == NULL)
		return cut;
	return arena_printf(arena, "%.*s…", (int)(space - cut), cut);
}

/* "V. Phương hướng, nhiệm vụ", "II.1. Công tác …", "II.2 - Hội đồng …" */
static const char *
section_text(const struct outline *o, int node, struct arena *arena)
{
	const struct outline_node	*n = &o->nodes[node];
	const char			*text, *id = n->id;
	size_t				 len;

	text = sentence_case(without_brackets(n->text, arena), arena);
	for (len = strlen(text); len > 0 &&
	    strchr(" :;.,", text[len - 1]) != NULL;)
		len--;
	text = cut_words(arena_strndup(arena, text, len), arena);
	if (n->kind == NODE_SUBHEADING && n->parent >= 0)
		return arena_printf(arena, "%s - %s", o->nodes[n->parent].id,
		    text);
	return arena_printf(arena, "%s. %s", id, text);
}

const char **
text_headings(const struct outline *o, struct arena *arena)
{
	const char	**all = arena_calloc(arena, o->n + 1, sizeof(*all));
	size_t		  i;

	for (i = 0; i < o->n; i++)
		all[i] = section_text(o, (int)i, arena);
	return all;
}
