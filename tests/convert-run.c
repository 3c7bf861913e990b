/*
 * Runs a converter's tool behind its fence, for the tests:
 *   convert-run PROGRAM FILE WALL_MS
 * Prints the status's number, a space, and the first line of the text.
 */
#include <sys/mman.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/convert_tool.h"
#include "parsers/strbuf.h"

/* As a worker gets it: a file in memory, which no path leads to. */
static int
load(const char *path)
{
	char	buffer[4096];
	ssize_t	n = -1;
	int	fd = open(path, O_RDONLY), copy = memfd_create("input", 0);

	if (fd != -1 && copy != -1)
		n = read(fd, buffer, sizeof(buffer));
	if (n < 0 || write(copy, buffer, (size_t)n) != n)
		return -1;
	close(fd);
	return copy;
}

int
main(int argc, char *argv[])
{
	struct convert_tool	 tool = { .format = FORMAT_DOC, .data = "" };
	struct strbuf		 text = { 0 };
	enum parse_status	 status;
	const char		*why;
	int			 fd;

	if (argc != 4 || (fd = load(argv[2])) == -1) {
		fputs("usage: convert-run PROGRAM FILE WALL_MS\n", stderr);
		return 64;
	}
	tool.program = argv[1];
	tool.arguments[0] = argv[1];
	tool.arguments[1] = CONVERT_INPUT;
	status = convert_tool_run(&tool, fd, atol(argv[3]), &text, &why);
	if (status == PARSE_NOT_SUPPORTED)
		printf("%d %s\n", (int)status, why);
	else
		printf("%d %.*s\n", (int)status,
		    (int)strcspn(strbuf_get(&text), "\n"), strbuf_get(&text));
	strbuf_clear(&text);
	return 0;
}
