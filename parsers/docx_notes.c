/*
 * Foot- and endnotes (17.11): parts of their own, read as a body is, but
 * only those that a mark in the text leads to. Separators are none.
 */
#include "parsers/docx_notes.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/docx_body.h"
#include "parsers/flow.h"
#include "parsers/limits.h"
#include "parsers/package.h"

/* Where a note's paragraphs stand. */
struct note_range {
	struct flow_note *note;
	size_t		 from;
	size_t		 to;
};

struct notes_pass {
	struct body	 body;	/* reads what stands in a note */
	struct flow	*marks;	/* who is asked for */
	const struct styles *styles;
	struct numbering *numbering;
	bool		 is_end; /* endnotes.xml */
	struct note_range *ranges;
	size_t		 n_ranges;
	size_t		 cap_ranges;
	bool		 in_note;
};

static void
root(struct notes_pass *n, const struct xml_tag *tag)
{
	n->body.has_root = true;
	if (tag->ns != NS_W ||
	    tag->name != (n->is_end ? N_endnotes : N_footnotes))
		xml_stop(tag->xml, PARSE_NOT_SUPPORTED);
	n->body.all_keeps_space = xml_equals(xml_attribute(tag, NS_XML,
	    N_space), "preserve");
}

/* Separators have ids too, but no mark of the text bears them. */
static void
note_start(struct notes_pass *n, const struct xml_tag *tag)
{
	struct flow	*f = n->body.flow;
	struct xml_value type = xml_attribute(tag, NS_W, N_type);
	struct flow_note *note = flow_note_find(n->marks,
	    xml_number(tag, NS_W, N_id, 0), n->is_end);

	if (note == NULL || note->text != NULL ||
	    (type.s != NULL && !xml_equals(type, "normal"))) {
		n->body.skip = 1;
		return;
	}
	n->in_note = true;
	note->text = ""; /* the first of an id */
	n->ranges = arena_grow(f->arena, n->ranges, n->n_ranges,
	    &n->cap_ranges, sizeof(*n->ranges));
	n->ranges[n->n_ranges++] = (struct note_range){ note, f->body.n, 0 };
}

static void
start(void *ctx, const struct xml_tag *tag)
{
	struct notes_pass *n = ctx;

	if (!n->body.has_root)
		root(n, tag);
	else if (n->body.skip == 0 && !n->in_note && tag->ns == NS_W &&
	    (tag->name == N_footnote || tag->name == N_endnote))
		note_start(n, tag);
	else
		body_handler.start(&n->body, tag);
}

static void
end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct notes_pass *n = ctx;

	if (n->body.skip > 0 || !n->in_note || ns != NS_W ||
	    (name != N_footnote && name != N_endnote)) {
		body_handler.end(&n->body, ns, name);
		return;
	}
	body_handler.end(&n->body, NS_W, N_body); /* nothing stays open */
	n->in_note = false;
	n->ranges[n->n_ranges - 1].to = n->body.flow->body.n;
}

static void
text(void *ctx, const char *s, size_t len)
{
	struct notes_pass *n = ctx;

	body_handler.text(&n->body, s, len);
}

static const struct xml_handler notes_handler = {start, end, text};

static void
read_part(struct package *p, struct notes_pass *n, bool is_end)
{
	long		 entry = package_find(p, is_end ?
			     RELATION_ENDNOTES : RELATION_FOOTNOTES);
	struct flow	*marks = n->marks, f;
	struct document	*doc;
	size_t		 i;

	if (entry < 0)
		return;
	flow_init(&f, marks->arena);
	f.votes = marks->votes; /* one document, one habit */
	body_init(&n->body, &f);
	n->body.styles = n->styles;
	n->body.numbering = n->numbering;
	n->is_end = is_end;
	n->in_note = false;
	n->n_ranges = 0;
	if (package_parse(p, entry, LIMIT_PART_BYTES, &notes_handler, n) !=
	    PARSE_OK)
		marks->remarks |= REMARK_EMBEDDED_NOT_READ;
	body_clear(&n->body);
	marks->remarks |= f.remarks;
	doc = flow_finish(&f);
	for (i = 0; i < n->n_ranges; i++)
		if (n->ranges[i].to > n->ranges[i].from)
			flow_note_set(marks, n->ranges[i].note,
			    doc->paragraphs + n->ranges[i].from,
			    n->ranges[i].to - n->ranges[i].from);
	flow_clear(&f);
}

void
docx_read_notes(struct package *p, struct flow *f,
    const struct styles *styles, struct numbering *numbering)
{
	struct notes_pass n = { .marks = f, .styles = styles,
		.numbering = numbering };

	if (f->n_notes == 0)
		return;
	read_part(p, &n, false);
	read_part(p, &n, true);
}
