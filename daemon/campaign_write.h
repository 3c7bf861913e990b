#ifndef DAEMON_CAMPAIGN_WRITE_H
#define DAEMON_CAMPAIGN_WRITE_H

struct campaign;
struct strbuf;

/* The two files' texts, with comments for the clerk. */
void	 campaign_write_conf(const struct campaign *c, struct strbuf *out);
/*
 * Write campaign.conf and outline.txt into c->dir, each aside, synced and
 * renamed. 0, or -1 with errno.
 */
int	 campaign_save(const struct campaign *c);
/*
 * Replace the values of some keys in DIR/campaign.conf, keeping comments
 * and order: campaign_set(dir, "state", "open"). 0, -1 with errno.
 */
int	 campaign_set(const char *dir, const char *key, const char *value);
/* The text of a campaign.conf with one value replaced. */
void	 campaign_with(const char *conf, const char *key, const char *value,
    struct strbuf *out);

#endif
