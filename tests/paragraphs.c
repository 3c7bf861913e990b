/*
 * Documents for tests, written as plain lines.
 */
#include "tests/paragraphs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

static uint8_t
capitals_of(const char *s)
{
	size_t	letters = 0, capital = 0;
	ucs4_t	uc;
	int	len;

	for (; *s != '\0'; s += len) {
		len = u8_mbtoucr(&uc, (const uint8_t *)s, strnlen(s, 4));
		if (len <= 0) {
			len = 1;
			continue;
		}
		letters += uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_L);
		capital += uc_is_general_category_withtable(uc,
		    UC_CATEGORY_MASK_Lu);
	}
	return letters == 0 ? 0 : (uint8_t)(capital * 100 / letters);
}

static void
set_flag(struct paragraph *p, const char *name, const char *value,
    struct arena *arena)
{
	if (strcmp(name, "bold") == 0)
		p->bold = 100;
	else if (strcmp(name, "italic") == 0)
		p->italic = 100;
	else if (strcmp(name, "centred") == 0)
		p->centred = true;
	else if (strcmp(name, "page") == 0)
		p->page_break_before = true;
	else if (strcmp(name, "box") == 0)
		p->in_textbox = true;
	else if (strcmp(name, "title") == 0)
		p->is_title = true;
	else if (strcmp(name, "level") == 0)
		p->list_level = (uint8_t)strtol(value, NULL, 10);
	else if (strcmp(name, "style") == 0)
		p->style_level = (uint8_t)strtol(value, NULL, 10);
	else if (strcmp(name, "num") == 0 || strcmp(name, "bullet") == 0) {
		p->number = arena_strdup(arena, value);
		p->is_bullet = name[0] == 'b';
		p->list = 1;
		if (p->list_level == 0)
			p->list_level = 1;
	} else if (strcmp(name, "cell") == 0) {
		(void)sscanf(value, "%u.%u.%u", &p->table, &p->row, &p->cell);
	} else {
		fprintf(stderr, "paragraphs: unknown flag [%s]\n", name);
		abort();
	}
}

/* Read "[flag=value] [flag] text"; returns the text. */
static const char *
read_flags(struct paragraph *p, const char *s, struct arena *arena)
{
	char	*flag, *value;
	size_t	 len;

	while (*s == '[' && strchr(s, ']') != NULL) {
		len = strcspn(s, "]");
		flag = arena_strndup(arena, s + 1, len - 1);
		value = strchr(flag, '=');
		if (value != NULL)
			*value++ = '\0';
		set_flag(p, flag, value == NULL ? "" : value, arena);
		s += len + 1;
		s += strspn(s, " ");
	}
	return s;
}

/* "\n" becomes a line break: a space in the text, kept in breaks. */
static void
set_text(struct paragraph *p, const char *s, struct arena *arena)
{
	uint32_t	*breaks = arena_calloc(arena, strlen(s) + 1,
			    sizeof(*breaks));
	char		*out = arena_alloc(arena, strlen(s) + 1), *to = out;

	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && s[1] == 'n') {
			breaks[p->n_breaks++] = (uint32_t)(to - out);
			*to++ = ' ';
			s++;
		} else {
			*to++ = *s;
		}
	}
	p->text = out;
	p->breaks = breaks;
	p->caps = capitals_of(out);
}

static void
count_cells(struct document *d)
{
	struct paragraph	*p, *q;
	size_t			 i, k;

	for (i = 0; i < d->n; i++) {
		p = &d->paragraphs[i];
		for (k = 0; k < d->n; k++) {
			q = &d->paragraphs[k];
			if (p->table != 0 && q->table == p->table &&
			    q->row == p->row && q->cell > p->row_cells)
				p->row_cells = q->cell;
		}
	}
}

struct document *
paragraphs_read(const char *text, struct arena *arena)
{
	struct document	*d = arena_alloc(arena, sizeof(*d));
	struct paragraph p, none = {0};
	size_t		 cap = 0, len;
	const char	*line;

	none.text = none.number = "";
	while (*text != '\0') {
		len = strcspn(text, "\n");
		line = arena_strndup(arena, text, len);
		text += len;
		text += *text == '\n';
		if (*line == '#')
			continue;
		p = none;
		set_text(&p, read_flags(&p, line, arena), arena);
		d->paragraphs = arena_grow(arena, d->paragraphs, d->n, &cap,
		    sizeof(*d->paragraphs));
		d->paragraphs[d->n++] = p;
	}
	count_cells(d);
	return d;
}

char *
file_read(const char *path, struct arena *arena)
{
	struct strbuf	 b = {0};
	char		 buf[4096], *text;
	size_t		 n;
	FILE		*f = fopen(path, "r");

	if (f == NULL)
		return NULL;
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		strbuf_add(&b, buf, n);
	fclose(f);
	text = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return text;
}

char *
source_path(const char *name, struct arena *arena)
{
	const char	*src = getenv("SRC");

	return arena_printf(arena, "%s/%s", src == NULL ? "." : src, name);
}
