/*
 * Entering mails of ours: the one place where a template becomes a row.
 */
#include "daemon/outbox.h"

#include "daemon/config.h"
#include "daemon/limits.h"
#include "daemon/localtime.h"
#include "daemon/log.h"
#include "daemon/office.h"
#include "parsers/strbuf.h"
#include "spool/outgoing.h"

/* The whole day here in which `now` lies. */
static bool
is_capped(const struct office *o, const char *to, time_t now, int *count)
{
	long	 day = day_of(now);

	*count = outgoing_count(o->store, to, NULL, day_start(day),
	    day_start(day + 1));
	return *count >= OUTBOX_PER_ADDRESS_DAY;
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
	int		 count;

	if (is_capped(o, m->to, now, &count)) {
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
	out.created_utc = now;
	out.next_try_utc = m->not_before > now ? m->not_before : now;
	out.error = "";
	rc = outgoing_add(o->store, &out, strbuf_get(&raw), raw.len, row) ==
	    -1 ? OUTBOX_FAILED : OUTBOX_ADDED;
free_texts:
	strbuf_clear(&raw);
	strbuf_clear(&message_id);
	return rc;
}
