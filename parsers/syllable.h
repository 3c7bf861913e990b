#ifndef PARSERS_SYLLABLE_H
#define PARSERS_SYLLABLE_H

/*
 * Is this Vietnamese? Every word of letters must be a syllable that the
 * language forms (abbreviations in capitals aside). Returns the number of
 * words with a letter beyond ASCII, -1 as soon as a word is none.
 */
int	syllables_count(const char *text);

#endif
