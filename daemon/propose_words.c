/*
 * Short names for a campaign, out of its letter's subject.
 */
#include "daemon/propose_words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>

#include "daemon/localtime.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define ID_WORDS 5
#define ID_WORDS_LEAST 2
#define ID_BYTES 40
#define SHORT_WORDS 4	/* before a comma that may end the name */
#define NAME_COLUMNS 100

/* Words before the matter itself, that any report could begin with. */
static const char *const openings[] = {
	"báo cáo", "kết quả", "tình hình", "thực hiện", "triển khai",
	"công tác", "nhiệm vụ", "việc", "về việc", "về", "v/v", "gửi",
	"tổng kết", "sơ kết", "đánh giá", NULL
};

/* Bytes that an opening takes at the beginning of s, 0 for none. */
static size_t
opening_at(const char *s, struct arena *arena)
{
	const char	*head;
	size_t		 i, len;

	for (i = 0; openings[i] != NULL; i++) {
		/* their capitals have the same length in UTF-8 */
		len = strlen(openings[i]);
		if (strlen(s) <= len || (s[len] != ' ' && s[len] != ','))
			continue;
		head = arena_strndup(arena, s, len);
		if (strcmp(text_key(head, TEXT_KEY, arena),
		    text_key(openings[i], TEXT_KEY, arena)) == 0)
			return len + strspn(s + len, " ,");
	}
	return 0;
}

/*
 * "quý II năm 2026", "tháng 5 năm 2026": the year behind a slash. Only
 * where one word stands between: "6 tháng đầu năm 2026" stays.
 */
static const char *
shorten_year(const char *s, struct arena *arena)
{
	static const char *const	units[] = { "quý ", "tháng ", "tuần ",
	    NULL };
	const char			*at, *p;
	size_t				 i, word;

	for (i = 0; units[i] != NULL; i++) {
		at = strstr(s, units[i]);
		if (at == NULL)
			continue;
		p = at + strlen(units[i]);
		word = strcspn(p, " ");
		/* a number, Roman or not */
		if (word == 0 || strspn(p, "0123456789IVX") != word ||
		    strncmp(p + word, " năm ", strlen(" năm ")) != 0)
			continue;
		return arena_printf(arena, "%.*s/%s", (int)(p + word - s), s,
		    p + word + strlen(" năm "));
	}
	return s;
}

const char *
propose_short_name(const char *subject, struct arena *arena)
{
	const char	*s = text_clean(subject, arena);
	size_t		 len;

	while ((len = opening_at(s, arena)) > 0)
		s += len;
	/* "…, phương hướng …": what is to come is no part of the name */
	len = strcspn(s, ",;");
	if (s[len] != '\0' &&
	    text_words(arena_strndup(arena, s, len)) >= SHORT_WORDS)
		s = arena_strndup(arena, s, len);
	s = text_cut(shorten_year(s, arena), NAME_COLUMNS, arena);
	return *s == '\0' ? text_clean(subject, arena) : s;
}

/* Words of a period: the id has its month anyway. */
static bool
is_period(const char *word, size_t len)
{
	static const char *const	words[] = { "quy", "thang", "nam",
	    "tuan", "giai", NULL };
	size_t				i;

	for (i = 0; words[i] != NULL; i++)
		if (strlen(words[i]) == len &&
		    strncmp(words[i], word, len) == 0)
			return true;
	return *word >= '0' && *word <= '9';
}

/* ASCII letters and digits in lower case, words parted by one space. */
static const char *
plain_words(const char *s, struct arena *arena)
{
	struct strbuf	 b = {0};
	const char	*out;
	uint8_t		*u;
	size_t		 i, len = 0;

	if (*s == '\0')
		return "";
	u = u8_casefold((const uint8_t *)s, strlen(s), NULL, UNINORM_NFD,
	    NULL, &len);
	if (u == NULL)
		abort();
	for (i = 0; i < len; i++)
		if ((u[i] >= 'a' && u[i] <= 'z') ||
		    (u[i] >= '0' && u[i] <= '9'))
			strbuf_addc(&b, (char)u[i]);
		else if (i + 1 < len && u[i] == 0xC4 && u[i + 1] == 0x91)
			strbuf_addc(&b, 'd'); /* đ */
		else if (u[i] < 0x80 && b.len > 0 && b.s[b.len - 1] != ' ')
			strbuf_addc(&b, ' ');
	out = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	free(u);
	return out;
}

const char *
propose_id(const char *short_name, long day, struct arena *arena)
{
	const char	*words = plain_words(short_name, arena), *out;
	struct civil	 c = day_civil(day);
	struct strbuf	 b = {0};
	size_t		 len, n = 0;

	for (; *words != '\0' && n < ID_WORDS; n++) {
		len = strcspn(words, " ");
		if (b.len + len > ID_BYTES ||
		    (n >= ID_WORDS_LEAST && is_period(words, len)))
			break;
		strbuf_addf(&b, "%.*s-", (int)len, words);
		words += len + (words[len] == ' ');
	}
	if (b.len == 0)
		strbuf_adds(&b, "dot-");
	out = arena_printf(arena, "%s%04d-%02d", b.s, c.year, c.month);
	strbuf_clear(&b);
	return out;
}
