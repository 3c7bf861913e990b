#ifndef DAEMON_PROPOSE_LINE_H
#define DAEMON_PROPOSE_LINE_H

#include <stddef.h>

struct arena;
struct lexicon;
struct roster;

/*
 * Who may stand behind one Kính gửi line, as selector terms with the units
 * each names. Between campaign_propose.c and its parts.
 */
struct line_term {
	const char	*term;	/* "+CODE", "kind:school", … */
	int		*units;	/* in roster order */
	size_t		 n_units;
};

struct line_terms {
	struct line_term *t;
	size_t		 n;
	size_t		 cap;
};

struct line_terms propose_terms(const char *text, const struct roster *r,
    const struct lexicon *lx, struct arena *arena);

#endif
