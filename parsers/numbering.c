/*
 * Labels of numbered paragraphs (17.9): which level of which list, and
 * counting as Word does it. One counter per abstract list, whichever of
 * its w:num a paragraph names; a startOverride counts at the first use.
 */
#include "parsers/numbering.h"

#include <string.h>

#include "parsers/arena.h"
#include "parsers/numbering_lists.h"
#include "parsers/properties.h"
#include "parsers/strbuf.h"
#include "parsers/styles.h"
#include "parsers/symbols.h"
#include "parsers/utf8.h"

/* The level a style is tied to by w:lvl/w:pStyle, -1 for none. */
static int
tied_level(const struct list_abstract *a, const struct style *style)
{
	int	i;

	for (; style != NULL; style = style->base)
		for (i = 0; i < LIST_LEVELS; i++)
			if (a->levels[i] != NULL &&
			    a->levels[i]->style != NULL &&
			    strcmp(a->levels[i]->style, style->id) == 0)
				return i;
	return -1;
}

/* What a level is under a num: overridden, or the abstract's own. */
static const struct list_level *
level_of(const struct list_num *num, int k)
{
	if (num->overrides != NULL && num->overrides[k].level != NULL)
		return num->overrides[k].level;
	return num->abstract->levels[k];
}

static int32_t
start_of(const struct list_num *num, int k)
{
	const struct list_level *level = level_of(num, k);

	if (num->overrides != NULL && num->overrides[k].has_start)
		return num->overrides[k].start;
	return level == NULL ? 1 : level->start;
}

/* Counters of this story; those of another story are forgotten. */
static struct list_counters *
counters_of(struct list_abstract *a, uint32_t story)
{
	struct list_counters *c = story == 0 ? &a->body : &a->box;

	if (c->story != story) {
		memset(c, 0, sizeof(*c));
		c->story = story;
	}
	return c;
}

/* A startOverride acts once, when its num is first used at that level. */
static bool
override_acts(struct list_num *num, int k, uint32_t story)
{
	struct list_uses *u = story == 0 ? &num->body : &num->box;

	if (u->story != story) {
		u->story = story;
		u->levels = 0;
	}
	if ((u->levels & 1U << k) != 0)
		return false;
	u->levels |= (uint16_t)(1U << k);
	return num->overrides != NULL && num->overrides[k].has_start;
}

static void
count(struct list_num *num, int k, uint32_t story)
{
	struct list_counters *c = counters_of(num->abstract, story);
	const struct list_level *level;
	int	i;

	for (i = 0; i < k; i++)
		if (!c->running[i]) {
			c->running[i] = true;
			c->value[i] = start_of(num, i);
		}
	if (override_acts(num, k, story) || !c->running[k])
		c->value[k] = start_of(num, k);
	else if (c->value[k] < INT32_MAX)
		c->value[k]++;
	c->running[k] = true;
	for (i = k + 1; i < LIST_LEVELS; i++) {
		level = level_of(num, i);
		/* lvlRestart: 0 never, n only after levels up to n */
		if (level == NULL || level->restart == LIST_RESTART_UNSET ||
		    k < level->restart)
			c->running[i] = false;
	}
}

static void
write_counter(struct strbuf *out, const struct list_num *num, int k,
    const struct list_counters *c, bool all_decimal)
{
	const struct list_level *level = level_of(num, k);
	enum number_format format = NUMBER_DECIMAL;

	if (level != NULL)
		format = level->format;
	if (all_decimal && format != NUMBER_PADDED)
		format = NUMBER_DECIMAL;
	number_write(out, c->running[k] ? c->value[k] : start_of(num, k),
	    format, level == NULL ? 0 : level->width);
}

/* lvlText with its %1 … %9. */
static void
write_text(struct strbuf *out, const struct list_num *num,
    const struct list_level *level, const struct list_counters *c)
{
	const char	*p;

	for (p = level->text; *p != '\0'; p++)
		if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
			write_counter(out, num, p[1] - '1', c,
			    level->is_legal);
			p++;
		} else if (*p != '\t' && *p != '\n')
			strbuf_addc(out, *p);
		else
			strbuf_addc(out, ' ');
}

static void
write_bullet(struct strbuf *out, const struct list_level *level)
{
	const uint8_t	*p = (const uint8_t *)level->text;
	uint32_t	 c, sign;

	if (level->has_picture || *p == '\0') {
		strbuf_adds(out, level->has_picture ? "•" : "");
		return;
	}
	while (*p != '\0') {
		p += utf8_get(p, &c);
		sign = symbol_to_unicode(level->font, c);
		utf8_add(out, sign != 0 ? sign : c);
	}
}

static void
trim(struct strbuf *out, size_t from)
{
	size_t	lead = from;

	while (out->len > from && out->s[out->len - 1] == ' ')
		out->s[--out->len] = '\0';
	while (lead < out->len && out->s[lead] == ' ')
		lead++;
	if (lead > from) {
		memmove(out->s + from, out->s + lead, out->len - lead + 1);
		out->len -= lead - from;
	}
}

/* Folds numId and ilvl over paragraph and style, each for itself. */
static struct list_num *
num_of(struct numbering *n, const struct number_place *place, int *level)
{
	const struct paragraph_format *styled = &place->style->paragraph;
	bool		 direct = place->direct->num_id != -1;
	int32_t		 id = direct ? place->direct->num_id : styled->num_id;
	struct list_num	*num;

	if (id <= 0)
		return NULL;
	num = lists_find(n, id);
	if (num == NULL || num->abstract == NULL)
		return NULL;
	*level = -1;
	if (place->direct->ilvl != -1)
		*level = place->direct->ilvl;
	else if (!direct)
		*level = tied_level(num->abstract, place->style);
	if (*level == -1)
		*level = styled->ilvl;
	if (*level == -1 || num->abstract->is_single)
		*level = 0;
	return num;
}

bool
numbering_count(struct numbering *n, const struct number_place *place,
    struct number_label *label, struct strbuf *out)
{
	const struct list_level *level;
	struct list_num	*num;
	size_t		 from = out->len;
	int		 k;

	num = num_of(n, place, &k);
	if (num == NULL)
		return false;
	level = level_of(num, k);
	if (level == NULL)
		return false;
	count(num, k, place->story);
	label->list = num->abstract->index;
	label->level = (uint8_t)(k + 1);
	label->is_bullet = level->format == NUMBER_BULLET;
	if (level->text == NULL)
		return true;
	if (label->is_bullet)
		write_bullet(out, level);
	else
		write_text(out, num, level, counters_of(num->abstract,
		    place->story));
	trim(out, from);
	return true;
}
