#ifndef DAEMON_CONVERT_TOOL_H
#define DAEMON_CONVERT_TOOL_H

#include <stdint.h>

#include "parsers/document.h"
#include "parsers/status.h"

struct strbuf;

/* Where a tool finds the file it reads, and no other. */
#define CONVERT_INPUT "/proc/self/fd/0"

/* A program that turns a file into text on its standard output. */
struct convert_tool {
	enum format	 format;
	const char	*program; /* absolute */
	const char	*data;	/* folder that it may read, or "" */
	const char	*arguments[8]; /* argv; NULL ends it */
};

/* The tools, best first for each format; one without a program ends it. */
extern const struct convert_tool convert_tools[];

/*
 * Run a tool on the memory file behind in_fd: without
 * network, without other files than the libraries and its own data,
 * without a second process, and without a place to write to but the pipe
 * that is read here. It is gone when this returns.
 *
 * text  what it wrote, as it is; appended on PARSE_OK only
 * why   set on PARSE_NOT_SUPPORTED: why it could not be run at all
 *
 * PARSE_OK, PARSE_NO_TEXT, PARSE_TIMEOUT after wall_ms, PARSE_LIMIT,
 * PARSE_DAMAGED when it failed, PARSE_NOT_SUPPORTED.
 */
enum parse_status convert_tool_run(const struct convert_tool *t, int in_fd,
    int64_t wall_ms, struct strbuf *text, const char **why);

#endif
