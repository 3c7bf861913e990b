#ifndef DAEMON_CAMPAIGN_FOLDER_H
#define DAEMON_CAMPAIGN_FOLDER_H

#include "parsers/bytes.h"

struct arena;
struct campaign;

#define CAMPAIGN_LETTER "letter.docx"

/*
 * Make <state>/campaigns/ID with letter.docx, campaign.conf and
 * outline.txt, whole or not at all; sets c->dir (in the arena). 0, or -1
 * with *why (English, in the arena) and nothing made.
 */
int	 campaign_folder_make(struct campaign *c, const char *state,
    struct bytes letter, struct arena *arena, const char **why);

/* May one be made? 0, or -1 with *why. */
int	 campaign_folder_check(const char *id, const char *state,
    struct arena *arena, const char **why);

/* Take back a folder that was just made. */
void	 campaign_folder_remove(const char *dir, struct arena *arena);

/* May an id name a folder: a-z 0-9 - _ ., first a letter or digit? */
int	 campaign_id_is_valid(const char *id);

#endif
