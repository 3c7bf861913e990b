#ifndef PARSERS_THEMES_H
#define PARSERS_THEMES_H

#include <stddef.h>

struct arena;
struct data_lines;
struct lexicon_text;
struct lexicon_words;

/*
 * What the words of office papers are about. Unlike the sets of equal
 * phrases, words of a theme are only related, and a phrase may belong to
 * several themes. Lines of the file:  name: phrase; phrase
 */
struct themes;

struct themes *themes_new(struct lexicon_words *words,
    struct arena *arena);
/* Load all lines; -1 with the reason in `in`. */
int	 themes_load(struct themes *t, struct data_lines *in);
/* Number of themes. */
size_t	 themes_count(const struct themes *t);
/*
 * Add `share` to profile[theme] for each phrase of a theme in the text; the
 * longest phrases win. profile has themes_count() entries.
 */
void	 themes_add(const struct themes *t, const struct lexicon_text *text,
    float share, float *profile, struct arena *arena);

#endif
