/*
 * What stands in a run (17.3.3): text, tabs, breaks, symbols, fields; and
 * how it looks, with styles folded in. Toggle properties of paragraph and
 * character style cancel each other (17.7.3), direct ones decide.
 */
#include "parsers/docx_body.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/styles.h"
#include "parsers/symbols.h"
#include "parsers/utf8.h"

#define TOGGLES (LOOK_BOLD | LOOK_ITALIC | LOOK_CAPS | LOOK_VANISH)

/* Toggles XOR between the two levels of styles; the rest overrides. */
static struct run_format
styled(const struct body *b, const struct style *paragraph,
    const struct style *character)
{
	const struct run_format *defaults = styles_run_defaults(b->styles);
	struct run_format f = RUN_FORMAT_UNSET;
	uint8_t		 toggled;

	if (character != NULL)
		f = character->run;
	toggled = (f.on & f.set) ^ (paragraph->run.on & paragraph->run.set);
	run_format_inherit(&f, &paragraph->run);
	f.on = (f.on & (uint8_t)~TOGGLES) | (toggled & TOGGLES);
	/* on by the document's defaults is on whatever the styles say */
	f.on |= defaults->on & defaults->set & TOGGLES;
	run_format_inherit(&f, defaults);
	return f;
}

static void
fold_look(struct body *b, struct body_story *s)
{
	struct run_format f = s->run;
	struct run_format base = styled(b, s->style, s->run_style);

	run_format_inherit(&f, &base);
	s->look.bits = f.on & (LOOK_BOLD | LOOK_ITALIC | LOOK_UNDERLINE |
	    LOOK_CAPS);
	s->look.font = f.font;
	s->look.half_points = f.half_points == 0 ? 20 : f.half_points;
	s->is_hidden = (f.on & LOOK_VANISH) != 0;
	s->has_look = true;
}

bool
run_is_shown(struct body *b)
{
	struct body_story *s = body_story(b);
	uint32_t	 around;

	if (!s->is_open)
		return false;
	if (!s->has_look)
		fold_look(b, s);
	if (s->is_hidden) {
		s->hid_text = true;
		return false;
	}
	s->is_empty = false;
	/* every field around must be past its separator */
	around = s->fields == 32 ? UINT32_MAX : (1U << s->fields) - 1;
	return (s->results & around) == around;
}

static void
add_char(struct body *b, uint32_t c)
{
	if (run_is_shown(b))
		draft_add_char(&body_story(b)->draft, body_story(b)->look,
		    c);
}

static void
text_start(struct body *b, const struct xml_tag *tag)
{
	struct xml_value space = xml_attribute(tag, NS_XML, N_space);

	if (!run_is_shown(b))
		return;
	b->is_text = true;
	b->keeps_space = space.s == NULL ? b->all_keeps_space :
	    xml_equals(space, "preserve");
	b->text_from = body_story(b)->draft.text.len;
}

void
run_text(struct body *b, const char *s, size_t len)
{
	struct body_story *story = body_story(b);
	const uint8_t	*p = (const uint8_t *)s, *end = p + len;
	uint32_t	 c, sign;

	if (story->look.font != FONT_SYMBOL &&
	    story->look.font != FONT_WINGDINGS) {
		draft_add(&story->draft, story->look, s, len);
		return;
	}
	while (p < end) { /* letters typed in a symbol font */
		p += utf8_get(p, &c);
		sign = symbol_to_unicode(story->look.font, c);
		draft_add_char(&story->draft, story->look,
		    sign != 0 ? sign : c);
	}
}

/* Without xml:space="preserve" white space at the ends does not count. */
void
run_text_end(struct body *b)
{
	struct draft	*d = &body_story(b)->draft;
	size_t		 from = b->text_from, n, lead;

	b->is_text = false;
	if (b->keeps_space || d->text.len <= from)
		return;
	for (n = 0; d->text.len - n > from && strchr(" \t\r\n",
	    d->text.s[d->text.len - n - 1]) != NULL; n++)
		;
	draft_cut(d, n);
	if (d->text.len <= from)
		return;
	lead = strspn(d->text.s + from, " \t\r\n");
	if (lead > 0) {
		memmove(d->text.s + from, d->text.s + from + lead,
		    d->text.len - from - lead);
		draft_cut(d, lead);
	}
}

static void
break_start(struct body *b, const struct xml_tag *tag)
{
	struct body_story *s = body_story(b);
	struct xml_value type = xml_attribute(tag, NS_W, N_type);

	bool		 is_page = xml_equals(type, "page");

	if (!run_is_shown(b))
		return;
	if (is_page && draft_is_blank(&s->draft))
		s->starts_page = true;
	draft_add_break(&s->draft, s->look);
	if (is_page)
		s->page_end = s->draft.text.len;
}

/* w:sym: a character of a named font (17.3.3.30). */
static void
symbol_start(struct body *b, const struct xml_tag *tag)
{
	struct xml_value font = xml_attribute(tag, NS_W, N_font);
	struct xml_value code = xml_attribute(tag, NS_W, N_char);
	char		 digits[9] = "";
	uint32_t	 c, sign;
	enum font_kind	 kind = FONT_PLAIN;

	if (code.s == NULL || code.len >= sizeof(digits))
		return;
	memcpy(digits, code.s, code.len);
	c = (uint32_t)strtoul(digits, NULL, 16);
	if (font.s != NULL)
		kind = font_kind_of(font.s, font.len);
	sign = symbol_to_unicode(kind, c);
	if (sign == 0)
		sign = c >= 0xf000 && c <= 0xf0ff ? c - 0xf000 : c;
	if (sign >= ' ' && sign < 0x110000 && (sign < 0xd800 ||
	    sign > 0xdfff))
		add_char(b, sign);
}

/* Only a field's result is text (17.16.18). */
static void
field_start(struct body *b, const struct xml_tag *tag)
{
	struct body_story *s = body_story(b);
	struct xml_value type = xml_attribute(tag, NS_W, N_fldCharType);

	s->is_empty = false;
	if (xml_equals(type, "begin")) {
		if (s->fields < FIELDS_MAX) {
			s->results &= ~(1U << s->fields);
			s->fields++;
		}
	} else if (xml_equals(type, "separate")) {
		if (s->fields > 0)
			s->results |= 1U << (s->fields - 1);
	} else if (xml_equals(type, "end")) {
		if (s->fields > 0) {
			s->fields--;
			s->results &= ~(1U << s->fields);
		}
	}
}

static void
note_mark(struct body *b, const struct xml_tag *tag)
{
	if (run_is_shown(b))
		flow_note_mark(b->flow, &body_story(b)->draft,
		    xml_number(tag, NS_W, N_id, 0),
		    tag->name == N_endnoteReference);
}

bool
run_element(struct body *b, const struct xml_tag *tag)
{
	struct body_story *s = body_story(b);

	switch (tag->name) {
	case N_r:
		s->run = RUN_FORMAT_UNSET;
		s->run_style = NULL;
		s->has_look = false;
		return true;
	case N_t:
		text_start(b, tag);
		return true;
	case N_tab:
	case N_ptab:
		add_char(b, ' ');
		return true;
	case N_br:
		break_start(b, tag);
		return true;
	case N_cr:
		if (run_is_shown(b))
			draft_add_break(&s->draft, s->look);
		return true;
	case N_den: /* of a fraction in a formula: 1/2 is not 12 */
		add_char(b, '/');
		return true;
	case N_noBreakHyphen:
		add_char(b, 0x2011);
		return true;
	case N_softHyphen:
		/* kept till the encoding is known: it may be a TCVN3 letter */
		add_char(b, 0xad);
		return true;
	case N_sym:
		symbol_start(b, tag);
		return true;
	case N_fldChar:
		field_start(b, tag);
		return true;
	case N_footnoteReference:
	case N_endnoteReference:
		note_mark(b, tag);
		return true;
	default:
		return false;
	}
}
