/*
 * Reads numbering.xml into lists (17.9), with the links between them:
 * num to abstractNum, numStyleLink to the style that names the real list.
 */
#include "parsers/numbering.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/numbering_lists.h"
#include "parsers/styles.h"

struct numbering {
	struct arena	*arena;
	struct list_abstract **abstracts; /* sorted by id once linked */
	size_t		 n_abstracts;
	size_t		 cap_abstracts;
	struct list_num	**nums;		/* sorted by id once linked */
	size_t		 n_nums;
	size_t		 cap_nums;
	/* what is open while reading */
	struct list_abstract *abstract;
	struct list_num	*num;
	struct list_override *override;
	struct list_level *level;
	bool		 in_label;	/* lvl/rPr */
	struct alternates alternates;
	unsigned	 skip;
};

struct numbering *
numbering_new(struct arena *arena)
{
	struct numbering *n = arena_alloc(arena, sizeof(*n));

	n->arena = arena;
	return n;
}

static const char *
copy_val(struct numbering *n, const struct xml_tag *tag, size_t max)
{
	struct xml_value v = xml_attribute(tag, NS_W, N_val);

	if (v.s == NULL)
		return NULL;
	if (v.len > max)
		for (v.len = max; v.len > 0 &&
		    ((unsigned char)v.s[v.len] & 0xc0) == 0x80; v.len--)
			;
	return arena_strndup(n->arena, v.s, v.len);
}

static int32_t
number_val(const struct xml_tag *tag, enum xml_name name, int32_t other)
{
	long	v = xml_number(tag, NS_W, name, other);

	return v < INT32_MIN || v > INT32_MAX ? other : (int32_t)v;
}

static void
abstract_start(struct numbering *n, const struct xml_tag *tag)
{
	if (n->n_abstracts == LIMIT_LISTS) {
		n->skip = 1;
		return;
	}
	n->abstract = arena_alloc(n->arena, sizeof(*n->abstract));
	n->abstract->id = number_val(tag, N_abstractNumId, -1);
	n->abstract->index = (uint32_t)n->n_abstracts + 1;
	n->abstracts = arena_grow(n->arena, n->abstracts, n->n_abstracts,
	    &n->cap_abstracts, sizeof(struct list_abstract *));
	n->abstracts[n->n_abstracts++] = n->abstract;
}

static void
num_start(struct numbering *n, const struct xml_tag *tag)
{
	if (n->n_nums == LIMIT_LISTS) {
		n->skip = 1;
		return;
	}
	n->num = arena_alloc(n->arena, sizeof(*n->num));
	n->num->id = number_val(tag, N_numId, -1);
	n->num->abstract_id = -1;
	n->nums = arena_grow(n->arena, n->nums, n->n_nums, &n->cap_nums,
	    sizeof(struct list_num *));
	n->nums[n->n_nums++] = n->num;
}

static void
override_start(struct numbering *n, const struct xml_tag *tag)
{
	int32_t	k = number_val(tag, N_ilvl, -1);

	if (n->num == NULL || k < 0 || k >= LIST_LEVELS) {
		n->skip = 1;
		return;
	}
	if (n->num->overrides == NULL)
		n->num->overrides = arena_calloc(n->arena, LIST_LEVELS,
		    sizeof(*n->num->overrides));
	n->override = &n->num->overrides[k];
}

static void
level_start(struct numbering *n, const struct xml_tag *tag)
{
	int32_t	k = number_val(tag, N_ilvl, -1);

	if (n->override == NULL && (n->abstract == NULL || k < 0 ||
	    k >= LIST_LEVELS || n->abstract->levels[k] != NULL)) {
		n->skip = 1;
		return;
	}
	n->level = arena_alloc(n->arena, sizeof(*n->level));
	n->level->start = LIST_START_UNSET;
	n->level->restart = LIST_RESTART_UNSET;
	if (n->override != NULL)
		n->override->level = n->level;
	else
		n->abstract->levels[k] = n->level;
}

/* numFmt "custom" with format "001, 002, …" pads to that many digits. */
static void
format_start(struct numbering *n, const struct xml_tag *tag)
{
	static const struct {
		const char	*name;
		enum number_format format;
	} formats[] = {
	    {"upperRoman", NUMBER_UPPER_ROMAN},
	    {"lowerRoman", NUMBER_LOWER_ROMAN},
	    {"upperLetter", NUMBER_UPPER_LETTER},
	    {"lowerLetter", NUMBER_LOWER_LETTER},
	    {"ordinal", NUMBER_ORDINAL}, {"decimalZero", NUMBER_PADDED},
	    {"bullet", NUMBER_BULLET}, {"none", NUMBER_NONE}};
	struct xml_value v = xml_attribute(tag, NS_W, N_val), custom;
	size_t	i;

	n->level->format = NUMBER_DECIMAL;
	n->level->width = 2;
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (xml_equals(v, formats[i].name))
			n->level->format = formats[i].format;
	if (!xml_equals(v, "custom"))
		return;
	custom = xml_attribute(tag, NS_W, N_format);
	for (i = 0; i < custom.len && custom.s[i] >= '0' &&
	    custom.s[i] <= '9'; i++)
		;
	if (i > 1) {
		n->level->format = NUMBER_PADDED;
		n->level->width = (uint8_t)(i > 20 ? 20 : i);
	}
}

static void
level_child(struct numbering *n, const struct xml_tag *tag)
{
	struct run_format label = RUN_FORMAT_UNSET;

	switch (tag->name) {
	case N_start:
		n->level->start = number_val(tag, N_val, LIST_START_UNSET);
		break;
	case N_numFmt:
		format_start(n, tag);
		break;
	case N_lvlText:
		n->level->text = copy_val(n, tag, LIMIT_LVL_TEXT);
		break;
	case N_lvlRestart:
		n->level->restart = number_val(tag, N_val,
		    LIST_RESTART_UNSET);
		break;
	case N_pStyle:
		n->level->style = copy_val(n, tag, LIMIT_NAME_BYTES);
		break;
	case N_isLgl:
		n->level->is_legal = xml_is_on(xml_attribute(tag, NS_W,
		    N_val));
		break;
	case N_lvlPicBulletId:
		n->level->has_picture = true;
		break;
	case N_rFonts:
		if (n->in_label) {
			run_format_read(&label, tag);
			n->level->font = label.font;
		}
		break;
	default:
		break;
	}
}

static void
list_child(struct numbering *n, const struct xml_tag *tag)
{
	switch (tag->name) {
	case N_multiLevelType:
		if (n->abstract != NULL)
			n->abstract->is_single = xml_equals(xml_attribute(tag,
			    NS_W, N_val), "singleLevel");
		break;
	case N_styleLink:
		if (n->abstract != NULL)
			n->abstract->style_link = copy_val(n, tag,
			    LIMIT_NAME_BYTES);
		break;
	case N_numStyleLink:
		if (n->abstract != NULL)
			n->abstract->num_style_link = copy_val(n, tag,
			    LIMIT_NAME_BYTES);
		break;
	case N_abstractNumId:
		if (n->num != NULL)
			n->num->abstract_id = number_val(tag, N_val, -1);
		break;
	case N_startOverride:
		if (n->override != NULL) {
			n->override->has_start = true;
			n->override->start = number_val(tag, N_val, 1);
		}
		break;
	default:
		break;
	}
}

static void
start(void *ctx, const struct xml_tag *tag)
{
	struct numbering *n = ctx;

	if (n->skip > 0) {
		n->skip++;
		return;
	}
	if (tag->ns == NS_MC) {
		if (!alternates_enter(&n->alternates, tag))
			n->skip = 1;
		return;
	}
	if (tag->ns != NS_W) {
		n->skip = 1;
		return;
	}
	switch (tag->name) {
	case N_abstractNum:
		abstract_start(n, tag);
		break;
	case N_num:
		num_start(n, tag);
		break;
	case N_lvlOverride:
		override_start(n, tag);
		break;
	case N_lvl:
		level_start(n, tag);
		break;
	case N_rPr:
		n->in_label = true;
		break;
	case N_pPr:
		n->skip = 1;
		break;
	default:
		if (n->level != NULL)
			level_child(n, tag);
		else
			list_child(n, tag);
		break;
	}
}

static void
end(void *ctx, enum xml_ns ns, enum xml_name name)
{
	struct numbering *n = ctx;

	if (n->skip > 0) {
		n->skip--;
		return;
	}
	if (ns == NS_MC) {
		alternates_leave(&n->alternates, name);
		return;
	}
	switch (name) {
	case N_abstractNum:
		n->abstract = NULL;
		break;
	case N_num:
		n->num = NULL;
		break;
	case N_lvlOverride:
		n->override = NULL;
		break;
	case N_lvl:
		n->level = NULL;
		break;
	case N_rPr:
		n->in_label = false;
		break;
	default:
		break;
	}
}

const struct xml_handler numbering_handler = {start, end, NULL};

/* Of one id the first in the part comes first. */
static int
compare_abstracts(const void *a, const void *b)
{
	const struct list_abstract *p = *(struct list_abstract *const *)a;
	const struct list_abstract *q = *(struct list_abstract *const *)b;

	if (p->id != q->id)
		return p->id < q->id ? -1 : 1;
	return p->index < q->index ? -1 : p->index > q->index;
}

static int
compare_nums(const void *a, const void *b)
{
	const struct list_num *p = *(struct list_num *const *)a;
	const struct list_num *q = *(struct list_num *const *)b;

	return p->id < q->id ? -1 : p->id > q->id;
}

static struct list_abstract *
find_abstract(struct numbering *n, int32_t id)
{
	size_t	low = 0, high = n->n_abstracts, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (n->abstracts[middle]->id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n->n_abstracts && n->abstracts[low]->id == id ?
	    n->abstracts[low] : NULL;
}

struct list_num *
lists_find(struct numbering *n, int32_t num_id)
{
	size_t	low = 0, high = n->n_nums, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (n->nums[middle]->id < num_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n->n_nums && n->nums[low]->id == num_id ?
	    n->nums[low] : NULL;
}

/* The list that a numbering style names, by its numPr/numId. */
static struct list_abstract *
follow_style(struct numbering *n, const struct styles *styles,
    const char *style_id)
{
	const struct style *style;
	struct list_num	*num;

	style = styles_find(styles, (struct xml_value){style_id,
	    strlen(style_id)});
	if (style == NULL || style->paragraph.num_id <= 0)
		return NULL;
	num = lists_find(n, style->paragraph.num_id);
	return num == NULL ? NULL : find_abstract(n, num->abstract_id);
}

/* A list that says "see that style": the style's list, without loops. */
static struct list_abstract *
resolve_link(struct numbering *n, const struct styles *styles,
    struct list_abstract *a)
{
	struct list_abstract *next;
	unsigned	 hops;
	size_t		 i;

	for (hops = 0; a != NULL && a->num_style_link != NULL &&
	    hops < LIMIT_STYLE_DEPTH; hops++) {
		next = follow_style(n, styles, a->num_style_link);
		for (i = 0; (next == NULL || next == a) &&
		    i < n->n_abstracts; i++)
			if (n->abstracts[i]->style_link != NULL &&
			    strcmp(n->abstracts[i]->style_link,
			    a->num_style_link) == 0)
				next = n->abstracts[i];
		if (next == NULL || next == a)
			break;
		a = next;
	}
	return a;
}

/*
 * Where w:start is missing. The standard's default is 0, and Word leaves
 * it out for just that; other producers leave it out everywhere and mean
 * 1. So it depends on whether the list states any start at all.
 */
static void
set_starts(struct list_abstract *a)
{
	int32_t	missing = 1;
	int	i;

	for (i = 0; i < LIST_LEVELS; i++)
		if (a->levels[i] != NULL &&
		    a->levels[i]->start != LIST_START_UNSET)
			missing = 0;
	for (i = 0; i < LIST_LEVELS; i++)
		if (a->levels[i] != NULL &&
		    a->levels[i]->start == LIST_START_UNSET)
			a->levels[i]->start = missing;
}

static void
set_override_starts(struct list_num *num)
{
	struct list_level *level;
	int	i;

	for (i = 0; num->overrides != NULL && i < LIST_LEVELS; i++) {
		level = num->overrides[i].level;
		if (level != NULL && level->start == LIST_START_UNSET)
			level->start = num->abstract != NULL &&
			    num->abstract->levels[i] != NULL ?
			    num->abstract->levels[i]->start : 1;
	}
}

void
numbering_link(struct numbering *n, const struct styles *styles)
{
	size_t	i;

	if (n->n_abstracts > 0)
		qsort(n->abstracts, n->n_abstracts, sizeof(*n->abstracts),
		    compare_abstracts);
	if (n->n_nums > 0)
		qsort(n->nums, n->n_nums, sizeof(*n->nums), compare_nums);
	for (i = 0; i < n->n_abstracts; i++)
		set_starts(n->abstracts[i]);
	for (i = 0; i < n->n_nums; i++) {
		n->nums[i]->abstract = resolve_link(n, styles,
		    find_abstract(n, n->nums[i]->abstract_id));
		set_override_starts(n->nums[i]);
	}
}
