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
/*
 * The themes of a heading's words; with its body: of the text below it, as
 * far as the parser kept it, headings and candidates below included.
 * In arena.
 */
const struct match_profile *match_themes_of_title(const struct match_themes *t,
    const struct match_line *l, struct arena *arena);
const struct match_profile *match_themes_of_body(const struct match_themes *t,
    const struct match_job *j, size_t line);
/* How much a profile is about what a node is about, 0..1. */
double	 match_themes_like(const struct match_themes *t,
    const struct match_profile *profile, int node);

#endif
