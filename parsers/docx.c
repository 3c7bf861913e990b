/*
 * A DOCX package: styles and numbering first, then one pass over the main
 * part, then the notes marked in it. Headers, footers, comments and
 * embedded files are not read.
 */
#include "parsers/docx.h"

#include "parsers/arena.h"
#include "parsers/document.h"
#include "parsers/docx_body.h"
#include "parsers/docx_notes.h"
#include "parsers/flow.h"
#include "parsers/limits.h"
#include "parsers/numbering.h"
#include "parsers/package.h"
#include "parsers/styles.h"

/* Parts that need not be there: absent is PARSE_OK. */
static enum parse_status
read_part(struct package *p, enum package_relation which,
    const struct xml_handler *h, void *ctx)
{
	long	entry = package_find(p, which);

	return entry < 0 ? PARSE_OK :
	    package_parse(p, entry, LIMIT_PART_BYTES, h, ctx);
}

static enum parse_status
read_body(struct package *p, struct flow *f, const struct styles *styles,
    struct numbering *numbering)
{
	enum parse_status status;
	struct body	 b;

	body_init(&b, f);
	b.styles = styles;
	b.numbering = numbering;
	status = package_parse(p, package_find(p, RELATION_MAIN),
	    LIMIT_MAIN_PART_BYTES, &body_handler, &b);
	body_clear(&b);
	return status;
}

enum parse_status
docx_read(struct bytes file, struct arena *arena, struct document **out)
{
	struct numbering *numbering = numbering_new(arena);
	struct styles	*styles = styles_new(arena);
	struct package	*p;
	struct flow	 f;
	enum parse_status status;

	status = package_open(file, &p);
	if (status != PARSE_OK)
		return status;
	flow_init(&f, arena);
	if (package_is_signed(p))
		f.remarks |= REMARK_SIGNATURE_PART;
	status = read_part(p, RELATION_STYLES, &styles_handler, styles);
	if (status == PARSE_OK)
		status = read_part(p, RELATION_NUMBERING, &numbering_handler,
		    numbering);
	styles_fold(styles);
	numbering_link(numbering, styles);
	if (status == PARSE_OK)
		status = read_body(p, &f, styles, numbering);
	if (status == PARSE_OK) {
		docx_read_notes(p, &f, styles, numbering);
		*out = flow_finish(&f);
	}
	flow_clear(&f);
	package_close(p);
	return status;
}
