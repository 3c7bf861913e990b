/*
 * Documents stamped MẬT and above: noticed by their facts, and emptied so
 * that neither text nor names of them are kept anywhere.
 */
#include "daemon/secrecy.h"

#include <string.h>

#include "parsers/message.h"

bool
secrecy_found(const struct message *m)
{
	size_t	 i;

	if (m->body_report != NULL && m->body_report->facts->secret)
		return true;
	for (i = 0; i < m->n_attachments; i++)
		if (m->attachments[i].report != NULL &&
		    m->attachments[i].report->facts->secret)
			return true;
	return false;
}

/* Only the stamp is left of a document. */
static void
redact_report(struct report *r)
{
	struct facts	*f = r->facts;

	memset(r->headings, 0, sizeof(*r->headings));
	f->parent = f->issuer = f->number = f->place = f->date = "";
	f->title = f->subject = f->period = f->signer_block = "";
}

void
secrecy_redact(struct message *m)
{
	size_t	 i;

	m->subject = m->body = m->signature = "";
	m->from_name = "";
	m->n_links = m->n_forwards = 0;
	if (m->body_report != NULL)
		redact_report(m->body_report);
	for (i = 0; i < m->n_attachments; i++) {
		m->attachments[i].name = m->attachments[i].in = "";
		if (m->attachments[i].report != NULL)
			redact_report(m->attachments[i].report);
	}
}
