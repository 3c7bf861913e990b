/*
 * An OpenDocument text file (ODF 1.2): styles.xml, then content.xml. Its
 * parts have fixed names.
 */
#include "parsers/odt.h"

#include <stdbool.h>

#include "parsers/archive.h"
#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/flow.h"
#include "parsers/limits.h"
#include "parsers/odt_body.h"
#include "parsers/odt_styles.h"
#include "parsers/package.h"

static void
manifest_start(void *ctx, const struct xml_tag *tag)
{
	bool	*is_encrypted = ctx;

	if (tag->ns == NS_MANIFEST && tag->name == N_encryption_data)
		*is_encrypted = true;
}

static void
nothing_ends(void *ctx, enum xml_ns ns, enum xml_name name)
{
	(void)ctx;
	(void)ns;
	(void)name;
}

static const struct xml_handler manifest_handler = {manifest_start,
	nothing_ends, NULL};

/* Parts that need not be there. */
static enum parse_status
read_part(struct archive *a, const char *name, const struct xml_handler *h,
    void *ctx)
{
	long	entry = archive_find(a, name);

	return entry < 0 ? PARSE_OK :
	    archive_parse(a, entry, LIMIT_PART_BYTES, h, ctx);
}

static enum parse_status
read_parts(struct archive *a, struct odt_styles *styles, struct odt_body *b)
{
	enum parse_status status;
	bool		 is_encrypted = false;

	status = read_part(a, "META-INF/manifest.xml", &manifest_handler,
	    &is_encrypted);
	if (status == PARSE_OK && is_encrypted)
		status = PARSE_ENCRYPTED;
	if (status == PARSE_OK)
		status = read_part(a, "styles.xml", &odt_styles_handler,
		    styles);
	if (status == PARSE_OK)
		status = archive_parse(a, archive_find(a, "content.xml"),
		    LIMIT_MAIN_PART_BYTES, &odt_body_handler, b);
	if (status == PARSE_OK && !b->is_text_document)
		status = PARSE_NOT_SUPPORTED;
	return status;
}

enum parse_status
odt_read(struct bytes file, struct arena *arena, struct document **out)
{
	struct odt_styles *styles = arena_alloc(arena, sizeof(*styles));
	struct odt_body	 b;
	struct flow	 f;
	struct archive	*a;
	enum parse_status status;

	status = archive_open(file, &a);
	if (status != PARSE_OK)
		return status;
	odt_styles_init(styles, arena);
	flow_init(&f, arena);
	odt_body_init(&b, &f, styles);
	status = read_parts(a, styles, &b);
	odt_body_clear(&b);
	if (status == PARSE_OK)
		*out = flow_finish(&f);
	flow_clear(&f);
	archive_close(a);
	return status;
}
