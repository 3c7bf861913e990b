/*
 * To whom a letter is addressed. The list may stand in lines with or
 * without dashes, behind the words "Kính gửi" in one sentence, in the next
 * cell of a table, and each office ends its items in another way.
 */
#include "parsers/recipients.h"

#include <string.h>

#include <unictype.h>
#include <unistr.h>

#include "parsers/arena.h"
#include "parsers/label.h"
#include "parsers/letterhead.h"
#include "parsers/limits.h"
#include "parsers/lingo.h"
#include "parsers/text.h"

#define OPENING_WORDS 8		/* a longer line may open the body */
#define ITEM_WORDS 60		/* no item is longer */
#define LOOSE_WORDS 25		/* … behind one without a mark */

struct collector {
	const struct lines *ls;
	const struct lingo *g;
	struct arena	*arena;
	const char	**names;
	size_t		 n;
	size_t		 cap;
	int		 marker; /* label kind of the items; -1 unknown */
	char		 last;	/* its final mark: "." "," ";" or ' ' */
	bool		 gap;	/* an empty line stands behind it */
	uint32_t	 table;	/* the items' table */
};

/* The item without dash, "và" before and marks behind it. */
static const char *
bare_item(const char *s, size_t len, struct arena *arena)
{
	const char	*item = text_behind_marks(text_clean(arena_strndup(
			    arena, s, len), arena));
	size_t		 end;

	if (strncmp(item, "và ", strlen("và ")) == 0)
		item += strlen("và ");
	end = strlen(item);
	while (end > 0 && strchr(" .,;:/", item[end - 1]) != NULL)
		end--;
	return arena_strndup(arena, item, end);
}

static void
add_item(struct collector *c, const char *s, size_t len)
{
	const char	*item = bare_item(s, len, c->arena);

	if (text_is_rule(item) || c->n == LIMIT_RECIPIENTS)
		return;
	c->names = arena_grow(c->arena, c->names, c->n, &c->cap,
	    sizeof(*c->names));
	c->names[c->n++] = item;
}

/* Bytes up to the next sign outside parentheses. */
static size_t
span_to(const char *s, char sign)
{
	size_t	i;
	int	depth = 0;

	for (i = 0; s[i] != '\0'; i++) {
		if (s[i] == '(')
			depth++;
		else if (s[i] == ')' && depth > 0)
			depth--;
		else if (s[i] == sign && depth == 0)
			break;
	}
	return i;
}

/* Does each part between commas begin with a body of its own? */
static bool
commas_part_bodies(const struct collector *c, const char *s)
{
	struct words	ws;
	size_t		len, parts = 0;

	while (*s != '\0') {
		len = span_to(s, ',');
		ws = words_of(arena_strndup(c->arena, s, len), c->arena);
		if (lingo_at(c->g, LINGO_BODY, &ws, 0) == 0 &&
		    words_match(&ws, 0, "cac1") == 0)
			return false;
		/* "Chi bộ, đảng bộ cơ sở" is one body */
		if (parts > 0 && words_match(&ws, 0, "cac1") == 0 &&
		    !text_is_capital(arena_strndup(c->arena, ws.text +
		    ws.w[0].start, (size_t)u8_mblen((const uint8_t *)ws.text +
		    ws.w[0].start, strlen(ws.text + ws.w[0].start))), 0))
			return false;
		parts++;
		s += len;
		s += *s == ',';
	}
	return parts > 1;
}

/* One line of the list; without a mark it may hold several items. */
static void
add_items(struct collector *c, const char *s, bool in_sentence,
    bool is_marked)
{
	size_t	len = strlen(s), part;
	char	sign = ';';

	while (len > 0 && s[len - 1] == ' ')
		len--;
	c->last = len > 0 && strchr(".,;", s[len - 1]) != NULL ? s[len - 1] :
	    ' ';
	if (in_sentence && s[span_to(s, ';')] == '\0' &&
	    commas_part_bodies(c, s))
		sign = ',';
	while (*s != '\0') {
		part = is_marked ? strlen(s) : span_to(s, sign);
		add_item(c, s, part);
		s += part;
		s += *s == sign;
	}
}

/* Does the line name somebody by its first words? */
static bool
names_somebody(const struct collector *c, const struct line *l)
{
	return lingo_at(c->g, LINGO_BODY, line_words(l), 0) > 0 ||
	    lingo_at(c->g, LINGO_PERSON, line_words(l), 0) > 0;
}

/* Does an unmarked line go on with the item of the line above? */
static bool
goes_on(const struct collector *c, const struct line *l)
{
	if (c->n == 0 || c->gap || !text_starts_small(l->text) ||
	    strlen(c->names[c->n - 1]) > LIMIT_JOINED_BYTES)
		return false;
	return c->last == ' ' || (c->last == ',' && !names_somebody(c, l));
}

static void
join_item(struct collector *c, const char *s)
{
	const char	*above = c->names[--c->n];

	add_items(c, arena_printf(c->arena, "%s%s %s", above,
	    c->last == ',' ? "," : "", s), false, c->marker > LABEL_NONE);
}

/* Does the line open the body of the letter? */
static bool
opens_body(const struct collector *c, const struct line *l)
{
	size_t	len = strlen(l->text);

	if (line_words(l)->n > ITEM_WORDS || l->text[len - 1] == ':')
		return true;
	return line_words(l)->n > OPENING_WORDS &&
	    (lingo_at(c->g, LINGO_OPENING, line_words(l), 0) > 0 ||
	    lingo_at(c->g, LINGO_CLOSING, line_words(l), 0) > 0);
}

/* The label kind of a line, automatic or typed, and where its text starts. */
static int
line_marker(const struct line *l, const char **text)
{
	struct label	label;

	*text = l->text;
	if (*l->p->number != '\0' && l->part == 0)
		return l->p->is_bullet ? LABEL_BULLET : LABEL_ARABIC;
	if (!label_parse(l->text, &label))
		return LABEL_NONE;
	*text = l->text + label.title;
	return label.kind;
}

/* May the list go on with a line of this marker? */
static bool
may_follow(const struct collector *c, const struct line *l, int marker)
{
	if (c->n == 0)
		return true;
	if (l->p->table != c->table)
		return false;
	if (marker != LABEL_NONE)
		return c->marker == -1 ? c->last != '.' :
		    marker == c->marker;
	if (c->last == '.' || (c->gap && c->last == ' '))
		return false;
	if (c->last != ' ')
		return true;
	/* behind an item without a mark only another plain name goes on */
	return (c->marker == -1 || c->marker == LABEL_NONE) &&
	    line_words(l)->n <= LOOSE_WORDS && names_somebody(c, l) &&
	    !lingo_in(c->g, LINGO_REQUEST, line_words(l), 0, line_words(l)->n);
}

/* Take a line into the list; false when the list ended before it. */
static bool
take_line(struct collector *c, const struct line *l)
{
	const char	*text;
	int		 marker = line_marker(l, &text);

	if (lingo_in(c->g, LINGO_COPY, line_words(l), 0, 3) ||
	    is_date_line(line_words(l), c->arena) || opens_body(c, l))
		return false;
	if (marker == LABEL_NONE && goes_on(c, l)) {
		join_item(c, text);
		return true;
	}
	/* chapters are no items */
	if (marker == LABEL_ROMAN || marker == LABEL_CAPITAL ||
	    marker == LABEL_PART || !may_follow(c, l, marker))
		return false;
	if (c->marker == -1)
		c->marker = marker;
	c->table = l->p->table;
	c->gap = false;
	add_items(c, text, false, marker != LABEL_NONE);
	return true;
}

static size_t
find_salutation(const struct lines *ls, const struct lingo *g)
{
	size_t	i;

	for (i = 0; i < ls->n; i++)
		if (is_salutation(g, line_words(&ls->l[i])))
			return i;
	return i;
}

struct recipients
recipients_find(const struct lines *ls, const struct lingo *g,
    struct arena *arena)
{
	struct collector	 c = { .ls = ls, .g = g, .arena = arena,
				    .marker = -1 };
	struct recipients	 r = {0};
	const struct line	*l;
	const char		*rest;

	r.salutation = r.end = find_salutation(ls, g);
	if (r.salutation == ls->n)
		return r;
	l = &ls->l[r.end++];
	rest = l->text + line_words(l)->w[1].end;
	rest += strspn(rest, " :");
	c.table = l->p->table;
	if (*rest != '\0')
		add_items(&c, rest, true, strchr("-–+", *rest) != NULL);
	for (; r.end < ls->n; r.end++) {
		l = &ls->l[r.end];
		if (*l->text == '\0')
			c.gap = true;
		else if (!text_is_rule(l->text) && !take_line(&c, l))
			break;
	}
	r.names = c.names;
	r.n = c.n;
	return r;
}
