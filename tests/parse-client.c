/*
 * Runs one job through daemon/parser.h: `parse-client JOB FILE INDEX WALL`
 * (numbers, the wall in ms). Prints the status, how long the answer is,
 * and the worker's trouble.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "daemon/parser.h"
#include "parsers/strbuf.h"

int
main(int argc, char **argv)
{
	struct parser_request	 rq;
	struct strbuf		 answer = { 0 };
	struct parser		*p;
	int			 status;

	if (argc != 5)
		return 64;
	signal(SIGPIPE, SIG_IGN);
	rq.job = (enum parser_job)strtol(argv[1], NULL, 10);
	rq.in_fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	rq.index = (int)strtol(argv[3], NULL, 10);
	rq.is_bare = false;
	p = parser_start();
	parser_set_wall(p, (int)strtol(argv[4], NULL, 10));
	status = (int)parser_run(p, &rq, &answer);
	printf("%d %zu %s\n", status, answer.len,
	    status == PARSE_UNAVAILABLE ? parser_error(p) : "-");
	parser_stop(p);
	strbuf_clear(&answer);
	return 0;
}
