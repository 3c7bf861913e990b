/*
 * What was read of a mail, as lines of text that can be compared.
 */
#include "tests/describe_mail.h"

#include <string.h>

#include "parsers/message.h"
#include "parsers/strbuf.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const sign_names[] = { "auto-submitted", "auto-replied",
    "list", "bulk", "null-sender", "daemon", "vacation", "dsn", "mdn",
    "suppress", "smime", "tnef", "many-from", "loop" };

static void
describe_attachment(const struct attachment *a, struct strbuf *out)
{
	strbuf_addf(out, "attachment: %s | %s | ", a->name,
	    format_name(a->format));
	if (a->report != NULL)
		strbuf_addf(out, "%zu", a->report->headings->n);
	else
		strbuf_adds(out, a->status == PARSE_ENCRYPTED ? "encrypted" :
		    a->status == PARSE_DAMAGED ? "damaged" : "-");
	if (a->depth > 0)
		strbuf_addf(out, " | depth %u", a->depth);
	if (a->in[0] != '\0')
		strbuf_addf(out, " | in %s", a->in);
	strbuf_addc(out, '\n');
}

static void
describe_field(const char *name, const char *value, struct strbuf *out)
{
	if (value[0] != '\0')
		strbuf_addf(out, "%s: %s\n", name, value);
}

static void
describe_bounces(const struct message *m, struct strbuf *out)
{
	size_t	i;

	for (i = 0; i < m->n_bounces; i++)
		strbuf_addf(out, "bounce: %s | %s | %s\n",
		    m->bounces[i].address, m->bounces[i].status,
		    m->bounces[i].action);
	for (i = 0; i < m->n_bounced_ids; i++)
		describe_field("returned", m->bounced_ids[i], out);
}

void
describe_mail(const struct message *m, struct strbuf *out)
{
	size_t	i;

	strbuf_addf(out, "from: %s | %s\n", m->from_address, m->from_name);
	describe_field("subject", m->subject, out);
	for (i = 0; i < m->n_attachments; i++)
		describe_attachment(&m->attachments[i], out);
	if (m->signs != 0) {
		strbuf_adds(out, "signs:");
		for (i = 0; i < COUNT(sign_names); i++)
			if (m->signs & 1U << i)
				strbuf_addf(out, " %s", sign_names[i]);
		strbuf_addc(out, '\n');
	}
	for (i = 0; i < m->n_forwards; i++)
		strbuf_addf(out, "forward: %s | %s | %u\n",
		    m->forwards[i].from_address, m->forwards[i].subject,
		    m->forwards[i].depth);
	describe_bounces(m, out);
	for (i = 0; i < m->n_links; i++)
		describe_field(i < m->n_file_links ? "file link" : "link",
		    m->links[i], out);
	for (i = 0; i < m->n_references; i++)
		describe_field("reference", m->references[i], out);
	describe_field("auth", m->auth_results, out);
	describe_field("sender", m->sender, out);
	describe_field("reply-to", m->reply_to, out);
	if (strcmp(m->return_path, "<>") != 0)
		describe_field("return-path", m->return_path, out);
	if (m->body_report != NULL)
		strbuf_adds(out, "body is a report\n");
	describe_field("trouble", m->trouble, out);
}
