/*
 * Entering mails of ours: the one place where a template becomes a row.
 */
#include "daemon/outbox.h"

#include <string.h>

#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "parsers/strbuf.h"
#include "spool/outgoing.h"

/* Answers to the clerk have caps of their own: nobody can use up the
 * summary's place by writing in his name. */
static const struct {
	const char	*kind;
	int		 most;
} answers[] = {
	{ MAIL_DECISION, CONFIRMATIONS_PER_DAY },
	{ MAIL_ANSWER, ANSWERS_PER_DAY }
};

static int
count_today(const struct office *o, const char *to, const char *kind,
    time_t now)
{
	long	 day = day_of(now);

	return outgoing_count(o->store, to, kind, day_start(day),
	    day_start(day + 1));
}

/* On the whole day here on which it goes. *count is -1 on failure. */
static bool
is_capped(const struct office *o, const struct outbox_mail *m, time_t goes,
    int *count)
{
	size_t	 i;
	int	 others = 0, n;

	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		n = count_today(o, m->to, answers[i].kind, goes);
		if (n == -1 || strcmp(answers[i].kind, m->kind) == 0) {
			*count = n;
			return n >= answers[i].most;
		}
		others += n;
	}
	*count = count_today(o, m->to, NULL, goes);
	return *count != -1 && *count - others >= OUTBOX_PER_ADDRESS_DAY;
}

static int
compose(const struct office *o, const struct outbox_mail *m, time_t now,
    struct strbuf *message_id, struct strbuf *raw)
{
	struct strbuf	 subject = { 0 }, body = { 0 };
	struct compose	 c = { 0 };
	const char	*why = "";
	int		 rc;

	compose_message_id(o->config->from_address, message_id);
	template_fill(o->templates, m->template, m->values, &subject, &body);
	if (m->postscript != NULL)
		strbuf_addf(&body, "\n%s\n", m->postscript);
	c.from_name = o->config->from_name;
	c.from = o->config->from_address;
	c.to = m->to;
	c.reply_to = o->config->from_address;
	c.subject = strbuf_get(&subject);
	c.body = strbuf_get(&body);
	c.message_id = strbuf_get(message_id);
	c.in_reply_to = m->in_reply_to != NULL ? m->in_reply_to : "";
	c.references = &c.in_reply_to;
	c.n_references = c.in_reply_to[0] != '\0';
	c.is_reply = m->is_reply;
	c.date = m->not_before > now ? m->not_before : now;
	c.attachments = m->attachments;
	c.n_attachments = m->n_attachments;
	rc = compose_mail(&c, raw, &why);
	if (rc == -1)
		log_error("post: %s to %s: %s", m->kind, m->to, why);
	strbuf_clear(&subject);
	strbuf_clear(&body);
	return rc;
}

enum outbox_result
outbox_add(const struct office *o, const struct outbox_mail *m, time_t now,
    int64_t *row)
{
	struct outgoing	 out = { 0 };
	struct strbuf	 message_id = { 0 }, raw = { 0 };
	enum outbox_result rc = OUTBOX_REFUSED;
	time_t		 goes = m->not_before > now ? m->not_before : now;
	int		 count;

	if (is_capped(o, m, goes, &count)) {
		log_warn("post: %s to %s: %d mails today are enough",
		    m->kind, m->to, count);
		return OUTBOX_CAPPED;
	}
	if (count == -1)
		return OUTBOX_FAILED;
	if (compose(o, m, now, &message_id, &raw) == -1)
		goto free_texts;
	out.message_id = strbuf_get(&message_id);
	out.kind = m->kind;
	out.campaign = m->campaign != NULL ? m->campaign : "";
	out.step = m->step != NULL ? m->step : "";
	out.to = m->to;
	out.units = m->units;
	out.n_units = m->n_units;
	out.mail = m->mail;
	out.created_utc = out.next_try_utc = goes;
	out.error = "";
	rc = outgoing_add(o->store, &out, strbuf_get(&raw), raw.len, row) ==
	    -1 ? OUTBOX_FAILED : OUTBOX_ADDED;
free_texts:
	strbuf_clear(&raw);
	strbuf_clear(&message_id);
	return rc;
}
