#ifndef DAEMON_CAMPAIGN_PROPOSE_H
#define DAEMON_CAMPAIGN_PROPOSE_H

#include <time.h>

struct arena;
struct campaign;
struct letter;
struct lexicon;
struct roster;

/* What a proposal rests on. */
struct proposal {
	const struct letter *letter;
	const struct roster *roster;
	const struct lexicon *lexicon; /* may be NULL */
	const struct campaign *like; /* --like: an older one, or NULL */
	const char	*id;	/* "" = made from the letter */
	const char	*number; /* overrides the letter's; "" */
	const char	*date;	/* ISO; overrides; "" */
	/* of each Kính gửi line, said by the clerk; NULL: none, in both */
	const char *const *selectors;
	time_t		 now;
};
/* Never NULL; a draft. */
struct campaign	*campaign_propose(const struct proposal *p);
/*
 * The selectors proposed for one Kính gửi line ("" when nothing fits), and
 * the units they name.
 */
const char *campaign_propose_line(const char *text, const struct roster *r,
    const struct lexicon *lx, struct arena *arena);
/*
 * Units that selectors name, in roster order; -1 with *why on a mistake.
 *   kind:school  kind:agency+su-nghiep  tag:mam-non  group:"Group's name"
 *   name:"Chi bộ" (names that begin so)  +CODE; with "-" before any of
 *   them: not those. Read from left to right.
 */
long	 campaign_select(const char *selectors, const struct roster *r,
    struct arena *arena, int **units, const char **why);

#endif
