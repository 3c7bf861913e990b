#ifndef DAEMON_CLI_LETTER_H
#define DAEMON_CLI_LETTER_H

struct outline;

/* The outline as an indented tree with its ids, on standard output. */
void	 cli_print_outline(const struct outline *o);

#endif
