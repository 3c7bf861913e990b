/*
 * Properties inside the main part: of paragraphs and their marks, runs,
 * rows, cells, content controls, sections (17.3 to 17.6).
 */
#include "parsers/docx_body.h"

#include "parsers/styles.h"

void
body_section_start(struct body *b)
{
	if (b->place == IN_PARAGRAPH_PROPERTIES)
		body_story(b)->has_section = true;
	b->section_from = b->place;
	b->place = IN_SECTION_PROPERTIES;
	b->is_continuous = false;
}

static void
section_end(struct body *b)
{
	b->place = b->section_from;
	if (!b->is_continuous && b->section_first > 0 &&
	    b->section_first < b->flow->body.n)
		b->flow->body.p[b->section_first].page_break_before = true;
}

static void
paragraph_property(struct body *b, const struct xml_tag *tag)
{
	struct body_story *s = body_story(b);

	switch (tag->name) {
	case N_rPr:
		b->place = IN_MARK_PROPERTIES;
		break;
	case N_pStyle:
		s->style = styles_paragraph(b->styles, xml_attribute(tag,
		    NS_W, N_val));
		s->has_look = false;
		break;
	case N_sectPr:
		body_section_start(b);
		break;
	case N_pPrChange:
	case N_numberingChange:
		b->skip = 1;
		break;
	default:
		paragraph_format_read(&s->format, tag);
		break;
	}
}

static void
run_property(struct body *b, const struct xml_tag *tag,
    struct run_format *format)
{
	struct body_story *s = body_story(b);

	if (tag->name == N_rPrChange) {
		b->skip = 1;
		return;
	}
	if (tag->name == N_rStyle && format == &s->run) {
		s->run_style = styles_find(b->styles, xml_attribute(tag,
		    NS_W, N_val));
		if (s->run_style != NULL &&
		    s->run_style->type != STYLE_CHARACTER)
			s->run_style = NULL;
	}
	run_format_read(format, tag);
	if (format->mark_deleted || tag->name == N_ins)
		b->flow->remarks |= REMARK_TRACKED_CHANGES;
	s->has_look = false;
}

static void
table_property(struct body *b, const struct xml_tag *tag)
{
	struct body_story *s = body_story(b);

	if (b->place == IN_ROW_PROPERTIES && tag->name == N_del)
		s->is_deleted_row = true;
	else if (b->place == IN_CELL_PROPERTIES && tag->name == N_cellDel) {
		s->is_deleted_cell = true;
		flow_cell_cancel(&s->story);
	} else if (tag->name == N_trPrChange || tag->name == N_tcPrChange) {
		b->skip = 1;
		return;
	} else {
		if (tag->name == N_gridSpan)
			flow_cell_spans(&s->story, xml_number(tag, NS_W,
			    N_val, 1));
		return;
	}
	b->flow->remarks |= REMARK_TRACKED_CHANGES;
}

static void
section_property(struct body *b, const struct xml_tag *tag)
{
	struct xml_value v;

	if (tag->name == N_sectPrChange)
		b->skip = 1;
	if (tag->name != N_type)
		return;
	v = xml_attribute(tag, NS_W, N_val);
	b->is_continuous = xml_equals(v, "continuous") ||
	    xml_equals(v, "nextColumn");
}

void
property_element(struct body *b, const struct xml_tag *tag)
{
	switch (b->place) {
	case IN_PARAGRAPH_PROPERTIES:
		paragraph_property(b, tag);
		break;
	case IN_MARK_PROPERTIES:
		run_property(b, tag, &body_story(b)->mark);
		break;
	case IN_RUN_PROPERTIES:
		run_property(b, tag, &body_story(b)->run);
		break;
	case IN_SDT_PROPERTIES:
		if (tag->name == N_showingPlcHdr)
			b->is_placeholder = xml_is_on(xml_attribute(tag,
			    NS_W, N_val));
		break;
	case IN_SECTION_PROPERTIES:
		section_property(b, tag);
		break;
	default:
		table_property(b, tag);
		break;
	}
}

void
properties_end(struct body *b, enum xml_name name)
{
	switch (name) {
	case N_pPr:
	case N_sdtPr:
	case N_trPr:
	case N_tcPr:
		b->place = IN_CONTENT;
		break;
	case N_rPr:
		if (b->place == IN_MARK_PROPERTIES)
			b->place = IN_PARAGRAPH_PROPERTIES;
		else if (b->place == IN_RUN_PROPERTIES)
			b->place = IN_CONTENT;
		break;
	case N_sectPr:
		section_end(b);
		break;
	default:
		break;
	}
}
