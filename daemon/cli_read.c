/* Documents that the verbs work on, read in the jail. */
#include "daemon/cli_read.h"

#include <string.h>

#include "daemon/cli.h"
#include "daemon/cli_verbs.h"
#include "daemon/convert.h"
#include "daemon/lexicon_load.h"
#include "daemon/parser.h"
#include "daemon/problems.h"
#include "daemon/text.h"
#include "parsers/arena.h"
#include "parsers/document_codec.h"
#include "parsers/letter_codec.h"
#include "parsers/message.h"
#include "parsers/sheet_codec.h"
#include "parsers/strbuf.h"

static int
trouble(struct cli *c, const char *name, enum parse_status s, enum format f)
{
	if (s == PARSE_UNAVAILABLE)
		return cli_fail(c, EX_TEMPFAIL, "%s: not read: %s", name,
		    parser_error(c->parser));
	return cli_fail(c, EX_DATAERR, "%s: %s", name,
	    text_parse_status(s, f));
}

/* The answer's bytes stay in the arena; blob is cleared. */
static int
take_answer(struct cli *c, enum parse_status s, struct strbuf *blob,
    const char *name, struct bytes *answer)
{
	uint8_t	*copy = arena_alloc(c->arena, blob->len + 1);

	if (blob->len > 0)
		memcpy(copy, blob->s, blob->len);
	answer->data = copy;
	answer->len = blob->len;
	strbuf_clear(blob);
	return s == PARSE_OK ? 0 : trouble(c, name, s, FORMAT_DOCX);
}

/* Run one job. */
static int
run(struct cli *c, const struct parser_request *rq, const char *name,
    struct bytes *answer)
{
	struct strbuf		blob = { 0 };
	enum parse_status	s = parser_run(cli_parser(c), rq, &blob);

	return take_answer(c, s, &blob, name, answer);
}

/* The same for a file that is the document itself. */
static int
run_file(struct cli *c, enum parser_job job, int fd, const char *name,
    struct bytes *answer)
{
	const struct parser_request rq = { .job = job, .in_fd = fd,
	    .index = PARSER_WHOLE_FILE };

	return run(c, &rq, name, answer);
}

static int
bad_answer(const struct cli *c, const char *name)
{
	return cli_fail(c, EX_SOFTWARE, "%s: the parser's answer is broken",
	    name);
}

int
cli_read_letter(struct cli *c, int fd, const char *name, struct letter **out)
{
	struct bytes	answer;
	int		rc;

	rc = run_file(c, PARSER_LETTER, fd, name, &answer);
	if (rc != 0)
		return rc;
	*out = letter_decode(answer, c->arena);
	return *out == NULL ? bad_answer(c, name) : 0;
}

int
cli_read_report(struct cli *c, int fd, const char *name,
    const struct attachment **out)
{
	const struct attachment	*best = NULL;
	const struct message	*m;
	struct bytes		 answer;
	size_t			 i;
	int			 rc;

	rc = run_file(c, PARSER_REPORT, fd, name, &answer);
	if (rc != 0)
		return rc;
	m = message_decode(answer, c->arena);
	if (m == NULL || m->n_attachments == 0)
		return bad_answer(c, name);
	for (i = 0; i < m->n_attachments; i++)
		if (m->attachments[i].report != NULL && (best == NULL ||
		    m->attachments[i].report->headings->n >
		    best->report->headings->n))
			best = &m->attachments[i];
	if (best == NULL)
		return trouble(c, name, m->attachments[0].status,
		    m->attachments[0].format);
	*out = best;
	return 0;
}

int
cli_read_sheet(struct cli *c, int fd, const char *name, struct sheet **out)
{
	struct bytes	answer;
	int		rc;

	rc = run_file(c, PARSER_SHEET, fd, name, &answer);
	if (rc != 0)
		return rc;
	*out = sheet_decode(answer, c->arena);
	return *out == NULL ? bad_answer(c, name) : 0;
}

/* Its text came through a converter, and does again. */
static enum parse_status
run_conversion(struct cli *c, const struct cli_part *part,
    struct strbuf *blob)
{
	const struct convert_request	rq = { .parser = cli_parser(c),
					    .in_fd = part->fd,
					    .index = part->index,
					    .is_bare = part->is_bare,
					    .format = part->converted_from,
					    .job = PARSER_TEXT_CONTENT };

	return convert_run(&rq, blob);
}

/* Hundreds may be read: nothing of the answer itself is kept. */
int
cli_read_content(struct cli *c, const struct cli_part *part,
    struct document **out)
{
	const struct parser_request	rq = { .job = PARSER_CONTENT,
					    .in_fd = part->fd,
					    .index = part->index,
					    .is_bare = part->is_bare };
	const bool			converted = part->converted_from !=
					    FORMAT_OTHER;
	struct strbuf			blob = { 0 };
	struct bytes			answer;
	enum parse_status		s;
	int				rc = 0;

	s = converted ? run_conversion(c, part, &blob) :
	    parser_run(cli_parser(c), &rq, &blob);
	if (s != PARSE_OK)
		rc = trouble(c, part->name, s, converted ?
		    part->converted_from : FORMAT_DOCX);
	else {
		answer.data = (const uint8_t *)strbuf_get(&blob);
		answer.len = blob.len;
		*out = document_decode(answer, c->arena);
		if (*out == NULL)
			rc = bad_answer(c, part->name);
	}
	strbuf_clear(&blob);
	return rc;
}

int
cli_read_lexicon(struct cli *c, struct lexicon **out)
{
	struct problems	problems;

	problems_init(&problems);
	*out = lexicon_load(c->arena, &problems);
	if (*out == NULL)
		cli_problems(&problems);
	problems_clear(&problems);
	return *out == NULL ? EX_CONFIG : 0;
}
