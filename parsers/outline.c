/*
 * The outline (đề cương) as a list of nodes, and its editable text form.
 */
#include "parsers/outline.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"

#define INDENT "  "
#define TAB_COLUMNS 8

static const char head[] =
    "# The outline that reports follow, one line a node:\n"
    "#\n"
    "#   ID KIND [optional] LABEL | TEXT\n"
    "#\n"
    "# KIND is heading (a report is expected to carry it), subheading (a\n"
    "# line that acts as a heading) or guidance (what to write there; a\n"
    "# report need not repeat it). What stands deeper is indented by two\n"
    "# more spaces, and its ID begins with the ID above it and a dot.\n"
    "# Lines that begin with # are comments.\n"
    "\n";

static const char *const kinds[] = { "heading", "subheading", "guidance" };

const char *
node_kind_name(enum node_kind k)
{
	if ((size_t)k >= sizeof(kinds) / sizeof(kinds[0]))
		return "heading";
	return kinds[k];
}

int
outline_find(const struct outline *o, const char *id)
{
	size_t	i;

	for (i = 0; i < o->n; i++)
		if (strcmp(o->nodes[i].id, id) == 0)
			return (int)i;
	return -1;
}

char *
outline_write(const struct outline *o, struct arena *arena)
{
	const struct outline_node	*node;
	struct strbuf			 b = {0};
	const char			*c;
	char				*text;
	size_t				 i;
	int				 k;

	strbuf_adds(&b, head);
	for (i = 0; i < o->n; i++) {
		node = &o->nodes[i];
		for (k = 1; k < node->level; k++)
			strbuf_adds(&b, INDENT);
		strbuf_addf(&b, "%s %s ", node->id,
		    node_kind_name(node->kind));
		if (node->optional)
			strbuf_adds(&b, "optional ");
		for (c = node->label; *c != '\0'; c++)
			if (*c != '|')
				strbuf_addc(&b, *c);
		strbuf_addf(&b, "%s| %s\n", *node->label == '\0' ? "" : " ",
		    node->text);
	}
	text = arena_strdup(arena, strbuf_get(&b));
	strbuf_clear(&b);
	return text;
}

/* ---- reading it back */

struct reader {
	struct outline	*o;
	size_t		 cap;
	int		 columns[LIMIT_OUTLINE_LEVELS]; /* of the open levels */
	int		 open[LIMIT_OUTLINE_LEVELS]; /* their nodes */
	int		 depth;
	struct arena	*arena;
	const char	*why;
};

static int
wrong(struct reader *r, const char *why)
{
	r->why = why;
	return -1;
}

/* Cut the next word off *s. "" when there is none. */
static char *
next_word(char **s)
{
	char	*word;

	*s += strspn(*s, " \t");
	word = *s;
	*s += strcspn(*s, " \t");
	if (**s != '\0')
		*(*s)++ = '\0';
	return word;
}

static int
indentation(const char **line)
{
	int	columns = 0;

	for (; **line == ' ' || **line == '\t'; (*line)++)
		columns += **line == ' ' ? 1 :
		    TAB_COLUMNS - columns % TAB_COLUMNS;
	return columns;
}

/* Place the node below the nearest line that is indented less. */
static int
place_node(struct reader *r, struct outline_node *node, int columns)
{
	const char	*above;
	size_t		 len;

	while (r->depth > 0 && r->columns[r->depth - 1] >= columns)
		r->depth--;
	if (r->depth == LIMIT_OUTLINE_LEVELS)
		return wrong(r, arena_printf(r->arena, "is more than %d "
		    "levels deep", LIMIT_OUTLINE_LEVELS));
	node->level = (uint8_t)(r->depth + 1);
	node->parent = r->depth == 0 ? -1 : r->open[r->depth - 1];
	if (node->parent != -1) {
		above = r->o->nodes[node->parent].id;
		len = strlen(above);
		if (strncmp(node->id, above, len) != 0 ||
		    node->id[len] != '.')
			return wrong(r, arena_printf(r->arena, "the ID %s "
			    "stands below %s and should begin with \"%s.\"; "
			    "change the ID or the indentation", node->id,
			    above, above));
	}
	r->columns[r->depth] = columns;
	r->open[r->depth++] = (int)r->o->n;
	return 0;
}

static int
read_kind(struct reader *r, const char *word, struct outline_node *node)
{
	size_t	i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(word, kinds[i]) == 0) {
			node->kind = (uint8_t)i;
			return 0;
		}
	return wrong(r, arena_printf(r->arena, "\"%s\" is no kind; write "
	    "heading, subheading or guidance after the ID", word));
}

static int
read_node(struct reader *r, const char *line)
{
	struct outline_node	 node = {0};
	int			 columns = indentation(&line);
	char			*s = arena_strdup(r->arena, line), *bar, *rest;

	bar = strchr(s, '|');
	if (bar == NULL)
		return wrong(r, "has no \"|\" before the text; write ID KIND "
		    "LABEL | TEXT");
	*bar = '\0';
	node.text = text_clean(bar + 1, r->arena);
	if (*node.text == '\0')
		return wrong(r, "has no text after \"|\"");
	node.id = text_clean(next_word(&s), r->arena);
	if (*node.id == '\0')
		return wrong(r, "has no ID; write ID KIND LABEL | TEXT");
	if (outline_find(r->o, node.id) != -1)
		return wrong(r, arena_printf(r->arena, "the ID %s stands "
		    "above already; give each line its own", node.id));
	if (read_kind(r, next_word(&s), &node) == -1)
		return -1;
	rest = s;
	node.optional = strcmp(next_word(&s), "optional") == 0;
	/* next_word() cut the first word of a label off; undo that */
	if (!node.optional && s > rest && s[-1] == '\0' && s < bar)
		s[-1] = ' ';
	node.label = text_clean(node.optional ? s : rest, r->arena);
	if (place_node(r, &node, columns) == -1)
		return -1;
	r->o->nodes = arena_grow(r->arena, r->o->nodes, r->o->n, &r->cap,
	    sizeof(*r->o->nodes));
	r->o->nodes[r->o->n++] = node;
	return 0;
}

int
outline_parse(const char *text, struct arena *arena, struct outline **out,
    const char **why)
{
	struct reader	 r = { .arena = arena };
	const char	*first;
	char		*line;
	size_t		 len;
	int		 number = 0;

	r.o = arena_alloc(arena, sizeof(*r.o));
	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	while (*text != '\0') {
		number++;
		len = strcspn(text, "\n");
		line = arena_strndup(arena, text, len);
		text += len;
		text += *text == '\n';
		first = line + strspn(line, " \t\r");
		if (*first == '\0' || *first == '#')
			continue;
		if (r.o->n == LIMIT_OUTLINE_NODES)
			(void)wrong(&r, "is one line too many");
		else
			(void)read_node(&r, line);
		if (r.why != NULL) {
			*why = r.why;
			return number;
		}
	}
	*out = r.o;
	return 0;
}
