#include "daemon/status_rows.h"

#include <string.h>

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/plan.h"
#include "daemon/status.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

/* A strbuf's text moved into the arena. */
static const char *
settle(struct strbuf *b, struct arena *arena)
{
	const char	*s = b->len == 0 ? "" :
			    arena_strndup(arena, b->s, b->len);

	strbuf_clear(b);
	return s;
}

static void
add(struct strbuf *b, const char *separator, const char *s)
{
	if (b->len > 0)
		strbuf_adds(b, separator);
	strbuf_adds(b, s);
}

const char *
row_item(const struct clerk_item *item, struct arena *arena)
{
	return item->event != 0 ? item->id :
	    arena_printf(arena, "#%s", item->id);
}

const char *
row_time(time_t t, struct arena *arena)
{
	/* without the seconds of "13/05/2026 09:14:03" */
	return t == 0 ? "" : arena_strndup(arena, local_stamp(t, arena), 16);
}

static void
add_ids(struct strbuf *b, const char *word, const char *const *ids, size_t n)
{
	size_t	i;

	if (n == 0)
		return;
	add(b, "; ", word);
	if (*word != '\0')
		strbuf_adds(b, ": ");
	for (i = 0; i < n; i++)
		strbuf_addf(b, "%s%s", i > 0 ? ", " : "", ids[i]);
}

const char *
row_missing(const struct status_unit *u, struct arena *arena)
{
	const struct verdict	*v = &u->verdict;
	struct strbuf		 b = { 0 };

	add_ids(&b, "", v->missing, v->n_missing);
	add_ids(&b, text_word(WORD_SECTION_EMPTY), v->empty, v->n_empty);
	add_ids(&b, text_word(WORD_SECTION_UNSURE), v->unsure, v->n_unsure);
	return settle(&b, arena);
}

const char *
row_document_number(const struct status_unit *u)
{
	const struct version_facts	*newest = u->verdict.newest;

	if (newest == NULL || newest->number == NULL)
		return "";
	return newest->number;
}

const char *
row_file(const struct status_unit *u)
{
	const struct version_facts	*newest = u->verdict.newest;

	return newest == NULL || newest->file == NULL ? "" : newest->file;
}

/* "first" of the campaign's plan, as people call it. */
static const char *
step_word(const struct status *s, const char *name)
{
	const struct plan	*plan = &s->campaign->plan;
	size_t			 i;

	for (i = 0; i < plan->n; i++)
		if (strcmp(plan->steps[i].name, name) == 0)
			return text_step(plan->steps[i].kind);
	if (strcmp(name, STEP_SUPPLEMENT) == 0)
		return text_word(WORD_STEP_SUPPLEMENT);
	if (strcmp(name, STEP_UNREADABLE) == 0)
		return text_word(WORD_STEP_UNREADABLE);
	if (strcmp(name, STEP_RETURNED) == 0)
		return text_word(WORD_STEP_RETURNED);
	return name;
}

const char *
row_reminders(const struct status *s, const struct status_unit *u,
    struct arena *arena)
{
	const struct unit_facts	*f = u->facts;
	struct strbuf		 b = { 0 };
	size_t			 i;

	if (f == NULL || (f->n_reminders == 0 && f->n_bounced == 0))
		return "";
	for (i = 0; i < f->n_reminders; i++)
		add(&b, ", ", step_word(s, f->reminders[i]));
	for (i = 0; i < f->n_bounced; i++) {
		add(&b, "; ", text_word(WORD_PAGE_BOUNCED));
		strbuf_addf(&b, " %s", f->bounced[i]);
	}
	return settle(&b, arena);
}

const char *
row_submitted(const struct status_unit *u)
{
	const struct verdict	*v = &u->verdict;

	if (v->is_excused)
		return text_word(WORD_EXCUSED);
	if (!v->is_submitted)
		return text_word(WORD_NOT_SUBMITTED);
	if (v->channel == CHANNEL_EMAIL)
		return text_word(WORD_SUBMITTED);
	return text_channel(v->channel);
}

const char *
row_document_date(const struct status_unit *u, struct arena *arena)
{
	const struct version_facts	*newest = u->verdict.newest;
	long				 day;

	if (newest == NULL || newest->date == NULL ||
	    day_parse(newest->date, &day) == -1)
		return "";
	return day_text_full(day, arena);
}

enum row_section
row_section(const struct verdict *v, size_t node)
{
	if (!v->is_submitted || v->states == NULL || v->states[node] < 0)
		return ROW_SECTION_NOT_OWED;
	if (v->states[node] == SECTION_FILLED)
		return ROW_SECTION_FILLED;
	if (!v->required[node])
		return ROW_SECTION_NOT_OWED;
	if (!v->sure[node])
		return ROW_SECTION_UNSURE;
	return v->states[node] == SECTION_EMPTY ? ROW_SECTION_EMPTY :
	    ROW_SECTION_MISSING;
}

const char *
row_section_sign(enum row_section s)
{
	static const char *const signs[] = {
		[ROW_SECTION_NOT_OWED] = "", [ROW_SECTION_FILLED] = "✓",
		[ROW_SECTION_EMPTY] = "○", [ROW_SECTION_MISSING] = "✕",
		[ROW_SECTION_UNSURE] = "?"
	};

	return signs[s];
}

const char *
row_roman(size_t n, struct arena *arena)
{
	static const char *const tens[] = { "", "X", "XX", ("XX" "X") };
	static const char *const ones[] = { "", "I", "II", "III", "IV", "V",
		"VI", "VII", "VIII", "IX" };

	if (n >= 40)
		return arena_printf(arena, "%zu", n);
	return arena_printf(arena, "%s%s", tens[n / 10], ones[n % 10]);
}
