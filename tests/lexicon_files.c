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
	static const char *const names[] = {
		"phrases", "abbreviations", "audience",
	};
	const char	*src = getenv("SRC"), *why = "", *text;
	struct bytes	 b[3];
	struct lexicon	*lx;
	size_t		 i;

	for (i = 0; i < 3; i++) {
		text = notation_file(arena_printf(arena,
		    "%s/parsers/lexicon/%s.txt", src == NULL ? "." : src,
		    names[i]), arena);
		if (text == NULL)
			return NULL;
		b[i].data = (const uint8_t *)text;
		b[i].len = strlen(text);
	}
	lx = lexicon_parse(b[0], b[1], b[2], arena, &why);
	if (lx == NULL)
		fprintf(stderr, "%s\n", why);
	return lx;
}
