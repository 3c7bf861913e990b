/*
 * One paragraph as a possible heading: its label, its title, where a
 * heading that runs on into its text ends, and how it looks.
 */
#include "parsers/heading_line.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/heading_skip.h"
#include "parsers/limits.h"

#define LEAD_WORDS 25		/* a run-in heading is no longer */
#define PLAIN_WORDS 14		/* a heading without any mark is no longer */
#define CELL_WORDS 25		/* … nor one in the cell beside its number */
#define PLAIN_LEAD_WORDS 8	/* "Ưu điểm: …" without any mark */
#define KEPT_BYTES 240		/* of a long line, to know it again by */
#define LABEL_CELL_BYTES 2	/* of a capital, "Đ" too */
#define TITLE_WORDS 45		/* a title is no longer */

/* Length of s without white space and marks at its end. */
static size_t
trimmed(const char *s, size_t len, const char *off)
{
	while (len > 0 && strchr(off, s[len - 1]) != NULL)
		len--;
	return len;
}

/* First bytes of quotation marks and brackets. */
#define NESTING "([)]\xE2\xC2"

/* Steps over one quotation mark or bracket; changes the depth. */
static void
track_depth(const char *s, int *depth)
{
	if (*s == '(' || *s == '[' || strncmp(s, "“", 3) == 0 ||
	    strncmp(s, "«", 2) == 0)
		(*depth)++;
	else if (*depth > 0 && (*s == ')' || *s == ']' ||
	    strncmp(s, "”", 3) == 0 || strncmp(s, "»", 2) == 0))
		(*depth)--;
}

/* First ':' outside brackets and quotes; len when there is none. */
static size_t
find_colon(const char *s, size_t len)
{
	size_t	i;
	int	depth = 0;

	for (i = strcspn(s, NESTING ":"); i < len;
	    i += 1 + strcspn(s + i + 1, NESTING ":")) {
		track_depth(s + i, &depth);
		/* "7:30" is a time */
		if (s[i] == ':' && depth == 0 &&
		    !(s[i + 1] >= '0' && s[i + 1] <= '9'))
			return i;
	}
	return len;
}

/* End of the first sentence: a '.' before white space; len if none. */
static size_t
find_stop(const char *s, size_t len)
{
	size_t	i;
	int	depth = 0;

	for (i = strcspn(s, NESTING "."); i + 1 < len;
	    i += 1 + strcspn(s + i + 1, NESTING ".")) {
		track_depth(s + i, &depth);
		if (s[i] == '.' && s[i + 1] == ' ' && depth == 0 && i > 0 &&
		    s[i - 1] != '.')
			return i;
	}
	return len;
}

/* The ways in which a stretch may be marked. */
enum mark { MARK_BOLD, MARK_ITALIC, MARK_UNDERLINE, MARKS };

static bool
has_mark(const struct span *s, enum mark m)
{
	return m == MARK_BOLD ? s->bold : m == MARK_ITALIC ? s->italic :
	    s->underline;
}

/* Per cent of the bytes from..to that are marked so. */
static uint8_t
mark_share(const struct paragraph *p, enum mark m, size_t from, size_t to)
{
	size_t		 at = 0, marked = 0, a, b;
	uint32_t	 i;

	if (to <= from || p->n_spans == 0)
		return m == MARK_BOLD ? p->bold : m == MARK_ITALIC ?
		    p->italic : p->underline;
	for (i = 0; i < p->n_spans && at < to; i++) {
		a = at > from ? at : from;
		at += p->spans[i].len;
		b = at < to ? at : to;
		if (has_mark(&p->spans[i], m) && b > a)
			marked += b - a;
	}
	/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): from < to, above */
	return (uint8_t)(marked * 100 / (to - from));
}

static uint8_t
bold_share(const struct paragraph *p, size_t from, size_t to)
{
	return mark_share(p, MARK_BOLD, from, to);
}

/* End of the stretch from byte `from` on that is marked so throughout. */
static size_t
mark_end(const struct paragraph *p, enum mark m, size_t from)
{
	size_t		 at = 0, end = 0;
	uint32_t	 i;

	if (p->n_spans == 0)
		return mark_share(p, m, 0, 0) == 100 ? strlen(p->text) : 0;
	for (i = 0; i < p->n_spans; i++) {
		at += p->spans[i].len;
		if (at <= from)
			continue;
		if (!has_mark(&p->spans[i], m))
			break;
		end = at;
	}
	return end;
}

/* Per cent of the ASCII letters that are capitals (the rest follows). */
static uint8_t
caps_share(const char *s, size_t len, uint8_t whole, bool is_whole)
{
	size_t	i, capitals = 0, letters = 0;

	if (is_whole)
		return whole;
	for (i = 0; i < len; i++) {
		capitals += s[i] >= 'A' && s[i] <= 'Z';
		letters += (s[i] >= 'A' && s[i] <= 'Z') ||
		    (s[i] >= 'a' && s[i] <= 'z');
	}
	return letters == 0 ? 0 : (uint8_t)(capitals * 100 / letters);
}

static uint8_t
count_numbers(const char *s, size_t len)
{
	size_t	i, n = 0;

	for (i = 0; i < len; i++)
		n += s[i] >= '0' && s[i] <= '9' && (i == 0 ||
		    s[i - 1] == ' ' || s[i - 1] == '(');
	return (uint8_t)(n > 200 ? 200 : n);
}

/*
 * End of a marked lead, "**Kết quả.** Trong năm …": what stands behind is
 * not marked so. 0 when there is none.
 */
static size_t
lead_end(const struct paragraph *p, enum mark m, size_t from)
{
	const char	*s = p->text;
	size_t		 len = strlen(s), lead = mark_end(p, m, from);

	if (lead <= from || lead >= len || mark_share(p, m, lead, len) >= 50 ||
	    heading_words(s + from, lead - from) < 1 ||
	    heading_words(s + lead, len - lead) < 1)
		return 0;
	/* a mark that ends inside a phrase makes no lead; of slanted and
	   underlined words only those up to a sign do */
	if (strchr(":.;,-", s[lead]) != NULL ||
	    strchr(":.;,", s[lead - 1]) != NULL || (lead > 1 &&
	    s[lead - 1] == ' ' && strchr(":.;-", s[lead - 2]) != NULL))
		return lead;
	return m == MARK_BOLD && (s[lead] == ' ' || s[lead - 1] == ' ' ||
	    memchr(s + from, ':', lead - from) != NULL) ? lead : 0;
}

/*
 * Where the title that starts at `from` ends, when the line goes on into
 * text: at the end of a marked lead, at the first ':', or at the first
 * full stop of a bold lead. Sets *rest to the text behind, SIZE_MAX when
 * the whole line is title.
 */
static size_t
cut_title(const struct paragraph *p, size_t from, size_t *rest)
{
	const char	*s = p->text;
	size_t		 len = strlen(s), lead = 0, at, end, bold;
	int		 m;

	*rest = SIZE_MAX;
	at = from + find_colon(s + from, len - from);
	for (m = 0; m < MARKS && lead == 0; m++)
		lead = lead_end(p, (enum mark)m, from);
	if (lead > 0) {
		end = lead < at ? lead : at;
		at = from + find_stop(s + from, end - from);
		if (at < end)
			end = at;
		*rest = end;
		goto found;
	}
	bold = mark_end(p, MARK_BOLD, from);
	if (bold >= len && heading_words(s + from, len - from) <= LEAD_WORDS)
		return len;	/* one bold line, whatever stands in it */
	if (at < len && heading_words(s + from, at - from) <= LEAD_WORDS &&
	    heading_words(s + at, len - at) >= 1) {
		*rest = end = at;
		goto found;
	}
	/* a bold paragraph whose first sentence is the title */
	if (bold >= len || bold_share(p, from, len) >= 80) {
		at = from + find_stop(s + from, len - from);
		if (at < len && heading_words(s + from, at - from) <=
		    LEAD_WORDS) {
			*rest = end = at;
			goto found;
		}
	}
	return len;
found:
	*rest += strspn(s + *rest, " :.;,");
	/* a dash between lead and text */
	if (strncmp(s + *rest, "- ", 2) == 0)
		*rest += 2;
	return from + trimmed(s + from, end - from, " :.;,-");
}

/* The bytes of s that we keep to know a long line by, at a word's end. */
static size_t
kept_bytes(const char *s, size_t from)
{
	size_t	i = from + KEPT_BYTES;

	while (i > from && s[i] != ' ')
		i--;
	return i;
}

/* "A" alone in its cell, beside the title: a label without a sign. */
static bool
fills_label_cell(const struct paragraph *p, struct label *label,
    struct arena *arena)
{
	return p->table > 0 && p->row_cells > 1 &&
	    strlen(p->text) <= LABEL_CELL_BYTES &&
	    label_parse(arena_printf(arena, "%s. X", p->text), label) &&
	    label->kind == LABEL_CAPITAL;
}

/*
 * The label: the automatic one, the typed one, or both ("1. 1. Kết quả"),
 * when the typed one counts if the automatic one is a bullet. Returns the
 * byte of the text where the title begins.
 */
static size_t
read_label(struct heading_line *l, const struct paragraph *p,
    struct arena *arena)
{
	struct label	typed, automatic = { .kind = LABEL_NONE };
	bool		has_typed = label_parse(p->text, &typed);

	if (p->number[0] != '\0') {
		label_parse(arena_printf(arena, "%s X", p->number),
		    &automatic);
		if (automatic.kind == LABEL_NONE || p->is_bullet)
			automatic.kind = p->is_bullet ? LABEL_BULLET :
			    LABEL_ARABIC;
		if (automatic.kind == LABEL_BULLET)
			automatic.mark = p->number[0] == '+' ? '+' :
			    automatic.mark == '\0' ? '*' : automatic.mark;
	}
	if (automatic.kind != LABEL_NONE && !(has_typed &&
	    automatic.kind == LABEL_BULLET && typed.kind != LABEL_BULLET)) {
		l->label = automatic;
		l->automatic = true;
		l->label_text = p->number;
		return has_typed && typed.kind != LABEL_BULLET &&
		    typed.mark != ' ' ? typed.title : 0;
	}
	if (!has_typed && fills_label_cell(p, &typed, arena)) {
		l->label = typed;
		l->label_text = p->text;
		return strlen(p->text);
	}
	if (!has_typed) {
		l->label_text = "";
		return 0;
	}
	l->label = typed;
	l->label_text = arena_strndup(arena, p->text, typed.len);
	return typed.title;
}

/*
 * Is the title marked, or in capitals, up to a colon or full stop, and the
 * rest not?
 */
static bool
is_marked_lead(const struct paragraph *p, size_t from, size_t end,
    size_t rest)
{
	size_t	len = strlen(p->text);
	int	m;

	if (rest >= len || (p->text[end] != ':' && p->text[end] != '.'))
		return false;
	if (p->text[end] == ':' && p->caps < 80 && heading_words(p->text +
	    from, end - from) >= 2 && caps_share(p->text + from, end - from,
	    0, false) >= 80)
		return true;
	for (m = 0; m < MARKS; m++)
		if (mark_share(p, (enum mark)m, from, end) >= 80 &&
		    mark_share(p, (enum mark)m, rest, len) < 50)
			return true;
	return false;
}

/* Running text that nothing marks as a heading? */
static bool
is_running_text(const struct heading_line *l, const struct paragraph *p)
{
	if (l->label.kind != LABEL_NONE || p->style_level > 0)
		return false;
	if (l->bold >= 60 && l->words >= 1)
		return false;
	if (l->rest != SIZE_MAX)
		return l->words > PLAIN_LEAD_WORDS && !l->is_lead;
	if (l->caps >= 80 && l->words >= 2)
		return false;
	return l->words > PLAIN_WORDS || l->stop;
}

static void
look_of(struct heading_line *l, const struct paragraph *p, size_t from,
    size_t end)
{
	size_t	len = strlen(p->text);

	l->bold = bold_share(p, from, end);
	l->caps = caps_share(p->text + from, end - from, p->caps,
	    end == len && (from == 0 || p->caps >= 95));
	l->style_level = p->style_level;
	l->list = p->list;
	l->list_level = p->list_level;
	l->underlined = mark_share(p, MARK_UNDERLINE, from, end) >= 80;
	l->emphasis = l->underlined || mark_share(p, MARK_ITALIC, from,
	    end) >= 80;
	l->centred = p->centred;
	l->in_textbox = p->in_textbox;
	l->in_table = p->table > 0;
	l->row_merged = p->row_merged;
	l->keep_next = p->keep_next;
	l->numbers = count_numbers(p->text + from, end - from);
}

bool
heading_line_read(struct heading_line *l, const struct document *doc,
    uint32_t i, struct arena *arena)
{
	const struct paragraph	*p = &doc->paragraphs[i];
	size_t			 from, end, len = strlen(p->text);

	memset(l, 0, sizeof(*l));
	l->first = l->last = i;
	l->rest = SIZE_MAX;
	if (len == 0 || p->is_toc)
		return false;
	from = read_label(l, p, arena);
	if (from >= len && l->label.kind == LABEL_BULLET)
		return false;
	end = cut_title(p, from, &l->rest);
	if (p->run_on)
		l->rest = len;
	l->words = heading_words(p->text + from, end - from);
	l->colon = (l->rest != SIZE_MAX && p->text[end] == ':') ||
	    p->text[len - 1] == ':';
	l->stop = l->rest == SIZE_MAX && !l->colon &&
	    (p->text[len - 1] == '.' || p->text[len - 1] == ';') &&
	    !(len > 2 && p->text[len - 2] == '.');
	look_of(l, p, from, end);
	if (l->words > TITLE_WORDS || end - from > LIMIT_HEADING_BYTES) {
		if (l->label.kind == LABEL_NONE && p->style_level == 0)
			return false;
		if (end - from > KEPT_BYTES)
			end = kept_bytes(p->text, from);
		l->words = heading_words(p->text + from, end - from);
		l->rest = end + strspn(p->text + end, " ");
		l->cut = true;
	}
	l->is_lead = !l->cut && is_marked_lead(p, from, end, l->rest);
	l->is_running = is_running_text(l, p);
	if (l->words == 0 && from < len)
		return false;
	l->title = arena_strndup(arena, p->text + from, end - from);
	if (p->number[0] != '\0')
		l->text = arena_printf(arena, "%s %.*s", p->number, (int)end,
		    p->text);
	else
		l->text = arena_strndup(arena, p->text, end);
	return true;
}

/* ---- joining */

static bool
begins_small(const char *s)
{
	/* small letters: ASCII, or the second bytes that Vietnamese has */
	return (*s >= 'a' && *s <= 'z') || strncmp(s, "đ", 2) == 0 ||
	    strncmp(s, "ủ", 3) == 0 || strncmp(s, "ở", 3) == 0 ||
	    strncmp(s, "ý", 2) == 0;
}

static bool
is_same_look(const struct heading_line *a, const struct heading_line *b)
{
	return (a->bold >= 80) == (b->bold >= 80) &&
	    (a->caps >= 80) == (b->caps >= 80) &&
	    a->centred == b->centred && a->in_textbox == b->in_textbox;
}

/* Is next the rest of l's title? */
static bool
is_continued(const struct heading_line *l, const struct heading_line *next)
{
	size_t	len = strlen(l->title);
	char	last = len > 0 ? l->title[len - 1] : '\0';

	if (l->label.kind == LABEL_NONE && l->style_level == 0)
		return false;
	if (next->style_level != l->style_level || l->stop || l->colon ||
	    l->bold < 80 || !is_same_look(l, next) || l->label.kind ==
	    LABEL_BULLET || l->words + next->words > TITLE_WORDS)
		return false;
	if (l->caps >= 80)
		return l->words >= 4 || last == ',' || last == '-';
	return begins_small(next->title);
}

/* Is the cell beside a number's too long for a title? */
static bool
is_text_cell(const struct heading_line *l)
{
	return l->words > PLAIN_WORDS && (l->stop || (l->is_running &&
	    (l->words > CELL_WORDS || l->rest != SIZE_MAX)));
}

bool
heading_line_join(struct heading_line *l, const struct heading_line *next,
    const struct document *doc, struct arena *arena)
{
	const struct paragraph	*a = &doc->paragraphs[l->last];
	const struct paragraph	*b = &doc->paragraphs[next->first];
	bool			 alone = l->title[0] == '\0';

	if (next->label.kind != LABEL_NONE || l->rest != SIZE_MAX)
		return false;
	if (a->table != b->table || (a->table > 0 && a->row != b->row))
		return false;
	if (a->table > 0 && a->cell != b->cell && !alone)
		return false;
	if (!alone && !is_continued(l, next))
		return false;
	/* a number alone needs a title that looks like one; in the cell
	   beside it that is whatever is short */
	if (alone && (next->cut || next->words == 0))
		return false;
	if (alone && (a->table > 0 && a->cell != b->cell ?
	    is_text_cell(next) : next->stop || next->is_running))
		return false;
	if (!alone && next->is_running)
		return false;
	l->text = arena_printf(arena, "%s %s", l->text, next->text);
	l->title = alone ? next->title :
	    arena_printf(arena, "%s %s", l->title, next->title);
	if (alone) {
		l->bold = next->bold;
		l->caps = next->caps;
		l->emphasis = next->emphasis;
		l->numbers = next->numbers;
	}
	l->own_cell = alone && a->table > 0 && a->cell != b->cell;
	l->words += next->words;
	l->rest = next->rest;
	l->colon = next->colon;
	l->stop = next->stop;
	l->last = next->last;
	return true;
}
