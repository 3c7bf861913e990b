/*
 * The pass over word/document.xml (17.2): blocks, tables, properties,
 * tracked changes taken as accepted, text boxes as stories of their own.
 */
#include "parsers/docx_body.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/limits.h"
#include "parsers/numbering.h"
#include "parsers/styles.h"

static struct body_story *
story_new(void)
{
	struct body_story *s = calloc(1, sizeof(*s));

	if (s == NULL)
		abort();
	s->format = PARAGRAPH_FORMAT_UNSET;
	return s;
}

static void
story_free(struct body_story *s)
{
	if (s == NULL)
		return;
	draft_clear(&s->draft);
	draft_clear(&s->carried);
	free(s->waiting.p);
	free(s);
}

void
body_init(struct body *b, struct flow *f)
{
	memset(b, 0, sizeof(*b));
	b->flow = f;
	b->stories[0] = story_new();
	b->stories[0]->story.to = &f->body;
	b->n_stories = 1;
}

void
body_clear(struct body *b)
{
	while (b->n_stories > 0)
		story_free(b->stories[--b->n_stories]);
	strbuf_clear(&b->label);
}

/* ---- paragraphs */

static void
paragraph_start(struct body *b)
{
	struct body_story *s = body_story(b);

	s->is_open = true;
	s->is_empty = true;
	s->has_section = false;
	s->hid_text = false;
	s->starts_page = false;
	s->page_end = 0;
	s->style = styles_paragraph(b->styles, (struct xml_value){NULL, 0});
	s->format = PARAGRAPH_FORMAT_UNSET;
	s->mark = RUN_FORMAT_UNSET;
	s->run = RUN_FORMAT_UNSET;
	s->run_style = NULL;
	s->has_look = false;
}

/* Automatic number, and what comes of it. */
static void
number_paragraph(struct body *b, struct body_story *s, struct paragraph *p)
{
	struct number_place place = {s->style, &s->format, s->number};
	struct number_label label = {0};

	/* Word counts an empty paragraph, but not a mere section break */
	if (s->has_section && s->is_empty)
		return;
	strbuf_reset(&b->label);
	if (!numbering_count(b->numbering, &place, &label, &b->label))
		return;
	p->list = label.list;
	p->list_level = label.level;
	p->is_bullet = label.is_bullet;
	p->number = flow_keep(b->flow, strbuf_get(&b->label), b->label.len);
}

static bool
is_on(uint8_t direct, uint8_t style, uint8_t defaults)
{
	if (direct != STATE_UNSET)
		return direct == STATE_ON;
	if (style != STATE_UNSET)
		return style == STATE_ON;
	return defaults == STATE_ON;
}

static void
describe_paragraph(struct body *b, struct body_story *s,
    struct paragraph *p)
{
	const struct paragraph_format *style = &s->style->paragraph;
	const struct paragraph_format *defaults =
	    styles_paragraph_defaults(b->styles);
	uint8_t	jc = s->format.jc;

	if (s->format.outline == OUTLINE_UNSET)
		p->style_level = s->style->level;
	else if (s->format.outline != OUTLINE_BODY)
		p->style_level = (uint8_t)(s->format.outline + 1);
	p->is_title = s->style->is_title;
	p->is_list = s->style->is_list;
	p->is_toc = s->style->is_toc;
	if (jc == JC_UNSET)
		jc = style->jc == JC_UNSET ? defaults->jc : style->jc;
	p->centred = jc == JC_CENTRE;
	p->keep_next = is_on(s->format.keep_next, style->keep_next,
	    defaults->keep_next);
	p->page_break_before = is_on(s->format.page_break, style->page_break,
	    defaults->page_break);
}

/* The mark is deleted: text and boxes go on in the next paragraph. */
static void
carry(struct body_story *s)
{
	draft_add_draft(&s->carried, &s->draft);
	draft_reset(&s->draft);
}

static void
take_carried(struct body_story *s)
{
	struct draft	swap;

	if (s->carried.text.len == 0)
		return;
	draft_add_draft(&s->carried, &s->draft);
	swap = s->draft;
	s->draft = s->carried;
	s->carried = swap;
	draft_reset(&s->carried);
}

static void
emit(struct body *b, struct body_story *s)
{
	struct paragraph p = {0};
	bool		 mark_hidden, is_blank = draft_is_blank(&s->draft);

	mark_hidden = ((s->mark.on | s->style->run.on) &
	    (LOOK_VANISH | LOOK_SPEC_VANISH)) != 0;
	/* hidden from end to end, with its mark: not there at all */
	if (mark_hidden && s->hid_text && is_blank) {
		draft_reset(&s->draft);
		return;
	}
	describe_paragraph(b, s, &p);
	if (s->next_page || s->starts_page)
		p.page_break_before = true;
	s->next_page = (s->next_page && is_blank) ||
	    (s->page_end > 0 && strspn(strbuf_get(&s->draft.text) +
	    s->page_end, " ") == s->draft.text.len - s->page_end);
	p.run_on = mark_hidden && !is_blank;
	number_paragraph(b, s, &p);
	if (flow_emit(b->flow, &s->story, &s->draft, &p) == -1)
		xml_stop(b->xml, PARSE_LIMIT);
	flow_append(&s->story, &s->waiting);
}

static void
paragraph_end(struct body *b)
{
	struct body_story *s = body_story(b);

	if (!s->is_open)
		return;
	s->is_open = false;
	/* an instruction that never ends must not eat what follows */
	s->results = UINT32_MAX;
	if (s->mark.mark_deleted) {
		carry(s);
		return;
	}
	take_carried(s);
	emit(b, s);
	if (s->has_section)
		b->section_first = b->flow->body.n;
}

/* Text whose next paragraph never came. */
static void
flush(struct body *b)
{
	struct body_story *s = body_story(b);

	if (s->is_open)
		paragraph_end(b);
	if (s->carried.text.len == 0 && s->waiting.n == 0)
		return;
	paragraph_start(b);
	paragraph_end(b);
}

/* ---- text boxes */

static void
box_start(struct body *b)
{
	struct body_story *host = body_story(b), *s;

	if (b->n_stories == STORIES_MAX || !host->is_open) {
		b->skip = 1;
		return;
	}
	s = story_new();
	s->story.to = &host->waiting;
	s->story.is_box = true;
	s->story.table = host->story.table;
	s->story.table.depth = 0;
	s->number = ++b->boxes;
	b->stories[b->n_stories++] = s;
}

static void
box_end(struct body *b)
{
	if (b->n_stories == 1)
		return;
	flush(b);
	story_free(b->stories[--b->n_stories]);
}

/* ---- tables */

static void
table_start(struct body *b)
{
	struct body_story *s = body_story(b);

	flow_table_start(b->flow, &s->story);
	if (s->story.table.depth > LIMIT_TABLE_DEPTH)
		xml_stop(b->xml, PARSE_LIMIT);
}

static void
row_end(struct body *b)
{
	struct body_story *s = body_story(b);

	if (s->is_deleted_row)
		flow_row_cancel(&s->story);
	else
		flow_row_end(&s->story);
	s->is_deleted_row = false;
}

static void
cell_start(struct body *b)
{
	struct body_story *s = body_story(b);

	if (s->is_deleted_row)
		b->skip = 1;
	else
		flow_cell_start(&s->story);
}

static void
cell_end(struct body *b)
{
	flush(b);
	body_story(b)->is_deleted_cell = false;
}

/* ---- elements */

/* Tracked changes are read as if accepted (17.13.5). */
static bool
change_element(struct body *b, const struct xml_tag *tag)
{
	switch (tag->name) {
	case N_del:
	case N_moveFrom:
		b->skip = 1;
		/* fall through */
	case N_ins:
	case N_moveTo:
		b->flow->remarks |= REMARK_TRACKED_CHANGES;
		return true;
	default:
		return false;
	}
}

static bool
table_element(struct body *b, const struct xml_tag *tag)
{
	switch (tag->name) {
	case N_tbl:
		table_start(b);
		return true;
	case N_gridCol:
		flow_column(&body_story(b)->story);
		return true;
	case N_tr:
		flow_row_start(&body_story(b)->story);
		return true;
	case N_tc:
		cell_start(b);
		return true;
	case N_trPr:
		b->place = IN_ROW_PROPERTIES;
		return true;
	case N_tcPr:
		b->place = IN_CELL_PROPERTIES;
		return true;
	case N_tblPr:
	case N_tblGridChange:
		b->skip = 1;
		return true;
	default:
		return false;
	}
}

static void
content_element(struct body *b, const struct xml_tag *tag)
{
	struct body_story *s = body_story(b);

	if (run_element(b, tag) || change_element(b, tag))
		return;
	if (s->is_deleted_cell && (tag->name == N_p || tag->name == N_tbl)) {
		b->skip = 1;
		return;
	}
	if (table_element(b, tag))
		return;
	switch (tag->name) {
	case N_p:
		if (s->is_open)
			paragraph_end(b);
		paragraph_start(b);
		break;
	case N_pPr:
		b->place = IN_PARAGRAPH_PROPERTIES;
		break;
	case N_rPr:
		b->place = IN_RUN_PROPERTIES;
		break;
	case N_sdtPr:
		b->place = IN_SDT_PROPERTIES;
		b->is_placeholder = false;
		break;
	case N_sdtContent:
		if (b->is_placeholder)
			b->skip = 1;
		b->is_placeholder = false;
		break;
	case N_sectPr:
		body_section_start(b);
		break;
	case N_txbxContent:
		box_start(b);
		break;
	case N_altChunk:
		b->flow->remarks |= REMARK_EMBEDDED_NOT_READ;
		break;
	case N_sdtEndPr:
	case N_customXmlPr:
	case N_rubyPr:
	case N_rt:
		b->skip = 1;
		break;
	default:
		break;
	}
}

static void
word_element(struct body *b, const struct xml_tag *tag)
{
	if (b->place == IN_CONTENT)
		content_element(b, tag);
	else
		property_element(b, tag);
}

static void
root_element(struct body *b, const struct xml_tag *tag)
{
	b->has_root = true;
	if (tag->ns != NS_W || tag->name != N_document) {
		xml_stop(tag->xml, PARSE_NOT_SUPPORTED);
		return;
	}
	b->all_keeps_space = xml_equals(xml_attribute(tag, NS_XML, N_space),
	    "preserve");
}

static void
start(void *ctx, const struct xml_tag *tag)
{
	struct body	*b = ctx;

	if (b->skip > 0) {
		b->skip++;
		return;
	}
	b->xml = tag->xml;
	if (!b->has_root) {
		root_element(b, tag);
		return;
	}
	switch (tag->ns) {
	case NS_W:
		word_element(b, tag);
		break;
	case NS_MC:
		if (!alternates_enter(&b->alternates, tag))
			b->skip = 1;
		break;
	case NS_M: /* formulas: runs and text as in the body */
		if (tag->name == N_r || tag->name == N_t ||
		    tag->name == N_den)
			run_element(b, tag);
		break;
	case NS_A:
	case NS_V:
		if (tag->name == N_blip || tag->name == N_imagedata)
			b->flow->remarks |= REMARK_HAS_IMAGES;
		break;
	default:
		break;
	}
}

static void
content_end(struct body *b, enum xml_name name)
{
	switch (name) {
	case N_p:
		paragraph_end(b);
		break;
	case N_txbxContent:
		box_end(b);
		break;
	case N_tc:
		cell_end(b);
		break;
	case N_tr:
		row_end(b);
		break;
	case N_tbl:
		flow_table_end(&body_story(b)->story);
		break;
	case N_body:
		flush(b);
		break;
	default:
		break;
	}
}

static void
end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct body	*b = ctx;

	if (b->skip > 0) {
		b->skip--;
		return;
	}
	if (name == N_t && b->is_text)
		run_text_end(b);
	else if (ns == NS_W && b->place != IN_CONTENT)
		properties_end(b, name);
	else if (ns == NS_W)
		content_end(b, name);
	else if (ns == NS_MC)
		alternates_leave(&b->alternates, name);
}

static void
text(void *ctx, const char *s, size_t len)
{
	struct body	*b = ctx;

	if (b->is_text && b->skip == 0)
		run_text(b, s, len);
}

const struct xml_handler body_handler = {start, end, text};
