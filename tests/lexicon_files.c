/* The project's own lexicon, for tests and tools. */
#include "tests/lexicon_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/lexicon.h"
#include "tests/notation.h"

const struct lexicon *
lexicon_files(struct arena *arena)
{
	const char	*src = getenv("SRC"), *why = "", *text;
	struct bytes	 b[LEXICON_FILES];
	struct lexicon	*lx;
	size_t		 i;

	for (i = 0; i < LEXICON_FILES; i++) {
		text = notation_file(arena_printf(arena,
		    "%s/parsers/lexicon/%s", src == NULL ? "." : src,
		    lexicon_file_names[i]), arena);
		if (text == NULL)
			return NULL;
		b[i].data = (const uint8_t *)text;
		b[i].len = strlen(text);
	}
	lx = lexicon_parse(b, arena, &why);
	if (lx == NULL)
		fprintf(stderr, "%s\n", why);
	return lx;
}
