/*
 * Values of mail templates from what the office knows.
 */
#include "daemon/mail_values.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/config.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "daemon/verdict.h"
#include "parsers/arena.h"
#include "parsers/outline.h"

struct values *
mail_values_new(const struct office *o, const struct office_campaign *oc,
    const struct term *term)
{
	struct arena	*a = arena_new(0);
	struct values	*v = values_new();
	const struct campaign *c;

	values_set_office(v, o->config);
	if (oc != NULL) {
		c = oc->campaign;
		values_set(v, VAR_SO_CONG_VAN, text_letter_ref(c, a));
		values_set(v, VAR_TRICH_YEU, c->subject);
		values_set(v, VAR_TEN_NGAN, c->short_name[0] != '\0' ?
		    c->short_name : c->subject);
		values_set(v, VAR_REPORT_TO, c->report_to[0] != '\0' ?
		    c->report_to : o->config->office_name);
		values_set(v, VAR_HAN_VIET, text_deadline(c, term, a));
		if (term->due != 0) {
			values_set(v, VAR_NGAY_CUOI,
			    day_text(term->last_day, a));
			values_set(v, VAR_THU,
			    text_weekday(term->last_day));
		}
	}
	arena_free(a);
	return v;
}

static int
compare_int(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

void
mail_values_units(struct values *v, const struct office *o,
    const int *units, size_t n)
{
	struct arena	*a = arena_new(0);
	int		*sorted = arena_calloc(a, n + 1, sizeof(*sorted));
	const char	*first;
	size_t		 i;

	if (n > 0)
		memcpy(sorted, units, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), compare_int);
	for (i = 0; i < n; i++)
		values_add(v, VAR_DS_DON_VI, o->roster->units[sorted[i]].name);
	if (n > 0) {
		first = o->roster->units[sorted[0]].name;
		values_set(v, VAR_DON_VI, n == 1 ? first :
		    arena_printf(a, "%s %s %zu %s", first,
		    text_word(WORD_AND), n - 1,
		    text_word(WORD_OTHER_UNITS)));
	}
	arena_free(a);
}

void
mail_values_time(struct values *v, time_t t)
{
	struct arena	*a = arena_new(0);

	values_set(v, VAR_GIO, local_time_text(t, a));
	values_set(v, VAR_NGAY, day_text(day_of(t), a));
	arena_free(a);
}

void
mail_values_number(struct values *v, size_t n)
{
	struct arena	*a = arena_new(0);

	values_set(v, VAR_N, arena_printf(a, "%zu", n));
	arena_free(a);
}

/* Headings of level one, and what is required below, that are filled. */
static const char *
found_sections(const struct campaign *c, const struct verdict *verdict,
    struct arena *a)
{
	const struct outline *o = c->outline;
	const char	**ids = arena_calloc(a, o->n + 1, sizeof(*ids));
	size_t		 i, n = 0;

	for (i = 0; verdict->states != NULL && i < o->n; i++)
		if (verdict->states[i] == SECTION_FILLED &&
		    (o->nodes[i].level == 1 || verdict->required[i]))
			ids[n++] = o->nodes[i].id;
	return text_sections(c, ids, n, a);
}

static const char *
state_text(const struct campaign *c, const struct verdict *verdict,
    struct arena *a)
{
	(void)c;
	return text_state_for_unit(verdict, a);
}

static const char *
missing_sections(const struct campaign *c, const struct verdict *verdict,
    struct arena *a)
{
	return text_sections(c, verdict->missing, verdict->n_missing, a);
}

static const char *
empty_sections(const struct campaign *c, const struct verdict *verdict,
    struct arena *a)
{
	return text_sections(c, verdict->empty, verdict->n_empty, a);
}

/*
 * One text where all say the same; else "A, B: …. C: …", without units
 * that have nothing to say.
 */
static const char *
text_by_unit(const struct judged_unit *units, const char *const *texts,
    size_t n, struct arena *a)
{
	const char	*out = "", *names;
	bool		*is_told = arena_calloc(a, n + 1, sizeof(*is_told));
	size_t		 i, k, n_groups = 0;

	for (i = 0; i < n; i++) {
		if (is_told[i])
			continue;
		n_groups++;
		names = "";
		for (k = i; k < n; k++) {
			if (strcmp(texts[k], texts[i]) != 0)
				continue;
			is_told[k] = true;
			names = arena_printf(a, "%s%s%s", names,
			    *names != '\0' ? ", " : "", units[k].name);
		}
		if (texts[i][0] != '\0')
			out = arena_printf(a, "%s%s%s: %s", out,
			    *out != '\0' ? ". " : "", names, texts[i]);
	}
	return n_groups == 1 ? texts[0] : out;
}

void
mail_values_verdicts(struct values *v, const struct office_campaign *oc,
    const struct judged_unit *units, size_t n)
{
	static const struct {
		enum template_var var;
		const char	*(*text)(const struct campaign *c,
		    const struct verdict *verdict, struct arena *a);
	} said[] = {
		{ VAR_TINH_TRANG, state_text },
		{ VAR_MUC_CO, found_sections },
		{ VAR_MUC_THIEU, missing_sections },
		{ VAR_MUC_TRONG, empty_sections }
	};
	struct arena	*a = arena_new(0);
	const char	**texts = arena_calloc(a, n + 1, sizeof(*texts));
	size_t		 i, k;

	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		for (k = 0; k < n; k++)
			texts[k] = said[i].text(oc->campaign,
			    units[k].verdict, a);
		values_set(v, said[i].var, text_by_unit(units, texts, n, a));
	}
	arena_free(a);
}

void
mail_values_verdict(struct values *v, const struct office_campaign *oc,
    const struct verdict *verdict)
{
	const struct judged_unit only = { "", verdict };

	mail_values_verdicts(v, oc, &only, 1);
}
