#ifndef TESTS_LEXICON_FILES_H
#define TESTS_LEXICON_FILES_H

struct arena;
struct lexicon;

/* The lexicon of parsers/lexicon under $SRC; NULL when it is wrong. */
const struct lexicon	*lexicon_files(struct arena *arena);

#endif
