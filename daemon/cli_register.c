/*
 * The register of incoming documents (sổ đăng ký văn bản đến) as CSV: what
 * was submitted, in order of arrival, numbered from 1 in each year.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/cli.h"
#include "daemon/cli_list.h"
#include "daemon/config.h"
#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/status_rows.h"
#include "daemon/status_write.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"
#include "spool/submission.h"

#define BOM "\xef\xbb\xbf"

static const enum word columns[] = {
	WORD_COL_ARRIVAL, WORD_COL_ARRIVED, WORD_COL_AUTHOR,
	WORD_COL_DOC_NUMBER, WORD_COL_DOC_DATE, WORD_COL_ABSTRACT,
	WORD_COL_CHANNEL, WORD_COL_HANDLED_BY, WORD_COL_FILE, WORD_COL_NOTE
};

struct entry {
	int64_t		 received;
	int64_t		 submission;
	const char	*unit;
	const char	*number;
	const char	*date;
	const struct campaign *campaign;
	const char	*channel;
	const char	*file;
	const char	*note;
};

struct entries {
	struct cli	*c;
	const struct campaign *campaign;
	struct entry	*list;
	size_t		 n, cap;
};

static enum channel
channel_of(enum submission_channel s)
{
	enum channel	c = CHANNEL_OTHER;

	(void)channel_parse(submission_channel_name(s), &c);
	return c;
}

static int
collect(const struct submission *s, void *arg)
{
	struct entries	*es = arg;
	struct arena	*arena = es->c->arena;
	const struct roster *r = es->c->office->roster;
	struct entry	*e;
	int		 unit = roster_find(r, s->unit);

	if (s->decision == DECISION_NOT_A_REPORT)
		return 0;
	es->list = arena_grow(arena, es->list, es->n, &es->cap,
	    sizeof(*es->list));
	e = &es->list[es->n++];
	e->received = s->received_utc;
	e->submission = s->submission;
	e->unit = unit >= 0 ? r->units[unit].name :
	    arena_strdup(arena, s->unit);
	e->number = arena_strdup(arena, s->number);
	e->date = arena_strdup(arena, s->doc_date);
	e->campaign = es->campaign;
	e->channel = text_channel(channel_of(s->channel));
	e->file = arena_strdup(arena, s->name);
	e->note = s->decision == DECISION_RETURNED ?
	    text_word(WORD_RETURNED) : "";
	return 0;
}

static int
by_arrival(const void *a, const void *b)
{
	const struct entry	*x = a, *y = b;

	if (x->received != y->received)
		return x->received < y->received ? -1 : 1;
	return x->submission < y->submission ? -1 :
	    x->submission > y->submission;
}

static void
put_row(struct cli *c, const struct entry *e, unsigned number,
    struct strbuf *out)
{
	const char	*cells[7];
	long		 day;
	size_t		 i;

	strbuf_addf(out, "%02u;%s", number, row_time(e->received, c->arena));
	cells[0] = e->unit;
	cells[1] = e->number;
	cells[2] = day_parse(e->date, &day) == 0 ?
	    day_text_full(day, c->arena) : "";
	cells[3] = arena_printf(c->arena, "%s %s",
	    text_word(WORD_CLI_REPORT), e->campaign->subject);
	cells[4] = e->channel;
	cells[5] = c->office->config->receiver;
	cells[6] = e->file;
	for (i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		strbuf_addc(out, ';');
		csv_cell(out, cells[i]);
	}
	strbuf_addc(out, ';');
	csv_cell(out, e->note);
	strbuf_adds(out, "\r\n");
}

int
cli_register(struct cli *c)
{
	const struct office	*o = c->office;
	struct entries		 es = { .c = c };
	struct office_campaign	*only = NULL;
	struct strbuf		 out = { 0 };
	unsigned		 number = 0;
	int			 year = 0, rc;
	size_t			 i;

	if (cli_given(&c->args, OPT_CAMPAIGN)) {
		rc = cli_campaign(c, c->args.value[OPT_CAMPAIGN], &only);
		if (rc != 0)
			return rc;
	}
	for (i = 0; i < o->n_campaigns; i++) {
		es.campaign = o->campaigns[i].campaign;
		if (submission_each(o->store, o->campaigns[i].id, NULL,
		    collect, &es) == -1)
			return cli_store_failed(c);
	}
	if (es.n > 0)
		qsort(es.list, es.n, sizeof(*es.list), by_arrival);
	strbuf_adds(&out, BOM);
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		strbuf_addf(&out, "%s%s", i > 0 ? ";" : "",
		    text_word(columns[i]));
	strbuf_adds(&out, "\r\n");
	for (i = 0; i < es.n; i++) {
		if (local_civil(es.list[i].received).year != year) {
			year = local_civil(es.list[i].received).year;
			number = 0;
		}
		number++; /* the office's, whichever are shown */
		if (only == NULL || es.list[i].campaign == only->campaign)
			put_row(c, &es.list[i], number, &out);
	}
	fwrite(out.s, 1, out.len, stdout);
	strbuf_clear(&out);
	return 0;
}
