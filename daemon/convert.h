#ifndef DAEMON_CONVERT_H
#define DAEMON_CONVERT_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/parser.h"
#include "parsers/document.h"

struct strbuf;

/*
 * A file that the parser does not read, made readable: its bytes out of
 * the jail, through tiepnhan-convert to text, and the text into the jail
 * again. Only where the office wants it.
 */
struct conversion;

struct convert_request {
	struct parser	*parser; /* borrowed, as is in_fd */
	int		 in_fd;
	int		 index;	 /* as in struct parser_request */
	bool		 is_bare;
	enum format	 format; /* of the file: FORMAT_DOC or FORMAT_PDF */
	enum parser_job	 job;	 /* PARSER_TEXT or PARSER_TEXT_CONTENT */
};

/* For a poll loop, like a task of the parser. Never NULL. */
struct conversion *convert_begin(const struct convert_request *rq);
int	 convert_fd(const struct conversion *v);
/* CLOCK_MONOTONIC in ms; then convert_step() must be called. */
int64_t	 convert_due_ms(const struct conversion *v);
bool	 convert_step(struct conversion *v); /* true once it is over */
/*
 * What the job answered, waiting for the rest of it; frees v. answer is
 * emptied first. PARSE_NOT_SUPPORTED: no tool, or no fence for it, told
 * in the log once. PARSE_UNAVAILABLE: no parser. Else what became of the
 * file.
 */
enum parse_status convert_finish(struct conversion *v,
    struct strbuf *answer);
/* From begin to end. */
enum parse_status convert_run(const struct convert_request *rq,
    struct strbuf *answer);
/* Before the end, once its parser was stopped. Accepts NULL. */
void	 convert_drop(struct conversion *v);

#endif
