/*
 * One attachment after the other through the converter, and the reports
 * put into the message as if the parser had read them.
 */
#include "daemon/convert_mail.h"

#include <stdlib.h>

#include "daemon/convert.h"
#include "daemon/limits.h"
#include "parsers/arena.h"
#include "parsers/limits.h"
#include "parsers/message.h"
#include "parsers/strbuf.h"

struct mail_conversion {
	struct mail_conversion_input in;
	struct arena	*arena;
	struct message	*message;
	struct conversion *running; /* NULL: over */
	size_t		 at;	/* the attachment being converted */
	enum format	 format; /* all of this one first */
	unsigned	 tried;
	bool		 has_text; /* one could be read */
};

static bool
has_report(const struct message *m)
{
	size_t	i;

	if (m->body_report != NULL)
		return true;
	for (i = 0; i < m->n_attachments; i++)
		if (m->attachments[i].report != NULL)
			return true;
	return false;
}

static bool
is_wanted(const struct mail_conversion *c, const struct attachment *a)
{
	return a->format == c->format && a->status == PARSE_NOT_SUPPORTED &&
	    a->size <= LIMIT_JAIL_OUTPUT;
}

/* Begin with the next attachment of the format, from c->at on. */
static bool
begin_from(struct mail_conversion *c)
{
	struct convert_request	rq = { .parser = c->in.parser,
	    .in_fd = c->in.in_fd, .is_bare = c->in.is_bare,
	    .format = c->format, .job = PARSER_TEXT };

	for (; c->at < c->message->n_attachments; c->at++) {
		if (!is_wanted(c, &c->message->attachments[c->at]))
			continue;
		if (c->tried++ == CONVERT_FILES)
			return false;
		rq.index = (int)c->at;
		c->running = convert_begin(&rq);
		return true;
	}
	return false;
}

/* .doc first, then PDF. */
static bool
begin_next(struct mail_conversion *c)
{
	if (begin_from(c))
		return true;
	if (c->format != FORMAT_DOC || c->has_text ||
	    c->tried > CONVERT_FILES)
		return false;
	c->format = FORMAT_PDF;
	c->at = 0;
	return begin_from(c);
}

struct mail_conversion *
mail_conversion_begin(const struct mail_conversion_input *in,
    const struct strbuf *parsed)
{
	struct mail_conversion	*c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	c->in = *in;
	c->arena = arena_new(0);
	c->format = FORMAT_DOC;
	c->message = message_decode((struct bytes){
	    (const uint8_t *)strbuf_get(parsed), parsed->len }, c->arena);
	if (c->message != NULL && !has_report(c->message) && begin_next(c))
		return c;
	arena_free(c->arena);
	free(c);
	return NULL;
}

int
mail_conversion_fd(const struct mail_conversion *c)
{
	return convert_fd(c->running);
}

int64_t
mail_conversion_due_ms(const struct mail_conversion *c)
{
	return convert_due_ms(c->running);
}

/* What became of the attachment. */
static void
take_answer(struct mail_conversion *c)
{
	struct attachment	*a = &c->message->attachments[c->at];
	struct strbuf		 answer = { 0 };
	enum parse_status	 status;
	const struct message	*text;

	status = convert_finish(c->running, &answer);
	c->running = NULL;
	if (status == PARSE_OK) {
		text = message_decode((struct bytes){
		    (const uint8_t *)strbuf_get(&answer), answer.len },
		    c->arena);
		if (text == NULL || text->n_attachments != 1 ||
		    text->attachments[0].report == NULL)
			status = PARSE_CRASHED;
		else
			a->report = text->attachments[0].report;
	}
	c->has_text |= status == PARSE_OK;
	/* our own trouble says nothing about the file */
	if (status != PARSE_UNAVAILABLE)
		a->status = status;
	strbuf_clear(&answer);
}

bool
mail_conversion_step(struct mail_conversion *c)
{
	if (c->running == NULL)
		return true;
	if (!convert_step(c->running))
		return false;
	take_answer(c);
	c->at++;
	return !begin_next(c);
}

void
mail_conversion_finish(struct mail_conversion *c, struct strbuf *parsed)
{
	strbuf_reset(parsed);
	message_encode(c->message, parsed);
	arena_free(c->arena);
	free(c);
}

void
mail_conversion_drop(struct mail_conversion *c)
{
	if (c == NULL)
		return;
	convert_drop(c->running);
	arena_free(c->arena);
	free(c);
}
