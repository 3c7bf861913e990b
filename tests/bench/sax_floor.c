/* The floor of reading a DOCX: see the header. */
#include "tests/bench/sax_floor.h"

#include <stdlib.h>

#include <libxml/parser.h>

#include "parsers/archive.h"
#include "parsers/limits.h"

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

void
sax_floor_run(struct bytes file)
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
