/*
 * Headings of reports made of arbitrary lines (see lines.c), and their
 * matching: each document as the answer to a letter of the same lines.
 * The lexicon is read from $SRC/parsers/lexicon.
 */
#include <stddef.h>
#include <stdint.h>

#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/heading.h"
#include "parsers/letter.h"
#include "tests/fuzz/lines.h"
#include "tests/lexicon_files.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct lexicon *lx;
	struct arena		*arena = arena_new(0);
	struct document		 doc = lines_document(data, size, arena);
	const struct headings	*h = headings_find(&doc, arena);
	const struct outline	*o = letter_read(&doc, arena)->outline;
	const struct coverage	*c;
	size_t			 i, k;

	if (lx == NULL)
		lx = lexicon_files(arena_new(0));
	c = matcher_cover(matcher_new(o, lx, arena), h, NULL, arena);
	for (i = 0; i < c->n_matches; i++) {
		if (c->matches[i].heading >= h->n)
			__builtin_trap();
		for (k = 0; k < c->matches[i].n_sections; k++)
			if ((size_t)c->matches[i].sections[k] >= o->n)
				__builtin_trap();
	}
	arena_free(arena);
	return 0;
}
