/*
 * The configuration test: everything that people wrote is read, and all
 * that is wrong with it is told at once.
 */
#include "daemon/check.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/calendar.h"
#include "daemon/campaign.h"
#include "daemon/campaign_lacks.h"
#include "daemon/config.h"
#include "daemon/lexicon_load.h"
#include "daemon/paths.h"
#include "daemon/problems.h"
#include "daemon/roster.h"
#include "daemon/template.h"
#include "parsers/arena.h"

/* A file that a key names must be there; its line is the key's affair. */
static void
check_file(const struct config *c, const char *key, const char *path,
    struct problems *problems)
{
	if (*path != '\0' && access(path, R_OK) == -1)
		problems_add(problems, c->file, 0, "%s: %s cannot be read: "
		    "%s", key, path, strerror(errno));
}

static void
check_files(const struct config *c, struct problems *problems)
{
	check_file(c, "password_file", c->mailbox.password_file, problems);
	check_file(c, "ca_file", c->mailbox.ca_file, problems);
	check_file(c, "password_file", c->outgoing.password_file, problems);
	check_file(c, "ca_file", c->outgoing.ca_file, problems);
}

static void
check_templates(const struct config *c, struct problems *problems)
{
	char	*fallback = paths_data("templates");

	templates_free(templates_load(c->templates, fallback, problems));
	free(fallback);
}

static void
check_campaign(const char *dir, const struct roster *r, time_t now,
    struct problems *problems)
{
	struct campaign	*c = campaign_load(dir, r, problems);

	/* a draft may be unfinished, and a closed one is past */
	if (c != NULL && r != NULL &&
	    (campaign_state_at(c, now) == CAMPAIGN_OPEN ||
	    campaign_state_at(c, now) == CAMPAIGN_PAUSED))
		campaign_check_open(c, r, problems);
	campaign_free(c);
}

static int
is_shown(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void
check_campaigns(const struct config *c, const struct roster *r, time_t now,
    struct problems *problems)
{
	struct arena	 *arena = arena_new(0);
	const char	 *folder = arena_printf(arena, "%s/campaigns",
			    c->state);
	struct dirent	**dirs;
	int		  i, n;

	n = scandir(folder, &dirs, is_shown, alphasort);
	if (n == -1 && errno != ENOENT)
		problems_add(problems, folder, 0, "cannot be read: %s",
		    strerror(errno));
	for (i = 0; i < n; i++) {
		if (dirs[i]->d_type == DT_DIR || dirs[i]->d_type ==
		    DT_UNKNOWN)
			check_campaign(arena_printf(arena, "%s/%s", folder,
			    dirs[i]->d_name), r, now, problems);
		free(dirs[i]);
	}
	if (n != -1)
		free(dirs);
	arena_free(arena);
}

int
check_everything(const char *config_file, time_t now,
    struct problems *problems)
{
	struct arena	*arena = arena_new(0);
	struct roster	*r;
	struct config	*c;
	size_t		 before = problems->n;

	(void)lexicon_load(arena, problems);
	c = config_load_despite(config_file, problems);
	if (c != NULL) {
		check_files(c, problems);
		calendar_free(calendar_load(c->holidays, problems));
		check_templates(c, problems);
		r = roster_load(c->units, problems);
		check_campaigns(c, r, now, problems);
		roster_free(r);
	}
	config_free(c);
	arena_free(arena);
	return problems->n == before ? 0 : -1;
}
