/*
 * A mail of ours has come to an end: sent, refused for good, or nobody
 * knows. The units and the clerk see it.
 */
#include "daemon/sent.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/campaign.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "daemon/outbox.h"
#include "daemon/roster.h"
#include "daemon/statuslog.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "spool/address.h"
#include "spool/outgoing.h"
#include "spool/step.h"

#define UNCERTAIN_FOR_GOOD 2 /* it was tried once more */

static const struct {
	const char	*kind;
	enum word	 label;
} labels[] = {
	{ MAIL_RECEIPT, WORD_LOG_RECEIPT },
	{ MAIL_REMINDER, WORD_LOG_REMINDER },
	{ MAIL_SUPPLEMENT, WORD_LOG_SUPPLEMENT },
	{ MAIL_UNREADABLE, WORD_LOG_SUPPLEMENT },
	{ MAIL_RETURNED, WORD_LOG_SUPPLEMENT }
};

static enum word
label_of(const char *kind)
{
	size_t	 i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		if (strcmp(kind, labels[i].kind) == 0)
			return labels[i].label;
	return WORD_COUNT;
}

static const char *
step_text(const struct office *o, const struct outgoing *out)
{
	struct office_campaign *oc = office_find(o, out->campaign);
	const struct plan *plan;
	size_t		 i;

	if (oc == NULL || out->step[0] == '\0')
		return "";
	plan = &oc->campaign->plan;
	for (i = 0; i < plan->n; i++)
		if (strcmp(plan->steps[i].name, out->step) == 0)
			return text_step(plan->steps[i].kind);
	return "";
}

/* One line for each unit; a mail about none, such as the clerk's, has one. */
static int
add_lines(const struct office *o, const struct outgoing *out,
    enum word label, const char *text, time_t now)
{
	struct arena	*arena = arena_new(0);
	size_t		 i;
	int		 unit, rc = 0;

	if (out->n_units == 0)
		rc = statuslog_add(o, now, label, "", text);
	for (i = 0; rc == 0 && i < out->n_units; i++) {
		unit = roster_find(o->roster, out->units[i]);
		if (unit >= 0)
			rc = statuslog_add(o, now, label, out->units[i],
			    statuslog_join(arena, o->roster->units[unit].name,
			    text, NULL));
	}
	arena_free(arena);
	return rc;
}

static int
note_sent(const struct office *o, const struct outgoing *out, time_t now)
{
	struct arena	*arena;
	int		 rc;

	if (label_of(out->kind) == WORD_COUNT)
		return 0;
	arena = arena_new(0);
	rc = add_lines(o, out, label_of(out->kind), statuslog_join(arena,
	    step_text(o, out), arena_printf(arena, "%s %s",
	    text_word(WORD_LINE_SENT_TO), out->to), NULL), now);
	arena_free(arena);
	return rc;
}

/*
 * Does the reply say that there is no such address? RFC 3463 5.1.x does;
 * where no such code is given, RFC 5321's 550, 551 and 553.
 */
static bool
names_address(const struct outgoing *out)
{
	const char	*s = out->error;

	if (out->code / 100 != 5 || strlen(s) < 4)
		return false;
	s += 4; /* the code and its space or dash */
	if (strncmp(s, "5.", 2) == 0)
		return strncmp(s, "5.1.", 4) == 0;
	return out->code == 550 || out->code == 551 || out->code == 553;
}

static int
note_failed(const struct office *o, const struct outgoing *out, time_t now)
{
	struct arena	*arena = arena_new(0);
	const char	*text = template_defang(out->error, arena);
	int		 rc = 0;

	log_warn("post: %s to %s: refused: %s", out->kind, out->to,
	    out->error);
	if (names_address(out) && out->n_units > 0)
		rc = address_bounce(o->store, &(struct address_bounced){
		    .address = out->to, .unit = out->n_units == 1 ?
		    out->units[0] : "", .status = "", .text = text,
		    .time_utc = now, .outgoing = out->outgoing });
	if (rc == 0)
		rc = step_amend(o->store, out->campaign, out->outgoing,
		    STEP_SKIPPED, now, "the server refused the mail");
	if (rc == 0)
		rc = add_lines(o, out, WORD_LOG_BOUNCED, arena_printf(arena,
		    "%s: %s", out->to, text), now);
	arena_free(arena);
	return rc;
}

static int
note_uncertain(const struct office *o, const struct outgoing *out,
    time_t now)
{
	struct arena	*arena;
	int		 rc;

	log_warn("post: %s to %s: all was sent, no answer came%s", out->kind,
	    out->to, out->uncertain < UNCERTAIN_FOR_GOOD ?
	    "; once more later" : " this time either: given up");
	if (out->uncertain < UNCERTAIN_FOR_GOOD)
		return 0;
	arena = arena_new(0);
	rc = add_lines(o, out, WORD_LOG_TROUBLE, arena_printf(arena,
	    "%s: %s", out->to, text_word(WORD_UNCERTAIN)), now);
	arena_free(arena);
	return rc;
}

void
sent_note(const struct office *o, int64_t outgoing, time_t now)
{
	struct outgoing	*out = outgoing_find(o->store, outgoing);
	int		 rc = 0;

	if (out == NULL)
		return;
	if (out->state == OUTGOING_SENT)
		rc = note_sent(o, out, now);
	else if (out->state == OUTGOING_FAILED)
		rc = note_failed(o, out, now);
	else if (out->state == OUTGOING_UNCERTAIN)
		rc = note_uncertain(o, out, now);
	if (rc == -1)
		log_error("post: %s", store_error(o->store));
	free(out);
}
