/*
 * Run and paragraph properties, ECMA-376 Part 1 17.3.1, 17.3.2; one branch
 * of alternate content, Part 3.
 */
#include "parsers/properties.h"

#include <string.h>
#include <strings.h>

static bool
starts(const char *name, size_t len, const char *prefix)
{
	size_t	n = strlen(prefix);

	return len >= n && strncasecmp(name, prefix, n) == 0;
}

enum font_kind
font_kind_of(const char *name, size_t len)
{
	while (len > 0 && *name == ' ') {
		name++;
		len--;
	}
	/* nearly all fonts are plain, and many runs name one */
	if (len == 0 || strchr(".VvSsWw", *name) == NULL)
		return FONT_PLAIN;
	while (len > 0 && name[len - 1] == ' ')
		len--;
	if (starts(name, len, ".Vn"))
		return name[len - 1] == 'H' ? FONT_TCVN_CAPS : FONT_TCVN;
	if (starts(name, len, "VNI-") || starts(name, len, "VNI "))
		return FONT_VNI;
	if (len == 6 && starts(name, len, "Symbol"))
		return FONT_SYMBOL;
	if (len == 9 && starts(name, len, "Wingdings"))
		return FONT_WINGDINGS;
	return FONT_PLAIN;
}

static enum font_kind
fonts_read(const struct xml_tag *tag)
{
	enum font_kind	 high = FONT_UNSET, low = FONT_UNSET;
	struct xml_value v;
	int		 i;

	for (i = 0; i < tag->n_attributes; i++)
		switch (xml_attribute_at(tag, i, &v)) {
		case N_hAnsiTheme:
		case N_asciiTheme:
			return FONT_PLAIN;
		case N_hAnsi:
			high = font_kind_of(v.s, v.len);
			break;
		case N_ascii:
			low = font_kind_of(v.s, v.len);
			break;
		default:
			break;
		}
	return low != FONT_UNSET && high <= FONT_PLAIN ? low : high;
}

void
run_format_set(struct run_format *f, uint8_t bit, bool on)
{
	f->set |= bit;
	f->on = on ? f->on | bit : f->on & (uint8_t)~bit;
}

static struct xml_value
val_of(const struct xml_tag *tag)
{
	return xml_attribute(tag, NS_W, N_val);
}

void
run_format_read(struct run_format *f, const struct xml_tag *tag)
{
	struct xml_value val;
	enum font_kind	 kind;
	long		 size;

	if (tag->ns != NS_W)
		return;
	switch (tag->name) {
	case N_b:
		run_format_set(f, LOOK_BOLD, xml_is_on(val_of(tag)));
		break;
	case N_i:
		run_format_set(f, LOOK_ITALIC, xml_is_on(val_of(tag)));
		break;
	case N_u:
		val = val_of(tag);
		run_format_set(f, LOOK_UNDERLINE, val.s != NULL &&
		    !xml_equals(val, "none"));
		break;
	case N_caps:
		run_format_set(f, LOOK_CAPS, xml_is_on(val_of(tag)));
		break;
	case N_vanish:
		run_format_set(f, LOOK_VANISH, xml_is_on(val_of(tag)));
		break;
	case N_specVanish:
		run_format_set(f, LOOK_SPEC_VANISH, xml_is_on(val_of(tag)));
		break;
	case N_sz:
		size = xml_to_number(val_of(tag), 0);
		if (size > 0 && size < UINT16_MAX)
			f->half_points = (uint16_t)size;
		break;
	case N_rFonts:
		kind = fonts_read(tag);
		if (kind != FONT_UNSET)
			f->font = (uint8_t)kind;
		break;
	case N_del:
	case N_moveFrom:
		f->mark_deleted = 1;
		break;
	default:
		break;
	}
}

void
paragraph_format_read(struct paragraph_format *f, const struct xml_tag *tag)
{
	long	n;

	if (tag->ns != NS_W)
		return;
	switch (tag->name) {
	case N_numId:
		n = xml_to_number(val_of(tag), -1);
		if (n >= 0 && n <= INT32_MAX)
			f->num_id = (int32_t)n;
		break;
	case N_ilvl:
		n = xml_to_number(val_of(tag), -1);
		if (n >= 0 && n <= 8)
			f->ilvl = (int8_t)n;
		break;
	case N_outlineLvl:
		n = xml_to_number(val_of(tag), -1);
		if (n >= 0 && n <= OUTLINE_BODY)
			f->outline = (int8_t)n;
		break;
	case N_jc:
		f->jc = xml_equals(val_of(tag), "center") ? JC_CENTRE :
		    JC_OTHER;
		break;
	case N_keepNext:
		f->keep_next = xml_is_on(val_of(tag)) ? STATE_ON :
		    STATE_OFF;
		break;
	case N_pageBreakBefore:
		f->page_break = xml_is_on(val_of(tag)) ? STATE_ON :
		    STATE_OFF;
		break;
	default:
		break;
	}
}

void
run_format_inherit(struct run_format *f, const struct run_format *base)
{
	f->on |= base->on & (uint8_t)~f->set;
	f->set |= base->set;
	if (f->font == FONT_UNSET)
		f->font = base->font;
	if (f->half_points == 0)
		f->half_points = base->half_points;
}

void
paragraph_format_inherit(struct paragraph_format *f,
    const struct paragraph_format *base)
{
	/* numId and ilvl fold each for itself (17.3.1.19) */
	if (f->num_id == -1)
		f->num_id = base->num_id;
	if (f->ilvl == -1)
		f->ilvl = base->ilvl;
	if (f->outline == OUTLINE_UNSET)
		f->outline = base->outline;
	if (f->jc == JC_UNSET)
		f->jc = base->jc;
	if (f->keep_next == STATE_UNSET)
		f->keep_next = base->keep_next;
	if (f->page_break == STATE_UNSET)
		f->page_break = base->page_break;
}

/* Every prefix named must stand for an extension that we know. */
static bool
is_understood(const struct xml_tag *tag)
{
	struct xml_value v = xml_attribute(tag, NS_NONE, N_Requires);
	const char	*p, *end, *stop;
	enum xml_ns	 ns;
	bool		 any = false;

	if (v.s == NULL)
		return false;
	for (p = v.s, end = v.s + v.len; p < end; p = stop + 1) {
		for (stop = p; stop < end && *stop != ' '; stop++)
			;
		if (stop > p) {
			ns = xml_prefix(tag, p, (size_t)(stop - p));
			if (ns == NS_NONE || ns == NS_OTHER)
				return false;
			any = true;
		}
	}
	return any;
}

bool
alternates_enter(struct alternates *a, const struct xml_tag *tag)
{
	bool	*taken;

	switch (tag->name) {
	case N_AlternateContent:
		if (a->depth == ALTERNATES_MAX)
			return false;
		a->taken[a->depth++] = false;
		return true;
	case N_Choice:
	case N_Fallback:
		if (a->depth == 0)
			return true;
		taken = &a->taken[a->depth - 1];
		if (*taken || (tag->name == N_Choice && !is_understood(tag)))
			return false;
		*taken = true;
		return true;
	default:
		return true;
	}
}

void
alternates_leave(struct alternates *a, enum xml_name name)
{
	if (name == N_AlternateContent && a->depth > 0)
		a->depth--;
}
