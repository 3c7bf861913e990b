/*
 * From a letter in a mail to an open campaign: first what was understood
 * goes back to the clerk, and nothing is kept of it but the mail; a token
 * then makes the folder and opens it in one go.
 */
#include "daemon/order_letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/campaign.h"
#include "daemon/campaign_folder.h"
#include "daemon/campaign_propose.h"
#include "daemon/config.h"
#include "daemon/decision.h"
#include "daemon/log.h"
#include "daemon/mail_values.h"
#include "daemon/office.h"
#include "daemon/order.h"
#include "daemon/order_aim.h"
#include "daemon/order_answer.h"
#include "daemon/order_field.h"
#include "daemon/order_link.h"
#include "daemon/parser.h"
#include "daemon/reason.h"
#include "daemon/roster.h"
#include "daemon/template.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/letter.h"
#include "parsers/letter_codec.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"
#include "parsers/text.h"
#include "spool/files.h"
#include "spool/mail.h"

/* ---- finding it */

static bool
run(const struct clerk_letter *c, enum parser_job job, int fd, size_t index,
    struct bytes *answer)
{
	struct parser_request rq = { .job = job, .in_fd = fd,
		.index = (int)index };
	struct strbuf	 blob = { 0 };
	enum parse_status s = parser_run(c->parser, &rq, &blob);

	if (s == PARSE_UNAVAILABLE)
		log_warn("letter: #%s: %s", c->mail->id,
		    parser_error(c->parser));
	answer->data = (const uint8_t *)arena_strndup(c->arena,
	    strbuf_get(&blob), blob.len);
	answer->len = blob.len;
	strbuf_clear(&blob);
	return s == PARSE_OK;
}

static bool
is_letter(const struct letter *l)
{
	return l != NULL && l->n_recipients > 0 && l->outline->n > 1;
}

bool
order_letter_find(const struct clerk_letter *c, const struct mail *mail,
    const struct message *message, struct sent_letter *out)
{
	struct bytes	 answer;
	size_t		 i;
	bool		 found = false;
	int		 fd;

	if (c->parser == NULL || message->n_attachments == 0)
		return false;
	fd = files_open(c->office->store, mail->sha256, mail->form);
	for (i = 0; fd != -1 && !found && i < message->n_attachments; i++) {
		const struct attachment *a = &message->attachments[i];

		if (a->format != FORMAT_DOCX || a->report == NULL ||
		    a->report->facts->secret ||
		    !run(c, PARSER_LETTER, fd, i, &answer))
			continue;
		out->letter = letter_decode(answer, c->arena);
		out->name = a->name;
		found = is_letter(out->letter) &&
		    run(c, PARSER_EXTRACT, fd, i, &out->file);
	}
	if (fd != -1)
		close(fd);
	return found;
}

bool
order_letter_load(const struct clerk_letter *c, int64_t mail,
    struct sent_letter *out)
{
	struct mail	*m = mail_find(c->office->store, mail);
	struct message	*message = NULL;
	struct bytes	 blob = { NULL, 0 };
	void		*kept = NULL;
	bool		 found;

	if (m != NULL)
		kept = mail_parsed_find(c->office->store, mail, &blob.len);
	blob.data = kept;
	if (kept != NULL)
		message = message_decode(blob, c->arena);
	found = message != NULL && order_letter_find(c, m, message, out);
	free(kept);
	free(m);
	return found;
}

/* ---- what was understood */

static struct campaign *
propose(const struct clerk_letter *c, const struct letter *l,
    const char *const *selectors)
{
	struct proposal	 p = { .letter = l, .roster = c->office->roster,
		.lexicon = c->office->lexicon, .id = "", .number = "",
		.date = "", .now = c->now, .selectors = selectors };

	return campaign_propose(&p);
}

/* "Các chi bộ tổ dân phố: 2 đơn vị (A1, A2)" */
static const char *
recipient_text(const struct clerk_letter *c, const struct recipient_line *r)
{
	const char	*codes = "";
	size_t		 i;

	for (i = 0; i < r->n_units; i++)
		codes = arena_printf(c->arena, "%s%s%s", codes,
		    i > 0 ? ", " : "",
		    c->office->roster->units[r->units[i]].code);
	return arena_printf(c->arena, "%s: %zu %s%s%s%s",
	    template_defang(r->text, c->arena), r->n_units,
	    text_word(WORD_LINK_UNITS), codes[0] != '\0' ? " (" : "", codes,
	    codes[0] != '\0' ? ")" : "");
}

/* Main sections, each made harmless. */
static const char *
section_text(const struct clerk_letter *c, const struct campaign *k)
{
	const struct outline *o = k->outline;
	const char	*text = "";
	size_t		 i;

	for (i = 0; i < o->n; i++)
		if (o->nodes[i].level == 1)
			text = arena_printf(c->arena, "%s%s%s", text,
			    text[0] != '\0' ? "; " : "", template_defang(
			    arena_printf(c->arena, "%s %s", o->nodes[i].label,
			    o->nodes[i].text), c->arena));
	return text;
}

/*
 * Whoever sent it may have written the letter: no word of it goes out as
 * it is.
 */
static struct values *
understood(const struct clerk_letter *c, const struct sent_letter *sent,
    struct campaign *k)
{
	static const enum template_var foreign[] = { VAR_SO_CONG_VAN,
		VAR_TRICH_YEU, VAR_TEN_NGAN, VAR_REPORT_TO };
	struct office_campaign oc = { .campaign = k };
	struct term	 term = campaign_term(k, c->office->calendar,
		DAY_NONE);
	struct values	*v = mail_values_new(c->office, &oc, &term);
	size_t		 i, n = 0;

	for (i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		values_defang(v, foreign[i]);
	mail_values_time(v, c->mail->received_utc);
	values_set(v, VAR_TEN_TEP, template_defang(sent->name, c->arena));
	values_set(v, VAR_MUC_CO, section_text(c, k));
	values_set(v, VAR_SU_CO, decision_open_lacks(k, c->arena));
	for (i = 0; i < k->n_recipients; i++) {
		values_add(v, VAR_DS_DON_VI,
		    recipient_text(c, &k->recipients[i]));
		n += k->recipients[i].n_units;
	}
	mail_values_number(v, n);
	return v;
}

static void
fill_order(const struct clerk_letter *c, const struct campaign *k,
    struct order *o)
{
	struct term	 term = campaign_term(k, c->office->calendar,
		DAY_NONE);
	long		 day;
	size_t		 i;

	order_init(o, ORDER_OPEN);
	o->mail = c->mail->id;
	o->number = template_defang(k->number, c->arena);
	if (day_parse(k->date, &day) == 0)
		o->date = day_text(day, c->arena);
	o->deadline = text_deadline(k, &term, c->arena);
	for (i = 0; i < k->n_recipients &&
	    o->n_recipients < ORDER_RECIPIENTS; i++) {
		if (k->recipients[i].n_units > 0)
			continue;
		o->recipients[o->n_recipients].line = (int)i + 1;
		o->recipients[o->n_recipients++].units = "";
	}
}

int
order_letter_answer(const struct clerk_letter *c,
    const struct sent_letter *sent)
{
	struct campaign	*k = propose(c, sent->letter, NULL);
	struct values	*v = understood(c, sent, k);
	struct offers	 f = { c->office, c->arena, c->now, v, 0 };
	struct order	 o;
	int		 rc;

	fill_order(c, k, &o);
	rc = order_offer(&f, text_word(WORD_LINK_OPEN), &o);
	if (rc == 0)
		rc = order_answer(c, TEMPLATE_CAMPAIGN_UNDERSTOOD,
		    MAIL_ANSWER, v, NULL);
	values_free(v);
	campaign_free(k);
	return rc;
}

/* ---- opening */

/* "A1, A2" of a Kính gửi line as selectors "+A1 +A2"; NULL with *why. */
static const char *
selectors_of(const struct clerk_letter *c, const char *text,
    const char **why)
{
	struct order_aim aim;
	const char	*s = "";
	size_t		 i;

	memset(&aim, 0, sizeof(aim));
	if (order_units(c->office, text, c->arena, &aim, why) == -1)
		return NULL;
	for (i = 0; i < aim.n_units; i++)
		s = arena_printf(c->arena, "%s%s+%s", s, i > 0 ? " " : "",
		    c->office->roster->units[aim.units[i]].code);
	return s;
}

/* What the clerk wrote into the fields goes over the letter's own words. */
static struct campaign *
fill_in(const struct clerk_letter *c, const struct order *o,
    struct letter *l, const char **why)
{
	const char	**selectors = arena_calloc(c->arena,
	    l->n_recipients + 1, sizeof(*selectors));
	long		 day;
	size_t		 i;

	if (o->number[0] != '\0')
		l->number = o->number;
	if (o->date[0] != '\0') {
		*why = reason_text(REASON_NAME_DAY);
		if (day_parse(o->date, &day) == -1)
			return NULL;
		l->date = day_iso(day, c->arena);
	}
	*why = reason_text(REASON_LETTER_DEADLINE);
	if (o->deadline[0] != '\0' &&
	    order_field_deadline(o->deadline, c->arena, l) == -1)
		return NULL;
	for (i = 0; i < o->n_recipients; i++) {
		size_t n = (size_t)o->recipients[i].line;

		if (n > l->n_recipients)
			continue;
		selectors[n - 1] = selectors_of(c, o->recipients[i].units,
		    why);
		if (selectors[n - 1] == NULL)
			return NULL;
	}
	return propose(c, l, selectors);
}

static int
open_folder(const struct clerk_letter *c, struct decision *d,
    struct campaign *k, struct office_campaign **oc)
{
	int	 rc = -1;

	if (office_refresh(c->office, c->now) == -1)
		return -1;
	*oc = office_find(c->office, k->id);
	if (*oc == NULL)
		d->why = reason_text(REASON_NOT_READY);
	else
		rc = decide_open(d, *oc, false);
	if (rc == 0) /* it may have moved among the others */
		*oc = office_find(c->office, k->id);
	return rc;
}

static bool
is_its_letter(const struct clerk_letter *c, const struct office_campaign *oc,
    const struct sent_letter *sent)
{
	FILE	*f = fopen(arena_printf(c->arena, "%s/letter.docx",
		    oc->campaign->dir), "re");
	char	*bytes;
	bool	 same;

	if (f == NULL)
		return false;
	/* one byte more would not be the same */
	bytes = arena_alloc(c->arena, sent->file.len + 1);
	same = fread(bytes, 1, sent->file.len + 1, f) == sent->file.len &&
	    memcmp(bytes, sent->file.data, sent->file.len) == 0;
	fclose(f);
	return same;
}

int
order_letter_open(const struct clerk_letter *c, const struct order *o,
    const struct sent_letter *sent, struct decision *d,
    struct office_campaign **oc)
{
	struct campaign	*k = fill_in(c, o, sent->letter, &d->why);
	const char	*why;
	int		 rc = -1;

	if (k == NULL)
		return -1;
	d->why = decision_open_lacks(k, c->arena);
	if (d->why[0] != '\0')
		goto free_campaign;
	*oc = office_find(c->office, k->id);
	if (*oc != NULL && ((*oc)->campaign->state == CAMPAIGN_DRAFT ||
	    decision_is_half_open(c->office, *oc)) &&
	    is_its_letter(c, *oc, sent)) {
		/* A draft of this very letter, or what a crash left. */
		rc = decide_open(d, *oc, false);
		goto free_campaign;
	}
	if (*oc != NULL) {
		d->why = arena_printf(c->arena, "%s: %s",
		    reason_text(REASON_CAMPAIGN_THERE), k->id);
		goto free_campaign;
	}
	if (campaign_folder_make(k, c->office->config->state, sent->file,
	    c->arena, &why) == -1) {
		log_warn("letter: #%s: %s", c->mail->id, why);
		d->why = reason_text(REASON_FILE);
		goto free_campaign;
	}
	rc = open_folder(c, d, k, oc);
	if (rc == -1) {
		campaign_folder_remove(k->dir, c->arena);
		(void)office_refresh(c->office, c->now);
	}
free_campaign:
	campaign_free(k);
	return rc;
}
