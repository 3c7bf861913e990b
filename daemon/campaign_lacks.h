#ifndef DAEMON_CAMPAIGN_LACKS_H
#define DAEMON_CAMPAIGN_LACKS_H

#include <stddef.h>

struct calendar;
struct campaign;
struct problems;
struct roster;
struct strbuf;

/* What stands against opening. */
enum campaign_lack {
	CAMPAIGN_LACKS_NUMBER, CAMPAIGN_LACKS_DATE, CAMPAIGN_LACKS_DEADLINE,
	CAMPAIGN_LACKS_RECIPIENTS, CAMPAIGN_LACKS_UNITS /* recipients[i] */
};
/* line: of campaign.conf, or 0. */
typedef int (*campaign_lack_row)(enum campaign_lack what, size_t i,
    unsigned line, void *arg);
/* A callback's nonzero ends the walk and is returned. */
int	 campaign_each_lack(const struct campaign *c, campaign_lack_row row,
    void *arg);
/* Each a problem. Units in no line: campaign_remarks(). */
void	 campaign_check_open(const struct campaign *c,
    const struct roster *r, struct problems *problems);
/* What the clerk should look at, one line each; "\n"-ended. */
void	 campaign_remarks(const struct campaign *c, const struct roster *r,
    const struct calendar *cal, struct strbuf *out);

#endif
