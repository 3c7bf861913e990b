/* Documents for tests, written as text. */
#include "tests/notation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"

#define MARK_BYTES 64

char *
notation_file(const char *path, struct arena *arena)
{
	FILE	*f = fopen(path, "r");
	char	*s;
	long	 len;

	if (f == NULL)
		return NULL;
	fseek(f, 0, SEEK_END);
	len = ftell(f);
	rewind(f);
	s = arena_alloc(arena, (size_t)len + 1);
	if (fread(s, 1, (size_t)len, f) != (size_t)len)
		abort();
	fclose(f);
	return s;
}

/* One mark without its brackets. */
static void
apply_mark(struct paragraph *p, const char *m, struct arena *arena)
{
	unsigned	a = 0, b = 0, c = 0, n = 1;

	if (strcmp(m, "bold") == 0)
		p->bold = 100;
	else if (strcmp(m, "italic") == 0)
		p->italic = 100;
	else if (strcmp(m, "underline") == 0)
		p->underline = 100;
	else if (strcmp(m, "centre") == 0)
		p->centred = true;
	else if (strcmp(m, "keep") == 0)
		p->keep_next = true;
	else if (strcmp(m, "box") == 0)
		p->in_textbox = true;
	else if (strcmp(m, "title") == 0)
		p->is_title = true;
	else if (strcmp(m, "toc") == 0)
		p->is_toc = true;
	else if (strcmp(m, "page") == 0)
		p->page_break_before = true;
	else if (strcmp(m, "merged") == 0)
		p->row_merged = true;
	else if (sscanf(m, "style=%u", &a) == 1)
		p->style_level = (uint8_t)a;
	else if (strncmp(m, "num=", 4) == 0)
		p->number = arena_strdup(arena, m + 4);
	else if (strncmp(m, "bullet=", 7) == 0) {
		p->number = arena_strdup(arena, m + 7);
		p->is_bullet = true;
	} else if (sscanf(m, "list=%u.%u", &a, &b) == 2) {
		p->list = a;
		p->list_level = (uint8_t)b;
	} else if (sscanf(m, "cell=%u.%u.%u/%u", &a, &b, &c, &n) >= 3) {
		p->table = a;
		p->row = b;
		p->cell = c;
		p->row_cells = n;
	} else {
		fprintf(stderr, "unknown mark [%s]\n", m);
		abort();
	}
}

/* The mark that is switched at s: 'b', 'i', 'u'; 0 for none. */
static int
switched(const char *s)
{
	if (strncmp(s, "**", 2) == 0)
		return 'b';
	if (strncmp(s, "//", 2) == 0)
		return 'i';
	return strncmp(s, "~~", 2) == 0 ? 'u' : 0;
}

static uint8_t
percent(size_t part, size_t whole)
{
	return whole == 0 ? 0 : (uint8_t)(part * 100 / whole);
}

/* Text with marked spans; fills spans and the shares of the marks. */
static void
read_spans(struct paragraph *p, const char *s, struct arena *arena)
{
	char		*text = arena_alloc(arena, strlen(s) + 1), *to = text;
	struct span	 now = { 0, p->bold == 100, p->italic == 100,
			    p->underline == 100 }, *spans = NULL;
	size_t		 cap = 0, from = 0, bold = 0, italic = 0, under = 0;
	size_t		 len;
	int		 mark;

	for (;; s++) {
		mark = switched(s);
		if (*s != '\0' && mark == 0) {
			*to++ = *s == '|' ? ' ' : *s;
			continue;
		}
		len = (size_t)(to - text) - from;
		if (len > 0) {
			spans = arena_grow(arena, spans, p->n_spans, &cap,
			    sizeof(*spans));
			now.len = (uint32_t)len;
			spans[p->n_spans++] = now;
			bold += now.bold ? len : 0;
			italic += now.italic ? len : 0;
			under += now.underline ? len : 0;
		}
		if (*s == '\0')
			break;
		from += len;
		now.bold ^= mark == 'b';
		now.italic ^= mark == 'i';
		now.underline ^= mark == 'u';
		s++;
	}
	len = (size_t)(to - text);
	p->text = text;
	p->spans = spans;
	if (len > 0) {
		p->bold = percent(bold, len);
		p->italic = percent(italic, len);
		p->underline = percent(under, len);
	}
	if (p->n_spans == 1)
		p->n_spans = 0;
}

static uint8_t
capitals(const char *s)
{
	const uint8_t	*p = (const uint8_t *)s;
	size_t		 upper = 0, letters = 0;
	ucs4_t		 uc;

	while ((p = u8_next(&uc, p)) != NULL) {
		upper += uc_is_general_category(uc, UC_UPPERCASE_LETTER);
		letters += uc_is_general_category(uc, UC_LETTER);
	}
	return letters == 0 ? 0 : (uint8_t)(upper * 100 / letters);
}

static void
read_line(struct paragraph *p, char *s, struct arena *arena)
{
	char	 mark[MARK_BYTES];
	size_t	 len;

	p->number = "";
	while (*s == '[') {
		len = strcspn(s, "]");
		if (s[len] != ']' || len >= sizeof(mark))
			break;
		memcpy(mark, s + 1, len - 1);
		mark[len - 1] = '\0';
		apply_mark(p, mark, arena);
		s += len + 1;
		s += strspn(s, " ");
	}
	/* "\[" begins a text with a bracket */
	if (s[0] == '\\')
		s++;
	read_spans(p, s, arena);
	p->caps = capitals(p->text);
}

struct document *
notation_read(const char *text, struct arena *arena)
{
	struct document	*doc = arena_alloc(arena, sizeof(*doc));
	size_t		 cap = 0, len;

	while (*text != '\0') {
		len = strcspn(text, "\n");
		if (strncmp(text, "# ", 2) != 0) {
			doc->paragraphs = arena_grow(arena, doc->paragraphs,
			    doc->n, &cap, sizeof(*doc->paragraphs));
			memset(&doc->paragraphs[doc->n], 0,
			    sizeof(*doc->paragraphs));
			read_line(&doc->paragraphs[doc->n++],
			    arena_strndup(arena, text, len), arena);
		}
		text += len;
		text += *text == '\n';
	}
	return doc;
}
