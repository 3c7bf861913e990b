#ifndef PARSERS_MATCH_THEME_H
#define PARSERS_MATCH_THEME_H

#include "parsers/match_align.h"

struct lexicon;

/*
 * What an outline's nodes and a report's headings are about, by the themes
 * of the lexicon. A theme that many nodes have tells little.
 */
struct match_themes;

/* How much of each theme a text has. */
struct match_profile;

struct match_themes *match_themes_new(const struct outline *o,
    const struct match_node *nodes, const struct lexicon *lx,
    struct arena *arena);
/* What some texts are about, together. In arena. */
const struct match_profile *match_themes_of(const struct match_themes *t,
    const struct match_text *const *texts, size_t n, struct arena *arena);
/* How much a profile is about what a node is about, 0..1. */
double	 match_themes_like(const struct match_themes *t,
    const struct match_profile *profile, int node);

#endif
