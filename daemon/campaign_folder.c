/*
 * The folder of a new campaign. It is filled under a name that nobody
 * looks at and then renamed, so the daemon never meets half of it.
 */
#include "daemon/campaign_folder.h"

#include <sys/stat.h>

#include <errno.h>
#include <string.h>
#include <stdio.h>
#include <unistd.h>

#include "daemon/campaign.h"
#include "daemon/campaign_write.h"
#include "daemon/textfile.h"
#include "parsers/arena.h"

#define ID_BYTES 64
#define ID_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"

int
campaign_id_is_valid(const char *id)
{
	return *id != '\0' && strlen(id) <= ID_BYTES &&
	    strspn(id, ID_LETTERS "-_.") == strlen(id) &&
	    strchr(ID_LETTERS, *id) != NULL;
}

static const char *const parts[] = { CAMPAIGN_LETTER, "campaign.conf",
	"outline.txt", NULL };

void
campaign_folder_remove(const char *dir, struct arena *arena)
{
	size_t	i;

	for (i = 0; parts[i] != NULL; i++)
		unlink(arena_printf(arena, "%s/%s", dir, parts[i]));
	rmdir(dir);
}

/* The three files in the folder aside. */
static int
fill(struct campaign *c, const char *aside, struct bytes letter,
    const char *empty)
{
	c->dir = aside;
	if (textfile_replace(aside, parts[0], letter.len == 0 ? empty :
	    (const char *)letter.data, letter.len) == -1)
		return -1;
	return campaign_save(c);
}

int
campaign_folder_check(const char *id, const char *state, struct arena *arena,
    const char **why)
{
	if (!campaign_id_is_valid(id)) {
		*why = arena_printf(arena, "'%s' is no id; right would be "
		    "letters a-z, digits and -", id);
		return -1;
	}
	if (access(arena_printf(arena, "%s/campaigns/%s", state, id), F_OK) ==
	    0) {
		*why = arena_printf(arena, "campaign '%s' is there already; "
		    "name another with --id", id);
		return -1;
	}
	return 0;
}

int
campaign_folder_make(struct campaign *c, const char *state,
    struct bytes letter, struct arena *arena, const char **why)
{
	const char	*all = arena_printf(arena, "%s/campaigns", state);
	const char	*dir = arena_printf(arena, "%s/%s", all, c->id);
	const char	*aside = arena_printf(arena, "%s/.%s~", all, c->id);

	if (campaign_folder_check(c->id, state, arena, why) == -1)
		return -1;
	if (mkdir(all, 0700) == -1 && errno != EEXIST) {
		*why = arena_printf(arena, "%s: %s", all, strerror(errno));
		return -1;
	}
	campaign_folder_remove(aside, arena);
	if (mkdir(aside, 0700) == -1 || fill(c, aside, letter, "") == -1 ||
	    rename(aside, dir) == -1) {
		*why = arena_printf(arena, "%s: %s", dir, strerror(errno));
		campaign_folder_remove(aside, arena);
		c->dir = "";
		return -1;
	}
	c->dir = dir;
	return 0;
}
