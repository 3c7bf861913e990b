#ifndef TESTS_LEXICON_FIXTURE_H
#define TESTS_LEXICON_FIXTURE_H

struct arena;
struct lexicon;

extern struct arena		*arena;
extern const struct lexicon	*lx;

/* An arena and the project's own lexicon, for a group of tests. */
int	 lexicon_setup(void **state);
int	 lexicon_teardown(void **state);

#endif
