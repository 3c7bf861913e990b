/*
 * A document made of arbitrary lines. The first byte of a line gives its
 * look (bold, centred, cell, number), the rest its text.
 */
#include "tests/fuzz/lines.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/text.h"

#define PARAGRAPHS 400
#define BYTES 65536

static void
look(struct paragraph *p, uint8_t b, uint32_t i)
{
	static const char *const numbers[] = { "", "I.", "1.", "-", "a)",
		"1.2.", "(1)", "x" };
	static const uint32_t breaks[] = { 1, 3 };

	p->bold = b & 1 ? 100 : 0;
	p->centred = (b & 2) != 0;
	p->number = numbers[(b >> 2) & 7];
	p->is_bullet = *p->number == '-';
	p->list_level = *p->number == '\0' ? 0 : 1 + (b & 1);
	p->breaks = breaks;
	p->n_breaks = b & 32 ? 2 : 0;
	p->table = b & 64 ? 1 + i / 20 : 0;
	p->row = 1 + i / 2;
	p->cell = 1 + i % 2;
	p->row_cells = 2;
	p->in_textbox = (b & 128) != 0;
	p->caps = 50;
}

struct document
lines_document(const uint8_t *data, size_t size, struct arena *arena)
{
	struct document	 doc = { 0 };
	const char	*s;
	char		*line;
	size_t		 len;

	doc.paragraphs = arena_calloc(arena, PARAGRAPHS,
	    sizeof(*doc.paragraphs));
	s = arena_strndup(arena, (const char *)data,
	    size < BYTES ? size : BYTES);
	while (*s != '\0' && doc.n < PARAGRAPHS) {
		len = strcspn(s, "\n");
		line = arena_strndup(arena, s, len);
		look(&doc.paragraphs[doc.n], (uint8_t)*line,
		    (uint32_t)doc.n);
		doc.paragraphs[doc.n++].text = *line == '\0' ? "" :
		    text_clean(line + 1, arena);
		s += len;
		s += *s == '\n';
	}
	return doc;
}
