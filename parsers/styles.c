/*
 * styles.xml (17.7): definitions, and their basedOn chains folded once.
 * Headings are told by outline level or by the English w:name, never by
 * the styleId, which is localised.
 */
#include "parsers/styles.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/name_table.h"

struct definition {
	struct style	 style;	/* first: what is handed out */
	const char	*based_on;
	const char	*name;
	bool		 is_default;
	bool		 is_folded;
};

struct styles {
	struct arena	*arena;
	struct definition **all;
	size_t		 n;
	size_t		 cap;
	struct name_table names;
	struct definition *open;	/* style being read */
	struct definition root;		/* when no default is defined */
	const struct style *fallback;	/* default paragraph style */
	struct definition headings[9];	/* latent heading 1..9 */
	struct run_format run_defaults;
	struct paragraph_format paragraph_defaults;
	struct run_format *rpr;		/* where rPr children go */
	struct paragraph_format *ppr;
	bool		 in_defaults;
	unsigned	 skip;
};

static struct definition *
find(const struct styles *s, const char *id, size_t len)
{
	return name_table_find(&s->names, id, len);
}

struct styles *
styles_new(struct arena *arena)
{
	struct styles	*s = arena_alloc(arena, sizeof(*s));
	size_t		 i;

	s->arena = arena;
	s->paragraph_defaults = PARAGRAPH_FORMAT_UNSET;
	s->root.style.id = "";
	s->root.style.paragraph = PARAGRAPH_FORMAT_UNSET;
	for (i = 0; i < 9; i++) {
		s->headings[i].style.id = "";
		s->headings[i].style.paragraph = PARAGRAPH_FORMAT_UNSET;
		s->headings[i].style.level = (uint8_t)(i + 1);
	}
	return s;
}

static const char *
copy(struct styles *s, struct xml_value v)
{
	return v.s == NULL ? NULL : arena_strndup(s->arena, v.s, v.len);
}

struct style *
styles_add(struct styles *s, const char *id, enum style_type type)
{
	struct definition *d;

	/* of one id the first counts (17.7.4.17) */
	if (s->n == LIMIT_STYLES || find(s, id, strlen(id)) != NULL)
		return NULL;
	d = arena_alloc(s->arena, sizeof(*d));
	d->style.id = id;
	d->style.type = type;
	d->style.paragraph = PARAGRAPH_FORMAT_UNSET;
	name_table_add(&s->names, s->arena, id, d);
	s->all = arena_grow(s->arena, s->all, s->n, &s->cap,
	    sizeof(*s->all));
	s->all[s->n++] = d;
	return &d->style;
}

void
styles_describe(struct style *style, const char *name, const char *base)
{
	struct definition *d = (struct definition *)style;

	d->name = name;
	d->based_on = base;
}

static void
style_start(struct styles *s, const struct xml_tag *tag)
{
	struct xml_value id = xml_attribute(tag, NS_W, N_styleId);
	struct xml_value type = xml_attribute(tag, NS_W, N_type);
	struct xml_value is_default = xml_attribute(tag, NS_W, N_default);
	struct style	*style = NULL;

	if (id.s != NULL)
		style = styles_add(s, copy(s, id), type.s == NULL ||
		    xml_equals(type, "paragraph") ? STYLE_PARAGRAPH :
		    xml_equals(type, "character") ? STYLE_CHARACTER :
		    xml_equals(type, "numbering") ? STYLE_NUMBERING :
		    STYLE_OTHER);
	if (style == NULL) {
		s->skip = 1;
		return;
	}
	s->open = (struct definition *)style;
	s->open->is_default = is_default.s != NULL && xml_is_on(is_default);
}

static void
start(void *ctx, const struct xml_tag *tag)
{
	struct styles	*s = ctx;

	if (s->skip > 0 || tag->ns != NS_W) {
		s->skip++;
		return;
	}
	switch (tag->name) {
	case N_style:
		style_start(s, tag);
		break;
	case N_rPrDefault:
	case N_pPrDefault:
		s->in_defaults = true;
		break;
	case N_rPr:
		s->rpr = s->open != NULL ? &s->open->style.run :
		    s->in_defaults ? &s->run_defaults : NULL;
		break;
	case N_pPr:
		s->ppr = s->open != NULL ? &s->open->style.paragraph :
		    s->in_defaults ? &s->paragraph_defaults : NULL;
		break;
	case N_basedOn:
		if (s->open != NULL)
			s->open->based_on = copy(s, xml_attribute(tag,
			    NS_W, N_val));
		break;
	case N_name:
		if (s->open != NULL)
			s->open->name = copy(s, xml_attribute(tag, NS_W,
			    N_val));
		break;
	case N_styles:
	case N_docDefaults:
	case N_numPr:
		break;
	default:
		if (s->rpr != NULL)
			run_format_read(s->rpr, tag);
		else if (s->ppr != NULL)
			paragraph_format_read(s->ppr, tag);
		s->skip = 1; /* nothing deeper concerns us */
		break;
	}
}

static void
end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct styles	*s = ctx;

	(void)ns;
	if (s->skip > 0) {
		s->skip--;
		return;
	}
	if (name == N_style)
		s->open = NULL;
	else if (name == N_rPr)
		s->rpr = NULL;
	else if (name == N_pPr)
		s->ppr = NULL;
	else if (name == N_rPrDefault || name == N_pPrDefault)
		s->in_defaults = false;
}

const struct xml_handler styles_handler = {start, end, NULL};

/* 1..9 for exactly "heading N", any case. */
static uint8_t
heading_name(const char *name)
{
	if (strncasecmp(name, "heading ", 8) == 0 && name[8] >= '1' &&
	    name[8] <= '9' && name[9] == '\0')
		return (uint8_t)(name[8] - '0');
	return 0;
}

/* What a style's own name says. */
static void
read_name(struct definition *d)
{
	const char	*name = d->name == NULL ? "" : d->name;

	if (d->style.paragraph.outline == OUTLINE_UNSET &&
	    heading_name(name) > 0)
		d->style.paragraph.outline = (int8_t)(heading_name(name) - 1);
	d->style.is_title = strcasecmp(name, "title") == 0 ||
	    strcasecmp(name, "subtitle") == 0;
	d->style.is_list = strncasecmp(name, "list ", 5) == 0;
	d->style.is_toc = strncasecmp(name, "toc ", 4) == 0 &&
	    name[4] >= '1' && name[4] <= '9';
	if (d->style.is_toc)
		d->style.paragraph.outline = OUTLINE_BODY;
}

static void
inherit(struct style *style, const struct style *base)
{
	style->base = base;
	run_format_inherit(&style->run, &base->run);
	paragraph_format_inherit(&style->paragraph, &base->paragraph);
	style->is_title |= base->is_title;
	style->is_toc |= base->is_toc;
}

/*
 * Fold a chain from its root down. A loop is cut where it closes; a chain
 * deeper than LIMIT_STYLE_DEPTH, at that depth.
 */
static void
fold(struct styles *s, struct definition *d)
{
	struct definition *chain[LIMIT_STYLE_DEPTH];
	struct definition *base = NULL;
	size_t		 n = 0, i;

	while (d != NULL && !d->is_folded && n < LIMIT_STYLE_DEPTH) {
		d->is_folded = true; /* also marks it visited */
		chain[n++] = d;
		base = d->based_on == NULL ? NULL :
		    find(s, d->based_on, strlen(d->based_on));
		if (base != NULL && base->style.type != d->style.type)
			base = NULL;
		d = base;
	}
	/* d: folded before, or of this chain, or beyond the depth */
	if (d != NULL && !d->is_folded)
		base = NULL;
	for (i = 0; i < n; i++)
		if (chain[i] == base)
			base = NULL;
	while (n > 0) {
		d = chain[--n];
		read_name(d);
		if (base != NULL)
			inherit(&d->style, &base->style);
		base = d;
	}
}

void
styles_fold(struct styles *s)
{
	size_t	i;

	for (i = 0; i < s->n; i++)
		fold(s, s->all[i]);
	for (i = 0; i < s->n; i++) {
		if (s->all[i]->style.paragraph.outline >= 0 &&
		    s->all[i]->style.paragraph.outline < OUTLINE_BODY)
			s->all[i]->style.level = (uint8_t)
			    (s->all[i]->style.paragraph.outline + 1);
		if (s->fallback == NULL && s->all[i]->is_default &&
		    s->all[i]->style.type == STYLE_PARAGRAPH)
			s->fallback = &s->all[i]->style;
	}
	if (s->fallback == NULL)
		s->fallback = &s->root.style;
}

const struct style *
styles_find(const struct styles *s, struct xml_value id)
{
	struct definition *d = id.s == NULL ? NULL : find(s, id.s, id.len);

	return d == NULL ? NULL : &d->style;
}

const struct style *
styles_paragraph(const struct styles *s, struct xml_value id)
{
	const struct style *style = styles_find(s, id);

	if (style != NULL && style->type == STYLE_PARAGRAPH)
		return style;
	if (style == NULL && id.len == 8 && xml_alike((struct xml_value)
	    {id.s, 7}, "heading") && id.s[7] >= '1' && id.s[7] <= '9')
		return &s->headings[id.s[7] - '1'].style;
	return s->fallback;
}

const struct run_format *
styles_run_defaults(const struct styles *s)
{
	return &s->run_defaults;
}

const struct paragraph_format *
styles_paragraph_defaults(const struct styles *s)
{
	return &s->paragraph_defaults;
}
