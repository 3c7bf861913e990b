#ifndef DAEMON_PARSE_ORDER_H
#define DAEMON_PARSE_ORDER_H

#include <stdint.h>

/*
 * What parser.c and tiepnhan-parse say to each other on the worker's
 * descriptor 3, a SOCK_SEQPACKET pair; both are of one build.
 */
#define PARSE_CONTROL_FD 3

/*
 * To the worker. With it go, in this order, the input and, for a large
 * one, a scratch file of fixed length, and last the output pipe; of a self
 * test only that one.
 */
#define PARSE_ORDER_FDS 3

struct parse_order {
	uint32_t	id;
	uint32_t	job;	/* enum parser_job; 0: kill job id */
	int32_t		index;
	uint32_t	is_bare; /* 0 or 1 */
};

/* From the worker, about a child that did not end well. */
struct parse_death {
	uint32_t	id;
	int32_t		wait_status; /* as of waitpid() */
};

#endif
