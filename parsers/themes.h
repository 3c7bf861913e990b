#ifndef PARSERS_THEMES_H
#define PARSERS_THEMES_H

#include <stddef.h>
#include <stdint.h>

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
 * The themes that the phrases of a text belong to, each as often as it is
 * met; the longest phrases win. Sets *n.
 */
const uint32_t *themes_find(const struct themes *t,
    const struct lexicon_text *text, struct arena *arena, size_t *n);

#endif
