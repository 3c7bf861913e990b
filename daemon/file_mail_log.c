/*
 * What people read in status.log of a mail that came in: one line a unit
 * that has handed in, and one for what waits for the clerk.
 */
#include "daemon/file_mail_log.h"

#include "daemon/localtime.h"
#include "daemon/office.h"
#include "daemon/roster.h"
#include "daemon/ruling.h"
#include "daemon/status_facts.h"
#include "daemon/statuslog.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/mail.h"

/* A line made so much later than the receipt says when that was. */
#define RECEIPT_LAG_S 3600

static enum word
label_of(const struct verdict *v)
{
	switch (v->content) {
	case CONTENT_INCOMPLETE:
		return WORD_LOG_INCOMPLETE;
	case CONTENT_UNREADABLE:
		return WORD_LOG_UNREADABLE;
	case CONTENT_NONE:
	case CONTENT_COMPLETE:
	case CONTENT_IN_REVIEW:
		break;
	}
	return WORD_LOG_SUBMITTED;
}

static const char *
received_text(const struct filed_log *l)
{
	time_t	 lag = l->now - l->mail->received_utc;

	if (lag >= -RECEIPT_LAG_S && lag <= RECEIPT_LAG_S)
		return "";
	return arena_printf(l->arena, "%s %s", text_word(WORD_LINE_RECEIVED),
	    local_text(l->mail->received_utc, l->arena));
}

/* "Chi bộ … · đúng hạn · đủ mục · BC.docx · số 08-BC/CB · #a1b2c3" */
static int
log_unit(const struct filed_log *l, const struct office_campaign *oc,
    int unit)
{
	const struct office *o = l->office;
	const struct version_facts *newest;
	const struct verdict *v = status_judge_unit(o, oc, unit, l->now,
	    l->arena, l->known);
	const char	*file = "", *number = "";

	if (v == NULL)
		return -1;
	newest = v->newest;
	if (newest != NULL && !l->ruling->is_quarantined) {
		file = newest->file;
		if (newest->number[0] != '\0')
			number = arena_printf(l->arena, "%s %s",
			    text_word(WORD_LINE_NUMBER), newest->number);
	}
	return statuslog_add(o, l->now, label_of(v),
	    o->roster->units[unit].code, statuslog_join(l->arena,
	    o->roster->units[unit].name, received_text(l),
	    text_time(v, l->arena), text_content(v, l->arena), file, number,
	    arena_printf(l->arena, "#%s", l->mail->id), NULL));
}

/* "từ la@hopthu.example · địa chỉ lạ (gợi ý: TDP07, TDP08) · #0718aa" */
static int
log_waiting(const struct filed_log *l)
{
	const struct ruling *r = l->ruling;
	const char	*why = ruling_reason(r);
	const char	*codes = "", *unit = "";
	size_t		 i;

	for (i = 0; i < r->n_guesses; i++)
		codes = arena_printf(l->arena, "%s%s%s", codes,
		    i > 0 ? ", " : "",
		    l->office->roster->units[r->guesses[i].unit].code);
	if (codes[0] != '\0')
		why = arena_printf(l->arena, "%s (%s: %s)", why,
		    text_word(WORD_GUESSES), codes);
	if (r->n_units == 1)
		unit = l->office->roster->units[r->units[0]].code;
	return statuslog_add(l->office, l->now, WORD_LOG_NEEDS_CLERK, unit,
	    statuslog_join(l->arena, arena_printf(l->arena, "%s %s",
	    text_word(WORD_LINE_FROM), l->mail->from_address),
	    received_text(l), why,
	    arena_printf(l->arena, "#%s", l->mail->id), NULL));
}

int
filed_log_add(const struct filed_log *l)
{
	const struct ruling *r = l->ruling;
	const struct ruled_document *d;
	size_t		 i, k;

	for (i = 0; !l->is_duplicate && i < r->n_documents; i++) {
		d = &r->documents[i];
		for (k = 0; k < d->n_units; k++)
			if (log_unit(l, d->fit.campaign, d->units[k]) == -1)
				return -1;
	}
	return r->needs_clerk && !l->is_again ? log_waiting(l) : 0;
}
