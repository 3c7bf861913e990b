#ifndef PARSERS_PHRASE_TABLE_H
#define PARSERS_PHRASE_TABLE_H

#include <stddef.h>

#include "parsers/lexicon.h"

struct arena;
struct data_lines;

/* Phrases, each with the number of what it stands for. */
struct phrase_table;

struct phrase_table *phrase_table_new(struct lexicon_words *words,
    struct arena *arena);
/*
 * Add a phrase that stands in the current line of the file. -1, with the
 * reason in `in`, when it is empty, too long, or stands for something else
 * already.
 */
int	 phrase_table_add(struct phrase_table *t, const char *text, int value,
    struct data_lines *in);
/* See lexicon_phrases(); `set` is the value of the phrase. */
const struct lexicon_phrase *phrase_table_find(const struct phrase_table *t,
    const struct lexicon_text *text, struct arena *arena, size_t *n);

#endif
