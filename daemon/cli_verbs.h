#ifndef DAEMON_CLI_VERBS_H
#define DAEMON_CLI_VERBS_H

#include <stddef.h>

#include "daemon/cli_args.h"

struct cli;

/* Who may, and what is opened before the verb runs. */
enum verb_access {
	VERB_ANYONE,	/* no state; maybe the configuration's files */
	VERB_READS,	/* the owner; office opened for reading */
	VERB_WRITES	/* the owner; office opened for writing */
};

enum verb_files { VERB_NO_FILES = 0, VERB_FIRST_IS_FILE, VERB_ALL_FILES };

#define VERB_ANY_NUMBER 1000000

/* A row of the table in daemon/cli_verbs.c. */
struct verb {
	const char	*name;	 /* "letter", "campaign new" */
	const char	*words;	 /* "LETTER.docx REPORT.docx" */
	const char	*help;	 /* one or two English sentences */
	int		 (*run)(struct cli *c); /* gives the exit code */
	enum verb_access access;
	enum verb_files	 files;
	size_t		 least, most; /* number of words */
	const enum cli_option *takes;
};

/* The table; a row without a name ends it. */
extern const struct verb verbs[];

/* The verbs. */
int	 cli_letter(struct cli *c);
int	 cli_outline(struct cli *c);
int	 cli_map(struct cli *c);
int	 cli_campaign_new(struct cli *c);
int	 cli_campaign_check(struct cli *c);
int	 cli_campaign_open(struct cli *c);
int	 cli_campaign_close(struct cli *c);
int	 cli_campaign_edit(struct cli *c);
int	 cli_campaign_show(struct cli *c);
int	 cli_campaign_list(struct cli *c);
int	 cli_units_check(struct cli *c);
int	 cli_units_list(struct cli *c);
int	 cli_units_import(struct cli *c);
int	 cli_status(struct cli *c);
int	 cli_log(struct cli *c);
int	 cli_list(struct cli *c);
int	 cli_show(struct cli *c);
int	 cli_assign(struct cli *c);
int	 cli_accept(struct cli *c);
int	 cli_return(struct cli *c);
int	 cli_not_a_report(struct cli *c);
int	 cli_add(struct cli *c);
int	 cli_excuse(struct cli *c);
int	 cli_extend(struct cli *c);
int	 cli_undo(struct cli *c);
int	 cli_remind(struct cli *c);
int	 cli_hold(struct cli *c);
int	 cli_pause(struct cli *c);
int	 cli_resume(struct cli *c);
int	 cli_supplement(struct cli *c);
int	 cli_collate(struct cli *c);
int	 cli_inject(struct cli *c);
int	 cli_queue(struct cli *c);
int	 cli_retry(struct cli *c);
int	 cli_replay(struct cli *c);
int	 cli_init(struct cli *c);
int	 cli_doctor(struct cli *c);
int	 cli_config_show(struct cli *c);
int	 cli_verify(struct cli *c);
int	 cli_rebuild(struct cli *c);
int	 cli_backup(struct cli *c);
int	 cli_purge(struct cli *c);

#endif
