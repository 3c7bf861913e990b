#ifndef PARSERS_MATCH_GUIDANCE_H
#define PARSERS_MATCH_GUIDANCE_H

#include "parsers/match_align.h"

/*
 * What a report makes of the outline's guidance lines: it uses them as
 * headings, or copies them without an answer.
 */

/* A line that tells what to write, ready for comparing. */
struct match_guidance;
struct match_guidance *match_guidance_new(const struct outline *o,
    struct arena *arena);

/* Drops weak matches of headings that are really about guidance. */
void	 match_drop_guided(struct match_job *j);
/* Is the line's heading made of guidance that belongs to node? */
bool	 match_is_guidance_of(const struct match_job *j, size_t line,
    int node);
/*
 * Finds lines that copy guidance: sets line.copied to the number of words
 * of its title and text that are the outline's own.
 */
void	 match_find_copies(struct match_job *j,
    const struct match_guidance *g);

#endif
