/*
 * The pass over content.xml (ODF 1.2 part 1, 5): paragraphs, headings,
 * lists, tables, frames. Deleted text lies in text:tracked-changes, apart
 * from the body, so what is left reads as accepted.
 */
#include "parsers/odt_body.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"

static struct odt_story *
story_new(struct paragraph_list *to)
{
	struct odt_story *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	s->story.to = to;
	return s;
}

static void
story_free(struct odt_story *s)
{
	draft_clear(&s->draft);
	free(s->waiting.p);
	free(s->note_text.p);
	free(s);
}

void
odt_body_init(struct odt_body *b, struct flow *f, struct odt_styles *styles)
{
	memset(b, 0, sizeof(*b));
	b->flow = f;
	b->styles = styles;
	b->stories[0] = story_new(&f->body);
	b->n_stories = 1;
}

void
odt_body_clear(struct odt_body *b)
{
	while (b->n_stories > 0)
		story_free(b->stories[--b->n_stories]);
	strbuf_clear(&b->label);
}

static struct odt_story *
story_of(struct odt_body *b)
{
	return b->stories[b->n_stories - 1];
}

/* ---- lists */

static void
list_start(struct odt_body *b, const struct xml_tag *tag)
{
	struct xml_value other = xml_attribute(tag, NS_TEXT,
	    N_continue_list);
	struct xml_value id = xml_attribute(tag, NS_XML, N_id);
	struct odt_list	*l, *outer;

	if (b->list_depth == ODT_LISTS_MAX) {
		b->skip = 1;
		return;
	}
	outer = b->list_depth > story_of(b)->lists_from ?
	    &b->lists[b->list_depth - 1] : NULL;
	l = &b->lists[b->list_depth++];
	memset(l, 0, sizeof(*l));
	l->start = INT32_MIN;
	l->style = odt_list_style_find(b->styles, xml_attribute(tag,
	    NS_TEXT, N_style_name));
	if (l->style == NULL && outer != NULL)
		l->style = outer->style;
	if (outer != NULL && outer->style == l->style)
		l->counters = outer->counters;
	else if (other.s != NULL)
		l->counters = name_table_find(&b->lists_by_id, other.s,
		    other.len);
	else if (l->style != NULL && xml_equals(xml_attribute(tag, NS_TEXT,
	    N_continue_numbering), "true"))
		l->counters = l->style->last;
	if (l->counters == NULL) {
		l->counters = arena_alloc(b->flow->arena,
		    sizeof(*l->counters));
		l->counters->index = ++b->n_lists;
	}
	if (l->style != NULL)
		l->style->last = l->counters;
	if (id.s != NULL)
		name_table_add(&b->lists_by_id, b->flow->arena,
		    arena_strndup(b->flow->arena, id.s, id.len),
		    l->counters);
}

static void
item_start(struct odt_body *b, const struct xml_tag *tag)
{
	struct odt_list	*l;
	long		 start;

	if (b->list_depth == 0)
		return;
	l = &b->lists[b->list_depth - 1];
	l->is_header = tag->name == N_list_header;
	l->is_counted = false;
	start = xml_number(tag, NS_TEXT, N_start_value, INT32_MIN);
	l->start = start < INT32_MIN || start > INT32_MAX ? INT32_MIN :
	    (int32_t)start;
}

/* The paragraph's number: of its list item, or of its outline level. */
static void
number_paragraph(struct odt_body *b, struct odt_story *s)
{
	unsigned	 depth = b->list_depth - s->lists_from;
	struct odt_list	*l;

	strbuf_reset(&b->label);
	if (depth > 0) {
		l = &b->lists[b->list_depth - 1];
		if (l->is_header || l->is_counted || l->style == NULL ||
		    depth > ODT_LEVELS)
			return;
		l->is_counted = true;
		s->p.list = l->counters->index;
		s->p.list_level = (uint8_t)(depth > 9 ? 9 : depth);
		s->p.is_bullet = l->style->levels[depth - 1].is_bullet;
		odt_count(l->style, l->counters, depth - 1, l->start,
		    &b->label);
	} else if (s->is_heading && s->level >= 1 && s->level <= ODT_LEVELS)
		odt_count(&b->styles->outline, &b->outline, s->level - 1U,
		    INT32_MIN, &b->label);
	if (b->label.len > 0)
		s->p.number = flow_keep(b->flow, b->label.s, b->label.len);
}

/* ---- paragraphs */

static void
box_start(struct odt_body *b, bool is_frame)
{
	struct odt_story *host = story_of(b), *s;

	if (b->n_stories == ODT_STORIES_MAX) {
		b->skip = 1;
		return;
	}
	/* a frame may also stand between paragraphs */
	s = story_new(host->is_open ? &host->waiting : host->story.to);
	s->story.is_box = true;
	s->is_frame = is_frame;
	s->story.table = host->story.table;
	s->story.table.depth = 0;
	s->lists_from = b->list_depth;
	b->stories[b->n_stories++] = s;
}

static void
box_end(struct odt_body *b)
{
	if (b->n_stories > 1)
		story_free(b->stories[--b->n_stories]);
}

/* A note stands where its mark does (ODF 1.2 part 1, 6.3). */
static void
note_start(struct odt_body *b)
{
	struct odt_story *host = story_of(b), *s;
	long		 id = b->n_notes + 1;

	if (b->n_stories == ODT_STORIES_MAX || !host->is_open) {
		b->skip = 1;
		return;
	}
	flow_note_mark(b->flow, &host->draft, id, false);
	if (flow_note_find(b->flow, id, false) == NULL) {
		b->skip = 1;
		return;
	}
	s = story_new(NULL);
	s->story.to = &s->note_text;
	s->is_frame = true; /* not of one paragraph */
	s->note = b->n_notes = id;
	s->lists_from = b->list_depth;
	b->stories[b->n_stories++] = s;
}

static void
note_end(struct odt_body *b)
{
	struct odt_story *s = story_of(b);

	if (s->note == 0)
		return;
	flow_note_set(b->flow, flow_note_find(b->flow, s->note, false),
	    s->note_text.p, s->note_text.n);
	story_free(b->stories[--b->n_stories]);
}

static void
paragraph_start(struct odt_body *b, const struct xml_tag *tag)
{
	struct odt_story *s = story_of(b);
	struct run_format look = RUN_FORMAT_UNSET;
	const struct style *style;
	long		 level;

	style = odt_style_find(b->styles, 'p', xml_attribute(tag, NS_TEXT,
	    N_style_name));
	if (style == NULL)
		style = styles_paragraph(b->styles->styles,
		    (struct xml_value){NULL, 0});
	memset(&s->p, 0, sizeof(s->p));
	s->is_open = true;
	s->was_space = true; /* white space at the start does not count */
	s->style = style;
	s->is_heading = tag->name == N_h;
	s->level = style->level;
	if (s->is_heading) {
		level = xml_number(tag, NS_TEXT, N_outline_level, 1);
		s->level = level < 1 || level > 9 ? 9 : (uint8_t)level;
	}
	s->p.style_level = s->level;
	s->p.is_title = style->is_title;
	s->p.is_list = style->is_list;
	s->p.is_toc = b->in_toc > 0 || style->is_toc;
	s->p.centred = style->paragraph.jc == JC_CENTRE;
	s->p.keep_next = style->paragraph.keep_next == STATE_ON;
	s->p.page_break_before = style->paragraph.page_break == STATE_ON;
	if (!xml_equals(xml_attribute(tag, NS_TEXT, N_is_list_header),
	    "true"))
		number_paragraph(b, s);
	run_format_inherit(&look, &style->run);
	s->spans[0] = look;
	s->n_spans = 1;
}

static void
paragraph_end(struct odt_body *b)
{
	struct odt_story *s = story_of(b);

	if (!s->is_open)
		return;
	s->is_open = false;
	if (flow_emit(b->flow, &s->story, &s->draft, &s->p) == -1)
		xml_stop(b->xml, PARSE_LIMIT);
	flow_append(&s->story, &s->waiting);
}

static void
span_start(struct odt_body *b, const struct xml_tag *tag)
{
	struct odt_story *s = story_of(b);
	const struct style *style;
	struct run_format look = RUN_FORMAT_UNSET;

	if (!s->is_open || s->n_spans == ODT_SPANS_MAX) {
		b->skip = 1;
		return;
	}
	style = odt_style_find(b->styles, 't', xml_attribute(tag, NS_TEXT,
	    N_style_name));
	if (style != NULL)
		look = style->run;
	run_format_inherit(&look, &s->spans[s->n_spans - 1]);
	s->spans[s->n_spans++] = look;
}

static struct look
look_of(const struct odt_story *s)
{
	const struct run_format *f = &s->spans[s->n_spans - 1];
	struct look	look = {
		.bits = f->on & (LOOK_BOLD | LOOK_ITALIC | LOOK_UNDERLINE |
		    LOOK_CAPS),
		.font = f->font,
		.half_points = f->half_points,
	};

	return look;
}

static bool
is_shown(const struct odt_story *s)
{
	return s->is_open &&
	    (s->spans[s->n_spans - 1].on & LOOK_VANISH) == 0;
}

static void
add_spaces(struct odt_body *b, long n)
{
	struct odt_story *s = story_of(b);

	if (!is_shown(s))
		return;
	for (; n > 0; n--)
		draft_add(&s->draft, look_of(s), " ", 1);
	s->was_space = false; /* these are meant */
}

/* ---- elements */

static void
text_element(struct odt_body *b, const struct xml_tag *tag)
{
	struct odt_story *s = story_of(b);
	long		 n;

	switch (tag->name) {
	case N_p:
	case N_h:
		/* a paragraph in a paragraph stands in a frame */
		if (s->is_open)
			box_start(b, false);
		if (b->skip == 0)
			paragraph_start(b, tag);
		break;
	case N_span:
		span_start(b, tag);
		break;
	case N_s:
		n = xml_number(tag, NS_TEXT, N_c, 1);
		add_spaces(b, n < 1 ? 1 : n > 100 ? 100 : n);
		break;
	case N_tab:
		add_spaces(b, 1);
		break;
	case N_line_break:
		if (is_shown(s))
			draft_add_break(&s->draft, look_of(s));
		break;
	case N_list:
		list_start(b, tag);
		break;
	case N_list_item:
	case N_list_header:
		item_start(b, tag);
		break;
	case N_table_of_content:
		b->in_toc++;
		break;
	case N_section:
		if (xml_equals(xml_attribute(tag, NS_TEXT, N_display),
		    "none"))
			b->skip = 1;
		break;
	case N_tracked_changes:
		b->flow->remarks |= REMARK_TRACKED_CHANGES;
		b->skip = 1;
		break;
	case N_note:
		note_start(b);
		break;
	case N_note_citation: /* its mark, as shown */
	case N_number:
	case N_ruby_text:
		b->skip = 1;
		break;
	default:
		break;
	}
}

static void
table_element(struct odt_body *b, const struct xml_tag *tag)
{
	struct story	*s = &story_of(b)->story;
	long		 n;

	switch (tag->name) {
	case N_table:
		flow_table_start(b->flow, s);
		if (s->table.depth > LIMIT_TABLE_DEPTH)
			xml_stop(b->xml, PARSE_LIMIT);
		break;
	case N_table_column:
		n = xml_number(tag, NS_TABLE, N_number_columns_repeated, 1);
		flow_cell_spans(s, n < 1 || n > LIMIT_TABLE_COLUMNS ? 1 :
		    s->table.columns + n);
		break;
	case N_table_row:
		flow_row_start(s);
		break;
	case N_table_cell:
		flow_cell_start(s);
		break;
	default:
		break;
	}
}

static void
start(void *ctx, const struct xml_tag *tag)
{
	struct odt_body	*b = ctx;

	if (b->skip > 0) {
		b->skip++;
		return;
	}
	b->xml = tag->xml;
	if (!b->is_text_document) {
		if (tag->ns == NS_OFFICE && tag->name == N_text) {
			b->is_text_document = true;
			styles_fold(b->styles->styles);
		} else
			(void)odt_style_start(b->styles, tag); /* or nothing */
		return;
	}
	switch (tag->ns) {
	case NS_TEXT:
		text_element(b, tag);
		break;
	case NS_LOEXT: /* a content control nobody has filled in */
		if (xml_equals(xml_attribute(tag, NS_LOEXT,
		    N_showing_place_holder), "true"))
			b->skip = 1;
		break;
	case NS_TABLE:
		table_element(b, tag);
		break;
	case NS_DRAW:
		if (tag->name == N_image)
			b->flow->remarks |= REMARK_HAS_IMAGES;
		else if (tag->name == N_text_box)
			box_start(b, true);
		break;
	case NS_OFFICE:
		if (tag->name == N_annotation)
			b->skip = 1;
		break;
	case NS_OTHER: /* titles and descriptions of drawings, formulas */
		b->skip = 1;
		break;
	default:
		break;
	}
}

static void
text_end(struct odt_body *b, enum xml_name name)
{
	struct odt_story *s = story_of(b);

	switch (name) {
	case N_p:
	case N_h:
		paragraph_end(b);
		if (!s->is_frame)
			box_end(b);
		break;
	case N_note:
		note_end(b);
		break;
	case N_span:
		if (s->n_spans > 1)
			s->n_spans--;
		break;
	case N_list:
		if (b->list_depth > 0)
			b->list_depth--;
		break;
	case N_table_of_content:
		if (b->in_toc > 0)
			b->in_toc--;
		break;
	default:
		break;
	}
}

static void
end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct odt_body	*b = ctx;

	if (b->skip > 0) {
		b->skip--;
		return;
	}
	if (!b->is_text_document) {
		odt_style_end(b->styles, ns, name);
		return;
	}
	if (ns == NS_TEXT)
		text_end(b, name);
	else if (ns == NS_DRAW && name == N_text_box)
		box_end(b);
	else if (ns == NS_TABLE && name == N_table)
		flow_table_end(&story_of(b)->story);
	else if (ns == NS_TABLE && name == N_table_row)
		flow_row_end(&story_of(b)->story);
}

/* White space collapses to one space (ODF 1.2 part 1, 6.1.2). */
static void
text(void *ctx, const char *c, size_t len)
{
	struct odt_body	*b = ctx;
	struct odt_story *s = story_of(b);
	const char	*end_of = c + len, *from = c;
	struct look	 look;

	if (b->skip > 0 || !b->is_text_document || !is_shown(s))
		return;
	look = look_of(s);
	for (; c < end_of; c++) {
		if (strchr(" \t\r\n", *c) == NULL || *c == '\0') {
			s->was_space = false;
			continue;
		}
		draft_add(&s->draft, look, from, (size_t)(c - from));
		if (!s->was_space)
			draft_add(&s->draft, look, " ", 1);
		s->was_space = true;
		from = c + 1;
	}
	draft_add(&s->draft, look, from, (size_t)(c - from));
}

const struct xml_handler odt_body_handler = {start, end, text};
