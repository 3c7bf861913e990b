/* The lexicon, read once for a group of tests. */
#include "tests/lexicon_fixture.h"

#include <stddef.h>

#include "parsers/arena.h"
#include "tests/lexicon_files.h"

struct arena		*arena;
const struct lexicon	*lx;

int
lexicon_setup(void **state)
{
	(void)state;
	arena = arena_new(0);
	lx = lexicon_files(arena);
	return lx == NULL ? -1 : 0;
}

int
lexicon_teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}
