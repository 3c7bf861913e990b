#ifndef DAEMON_CLI_LETTER_H
#define DAEMON_CLI_LETTER_H

#include <jansson.h>

struct outline;

/* The outline as an indented tree with its ids, on standard output. */
void	 cli_print_outline(const struct outline *o);
/* Its nodes as SPEC's "outline". */
json_t	*cli_outline_json(const struct outline *o);

#endif
