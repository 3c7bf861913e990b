#ifndef DAEMON_CLI_PAPER_H
#define DAEMON_CLI_PAPER_H

struct cli;
struct office_campaign;
struct paper;
struct status;

/* Documents that the command writes. All give an exit code. */

/* Finish the paper, write it to the file that the user named, free it. */
int	 cli_write_paper(struct cli *c, struct paper *p, const char *path);
/* Phụ lục tình hình nộp báo cáo. */
int	 cli_write_annex(struct cli *c, const struct office_campaign *oc,
    const struct status *s, const char *path);
/* Công văn đôn đốc: of --letter and --until. */
int	 cli_write_follow_up(struct cli *c, const struct office_campaign *oc);

#endif
