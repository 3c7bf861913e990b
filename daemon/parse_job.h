#ifndef DAEMON_PARSE_JOB_H
#define DAEMON_PARSE_JOB_H

#include "parsers/bytes.h"
#include "parsers/status.h"

struct pages;
struct parse_order;
struct strbuf;

/*
 * Do one job in the jailed child: the answer's records are appended to
 * out, without the closing record. The status for that one is returned.
 * pages: what in stands in when it is large, or NULL.
 */
enum parse_status parse_job_run(const struct parse_order *order,
    struct bytes in, struct pages *pages, struct strbuf *out);
/* The closing record; why may be "". */
void		 parse_job_end(struct strbuf *out, enum parse_status status,
    const char *why);

#endif
