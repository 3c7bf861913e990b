/*
 * Reads the language knowledge from where the data lie; parsers only see
 * the bytes.
 */
#include "daemon/lexicon_load.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/paths.h"
#include "daemon/problems.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"
#include "parsers/lexicon.h"

static struct bytes
read_part(const char *folder, const char *name, struct arena *arena,
    struct problems *problems)
{
	struct bytes	 b = { NULL, 0 };
	const char	*text;

	text = textfile_read(arena_printf(arena, "%s/%s", folder, name),
	    arena, problems);
	if (text != NULL) {
		b.data = (const uint8_t *)text;
		b.len = strlen(text);
	}
	return b;
}

struct lexicon *
lexicon_load(struct arena *arena, struct problems *problems)
{
	const size_t	 before = problems->n;
	struct bytes	 files[LEXICON_FILES];
	struct lexicon	*lx = NULL;
	const char	*why;
	char		*folder = paths_data("lexicon");
	size_t		 i;

	for (i = 0; i < LEXICON_FILES; i++)
		files[i] = read_part(folder, lexicon_file_names[i], arena,
		    problems);
	if (problems->n == before) {
		lx = lexicon_parse(files, arena, &why);
		if (lx == NULL)
			problems_add(problems, folder, 0, "%s", why);
	}
	free(folder);
	return lx;
}
