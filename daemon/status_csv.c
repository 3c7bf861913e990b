/* The state of a campaign as CSV, in the columns that clerks know. */
#include "daemon/status_write.h"

#include "daemon/campaign.h"
#include "daemon/localtime.h"
#include "daemon/roster.h"
#include "daemon/status.h"
#include "daemon/status_rows.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/strbuf.h"

#define BOM "\xef\xbb\xbf"

static const enum word columns[] = {
	WORD_COL_NUMBER, WORD_COL_CODE, WORD_COL_UNIT, WORD_COL_RECIPIENT,
	WORD_COL_SUBMITTED, WORD_COL_RECEIVED, WORD_COL_DUE, WORD_COL_TIME,
	WORD_COL_CONTENT, WORD_COL_MISSING, WORD_COL_DOC_NUMBER,
	WORD_COL_FILE, WORD_COL_REMINDED, WORD_COL_NOTE
};

static void
cell(struct strbuf *out, const char *s)
{
	strbuf_addc(out, ';');
	csv_cell(out, s);
}

static void
row(const struct status *s, const struct status_unit *u, size_t number,
    struct arena *arena, struct strbuf *out)
{
	const struct verdict	*v = &u->verdict;
	const struct campaign	*c = s->campaign;

	strbuf_addf(out, "%zu", number);
	cell(out, u->unit->code);
	cell(out, u->unit->name);
	cell(out, u->recipient > 0 && (size_t)u->recipient <=
	    c->n_recipients ? c->recipients[u->recipient - 1].text : "");
	cell(out, row_submitted(u));
	cell(out, row_time(v->received, arena));
	cell(out, row_time(v->term.due, arena));
	cell(out, text_time(v, arena));
	cell(out, v->content == CONTENT_NONE ? "" : text_content(v, arena));
	cell(out, row_missing(u, arena));
	cell(out, row_document_number(u));
	cell(out, row_file(u));
	cell(out, row_reminders(s, u, arena));
	cell(out, u->note);
	strbuf_adds(out, "\r\n");
}

void
status_write_csv(const struct status *s, struct strbuf *out)
{
	struct arena	*arena = arena_new(0);
	size_t		 i;

	strbuf_adds(out, BOM);
	for (i = 0; i < sizeof(columns) / sizeof(*columns); i++) {
		if (i > 0)
			strbuf_addc(out, ';');
		csv_cell(out, text_word(columns[i]));
	}
	strbuf_adds(out, "\r\n");
	for (i = 0; i < s->n_units; i++)
		row(s, &s->units[i], i + 1, arena, out);
	arena_free(arena);
}
