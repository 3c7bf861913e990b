/*
 * What reading a DOCX costs, beside its floor: inflating the same parts
 * and running them through SAX2 with empty handlers.
 *
 * bench-docx floor|read FILE COUNT
 *
 * The difference of two counts is the cost per document, free of starting
 * up (valgrind --tool=callgrind counts instructions).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <libxml/parser.h>

#include "parsers/archive.h"
#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/limits.h"
#include "tests/zip_parts.h"

static void
no_element(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_ns, const xmlChar **ns, int n, int defaulted,
    const xmlChar **attributes)
{
	(void)ctx, (void)name, (void)prefix, (void)uri, (void)n_ns;
	(void)ns, (void)n, (void)defaulted, (void)attributes;
}

static void
no_element_end(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	(void)ctx, (void)name, (void)prefix, (void)uri;
}

static void
no_text(void *ctx, const xmlChar *s, int len)
{
	(void)ctx, (void)s, (void)len;
}

static void
run_part(struct archive *a, const char *name)
{
	xmlSAXHandler	 sax = {.initialized = XML_SAX2_MAGIC,
	    .startElementNs = no_element, .endElementNs = no_element_end,
	    .characters = no_text, .ignorableWhitespace = no_text};
	struct archive_part *part;
	xmlParserCtxtPtr ctxt;
	const uint8_t	*chunk;
	size_t		 len = 1;
	long		 entry = archive_find(a, name);

	if (entry < 0 || archive_part_open(a, (size_t)entry,
	    LIMIT_PART_BYTES, &part) != PARSE_OK)
		return;
	ctxt = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
	while (len > 0 && archive_part_next(part, &chunk, &len) == PARSE_OK)
		if (xmlParseChunk(ctxt, (const char *)chunk, (int)len,
		    len == 0) != 0)
			break;
	xmlFreeParserCtxt(ctxt);
	archive_part_close(part);
}

static void
run_floor(struct bytes file)
{
	static const char *const parts[] = {"_rels/.rels",
	    "word/_rels/document.xml.rels", "word/styles.xml",
	    "word/numbering.xml", "word/document.xml"};
	struct archive	*a;
	size_t		 i;

	if (archive_open(file, &a) != PARSE_OK)
		abort();
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		run_part(a, parts[i]);
	archive_close(a);
}

static void
run_read(struct bytes file)
{
	struct arena	*arena = arena_new(0);
	struct document	*doc;

	if (document_read(file, format_sniff(file), arena, &doc) != PARSE_OK)
		abort();
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	struct arena	*arena = arena_new(0);
	struct rusage	 usage;
	struct bytes	 file;
	long		 n;

	if (argc != 4) {
		fprintf(stderr, "usage: bench-docx floor|read FILE COUNT\n");
		return 64;
	}
	file = load_file(argv[2], arena);
	for (n = atol(argv[3]); n > 0; n--)
		if (strcmp(argv[1], "floor") == 0)
			run_floor(file);
		else
			run_read(file);
	getrusage(RUSAGE_SELF, &usage);
	printf("%s %s: %ld KiB\n", argv[1], argv[2], usage.ru_maxrss);
	arena_free(arena);
	return 0;
}
