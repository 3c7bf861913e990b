/*
 * The outline's tree: where each line hangs, its id, what kind it is.
 *
 * A label of a style that is open already closes everything below that
 * style; a new style opens a level below. Marks (bullets) never hold
 * numbers. Ids are paths of labels; see outline.h.
 */
#include "parsers/outline_build.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/lingo.h"
#include "parsers/outline_items.h"
#include "parsers/text.h"

#define SUBHEADING_WORDS 15	/* a mark without colon that has children */
#define SENTENCE_WORDS 15	/* with a full stop it is no heading */
#define SENTENCE_WORDS_OPEN 30	/* the same without one */
#define KIND_HEADING 9		/* style of unmarked headings, past LABEL_* */
#define STYLES 64

/* What makes two labels siblings. */
struct style {
	uint8_t	kind;		/* enum label_kind, KIND_HEADING */
	uint8_t	parts;		/* of "1.2.3" */
	char	mark;		/* of bullets; '(' and ')' of numbers */
	uint8_t	level;		/* of unmarked headings */
};

/* A node that may still get children. */
struct open {
	struct style	 style;
	struct label	 label;
	const char	*plain;	/* its label without marks */
	const struct paragraph *p;
	int		 node;
	unsigned	 dashes, pluses, texts; /* its children so far */
};

/* A style, and below which one it stood when it first came. */
struct seen {
	struct style	 style;
	struct style	 above;
	bool		 is_top;
};

struct builder {
	struct outline	*o;
	size_t		 cap;
	const struct lingo *g;
	struct arena	*arena;
	struct open	 stack[LIMIT_OUTLINE_LEVELS + 1]; /* [0]: root */
	int		 depth;	/* open nodes, without the root */
	struct seen	 seen[STYLES];
	size_t		 n_seen;
	bool		 repeated;
};

/* ---- styles */

static bool
same_style(struct style a, struct style b)
{
	return a.kind == b.kind && a.parts == b.parts && a.mark == b.mark &&
	    a.level == b.level;
}

/* Coarse order of kinds: what is above never hangs below. */
static int
class_of(struct style s)
{
	switch (s.kind) {
	case LABEL_PART:
		return 0;
	case LABEL_CAPITAL:
	case LABEL_ROMAN:
	case KIND_HEADING:
		return 1;
	case LABEL_ARABIC:
	case LABEL_MULTI:
		return 2;
	case LABEL_LETTER:
	case LABEL_SMALL_ROMAN:
		return 3;
	default:
		return 4;
	}
}

static struct style
style_of(const struct outline_item *item)
{
	struct style	s = { .kind = item->label.kind };

	if (item->label.kind == LABEL_NONE) {
		s.kind = KIND_HEADING;
		s.level = item->heading;
		return s;
	}
	s.parts = item->label.n_parts;
	if (s.kind == LABEL_BULLET) {
		s.mark = item->label.mark;
		s.parts = 1;
	} else if (s.kind == LABEL_ARABIC || s.kind == LABEL_LETTER) {
		/* "1." and "1)" differ, "1." "1-" "1/" do not */
		s.mark = item->label.mark == '(' ||
		    (s.kind == LABEL_ARABIC && item->label.mark == ')') ?
		    item->label.mark : '.';
	}
	return s;
}

/* Level of an automatically numbered line in its list; 0 for typed. */
static int
list_level(const struct paragraph *p)
{
	return *p->number == '\0' ? 0 : p->list_level;
}

/* The open node whose sibling this is; 0 for none. */
static int
find_open(const struct builder *b, struct style s,
    const struct outline_item *item)
{
	const struct open	*o;
	int			 i, level = list_level(item->p);

	for (i = b->depth; i > 0; i--) {
		o = &b->stack[i];
		if (!same_style(o->style, s))
			continue;
		/* one list, one look, other levels */
		if (o->p->list == item->p->list && level != 0 &&
		    list_level(o->p) != 0 && list_level(o->p) < level)
			return 0;
		if (o->p->list == item->p->list && level != 0 &&
		    list_level(o->p) > level)
			continue;
		return i;
	}
	return 0;
}

/* "i)" behind "h)" is a letter; "I." behind "H." a capital. */
static void
choose_reading(const struct builder *b, struct label *label)
{
	const struct label	*open;
	int			 i;

	if (label->also == LABEL_NONE)
		return;
	for (i = b->depth; i > 0; i--) {
		open = &b->stack[i].label;
		if (open->kind == label->kind &&
		    label_value(open) + 1 == label_value(label))
			return;
		if (open->kind == label->also &&
		    label_value(open) + 1 == label->also_value) {
			label->kind = label->also;
			label->parts[0] = label->also_value;
			return;
		}
	}
	/* a lone "i)" begins a list of small Roman numbers */
	if (label->kind == LABEL_LETTER && label->also_value == 1) {
		label->kind = LABEL_SMALL_ROMAN;
		label->parts[0] = 1;
	}
}

/* ---- the place in the tree */

/* "1.2." below the open "1.": its place in the stack, 0 for none. */
static int
number_parent(const struct builder *b, const struct label *label)
{
	const struct label	*open;
	int			 i, k;

	if (label->kind != LABEL_MULTI)
		return 0;
	for (i = b->depth; i > 0; i--) {
		open = &b->stack[i].label;
		if (open->n_parts != label->n_parts - 1 ||
		    open->kind == LABEL_BULLET || open->kind == LABEL_LETTER)
			continue;
		for (k = 0; k < open->n_parts; k++)
			if (open->parts[k] != label->parts[k])
				break;
		if (k == open->n_parts)
			return i;
	}
	return 0;
}

/* Where a style hung when it first came, if that is open now. */
static int
remembered(const struct builder *b, struct style s)
{
	size_t	k;
	int	i;

	for (k = 0; k < b->n_seen; k++) {
		if (!same_style(b->seen[k].style, s))
			continue;
		if (b->seen[k].is_top)
			return 0;
		for (i = b->depth; i > 0; i--)
			if (same_style(b->stack[i].style, b->seen[k].above))
				return i;
	}
	return -1;
}

/* How many nodes stay open above an item of this style. */
static int
place_of(const struct builder *b, struct style s,
    const struct outline_item *item)
{
	int	i;

	i = number_parent(b, &item->label);
	if (i > 0)
		return i;
	i = find_open(b, s, item);
	if (i > 0)
		return i - 1;
	/* a list that begins hangs below what is open; else as before */
	i = -1;
	if (s.kind != LABEL_BULLET && (label_value(&item->label) != 1 ||
	    class_of(b->stack[b->depth].style) >= class_of(s)))
		i = remembered(b, s);
	if (i != -1)
		return i;
	for (i = b->depth; i > 0; i--) {
		if (s.kind != LABEL_BULLET &&
		    b->stack[i].style.kind == LABEL_BULLET)
			continue;
		if (class_of(b->stack[i].style) > class_of(s) &&
		    class_of(s) < 2)
			continue;
		break;
	}
	return i;
}

static void
remember(struct builder *b, struct style s)
{
	size_t	k;

	for (k = 0; k < b->n_seen; k++)
		if (same_style(b->seen[k].style, s))
			return;
	if (b->n_seen == STYLES)
		return;
	b->seen[b->n_seen].style = s;
	b->seen[b->n_seen].above = b->stack[b->depth].style;
	b->seen[b->n_seen++].is_top = b->depth == 0;
}

/* ---- ids */

static const char *
roman(int n, struct arena *arena)
{
	static const char *const ones[] = {
		"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
	};
	const char		*out = "";

	if (n < 1 || n > 39)
		return arena_printf(arena, "%d", n);
	for (; n >= 10; n -= 10)
		out = arena_printf(arena, "%sX", out);
	return arena_printf(arena, "%s%s", out, ones[n]);
}

/* The label without its marks: "(a)" is "a", "1.2." is "1.2". */
static const char *
plain_label(const struct outline_item *item, struct arena *arena)
{
	const char	*s = item->label_text;
	size_t		 len;

	s += strspn(s, "( ");
	len = strcspn(s, " ):/-");
	while (len > 0 && s[len - 1] == '.')
		len--;
	return arena_strndup(arena, s, len);
}

/* The id's own part of a numbered item. */
static const char *
own_part(const struct builder *b, const struct outline_item *item)
{
	const char	*own = plain_label(item, b->arena), *above;
	size_t		 len;

	switch (item->label.kind) {
	case LABEL_PART:
	case LABEL_ROMAN:
		return roman(label_value(&item->label), b->arena);
	case LABEL_ARABIC:
		return arena_printf(b->arena, "%d",
		    label_value(&item->label));
	case LABEL_MULTI:
		/* what holds its parent's number does not repeat it */
		above = b->stack[b->depth].plain;
		len = b->depth == 0 ? 0 : strlen(above);
		if (len > 0 && strncmp(own, above, len) == 0 &&
		    own[len] == '.')
			return own + len + 1;
		return own;
	default:
		return own;
	}
}

static const char *
make_id(struct builder *b, const struct outline_item *item)
{
	struct open	*above = &b->stack[b->depth];
	const char	*own, *id, *base;
	int		 n;

	if (item->label.kind == LABEL_NONE)
		own = arena_printf(b->arena, "t%u", ++above->texts);
	else if (item->label.kind != LABEL_BULLET)
		own = own_part(b, item);
	else if (item->label.mark == '+')
		own = arena_printf(b->arena, "p%u", ++above->pluses);
	else
		own = arena_printf(b->arena, "b%u", ++above->dashes);
	if (b->depth > 0)
		own = arena_printf(b->arena, "%s.%s",
		    b->o->nodes[above->node].id, own);
	base = id = own;
	for (n = 2; outline_find(b->o, id) != -1; n++) {
		b->repeated = true;
		id = arena_printf(b->arena, "%s_%d", base, n);
	}
	return id;
}

/* ---- nodes */

static bool
is_optional(const struct builder *b, const struct outline_item *item)
{
	struct words	ws = words_of(item->text, b->arena);
	size_t		at = lingo_find(b->g, LINGO_IF_ANY, &ws, 0, ws.n);

	if (at == ws.n)
		return false;
	/* in a list of several things it speaks of the last one only */
	if (item->label.kind == LABEL_NONE ||
	    item->label.kind == LABEL_BULLET)
		return at + 2 == ws.n && strchr(item->text, ';') == NULL;
	return at + 2 == ws.n ||
	    (at > 0 && ws.text[ws.w[at].start - 1] == '(');
}

static void
add_node(struct builder *b, const struct outline_item *item)
{
	struct outline_node	*node;
	const char		*id = make_id(b, item);
	bool			 marked = item->label.kind == LABEL_BULLET;

	b->o->nodes = arena_grow(b->arena, b->o->nodes, b->o->n, &b->cap,
	    sizeof(*b->o->nodes));
	node = &b->o->nodes[b->o->n++];
	node->id = id;
	node->label = item->label_text;
	node->text = item->text;
	node->level = (uint8_t)(b->depth + 1);
	node->parent = b->depth == 0 ? -1 : b->stack[b->depth].node;
	node->optional = is_optional(b, item);
	node->kind = marked || (item->label.kind == LABEL_NONE &&
	    item->heading == 0) ? NODE_GUIDANCE : NODE_HEADING;
}

static void
open_node(struct builder *b, struct style s, const struct outline_item *item)
{
	struct open	*o = &b->stack[++b->depth];

	memset(o, 0, sizeof(*o));
	o->style = s;
	o->label = item->label;
	o->plain = plain_label(item, b->arena);
	o->p = item->p;
	o->node = (int)b->o->n - 1;
}

/* Unmarked text belongs to the heading, or to a mark that ends in ":". */
static void
add_text(struct builder *b, const struct outline_item *item)
{
	const char	*above;
	size_t		 len;

	while (b->depth > 0 &&
	    b->stack[b->depth].style.kind == LABEL_BULLET) {
		above = b->o->nodes[b->stack[b->depth].node].text;
		len = strlen(above);
		if (len > 0 && above[len - 1] == ':')
			break;
		b->depth--;
	}
	if (b->depth == LIMIT_OUTLINE_LEVELS)
		b->depth--;
	add_node(b, item);
}

static void
add_item(struct builder *b, struct outline_item *item)
{
	struct style	s;

	if (item->label.kind == LABEL_NONE && item->heading == 0) {
		add_text(b, item);
		return;
	}
	choose_reading(b, &item->label);
	s = style_of(item);
	b->depth = place_of(b, s, item);
	/* unmarked headings keep the order of their levels */
	while (s.kind == KIND_HEADING && b->depth > 0 &&
	    b->stack[b->depth].style.kind == KIND_HEADING &&
	    b->stack[b->depth].style.level >= s.level)
		b->depth--;
	if (b->depth == LIMIT_OUTLINE_LEVELS)
		b->depth--;
	remember(b, s);
	add_node(b, item);
	open_node(b, s, item);
}

/* ---- kinds */

static char
last_sign(const char *s)
{
	size_t	len = strlen(s);

	return len == 0 ? ' ' : s[len - 1];
}

/* Marks that act as headings: on top, or with lines below them. */
static bool
is_subheading(const struct outline_node *node, bool has_children)
{
	char	last = last_sign(node->text);

	if (node->level == 1)
		return true;
	if (!has_children)
		return false;
	return last == ':' || (last != '.' && last != ';' &&
	    text_words(node->text) <= SUBHEADING_WORDS);
}

/* "a) Nêu rõ … ." with nothing below it says what to write. */
static bool
is_lettered_guidance(const struct builder *b, const struct outline_node *node)
{
	struct words	ws = words_of(node->text, b->arena);
	char		last = last_sign(node->text);

	if (last != '.' && last != ';')
		return ws.n > SENTENCE_WORDS_OPEN;
	return ws.n >= SENTENCE_WORDS ||
	    (last == '.' && lingo_at(b->g, LINGO_INSTRUCT, &ws, 0) > 0);
}

static void
judge_kinds(struct builder *b, const struct outline_item *items)
{
	struct outline_node	*node;
	struct style		 s;
	size_t			 i;
	bool			 has_children;

	for (i = 0; i < b->o->n; i++) {
		node = &b->o->nodes[i];
		has_children = i + 1 < b->o->n &&
		    b->o->nodes[i + 1].parent == (int)i;
		s = style_of(&items[i]);
		if (s.kind == LABEL_BULLET && is_subheading(node,
		    has_children))
			node->kind = NODE_SUBHEADING;
		else if (node->level > 1 && !has_children &&
		    (class_of(s) == 3 || s.mark == '(') &&
		    s.kind != LABEL_BULLET && is_lettered_guidance(b, node))
			node->kind = NODE_GUIDANCE;
	}
}

struct outline_built
outline_build(const struct lines *ls, size_t from, size_t to, bool in_body,
    const struct lingo *g, struct arena *arena)
{
	struct outline_built	 out = {0};
	struct builder		 b = { .g = g, .arena = arena };
	struct outline_items	 items;
	size_t			 first, i = 0;

	b.o = arena_alloc(arena, sizeof(*b.o));
	items = outline_items_of(ls, from, to, in_body, g, arena);
	/* notes with marks may stand before the first number */
	while (items.numbered > 0 && i < items.n &&
	    (items.items[i].label.kind == LABEL_BULLET ||
	    items.items[i].label.kind == LABEL_NONE))
		i++;
	out.first = i < items.n ? items.items[i].line : items.end;
	for (first = i; i < items.n; i++)
		add_item(&b, &items.items[i]);
	if (b.o->n > 0)
		judge_kinds(&b, items.items + first);
	out.outline = b.o;
	out.end = items.end;
	out.headings = items.numbered;
	out.repeated = b.repeated;
	return out;
}
