#ifndef DAEMON_CLI_CAMPAIGN_SHOW_H
#define DAEMON_CLI_CAMPAIGN_SHOW_H

struct calendar;
struct campaign;
struct cli;
struct roster;

/* A campaign for the clerk's confirmation, or as JSON. Gives 0. */
int	 cli_campaign_print(struct cli *c, const struct campaign *campaign,
    const struct roster *r, const struct calendar *cal);

#endif
