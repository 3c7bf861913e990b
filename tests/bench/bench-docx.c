/*
 * What reading a DOCX costs, beside its floor: inflating the same parts
 * and running them through SAX2 with empty handlers.
 *
 * bench-docx floor|read|map FILE COUNT
 *
 * map: also finds the headings and holds them against an outline, which is
 * built once.
 *
 * The difference of two counts is the cost per document, free of starting
 * up (valgrind --tool=callgrind counts instructions).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "parsers/arena.h"
#include "parsers/coverage.h"
#include "parsers/document.h"
#include "parsers/heading.h"
#include "tests/bench/sax_floor.h"
#include "tests/lexicon_files.h"
#include "tests/notation.h"
#include "tests/zip_parts.h"

static void
run_read(struct bytes file)
{
	struct arena	*arena = arena_new(0);
	struct document	*doc;

	if (document_read(file, format_sniff(file, NULL), arena, &doc) != PARSE_OK)
		abort();
	arena_free(arena);
}

static struct matcher *
make_matcher(struct arena *arena)
{
	const char	*src = getenv("SRC"), *why = "", *text;
	struct outline	*o = NULL;

	text = notation_file(arena_printf(arena,
	    "%s/tests/bench/outline-49.txt", src == NULL ? "." : src), arena);
	if (text == NULL || outline_parse(text, arena, &o, &why) != 0)
		abort();
	return matcher_new(o, lexicon_files(arena), arena);
}

static size_t
run_map(struct bytes file, const struct matcher *m)
{
	struct arena	*arena = arena_new(0);
	struct document	*doc;
	size_t		 fitting;

	if (document_read(file, format_sniff(file, NULL), arena, &doc) != PARSE_OK)
		abort();
	fitting = matcher_cover(m, headings_find(doc, arena), NULL,
	    arena)->fitting;
	arena_free(arena);
	return fitting;
}

int
main(int argc, char **argv)
{
	struct arena	*arena = arena_new(0);
	struct matcher	*m = NULL;
	struct rusage	 usage;
	struct bytes	 file;
	size_t		 fitting = 0;
	long		 n;

	if (argc != 4) {
		fprintf(stderr, "usage: bench-docx floor|read|map FILE COUNT\n");
		return 64;
	}
	file = load_file(argv[2], arena);
	if (strcmp(argv[1], "map") == 0)
		m = make_matcher(arena);
	for (n = atol(argv[3]); n > 0; n--)
		if (strcmp(argv[1], "floor") == 0)
			sax_floor_run(file);
		else if (m != NULL)
			fitting = run_map(file, m);
		else
			run_read(file);
	getrusage(RUSAGE_SELF, &usage);
	printf("%s %s: %ld KiB, %zu fitting\n", argv[1], argv[2],
	    usage.ru_maxrss, fitting);
	arena_free(arena);
	return 0;
}
