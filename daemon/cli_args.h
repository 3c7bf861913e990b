#ifndef DAEMON_CLI_ARGS_H
#define DAEMON_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

struct strbuf;

/* Options of `tiepnhan`; a verb takes those of its own list only. */
enum cli_option {
	OPT_END = 0,
	OPT_CONFIG,
	OPT_HELP,
	OPT_JSON,
	OPT_NOW,
	OPT_DRY_RUN,
	OPT_LINE,
	OPT_CSV,
	OPT_REGISTER,
	OPT_XLSX,
	OPT_HTML_FILE,
	OPT_ANNEX,
	OPT_LETTER,
	OPT_FOLLOW,
	OPT_LINES,
	OPT_NEEDS_CLERK,
	OPT_RAW,
	OPT_ID,
	OPT_NUMBER,
	OPT_DATE,
	OPT_LIKE,
	OPT_NO_NUMBER,
	OPT_KIND,
	OPT_REMEMBER,
	OPT_REASON,
	OPT_UNTIL,
	OPT_UNIT,
	OPT_RECEIVED,
	OPT_CHANNEL,
	OPT_CAMPAIGN,
	OPT_SECTION,
	OPT_PREVIEW,
	OPT_OUTPUT,
	OPT_HTML,
	OPT_CONCERNS,
	OPT_HEAD,
	OPT_HERE,
	OPT_VERSION,
	OPT_COUNT
};

/* What the command line said. Strings are borrowed from argv. */
struct cli_args {
	const char	*value[OPT_COUNT]; /* NULL when not given, "" for
					      an option without argument */
	const char	**words;	   /* the rest, NULL-ended, heap */
	size_t		 n_words;
};

/*
 * Read argv[0..argc-1] (no program, no verb) by the verb's options, in any
 * order; "--" ends them. 0, or -1 with why saying what is wrong and what
 * would be right. --help and -c are always taken. cli_args_clear() in
 * both cases.
 */
int	 cli_args_parse(struct cli_args *a, const enum cli_option *takes,
    int argc, char **argv, struct strbuf *why);
void	 cli_args_clear(struct cli_args *a);

/* Was it given? */
bool	 cli_given(const struct cli_args *a, enum cli_option o);
/* Its argument, or the fallback. */
const char *cli_value(const struct cli_args *a, enum cli_option o,
    const char *fallback);

/* The lines of --help for these options. */
void	 cli_args_help(const enum cli_option *takes, struct strbuf *out);
/*
 * " [--json] [--now TIME]", for the usage line; not those that stand in the
 * verb's words, because they must be given.
 */
void	 cli_args_usage(const char *words, const enum cli_option *takes,
    struct strbuf *out);

#endif
