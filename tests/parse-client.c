/*
 * Runs one job through daemon/parser.h: `parse-client JOB FILE INDEX WALL
 * [SCRATCH]` (numbers, the wall in ms). Prints the status, how long the
 * answer is, and the worker's trouble; with a folder for scratch files, or
 * "" for none, in its stead the most memory that worker or child had, in
 * KiB.
 */
#include <sys/resource.h>

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
	struct rusage		 usage;
	struct parser		*p;
	int			 status;

	if (argc != 5 && argc != 6)
		return 64;
	signal(SIGPIPE, SIG_IGN);
	rq.job = (enum parser_job)strtol(argv[1], NULL, 10);
	rq.in_fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	rq.index = (int)strtol(argv[3], NULL, 10);
	rq.is_bare = false;
	p = parser_start();
	if (argc == 6 && argv[5][0] != '\0')
		parser_set_scratch(p, argv[5]);
	parser_set_wall(p, (int)strtol(argv[4], NULL, 10));
	status = (int)parser_run(p, &rq, &answer);
	printf("%d %zu ", status, answer.len);
	if (argc == 5)
		printf("%s\n", status == PARSE_UNAVAILABLE ?
		    parser_error(p) : "-");
	/* only what the worker has buried counts: the first child has been
	   when a second has done as much */
	if (argc == 6)
		(void)parser_run(p, &rq, &answer);
	parser_stop(p);
	if (argc == 6 && getrusage(RUSAGE_CHILDREN, &usage) == 0)
		printf("%ld\n", usage.ru_maxrss);
	strbuf_clear(&answer);
	return 0;
}
