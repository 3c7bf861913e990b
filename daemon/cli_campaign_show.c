/* What `tiepnhan campaign new` and `campaign show` say of a campaign. */
#include "daemon/cli_campaign_show.h"

#include <stdio.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/campaign_lacks.h"
#include "daemon/cli.h"
#include "daemon/cli_json.h"
#include "daemon/cli_letter.h"
#include "daemon/localtime.h"
#include "daemon/plan.h"
#include "daemon/roster.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

/* ---- JSON */

static json_t *
recipients_json(const struct campaign *k, const struct roster *r)
{
	const struct recipient_line	*line;
	json_t				*list = json_array(), *j, *codes;
	size_t				 i, n;

	for (i = 0; i < k->n_recipients; i++) {
		line = &k->recipients[i];
		j = json_object();
		json_put_text(j, "text", line->text);
		json_put_text(j, "selectors", line->selectors);
		codes = json_array();
		for (n = 0; n < line->n_units; n++)
			json_push(codes,
			    json_text(r->units[line->units[n]].code));
		json_put(j, "units", codes);
		json_push(list, j);
	}
	return list;
}

static json_t *
required_json(const struct campaign *k, struct arena *arena)
{
	const struct required_kind	*q;
	json_t				*j = json_object();
	size_t				 i;

	for (i = 0; i < k->n_required; i++) {
		q = &k->required[i];
		json_put(j, *q->tag == '\0' ? q->kind : arena_printf(arena,
		    "%s+%s", q->kind, q->tag), json_texts(q->ids, q->n));
	}
	return j;
}

static json_t *
campaign_json(const struct campaign *k, const struct roster *r,
    const struct term *term, time_t now, struct arena *arena)
{
	json_t	*j = json_object(), *due = json_object();

	json_put_text(j, "id", k->id);
	json_put_text(j, "state", campaign_state_name(
	    campaign_state_at(k, now)));
	json_put_text(j, "folder", k->dir);
	json_put_text(j, "issuer", k->issuer);
	json_put_text(j, "number", k->number);
	json_put_text(j, "date", k->date);
	json_put_text(j, "subject", k->subject);
	json_put_text(j, "short_name", k->short_name);
	json_put_text(j, "report_to", k->report_to);
	json_put(j, "from", json_time(k->from));
	json_put(j, "close", json_time(k->close));
	json_put_text(due, "date", k->deadline_day == DAY_NONE ? "" :
	    day_iso(k->deadline_day, arena));
	json_put_text(due, "reading", deadline_reading_name(k->reading));
	json_put_text(due, "time", k->reading != READING_AT_TIME ? "" :
	    arena_printf(arena, "%02d:%02d", k->deadline_minute / 60,
	    k->deadline_minute % 60));
	json_put(j, "deadline", due);
	json_put(j, "due", json_time(term->due));
	json_put(j, "tolerated_until", json_time(term->tolerated_until));
	json_put_text(j, "supplement", supplement_name(k->supplement));
	json_put(j, "recipients", recipients_json(k, r));
	json_put(j, "required", required_json(k, arena));
	json_put(j, "outline", cli_outline_json(k->outline));
	return j;
}

/* ---- for people */

static void
line(enum word w, const char *value)
{
	printf("%s: %s\n", text_word(w), *value != '\0' ? value :
	    text_word(WORD_CLI_BLANK));
}

static void
print_recipients(const struct campaign *k, const struct roster *r)
{
	const struct recipient_line	*l;
	size_t				 i, n;

	printf("\n%s:\n", text_word(WORD_COL_RECIPIENT));
	for (i = 0; i < k->n_recipients; i++) {
		l = &k->recipients[i];
		printf("  %zu. %s\n     = %s\n     %zu %s%s", i + 1, l->text,
		    *l->selectors != '\0' ? l->selectors :
		    text_word(WORD_CLI_BLANK), l->n_units,
		    text_word(WORD_PAGE_OF_UNITS), l->n_units > 0 ? ":" : "");
		for (n = 0; n < l->n_units; n++)
			printf(" %s", r->units[l->units[n]].code);
		putchar('\n');
	}
}

static void
print_required(const struct campaign *k)
{
	const struct required_kind	*q;
	size_t				 i, n;

	printf("\n%s:\n", text_word(WORD_CLI_REQUIRED));
	for (i = 0; i < k->n_required; i++) {
		q = &k->required[i];
		printf("  %s%s%s:", q->kind, *q->tag != '\0' ? "+" : "",
		    q->tag);
		for (n = 0; n < q->n; n++)
			printf(" %s", q->ids[n]);
		putchar('\n');
	}
}

static void
print_plan(const struct campaign *k, const struct term *term,
    const struct calendar *cal, struct arena *arena)
{
	struct due_step	due;
	size_t		i;

	if (k->plan.n == 0 || term->due == 0)
		return;
	printf("\n%s:\n", text_word(WORD_CLI_PLAN));
	for (i = 0; i < k->plan.n; i++) {
		due = plan_step_at(&k->plan.steps[i], term, cal);
		printf("  %-12s %s (%s)\n", k->plan.steps[i].name,
		    local_text(due.at, arena),
		    text_step(k->plan.steps[i].kind));
	}
}

static void
print_remarks(const struct campaign *k, const struct roster *r,
    const struct calendar *cal)
{
	struct strbuf	remarks = { 0 };
	const char	*s;
	size_t		len;

	campaign_remarks(k, r, cal, &remarks);
	if (remarks.len > 0)
		printf("\n%s:\n", text_word(WORD_CLI_DOUBTS));
	for (s = strbuf_get(&remarks); *s != '\0'; s += len + (s[len] != 0)) {
		len = strcspn(s, "\n");
		printf("  ! %.*s\n", (int)len, s);
	}
	strbuf_clear(&remarks);
}

int
cli_campaign_print(struct cli *c, const struct campaign *k,
    const struct roster *r, const struct calendar *cal)
{
	struct term	term = campaign_term(k, cal, DAY_NONE);

	if (cli_given(&c->args, OPT_JSON))
		return json_print(campaign_json(k, r, &term, c->now,
		    c->arena));
	printf("%s (%s)\n%s\n", k->id,
	    text_campaign_state(campaign_state_at(k, c->now)), k->dir);
	line(WORD_CLI_ISSUER, k->issuer);
	line(WORD_COL_DOC_NUMBER, k->number);
	line(WORD_COL_DOC_DATE, text_document_date(k->date, c->arena));
	line(WORD_CLI_SUBJECT, k->subject);
	line(WORD_CLI_SHORT_NAME, k->short_name);
	line(WORD_CLI_REPORT_TO, k->report_to);
	line(WORD_PAGE_TERM, text_deadline(k, &term, c->arena));
	if (term.due != 0)
		printf("    %s: %s, %s; %s %s\n",
		    text_word(WORD_PAGE_LAST_DAY),
		    text_weekday(term.last_day), day_text(term.last_day,
		    c->arena), text_word(WORD_CLI_TOLERATED),
		    local_text(term.tolerated_until, c->arena));
	printf("%s: %s - %s\n", text_word(WORD_CLI_WINDOW),
	    local_text(k->from, c->arena), k->close == 0 ? "…" :
	    local_text(k->close, c->arena));
	print_recipients(k, r);
	print_required(k);
	print_plan(k, &term, cal, c->arena);
	printf("\n%s:\n", text_word(WORD_PAGE_OUTLINE));
	cli_print_outline(k->outline);
	print_remarks(k, r, cal);
	return 0;
}
