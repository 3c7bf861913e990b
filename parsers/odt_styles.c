/*
 * Styles of OpenDocument: text and paragraph properties (ODF 1.2 part 1,
 * 20), list levels (19.880 ff.), counted as LibreOffice writes them.
 */
#include "parsers/odt_styles.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/symbols.h"
#include "parsers/utf8.h"

void
odt_styles_init(struct odt_styles *s, struct arena *arena)
{
	memset(s, 0, sizeof(*s));
	s->arena = arena;
	s->styles = styles_new(arena);
}

static const char *
copy(struct odt_styles *s, struct xml_value v)
{
	return arena_strndup(s->arena, v.s == NULL ? "" : v.s, v.len);
}

static const char *
make_id(struct odt_styles *s, char kind, struct xml_value name)
{
	return arena_printf(s->arena, "%c:%.*s", kind, (int)name.len,
	    name.s == NULL ? "" : name.s);
}

const struct style *
odt_style_find(const struct odt_styles *s, char kind, struct xml_value name)
{
	struct strbuf	id = {0};
	const struct style *style;

	if (name.s == NULL)
		return NULL;
	strbuf_addc(&id, kind);
	strbuf_addc(&id, ':');
	strbuf_add(&id, name.s, name.len);
	style = styles_find(s->styles, (struct xml_value){id.s, id.len});
	strbuf_clear(&id);
	return style;
}

struct odt_list_style *
odt_list_style_find(const struct odt_styles *s, struct xml_value name)
{
	return name.s == NULL ? NULL : name_table_find(&s->list_styles,
	    name.s, name.len);
}

/* "Heading_20_1" is how "Heading 1" is written as a name. */
static const char *
decode_name(struct odt_styles *s, struct xml_value name)
{
	char	*out = arena_alloc(s->arena, name.len + 1);
	size_t	 i, n = 0;

	for (i = 0; i < name.len; i++)
		if (name.len - i >= 4 && memcmp(name.s + i, "_20_", 4) == 0) {
			out[n++] = ' ';
			i += 3;
		} else
			out[n++] = name.s[i];
	return out;
}

static void
style_start(struct odt_styles *s, const struct xml_tag *tag, bool is_root)
{
	struct xml_value name = xml_attribute(tag, NS_STYLE, N_name);
	struct xml_value shown = xml_attribute(tag, NS_STYLE,
	    N_display_name);
	struct xml_value base = xml_attribute(tag, NS_STYLE,
	    N_parent_style_name);
	struct xml_value page = xml_attribute(tag, NS_STYLE,
	    N_master_page_name);
	struct xml_value family = xml_attribute(tag, NS_STYLE, N_family);
	bool		 is_text = xml_equals(family, "text");
	char		 kind = is_text ? 't' : 'p';
	long		 level;

	if (!is_text && !xml_equals(family, "paragraph"))
		return;
	/* the default of a family is what its roots are based on */
	if (is_root)
		name = (struct xml_value){"", 0};
	else if (name.s == NULL)
		return;
	s->open = styles_add(s->styles, make_id(s, kind, name),
	    is_text ? STYLE_CHARACTER : STYLE_PARAGRAPH);
	if (s->open == NULL)
		return;
	styles_describe(s->open, shown.s != NULL ? copy(s, shown) :
	    decode_name(s, name), is_root ? NULL : make_id(s, kind, base));
	level = xml_number(tag, NS_STYLE, N_default_outline_level, 0);
	if (level >= 1 && level <= 9)
		s->open->paragraph.outline = (int8_t)(level - 1);
	else if (xml_attribute(tag, NS_STYLE,
	    N_default_outline_level).s != NULL)
		s->open->paragraph.outline = OUTLINE_BODY; /* "" */
	if (page.len > 0)
		s->open->paragraph.page_break = STATE_ON;
}

/* "14pt", "13.5pt" in half points; 0 for other units. */
static uint16_t
half_points(struct xml_value v)
{
	unsigned	size = 0, tenths = 0;
	size_t		i;

	for (i = 0; i < v.len && v.s[i] >= '0' && v.s[i] <= '9'; i++)
		size = size < 1000 ? size * 10 + (unsigned)(v.s[i] - '0') :
		    size;
	if (i + 1 < v.len && v.s[i] == '.' && v.s[i + 1] >= '0' &&
	    v.s[i + 1] <= '9')
		tenths = (unsigned)(v.s[++i] - '0');
	while (i < v.len && ((v.s[i] >= '0' && v.s[i] <= '9') ||
	    v.s[i] == '.'))
		i++;
	if (v.len - i != 2 || memcmp(v.s + i, "pt", 2) != 0 || size > 1000)
		return 0;
	return (uint16_t)(size * 2 + (tenths >= 5));
}

static enum font_kind
font_of(const struct xml_tag *tag)
{
	struct xml_value v = xml_attribute(tag, NS_STYLE, N_font_name);

	if (v.s == NULL)
		v = xml_attribute(tag, NS_FO, N_font_family);
	if (v.s == NULL)
		return FONT_UNSET;
	/* a second face of one family is "Arial1"; names may be quoted */
	while (v.len > 1 && ((v.s[v.len - 1] >= '0' &&
	    v.s[v.len - 1] <= '9') || v.s[v.len - 1] == '\''))
		v.len--;
	if (v.len > 0 && v.s[0] == '\'') {
		v.s++;
		v.len--;
	}
	return font_kind_of(v.s, v.len);
}

static void
text_properties(struct run_format *f, const struct xml_tag *tag)
{
	struct xml_value v;
	enum font_kind	 font = font_of(tag);

	v = xml_attribute(tag, NS_FO, N_font_weight);
	if (v.s != NULL)
		run_format_set(f, LOOK_BOLD, xml_equals(v, "bold") ||
		    xml_to_number(v, 400) >= 600);
	v = xml_attribute(tag, NS_FO, N_font_style);
	if (v.s != NULL)
		run_format_set(f, LOOK_ITALIC, !xml_equals(v, "normal"));
	v = xml_attribute(tag, NS_STYLE, N_text_underline_style);
	if (v.s != NULL)
		run_format_set(f, LOOK_UNDERLINE, !xml_equals(v, "none"));
	v = xml_attribute(tag, NS_FO, N_text_transform);
	if (v.s != NULL)
		run_format_set(f, LOOK_CAPS, xml_equals(v, "uppercase"));
	v = xml_attribute(tag, NS_TEXT, N_display);
	if (v.s != NULL)
		run_format_set(f, LOOK_VANISH, xml_equals(v, "none"));
	if (font != FONT_UNSET)
		f->font = (uint8_t)font;
	if (half_points(xml_attribute(tag, NS_FO, N_font_size)) > 0)
		f->half_points = half_points(xml_attribute(tag, NS_FO,
		    N_font_size));
}

static void
paragraph_properties(struct paragraph_format *f, const struct xml_tag *tag)
{
	struct xml_value v;

	v = xml_attribute(tag, NS_FO, N_text_align);
	if (v.s != NULL)
		f->jc = xml_equals(v, "center") ? JC_CENTRE : JC_OTHER;
	v = xml_attribute(tag, NS_FO, N_keep_with_next);
	if (v.s != NULL)
		f->keep_next = xml_equals(v, "always") ? STATE_ON :
		    STATE_OFF;
	v = xml_attribute(tag, NS_FO, N_break_before);
	if (v.s != NULL && f->page_break != STATE_ON)
		f->page_break = xml_equals(v, "page") ? STATE_ON : STATE_OFF;
}

static void
list_style_start(struct odt_styles *s, const struct xml_tag *tag)
{
	struct xml_value name = xml_attribute(tag, NS_STYLE, N_name);

	if (name.s == NULL || s->n_list_styles == LIMIT_LISTS ||
	    odt_list_style_find(s, name) != NULL)
		return;
	s->n_list_styles++;
	s->list = arena_alloc(s->arena, sizeof(*s->list));
	name_table_add(&s->list_styles, s->arena, copy(s, name), s->list);
}

static enum number_format
format_of(struct xml_value v)
{
	if (v.len == 0)
		return NUMBER_NONE;
	switch (v.s[0]) {
	case 'I':
		return NUMBER_UPPER_ROMAN;
	case 'i':
		return NUMBER_LOWER_ROMAN;
	case 'A':
		return NUMBER_UPPER_LETTER;
	case 'a':
		return NUMBER_LOWER_LETTER;
	default:
		return NUMBER_DECIMAL;
	}
}

static void
level_start(struct odt_styles *s, const struct xml_tag *tag, bool is_bullet)
{
	long		 n = xml_number(tag, NS_TEXT, N_level, 0);
	struct xml_value pattern = xml_attribute(tag, NS_LOEXT,
	    N_num_list_format);
	struct odt_level *l;

	if (s->list == NULL || n < 1 || n > ODT_LEVELS)
		return;
	l = &s->list->levels[n - 1];
	l->is_defined = true;
	l->is_bullet = is_bullet;
	l->format = format_of(xml_attribute(tag, NS_STYLE, N_num_format));
	l->bullet = tag->name == N_list_level_style_image ? "•" :
	    copy(s, xml_attribute(tag, NS_TEXT, N_bullet_char));
	l->prefix = copy(s, xml_attribute(tag, NS_STYLE, N_num_prefix));
	l->suffix = copy(s, xml_attribute(tag, NS_STYLE, N_num_suffix));
	l->pattern = pattern.len > 0 && pattern.len <= LIMIT_LVL_TEXT ?
	    copy(s, pattern) : NULL;
	n = xml_number(tag, NS_TEXT, N_start_value, 1);
	l->start = n < INT32_MIN || n > INT32_MAX ? 1 : (int32_t)n;
	n = xml_number(tag, NS_TEXT, N_display_levels, 1);
	l->display_levels = n < 1 || n > ODT_LEVELS ? 1 : (uint8_t)n;
	s->level = l;
}

bool
odt_style_start(struct odt_styles *s, const struct xml_tag *tag)
{
	if (tag->ns != NS_STYLE && tag->ns != NS_TEXT)
		return false;
	switch (tag->name) {
	case N_style:
		style_start(s, tag, false);
		return true;
	case N_default_style:
		style_start(s, tag, true);
		return true;
	case N_text_properties:
		/* of a level it would be the look of its label */
		if (s->open != NULL)
			text_properties(&s->open->run, tag);
		return true;
	case N_paragraph_properties:
		if (s->open != NULL)
			paragraph_properties(&s->open->paragraph, tag);
		return true;
	case N_list_style:
		if (tag->ns == NS_TEXT)
			list_style_start(s, tag);
		return true;
	case N_outline_style:
		s->list = &s->outline;
		return true;
	case N_list_level_style_number:
	case N_outline_level_style:
		level_start(s, tag, false);
		return true;
	case N_list_level_style_bullet:
	case N_list_level_style_image:
		level_start(s, tag, true);
		return true;
	default:
		return false;
	}
}

void
odt_style_end(struct odt_styles *s, enum xml_ns ns, enum xml_name name)
{
	if (ns == NS_STYLE && (name == N_style || name == N_default_style))
		s->open = NULL;
	else if (ns == NS_TEXT && (name == N_list_style ||
	    name == N_outline_style))
		s->list = NULL;
}

static void
start(void *ctx, const struct xml_tag *tag)
{
	struct odt_styles *s = ctx;

	/* automatic styles of styles.xml dress headers and footers */
	if (s->skip > 0 || (tag->ns == NS_OFFICE &&
	    tag->name == N_automatic_styles))
		s->skip++;
	else
		(void)odt_style_start(s, tag); /* others do not matter here */
}

static void
end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct odt_styles *s = ctx;

	if (s->skip > 0)
		s->skip--;
	else
		odt_style_end(s, ns, name);
}

const struct xml_handler odt_styles_handler = {start, end, NULL};

/* ---- counting */

static void
write_value(struct strbuf *out, const struct odt_list_style *style,
    const struct odt_counters *c, unsigned level)
{
	number_write(out, c->running[level] ? c->value[level] :
	    style->levels[level].start, style->levels[level].format, 0);
}

/* LibreOffice's pattern: text with %1% … %10% for the levels. */
static void
write_pattern(struct strbuf *out, const struct odt_list_style *style,
    const struct odt_counters *c, const char *pattern)
{
	const char	*p = pattern;
	unsigned	 n;

	while (*p != '\0') {
		n = 0;
		if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
			if (p[2] == '%')
				n = (unsigned)(p[1] - '0');
			else if (p[1] == '1' && p[2] == '0' && p[3] == '%')
				n = 10;
		}
		if (n == 0) {
			strbuf_addc(out, *p++);
			continue;
		}
		write_value(out, style, c, n - 1);
		p += n == 10 ? 4 : 3;
	}
}

static void
write_bullet(struct strbuf *out, const char *bullet)
{
	const uint8_t	*p = (const uint8_t *)bullet;
	uint32_t	 c, sign;

	while (*p != '\0') {
		p += utf8_get(p, &c);
		sign = symbol_to_unicode(FONT_PLAIN, c);
		utf8_add(out, sign != 0 ? sign : c);
	}
}

static void
write_label(struct strbuf *out, const struct odt_list_style *style,
    const struct odt_counters *c, unsigned level)
{
	const struct odt_level *l = &style->levels[level];
	unsigned	 i, first;

	if (l->is_bullet) {
		write_bullet(out, l->bullet);
		return;
	}
	if (l->format == NUMBER_NONE && l->pattern == NULL)
		return;
	if (l->pattern != NULL) {
		write_pattern(out, style, c, l->pattern);
		return;
	}
	strbuf_adds(out, l->prefix);
	first = l->display_levels > level + 1 ? 0 :
	    level + 1 - l->display_levels;
	for (i = first; i <= level; i++) {
		if (i > first && style->levels[i - 1].format != NUMBER_NONE)
			strbuf_addc(out, '.');
		write_value(out, style, c, i);
	}
	strbuf_adds(out, l->suffix);
}

bool
odt_count(const struct odt_list_style *style, struct odt_counters *c,
    unsigned level, int32_t start, struct strbuf *out)
{
	size_t		 from = out->len;
	unsigned	 i;

	if (!style->levels[level].is_defined)
		return false;
	for (i = 0; i < level; i++)
		if (!c->running[i]) {
			c->running[i] = true;
			c->value[i] = style->levels[i].start;
		}
	if (start != INT32_MIN)
		c->value[level] = start;
	else if (!c->running[level])
		c->value[level] = style->levels[level].start;
	else if (c->value[level] < INT32_MAX)
		c->value[level]++;
	c->running[level] = true;
	for (i = level + 1; i < ODT_LEVELS; i++)
		c->running[i] = false;
	write_label(out, style, c, level);
	while (out->len > from && out->s[out->len - 1] == ' ')
		out->s[--out->len] = '\0';
	return out->len > from;
}
