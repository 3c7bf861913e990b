/*
 * Headings of a letter's outline as a sentence has them: many are written
 * in capitals alone, which in a mail would shout.
 */
#include "daemon/text.h"

#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "daemon/campaign.h"
#include "daemon/roster.h"
#include "daemon/text_case.h"
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
sentence_case(const char *s, struct text_case *known, struct arena *arena)
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
	out = arena_strdup(arena, text_case_restore(known, strbuf_get(&b),
	    arena));
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

/* "Thủy Nguyên" of "THỦY NGUYÊN". */
static const char *
title_case(const char *s, struct arena *arena)
{
	const char	*out = "";
	size_t		 len;
	int		 first;
	ucs4_t		 uc;

	for (; *s != '\0'; s += len) {
		s += strspn(s, " ");
		len = strcspn(s, " ");
		first = u8_strmbtouc(&uc, (const uint8_t *)s);
		if (len == 0 || first <= 0)
			break;
		out = arena_printf(arena, "%s%s%s%s", out,
		    *out != '\0' ? " " : "", text_upper(arena_strndup(arena,
		    s, (size_t)first), arena), text_lower(s + first,
		    len - (size_t)first, arena));
	}
	return out;
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
section_text(const struct outline *o, int node, struct text_case *known,
    struct arena *arena)
{
	const struct outline_node	*n = &o->nodes[node];
	const char			*text, *id = n->id;
	size_t				 len;

	text = sentence_case(without_brackets(n->text, arena), known, arena);
	for (len = strlen(text); len > 0 &&
	    strchr(" :;.,", text[len - 1]) != NULL;)
		len--;
	text = cut_words(arena_strndup(arena, text, len), arena);
	if (n->kind == NODE_SUBHEADING && n->parent >= 0)
		return arena_printf(arena, "%s - %s", o->nodes[n->parent].id,
		    text);
	return arena_printf(arena, "%s. %s", id, text);
}

/*
 * What the letter itself and the roster write with capitals; of its head,
 * which is all capitals, the place that is named there.
 */
static struct text_case *
known_capitals(const struct campaign *c, const struct roster *r,
    struct arena *arena)
{
	struct text_case *known = text_case_new(arena);
	const char	*place = text_place(c->issuer, arena);
	size_t		 i;

	for (i = 0; i < c->outline->n; i++)
		text_case_read(known, c->outline->nodes[i].text);
	for (i = 0; i < c->n_recipients; i++)
		text_case_read(known, c->recipients[i].text);
	text_case_read(known, c->subject);
	text_case_read(known, c->report_to);
	for (i = 0; r != NULL && i < r->n; i++)
		text_case_read_name(known, r->units[i].name);
	text_case_read_name(known, arena_printf(arena, "x %s",
	    title_case(place, arena)));
	return known;
}

const char **
text_headings(const struct campaign *c, const struct roster *r)
{
	struct arena	*arena = arena_new(0);
	struct text_case *known = NULL;
	const char	**all = arena_calloc(c->arena, c->outline->n + 1,
			    sizeof(*all));
	size_t		  i;

	for (i = 0; i < c->outline->n && known == NULL; i++)
		if (is_shouted(without_brackets(c->outline->nodes[i].text,
		    arena)))
			known = known_capitals(c, r, arena);
	for (i = 0; i < c->outline->n; i++)
		all[i] = arena_strdup(c->arena, section_text(c->outline,
		    (int)i, known, arena));
	arena_free(arena);
	return all;
}
