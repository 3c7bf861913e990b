#ifndef PARSERS_ABBREVIATIONS_H
#define PARSERS_ABBREVIATIONS_H

#include <stddef.h>

#include "parsers/lexicon.h"

struct arena;
struct data_lines;
struct word_memory;

struct abbreviations;

struct abbreviations *abbreviations_new(struct lexicon_words *words,
    struct arena *arena);
/* Read abbreviations.txt; -1, with the reason in `in`, on a wrong line. */
int	 abbreviations_load(struct abbreviations *all, struct data_lines *in);
/* See lexicon_texts(). */
size_t	 abbreviations_texts(const struct abbreviations *all,
    const struct word_memory *memory, const char *text,
    struct lexicon_text *out, size_t max);

#endif
