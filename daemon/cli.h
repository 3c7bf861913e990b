#ifndef DAEMON_CLI_H
#define DAEMON_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sysexits.h>
#include <time.h>

#include "daemon/cli_args.h"
#include "parsers/bytes.h"
#include "parsers/strbuf.h"

struct arena;
struct decision;
struct office;
struct office_campaign;
struct parser;
struct problems;
struct verb;

/* One command of `tiepnhan`, from its words to its exit code. */
struct cli {
	const struct verb *verb;
	struct cli_args	 args;
	struct arena	*arena;	/* for everything the command makes */
	const char	*config_file;
	const char	*who;	/* the person, for events */
	time_t		 now;
	bool		 is_dry;
	int		*inputs; /* descriptors of the words that are files */
	int		 output; /* opened while we were root; else -1 */
	struct office	*office; /* of verbs that need the state */
	struct parser	*parser; /* started on first use */
	struct strbuf	 scratch; /* folder of a rehearsal's own state */
};

/* Who owns the state where it cannot be asked. */
#define CLI_SERVICE_USER "tiepnhan"

/* "tiepnhan VERB: what" on standard error; returns code. */
int	 cli_fail(const struct cli *c, int code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* All problems, one a line, then EX_CONFIG. */
int	 cli_problems(const struct problems *p);
/* The store's last trouble, as an exit code. */
int	 cli_store_failed(const struct cli *c);

/*
 * Open the office as the verb's row says, as the owner of the state. 0 or
 * an exit code; everything was said.
 */
int	 cli_open(struct cli *c);
/* Is there a configuration that we may read? 0, or an exit code. */
int	 cli_check_config(const struct cli *c);
/* As root become that user; anyone else must be it. 0 or an exit code. */
int	 cli_become(const struct cli *c, uid_t uid, gid_t gid);
/* Stop with 77 and the line that would work. */
int	 cli_not_allowed(const struct cli *c, const char *owner);

/* Descriptor of word i, a regular file; 0 or an exit code. */
int	 cli_open_inputs(struct cli *c);
/* May input i be taken in, by its size? 0, or EX_DATAERR after saying so. */
int	 cli_check_size(const struct cli *c, size_t i);
/* Whole contents into the arena; false when it cannot be read. */
bool	 cli_slurp(struct cli *c, int fd, struct bytes *out);
/* Write a file that the user named; "-" is standard output. */
int	 cli_write(struct cli *c, const char *path, struct bytes content);
/* The parser; never NULL. */
struct parser *cli_parser(struct cli *c);

/*
 * The campaign of this name (or its beginning), or with NULL the only one
 * that is open. 0, or an exit code with everything said.
 */
int	 cli_campaign(struct cli *c, const char *name,
    struct office_campaign **out);
/* The unit of a code or its beginning; 0 or an exit code. */
int	 cli_unit(struct cli *c, const char *code, int *unit);
/* The mail of an intake id or its beginning. */
struct mail;
int	 cli_mail(struct cli *c, const char *id, struct mail **out);
/* A day, ISO or dd/mm/yyyy. */
int	 cli_day(struct cli *c, const char *text, long *day);

/* A decision of this person, now, for this reason. */
void	 cli_decision(struct cli *c, struct decision *d);
/* " (thử, …)" in a rehearsal, else "": behind what was done. */
const char *cli_rehearsed(const struct cli *c);
/*
 * Say what was done or why not, then cli_changed(). rc: what the decision
 * gave. Returns the exit code.
 */
int	 cli_decided(struct cli *c, const struct decision *d, int rc);
/* The state has changed: wake the daemon, or write the status files. */
int	 cli_changed(struct cli *c);
/* Mail was stored: read and file it now, or wake the daemon to do so. */
int	 cli_take_in(struct cli *c);

#endif
